# Titles and their stack.

== OSC 0, 1 and 2
in \e]0;both\x07
title both
icon both
in \e]1;icon\x07\e]2;window\e\\
title window
icon icon
== what is pushed comes back
in \e]0;a\x07\e[22;0t\e]0;b\x07\e[23;0t
title a
icon a
== the icon's alone
in \e]2;w\x07\e]1;i\x07\e[22;1t\e]0;x\x07\e[23;1t
title x
icon i
== one of two: the other is gone
in \e]0;a\x07\e[22;0t\e]0;x\x07\e[23;2t\e[23;1t
title a
icon x
== pushed one by one, popped together
in \e]2;w\x07\e]1;i\x07\e[22;1t\e[22;2t\e]0;x\x07\e[23;0t
title w
icon i
== an empty stack gives nothing
in \e]0;a\x07\e[23t\e[23;1t
title a
== twice
in \e]2;a\x07\e[22;2t\e]2;b\x07\e[22;2t\e]2;c\x07\e[23;2t
title b
in \e[23;2t
title a
== more than ten: the oldest falls out
in \e]2;0\x07\e[22t\e]2;1\x07\e[22t\e]2;2\x07\e[22t\e]2;3\x07\e[22t\e]2;4\x07\e[22t\e]2;5\x07\e[22t\e]2;6\x07\e[22t\e]2;7\x07\e[22t\e]2;8\x07\e[22t\e]2;9\x07\e[22t\e]2;10\x07\e[22t\e[23t\e[23t\e[23t\e[23t\e[23t\e[23t\e[23t\e[23t\e[23t\e[23t
title 1
in \e[23t
title 1
== the letters of Sun's shelltool
in \e]lab\e\\\e]Lcd\x07x
title ab
icon cd
screen x
in \e[>0t\e]l6566\e\\
title ef
== in hex
in \e[>0t\e]2;6162\x07
title ab
in \e]2;636\x07\e]0;63x4\x07\e[>0T\e]1;61\x07
title ab
icon 61
== no control from hex
in \e[>0t\e]2;611b5b\x07
title a�[
== told to whom the user lets read the screen
reports
in \e]2;wé\x07\e]1;i\x07\e[20t\e[21t\e[>1t\e[20t\e[21t\e[>1T\e]0;\x07\e[21t
reply \e]Li\e\\\e]lwé\e\\\e]L69\e\\\e]l77C3A9\e\\\e]l\e\\
== nothing told ends the answer
reports
in \e[>0t\e]2;611b5c0d62\x07\e[21t
reply \e]la�b\e\\
== told to nobody else
in \e]0;a\x07\e[>1t\e[20t\e[21t
reply \e]L\e\\\e]l\e\\
== RIS keeps them, and forgets how they are told
in \e]0;a\x07\e[22t\e]0;b\x07\e[>0t\ec
title b
in \e[23t\e]1;61\x07
title a
icon 61
== the stack's places are counted and told
in \e[#S\e[22t\e[22t\e[#S\e[23t\e[#S
reply \e[0;10#S\e[2;10#S\e[1;10#S
== a place of the stack by its number
in \e]0;a\x07\e[22;0;3t\e]0;b\x07\e[22;0;4t\e]0;x\x07\e[23;0;3t
title a
icon a
in \e]0;x\x07\e[23;2;3t\e[#S
title a
icon x
reply \e[0;10#S
in \e[23;0t
title a
== what a place has not comes from the nearest before it
in \e]1;i\x07\e[22;1;2t\e]2;w\x07\e[22;2;5t\e]0;x\x07\e[23;0;5t
title w
icon i
in \e]0;x\x07\e[23;0;1t
title w
icon i
== a push goes over what was kept by number
in \e]2;a\x07\e[22;2;1t\e]2;b\x07\e[22;0t\e]2;x\x07\e[23;0t\e[23;0;1t
title b
