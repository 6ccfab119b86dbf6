# OSC 8: links.

== a link
in \e]8;;http://a/\x07ab\e]8;;\x07c
cell 0 0 link=http://a/
cell 0 1 link=http://a/
cell 0 2 plain
link 0 0 0 1
== the same id is one link
in \e]8;id=x;http://a/\x07a\e]8;;\x07b\e]8;k=v:id=x;http://a/\x07c
link 0 0 0 2
== another id, another link
in \e]8;id=x;http://a/\x07a\e]8;id=y;http://a/\x07b
cell 0 1 link=http://a/
link 0 0 0 0
== SGR 0 leaves it
in \e]8;;u:x\x07\e[1ma\e[mb
cell 0 0 bold link=u:x
cell 0 1 link=u:x
== DECSC saves it
in \e]8;;u:x\x07\e7\e]8;;\x07\e8a
cell 0 0 link=u:x
== with an underline's colour
in \e]8;;u:x\x07\e[4:3;58;5;9ma\e[59mb
cell 0 0 underline curly ul9 link=u:x
cell 0 1 underline curly link=u:x
== they scroll, above the screen too
in \e]8;;u:x\x07ab\e]8;;\x07\r\n\n\n\n
cell -1 0 link=u:x
cell -1 2 plain
== they are reflowed
in \e]8;;u:x\x07abcdef\e]8;;\x07\e[58;5;1mgh
resize 4 4
cell 0 3 link=u:x
cell 1 0 link=u:x
cell 1 2 ul1
resize 20 4
cell 0 5 link=u:x
cell 0 6 ul1
== they are copied, within a row and to others
in \e]8;;u:x\x07a\e]8;;\x07b\e[1;1;1;1;1;1;5;1$v\e[1;1;1;1;1;3;1;1$v
cell 0 4 link=u:x
cell 2 0 link=u:x
link 0 0 2 0
== they move with IRM, ICH and DECSLRM scrolling
in \e]8;;u:x\x07a\e]8;;\x07\r\e[@
cell 0 1 link=u:x
in \e[?69h\e[1;5s\e[T
cell 1 1 link=u:x
== erased cells have none
in \e]8;;u:x\x07abc\e[H\e[K
cell 0 0 plain
== a link that is too strange is none
in \e]8;;u:x\x07\e]8;;u:\x07\e]8;;\xc3\xa9\x07a
cell 0 0 plain
in \e]8;;\xc3\xa9\x07b\e]8\x07c\e]8;\x07d
cell 0 1 plain
== many in one row
size 40 2
in \e]8;;u:1\x07a\e]8;;u:2\x07b\e]8;;u:3\x07c\e]8;;u:4\x07d\e]8;;u:5\x07e\e]8;;u:6\x07f\e]8;;u:7\x07g\e]8;;u:8\x07h\e]8;;u:9\x07i\e]8;;u:10\x07j\e]8;;u:11\x07k\e]8;;u:12\x07l\e]8;;u:13\x07m\e]8;;u:14\x07n\e]8;;u:15\x07o\e]8;;u:16\x07p\e]8;;u:17\x07q\e]8;;u:18\x07r
cell 0 0 link=u:1
cell 0 15 link=u:16
cell 0 16 link=u:17
cell 0 17 link=u:18
== RIS ends it
in \e]8;;u:x\x07\eca
cell 0 0 plain
