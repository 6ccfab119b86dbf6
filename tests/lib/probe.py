"""Runs on the server's pty: asks the terminal and prints what was wrong.

Every answer must come, and be what is expected to the letter; a "%d" in it
stands for a number.  The last line is "probed: N wrong".
"""

import os
import re
import select
import sys
import termios
import tty

CELL = "\x1b[7;1;%d;%d;%d;%d*y"
PROBES = [
    ("cursor", "\x1b[H\x1b[6n", "\x1b[1;1R"),
    ("level", "\x1b[c", "\x1b[?65;1;2;6;9;15;16;17;18;21;22;28;29c"),
    ("size", "\x1b[18t", "\x1b[8;%d;%dt"),
    ("pixels", "\x1b[14t", "\x1b[4;%d;%dt"),
    ("margins", "\x1b[3;5r\x1bP$qr\x1b\\\x1b[r", "\x1bP1$r3;5r\x1b\\"),
    ("mode", "\x1b[?7$p", "\x1b[?7;1$y"),
    ("palette", "\x1b]4;1;#102030\x07\x1b]4;1;?\x07",
     "\x1b]4;1;rgb:1010/2020/3030\x07"),
    ("the user's colours", "\x1b]11;?\x07\x1b[?996n",
     "\x1b]11;rgb:1010/2020/3030\x07\x1b[?997;1n"),
    ("title", "\x1b]2;secret\x07\x1b[21t", "\x1b]lsecret\x1b\\"),
    ("text", "\x1b[2J\x1b[5;7Hx" + CELL % (5, 7, 5, 7), "\x1bP7!~0078\x1b\\"),
    ("a blank", CELL % (5, 8, 5, 8), "\x1bP7!~0020\x1b\\"),
    ("8 bits", "\x1b G\x1b[5n\x1b F", "\x9b0n"),
]


def answer(request, want):
    """The terminal's answer: as many bytes as match, or what came in 5 s."""
    os.write(1, request.encode("latin-1"))
    pattern = re.escape(want).replace("%d", "[0-9]+")
    got = ""
    while not re.fullmatch(pattern, got, re.S):
        if not select.select([0], [], [], 5)[0]:
            break
        got += os.read(0, 1).decode("latin-1")
    return bool(re.fullmatch(pattern, got, re.S)), got


def main():
    saved = termios.tcgetattr(0)
    tty.setraw(0)
    wrong = []
    for name, request, want in PROBES:
        good, got = answer(request, want)
        if not good:
            wrong.append("%s: %r, not %r" % (name, got, want))
    termios.tcsetattr(0, termios.TCSADRAIN, saved)
    os.write(1, b"\x1bc")
    print("\n".join(wrong + ["probed: %d wrong" % len(wrong)]), flush=True)


main()
