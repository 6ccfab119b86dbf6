# Printing, wrapping, scrolling, the scrollback.

== text and a new line
in one\r\ntwo
screen one|two
cursor 1 3
== LF alone keeps the column
in one\ntwo
screen one|   two
== VT and FF are as LF
in a\x0bb\x0cc
screen a| b|  c
== LNM makes LF a new line
in \e[20hone\ntwo
screen one|two
== the last column leaves the cursor there
in 0123456789
screen 0123456789
cursor 0 9
== the next character wraps
in 0123456789a
screen 0123456789|a
cursor 1 1
== CR after the last column stays on the line
in 0123456789\rX
screen X123456789
== BS after the last column
in 0123456789\bX
screen 01234567X9
== LF after the last column clears the pending wrap
in 0123456789\nX
screen 0123456789|         X
== CUP clears the pending wrap
in 0123456789\e[1;10HX
screen 012345678X
== EL after the last column takes the last character
in 0123456789\e[KX
screen 012345678X
== without DECAWM the last column is overwritten
in \e[?7l0123456789abc
screen 012345678c
cursor 0 9
== DECAWM off clears a pending wrap
in 0123456789\e[?7lX\e[?7hY
screen 012345678Y
== DECSC keeps the pending wrap
in 0123456789\e7\e[H\e8X
screen 0123456789|X
== scrolling
in 1\r\n2\r\n3\r\n4\r\n5
screen 2|3|4|5
above 1
cursor 3 1
== many lines
in 1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9
screen 6|7|8|9
above 1|2|3|4|5
== lines that DL deletes at the top go there
in a\r\nb\r\nc\r\nd\e[H\e[2M\e[2H\e[M
above a|b
screen c
in \e[2;3r\e[2H\e[M\e[r\e[?47h\e[H\e[M\e[?47l
above a|b
== the scrollback keeps its limit
size 10 2 3
in 1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7
screen 6|7
above 3|4|5
== no scrollback
size 10 2 0
in 1\r\n2\r\n3\r\n4
screen 3|4
above 
== lines above keep colours and wide characters
size 10 2
in \e[31mred\e[m 中e\xcc\x81x\r\n2\r\n3
screen 2|3
above red 中e\xcc\x81x
== a wrapped line above is whole
in 0123456789abc\r\n1\r\n2\r\n3\r\n4
above 0123456789|abc
screen 1|2|3|4
== ED 3 clears the scrollback only
in 1\r\n2\r\n3\r\n4\r\n5\e[3J
screen 2|3|4|5
above 
== RIS keeps the scrollback, and what it clears
in 1\r\n2\r\n3\r\n4\r\n5\ec
screen 
above 1|2|3|4|5
cursor 0 0
== ED 2 keeps what it clears
in 1\r\n\r\n3\e[2J
screen 
above 1||3
cursor 2 1
== so does ED 0 from the first cell
in 1\r\n2\e[H\e[J3
screen 3
above 1|2
== but none from another one
in 1\r\n2\e[2G\e[H\n\e[J
screen 1
above 
== nor DECSED, or where cells are guarded
in 1\e[?2J\eVa\eW\e[2J
screen  a
above 
== nor on the alternate screen
in \e[?1049h1\e[2J2\e[H\e[J
above 
== blanks in colour are nothing to be kept
in 1\r\n\e[41m\e[2J\e[2J
above 1
== a full line is not joined with what comes next
in 0123456789\e[2J\e[Ha\r\nb\r\nc\r\nd\r\ne
resize 20 4
above 0123456789|a
== scrolling with a top margin pushes nothing
in \e[2;4r\e[4H\na\nb\nc
above 
== scrolling with a bottom margin pushes
in 1\r\n2\r\n3\r\n4\e[1;2r\e[2H\n
screen 2||3|4
above 1
== tabs
in a\tb
screen a       b
== a tab stops at the last column
in a\t\t\t\tb
screen a        b
== HTS and TBC
in \e[3G\eH\r\tx\b\e[g\r\ty
screen   x     y
== TBC 3
in \e[3gab\tc
screen ab       c
== CHT and CBT
size 40 2
in \e[2Ix\e[Zy
screen                 y
== DECST8C sets the tab stops again
in \e[3g\e[?5W\tx
screen         x
== IRM pushes the line to the right
in abc\r\e[4hXY\e[4lZ
screen XYZbc
== IRM loses what goes over the edge
in 0123456789\r\e[4hab
screen ab01234567
== REP
in ab\e[3b
screen abbbb
== REP wraps
in a\e[11b
screen aaaaaaaaaa|aa
== REP of a wide character
in 中\e[2b
screen 中中中
== REP of more than the screen holds
in a\e[10012b
screen aaaaaaaaaa|aaaaaaaaaa|aaaaaaaaaa|aaa
cursor 3 3
== REP of more than the margins hold
in \e[?69h\e[3;6s\e[1;3Ha\e[9997b
screen   aaaa|  aaaa|  aaaa|  aa
cursor 3 4
in \e[3;7s\e[1;3H中\e[9999b
screen   中中|  中中|  中中|  中中
cursor 3 6
== REP with nothing before it
in \e[3bx
screen x
== REP repeats only what stands just before it
in ab\e[2b\e[2b\r\n\e[2bc\e[m\e[2b\t\e[2bd\e]0;x\x07\e[2be\e7\e[2bf
screen abbb|c       de|f
== DECALN
in \e[2;3r\e[3;3H\e#8
screen EEEEEEEEEE|EEEEEEEEEE|EEEEEEEEEE|EEEEEEEEEE
cursor 0 0
in \e[1;41m\e#8a
cell 0 0 bg1
cell 0 1 plain
== DEL and NUL are nothing
in a\x7f\x00b
screen ab
== reverse wrap
in 0123456789a\e[?45h\b\b\bX
screen 01234567X9|a
== no reverse wrap by itself
in 0123456789ab\b\b\b\bX
screen 0123456789|Xb
