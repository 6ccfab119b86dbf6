# What programs ask of the keyboard and are told.

== XTMODKEYS
in \e[>4;2m\e[?4m\e[?1m\e[>4m\e[?4m
reply \e[>4;2m\e[>1;2m\e[>4;0m
in \e[>1;3m\e[>2;0m\e[?1;2m\e[>m\e[?1;2m
reply \e[>1;3m\e[>2;0m\e[>1;2m\e[>2;2m
in \e[>1n\e[>n\e[?1m\e[?2m\e[>9;1m\e[?9m\e[>4;7m\e[?4m
reply \e[>1m\e[>2m\e[>4;0m
== XTFMTKEYS
in \e[>4;1f\e[?4g\e[>4f\e[?4g\e[>4;1f\e[>f\e[?4g
reply \e[>4;1f\e[>4;0f\e[>4;0f
== DECSTR takes both back, and leaves kitty's flags
in \e[>4;2m\e[>4;1f\e[>5u\e[!p\e[?4m\e[?4g\e[?u
reply \e[>4;0m\e[>4;0f\e[?5u
== kitty: push, set, pop
in \e[?u\e[>1u\e[?u\e[>31u\e[?u\e[<u\e[?u\e[<u\e[?u
reply \e[?0u\e[?1u\e[?31u\e[?1u\e[?0u
in \e[=5u\e[?u\e[=2;2u\e[?u\e[=1;3u\e[?u\e[=255u\e[?u
reply \e[?5u\e[?7u\e[?6u\e[?31u
in \e[<9u\e[?u
reply \e[?0u
== kitty: each screen has a stack of its own
in \e[>1u\e[?1049h\e[?u\e[>3u\e[?u\e[?1049l\e[?u\e[?1049h\e[?u
reply \e[?0u\e[?3u\e[?1u\e[?3u
== kitty: the stack is limited
in \e[>1u\e[>2u\e[>3u\e[>4u\e[>5u\e[>6u\e[>7u\e[>8u\e[>9u\e[<7u\e[?u\e[<u\e[?u
reply \e[?2u\e[?0u
== RIS forgets it all
in \e[>1u\e[>4;2m\ec\e[?u\e[?4m
reply \e[?0u\e[>4;0m
== DECRQM of every mode
in \e[2$p\e[12$p\e[1$p\e[19$p\e[3$p
reply \e[2;2$y\e[12;1$y\e[1;4$y\e[19;4$y\e[3;2$y
in \e[3h\e[3$p\e[?10$p\e[?11$p\e[?16$p\e[?53$p\e[?59$p\e[?108$p\e[?117$p\e[?118$p
reply \e[3;2$y\e[?10;4$y\e[?11;4$y\e[?16;4$y\e[?53;4$y\e[?59;4$y\e[?108;4$y\e[?117;4$y\e[?118;0$y
in \e[?1014$p\e[?1014h\e[?1014$p
reply \e[?1014;2$y\e[?1014;1$y
in \e[?8$p\e[?60$p\e[?67$p\e[?1016$p\e[?1036$p\e[?1045$p\e[?2027$p\e[?2031$p\e[?2048$p
reply \e[?8;1$y\e[?60;4$y\e[?67;2$y\e[?1016;2$y\e[?1036;1$y\e[?1045;2$y\e[?2027;2$y\e[?2031;2$y\e[?2048;2$y
in \e[?34;35;36;57;61;64;68;73;81;96;97;98;99;100;101;102;103;104;106l\e[?34;106h\e[?34$p\e[?35$p\e[?106$p
reply \e[?34;1$y\e[?35;2$y\e[?106;1$y
== XTSAVE and XTRESTORE of a mode beyond the first 64
in \e[?1043h\e[?1043s\e[?1043l\e[?1043r\e[?1043$p
reply \e[?1043;1$y
== the alternate screen can be forbidden
in main\e[?1046l\e[?1049halt
screen mainalt
in \e[?1046h\e[?1049h
state alternate
in \e[?1046l
state plain
