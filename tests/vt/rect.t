# Rectangular areas.

== DECFRA
in \e[42;2;3;3;5$x
screen |  ***|  ***
== DECFRA takes the style
in \e[31m\e[42;1;1;1;2$x
cell 0 0 fg1
== DECFRA refuses controls, and what has no width
in \e[7;1;1;2;2$x\e[128;1;1;2;2$x\e[769;1;1;2;2$x\e[55296;1;1;2;2$x\e[$x
screen 
== DECFRA with Unicode, and with blanks where no character is said
in \e[9472;1;1;2;10$x\e[0;1;2;1;3$x\e[;1;5;1;6$x
screen ─  ─  ────|──────────
in \e[20013;2;2;2;8$x
screen ─  ─  ────|─中中中 ──
cell 1 6 half
cell 1 7 plain
== DECERA
in \e#8\e[2;3;3;5$z
screen EEEEEEEEEE|EE   EEEEE|EE   EEEEE|EEEEEEEEEE
== DECSERA leaves the styles
in \e[1;41mab中\e[m\e[2;1H\e[42m\e[1;1;1;5${
screen 
cell 0 0 bold bg1
cell 0 3 bold bg1
cell 0 4 plain
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
== DECCRA takes no half of a wide character
in a中b\e[1;2;1;2;1;2;1;1$v
screen a中b
== areas in origin mode
in \e[2;3r\e[?6h\e[42;1;1;9;1$x
screen |*|*
== nothing happens in an area that begins beyond the screen
in abc\r\ndef\e[5;1;200;2$z\e[1;11;2;99$z\e[1;99;4;99${\e[42;5;1;5;9$x\e[42;1;11;4;99$x
screen abc|def
in \e[5;1;9;9;1;1;1;1$v\e[1;11;9;99;1;1;1;1$v\e[1;1;1;2;1;5;1;1$v\e[1;1;1;2;1;1;11;1$v
screen abc|def
== ... nor beyond the region in origin mode
in abc\r\ndef\e[1;2r\e[?6h\e[42;3;1;9;9$x\e[1;1;1;2;3;1;1;1$v
screen abc|def
== ... nor to a stream of characters from there
in abc\r\ndef\e[1;11;2;2;7$r\e[5;1;9;9;7$t
cell 1 0 plain
cell 1 1 plain
== an empty area
in abc\e[42;3;3;2;2$x\e[3;3;2;2$z
screen abc
== missing parameters mean the whole screen
in \e[42$x
screen **********|**********|**********|**********
== DECCARA changes attributes in a stream of characters
in \e#8\e[1;9;2;2;1;4$r
cell 0 7 plain
cell 0 8 bold underline
cell 0 9 bold underline
cell 1 1 bold underline
cell 1 2 plain
== ... within the margins in origin mode
in \e#8\e[?69h\e[2;8s\e[?6h\e[1;6;2;2;1$r
cell 0 6 bold
cell 0 7 bold
cell 0 8 plain
cell 1 0 plain
cell 1 1 bold
cell 1 2 bold
cell 1 3 plain
== DECCARA and DECRARA take a wide character as a whole
in 中中中\e[2*x\e[1;2;1;3;1$r\e[1;4;1;5;7$t
screen 中中中
cell 0 0 bold wide
cell 0 2 bold reverse wide
cell 0 4 reverse wide
cell 0 5 reverse half
cell 0 6 plain
== DECCARA in a rectangle
in \e#8\e[2*x\e[1;2;2;3;7$r
cell 0 0 plain
cell 0 1 reverse
cell 1 2 reverse
cell 1 3 plain
== DECCARA takes away, and nothing but what it knows
in \e[1;3;4;9mabc\e[1;1;1;3;22;24$r
cell 0 0 italic strike
in \e[1;5;7mdef\e[1;4;1;6;0$r
cell 0 3 italic strike
== DECCARA with colours
in abc\e[1;1;1;2;31;42$r
cell 0 1 fg1 bg2
cell 0 2 plain
== DECRARA reverses
in \e[1mab\e[mcd\e[2*x\e[1;2;1;3;1;4$t
cell 0 0 bold
cell 0 1 underline
cell 0 2 bold underline
cell 0 3 plain
== DECRARA without an attribute, or with 0, reverses none
in \e[1mab\e[m\e[1;1;1;2$t\e[1;1;1;2;0$t
cell 0 0 bold
in \e[1;1;1;2;0;4$t
cell 0 0 bold underline
== DECCARA and DECRARA: one parameter after the other
in \e[1;4:3;9mab\e[m\e[2*x\e[1;1;1;1;0;5;31;33;24;4;39$r\e[1;2;1;2;4;4;7$t
cell 0 0 underline blink strike
cell 0 1 bold underline reverse strike
in \e[1;2;1;3;4$t
cell 0 1 bold reverse strike
cell 0 2 underline
== DECSACE is reset by RIS, not by DECSTR
in \e[2*x\e[!p\eP$q*x\e\\\ec\eP$q*x\e\\
reply \eP1$r2*x\e\\\eP1$r0*x\e\\
== a copy leaves the halves of wide characters that it was cut from
in 日本語\e[1;2;1;5;1;2;1;1$v
screen 日本語| 本
