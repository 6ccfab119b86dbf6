"""Scroll mode on a real session: moving, searching, output meanwhile."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client
from servers import Lab
from session import becomes, check, clipboard, copied, shell, tap

REVERSE = 1 << 5
CYAN = 0x01000006


def motions(client):
    with client.screen() as s:
        shell(s)
        s.type("clear; seq 1 100; echo 'one two.three  four'\r")
        s.wait("four\nready>")
        s.type("\x1d[")
        s.wait("0/79 lines back")
        at(s, 22, 7, "it begins at the shell's cursor")
        s.type("k0")
        at(s, 21, 0, "k and 0")
        s.type("w")
        at(s, 21, 4, "w")
        s.type("W")
        at(s, 21, 15, "W")
        s.type("$")
        at(s, 21, 18, "$")
        s.type("B^h")
        at(s, 21, 0, "B, ^, and h at the edge")
        s.type("g")
        s.wait("79/79 lines back")
        at(s, 0, 0, "g")
        s.type(" ")
        s.wait("57/79")
        s.type("d")
        s.wait("46/79")
        s.type("u\x1b[5~")
        s.wait("79/79")
        s.type("j\x1bOM\x1b[B")
        at(s, 3, 0, "j and Down move the cursor, not the text")
        s.type("10j")
        at(s, 13, 0, "a count repeats a motion")
        s.type("42G")
        at(s, 22, 0, "... and is a line for G")
        check(s.rows()[22] == "42", "... that one", s)
        s.type("H")
        at(s, 0, 0, "H")
        s.type("M")
        at(s, 11, 0, "M")
        s.type("L")
        at(s, 22, 0, "L")
        s.type("99999k")
        s.wait("79/79")
        at(s, 0, 0, "a count that leads too far")
        s.type("G")
        s.wait("0/79")
        s.type("ke")
        at(s, 21, 2, "e")
        s.type("x")
        s.wait("lists the keys")
        tap.ok(True, "a key without a meaning says so")
        s.type("q")
        s.wait("Ctrl-] menu")
        at(s, 22, 7, "q goes back")
        s.type("echo go''es\r")
        s.wait("goes\nready>")
        tap.ok(True, "and keys go to the shell again")


def wrapped(client):
    """0, ^ and $ are of the line, however many rows it takes."""
    line = "%45s%s" % ("", "x" * 55)
    with client.screen(cols=40, rows=12) as s:
        shell(s)
        s.type("clear; printf '%45s%055d\\n' '' 0 | tr 0 x\r")
        s.wait("x\nready>")
        row = s.rows().index("x" * 20)
        s.type("\x1d[kk$")
        at(s, row, 19, "$ goes to the last row of a line")
        s.type("0")
        at(s, row - 2, 0, "0 to its first row")
        s.type("$^")
        at(s, row - 1, 5, "^ to the first that is not blank")
        s.type("0v$y")
        copied(s, line, "what is between them is the line")
        s.type("\x1d.")
        s.exit()


def prompts(client):
    with client.screen() as s:
        shell(s)
        mark = "printf '\\033]133;A\\007'; echo "
        s.type("clear; %so''ne; seq 30; %st''wo; seq 5\r" % (mark, mark))
        s.wait("two\n1\n2\n3\n4\n5\nready>")
        s.type("\x1d[{")
        becomes(s, lambda: on_line(s, "two"), "{ goes to the prompt before")
        s.type("{")
        becomes(s, lambda: on_line(s, "one"), "and to one above the screen")
        s.type("{")
        s.wait("No prompt is marked above (OSC 133)")
        s.type("}")
        becomes(s, lambda: on_line(s, "two"), "} to the next")
        s.type("}")
        s.wait("No prompt is marked below (OSC 133)")
        tap.ok(True, "there is none above the first and below the last")
        s.type("q")
        s.wait("Ctrl-] menu")


def counted_search(client):
    with client.screen() as s:
        shell(s)
        s.type("clear; seq -f tag%g 9\r")
        s.wait("tag9\nready>")
        s.type("\x1d/tag\r")
        finds(s, "tag9", "a search")
        s.type("3n")
        finds(s, "tag6", "3n goes on by three")
        s.type("2N")
        finds(s, "tag8", "... and 2N back by two")
        s.type("99n")
        s.wait("From the end again")
        finds(s, "tag9", "... until it begins anew")
        s.type("qexit\r")
        s.exit()


def searching(client):
    with client.screen() as s:
        shell(s)
        s.type("clear; seq 1 50; echo Needle; seq 60 99; echo a needle\r")
        s.wait("a needle\nready>")
        s.type("\x1d/")
        s.wait("Find text above")
        s.type("nee")
        at(s, 23, len("Find text above (Ctrl-R regex): nee"),
           "the pattern is typed in the status line")
        becomes(s, lambda: s.cell(21, 2)[2] == CYAN and
                s.cell(21, 4)[2] == CYAN and s.cell(21, 5)[2] != CYAN,
                "the match is marked while it is typed")
        s.type("dle\r")
        s.wait("Esc back")
        at(s, 21, 2, "Enter leaves the cursor on it")
        s.type("n")
        s.wait("Needle")
        row = s.rows().index("Needle")
        at(s, row, 0, "n goes up to the one above, far away")
        becomes(s, lambda: s.cell(row, 0)[2] == CYAN, "which is marked")
        s.type("n")
        s.wait("From the end again")
        s.type("N")
        s.wait("From the top again")
        tap.ok(True, "both ways go round")
        s.type("/[")
        s.wait("No such text")
        s.type("\x12")
        s.wait("Unfinished regex")
        s.type("0-9]5$")
        s.wait("Find regex below")
        at(s, 23, len("Find regex below (Ctrl-R text): [0-9]5$"),
           "a regular expression")
        s.type("\x1b")
        s.wait("Esc back")
        at(s, row, 0, "Esc goes back to where it began")
        s.type("n")
        s.wait("From the end again")
        s.type("/")
        s.wait("Find text below")
        tap.ok(True, "where the text that was searched for is known again")
        s.type("\x1b")
        s.wait("Esc back")
        (row, col), shown = s.cursor()[:2], s.rows()[:-1]
        s.type("?eedle\x12")
        s.wait("Find regex above")
        s.type("(")
        s.wait("Unfinished regex")
        s.type("\r")
        s.wait("nmatched")
        at(s, row, col, "one that is none leaves the cursor")
        becomes(s, lambda: s.rows()[:-1] == shown, "... and the view")
        s.type("\x1b")
        s.wait("Ctrl-] menu")
        s.type("\x1d/\x7f")
        s.wait("Ctrl-] menu")
        tap.ok(True, "Backspace in an empty pattern leaves scroll mode")
        s.type("\x1d/old\r/older\r/\x1b[A")
        s.wait(": older")
        s.type("\x1b[A")
        s.gone(": older")
        s.wait(": old")
        s.type("\x1b[D\x1b[D\x1b[Hc")
        s.wait(": cold")
        s.type("\x1b[Fx")
        s.wait(": coldx")
        tap.ok(True, "Up brings earlier patterns, which can be edited")
        s.type("\x1b[B")
        s.wait(": older")
        s.type("\x1b[B\x1b")
        s.wait("Esc back")
        s.type("\x1b")
        s.wait("Ctrl-] menu")
        tap.ok(True, "and Down goes back to later ones")
        s.type("\x1d/")
        s.wait("Find ")
        if "(Ctrl-R regex)" in s.text():
            s.type("\x12")
        s.type("o.d\r/\x12old\r/\x1b[A\x1b[A")
        s.wait("(Ctrl-R text): o.d")
        tap.ok(True, "a regular expression comes back as one")
        s.type("\x1b\x1b")
        s.wait("Ctrl-] menu")


def at(s, row, col, name):
    """The cursor comes to a place."""
    becomes(s, lambda: s.cursor()[:2] == (row, col), name)


def on_line(s, text):
    """Whether the cursor is on a row that begins so."""
    return s.rows()[s.cursor()[0]].startswith(text)


def finds(s, text, name):
    """The cursor comes to the start of such a row."""
    becomes(s, lambda: on_line(s, text) and s.cursor()[1] == 0, name)


def later(lab, s, command):
    """The shell runs a command in the background, when go() is called."""
    path = lab.path("go")
    if os.path.exists(path):
        os.remove(path)
    s.type("(until test -e '%s'; do sleep 0.02; done; %s) & clear; seq 1 100\r"
           % (path, command))
    s.wait("\n100\nready>")

    def go():
        with open(path, "w"):
            pass
    return go


def lose_selection(lab, s):
    """The line that is selected is dropped from the scrollback."""
    shell(s)
    go = later(lab, s, "seq 1000")
    s.type("\x1d[gV")
    s.wait("y copies")
    go()
    s.wait("text moves")
    s.gone("y copies")


def meanwhile(lab, client):
    with client.screen() as s:
        shell(s)
        go = later(lab, s, "seq 300 320; echo last")
        s.type("\x1d[bb")
        s.wait("44/78 lines back")
        before = s.rows()[:-1]
        go()
        s.wait("22 new lines below")
        s.wait("66/100 lines back")
        s.resize(34, 24)
        becomes(s, lambda: re.search("66/100 back +22 new +Esc back$",
                                     s.rows()[-1]),
                "what has room of it, and the way back")
        s.resize(80, 24)
        s.wait("v select  Esc back")
        becomes(s, lambda: s.rows()[:-1] == before, "the text stands still",
                before)
        s.type("G")
        s.gone("new lines below")
        check("320\nlast" in s.text(), "G shows what came", s)


def in_place(client):
    """What a program writes over stands still, too; on both screens."""
    for screen in "", "\\033[?1049h":
        with client.screen() as s:
            shell(s)
            s.type("printf '%s\\033[2J\\033[H'; i=0; while :; do i=$((i+1)); "
                   "printf '\\rcount %%s ' $i; sleep 0.02; done\r" % screen)
            s.wait("count 3")
            s.type("\x1d[")
            s.wait("v select")
            s.wait("new output below")
            before = s.rows()[0]
            s.type("V")
            s.wait("y copies")
            s.type("y")
            s.wait("Copied")
            tap.equal((clipboard(s)[-1].strip(), before.startswith("count ")),
                      (before.strip(), True), "what is copied was seen")
            becomes(s, lambda: s.rows()[0] != before, "and it goes on")
            s.type("\x1d[")
            s.wait("v select")
            s.wait("new output below")
            before = s.rows()[0]
            s.type("G")
            becomes(s, lambda: s.rows()[0] != before, "G shows what came")
            s.type("\x1d.")  # no Ctrl-C: one that comes as sleep ends is lost
            s.exit()


def full(lab, client):
    """No line is left for one that comes; while it is read, it stays."""
    with client.screen("-o", "Scrollback=50") as s:
        shell(s)
        go = later(lab, s, "seq 300 320; echo last")
        s.type("\x1d[g")
        s.wait("50/50 lines back")
        before = s.rows()[:-1]
        go()
        s.wait("72/72 lines back")
        becomes(s, lambda: s.rows()[:-1] == before,
                "the text stands still where the scrollback is full", before)
        s.type("q\x1d[g")
        s.wait("50/50 lines back")
        tap.ok(True, "... which it is again")
    with client.screen("-o", "Scrollback=50") as s:
        shell(s)
        go = later(lab, s, "seq 1000")
        s.type("\x1d[g")
        s.wait("50/50 lines back")
        go()
        s.wait("More came than is kept: the text moves")
        tap.ok(True, "... and where it cannot, that is said")


def flood(client):
    """Much output is not held back for ever."""
    with client.screen() as s:
        shell(s)
        s.type("sleep 0.3; seq 300000; echo la''st\r\x1d[")
        s.wait("new lines below")
        s.type("G")
        becomes(s, lambda: s.type("G") or "last" in s.text(),
                "what came is there at the end")


def looking_back(lab, client):
    """The same without scroll mode, by a prefix key that is another."""
    with client.screen("-o", "PrefixKey=^X", cols=60) as s:
        shell(s, "Ctrl-X menu")
        go = later(lab, s, "seq 300 320; echo last")
        s.type("\x1b[5;2~")
        s.wait("22/78 lines back")
        before = s.rows()[:-1]
        go()
        s.wait("22 new lines below")
        becomes(s, lambda: s.rows()[:-1] == before,
                "the text stands still while it is looked at", before)
        s.resize(70, 24)
        becomes(s, lambda: len(s.rows()[-1]) > 60 and "22 new lines below" in
                s.text(), "also in another width")
        s.resize(40, 24)
        s.wait("44/100 back")
        becomes(s, lambda: "22 new below" in s.rows()[-1] and
                s.rows()[-1].endswith("Esc back"),
                "and in a narrow one, with the way back")
        s.resize(24, 24)
        becomes(s, lambda: s.rows()[-1] == " 44/100 back   Esc back",
                "which goes last")
        s.resize(70, 24)
        s.type("\x18[")
        s.wait("v select")
        becomes(s, lambda: "22 new lines below" in s.text(),
                "scroll mode goes on from there")
        s.type("!")
        s.wait("Ctrl-X ? lists the keys")
        tap.ok(True, "the prefix key is named as it is")


def search_from_above(client):
    """A search that is given up leaves the view where it was."""
    with client.screen() as s:
        shell(s)
        s.type("clear; seq 1 100\r")
        s.wait("\n100\nready>")
        s.type("\x1b[5;2~")
        s.wait("22/78 lines back")
        before = s.rows()
        s.type("\x1d/9")
        s.wait("Find text above")
        s.wait("Find text above (Ctrl-R regex): 9")
        s.type("\x1b")
        becomes(s, lambda: s.rows() == before,
                "a search from above the screen, given up")
        s.type("\x1b")
        s.wait("Ctrl-] menu")


def taken_away(lab, client):
    """What would take away the lines that are read waits, however far back."""
    for what in "\\033[H\\033[2J\\033[3Jnew", "\\033[?1049hnew":
        for keys in "\x1b[5;2~", "\x1d[bb":
            with client.screen() as s:
                shell(s)
                go = later(lab, s, "echo first; printf '%s'" % what)
                s.type(keys)
                s.wait("Esc back")
                before = s.rows()[:-1]
                go()
                s.wait("new output below")
                tap.equal(s.rows()[:-1], before,
                          "the text stands still: %s" % [keys, what])
                s.type("\x1b")
                s.wait("Ctrl-] menu")
                becomes(s, lambda: "new" in s.text() and s.rows()[1] == "",
                        "and then it comes")


def selection_gone(lab, client):
    """What is selected is copied as it was seen, or not at all."""
    with client.screen() as s:
        shell(s)
        go = later(lab, s, "printf '\\033[Hover\\033[3J'")
        s.type("\x1d[Hv30k")
        s.wait("y copies")
        s.wait("/78 lines back")
        go()
        s.wait("new output below")
        s.type("oy")
        s.wait("Copied")
        check("over" not in clipboard(s)[-1] and
              clipboard(s)[-1].startswith("49\n"),
              "a selection that reaches the screen stands still", s,
              clipboard(s))
    with client.screen("-o", "Scrollback=50") as s:
        lose_selection(lab, s)
        s.type("y")
        s.wait("What was selected is gone")
        check(not clipboard(s), "what is gone is not copied", s)
        s.type("y")
        s.wait("Copied")
        tap.ok(True, "... but then the line")
    with client.screen("-o", "Scrollback=50") as s:
        lose_selection(lab, s)
        s.type("\x1b[<0;1;3M\x1b[<0;1;3m\x1b[<2;1;4M\x1b[<2;1;4m")
        s.wait("Copied")
        s.type("y")
        becomes(s, lambda: len(clipboard(s)) == 2 and
                "is gone" not in s.text(),
                "what is selected by mouse since is copied")


def much(lab, client):
    """What waits is bounded, but nobody but the user ends scroll mode."""
    for keys, shown, more, told in (
            ("\x1d[bb", "44/78", "x", "lists the keys"),
            ("\x1d[bb/\x1b[200~nee", ": nee", "dle\x1b[201~", ": needle"),
            ("\x1d[bb\x1de", "Event log", "y", "Copied"),
            ("\x1d[bb\x1d", "disconnect", "i", "Fingerprint")):
        with client.screen() as s:
            shell(s)
            go = later(lab, s, "printf '\\033[?1049h'; seq 200000")
            s.type(keys)
            s.wait(shown)
            before = s.rows()[0]
            go()
            becomes(s, lambda: s.rows()[0] != before,
                    "more than is held back is shown")
            s.type(more)
            s.wait(told)
            s.type("\x1b")  # the prompt or the box goes first
            if told in (": needle", "Fingerprint"):
                s.wait("Esc back")
                s.type("\x1b")
            s.wait("Ctrl-] menu")
            s.wait("\n200000\n")
            check(s.rows()[-2] == "", "no key of it is the program's", s)


def resized(client):
    with client.screen(cols=60) as s:
        shell(s)
        s.type("clear; for i in $(seq 1 60); do echo $i the quick brown fox "
               "jumps over the lazy dog and runs; done\r")
        s.wait("60 the quick")
        s.type("\x1d/17 the\r")
        s.wait("Esc back")
        becomes(s, lambda: on_line(s, "17 the quick"), "found")
        for cols, rows in ((40, 12), (100, 30), (23, 8), (60, 24)):
            s.resize(cols, rows)
            becomes(s, lambda: len(s.rows()) == rows and
                    on_line(s, "17 the quick"),
                    "the place is kept at %dx%d" % (cols, rows))


def ended(lab, client):
    """What is being read is not taken away by the end of the session."""
    path = lab.path("end")
    for keys, leave in (("\x1d[", "\x1b"), ("\x1b[5;2~", "\x1b"),
                        ("\x1b[5;2~", "x"), ("\x1b[5;2~", "\x03"),
                        ("\x1d[", "\x1d.")):
        with client.screen() as s:
            shell(s)
            s.type("clear; seq 1 100; until test -e '%s'; do sleep 0.02; done; "
                   "exit 3\r" % path)
            s.wait("\n100")
            s.type(keys)
            s.wait("Esc back")
            with open(path, "w"):
                s.wait("session ended")
            os.remove(path)
            s.resize(70, 20)
            s.wait("session ended")
            s.type(leave)
            tap.equal(s.exit(), 3, "it ends behind who reads, %r" % keys)
            s.wait("Connection to")


def one_row(client):
    with client.screen() as s:
        shell(s)
        s.type("clear; seq 1 30\r")
        s.wait("30\nready>")
        s.resize(80, 2)
        becomes(s, lambda: len(s.rows()) == 2, "a screen of one row")
        s.type("\x1b[5;2~")
        s.wait("1/30 lines back")
        s.type("\x1b[5~")
        s.wait("2/30 lines back")
        s.type("\x1b[6~\x1b[6~")
        s.wait("Ctrl-] menu")
        tap.ok(True, "is a page of its own")


def without_line(client):
    """Where the status line is off the bar hides no row for good."""
    with client.screen() as s:
        shell(s, "menu")
        s.type("\x1ds")
        s.gone("menu")
        s.type("clear; seq 1 23\r")
        s.wait("\n23\nready>")
        s.type("\x1d[")
        s.wait("lines back")
        becomes(s, lambda: s.rows()[-2] == "ready>" and s.cursor()[:2] ==
                (22, 7) and s.rows()[0] == "2",
                "the last row is above the bar, and the cursor on it")
        s.type("\x1b[<0;1;22M\x1b[<32;2;22M\x1b[<0;2;22m")
        copied(s, "23", "the mouse selects what is seen")
        s.type("\x1b\x1d[")
        s.type("H")
        becomes(s, lambda: s.rows()[0] == "1" and s.rows()[-2] == "23" and
                s.cursor()[:2] == (0, 0), "the first row is reached")
        s.type("L")
        becomes(s, lambda: s.rows()[-2] == "ready>" and s.cursor()[0] == 22,
                "... and the last")
        s.type("/23\r")
        becomes(s, lambda: s.rows()[-3] == "23" and s.cursor()[0] == 21,
                "... and what is found stands where it is marked")
        s.type("q")
        becomes(s, lambda: s.rows()[-1] == "ready>" and s.rows()[0] == "1",
                "then all of it is back")


def environments(client):
    for env in ({"TERM": "linux"}, {"TERM": "vt100", "LC_ALL": "C"}):
        with client.screen(cols=40, rows=12, **env) as s:
            shell(s)
            s.type("clear; seq 1 30; echo find me\r")
            s.wait("find me\nready>")
            s.type("\x1d/me")
            s.wait("Find text above: me")
            s.type("\r")
            s.wait("lines back")
            at(s, 9, 5, "at 40x12, %s" % env)
            mono = env["TERM"] == "vt100"
            becomes(s, lambda: s.cell(9, 5)[3] & REVERSE if mono
                    else s.cell(9, 5)[2] == CYAN, "the match is marked")


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        client = Client(lab, lab.sshd(authorized=[key]), key)
        motions(client)
        wrapped(client)
        prompts(client)
        searching(client)
        counted_search(client)
        meanwhile(lab, client)
        full(lab, client)
        in_place(client)
        flood(client)
        looking_back(lab, client)
        search_from_above(client)
        taken_away(lab, client)
        selection_gone(lab, client)
        much(lab, client)
        resized(client)
        ended(lab, client)
        one_row(client)
        without_line(client)
        environments(client)
    return tap.done()


sys.exit(main())
