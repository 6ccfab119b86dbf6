# Answers to questions.

== DA
in \e[c\e[0c\eZ
reply \e[?64;6;21;22;28c\e[?64;6;21;22;28c\e[?64;6;21;22;28c
== DA with another parameter is no question
in \e[1c\e[>1c
reply 
== DA2 and DA3
in \e[>c\e[=c
reply \e[>41;300;0c\eP!|00000000\e\\
== DSR
in \e[5n\e[2;3H\e[6n\e[?6n
reply \e[0n\e[2;3R\e[?2;3R
== CPR in origin mode
in \e[2;3r\e[?6h\e[2;4H\e[6n
reply \e[2;4R
== CPR at the pending wrap
in 0123456789\e[6n
reply \e[1;10R
== DEC's status reports
in \e[?15n\e[?25n\e[?26n\e[?55n\e[?56n\e[?75n
reply \e[?13n\e[?21n\e[?27;1;0;0n\e[?50n\e[?57;0n\e[?70n
== ENQ
in \x05
reply answer
== XTVERSION
in \e[>q\e[>0q
reply \eP>|vmconnect\e\\\eP>|vmconnect\e\\
== sizes
size 80 24
in \e[18t\e[19t\e[14t
reply \e[8;24;80t\e[9;24;80t
== titles are not told
in \e]0;secret\x07\e[20t\e[21t
reply \e]L\e\\\e]l\e\\
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
reply \eP1$r4 q\e\\\eP1$r64;1\x22p\e\\\eP1$r1\x22q\e\\
== DECRQSS: unknown
in \eP$qz\e\\\eP$q\e\\
reply \eP0$r\e\\\eP0$r\e\\
== XTGETTCAP knows nothing
in \eP+q544e\e\\
reply \eP0+r\e\\
== DECRQCRA is not answered
in \e[1;1;1;1;2;2*y
reply 
