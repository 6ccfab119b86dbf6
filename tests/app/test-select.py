"""Selecting by mouse and by keys, the clipboard, and pasting."""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client
from servers import Lab, wait_for
from session import becomes, check, clipboard, copied, shell, tap

REVERSE = 1 << 5


def mouse(s, col, row, button=0, end="M"):
    """Counted from one, as the terminal reports it."""
    s.type("\x1b[<%d;%d;%d%s" % (button, col, row, end))


def click(s, col, row, button=0):
    mouse(s, col, row, button)
    mouse(s, col, row, button, "m")


def drag(s, start, end, button=0):
    mouse(s, start[0], start[1], button)
    mouse(s, end[0], end[1], button + 32)
    mouse(s, end[0], end[1], button, "m")


def by_mouse(client):
    with client.screen() as s:
        shell(s)
        s.type("clear; echo one two three; echo see https://a.example/b. "
               "end; seq 1 40 | xargs; echo last\r")
        s.wait("last\nready>")
        rows = s.rows()
        one = rows.index("one two three") + 1
        drag(s, (5, one), (7, one))
        copied(s, "two", "a drag copies")
        s.wait("Copied 3 characters")
        tap.ok(s.cell(one - 1, 4)[3] & REVERSE and
               not s.cell(one - 1, 7)[3] & REVERSE, "and is shown")
        click(s, 1, one, 2)
        copied(s, "one two", "the right button extends to the left")
        click(s, 13, one + 1, 2)
        copied(s, "one two three\nsee https://a",
               "and to the line below")
        click(s, 1, one + 4)
        wait_for(lambda: not s.cell(one - 1, 4)[3] & REVERSE, what="clear")
        tap.ok(True, "a click ends it")
        click(s, 10, one + 1)
        click(s, 10, one + 1)
        copied(s, "https://a.example/b", "a double click takes an address")
        click(s, 20, one + 2)
        click(s, 20, one + 2)
        click(s, 20, one + 2)
        numbers = " ".join(str(i) for i in range(1, 41))
        copied(s, numbers, "a triple click takes a line that was wrapped")
        drag(s, (2, one), (4, one + 1), 8)
        copied(s, "ne\nee", "with Alt, a rectangle")
        s.type("clear\r")
        s.gone("three")
        wait_for(lambda: not any(s.cell(r, 1)[3] & REVERSE for r in range(23)),
                 what="no selection")
        tap.ok(True, "what is changed by output is selected no more")
        click(s, 5, 5, 1)
        s.wait("Paste 2 lines?")
        tap.ok(True, "the middle button pastes, with the same question")


def in_tmux(client):
    """It is given the text too; of a long one it reads as slowly as it will."""
    lab = client.lab
    got = lab.path("got")
    os.mkdir(lab.path("bin"))
    lab.write("bin/tmux", "#!/bin/sh\ntest ! -t 0 || exit\n"
              "echo noise >&2; cat >'%s.new'; echo \"$*\" >>'%s.new'; "
              "mv '%s.new' '%s'\n" % (got, got, got, got), 0o700)

    def buffer():
        return open(got).read() if os.path.exists(got) else None

    path = lab.path("bin") + ":" + os.environ["PATH"]
    with client.screen(PATH=path, TMUX="/nowhere,1,0") as s:
        shell(s)
        s.type("clear; echo one two\r")
        s.wait("one two\nready>")
        click(s, 1, 1)
        click(s, 1, 1)
        becomes(s, lambda: buffer() == "oneload-buffer -w -\n",
                "in tmux, a copy goes to its buffer", buffer())
        check("noise" not in s.text(), "... without a word", s)
        copied(s, "one", "... and to the terminal")
        s.type("clear; seq 20000; echo do''ne\r")
        s.wait("done\nready>")
        s.type("\x1dc")
        becomes(s, lambda: "\n19999\n20000\ndone" in buffer(),
                "a long one whole")
    os.unlink(got)
    with client.screen(PATH=path) as s:
        shell(s)
        s.type("clear; echo one two\r")
        s.wait("one two\nready>")
        click(s, 1, 1)
        click(s, 1, 1)
        copied(s, "one", "elsewhere to the terminal")
        tap.ok(not os.path.exists(got), "... only")


def against_mouse(client):
    """A program that takes the mouse, and Shift."""
    with client.screen() as s:
        shell(s)
        s.type("clear; echo hello world; printf '\\033[?1000h\\033[?1006h'; "
               "stty -echo; cat -v\r")
        s.wait("hello world\n")
        row = s.rows().index("hello world") + 1
        drag(s, (1, row), (5, row))
        s.type("\r")
        s.wait("^[[<0;1;%dM^[[<0;5;%dm" % (row, row))
        tap.ok(clipboard(s) == [], "the program has the mouse, without motion")
        drag(s, (1, row), (5, row), 4)
        copied(s, "hello", "with Shift it is ours")


def against_locator(client):
    """A program that takes the mouse as DEC's locator."""
    with client.screen() as s:
        shell(s)
        s.type("clear; stty -echo; printf \"\\033[1'z\\033[1;3'{\"; "
               "echo ready; cat -v\r")
        s.wait("ready\n")
        drag(s, (2, 3), (5, 4))
        s.type("\r")
        s.wait("^[[2;4;3;2&w^[[3;0;4;5&w")
        tap.ok(clipboard(s) == [], "the mouse is the program's locator")


def on_double_lines(client):
    """Each cell has two columns there."""
    with client.screen() as s:
        shell(s)
        s.type("clear; printf '\\033#6alpha beta\\n'; echo next\r")
        s.wait("alpha beta\nnext\n")
        row = s.rows().index("alpha beta")
        drag(s, (13, row + 1), (19, row + 1))
        copied(s, "beta", "a drag on a line of double width")
        s.type("\x1d[gg0w")
        becomes(s, lambda: s.cursor()[:2] == (row, 6),
                "scroll mode's cursor is on it")
        s.type("q")
        s.wait("Ctrl-] menu")
        s.type("clear; printf '\\033[?1000h\\033[?1006h\\033#6wide'; "
               "stty -echo; cat -v\r")
        s.wait("wide\n")
        click(s, 5, s.rows().index("wide") + 1)
        s.type("\r")
        s.wait("wide^[[<0;3;")
        tap.ok(True, "a program gets the cell")


def past_the_edges(client):
    """A drag held at the first row, or below the last, scrolls."""
    with client.screen() as s:
        shell(s)
        s.type("clear; seq 60\r")
        s.wait("60\nready>")
        row = s.rows().index("50") + 1
        mouse(s, 2, row)
        mouse(s, 1, 1, 32)
        s.wait("\n30\n")
        mouse(s, 1, 3, 32)
        rows = s.rows()
        mouse(s, 1, 3, 0, "m")
        wait_for(lambda: clipboard(s), what="a copy")
        text = clipboard(s)[-1].split("\n")
        tap.ok(text[-1] == "50" and int(text[0]) <= 32,
               "upwards, over more than a screen", text, rows)
        mouse(s, 1, 3)
        mouse(s, 2, 24, 32)
        s.wait("\n60\nready>")
        becomes(s, lambda: "lines back" not in s.text(), "down to the end")
        mouse(s, 2, 24, 0, "m")
        wait_for(lambda: len(clipboard(s)) == 2, what="a second copy")
        text = clipboard(s)[-1].split("\n")
        tap.ok("60" in text and "45" in text, "downwards", text)


def let_go(client):
    """A drag whose end is not seen does not hold the output back."""
    with client.screen() as s:
        shell(s)
        mouse(s, 5, 5)
        s.type("\x1d")
        s.wait("disconnect")
        mouse(s, 30, 8, 0, "m")
        s.type("\x1b")
        s.gone("disconnect")
        s.type("echo so''on\r")
        s.wait("soon\nready>")
        tap.ok(True, "a button released over the menu")
        mouse(s, 5, 5)
        s.type("echo a''live\r")
        s.wait("alive\nready>")
        tap.ok(True, "a button that is never released, and a key")


def resized(client):
    """Text goes elsewhere between a press and the drag; and below labels."""
    with client.screen() as s:
        shell(s)
        s.type("clear; seq -s ' ' 25; echo alpha beta; echo see http://a.b/c\r")
        s.wait("c\nready>")
        row = s.rows().index("alpha beta") + 1
        mouse(s, 1, row)
        mouse(s, 2, row, 32)
        wait_for(lambda: s.cell(row - 1, 1)[3] & REVERSE, what="a drag's text")
        s.resize(40, 24)
        s.wait("\n7 18")
        row = s.rows().index("alpha beta") + 1
        mouse(s, 5, row, 32)
        mouse(s, 5, row, 0, "m")
        copied(s, "alpha", "a drag begins at the text that was pressed on")
        s.resize(80, 24)
        s.wait("16 17 18")
        s.type("\x1dl")
        s.wait("see attp://a.b/c")
        s.resize(40, 24)
        becomes(s, lambda: "see attp://a.b/c" in s.rows() and
                "alpha beta" in s.rows(), "a label goes with its address")
        s.type("a")
        copied(s, "http://a.b/c", "... which it still is of")


def reset(client):
    with client.screen() as s:
        shell(s)
        s.type("clear; seq 20; printf '\\033[?1049h\\033[2;1Hal''ter'\r")
        s.wait("\nalter")
        drag(s, (1, 2), (3, 2))
        copied(s, "alt", "a selection on the alternate screen")
        s.type("\x1dR")
        s.wait("The terminal is reset")
        s.type("\x1b[5;2~")
        s.wait("\n2\n")
        tap.ok(not s.cell(s.rows().index("2"), 0)[3] & REVERSE,
               "... is no more when the terminal is reset", s.text())


def by_keys(client):
    with client.screen() as s:
        shell(s)
        s.type("clear; echo alpha beta; echo gamma delta\r")
        s.wait("delta\nready>")
        s.type("\x1d[kk0wv$y")
        copied(s, "beta", "v to the end of the line")
        s.wait("Ctrl-] menu")
        s.type("\x1d[kk0Vjy")
        copied(s, "alpha beta\ngamma delta", "V and j: two lines")
        s.type("\x1d[kk0l\x16jly")
        copied(s, "lp\nam", "Ctrl-V: a rectangle")
        s.type("\x1d[k0wvhhoy")
        copied(s, "a d", "o goes to the other end")
        s.type("\x1d[k0v$\x1b")
        s.wait("v select")
        s.type("y")
        copied(s, "gamma delta", "y without a selection: the line")
        s.type("echo \x1d]")
        s.wait("ready> echo gamma delta")
        tap.ok(True, "Ctrl-] ] pastes it")


def pastes(client):
    with client.screen() as s:
        shell(s)
        s.type("clear; stty -echo; echo be''gun; cat -v\r")
        s.wait("begun\n")
        s.gone("clear;")
        paste = "\x1b[200~%s\x1b[201~"
        s.type(paste % "one line" + "\r")
        s.wait("one line\n")
        check("Paste" not in s.text(), "one line is pasted at once", s)
        s.type(paste % "first\rsecond\tx\r\nthird\r")
        s.wait("Paste 3 lines?")
        s.wait("Enter yes")
        check("first" in s.text(),
              "three lines are shown first", s)
        s.type("\x1b")
        s.wait("Nothing was pasted")
        check("third" not in s.text(), "Esc: they are not pasted", s)
        s.type(paste % "first\rsecond" + paste % "other")
        s.wait("A paste was dropped: answer first")
        s.type("\x1b")
        s.wait("Nothing was pasted")
        tap.ok(True, "one that comes amid the question is dropped, and told")
        s.type(paste % "first\rse\x07cond\r\nthird")
        s.wait("Paste 3 lines?")
        s.type("ls")
        s.wait("Enter yes")
        s.type("y")
        s.wait("first\nsecond\n")
        check("Nothing was pasted" not in s.text(), "what was said is past", s)
        s.type("\r")
        s.wait("third\n")
        tap.ok(True, "y: they are")
        s.type("\x03")
        s.wait("third\n\nready>")
        s.type("printf '\\033[?2004h'; clear; echo ag''ain; cat -v\r")
        s.wait("again\n")
        s.gone("third")
        s.type(paste % "a\rb" + "\r")
        s.wait("^[[201~")
        check("Paste" not in s.text() and "^[[200~a" in s.text(),
              "brackets where they are wanted, and no question", s)
        s.type(paste % (("x" * 60 + "\r") * 1500 + "the end") + "\r")
        s.wait("the end^[[201~")
        tap.ok(True, "a long paste comes whole")


def other_terminals(client):
    with client.screen(cols=40, rows=12, TERM="linux") as s:
        shell(s)
        s.type("clear; echo some text\r")
        s.wait("text\nready>")
        s.type("\x1d[ky")
        s.wait("Copied 9 characters; Ctrl-] ] pastes")
        check(clipboard(s) == [], "TERM=linux: our own buffer only", s)
        s.type("\x1d]")
        s.wait("ready> some text")
        tap.ok(True, "which can be pasted")
    with client.screen("-o", "PrefixKey=^B", TERM="linux") as s:
        shell(s, "Ctrl-B menu")
        s.type("\x02[x")
        s.wait("Ctrl-B ? lists the keys")
        s.type("ky")
        s.wait("; Ctrl-B ] pastes")
        tap.ok(True, "another prefix key is called by its name")


def links(lab, client):
    opened = lab.path("opened")
    browser = lab.path("browser")
    with open(browser, "w") as f:
        f.write("#!/bin/sh\nfor word; do echo \"<$word>\"; done >'%s.new'; "
                "mv '%s.new' '%s'\n" % (opened, opened, opened))
    os.chmod(browser, 0o755)
    with client.screen(BROWSER=" :" + browser + " --new=%s x:other") as s:
        shell(s)
        s.type("clear; echo 'see http://a.example/x;y and https://b.example/.'"
               "; echo file:///etc/passwd\r")
        s.wait("passwd\nready>")
        s.type("\x1dl")
        s.wait("a-z copy")
        row = [r for r in s.rows() if r.startswith("see ")][0]
        check(row == "see dttp://a.example/x;y and sttps://b.example/.",
              "each address has a label", s)
        s.type("d")
        copied(s, "http://a.example/x;y", "a letter copies it")
        s.wait("see http://a.example")
        s.type("\x1dlS")
        s.wait("Opened by BROWSER")
        wait_for(lambda: os.path.exists(opened), what="the browser")
        with open(opened) as f:
            tap.equal(f.read(), "<--new=https://b.example/>\n<x>\n",
                      "a capital opens it")
        s.type("printf '\\033]8;;https://c.example/%s\\033\\\\here\\033]8;;"
               "\\033\\\\ I am\\n' hidden\r")
        s.wait("here I am\nready>")
        s.type("\x1dl")
        s.wait("a-z copy")
        s.wait("aere I am")
        s.type("a")
        copied(s, "https://c.example/hidden", "a link of OSC 8")
        s.wait("here I am")
        s.type("\x1dlA")
        s.wait("Open this address?")
        s.wait("https://c.example/hidden")
        s.type("\x1b")
        s.gone("Open this")
        tap.ok(True, "where it leads to is shown before it is opened")
        s.type("clear; echo file:///etc/hosts\r")
        s.wait("hosts\nready>")
        s.type("\x1dlA")
        s.wait("Only web and mail")
        tap.ok(True, "but no file")
        s.type("clear\r")
        s.gone("hosts")
        s.type("\x1dl")
        s.wait("No address is on the screen")
        s.type("clear; for i in $(seq 30); do echo http://a.example/$i; done"
               "\r")
        s.wait("/30\nready>")
        s.type("\x1dl")
        s.wait("a-z copy")
        s.type("a\x1b")
        s.wait("Ctrl-] menu")
        tap.ok(True, "Esc leaves")
    with client.screen(rows=12) as s:
        shell(s)
        s.type("clear; (until test -e '%s'; do sleep 0.02; done; seq 50) & "
               "echo http://a.example/here\r" % lab.path("go"))
        s.wait("here\nready>")
        s.type("\x1dl")
        s.wait("attp:")
        lab.write("go", "")
        time.sleep(0.5)
        check("attp://a.example/here" in s.text(), "they stand still", s)
        s.type("a")
        copied(s, "http://a.example/here", "and are those that are seen")
        s.wait("\n50")
    with client.screen(BROWSER=lab.path("none"), rows=40) as s:
        shell(s)
        s.type("clear; for i in $(seq 30); do echo http://a.example/$i; done"
               "\r")
        s.wait("/30\nready>")
        s.type("\x1dlaf")
        copied(s, "http://a.example/27", "two letters where there are many")
        s.type("\x1dlaA")
        s.wait("cannot start it")
        tap.ok(True, "a browser that is missing is told")


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        client = Client(lab, lab.sshd(authorized=[key]), key)
        by_mouse(client)
        in_tmux(client)
        against_mouse(client)
        against_locator(client)
        on_double_lines(client)
        past_the_edges(client)
        let_go(client)
        resized(client)
        reset(client)
        by_keys(client)
        pastes(client)
        other_terminals(client)
        links(lab, client)
    return tap.done()


sys.exit(main())
