# UTF-8, wide characters, marks, emoji.

== two, three and four bytes
in é€😀x
screen é€😀x
cursor 0 5
== wide cells
in a中b
cell 0 0 plain
cell 0 1 wide
cell 0 2 half
cell 0 3 plain
== bytes that are not UTF-8
in \xffa\x80b\xc0\xafc\xe4\xb8d
screen �a�b��c�d
== maximal subparts
size 20 2
in \xf0\x9f\x98a\xe2\x82b\xed\xa0\x80c\xf4\x90\x80\x80d
screen �a�b���c����d
== a control inside a character
in \xe4\xb8\r\xadx
screen �x
== an escape inside a character
in a\xf0\x9f\e[5Gb
screen a�  b
== a wide character that does not fit wraps
in 123456789中
screen 123456789|中
cursor 1 2
== what stands in the column that is left free stays
in XXXXXXXXXX\e[1;8H中中
screen XXXXXXX中X|中
resize 20 4
screen XXXXXXX中X中
== its background too
in \e[44m\e[K\e[1;10H中
screen |中
cell 0 9 bg4
== a wide character in the last two columns
in 12345678中x
screen 12345678中|x
== without DECAWM what does not fit is not shown
in \e[?7l123456789中x中
screen 123456789x
cursor 0 9
== without DECAWM one that fits
in \e[?7l12345678中文
screen 12345678中
cursor 0 9
== overwriting the left half
in 中文\rx
screen x 文
== overwriting the right half
in 中文\e[2Gx
screen  x文
== what is left of it has no attributes
in \e[4;41m中文\e[m\rx
cell 0 1 plain
cell 0 2 underline bg1 wide
in \e[4G\e[K
cell 0 2 plain
== overwriting a half with a wide one
in 中文字\e[2G好
screen  好 字
== combining marks
in e\xcc\x81x
screen e\xcc\x81x
cursor 0 2
== several marks
in a\xcc\x88\xcc\xa3b
screen a\xcc\x88\xcc\xa3b
== a mark in the last column
in 012345678e\xcc\x81x
screen 012345678e\xcc\x81|x
== a mark on a wide character
in 中\xcc\x81x
screen 中\xcc\x81x
cursor 0 3
== a mark with nothing before it
in \xcc\x81x
screen x
== a mark after moving
in abc\e[2G\xcc\x81
screen a\xcc\x81bc
== many marks
in a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81b
screen a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81b
cursor 0 2
== overwriting takes the marks too
in e\xcc\x81\rx
screen x
== joined emoji have cells of their own, as who counts one by one has them
in 👩‍💻x
screen 👩‍💻x
cursor 0 5
in \e[2D\e[K
screen 👩‍
== a family
in 👨‍👩‍👧x
screen 👨‍👩‍👧x
cursor 0 7
== with grapheme clusters a joined emoji is one
in \e[?2027h👩‍💻x
screen 👩‍💻x
cursor 0 3
== and a family
in \e[?2027h👨‍👩‍👧x
screen 👨‍👩‍👧x
cursor 0 3
== a joiner before a letter joins nothing
in 👩‍ax
screen 👩‍ax
cursor 0 4
== a variation selector takes no place
in ❤️x
screen ❤️x
cursor 0 2
== a flag is two letters of one column
in 🇩🇪x
screen 🇩🇪x
cursor 0 3
== Hangul jamo compose
in 각x
screen 각x
cursor 0 3
== zero width space
in a​b
cursor 0 2
== soft hyphen and ambiguous ones take one
in a­b±
cursor 0 4
== marks survive scrolling
in e\xcc\x81\r\n\n\n\n\n
above e\xcc\x81
screen 
== marks survive inserting and deleting
in e\xcc\x81x\r\e[2@
screen   e\xcc\x81x
in \e[P
screen  e\xcc\x81x
== marks survive DECSLRM scrolling
in xe\xcc\x81y\r\n\e[?69h\e[2;4s\e[1;2H\e[T
screen x| e\xcc\x81y
== many clusters in one row
size 4 2
in e\xcc\x81\re\xcc\x82\re\xcc\x83\re\xcc\x84\re\xcc\x85\re\xcc\x86\re\xcc\x87\re\xcc\x88\re\xcc\x89\re\xcc\x8a\re\xcc\x8b\re\xcc\x8c\ro\xcc\x88x
screen o\xcc\x88x
== one column has no room for a wide one
size 1 3
in 中a
screen �|a
== IRM with a wide character
in abc\r\e[4h中
screen 中abc
== IRM pushes half of a wide one out
in 12345678中\r\e[4hx
screen x12345678
