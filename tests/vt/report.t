# Answers to questions.

== DA
in \e[c\e[0c\eZ
reply \e[?65;1;2;6;9;15;16;17;18;21;22;28;29c\e[?65;1;2;6;9;15;16;17;18;21;22;28;29c\e[?65;1;2;6;9;15;16;17;18;21;22;28;29c
== DA with another parameter is no question
in \e[1c\e[>1c
reply 
== DA2 and DA3
in \e[>c\e[=c
reply \e[>64;390;0c\eP!|00000000\e\\
== DSR
in \e[5n\e[2;3H\e[6n\e[?6n
reply \e[0n\e[2;3R\e[?2;3;1R
== DEC's other status reports
in \e[?5n\e[?53n\e[?62n\e[?63;123n\e[?85n
reply \e[?0n\e[?53n\e[0000*{\eP123!~0000\e\\\e[?83n
== what a report says depends on the level
in \e[63;1\x22p\e[c\e[>c\e[?26n\e[?6n
reply \e[?63;1;2;6;9;15;22;29c\e[>24;390;0c\e[?27;1;0n\e[?1;1R
in \e[62;1\x22p\e[c\e[>c\e[?26n
reply \e[?62;1;2;6;9;15;22;29c\e[>1;390;0c\e[?27;1n
in \e[61\x22p\e[c\e[>c
reply \e[?1;2c\e[>0;390;0c
== DECREQTPARM
in \e[x\e[1x\e[2x
reply \e[2;1;1;128;128;1;0x\e[3;1;1;128;128;1;0x
== XTWINOPS
size 80 24
pixels 10 20
in \e[11t\e[13t\e[14t\e[15t\e[16t\e[18t
reply \e[1t\e[3;0;0t\e[4;480;800t\e[5;480;800t\e[6;20;10t\e[8;24;80t
in \e[8;10;10t\e[2t\e[9;1t\e[30t\e[18t
reply \e[8;24;80t
== in-band size reports
size 80 24
in \e[?2048h
reply \e[48;24;80;384;640t
resize 100 30
reply \e[48;30;100;480;800t
in \e[?2048l
resize 80 24
reply 
== colour scheme reports
in \e[?996n
reply 
owner bg #000000
in \e[?996n
reply \e[?997;1n
owner bg #ffffff
reply 
in \e[?2031h
owner bg #202020
reply \e[?997;1n
owner bg #202020
reply 
owner bg #fffff0
reply \e[?997;2n
== CPR in origin mode
in \e[2;3r\e[?6h\e[2;4H\e[6n
reply \e[2;4R
== CPR at the pending wrap
in 0123456789\e[6n
reply \e[1;10R
== DEC's status reports
in \e[?15n\e[?25n\e[?26n\e[?55n\e[?56n\e[?75n
reply \e[?13n\e[?21n\e[?27;1;0;0n\e[?53n\e[?57;1n\e[?70n
== ENQ
in \x05
reply answer
== sizes
size 80 24
in \e[18t\e[19t\e[14t
reply \e[8;24;80t\e[9;24;80t\e[4;384;640t
== titles are not told
in \e]0;secret\x07\e[20t\e[21t
reply \e]L\e\\\e]l\e\\
== DECRQSS: the order of SGR's attributes
in \e[53;9;8;7;5;4;3;2;1m\eP$qm\e\\\e[0;21;9;5m\eP$qm\e\\
reply \eP1$r0;1;4;5;7;8;2;3;9;53m\e\\\eP1$r0;5;9;21m\e\\
== DECRQSS: SGR
in \eP$qm\e\\\e[1;4:3;31;48;5;100m\eP$qm\e\\\e[0;38;2;1;2;3;97m\eP$qm\e\\
reply \eP1$r0m\e\\\eP1$r0;1;4:3;31;48:5:100m\e\\\eP1$r0;97m\e\\
== DECRQSS: 24 bit
in \e[38;2;1;2;3;48;2;4;5;6m\eP$qm\e\\
reply \eP1$r0;38:2::1:2:3;48:2::4:5:6m\e\\
== DECRQSS: margins
in \e[2;3r\eP$qr\e\\\e[?69h\e[3;6s\eP$qs\e\\
reply \eP1$r2;3r\e\\\eP1$r3;6s\e\\
== DECRQSS: the rest
in \e[4 q\eP$q q\e\\\eP$q\x22p\e\\\e[1\x22q\eP$q\x22q\e\\
reply \eP1$r4 q\e\\\eP1$r65;1\x22p\e\\\eP1$r1\x22q\e\\
== DECRQSS: what can be set only here or not at all
in \e[2*x\eP$q*x\e\\\eP$qt\e\\\eP$q*|\e\\\eP$q$|\e\\\eP$q$}\e\\\eP$q$~\e\\\eP$q*}\e\\\eP$q+q\e\\\eP$q+r\e\\
reply \eP1$r2*x\e\\\eP1$r4t\e\\\eP1$r4*|\e\\\eP1$r10$|\e\\\eP1$r0$}\e\\\eP1$r0$~\e\\\eP1$r0*}\e\\\eP1$r0+q\e\\\eP1$r0+r\e\\
== DECRQSS: the underline's colour
in \e[4:3;58;5;9m\eP$qm\e\\\e[58:2::1:2:3m\eP$qm\e\\
reply \eP1$r0;4:3;58:5:9m\e\\\eP1$r0;4:3;58:2::1:2:3m\e\\
== DECRQSS: XTMODKEYS
in \e[>4;2m\e[>1n\eP$q>4m\e\\\eP$q>1m\e\\\eP$q>2m\e\\\eP$q>0m\e\\
reply \eP1$r>4;2m\e\\\eP1$r>1;-1m\e\\\eP1$r>2;2m\e\\\eP1$r>0;0m\e\\
in \eP$q>m\e\\\eP$q>5m\e\\\eP$q>44m\e\\
reply \eP0$r\e\\\eP0$r\e\\\eP0$r\e\\
== DECRQSS: XTSMTITLE
in \e[>1;2t\eP$q>t\e\\\eP$q>1t\e\\\eP$q>3t\e\\\eP$q>4t\e\\
reply \eP1$r>0;1;1;0t\e\\\eP1$r>1t\e\\\eP1$r>0t\e\\\eP0$r\e\\
== DECRQUPSS
in \e[&u
reply \eP0!u%5\e\\
== DECCIR
in \e[2;3H\e[1;4;5;7m\e[1\x22q\e)0\x0e\e[1$w
reply \eP1$u2;3;1;O;A;@;1;2;@;B0BB\e\\
in \e[0m\e[0\x22q\e.A\e+%5\x0f\e[?6h\e[1$w
reply \eP1$u1;1;1;@;@;A;0;2;D;B0A%5\e\\
== DECCIR at the pending wrap, with a single shift
in 0123456789\eN\e[1$w
reply \eP1$u1;10;1;@;@;J;0;2;@;BBBB\e\\
== DECRSPS gives the cursor back
in \eP1$t2;4;1;C;A;@;0;3;D;B0A>\e\\\e[1$wx
reply \eP1$u2;4;1;C;A;@;0;3;D;B0A>\e\\
cell 1 3 bold underline protected
== DECRSPS gives the pending wrap back
in \eP1$t1;10;1;@;@;H;0;2;@;BBBB\e\\x
screen |x
== DECRSPS: half of it harms nothing
in \eP1$t2;3\e\\x\eP1$t\e\\y\eP1$t1;1;1;@;@;@;0;2;@;%\e\\z
screen z|  x
== DECTABSR and DECRSPS
size 30 3
in \e[2$w\e[3g\e[4G\eH\e[2$w
reply \eP2$u1/9/17/25\e\\\eP2$u4\e\\
in \eP2$t3/7\e\\\e[2$w\r\tx\ty
reply \eP2$u3/7\e\\
screen   x   y
== DECST8C: 5, 0 or nothing, at level 5; none in the first column
size 30 3
in \e[3g\e[?5W\e[2$w\e[3g\e[?W\e[2$w\e[3g\e[?0W\e[2$w\e[?4W\e[2$w
reply \eP2$u9/17/25\e\\\eP2$u9/17/25\e\\\eP2$u9/17/25\e\\\eP2$u9/17/25\e\\
in \e[64;1\x22p\e[3g\e[?5W\e[2$w
reply \eP2$u\e\\
== DECRQSS: unknown
in \eP$qz\e\\\eP$q\e\\
reply \eP0$r\e\\\eP0$r\e\\
== XTGETTCAP: name, colours, keys
in \eP+q544e\e\\\eP+q436F\e\\\eP+q6B75;6b31\e\\
reply \eP1+r544e=787465726D2D323536636F6C6F72\e\\\eP1+r436F=323536\e\\\eP1+r6B75=1B5B41\e\\\eP1+r6b31=1B4F50\e\\
in \e[?1h\eP+q6B75\e\\\eP+q6B6631\e\\\eP+q4641\e\\\eP+q2335\e\\
reply \eP1+r6B75=1B4F41\e\\\eP1+r6B6631=1B4F50\e\\\eP1+r4641=1B5B33347E\e\\\eP0+r2335\e\\
== XTGETTCAP: keys of the numeric keypad, and with modifiers
in \eP+q4b31;6b6133;4b34;6b6333\e\\
reply \eP1+r4b31=1B5B48\e\\\eP1+r6b6133=1B5B357E\e\\\eP1+r4b34=1B5B46\e\\\eP1+r6b6333=1B5B367E\e\\
in \eP+q6b4c4654;6b4c465435;6b555033;6b444e38;6b444332;6b697437\e\\
reply \eP1+r6b4c4654=1B5B313B3244\e\\\eP1+r6b4c465435=1B5B313B3544\e\\\eP1+r6b555033=1B5B313B3341\e\\\eP1+r6b444e38=1B5B313B3842\e\\\eP0+r6b444332\e\\\eP0+r6b697437\e\\
== XTGETXRES: no resources
in \eP+Q7465726d4e616d65;61\e\\\eP+Qa\e[b\eP+Qxy\e\\
reply \eP0+R7465726d4e616d65;61\e\\\eP0+R\e\\
== XTGETTCAP: what is no name is not echoed
in \eP+q5\e\\\eP+qzz\e\\\eP+q\e\\
reply \eP0+r\e\\\eP0+r\e\\\eP0+r\e\\
== strings that nobody reads are not shown
in a\eP0;0;8q\x221;1;9;9#0~~-\e\\\eP0pP[9,9]\e\\\eP1;1|17/41;18/42\e\\\eP1;1;1{ @~~\e\\\eP+p78\e\\b
screen ab
in \eP1;0;0!zc\e\\\eP2$pd\e\\\e_e\e\\\e^f\e\\\eXg\e\\\ePq~~\x18h
screen abh
reply 
== printing, lamps, the pointer and the bell are not shown
in a\e[i\e[5i\e[4i\e[?5i\e[?4i\e[?10i\e[10i\e[3;21q\e[>2p\e[>1s\e[4 t\e[4 u\e[0;1'z\e[1;3'{\e[1;1;2;2'wb
screen ab
reply 
== DECRQCRA is not answered
in \e[1;1;1;1;2;2*y\e[3#y\e[1;1;1;1#|
reply 
== DECRQCRA: one cell is its character
reports
in aé中\e[1;0;1;1;1;1*y\e[2;0;1;2;1;2*y\e[3;0;1;3;1;3*y\e[4;0;2;1;2;1*y
reply \eP1!~0061\e\\\eP2!~00E9\e\\\eP3!~4E2D\e\\\eP4!~0020\e\\
== DECRQCRA: a rectangle, clipped, in origin mode, empty
reports
in abc\r\ndef\e[1;1;1;2;2;3*y\e[2;1;2;2;99;99*y\e[2;3r\e[?6h\e[3;1;1;1;1;1*y\e[4;1;2;2;1;1*y
reply \eP1!~0190\e\\\eP2!~03EB\e\\\eP3!~0064\e\\\eP4!~0000\e\\
== DECRQCRA: nothing is beyond the screen, nor beyond the region
reports
in \e#8\e[1;1;5;1;9;9*y\e[2;1;1;11;4;99*y\e[2;3r\e[?6h\e[3;1;3;1;3;1*y
reply \eP1!~0000\e\\\eP2!~0000\e\\\eP3!~0000\e\\
== XTCHECKSUM: DEC's sum has a sign, attributes and no blanks
reports
in \e[#y\e[1;7mA\e[m B\e[1;1;1;1;1;1*y\e[2;1;1;1;1;3*y\e[3;1;2;1;2;3*y
reply \eP1!~FF1F\e\\\eP2!~FEDD\e\\\eP3!~FFE0\e\\
in \e[1#y\e[2;1;1;1;1;3*y\e[3#y\e[2;1;1;1;1;3*y\e[15#y\e[2;1;1;1;1;4*y
reply \eP2!~0123\e\\\eP2!~0083\e\\\eP2!~00A3\e\\
== XTCHECKSUM: protection is in no sum
reports
in \e[#y\e[1\x22qT\e[1;1;1;1;1;1*y\e[1#y\e[2;1;1;1;1;1*y
reply \eP1!~FFAC\e\\\eP2!~0054\e\\
== XTCHECKSUM: bytes of DEC's sets, and marks
reports
in \e[7#yé€e\xcc\x81\e[1;1;1;1;1;1*y\e[2;1;1;2;1;2*y\e[3;1;1;3;1;3*y
reply \eP1!~0069\e\\\eP2!~001B\e\\\eP3!~0366\e\\
== XTCHECKSUM: lower bytes
reports
in \e[39#yé€\e[1;1;1;1;1;1*y\e[2;1;1;2;1;2*y\e[64#y\e[3;1;1;1;1;1*y
reply \eP1!~00E9\e\\\eP2!~00AC\e\\\eP3!~00E9\e\\
== RIS and DECSTR give the plain sum back
reports
in \e[0#y\ecA\e[1;1;1;1;1;1*y\e[0#y\e[!p\e[2;1;1;1;1;1*y
reply \eP1!~0041\e\\\eP2!~0041\e\\
== XTREPORTSGR
reports
in \e[1;31;4:3;58;5;2mA\e[1;1;1;1#|
reply \e[0;1;4:3;31;58:5:2m
== XTREPORTSGR: what all cells of a rectangle have
reports
in \e[1;3;31;42;58;5;2;4mAB\e[23;44;59;4:3mC\e[24mD\e[1;1;1;2#|\e[1;2;1;3#|\e[1;3;1;4#|\e[1;1;2;4#|\e[#|
reply \e[0;1;4;3;31;42;58:5:2m\e[0;1;31m\e[0;1;31;44m\e[0m\e[0m
in \e[2;3r\e[?6h\e[7mE\e[1;1;1;1#|\e[5;1#|
reply \e[0;1;7;31;44m\e[0m
== XTREPORTSGR: of no cell
reports
in \e[7m\e[42$x\e[3;9;1;1#|\e[1;3;2;2#|\e[5;1;9;9#|\e[1;11;1;20#|\e[1;1;1;1#|
reply \e[0m\e[0m\e[0m\e[0m\e[0;7m
== DECRQDE: the displayed part of the page
in \e["v
reply \e[4;10;1;1;1"w
== DECRQLP: no locator, or nobody knows where
in \e['|\e[1'z\e['|\e[2'|
reply \e[0&w\e[0&w
== XTSMGRAPHICS: no graphics
in \e[?1;1;0S\e[?2;4;0S\e[?3;1;0S\e[?2;9;0S\e[?1S\e[?S
reply \e[?1;3S\e[?2;3S\e[?3;1S\e[?2;2S
== DECRQSS: the cursor, as mode 12 has changed it
in \eP$q q\e\\\e[?12h\eP$q q\e\\\e[2 q\e[?12h\eP$q q\e\\\e[5 q\e[?12l\eP$q q\e\\
reply \eP1$r0 q\e\\\eP1$r1 q\e\\\eP1$r1 q\e\\\eP1$r6 q\e\\
