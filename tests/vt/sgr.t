# Styles and colours.

== one attribute each
in \e[1ma\e[0;2mb\e[0;3mc\e[0;4md\e[0;5me\e[0;7mf\e[0;8mg\e[0;9mh\e[0;53mi\e[0;21mj
cell 0 0 bold
cell 0 1 faint
cell 0 2 italic
cell 0 3 underline
cell 0 4 blink
cell 0 5 reverse
cell 0 6 invisible
cell 0 7 strike
cell 0 8 overline
cell 0 9 underline double
== taken away again
in \e[1;2;3;4;5;7;8;9;53ma\e[22mb\e[23mc\e[24md\e[25me\e[27mf\e[28mg\e[29mh\e[55mi
cell 0 0 bold faint italic underline blink reverse invisible strike overline
cell 0 1 italic underline blink reverse invisible strike overline
cell 0 2 underline blink reverse invisible strike overline
cell 0 3 blink reverse invisible strike overline
cell 0 4 reverse invisible strike overline
cell 0 5 invisible strike overline
cell 0 6 strike overline
cell 0 7 overline
cell 0 8 plain
== kinds of underlines
in \e[4:3ma\e[4:4mb\e[4:5mc\e[4:2md\e[4:1me\e[4:0mf
cell 0 0 underline curly
cell 0 1 underline dotted
cell 0 2 underline dashed
cell 0 3 underline double
cell 0 4 underline
cell 0 5 plain
== an unknown kind changes nothing
in \e[4:9ma
cell 0 0 plain
== eight colours and eight bright ones
in \e[31ma\e[37;40mb\e[97;107mc\e[90;100md\e[39me\e[49mf
cell 0 0 fg1
cell 0 1 fg7 bg0
cell 0 2 fg15 bg15
cell 0 3 fg8 bg8
cell 0 4 bg8
cell 0 5 plain
== 256 colours
in \e[38;5;200ma\e[48;5;17mb\e[38:5:201mc
cell 0 0 fg200
cell 0 1 fg200 bg17
cell 0 2 fg201 bg17
== the first eight of the 256, also above the screen; what is told is the same
in \e[38;5;1ma\e[38:5:7mb\e[38;5;8;48;5;3mc\e[38;5;1m\eP$qm\e\\\e[31md
reply \eP1$r0;31;43m\e\\
cell 0 0 fg:1
cell 0 1 fg:7
cell 0 2 fg8 bg3
cell 0 3 fg1 bg3
in \e[m\n\n\n\n
cell -1 0 fg:1
cell -1 1 fg:7
cell -1 3 fg1 bg3
== 24-bit colours
in \e[38;2;1;2;3ma\e[48;2;255;128;0mb\e[38:2::9:8:7mc\e[38:2:6:5:4md
cell 0 0 fg#010203
cell 0 1 fg#010203 bg#ff8000
cell 0 2 fg#090807 bg#ff8000
cell 0 3 fg#060504 bg#ff8000
== what follows a colour still counts
in \e[38;5;3;1ma\e[0;48;2;1;2;3;4mb\e[0;38:5:9;7mc
cell 0 0 bold fg:3
cell 0 1 underline bg#010203
cell 0 2 reverse fg9
== the underline's colour, whichever way
in \e[58;5;1;3ma\e[0;58;2;1;2;3;9mb\e[0;58:2::1:1:1;1mc\e[59md
cell 0 0 italic ul1
cell 0 1 strike ul#010203
cell 0 2 bold ul#010101
cell 0 3 bold
== a colour out of range changes nothing
in \e[38;5;256ma\e[38;2;1;2;300mb
cell 0 0 plain
cell 0 1 plain
== a colour with a gap changes nothing
in \e[38;2;;5;6ma\e[38;2;5;6ma\e[48;5;mb\e[38:2::5::6mc\e[38:5:m\e[38;2;0;5;6md
cell 0 0 plain
cell 0 1 plain
cell 0 2 plain
cell 0 3 plain
cell 0 4 fg#000506
== a colour in parts of the second parameter
in \e[38;2:7:1:2:3;1ma\e[48;5:9mb\e[0;38;2:4:5:6mc
cell 0 0 bold fg#010203
cell 0 1 bold fg#010203 bg9
cell 0 2 fg#040506
== a colour that is cut short
in \e[38ma\e[38;5mb\e[38;2;1mc\e[38:5md
cell 0 0 plain
cell 0 1 plain
cell 0 2 plain
cell 0 3 plain
== no parameter is a reset
in \e[1;31m\e[ma
cell 0 0 plain
== an empty parameter is a reset
in \e[1;31m\e[;4ma
cell 0 0 underline
== unknown parameters are skipped
in \e[1;77;200;31ma
cell 0 0 bold fg1
== parts of a parameter that takes none
in \e[1:2;31ma\e[0:1;32:1;7:2;49:1mb\e[4:1;58:5:3mc
cell 0 0 fg1
cell 0 1 fg1
cell 0 2 underline fg1 ul3
== with a prefix it is something else
in \e[>4;2ma\e[?4mb
cell 0 0 plain
cell 0 1 plain
== wide characters have their style on both halves
in \e[7;32m中
cell 0 0 reverse fg2 wide
cell 0 1 reverse fg2 half
== DECSTR resets the style
in \e[1;31m\e[!pa
cell 0 0 plain
== more than 32 parameters
in \e[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;3;4;7ma
cell 0 0 bold italic
== styles are pushed and popped
in \e[1;31;4:3;58;5;9m\e[#{\e[0;3ma\e[#}b
cell 0 0 italic
cell 0 1 bold underline curly fg1 ul9
in \e[#}c
cell 0 2 bold underline curly fg1 ul9
== only some of a style
in \e[1;31m\e[1;10#p\e[0;3;44ma\e[#qb
cell 0 0 italic bg4
cell 0 1 bold italic fg1 bg4
== XTPUSHSGR: colours by their numbers, old and new
in \e[1;31;42m\e[30#{\e[0;7m\e[#}A\e[31#{\e[0;42m\e[11#{\e[m\e[#}B\e[10#{
cell 0 0 reverse fg1
cell 0 1 bg2
== XTPUSHSGR: an underline comes back as it was
in \e[21m\e[4#{\e[m\e[#}A\e[4:3m\e[21#{\e[24m\e[#}B\e[4m\e[1#{\e[21m\e[#}C\eP$qm\e\\
cell 0 0 underline double
cell 0 1 underline curly
cell 0 2 underline double
reply \eP1$r0;21m\e\\
== XTPOPSGR leaves the protection, of either kind
in \e[#{\e[1\x22q\eV\e[1m\e[#}a
cell 0 0 protected guarded
== XTPUSHSGR: more than ten are counted, not kept
in \e[31m\e[#{\e[#{\e[#{\e[#{\e[#{\e[#{\e[#{\e[#{\e[#{\e[#{\e[32m\e[#{\e[33m\e[#}a\e[#}b
cell 0 0 fg3
cell 0 1 fg1
in \e[#}\e[#}\e[#}\e[#}\e[#}\e[#}\e[#}\e[#}\e[34m\e[#}c\e[35m\e[#}d
cell 0 2 fg1
cell 0 3 fg5
