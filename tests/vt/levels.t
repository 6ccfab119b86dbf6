# DECSCL, 8-bit controls, VT52.

== below level 3 there is no DECRQM
in \e[62;1"p\e[4$p
reply 
in \e[63;1"p\e[4$p
reply \e[4;2$y
== below level 4 there are no side margins
in \e[63;1"p\e[?69h\e[3;6s\e[1;3Habcdef
screen   abcdef
== below level 4 there are no rectangles
in \e[63;1"pabc\e[1;1;1;3$z\e[42;1;1;1;3$x\e['}
screen abc
== DECNCSM belongs to level 5
in \e[64;1"p\e[?40;95habc\e[?3h
screen 
in \e[65;1"p\e[?40;95habc\e[?3h
screen abc
== DECRQSS tells the level
in \e[62;1"p\eP$q"p\e\\\e[64;0"p\e F\eP$q"p\e\\
reply \eP1$r62;1"p\e\\\eP1$r64;1"p\e\\
in \e[61"p\eP$q"p\e\\
reply \eP1$r61"p\e\\
== a level that is none changes nothing
in \e[66"p\e[60"p\e[c
reply \e[?65;1;2;6;9;15;16;17;18;21;22;28;29c
== S8C1T: our controls are single bytes
in \e G\e[5n\eP$qr\e\\\e F\e[5n
reply \x9b0n\x901$r1;4r\x9c\e[0n
== DECSCL chooses 8-bit controls unless asked otherwise
in \e[65"p\e[5n\e[65;2"p\e[5n\e[65;1"p\e[5n\e[61"p\e[5n
reply \x9b0n\x9b0n\e[0n\e[0n
== C1 controls are nothing at first
in a\xc2\x84b\xc2\x9b2Jc
screen ab2Jc
== S8C1T: C1 controls in UTF-8
in \e Ga\xc2\x84b\xc2\x8dc\xc2\x9b1mB
screen a cB| b
cell 0 3 bold
in \xc2\x9bmX
cell 0 4 plain
== S8C1T: C1 controls as bytes
in \e Ga\x84b\x85c
screen a| b|c
in \x901$ty\e\\\x9b1;1Hz
screen z| b|c
== S8C1T: other bytes that are no UTF-8
in \e Ga\xffb\xe4\xb8c
screen a�b�c
== S8C1T: SPA and EPA
in \e Gab\x96c\x97\e F\e[H\e[3X
screen   c
== strings end as before
in \e G\xc2\x9d0;\xe6\x9c\x9d\x07\x90$qz\e\\x
title 朝
screen x
== VT52: the cursor
in abc\r\ndef\e[?2l\eHx\eCy\eBz\eDu\eAv
screen xby v|defu
in \eY\x22\x25w
screen xby v|defu|     w
== VT52: a row or column beyond the screen is no move
in a\e[?2l\eY\x7e\x7eb\eY\x22\x7ec\eY\x7e\x20d
screen ab||d c
== VT52: modes, style and sets are set aside, and back behind it, at level 1
in \e[4;20h\e[1;31m\e(0\e[?2lqz\n0123456789ab\n\e<\e[Hqq\nq
screen ──qz|─  0123456
cell 0 0 bold fg1
cell 0 2 plain
in \e[4$p\e[c
reply \e[?1;2c
== VT52: erasing
in abcdef\r\nghi\e[?2l\eH\eC\eC\eKx
screen abx|ghi
in \eJ
screen abx
== VT52: reverse index, graphics
in a\e[?2l\eH\eIb\eFq\eGq
screen b─q|a
== VT52: who are you
in \e[?2l\eZ
reply \e/Z
== VT52 has no CSI, and ends with ESC <
in \e[?2l\e[1mx\e<\e[1my
screen 1mxy
cell 0 2 plain
cell 0 3 bold
== VT52: controls and ESC inside a sequence
in \e[?2l\eY\r\x20\x22x\eY\e\eHy\e\x18z
screen yzx
== DECRQM of DECANM
in \e[?2$p\e[?2l\e<\e[65;1"p\e[?2$p
reply \e[?2;1$y\e[?2;1$y
== RIS ends it
in \e[?2l\e<\e[?2l\x18
resize 12 4
in x
screen x
== DECSCL: 8-bit controls are 0 and 2
in \e[62"p\e[5n\e[62;1"p\e[5n\e[62;2"p\e[5n\e[62;3"p\e[5n
reply \x9b0n\e[0n\x9b0n\e[0n
== ECMA-43's levels 1 and 2 have only the shifts of G0 and G1 into GL
in \e(0\e Nq\e*A\e Mq\en#\x0eq\x0f\e Lq\en#\e N\en#
screen ──#q─#£
in \e L\e~\e}\e|\e[1$w\e N\e|\e[1$w
reply \eP1$u1;8;1;@;@;@;2;2;@;0BAB\e\\\eP1$u1;8;1;@;@;@;2;3;@;0BAB\e\\
== ... which a VT220 can not choose, and a VT100 has
in \e[62;1"p\e*A\e L\en#\e[61"p\e*A\en#
screen £#
