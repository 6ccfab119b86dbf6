# Graphemes of several characters, without and with mode 2027.

== a skin tone has a cell of its own, as wcwidth() has it
in 👋🏽x
screen 👋🏽x
cursor 0 5
== ... or with clusters colours the hand before it
in \e[?2027h👋🏽x
screen 👋🏽x
cursor 0 3
== a skin tone alone, or behind something else
in 🏽x
cursor 0 3
in \r中🏽x
cursor 0 5
== a flag is one cluster of two columns
in 🇩🇪x
cell 0 0 wide
cell 0 1 half
cursor 0 3
== four letters are two flags
in 🇩🇪🇫🇷
cursor 0 4
cell 0 2 wide
== a flag in the last columns
in 12345678🇩🇪x
screen 12345678🇩🇪|x
== a flag over the margin has a letter on either side
in 123456789🇩🇪x
screen 123456789🇩|🇪x
cursor 1 2
== a profession with a skin tone
in 👩🏽‍💻x
cursor 0 7
in \r\e[K\e[?2027h👩🏽‍💻x
cursor 0 3
== a sign for pictures changes no width at first
in ❤️x
cursor 0 2
== ... but with clusters
in \e[?2027h❤️x
cell 0 0 wide
cell 0 1 half
cursor 0 3
== keycaps
in \e[?2027h1️⃣x
cell 0 0 wide
cursor 0 3
== a sign for text makes it narrow
in \e[?2027h☔︎x
cell 0 0 plain
cursor 0 2
== in the last column there is no room
in \e[?2027h123456789❤️x
screen 123456789❤️|x
== at the end of the line
in \e[?2027h12345678❤️
cell 0 8 wide
cursor 0 9
in x
screen 12345678❤️|x
== at the end of the line, narrow again
in \e[?2027h12345678☔︎x
screen 12345678☔︎x
== vowel signs with a width join with clusters only
in काx
cursor 0 3
in \r\e[K\e[?2027hकाx
cursor 0 2
== DECRQM
in \e[?2027$p\e[?2027h\e[?2027$p\e[!p\e[?2027$p
reply \e[?2027;2$y\e[?2027;1$y\e[?2027;2$y
== widened ones scroll and are reflowed
in \e[?2027h❤️a🇩🇪b\r\n\n\n\n\n
above ❤️a🇩🇪b
resize 4 4
above ❤️a|🇩🇪b
resize 12 4
above ❤️a🇩🇪b
