# Sequences that are broken, interrupted, too long or unknown.

== unknown sequences leave no trace
in a\e[5yb\e[?5yc\e[1$$xd\e%Ge\e#2f\e~g
screen abcdefg
== controls inside a sequence are carried out
in ab\e[2\rCX
screen abX
== CAN and SUB abort, and show nothing
in \e[3\x18Ca\e[3\x1aCb\e\x18c\x1a\x18d
screen CaCbcd
in \r\n\e[?2ly\x1a\ez\x1a
screen CaCbcd|y
== ... nor do they end a pending wrap
in 0123456789\x1a\x18a
screen 0123456789|a
== ESC begins again
in \e[3\e[2Ca
screen   a
== DEL inside a sequence is nothing
in \e[2\x7fCa
screen   a
== other bytes inside a sequence are nothing
in \e[2\xe9Ca
screen   a
== parameters saturate
in \e[99999999999999999999Ca
cursor 0 9
== a private prefix in the wrong place
in \e[2?Ca\e[2>5Cb
screen ab
== a parameter after an intermediate
in \e[2 3Ca
screen a
== two intermediates
in \e[2 !Ca
screen a
== colons where there are none
in \e[>4:2m\e[?4m
reply \e[>4;0m
in \e[2:3Ca\e[2:2Hb\e[:Cc
screen abc
== C1 bytes are not controls
in \x9b2Ca
screen �2Ca
== C1 characters are not shown and do nothing
in a\xc2\x9b2Cb
screen a2Cb
== DCS that is not known
in \eP1;2|some thing\e\\a
screen a
== DCS ends with ST only
in \eP$qm\x07\e\\a
reply \eP0$r\e\\
screen a
== SOS, PM and APC
in \eXa\rb\e\\c\e^d\x07e\e\\f\e_g\e\\h
screen cfh
== CAN ends a string
in \eP1;2|ab\x18c\e_d\x1ae
screen ce
== ST without a string
in a\e\\b
screen ab
== a DCS after an interrupted one
in \eP$qm\e(B\eP$qr\e\\
reply \eP1$r1;4r\e\\
== an escape sequence after an interrupted DCS
in \eP$qm\e(0q
screen ─
== too long for a DCS: the next one counts again
in \eP1$zzz\e\\\eP$qr\e\\
reply \eP1$r1;4r\e\\
== a newline in the middle of a sequence
in \e[2\nCX
screen |  X
== the locking shift of a lone SO
in a\x0eb\x0fc
screen abc
== ST as one byte ends a string where 8-bit controls are taken
in \e G\x9d0;one\x9ca\e]0;two\xc2\x9cb\e_x\x9cc\x90$qm\x9c
title two
screen abc
reply \x901$r0m\x9c
== ... but not inside of a character
in \e G\e]0;✜\x9ca\e_✜\x9cb
title ✜
screen ab
== ... and not otherwise
in \e]0;one\x9ctwo\x07a
screen a
title one�two
