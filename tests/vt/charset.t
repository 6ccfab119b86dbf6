# Designating and invoking character sets.

== line drawing
in \e(0lqk\e(Bq
screen ┌─┐q
== all of DEC Special Graphics
size 40 1
in \e(0_`abcdefghijklmnopqrstuvwxyz{|}~
screen \xc2\xa0◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·
== capital letters stay as they are
in \e(0ABC^
screen ABC^
== the United Kingdom's
in \e(A#\e(B#
screen £#
== SO and SI
in \e)0q\x0eq\x0fq
screen q─q
== LS2 and LS3
in \e*0\e+A\enq#\eoq#\x0fq#
screen ─#q£q#
== SS2 and SS3 hold for one character
in \e*0\e+A\eNqq\eO##
screen ─q£#
in \eNéq\eN\x1aq
screen ─q£#éq─
== an unknown set changes nothing
in \e(0\e(Xq
screen ─
== UTF-8 is not mapped
in \e(0é中q
screen é中─
== DECSTR gives ASCII
in \e(0\e[!pq
screen q
== RIS gives ASCII
in \e)0\x0e\ecq
screen q
== line drawing wraps
in \e(0qqqqqqqqqqx
screen ──────────|│
== a single shift before a control
in \e*0\eN\rqq
screen ─q
== national sets, in national mode only
in \e(K[\\]{|}~@\e[?42h@
screen [\\]{|}~@@
in \r\e(K[\\]{|}~@
screen ÄÖÜäöüß§@
in \r\e[?42l[
screen [ÖÜäöüß§@
== a VT100's other ROM is in no later terminal
in \e(0\e(1q\e(2q\e[61"p\e(2q
screen qq─
== JIS sets are ASCII
in \e(0\e(Iq\e(0\e(Jq
screen qq
== the sets of other nations
size 40 2
in \e[?42h\e(R#@{\e(A#\e(4]\e(C~\e(Q^\e(Y`\e(E\\\e(%6]\e(Z{\e(H@\e(=_
screen £àé£|üîùØÕ°Éè
== supplemental and technical
in \e(%5W]\e(<W\e(>D!
screen ŒŸŒΔ⎷
== sets of 96
in \e-A\x0ei\e.B\eNa\e/F\eOa\x0f\e-H\x0e`\e-L0\e-Mp
screen éáαאАğ
== locking shifts
in \e*0\e+>\enq\eoD\x0fq
screen ─Δq
== LS1R to LS3R
in \e~\e[1$w\e}\e[1$w\e|\e[1$w
reply \eP1$u1;1;1;@;@;@;0;1;@;BBBB\e\\\eP1$u1;1;1;@;@;@;0;2;@;BBBB\e\\\eP1$u1;1;1;@;@;@;0;3;@;BBBB\e\\
== DECAUPSS: the set that the user prefers
in \e[&u\e(<W\eP0!u"?\e\\A\e[&u\eP1!uB\e\\!\e[&u\e[1$w
screen ŒΑĄ
reply \eP0!u%5\e\\\eP0!u"?\e\\\eP1!uB\e\\\eP1$u1;4;1;@;@;@;0;2;@;<BBB\e\\
in \eP0!u0\e\\\eP0!u>\e\\\eP0!u<\e\\\eP2!uA\e\\\eP1!uK\e\\\e[&u\ec\e[&u
reply \eP1!uB\e\\\eP0!u%5\e\\
== DECSTR ends the preference
in \eP1!uA\e\\\e[!p\e[&u
reply \eP0!u%5\e\\
== DEC's Greek, Hebrew, Turkish and Cyrillic
size 40 2
in \e("?@Aa}$\e("4`z*\e(%0.>P^~\e(&4@A~\e(BA
screen ϊΑα΄�את×İıĞŞşюаЧA
== the national sets of a VT500
size 60 2
in \e[?42h\e(%2&@[\\]^`{|}~\e(%3@[\\]^`{|}~#\e(">@anvx`\e(%=@`az{\e(&5@`aq~\e(BA
screen ğİŞÖÇÜĞşöçüŽŠĐĆČžšđćč#@ΑΧΞΩ`@אבת{@ЮАЯЧA
in \r\e[?42l\e[K\e(%2&\e(">a\e(&5a
screen &aa
== ESC % @: ISO 8859-1, until ESC % G
in \e%@\xe9\xa9\xc3\xa9\e%Gé
screen é©Ã©é
== ESC % @: the set in GR
in \e%@\e*0\e}\xf1\xc1\xa0\xff|\e.F\e}\xe1\e+>\e|\xa2
screen ─A ÿ|α┌
== ESC % @: national sets in GR, in national mode only
in \e%@\e)K\e~\xdb\e[?42h\e)K\xdb
screen ÛÄ
== ESC % @: a single shift is for GL
in \e%@\e*0\e~\eNqq\eN\xf1q
screen ─qñq
== ESC % @: C1 controls
in \e%@ab\x9b1mc\x9b2;\x9b1;1HX\x85Y
screen Xbc|Y
cell 0 2 bold
== ESC % @: strings
in \e%@\x9d2;\xe9\x9c\e]1;x\x9b3Ca\x90zz\x9cb
title é
screen    ab
== ESC % @: a VT52 has no C1 controls
in \e%@\e[?2l\x9b\xe9\x84a
screen éa
== ESC % / G to I do not leave UTF-8
in \e%/G\e%/H\e%/Ié\e%@\e%/G\xe9
screen éé
== ESC % @ and resets
in \e%@\e[!p\e7\e%G\e8\xc3\xa9\e%@\e[!p\xe9\ecé
screen é
== ESC % @ where the owner makes it UTF-8
converted
in \e%@é
screen é
