# Erasing, inserting, deleting.

== EL
in 0123456789\e[5G\e[K
screen 0123
== EL 1
in 0123456789\e[5G\e[1K
screen      56789
== EL 2
in 0123456789\e[5G\e[2KX
screen     X
== EL with an unknown parameter
in 0123456789\e[5G\e[7K
screen 0123456789
== ED
in aaa\r\nbbb\r\nccc\e[2;2H\e[J
screen aaa|b
== ED 1
in aaa\r\nbbb\r\nccc\e[2;2H\e[1J
screen |  b|ccc
== ED 2 keeps the cursor
in aaa\r\nbbb\e[2JX
screen |   X
== ECH
in 0123456789\e[3G\e[4X
screen 01    6789
== ECH is clamped
in 0123456789\e[8G\e[99X
screen 0123456
== ICH
in 0123456789\e[3G\e[2@
screen 01  234567
== ICH is clamped
in 0123456789\e[3G\e[99@
screen 01
== DCH
in 0123456789\e[3G\e[2P
screen 01456789
== DCH is clamped
in 0123456789\e[3G\e[99P
screen 01
== IL
in 1\r\n2\r\n3\r\n4\e[2;5H\e[L
screen 1||2|3
cursor 1 0
== DL
in 1\r\n2\r\n3\r\n4\e[2;5H\e[MX
screen 1|X|4
above 
== IL and DL are clamped
in 1\r\n2\r\n3\r\n4\e[2;1H\e[99L
screen 1
in \e[1;1H\e[99M
screen 
== IL outside the margins does nothing
in 1\r\n2\r\n3\r\n4\e[2;3r\e[1;1H\e[L
screen 1|2|3|4
== SU pushes
in 1\r\n2\r\n3\r\n4\e[2S
screen 3|4
above 1|2
== SD
in 1\r\n2\r\n3\r\n4\e[2T
screen ||1|2
== SD in xterm's other spelling
in 1\r\n2\e[1^
screen |1|2
== SU is clamped
in 1\r\n2\r\n3\r\n4\e[99S
screen 
above 1|2|3|4
== erasing takes the background
in \e[44mX\e[K\e[m
cell 0 0 bg4
cell 0 9 bg4
== erasing takes nothing else
in \e[1;4;7;31;44m\e[2J
cell 0 0 bg4
== ECH, ICH and DCH take the background
in abc\r\e[42m\e[X\e[3G\e[@\e[6G\e[P
cell 0 0 bg2
cell 0 2 bg2
cell 0 9 bg2
== a scrolled line takes the background
in \e[41m\e[4H\n
cell 3 5 bg1
== IL and RI take the background
in \e[43m\e[L\e[H\eM
cell 0 0 bg3
cell 1 0 bg3
== erased to the default again
in \e[41m\e[2J\e[m\e[2J
cell 2 2 plain
== DECSEL spares the protected
in a\e[1\x22qb\e[0\x22qc\e[?2K
screen  b
== DECSED spares the protected
in a\e[1\x22qb\e[2\x22qc\r\nd\e[?2J
screen  b
== DECSED 0 and 1
in abc\e[2G\e[?1J
screen   c
in \e[?J
screen 
== EL does not spare the protected
in \e[1\x22qabc\e[2K
screen 
== SGR 0 keeps the protection
in \e[1\x22q\e[1m\e[0mx
cell 0 0 protected
== erasing a half of a wide character takes both
in 中文\e[2G\e[X
screen   文
in 中文\e[1G\e[X
== DCH through a wide character
in a中b\e[2G\e[P
screen a b
== DCH of its second half
in a中b\e[3G\e[P
screen a b
== ICH through a wide character
in a中b\e[3G\e[@
screen a   b
== ICH pushes half of a wide one over the edge
in 12345678中\e[1G\e[@
screen  12345678
== EL through a wide character
in a中b\e[3G\e[K
screen a
== EL 1 through a wide character
in a中b\e[2G\e[1K
screen    b
== SD by its older name, with whatever follows
in a\r\nb\e[2;9^
screen ||a|b
in \e[1;9T\e[0T
screen ||a|b
