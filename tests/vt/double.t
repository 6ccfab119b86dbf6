# Lines of double width and height.

== DECDWL, DECDHL and DECSWL
in \e#6a\r\n\e#3b\r\n\e#4c\r\n\e#5d
line 0 double
line 1 top
line 2 bottom
line 3 single
== a double line has half of the columns
in \e#6abcdefg
screen abcde|fg
cursor 1 2
== the cursor stays inside
in \e#6\e[9G
cursor 0 4
in \e[99C
cursor 0 4
in \e[2;9H\e[A
cursor 0 4
in \e[2;9H\eM
cursor 0 4
in \e[2;9H\e[1d
cursor 0 4
in \e[2;9H\e[F\e[9`
cursor 0 4
== a line becomes double under the cursor
in abcdefgh\e#6
cursor 0 4
in \e#5\e[8G
screen abcdefgh
cursor 0 7
== tabs stop at its end
in \e#6\t
cursor 0 4
== without DECAWM
in \e[?7l\e#6abcdefg
screen abcdg
== wide characters
in \e#6中中中
screen 中中|中
== scrolling moves it
in \e#6a\r\n\n\n\n
line -1 double
line 0 single
== inserting a line moves it
in \e#6a\r\e[L
line 0 single
line 1 double
== ED makes lines single, EL does not
in \e#6a\e[2K
line 0 double
in \e[2J
line 0 single
in \e#6\e[H\e[J
line 0 double
== DECLRMM: no double lines
in \e#6a\e[?69h
line 0 single
in \e#6
line 0 single
== a new size keeps it
in \e#6abcde
resize 20 4
line 0 double
screen abcde
== DECALN and RIS make all single
in \e#6\e#8
line 0 single
in \e#3\ec
line 0 single
