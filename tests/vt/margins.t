# Top, bottom, left and right margins, origin mode.

== DECSTBM homes the cursor
in \e[3;3H\e[2;3rX
screen X
== LF scrolls inside the margins
in 1\r\n2\r\n3\r\n4\e[2;3r\e[3H\nX
screen 1|3|X|4
== RI scrolls inside the margins
in 1\r\n2\r\n3\r\n4\e[2;3r\e[2H\eMX
screen 1|X|2|4
== LF below the margins does not scroll
in 1\r\n2\r\n3\r\n4\e[1;2r\e[4H\n\nX
screen 1|2|3|X
== a pair that is none is refused
in \e[3;2r\e[2;2r\e[4;1H\nX
screen |||X
above 
== margins off
in 1\r\n2\r\n3\r\n4\e[2;3r\e[r\e[4H\nX
screen 2|3|4|X
== a bottom margin beyond the screen
in 1\r\n2\r\n3\r\n4\e[2;99r\e[4H\nX
screen 1|3|4|X
== CUU and CUD stop at the margins
in \e[2;3r\e[3;1H\e[9AX\e[9BY
screen |X| Y
== but not from outside
in \e[2;3r\e[4;1H\e[9BX\e[1;1H\e[9AY
screen Y|||X
== CUU from below the margins stops at the top one
in \e[2;3r\e[4;1H\e[9AX
screen |X
== origin mode counts from the margins
in \e[2;3r\e[?6h\e[1;1HX\e[9;1HY
screen |X|Y
== origin mode homes the cursor
in \e[2;3r\e[4;4H\e[?6hX
screen |X
in \e[?6lY
screen Y|X
== VPA in origin mode
in \e[2;3r\e[?6h\e[2dX
screen ||X
== SU and SD inside the margins
in 1\r\n2\r\n3\r\n4\e[2;3r\e[S
screen 1|3||4
in \e[T
screen 1||3|4
== IL and DL end at the bottom margin
in 1\r\n2\r\n3\r\n4\e[1;3r\e[2;1H\e[L
screen 1||2|4
in \e[M
screen 1|2||4
== DECSLRM needs DECLRMM
in \e[3;6sabcdefghij
screen abcdefghij
== text wraps at the right margin
in \e[?69h\e[3;6s\e[1;3Habcdef
screen   abcd|  ef
== CR goes to the left margin
in \e[?69h\e[3;6s\e[1;5Ha\rb
screen   b a
== CR left of it goes to the first column
in \e[?69h\e[3;6s\e[1;2Ha\e[1;2H\rb
screen ba
== text right of the margins goes to the edge
in \e[?69h\e[3;6s\e[1;8Habcd
screen        abc|  d
cursor 1 3
== scrolling moves only the columns inside
in 1111111111\r\n2222222222\r\n3333333333\r\n4444444444\e[?69h\e[3;6s\e[4;3H\n
screen 1122221111|2233332222|3344443333|44    4444
above 
== and down
in 1111111111\r\n2222222222\r\n3333333333\r\n4444444444\e[?69h\e[3;6s\e[1;3H\eM
screen 11    1111|2211112222|3322223333|4433334444
== LF at the bottom but outside does not scroll
in 1\r\n2\r\n3\r\n4\e[?69h\e[3;6s\e[4;1H\nX
screen 1|2|3|X
== ICH and DCH end at the right margin
in 0123456789\e[?69h\e[3;6s\e[1;4H\e[@
screen 012 346789
in \e[2P
screen 0124  6789
== ICH outside does nothing
in 0123456789\e[?69h\e[3;6s\e[1;8H\e[@
screen 0123456789
== DCH outside does nothing: a wrap stays pending
in \e[?69h\e[3;6s\e[1;10HA\e[2PB
screen          A|  B
== IL and DL inside the side margins
in 1111111111\r\n2222222222\r\n3333333333\r\n4444444444\e[?69h\e[3;6s\e[2;3H\e[L
screen 1111111111|22    2222|3322223333|4433334444
in \e[M
screen 1111111111|2222222222|3333333333|44    4444
== a wide character does not cross the right margin
in \e[?69h\e[3;6s\e[1;3Habc中
screen   abc|  中
== a wide character at the edge of what scrolls is cut
in a中b\r\nc文d\e[?69h\e[3;6s\e[4;3H\e[S
screen a  d|c
== CUF and CUB stop at the margins
in \e[?69h\e[3;6s\e[1;4H\e[9CX\e[1;4H\e[9DY
screen   Y  X
== origin mode and side margins
in \e[?69h\e[3;6s\e[2;3r\e[?6h\e[1;1HX\e[9;9HY
screen |  X|     Y
== IRM ends at the right margin
in 0123456789\e[?69h\e[3;6s\e[1;4H\e[4hX
screen 012X346789
== DECLRMM off frees the sides
in \e[?69h\e[3;6s\e[?69l\e[1;1H0123456789
screen 0123456789
== SL and SR
in 0123\r\nabcd\e[2 @
screen 23|cd
in \e[ A
screen  23| cd
== SL and SR outside the margins
in 0123456\r\nabcdefg\e[?69h\e[2;4s\e[1;6H\e[ @\e[1;1H\e[ A
screen 0123456|abcdefg
in \e[1;4H\e[ @
screen 023 456|acd efg
in \e[2;3r\e[1;3H\e[ A
screen 023 456|acd efg
== DECIC and DECDC
in 0123\r\nabcd\e[1;2H\e[2'}
screen 0  123|a  bcd
in \e[3'~
screen 023|acd
== DECSTR frees the margins
in \e[2;3r\e[?6h\e[!p\e[4;1HX
screen |||X
== side margins stay when their mode is set once more
in \e[?69h\e[3;6s\e[?69h\e[1;3Habcdef
screen   abcd|  ef
== insert mode shifts nothing outside of the side margins
in abcdefghi\e[?69h\e[5;8s\e[4h\e[1;2HXY\e[1;9HZ\e[1;6HQ
screen aXYdeQfgZ
== insert mode shifts from the left margin on
in 0123456789\e[?69h\e[4;8s\e[1;2H\e[4hxyzw
screen 0xyzw34589
== VPR and HPR stop at the margins in origin mode
in \e[2;3r\e[?69h\e[3;6s\e[?6h\e[9e\e[99aX
screen ||     X
in \e[?6l\e[9e\e[99aY
screen ||     X|         Y
== VPR and HPR from the first row and column of the margins
in \e[2;3r\e[?69h\e[3;6s\e[?6h\e[1e\e[2aX
screen ||    X
== a double line on the other screen when the side margins came
in \e[2;1H\e#6\e[H\e[?47h\e[?69h\e[8;10s\e[?47l\e[?6h\e[2;1H\rABCDEFGHI
line 1 single
screen |       ABC|       DEF|       GHI
== a double line that comes back from above inside side margins
size 10 3
in \e[H\e#6ab\r\n1\r\n2\r\n3\e[?69h
resize 10 4
line 0 single
in \e[8;10s\e[1;9H\rXYZXYZ
screen ab     XYZ|1      XYZ|2|3
== memory lock: what is above the cursor does not scroll
in 1\r\n2\r\n3\el\r\n4\r\n5\r\n6
screen 1|2|5|6
in \em\r\n7
screen 2|5|6|7
== memory lock on the last line of the region is none
in 1\r\n2\r\n3\r\n4\el\r\n5
screen 2|3|4|5
== right of the margins NEL and LF with LNM return, and nothing scrolls
size 8 4
in \e[1;3r\e[?69h\e[2;4s\e[3;3Hx\e[3;7H\eEa\e[20h\e[3;7H\nb
screen || bx
