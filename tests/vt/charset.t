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
== an unknown set changes nothing
in \e(0\e(Zq
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
