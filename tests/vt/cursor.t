# Moving, saving and restoring the cursor.

== CUP counts from one
in \e[2;3HX
screen |  X
cursor 1 3
== CUP without parameters
in abc\e[HX
screen Xbc
== CUP is clamped
in \e[99;99HX
cursor 3 9
screen |||         X
== CUP with zeros
in \e[0;0HX
screen X
== HVP
in \e[3;2fX
screen || X
== CUU CUD CUF CUB
in \e[2;2H\e[AX\e[2BY\e[3CZ\e[4DW
cursor 2 4
screen  X||  YW  Z
== CUU stops at the top
in \e[3;1H\e[99AX
screen X
== CUB stops at the left
in abc\e[99DX
screen Xbc
== CNL and CPL
in abc\e[2Ex\e[Fy
screen abc|y|x
== CHA, HPA, VPA
in \e[5Ga\e[2`b\e[3dc
screen  b  a||  c
== HPR and VPR
in \e[3ax\e[2ey
screen    x||    y
== HPR stops at the edge
in \e[99aX
cursor 0 9
== IND and RI
in a\eDb\eMc
screen a c| b
== NEL
in abc\eEd
screen abc|d
== RI at the top scrolls down
in a\r\nb\e[H\eMc
screen c|a|b
== IND at the bottom scrolls up
in a\e[4Hb\eDc
screen ||b| c
above a
== DECSC and DECRC keep place and style
in \e[2;3H\e[1;31m\e7\e[H\e[mx\e8y
cell 0 0 plain
cell 1 2 bold fg1
== DECRC without DECSC goes home
in \e[3;3H\e8X
screen X
== DECSC keeps the character set
in \e(0\e7\e(B\e8q
screen ─
== DECSC keeps the origin mode
in \e[2;3r\e[?6h\e7\e[?6l\e8\e[HX
screen |X
== SCOSC and SCORC
in \e[2;3H\e[s\e[H\e[uX
screen |  X
== each screen has its own saved cursor
in \e[2;2H\e7\e[?47h\e[3;3H\e7\e[?47l\e8X
screen | X
== DECSCUSR
in \e[3 q
state blinks underscore
in \e[6 q
state bar
in \e[0 q
state plain
in \e[9 q
state plain
== DECTCEM
in \e[?25l
state hidden
in \e[?25h
state plain
== DECBI moves the columns at the left edge
in abc\r\e6
screen  abc
cursor 0 0
== DECFI moves them at the right edge
in abc\e[10G\e9
screen bc
== ... but not outside of the region, where a wrap stays pending
in \e[2;3r\e[1;10HA\e9B
screen          A|B
== CUB with a pending wrap goes from the last column
in 0123456789\e[2DX
screen 0123456X89
== backspace in the extended reverse wrap mode goes on at the last line
in \e[?1045hab\b\b\bX
screen ab|||         X
== ... in the plain one not, nor to a line that did not wrap
in \e[?45hab\b\b\bX\r\n\b\bY
screen Xb|Y
== ... only to one that did
in 0123456789abc\r\n\e[?45hde\r\e[A\b\bX
screen 01234567X9|abc|de
cursor 0 9
in \e[3;1H\b
cursor 2 0
== ... not over the top margin
in \e[?45h0123456789a\e[2;3r\e[2;1H\b
cursor 1 0
== ... and inside the margins at the last of them
in \e[?1045h\e[2;3r\e[2;1H\bX
screen ||         X
== ... and at the right margin
in \e[?1045;69h\e[3;6s\e[2;3H\b
cursor 0 5
in \e[2;1H\b
cursor 0 5
== reverse wrap needs DECAWM
in \e[?45h\e[?7l\e[2;1H\b
cursor 1 0
== a pending wrap is a step of its own in reverse wrap mode
in \e[?45h0123456789\b
cursor 0 9
in \b
cursor 0 8
== a tab behind a full line waits
in 0123456789\tX
screen 0123456789|X
== a tab behind a full line begins the next one in mode 41
in \e[?41h0123456789\tX
screen 0123456789|        X
== SCOSC and SCORC have no parameters
in ab\e[s\e[2;5H\e[1;80s\e[97;5u\e[0uX\e[uY
screen abY|    X
== DECRC in origin mode stays inside the margins
in \e[?69h\e[?6h\e[4;9H\e7\e[2;3r\e[2;5s\e8
cursor 2 4
in \e[?6l\e[4;9H\e7\e[1;1H\e8
cursor 3 8
== reverse wrap between margins, where the text went on
in \e[?45;69h\e[3;6s\e[1;3Habcde\b\b
cursor 0 5
in \e[1;3H\e[K\e[2;3H\b
cursor 1 2
in \e[3;3H\b
cursor 2 2
== reverse wrap to a line of double width
in \e[?45h\e#6abcdef\b\b
cursor 0 4
