# Rectangular areas.

== DECFRA
in \e[42;2;3;3;5$x
screen |  ***|  ***
== DECFRA takes the style
in \e[31m\e[42;1;1;1;2$x
cell 0 0 fg1
== DECFRA refuses controls
in \e[7;1;1;2;2$x
screen 
== DECERA
in \e#8\e[2;3;3;5$z
screen EEEEEEEEEE|EE   EEEEE|EE   EEEEE|EEEEEEEEEE
== DECSERA spares the protected
in a\e[1\x22qb\e[0\x22qc\e[1;1;1;9${
screen  b
== DECCRA
in abc\r\ndef\e[1;1;2;2;1;3;5;1$v
screen abc|def|    ab|    de
== DECCRA over itself, down
in ab\r\ncd\r\nef\e[1;1;3;2;1;2;1;1$v
screen ab|ab|cd|ef
== DECCRA over itself, to the right
in abcdef\e[1;1;1;4;1;1;3;1$v
screen ababcd
== DECCRA is clipped
in abc\e[1;1;1;3;1;1;9;1$v
screen abc     ab
== DECCRA copies marks
in e\xcc\x81x\e[1;1;1;2;1;2;3;1$v\e[1;1Hz
screen zx|  e\xcc\x81x
== DECCRA cuts wide characters
in a中b\e[1;2;1;2;1;2;1;1$v
screen a  b
== areas in origin mode
in \e[2;3r\e[?6h\e[42;1;1;9;1$x
screen |*|*
== an empty area
in abc\e[42;3;3;2;2$x\e[3;3;2;2$z
screen abc
== missing parameters mean the whole screen
in \e[42$x
screen **********|**********|**********|**********
