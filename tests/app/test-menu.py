"""The menu by keyboard and mouse, its commands, bell and clipboard."""

import base64
import os
import re
import signal
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for
from screen import Screen
from servers import Lab, user, wait_for
from session import becomes, below_a_shell, check, clipboard, shell, tap

REVERSE = 1 << 5


def row_of(s, text):
    return [i for i, r in enumerate(s.rows()) if text in r][0]


def selected(s, text):
    """The row with the text is the reversed one."""
    def is_it():
        rows = s.rows()
        found = [i for i, r in enumerate(rows) if text in r]
        return found and s.cell(found[0], rows[found[0]].index(text))[3] \
            & REVERSE
    wait_for(is_it, what=text)
    tap.ok(True, "selected: " + text)


def from_a_box(client):
    """The prefix key begins a command in a box of ours too."""
    with client.screen() as s:
        shell(s)
        for keys, box in (("?", "Ctrl-] ?"), ("t", "pasted lines:"),
                          ("i", "Fingerprint"), ("e", "Event log")):
            s.type("\x1d" + keys)
            s.wait(box)
            s.type("\x1d")
            s.wait("disconnect")
            s.gone(box)
            s.type("]")
            s.wait("Nothing was copied")
            tap.ok("ready> ]" not in s.text(), "a command from the box of " +
                   keys, s.text())
        s.type("\x1d/rea")
        s.wait("Find text above (Ctrl-R regex): rea")
        s.type("\x1d")
        s.wait("disconnect")
        s.type("]")
        s.wait("Nothing was copied")
        tap.ok("Find" not in s.text(), "a search that is typed is left too",
               s.text())
        s.type("\x1di")
        s.wait("Fingerprint")
        s.wait("Signed with   SHA256:")
        s.type("\x1b[253;5u\x1d]")
        s.wait("Nothing was copied")
        tap.ok(True, "Ctrl and a letter from elsewhere is not the prefix key")
        s.type("\x1di")
        s.wait("Fingerprint")
        s.type("\x1d\x1d")
        s.gone("Fingerprint")
        s.wait("ready> ^]")
        tap.ok(True, "twice: the key itself goes to the program")


def escape_help(client):
    with client.screen() as s:
        shell(s)
        s.type("\r~?")
        s.wait("After Enter:")
        becomes(s, lambda: all(row in s.text() for row in (
                    "~ .  ", "~ Ctrl-Z  ", "~ ~  ", "Ctrl-] ?  ")),
                "~? names its own keys, and the way to the others")


def space_bar(client):
    """Ctrl-Space, which sends the control character 0, as the prefix key."""
    with client.screen("-o", "PrefixKey=^@") as s:
        shell(s, "Ctrl-@ menu")
        s.type("\x00i")
        s.wait("Fingerprint")
        s.type("\x00")
        s.wait("disconnect")
        s.gone("Fingerprint")
        s.type("\x00")
        s.wait("ready> ^@")
        tap.ok(True, "PrefixKey=^@: opens the menu, leaves a box, is sent")


def no_prefix(lab, key):
    server = lab.sshd([key], options=["ForceCommand echo here I am; exec cat"])
    client = client_for(lab, server, key)
    with client.screen("-o", "PrefixKey=none") as s:
        s.wait("here I am")
        s.type("\x1d\r~?")
        s.wait("After Enter:")
        tap.ok(not re.search("Ctrl-[^RVZ]", s.text()),
               "PrefixKey=none: the help names no prefix key", s.text())
        s.type("\x1b")
        s.gone("After Enter:")
        becomes(s, lambda: "^]" in s.text() and "menu" not in s.text(),
                "and Ctrl-] goes to the program")
        s.type("\x1b[<0;70;24M\x1b[<0;70;24m")
        s.wait("disconnect")
        check("send this key" not in s.text(),
              "... but a click opens the menu, without that key", s)
        s.type("i")
        s.wait("Fingerprint")
        tap.ok(True, "... which has its keys")
        s.type("\x1b")
        s.gone("Fingerprint")
        s.type("\x1b[<0;70;24M\x1b[<0;70;24m")
        s.wait("disconnect")
        s.type("[")
        s.wait("Esc back")
        s.type("x")
        becomes(s, lambda: "Esc goes back" in s.rows()[-1]
                and "lists" not in s.rows()[-1],
                "... and leads to scroll mode")


def moving(client):
    with client.screen() as s:
        shell(s)
        s.type("\x1d")
        s.wait("disconnect")
        selected(s, "scroll mode")
        s.type("\x1b[B\x1b[B")
        selected(s, "look back")
        s.type("\x1b[H\x1b[A")
        selected(s, "send this key itself")
        s.type("\x1b")
        s.gone("disconnect")
        tap.ok(True, "Esc closes it")
        s.type("\x1d")
        s.wait("disconnect")
        s.type("\x1b[B\r")
        s.wait("Find text above")
        tap.ok(True, "Enter picks")
        s.type("\x1b")
        s.wait("Ctrl-] menu")
        s.type("\x1b[<0;70;24M\x1b[<0;70;24m")
        s.wait("disconnect")
        tap.ok(True, "a click on the status line opens it")
        s.type("\x1b[<0;10;%dM" % (row_of(s, "this connection") + 1))
        s.wait("Fingerprint")
        check("Address       127.0.0.1 port %d" % client.server.port
              in s.text() and "Open since" in s.text(),
              "a click picks; the facts of the connection", s)
        s.type("\x1b")
        s.gone("Fingerprint")
        s.type("\x1d")
        s.wait("disconnect")
        s.type("\x1b[<0;1;24M")
        s.gone("disconnect")
        tap.ok(True, "a click beside it closes it")
        for menu, word in (("", "disconnect"), ("t", "bell:")):
            s.type("\x1d" + menu)
            s.wait(word)
            s.type("q\x1b[15~")
            s.wait("No command has this key; Esc closes")
            becomes(s, lambda: word in s.text(),
                    "a key that has no command leaves it open: " + word)
            s.type("\x1b")
            s.gone(word)
            becomes(s, lambda: "No command" not in s.text() and
                    [r for r in s.rows()[:-1] if r][-1].strip() == "ready>",
                    "... and nothing of it stays")


def commands(client):
    with client.screen() as s:
        shell(s)
        s.type("clear; seq 1 60\r")
        s.wait("\n60\nready>")
        s.type("\x1dc")
        s.wait("Copied ")
        text = clipboard(s)[-1]
        tap.ok("\n1\n2\n3\n" in "\n" + text and text.endswith("60\nready>"),
               "c copies the scrollback too", text)
        s.type("\x1dC")
        s.wait("are forgotten")
        s.type("\x1d[")
        s.wait("0/0 lines back")
        tap.ok(True, "C clears the scrollback")
        s.type("q")
        s.type("printf '\\033[?1049h\\033[?25lal''ter\\n'\r")
        s.wait("alter")
        s.type("\x1dR")
        s.wait("The terminal is reset")
        s.gone("alter")
        check(s.cursor()[2], "R resets the terminal", s)
        s.type("\x1de")
        s.wait("Event log")
        s.wait("The session is open")
        check(re.search(r"\d\d:\d\d:\d\d  Connected to 127", s.text()),
              "e: what happened, with times", s)
        check(re.search(r"\d\d:\d\d:\d\d  The terminal is reset\.", s.text()),
              "... the reset too", s)
        s.type("y")
        s.wait("Copied ")
        lines = clipboard(s)[-1].count("\n")
        tap.ok("Connected to 127.0.0.1" in clipboard(s)[-1], "y copies it")
        s.wait("Copied %d lines" % lines)
        client.server.signal_children(signal.SIGKILL)
        s.wait("r reconnect")
        s.type("\x1de")
        s.wait("No connection: %s@127" % user())
        tap.ok(True, "a loss is in the event log")
        s.type("\x1b")
        s.gone("Event log")
        s.type("\x1d.")
        tap.equal(s.exit(), 255, ". disconnects")


def keyboard(client):
    """A program echoes what is typed by the terminal (SRM), or locks the
    keyboard (KAM)."""
    locked = "A program has locked the keyboard: Ctrl-] R unlocks"
    with below_a_shell(client) as s:
        shell(s)
        s.type("stty -echo; printf '\\033[12l'; echo si''lent; cat\r")
        s.wait("silent")
        s.type("shown")
        becomes(s, lambda: "shown" in s.text(), "SRM: what is typed is shown")
        s.type("\x1b[200~pasted\x1b[201~")
        becomes(s, lambda: "shownpasted" in s.text(), "... and what is pasted")
        s.type("\r\x03")
        s.wait("ready>")
        s.type("stty echo; printf '\\033[12h\\033[2h'; echo lo''cked\r")
        s.wait("locked")
        s.type("x")
        s.wait(locked)
        s.type("yz")
        becomes(s, lambda: locked in s.text() and "x" not in s.rows()[-2],
                "KAM: keys go nowhere, and it is told")
        s.type("\x1dR")
        s.wait("The terminal is reset")
        s.type("echo fr''ee; printf '\\033[2h'\r")
        s.wait("free")
        tap.ok("x" not in s.text().split("free")[0], "a reset unlocks it")
        s.type("\x1dz")
        s.wait("outer>")
        s.type("fg\r")
        s.wait("Ctrl-] menu")
        s.type("echo ag''ain\r")
        s.wait("again")
        tap.ok(True, "so does fg")


def settings(client):
    with client.screen() as s:
        shell(s)
        s.type("\x1dt")
        s.wait("bell: passed on")
        s.type("b")
        s.wait("bell: visual")
        selected(s, "bell: visual")
        s.type("\r")
        s.wait("bell: off")
        s.type("m")
        s.wait("left to the outer")
        wait_for(lambda: not s.modes()["mouse"], what="no mouse")
        s.type("m")
        s.wait("mouse: used")
        wait_for(lambda: s.modes()["mouse"], what="the mouse")
        tap.ok(True, "the mouse is given up and taken")
        s.type("p\x1b")
        s.gone("Settings of")
        s.type("clear; echo be''gun; cat -v\r")
        s.wait("begun\n")
        s.type("\x1b[200~one\rtwo\r\x1b[201~")
        s.wait("two\n")
        check("Paste" not in s.text(), "lines may be pasted without a question",
              s)


def poor(client):
    """A terminal without a mouse, where a paste is as if it were typed."""
    for term in ("linux", "vt100"):
        with client.screen(rows=60, TERM=term) as s:
            shell(s)
            s.type("\x1dt")
            s.wait("bell: passed on")
            check("mouse: none in this terminal" in s.text() and
                  "lines: shown first, but for this terminal's own" in s.text(),
                  term + ": the settings promise neither", s)
            for keys, box in (("\x1d", "Menu"), ("?", "In scroll mode"),
                              ("\x1b\r~?", "At any time:")):
                s.type(keys)
                s.wait(box)
                check("mouse" not in s.text().lower(),
                      "%s: nor does '%s'" % (term, box), s)


def bells(s):
    """BEL but for the ends of OSC strings, which ours end by ST."""
    return s.output().count(b"\x07")


def ringing(client):
    with client.screen() as s:
        shell(s)
        s.type("printf '\\a'; echo ru''ng\r")
        s.wait("rung")
        wait_for(lambda: bells(s) == 1, what="the bell")
        tap.ok(True, "the bell is passed on")
        s.type("clear; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do printf '\\a'; "
               "sleep 0.05; done; echo qu''iet\r")
        s.wait("quiet")
        tap.ok(2 <= bells(s) <= 6, "many at once are silenced", bells(s))
    with client.screen() as s:
        shell(s)
        go = client.lab.path("ring")
        s.type("clear; (until test -e '%s'; do sleep 0.02; done; printf "
               "'\\033]2;a ti''tle\\a\\a') &\r\x1d[" % go)
        s.wait("v select")
        client.lab.write("ring", "")
        s.wait("new output below")
        becomes(s, lambda: bells(s) == 1, "a bell is heard in scroll mode")
        s.type("q")
        wait_for(lambda: s.title() == "a title", what="the title")
        tap.equal(bells(s), 1, "... once")
    with client.screen("-o", "Bell=off") as s:
        shell(s)
        s.type("printf '\\a'; echo ru''ng\r")
        s.wait("rung\nready>")
        tap.equal(bells(s), 0, "Bell=off")
    for tmux, rung in ({}, 0), ({"TMUX": "/nowhere,1,0"}, 1):
        with client.screen("-o", "Bell=visual", **tmux) as s:
            shell(s)
            s.type("printf '\\a'; echo ru''ng\r")
            s.wait("rung\nready>")
            becomes(s, lambda: (b"\x1b[?5h" in s.output(), bells(s)) ==
                    (not rung, rung), "Bell=visual: %r" % tmux)


def fades(client):
    """Where there is no status line a message covers a row of the server's."""
    with client.screen("-o", "StatusLine=no") as s:
        shell(s, "#" if os.getuid() == 0 else "$")
        s.type("\x1dl")
        s.wait("No address is on the screen")
        s.gone("No address is on the screen")
        tap.ok(True, "a message over the server's last row goes by itself")


def osc52(client):
    write = "printf '\\033]52;c;%s\\a'; echo do''ne\r"
    first = base64.b64encode(b"first").decode()
    with client.screen() as s:
        shell(s)
        s.type(write % first)
        s.wait("set your clipboard?")
        tap.equal(clipboard(s), [], "a program is asked about")
        s.type("alias a=b; echo for the sh''ell\r")
        s.wait("for the shell")
        s.gone("set your clipboard?")
        s.type("clear\r")
        s.gone("done")
        s.type(write % first)
        s.wait("done\nready>")
        s.type("\x1dt")
        s.wait("programs' clipboard")
        check("clipboard: no" in s.text() and clipboard(s) == [],
              "what is typed for the shell reaches it, and refuses for the "
              "session", s)
    for name, keys, seen in (("Esc", "\x1b", None), ("Ctrl-C", "\x03", "^C"),
                             ("Enter", "\r", "ready>\nready>"),
                             ("an arrow", "\x1b[A", "ready> ^[[A")):
        with client.screen() as s:
            shell(s)
            s.type("clear; " + write % first)
            s.wait("set your clipboard?")
            s.type(keys)
            s.gone("set your clipboard?")
            s.wait("The server may not set the clipboard")
            if seen is not None:
                s.wait(seen)
            tap.ok(clipboard(s) == [], name + " refuses" + (
                ", and is not lost" if seen is not None else ""))
    late = "clear; (sleep 0.3; %s) & printf '\\033[?2004hgo\\n'; cat -v\r"
    for before, after in (("", "\x1b[200~one two\r\n"),
                          ("\x1b[200~one ", "two\r\n")):
        with client.screen() as s:
            shell(s)
            s.type(late % (write % first)[:-1])
            s.wait("go\n")
            s.type(before)
            s.wait("set your clipboard?")
            s.type(after + "\x1b[201~")
            s.wait("The server may not set the clipboard")
            s.type("\r")
            s.wait("^[[200~one two\n")
            s.wait("^[[201~\n")
            tap.ok(True, "what is pasted goes there whole too")
    with client.screen() as s:
        shell(s)
        s.type(write % first)
        s.type("echo typed o''n\r")
        s.wait("typed on")
        tap.ok(True, "who types on is not asked")
        s.wait("set your clipboard?")
        s.type("allow\r")
        s.wait("Copied 5 characters")
        s.type("clear\r")
        s.gone("done")
        s.type(write % base64.b64encode(b"second").decode())
        s.wait("Copied 6 characters")
        tap.equal(clipboard(s), ["first", "second"],
                  "allowed: passed on, and not asked again")
        s.type("clear; printf '\\033]52;c;?\\a'; read x\r")
        s.gone("done")
        s.type("\r")
        s.wait("ready>")
        check("52;c" not in s.text(), "it is never read", s)


def titles(client):
    """The outer terminal has one of its own before."""
    command = ["sh", "-c", "printf '\\033]2;its own\\a'; exec \"$@\"", "sh"]
    with Screen(command + client.argv(), env=client.environment()) as s:
        shell(s)
        s.type("printf '\\033]2;a ti''tle\\a'\r")
        wait_for(lambda: s.title() == "a title", what="the title")
        tap.ok(True, "a title is passed on")
        s.type("\x1dR")
        s.wait("The terminal is reset")
        becomes(s, lambda: s.title() == "its own",
                "a reset gives the terminal's own back at once")
        s.type("printf '\\033[22;0t\\033]2;a ti''tle\\a'\r")
        wait_for(lambda: s.title() == "a title", what="the title again")
        s.type("printf '\\033[23;0t'\r")
        becomes(s, lambda: s.title() == "its own",
                "so does a program that found none")
        s.type("printf '\\033]2;a ti''tle\\a'\r")
        wait_for(lambda: s.title() == "a title", what="the title once more")
        s.type("exit\r")
        s.exit()
        becomes(s, lambda: s.title() == "its own", "and so does the end")


def small(client):
    with client.screen(cols=40, rows=12, TERM="vt100", LC_ALL="C") as s:
        shell(s)
        s.type("\x1d")
        s.wait("scroll mode")
        selected(s, "scroll mode")
        s.type("\x1b[A")
        selected(s, "send this key itself")
        s.type("\x1bOA\r")
        s.exit()
        s.wait("Disconnected")
        tap.ok(True, "at 40x12 on a vt100 it scrolls")


def boxes(lab):
    """What a low screen keeps in view of a box."""
    client = Client(lab, key=lab.key())
    client.server = lab.sshd([client.key])
    for cols, rows in ((40, 12), (50, 14)):
        size = "%dx%d: " % (cols, rows)
        with client.screen("-o", "UserKnownHostsFile=" + lab.path("none"),
                           cols=cols, rows=rows) as s:
            s.wait("Your answer:")
            becomes(s, lambda: all(word in s.text() for word in (
                        "SHA256:", "accept it this once", "Enter  ",
                        "cancel: nothing", "\u2193")),
                    size + "the answers to a new host key are in view")
            s.type("\x1b[6~" * 9)
            s.wait("log.")
            becomes(s, lambda: "accept it this once" in s.text() and
                    "\u2191" in s.text() and "\u2193" not in s.text(),
                    size + "its text scrolls above them")
            s.type("o\r")
            s.wait("menu")
            s.type("\x1d")
            s.wait("scroll mode")
            becomes(s, lambda: "\u2193" in s.text(),
                    size + "the menu says that it goes on")
            s.type("\x1b[A")
            becomes(s, lambda: "\u2191" in s.text() and
                    "\u2193" not in s.text(), size + "and that it began above")
    client.know(client.server)
    with client.screen() as s:
        s.wait("Ctrl-] menu")
        s.type("\x1d?")
        s.wait("the menu of commands")
        becomes(s, lambda: s.rows()[-1].startswith(
            " %s@127.0.0.1:%d " % (user(), client.server.port)) and
                s.rows()[-1].endswith("Ctrl-] menu"),
                "a high box leaves the status line alone")


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        client = Client(lab, lab.sshd(authorized=[key]), key)
        moving(client)
        from_a_box(client)
        escape_help(client)
        space_bar(client)
        commands(client)
        keyboard(client)
        settings(client)
        poor(client)
        ringing(client)
        osc52(client)
        fades(client)
        titles(client)
        small(client)
        boxes(lab)
        no_prefix(lab, key)
    return tap.done()


sys.exit(main())
