"""What programs on a server ask the terminal, through the whole client."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client
from screen import Screen
from servers import Lab
from session import becomes, check, tap

PROBE = "python3 " + os.path.abspath(
    os.path.join(os.environ["top_srcdir"], "tests/lib/probe.py"))


UNASKED = ("stty raw -echo; printf '\\033]2;one\\007\\033[21t"
           "\\033[1;1;1;1;1;1*y\\033[5n'; dd bs=1 count=9 2>/dev/null | "
           "cat -v; stty sane; echo go''t")


def run(s, command):
    s.wait("Ctrl-] menu")
    s.type("exec sh -c \"clear; %s; read x\"\r" % command)


def unprompted(client):
    """Mode 2048: what tells of a new size waits for no output or key."""
    with client.screen() as s:
        run(s, "stty raw -echo; printf '\\033[?2048h'; cat -v")
        s.wait("48;23;80;")
        s.resize(90, 30)
        s.wait("48;29;90;")
        tap.ok(True, "a new size is told at once")
        s.type("\x1d.")
        s.exit()


def scheme(client):
    """Mode 2031: the outer terminal is asked when it tells of a change."""
    with client.screen() as s:
        run(s, "stty raw -echo; printf '\\033[?2031h'; echo be''gin; cat -v")
        s.wait("begin")
        s.type("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
        s.wait("^[[?997;2n")
        asked = s.output().count(b"]11;?")
        s.type("\x1b[?997;1n")
        becomes(s, lambda: s.output().count(b"]11;?") > asked,
                "other colours of the outer terminal are asked for")
        s.type("\x1b]11;rgb:0000/0000/0000\x1b\\")
        s.wait("^[[?997;1n")
        tap.ok(True, "and told")
        s.type("\x1d.")
        s.exit()


def depth(client):
    """The terminal is asked for 24-bit colours; it knows DECRQSS, as ours."""
    for term, colour in (("xterm-256color", b"38;2;9;8;200"),
                         ("screen-256color", b"38;5;20m")):
        with client.screen(TERM=term) as s:
            s.wait("Ctrl-] menu")
            s.type("clear; printf '\\033[38;2;9;8;200mbl''ue\\033[m\\n'\r")
            s.wait("blue")
            check(colour in s.output(), "the colours of " + term, s,
                  s.output())
            s.type("exit\r")
            s.exit()
            tap.ok("blue" not in s.text() and not s.modes()["alternate"],
                   "and the terminal is as it was", s.text())


ASK = ("stty raw -echo; printf '\\033]10;?\\007\\033]11;?\\007\\033[5n'; "
       "echo be''gin; cat -v")


def silent(client):
    """Terminals that are not asked for their colours: what these may be."""
    for term, variable, want in (
            ("linux", "", "]10;rgb:aaaa/aaaa/aaaa^G^[]11;rgb:0000/0000/0000^G"),
            ("vt100", "0;default;15",
             "]10;rgb:0000/0000/0000^G^[]11;rgb:ffff/ffff/ffff^G"),
            ("vt100", "default;15",
             "]10;rgb:e5e5/e5e5/e5e5^G^[]11;rgb:0000/0000/0000^G")):
        with client.screen(TERM=term, COLORFGBG=variable) as s:
            run(s, ASK)
            s.wait(want)
            tap.ok(True, "the colours of %s, %s" % (term, variable))
            s.type("\x1d.")
            s.exit()


def mute(client):
    """Terminals that do not answer: nothing, or not which colours they have."""
    for mute, says in (("all", "^[[0n"),
                       ("colours", "^[]10;rgb:e5e5/e5e5/e5e5^G"
                                   "^[]11;rgb:0000/0000/0000^G^[[0n")):
        with client.screen(VTSCREEN_MUTE=mute, COLORFGBG="") as s:
            run(s, ASK)
            becomes(s, lambda: "begin\n" + says in s.text().replace(" ", ""),
                    "a terminal that does not tell %s" % mute)
            s.type("\x1d.")
            s.exit()


def modes(client):
    """The user's own terminal modes are the server's, too."""
    s = Screen(["sh", "-c", "stty -ixon erase ^H intr ^X; exec \"$@\"", "sh"] +
               client.argv(), env=client.environment())
    with s:
        run(s, "stty -a")
        s.wait("-ixon")
        tap.ok("intr = ^X" in s.text() and "erase = ^?" in s.text(),
               "what stty has set here, but for Backspace, is set there",
               s.text())
        s.type("\r")
        s.exit()


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        client = Client(lab, server=lab.sshd(authorized=[key]), key=key)
        with client.screen("-o", "ScreenReports=yes") as s:
            run(s, PROBE)
            s.wait("probed:")
            tap.ok("probed: 0 wrong" in s.text(), "answers to the letter",
                   s.text())
            s.type("\r")
            tap.equal(s.exit(), 0, "and it ends")
        with client.screen() as s:
            run(s, UNASKED)
            s.wait("got")
            tap.ok("^[]l^[\\^[[0n" in s.text() and "!~" not in s.text(),
                   "screen and title are not told unless allowed", s.text())
            s.type("\r")
            s.exit()
        unprompted(client)
        scheme(client)
        depth(client)
        silent(client)
        mute(client)
        modes(client)
    return tap.done()


sys.exit(main())
