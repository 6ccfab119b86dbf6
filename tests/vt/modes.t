# Modes, screens, resets.

== 1049 saves, clears and gives back
in main\e[?1049h
screen 
state alternate
in \e[1;1Halt\e[?1049lX
screen mainX
state plain
== 1049 clears on each entry
in \e[?1049halt\e[?1049l\e[?1049h
screen 
== 47 keeps what was there
in main\e[?47h\e[Halt\e[?47l\e[?47h
screen alt
== 1047 clears when it ends
in \e[?1047halt\e[?1047l\e[?47h
screen 
== 47 keeps the cursor
in abc\e[?47hX
screen    X
== 1048
in abc\e[?1048h\e[H\e[?1048lX
screen abcX
== the alternate screen pushes nothing
in 1\r\n2\e[?1049h\e[H1\r\n2\r\n3\r\n4\r\n5\e[?1049l
screen 1|2
above 
== twice in is once in
in main\e[?1049h\e[?1049hx\e[?1049l
screen main
== ... and saves the cursor of the screen that it is on
in \e[2;2H\e[?1049h\e[3;4H\e[?1049h\e[H\e8
cursor 2 3
in \e[?1049l
cursor 1 1
== margins hold for both screens
in \e[2;3r\e[?47h\e[3;1Ha\nb
screen |a| b
== DECSCNM
in \e[?5h
state reversed
in \e[?5l
state plain
== mouse modes replace each other
in \e[?9h
state mouse-x10
in \e[?1000h
state mouse-button
in \e[?1002h
state mouse-drag
in \e[?1003h
state mouse-any
in \e[?1000l
state plain
== several modes at once
in \e[?1002;1006;2004;1004h
state mouse-drag paste focus
== synchronized output
in \e[?2026h
state synchronized
in \e[?2026l
state plain
== XTSAVE and XTRESTORE
in \e[?2004h\e[?2004s\e[?2004l
state plain
in \e[?2004r
state paste
== ... of the mouse: the mode that was set, by whichever name
in \e[?1003h\e[?1006h\e[?1000;1005s\e[?1003l\e[?1006l\e[?1002r
state mouse-any
in \e[?1006$p\e[?1016r\e[?1006$p\e[?1000l\e[?1000s\e[?1002h\e[?1000r
reply \e[?1006;2$y\e[?1006;1$y
state plain
== ... of the cursor
in abc\e[?1048s\e[H\e[?1048rX
screen abcX
== ... of the screen, without clearing and without its cursor
in abc\e[?1049s\e[?47h\e[2;1Hd\e[?1049rX
screen abc| X
state plain
in \e[?47h\e[?1047s\e[?47l\e[2;1HY\e[?1049rZ
screen |dZ
state alternate
== the cursor is saved where the alternate screen is allowed
in \e[?1046labc\e[?1048h\e[H\e[?1048lX\e[?1048$p
screen Xbc
reply \e[?1048;2$y
== DECRQM
in \e[?7$p\e[?25$p\e[?2004$p\e[?9999$p
reply \e[?7;1$y\e[?25;1$y\e[?2004;2$y\e[?9999;0$y
in \e[?7l\e[?7$p\e[4$p\e[4h\e[4$p\e[99$p
reply \e[?7;2$y\e[4;2$y\e[4;1$y\e[99;0$y
== DECRQM of the screens
in \e[?1049h\e[?1049$p\e[?47$p\e[?1049l\e[?1047$p
reply \e[?1049;1$y\e[?47;1$y\e[?1047;2$y
== DECRQM of a saved cursor, which each screen has
in \e[?1048$p\e7\e[?1048$p\e8\e[?1048$p\e[?47h\e[?1048$p\e[?47l\e[!p\e[?1048$p
reply \e[?1048;2$y\e[?1048;1$y\e[?1048;1$y\e[?1048;2$y\e[?1048;2$y
== DECRQM of the mouse
in \e[?1003h\e[?1000$p\e[?1003$p\e[?1006h\e[?1006$p\e[?1015h\e[?1006$p
reply \e[?1000;2$y\e[?1003;1$y\e[?1006;1$y\e[?1006;2$y
== an encoding of the mouse ends only itself
in \e[?1003h\e[?1006h\e[?1015l\e[?1005l\e[?1006$p\e[?1006l\e[?1006$p
reply \e[?1006;1$y\e[?1006;2$y
state mouse-any
in \e[?1000l
state plain
== DECRQM of what xterm alone can set
in \e[?13;14;30;38;46;80;1001;1044;1050;1061;1070;2001;2005;2006;8452h\e[?2005$p\e[?13$p\e[?38$p\e[?1001$p\e[?1044$p\e[?1050$p\e[?8452$p
reply \e[?2005;4$y\e[?13;4$y\e[?38;4$y\e[?1001;4$y\e[?1044;1$y\e[?1050;4$y\e[?8452;4$y
state plain
== DECRQM after DECRC restored the origin mode
in \e7\e[?6h\e8\e[?6$p
reply \e[?6;2$y
== DECCOLM only clears, and only if 40 allows it
in abc\e[?3hX
screen abcX
in \e[?40h\e[?3hX\e[?3$p
screen X
reply \e[?3;1$y
== DECCOLM keeps the text under DECNCSM
in abc\e[?40;95h\e[?3hX
screen Xbc
== ... but makes its lines single
in abc\e#6\e[?40;95h\e[?3h
line 0 single
== DECSTR keeps DECNCSM
in \e[?95;42h\e[!p\e[?95$p\e[?42$p
reply \e[?95;1$y\e[?42;2$y
== DECSTR
in \e[4h\e[?6h\e[?7l\e[?25l\e[?1h\e[1;31mabc\e[!p
state plain
cursor 0 3
in \e[4$p\e[?6$p\e[?7$p\e[?1$p
reply \e[4;2$y\e[?6;2$y\e[?7;1$y\e[?1;2$y
== DECSTR keeps text, mouse and paste modes
in abc\e[?1000;2004h\e[!p
screen abc
state mouse-button paste
== DECSTR resets the cursor's shape, and the palette but for OSC 10 to 19
in \e[5 q\e]4;1;#f00;256;#0f0\x07\e]11;#00f\x07\e[!p\e]4;1;?\x07\e]11;?\x07\eP$q q\e\\
state plain
reply \e]4;1;rgb:cdcd/0000/0000\x07\e]11;rgb:0000/0000/f0f0\x07\eP1$r0 q\e\\
in \e]4;256;?\x07
reply \e]4;256;rgb:e5e5/e5e5/e5e5\x07
== DECSTR leaves a pending wrap
in 0123456789\e[!pX
screen 0123456789|X
== DECSCL resets as DECSTR does
in \e[4h\e[6 qabc\e[63;1\x22p\e[4$p
reply \e[4;2$y
state plain
== RIS
in abc\e[?1049h\e[?25l\e[?1003h\e[2;3r\e[1m\e]0;t\x07\ec
screen 
state plain
title t
cursor 0 0
in x
cell 0 0 plain
== RIS in the middle of the line goes on
in abc\ecdef
screen def
