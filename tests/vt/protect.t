# DECSCA and SPA: what erasing spares.

== DECSED and DECSEL spare what DECSCA protects
in a\e[1"qb\e[2"qc\e[?2K
screen  b
in d\e[?J\e[H\e[?J
screen  b
== ED, EL and ECH do not
in \e[1"qabc\e[H\e[X
screen  bc
in \e[K
screen 
in \e[1"qabc\e[2J
screen 
== DECSED 1 and 2, DECSEL 1
in \e[1"qa\e[0"qbc\r\n\e[1"qd\e[0"qef\e[2;2H\e[?1J
screen a|d f
in \e[?2J
screen a|d
== DECSED 3 is ED 3
size 3 1 5
in abc\r\nd\e[?3J
screen d
above 
== ED, EL and ECH spare what SPA guards
in ab\eVc\eWd\e[H\e[4X
screen   c
in \e[2J
screen   c
in \e[K\e[2;1H\e[1J
screen   c
== DECSED, DECSEL and DECSERA do not spare it
in a\eVb\eWc\e[?2J
screen 
in \e[Ha\eVb\eWc\e[1;1;1;3${
screen 
in \e[Ha\eVb\eWc\e[?2K
screen 
== DECSTR ends the guarding
in \eVabc\eW\e[!p\e[2J
screen 
== DECSERA spares the protected
in \e[1"qa\e[0"qb\e[1"qc\e[0"q\e[1;1;1;3${
screen a c
== a wide character that is spared keeps both halves
in \e[1"qa中b\e[0"q\e[1;3H\e[?K
screen a中b
in \e[?1K
screen a中b
in \e[1;2H\e[?1K
screen a中b
in \e[1;3;1;3${\e[1;2;1;2${
screen a中b
in \e[2;1H\eVa中b\eW\e[2;3H\e[K\e[2;2H\e[1K\e[X
screen a中b|a中b
== DECERA spares nothing
in \e[1"qabc\e[1;1;1;3$z
screen 
== both kinds are in the pen that DECSC saves
in \e[1"q\eV\e7\e[0"q\eW\e8x
cell 0 0 protected guarded
== SGR 0 leaves both
in \e[1"q\eV\e[0mx
cell 0 0 protected guarded
