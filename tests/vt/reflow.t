# New sizes.

== wider: a wrapped line is joined
in 0123456789abc\r\nx
resize 20 4
screen 0123456789abc|x
cursor 1 1
== narrower: a line is split
in 0123456789\r\nx
resize 4 6
screen 0123|4567|89|x
cursor 3 1
== and back
in 0123456789\r\nx
resize 4 6
resize 10 4
screen 0123456789|x
cursor 1 1
== narrower: what does not fit goes above
in 0123456789\r\nx
resize 4 2
screen 89|x
above 0123|4567
== and comes back
in 0123456789\r\nab\r\ncd\r\nef
resize 4 2
above 0123|4567|89|ab
resize 10 4
screen 0123456789|ab|cd|ef
above 
== a new line is no wrap
in abc\r\ndef
resize 20 4
screen abc|def
== the scrollback is joined too
in 0123456789abc\r\n1\r\n2\r\n3\r\n4
resize 20 4
above 0123456789abc
screen 1|2|3|4
== and split
in 01234567\r\n1\r\n2\r\n3\r\n4
resize 4 4
above 0123|4567
screen 1|2|3|4
== a line that is half above
in 0123456789abcdefghijk\r\n1\r\n2
above 0123456789
resize 30 4
screen 0123456789abcdefghijk|1|2
above 
== the cursor keeps its place in the text
in abcdefgh\e[1;7H
resize 4 4
cursor 1 2
resize 10 4
cursor 0 6
== a saved cursor goes above with its line, and comes back
in 1\r\n2\e7\r\n3\r\n4
resize 10 2
resize 10 4
in \e8
cursor 1 1
== where it is above, the first row is the nearest
in 1\r\n2\e7\r\n3\r\n4
resize 10 2
in \e8
cursor 0 1
resize 10 4
cursor 2 1
== one below the text, too
in \e[4;5H\e7\e[H
resize 10 2
resize 10 4
in \e8
cursor 3 4
== the cursor behind the text
in ab\e[1;9H
resize 4 4
cursor 2 0
== a pending wrap at the new width
in 0123456789
resize 20 4
cursor 0 10
in X
screen 0123456789X
== a pending wrap that becomes one again
in 0123456789
resize 5 4
cursor 1 4
in X
screen 01234|56789|X
== a pending wrap is one again when the old width is back
in 1\r\n2\r\n3\r\n0123456789
resize 12 4
cursor 3 10
resize 10 4
screen 1|2|3|0123456789
cursor 3 9
above 
in X
screen 2|3|0123456789|X
== ... also of two rows, and from a lower width
in 1\r\n2\r\n01234567890123456789
resize 8 4
resize 10 4
screen 1|2|0123456789|0123456789
cursor 3 9
in X
screen 2|0123456789|0123456789|X
== ... and under the alternate screen
in 1\r\n2\r\n3\r\n0123456789\e[?1049h
resize 12 4
resize 10 4
in \e[?1049l
screen 1|2|3|0123456789
in X
screen 2|3|0123456789|X
== ... but where nothing wraps the cursor has a row of its own
in 0123456789\e[1;10H
resize 12 4
in \e[?7l\e[C
resize 10 4
cursor 1 0
== a pending wrap behind a wide character
in 12345678中
resize 20 4
cursor 0 10
resize 5 4
cursor 1 4
in X
screen 12345|678中|X
== the cursor on the half of one
in 12中\e[1;4H
resize 20 4
cursor 0 3
== lower: the cursor's line stays
in 1\r\n2\r\n3\r\n4
resize 10 2
screen 3|4
above 1|2
cursor 1 1
== lower: empty rows go first
in 1\r\n2
resize 10 2
screen 1|2
above 
== lower with the cursor at the top
in 1\r\n2\r\n3\r\n4\e[H
resize 10 2
screen 1|2
cursor 0 0
== higher: lines come back
in 1\r\n2\r\n3\r\n4\r\n5\r\n6
resize 10 5
screen 2|3|4|5|6
above 1
== higher: nothing comes back to a screen that is not full
in 1\r\n2\r\n3\r\n4\r\n5\e[H\e[2J$
resize 10 6
screen $
above 1|2|3|4|5
== higher: they come back also with room below the text
in 1\r\n2\r\n3\r\n4\r\n5\r\n6\e[A\e[J
above 1|2
screen 3|4|5
cursor 2 1
resize 10 5
screen 2|3|4|5
above 1
cursor 3 1
resize 10 9
screen 1|2|3|4|5
above 
cursor 4 1
== higher: but not what was cleared before them
in 1\r\n2\r\n3\e[H\e[2J4\r\n5\r\n6\r\n7\r\n8\e[A\e[J
above 1|2|3|4
resize 10 8
screen 4|5|6|7
above 1|2|3
resize 10 9
above 1|2|3
== higher: and again after a lower one, and at another width
in 1\r\n2\r\nabcdefgh\r\n4\r\n5\r\n6\e[A\e[J
resize 10 2
screen 4|5
resize 4 5
screen 2|abcd|efgh|4|5
above 1
cursor 4 1
resize 10 9
screen 1|2|abcdefgh|4|5
above 
== higher: while the alternate screen stands still
in 1\r\n2\r\n3\r\n4\r\n5\r\n6\e[A\e[J\e[?1049h\e[HA\r\nB
resize 10 6
screen A|B
in \e[?1049l
screen 1|2|3|4|5
cursor 4 1
== wide characters move whole
in ab中cd
resize 3 4
screen ab|中c|d
resize 10 4
screen ab中cd
== wide characters in one column
in 中
resize 1 3
screen �
== a gap before a wide one is no blank
in 123456789中x
resize 20 4
screen 123456789中x
== a written blank at the edge stays
in 123456789 x
resize 20 4
screen 123456789 x
== marks move along
in abe\xcc\x81cd
resize 2 4
screen ab|e\xcc\x81c|d
resize 9 4
screen abe\xcc\x81cd
== colours move along
in \e[31mabc\e[32mdef\e[m
resize 4 4
cell 0 2 fg1
cell 0 3 fg2
cell 1 1 fg2
== a coloured rest of a line does not wrap
in \e[44mab\e[K\e[m\r\nx
resize 5 4
screen ab|x
cell 0 4 bg4
== the alternate screen is cut
in \e[?1049h0123456789\e[2;1Habc
resize 5 2
screen 01234|abc
cursor 1 3
resize 10 4
screen 01234|abc
== a wide character that is cut
in \e[?1049h123456789\e[1;4H中
resize 4 4
screen 123
== a saved cursor above the screen is no text
in xxxxxxxxxxx\r\n1\r\n2\r\n3
resize 11 2
above xxxxxxxxxxx|1
resize 10 4
above xxxxxxxxxx
screen x|1|2|3
== ... nor is one on it
in a\e[1;10H\e7\r\nb
resize 4 4
screen a|b
== ... whose column stays
in \e[1;6H\e7\r\nb
resize 8 4
in \e8
cursor 0 5
== the alternate screen is lower, and keeps the cursor's line
in \e[?1049h1\r\n2\r\n3\r\n4\e[3;1H
resize 10 2
screen 2|3
cursor 1 0
== the main screen under the alternate one
in 0123456789abc\e[?1049hX
resize 20 4
in \e[?1049lY
screen 0123456789abcY
== margins are freed
in \e[2;3r
resize 12 5
in \e[5;1H\n\nX
screen ||||X
== a full scrollback loses nothing
size 10 2 4
in 0123456789\r\n0123456789\r\n0123456789\r\n0123456789\r\n0123456789
resize 5 2
screen 01234|56789
above 01234|56789|01234|56789|01234|56789|01234|56789
in \r\n
above 56789|01234|56789|01234|56789|01234|56789|01234
resize 10 2
in \r\n\n
above 0123456789|0123456789|0123456789
== the scrollback's limit holds, of four times as many lines
size 10 2 2
in 0123456789\r\n0123456789\r\n0123456789\r\n0123456789
resize 1 2
above 0|1|2|3|4|5|6|7
== no scrollback at all
size 10 2 0
in 0123456789\r\nab
resize 5 2
screen 56789|ab
above 
== the saved cursor moves along
in abcdefgh\e[1;7H\e7\e[H
resize 4 4
in \e8X
screen abcd|efXh
== to one cell
in abc\r\ndef
resize 1 1
screen f
above a|b|c|d|e
cursor 0 0
== a wrapped line cut by erasing is two
in 0123456789abc\e[1;5H\e[K
resize 20 4
screen 0123|abc
== inserting a line parts a wrapped one
in 0123456789abc\e[2;1H\e[L
resize 20 4
screen 0123456789||abc
== a saved cursor below the text
in ab\e[4;6H\e7\e[H
resize 14 4
in \e8X
screen ab|||     X
== the same where lines join and the screen grows
in 0123456789abc\e[4;6H\e7\e[H
resize 20 6
in \e8X
screen 0123456789abc||     X
== a wide grapheme where there is one column
in 中\xcc\x81a
resize 1 4
screen \xef\xbf\xbd|a
