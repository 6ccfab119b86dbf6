# Operating system commands.

== titles
in \e]0;one\x07
title one
in \e]2;two\e\\
title two
in \e]1;icon\x07
title two
== a title may be UTF-8
in \e]0;é中\x07x
title é中
screen x
== a title loses what could do harm
in \e]0;a\xc2\x9bb\xffc\x07
title a�c
== an empty title
in \e]0;a\x07\e]0;\x07
title 
== the title stack
in \e]0;one\x07\e[22t\e]0;two\x07\e[22;2t\e]0;three\x07\e[23t
title two
in \e[23;0t
title one
in \e[23t
title one
in \e[22;1t\e]0;four\x07\e[23;1t
title four
== CAN ends it without effect
in \e]0;one\x07\e]0;two\x18x
title one
screen x
== ESC that is not ST ends it without effect
in \e]0;one\x07\e]0;two\e[1mx
title one
screen x
cell 0 0 bold
== colours
in \e]4;1;?\x07\e]4;1;rgb:12/34/56\x07\e]4;1;?\x07
reply \e]4;1;rgb:cdcd/0000/0000\x07\e]4;1;rgb:1212/3434/5656\x07
in \e]104;1\x07\e]4;1;?\x07
reply \e]4;1;rgb:cdcd/0000/0000\x07
== several colours, other spellings
in \e]4;16;#fff;17;#102030;18;rgb:ffff/8000/0\x07\e]4;16;?;17;?;18;?\x07
reply \e]4;16;rgb:f0f0/f0f0/f0f0\x07\e]4;17;rgb:1010/2020/3030\x07\e]4;18;rgb:ffff/8080/0000\x07
in \e]4;16;#0f0;17;reddish;18;#0f0\x07\e]4;16;?;17;?;18;?;x;?;19;?\x07
reply \e]4;16;rgb:0000/f0f0/0000\x07\e]4;17;rgb:1010/2020/3030\x07\e]4;18;rgb:ffff/8080/0000\x07
in \e]104\x07\e]4;16;?;255;?\x07
reply \e]4;16;rgb:0000/0000/0000\x07\e]4;255;rgb:eeee/eeee/eeee\x07
== what is no colour changes nothing
in \e]4;1;reddish\x07\e]4;261;#fff\x07\e]4;x;#fff\x07\e]4;1;rgb:1/2\x07\e]4;1;#12345\x07\e]4;1;rgb:12345/0/0\x07\e]4;1;?\x07
reply \e]4;1;rgb:cdcd/0000/0000\x07
== colours by name
in \e]4;1;red;2;Light Goldenrod;3;DarkSlateGrey;4;gray50;5;Grey100;6;snow4\x07\e]4;7;AliceBlue;8;yellow green\x07\e]4;1;?;2;?;3;?;4;?;5;?;6;?;7;?;8;?\x07
reply \e]4;1;rgb:ffff/0000/0000\x07\e]4;2;rgb:eeee/dddd/8282\x07\e]4;3;rgb:2f2f/4f4f/4f4f\x07\e]4;4;rgb:7f7f/7f7f/7f7f\x07\e]4;5;rgb:ffff/ffff/ffff\x07\e]4;6;rgb:8b8b/8989/8989\x07\e]4;7;rgb:f0f0/f8f8/ffff\x07\e]4;8;rgb:9a9a/cdcd/3232\x07
in \e]11;midnight blue\x07\e]11;?\x07
reply \e]11;rgb:1919/1919/7070\x07
== colours of other spaces, as X11's library turns them
in \e]4;1;CIEXYZ:0.3/.3/0.30;2;cieuvy:0.2/0.5/0.4;3;CIExyY:0.3/0.3/0.3;4;CIELab:50/0.2/-0.3;5;CIELuv:50/0.5/0;6;TekHVC:150/50/20\x07\e]4;1;?;2;?;3;?;4;?;5;?;6;?\x07
reply \e]4;1;rgb:b4b4/9393/8282\x07\e]4;2;rgb:bfbf/acac/7a7a\x07\e]4;3;rgb:abab/9494/9595\x07\e]4;4;rgb:8080/7474/abab\x07\e]4;5;rgb:b9b9/6666/7a7a\x07\e]4;6;rgb:4040/8a8a/7373\x07
== what is no colour of a space
in \e]4;1;CIEXYZ:1/1\x07\e]4;1;CIELab:101/0/0\x07\e]4;1;rgbi:1.1/0/0\x07\e]4;1;CIExyY:./1/1\x07\e]4;1;CIEXYZ:1/1/1/\x07\e]4;1;gray101\x07\e]4;1;gray\x200x\x07\e]4;1;TekHVC:1/1/nan\x07\e]4;1;?\x07
reply \e]4;1;rgb:cdcd/0000/0000\x07
== the cube
in \e]4;21;?;196;?;231;?\x07
reply \e]4;21;rgb:0000/0000/ffff\x07\e]4;196;rgb:ffff/0000/0000\x07\e]4;231;rgb:ffff/ffff/ffff\x07
== default colours: the owner's own are not known, so not told
in \e]10;?\x07\e]11;?\x07\e]12;?\x07
reply 
in \e]11;#102030\x07\e]11;?\x07
reply \e]11;rgb:1010/2020/3030\x07
in \e]111;x\x07\e]11;?\x07\e]111\x07\e]11;?\x07
reply \e]11;rgb:1010/2020/3030\x07
== several default colours at once
in \e]10;#fff;#000;#0f0\x07\e]10;?;?;?\x07
reply \e]10;rgb:f0f0/f0f0/f0f0\x07\e]11;rgb:0000/0000/0000\x07\e]12;rgb:0000/f0f0/0000\x07
== the owner's own colours are told
owner fg #ccddee
owner bg #112233
in \e]10;?;?;?\x07\e]17;?\x07\e]19;?\x07
reply \e]10;rgb:cccc/dddd/eeee\x07\e]11;rgb:1111/2222/3333\x07\e]12;rgb:cccc/dddd/eeee\x07\e]17;rgb:cccc/dddd/eeee\x07\e]19;rgb:1111/2222/3333\x07
== the other default colours
in \e]13;#111111;#222222;#333333;#444444;#555555;#666666;#777777\x07\e]13;?;?;?;?;?;?;?\x07
reply \e]13;rgb:1111/1111/1111\x07\e]14;rgb:2222/2222/2222\x07\e]15;rgb:3333/3333/3333\x07\e]16;rgb:4444/4444/4444\x07\e]17;rgb:5555/5555/5555\x07\e]18;rgb:6666/6666/6666\x07\e]19;rgb:7777/7777/7777\x07
in \e]113\x07\e]13;?\x07
reply 
== special colours, by OSC 5 and behind the 256
in \e]5;0;#102030;4;#405060\x07\e]5;0;?;4;?\x07\e]4;256;?;260;?;261;?\x07
reply \e]5;0;rgb:1010/2020/3030\x07\e]5;4;rgb:4040/5050/6060\x07\e]4;256;rgb:1010/2020/3030\x07\e]4;260;rgb:4040/5050/6060\x07
in \e]105;0\x07\e]5;0;?;4;?\x07
reply \e]5;0;rgb:e5e5/e5e5/e5e5\x07\e]5;4;rgb:4040/5050/6060\x07
in \e]105\x07\e]5;4;?\x07
reply \e]5;4;rgb:e5e5/e5e5/e5e5\x07
== colours of nine and twelve digits, and as intensities
in \e]4;1;#800800800;2;#f000f000f000;3;rgbi:1/1.0/0.5\x07\e]4;1;?;2;?;3;?\x07
reply \e]4;1;rgb:8080/8080/8080\x07\e]4;2;rgb:f0f0/f0f0/f0f0\x07\e]4;3;rgb:ffff/ffff/bbbb\x07
== an empty list resets all
in \e]4;1;#fff\x07\e]104;\x07\e]4;1;?\x07
reply \e]4;1;rgb:cdcd/0000/0000\x07
== palettes are pushed and popped
in \e]4;1;#111111\x07\e[#P\e]4;1;#222222\x07\e[#R\e[#Q\e]4;1;?\x07\e[#R
reply \e[?1;1#Q\e]4;1;rgb:1111/1111/1111\x07\e[?0;1#Q
== palettes are kept in a place and taken from it
in \e]4;1;#111111\x07\e[3#P\e[#R\e]4;1;#222222\x07\e[3#Q\e[#R\e]4;1;?\x07
reply \e[?3;0#Q\e[?2;0#Q\e]4;1;rgb:1111/1111/1111\x07
in \e[2#Q\e]4;1;?\x07\e[1;4#P\e[#R\e[11#P\e[5#Q\e[#R
reply \e]4;1;rgb:1111/1111/1111\x07\e[?4;0#Q\e[?4;0#Q
in \e[#P\e[#R\e[1#P\e[#R\e[#P\e[#R
reply \e[?5;5#Q\e[?1;5#Q\e[?2;5#Q
== palettes: more than there is room for
in \e[#P\e[#P\e[#P\e[#P\e[#P\e[#P\e[#P\e[#P\e[#P\e[#P\e[#P\e[#R\e[#Q\e[#R
reply \e[?10;10#Q\e[?9;10#Q
in \ec\e[#R\e[#Q\e[#R
reply \e[?0;0#Q\e[?0;0#Q
== an answer ends as its question did
in \e]4;1;?\e\\\e]4;1;?\x07\e]11;#102030\e\\\e]11;?\x07\e[21t\e]11;?\e\\
reply \e]4;1;rgb:cdcd/0000/0000\e\\\e]4;1;rgb:cdcd/0000/0000\x07\e]11;rgb:1010/2020/3030\x07\e]l\e\\\e]11;rgb:1010/2020/3030\e\\
in \e G\e]4;1;?\x07\e]4;1;?\e\\\e F
reply \x9d4;1;rgb:cdcd/0000/0000\x07\x9d4;1;rgb:cdcd/0000/0000\x9c
== XTQALLOWED and XTQDISALLOWED
in \e]60\e\\\e]61;allowColorOps\x07\e]60;x\x07\e]61\x07
reply \e]60;allowColorOps,allowMouseOps,allowTcapOps,allowTitleOps\e\\\e]61\x07
== what xterm has and we have not is not shown
in a\e]3;WM_NAME=x\x07\e]6;0;1\x07\e]I/x.xpm\e\\\e]22;hand2\x07\e]46;log\x07\e]50;?\x07\e]51;x\x07\e]106;0;1\x07b
screen ab
reply 
title 
== the directory
in \e]7;file://vm/home/ada\x07
directory /home/ada
on-host vm:/home/ada
in \e]7;/home/eve\x07\e]7;file://vm\x07\e]7;http://vm/x\x07
directory /home/ada
in \e]7;file:///a%20b/%c3%a9%1b[31m/%2/100%\x07
directory /a b/é/%2/100%
on-host /a b/é/%2/100%
in \e]7;file://v%6d/etc\x07
on-host vm:/etc
in \e]7;\x07
directory 
on-host 
== prompts are marked
in \n\e]133;A\x07$ \e]133;B\x07ls\r\n\e]133;C\x07x\r\n\e]133;D;3\x07\e]133;A;aid=7\x07$ 
prompts 1 3
in \r\n\n\n
prompts -2 0
in \e[1;1H\e[K
prompts -2 0
in \e[2J
prompts -2
== a prompt that asks for more of a command is not, nor is another letter
in \e]133;A;k=s\x07\e]133;P\x07\e]133;AB\x07\e]133\x07
prompts 
== the marks go with their lines when the size changes
in 1\r\n\e]133;A\x07$ 012345678\r\n\r\n\e]133;A\x07$ 
prompts 0 3
resize 5 4
screen 34567|8||$
prompts -1 3
resize 20 4
screen 1|$ 012345678||$
prompts 1 3
== the clipboard is written
in \e]52;c;aGVsbG8=\x07
clipboard hello
in \e]52;;d29ybGQ\e\\
clipboard world
== but never read
in \e]52;c;aGVsbG8=\x07\e]52;c;?\x07
reply 
clipboard hello
== what is not base64 changes nothing
in \e]52;c;aGVsbG8=\x07\e]52;c;****\x07\e]52\x07
clipboard hello
== nor does an empty text
in \e]52;c;aGVsbG8=\x07\e]52;c;\x07\e]52;c;=\x07
clipboard hello
== links, directories and prompt marks are read and dropped
in \e]8;;http://x/\x07a\e]8;;\x07\e]7;file://h/d\e\\b\e]133;A\x07c\e]999;?\x07d
screen abcd
reply 
== intensities
in \e]4;1;rgbi:1/1/1\x07\e]4;1;?\x07\e]4;1;RGBI:0.5/.5/0.50\x07\e]4;1;?\x07
reply \e]4;1;rgb:ffff/ffff/ffff\x07\e]4;1;rgb:c1c1/bbbb/bbbb\x07
