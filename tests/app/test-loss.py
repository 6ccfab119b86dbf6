"""A connection that is lost: what is said, what the keys do, what is kept."""

import os
import re
import signal
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import client_for
from servers import Lab, user, wait_for
from session import becomes, below_a_shell, shell, tap

WHO = "%s@127.0.0.1" % user()
BACK = "\x1b[5;2~"


def bar(s):
    return s.rows()[-1]


def lose(s, server):
    server.signal_children(signal.SIGKILL)
    s.wait("r reconnect  q quit")


def reasons(client):
    for cols, rows in ((160, 24), (80, 24), (40, 12)):
        name = "%dx%d: " % (cols, rows)
        with client.screen(cols=cols, rows=rows) as s:
            shell(s, "menu")
            lose(s, client.server)
            words = {160: "the server closed the connection",
                     80: "closed by server", 40: "Lost "}[cols]
            becomes(s, lambda: words in bar(s) and "\u2026" not in bar(s) and
                    "r reconnect  q quit" in bar(s),
                    name + "the status line has a whole reason")
            s.type("\x1b[200~text\x1b[201~")
            s.wait("No session to paste into")
            if rows == 12:
                s.gone("No session to paste into")
                s.wait("r reconnect  q quit")
                tap.ok(True, name + "a message leaves the keys in view")
            s.type("\x1de")
            s.wait("Event log")
            if rows == 12:
                s.type("\x1b[6~" * 9)
            becomes(s, lambda: "server closed" in " ".join(
                        s.text().replace("\u2502", " ").split()),
                    name + "the event log has the sentence")
            s.type("\x1b")
            s.gone("Event log")
            s.wait("r reconnect  q quit")
            s.type("q")
            tap.equal(s.exit(), 255, name + "q ends it")


def tiny(lab, key):
    """The keys stay in view wherever there is room for them at all."""
    server = lab.sshd([key], options=["ForceCommand echo here I am; exec cat"])
    client = client_for(lab, server, key)
    for cols, rows in ((33, 8), (32, 8), (23, 6), (22, 6), (20, 5)):
        with client.screen(cols=cols, rows=rows) as s:
            s.wait("here I am")
            server.signal_children(signal.SIGKILL)
            becomes(s, lambda: re.search(r"\br re.*  q quit$", bar(s)) and
                    "\u2026" not in bar(s),
                    "%dx%d: r and q are in view" % (cols, rows))
            s.type("q")
            tap.equal(s.exit(), 255, "... and do what they say")


def names_host(client):
    """Of several lost sessions one can tell which each is."""
    name = "ec2-203-0-113-25.eu-central-1.compute.amazonaws.com"
    keys = r" Lost at [0-9:]{8}  r reconnect  q quit "
    with client.screen("-o", "HostName=127.0.0.1",
                       user() + "@" + name) as s:
        shell(s)
        lose(s, client.server)
        for cols, words in (
                (200, keys + r" +\S+@%s: the server closed .*" % name),
                (120, keys + r" +closed by server +%s:\d+ " % name),
                (80, keys + r" closed by server +ec2-203-0-.*\u2026 "),
                (60, keys + r" closed by server *"),
                (40, r" Lost \d\d:\d\d  r reconnect  q quit *")):
            s.resize(cols, 24)
            becomes(s, lambda: re.fullmatch(words, bar(s) + " "),
                    "%d columns: a long name" % cols)
        s.type("q")
        s.exit()


def looks_back(client):
    """How far back is told whole or not at all; the keys stay."""
    with client.screen() as s:
        shell(s)
        s.type("seq 3000\r")
        s.wait("\n3000\nready>")
        lose(s, client.server)
        s.type(BACK)
        for cols, words in (
                (80, r"Lost at [0-9:]{8}  r reconnect  q quit  N lines back"
                     r" +\S*127\.0\.0\.1:\d+"),
                (50, r"Lost \d\d:\d\d  r reconnect  q quit  N"),
                (40, r"Lost  r reconnect  q quit  N"),
                (33, r"Lost  r retry  q quit  N"),
                (28, r"Lost  r reconnect  q quit")):
            s.resize(cols, 24)
            becomes(s, lambda: re.fullmatch(" %s *" % words.replace(
                        "N", r"22/\d{4}"), bar(s)),
                    "%d columns: lost and looking back" % cols)
        s.type("q")
        s.exit()


def gone_silent(client):
    """What is said of the loss goes with what stood there before it."""
    with client.screen("-o", "ServerAliveInterval=1", "-o",
                       "ServerAliveCountMax=4") as s:
        shell(s)
        client.server.signal_children(signal.SIGSTOP)
        s.type("echo\r")
        s.wait("no answer for ")
        s.wait("r reconnect  q quit")
        becomes(s, lambda: re.search(r"q quit  no answer  .*127\.0\.0\.1",
                                     bar(s)),
                "a server that did not answer is not said to have broken "
                "the connection")
        client.server.signal_children(signal.SIGCONT)
        s.type("q")
        s.exit()


def still_typing(client):
    """The letters of a command that is being typed are no answer, and none
    reaches the shell below."""
    for _ in range(20):
        with below_a_shell(client) as s:
            shell(s)
            begun = time.monotonic()
            client.server.signal_children(signal.SIGKILL)
            s.wait("Lost at")
            s.type("squeue \x03\x1a" + "reboot\r")
            if time.monotonic() - begun > 0.9:
                continue  # so late they may count
            s.wait("r reconnect  q quit")
            becomes(s, lambda: "Lost at" in bar(s),
                    "what is typed as the connection ends does nothing")
            s.type("q")
            s.wait("outer>")
            s.type("echo after''wards\r")
            s.wait("afterwards\nouter>")
            tap.ok("queue" not in s.text() and "reboot" not in s.text(),
                   "and is run by no other shell", s.text())
            return
    tap.ok(False, "a machine fast enough to type on")


def still_searching(client):
    """A pattern that is being typed stays one, and what goes with the search,
    scroll mode or a box may be followed by more."""
    with client.screen() as s:
        shell(s)
        s.type("seq 1 50\r")
        s.wait("\n50\nready>")
        s.type("\x1d[/")
        s.wait("Find text below")
        rung = s.output().count(b"\a")
        client.server.signal_children(signal.SIGKILL)
        wait_for(lambda: s.output().count(b"\a") > rung, what="the loss")
        s.type("qq")
        becomes(s, lambda: re.match(" ?No such text below.*: qq", bar(s)),
                "a search goes on as the connection ends")
        s.type("\x7f\x7f\x7f")
        s.wait("connection lost")
        s.type("qq")
        becomes(s, lambda: "r reconnect  q quit" in bar(s),
                "the q behind one that leaves scroll mode does nothing")
        s.type("\x1di")
        s.wait("Not connected.")
        s.type("yq")
        s.gone("Not connected.")
        becomes(s, lambda: "r reconnect  q quit" in bar(s),
                "nor does one behind a key that closes a box")
        s.type("q")
        tap.equal(s.exit(), 255, "... but later it does")


def words_of_the_menu(client):
    """Nothing is being connected while the menu or a notice is open."""
    with client.screen() as s:
        shell(s)
        lose(s, client.server)
        for keys, shown in (("\x1d", "scroll mode"), ("\x1di", "Login  ")):
            s.type(keys)
            s.wait(shown)
            becomes(s, lambda: "Lost at" in bar(s) and
                    "Ctrl-C" not in bar(s) and "reconnect" not in bar(s),
                    "what is lost stays lost behind: " + shown)
            s.type("\x1b")
            s.gone(shown)
            s.wait("r reconnect  q quit")
        s.type("\x12")
        s.type("\x1d")
        s.wait("scroll mode")
        becomes(s, lambda: "Lost at" in bar(s), "Ctrl-R is not r")


def asked_again(client):
    """What was allowed until the session ends, ends with it."""
    write = "printf '\\033]52;c;Zmlyc3Q=\\a'\r"
    with client.screen() as s:
        shell(s)
        s.type(write)
        s.wait("set your clipboard?")
        s.type("allow\r")
        s.wait("Copied 5 characters")
        lose(s, client.server)
        s.type("r")
        shell(s)
        s.type("clear; " + write)
        s.wait("set your clipboard?")
        tap.ok(True, "a new session is asked about its clipboard")


def opens_behind(client):
    """What is open when the session comes stays, and gets the keys."""
    with client.screen() as s:
        shell(s)
        for keys, box, then, told in (
                ("\x1d", "scroll mode", "i", "Fingerprint"),
                ("\x1d/", "Find text above", "zz", "No such text above")):
            lose(s, client.server)
            os.kill(client.server.pid, signal.SIGSTOP)
            s.type("r")
            s.wait("no greeting yet")
            s.type(keys)
            s.wait(box)
            opened = s.output().count(b"\x1b]10;?")
            os.kill(client.server.pid, signal.SIGCONT)
            wait_for(lambda: s.output().count(b"\x1b]10;?") > opened,
                     what="the session")
            becomes(s, lambda: box in s.text(), box + ": it stays")
            s.type(then)
            s.wait(told)
            tap.ok(True, "... and gets the keys")
            s.type("\x1b")
            s.gone(told)
            s.wait("Ctrl-] menu")


def silent_without_line(lab, client):
    """A server that says nothing is told of where the status line is off."""
    hold = threading.Event()
    silent = lab.peer(lambda sock: hold.wait(60))
    with client.screen("-o", "StatusLine=no", port=silent.port) as s:
        s.wait("no greeting yet, no answer for ")
        becomes(s, lambda: "Ctrl-C cancel" in bar(s),
                "without a status line a wait is told")
        s.type("\x03")
        s.exit()
    hold.set()


def silent_reconnect(lab, client):
    """What is waited for may be cancelled, and all stays."""
    hold = threading.Event()
    silent = lab.peer(lambda sock: hold.wait(60))
    proxy = lab.proxy(client.server.port)
    with client.screen("-o", "HostKeyAlias=silent", "-o",
                       "StrictHostKeyChecking=accept-new",
                       port=proxy.port) as s:
        shell(s)
        s.type("seq 1 50\r")
        s.wait("\n50\nready>")
        proxy.target = silent.port
        lose(s, client.server)
        s.type("r")
        s.wait("no greeting yet, no answer for ")
        s.type("\x03")
        s.wait("r reconnect  q quit  cancelled")
        becomes(s, lambda: "\n50\nready>" in s.text(),
                "Ctrl-C gives a reconnect up, and the screen stays")
        s.type(BACK)
        s.wait(" lines back")
        becomes(s, lambda: "reconnect" in bar(s) and "\n29\n" in s.text(),
                "so does the scrollback")
        s.type("r")
        s.wait("no greeting yet")
        becomes(s, lambda: "\n50\nready>" in s.text(),
                "r comes back to the live screen")
        s.type("\x1d[")
        s.wait(" lines back")
        s.type("q\x03q")
        becomes(s, lambda: "r reconnect  q quit  cancelled" in bar(s),
                "a q behind one that left scroll mode before does nothing")
        s.type("r")
        s.wait("no greeting yet")
        proxy.target = client.server.port
        s.type("\x03")
        s.wait("cancelled")
        s.type("r")
        s.wait("Ctrl-] menu")
        tap.ok(True, "and can be tried once more")
        hold.set()


def place_of_the_prompt(lab):
    """A new session goes on right below what is on the screen."""
    key = lab.key()
    said = lab.write("said", "")
    server = lab.sshd([key], options=["ForceCommand cat %s; exec cat" % said])
    client = client_for(lab, server, key)
    for rest, row, name in (
            ("", 5, "the last line that is written"),
            ("\x1b[2;4r\x1b[?6h\x1b[3H", 5, "it, whatever the margins"),
            ("\x1b[?1049h\x1b[20Hother\x1b[9H", 5, "that of the main screen"),
            ("\x1b[23Hlast\x1b[H", 22, "a screen that is full")):
        lab.write("said", "\x1b[5;3Hfifth" + rest)
        with client.screen() as s:
            s.wait("Ctrl-] menu")
            s.wait("fifth" if "1049" not in rest else "other")
            lose(s, server)
            lab.write("said", "second")
            s.type("r")
            s.wait("second")
            becomes(s, lambda: s.rows()[row].startswith("second"),
                    "a new session begins below " + name)


def place_of_notes(lab):
    """... and so does what is said before it is there."""
    key = lab.key()
    banner = lab.write("banner", "")
    server = lab.sshd([key], options=["Banner %s" % banner])
    client = client_for(lab, server, key)
    with client.screen() as s:
        shell(s)
        s.type("clear; echo pro''mpt; cat")
        s.type("\r")
        s.wait("prompt\n")
        s.type("at work")
        s.wait("at work")
        lab.write("banner", "words of the server\n")
        lose(s, server)
        s.type("r")
        s.wait("  words of the server")
        becomes(s, lambda: s.rows()[1:3] == ["at work", "The server says:"],
                "the notes of a new connection begin a line")


def left_behind(lab):
    """A new session does not go on with the old one's title and modes."""
    key = lab.key()
    said = lab.write("said", "\x1b]7;file://h/srv\a\x1b[?5h\x1b[?1007l\x1b[5 q"
                     "\x1b]11;red\a\x1b[2;20h\x1b[12l\x1b%@first")
    server = lab.sshd([key], options=["ForceCommand cat %s; exec cat" % said])
    client = client_for(lab, server, key)
    with client.screen() as s:
        s.wait("first")
        s.wait("/srv")
        lose(s, server)
        lab.write("said", "\x1b[?5$p\x1b[?1007$p\x1bP$q q\x1b\\"
                  "\x1b[2$p\x1b[12$p\x1b[20$ps\u00e9cond")
        s.type("r")
        s.wait("s\u00e9cond")
        becomes(s, lambda: "Ctrl-] menu" in bar(s) and "/srv" not in bar(s),
                "the directory is not shown for a new session")
        becomes(s, lambda: "^[[?5;2$y^[[?1007;1$y^[P1$r0 q" in s.text() and
                "^[[2;2$y^[[12;1$y^[[20;2$y" in s.text(),
                "which begins with the usual modes")
        lose(s, server)
        lab.write("said", "\x1b]0;old title\athird")
        s.type("r")
        s.wait("third")
        s.wait("old title")
        lose(s, server)
        lab.write("said", "fourth")
        s.type("r")
        s.wait("fourth")
        becomes(s, lambda: "Ctrl-] menu" in bar(s) and
                "old title" not in bar(s) and s.title() != "old title",
                "nor is the title")


def locked_reconnect(lab):
    key = lab.key(passphrase="correct horse")
    client = client_for(lab, lab.sshd([key]), key)
    with client.screen() as s:
        s.wait("Passphrase:")
        becomes(s, lambda: "waiting for you" in bar(s),
                "a question waits for its answer")
        s.type("wrong\r")
        s.wait("Try 2 of 3")
        becomes(s, lambda: "waiting for you" in bar(s), "and the second try")
        s.type("correct horse\r")
        shell(s)
        s.type("seq 1 50\r")
        s.wait("\n50\nready>")
        lose(s, client.server)
        s.type(BACK)
        s.wait(" lines back")
        s.type("r")
        s.wait("Passphrase:")
        becomes(s, lambda: "lines back" not in s.text() and
                "\n50\nready>" in s.text(),
                "the live screen is behind the question of a reconnect")
        for key in ("\x1b", "\x03"):
            s.type(key)
            s.wait("r reconnect  q quit  cancelled")
            tap.ok(True, "a cancelled question is no reason to leave")
            s.type("r")
            s.wait("Passphrase:")
        client.server.signal_children(signal.SIGKILL)
        s.wait("The connection has ended")
        s.type("quit reconnect")
        s.type("\r")
        s.wait("r reconnect  q quit")
        becomes(s, lambda: "\n50\nready>" in s.text(),
                "what was typed for a question does nothing when that is gone")
        tap.ok(b"quit reconnect" not in s.output(), "and is not shown")


def refused_reconnect(lab):
    """The name is no wrong one, as it was let in before."""
    key = lab.key()
    server = lab.sshd([key], options=["VersionAddendum Ubuntu-3"])
    client = client_for(lab, server, key)
    with client.screen(cols=100) as s:
        shell(s, "menu")
        lab.authorize(server.authorized, [])
        lose(s, server)
        s.type("r")
        s.wait("Not connected")
        s.type("\x1b")
        s.wait("not logged in")
        s.wait("r reconnect  q quit")
        s.type("q")
        s.exit()
        becomes(s, lambda: "%s was let in before" % user() in
                " ".join(s.text().split()),
                "a login that is refused from now on has another cause")


def tried_again(lab, key):
    """Each r is seen, also if nothing else comes of it."""
    for cols, rows, form in ((80, 24, "Tried at [0-9:]{8}  r reconnect  q quit"
                              r"  +refused +\S+@127\.0\.0\.1:\d+$"),
                             (40, 12, "Tried [0-9:]{8}  r reconnect  q quit$")):
        server = lab.sshd([key])
        client = client_for(lab, server, key)
        name = "%dx%d: " % (cols, rows)
        with client.screen(cols=cols, rows=rows) as s:
            shell(s, "menu")
            s.type("seq 1 30\r")
            s.wait("\n30\nready>")
            server.stop()
            s.wait("r reconnect  q quit")
            s.type("r")
            becomes(s, lambda: re.match(" " + form, bar(s)),
                    name + "the time of an attempt in vain is told")
            first = bar(s)
            becomes(s, lambda: s.type("r") or
                    re.match(" " + form, bar(s)) and bar(s) != first,
                    name + "... and of the next one")
            s.wait("r reconnect")
            s.type("\x1d[")
            words = "connection lost" if cols == 80 else "lost"
            becomes(s, lambda: re.search("back +%s +.*Esc back$" % words,
                                         bar(s)),
                    name + "scroll mode tells of the loss")


def another_host_key(lab):
    """Why a reconnect was not let through takes more than a word."""
    key = lab.key()
    server = lab.sshd([key])
    client = client_for(lab, server, key)
    with client.screen("-o", "StrictHostKeyChecking=accept-new") as s:
        shell(s)
        lose(s, server)
        server.stop()
        other = lab.sshd([key], port=server.port)
        s.type("r")
        s.wait("Not connected")
        s.says("the host key has changed")
        s.wait("Esc closes")
        s.type("\x1b")
        s.gone("Not connected")
        becomes(s, lambda: "r reconnect  q quit" in bar(s),
                "a changed key: the sentence, then r and q")
        s.type("q")
        tap.equal(s.exit(), 255, "... which ends it")
    other.stop()


def first_question(lab):
    """The server gives up while the first passphrase is being typed."""
    key = lab.key(passphrase="correct horse")
    client = client_for(lab, lab.sshd([key]), key)
    with below_a_shell(client) as s:
        s.wait("Passphrase:")
        s.type("touch")
        client.server.signal_children(signal.SIGKILL)
        s.wait("The connection has ended")
        s.type(" elsewhere")
        s.type("\r")
        s.wait("What to do")
        s.wait("outer>")
        s.type("echo after''wards\r")
        s.wait("afterwards\nouter>")
        becomes(s, lambda: "vmconnect: 127.0.0.1" in s.text(),
                "the reason is left behind")
        tap.ok(b"elsewhere" not in s.output(),
               "what is typed then is swallowed, not run", s.text())


def plain_question(lab):
    """The same without the full screen."""
    key = lab.key(passphrase="correct horse")
    client = client_for(lab, lab.sshd([key]), key)
    with below_a_shell(client, "true") as s:
        s.wait("Passphrase:")
        wait_for(lambda: not s.modes()["echo"], what="the hidden prompt")
        s.type("half a secr")
        client.server.signal_children(signal.SIGKILL)
        s.wait("\nvmconnect: ")
        s.wait("outer>")
        s.type("echo after''wards\r")
        s.wait("afterwards\nouter>")
        tap.ok(b"secr" not in s.output(), "plain: nothing typed is left over",
               s.text())


def stopped(lab, client):
    """Ctrl-Z while nothing goes to a server is ours."""
    hold = threading.Event()
    silent = lab.peer(lambda sock: hold.wait(60))
    with below_a_shell(client, port=silent.port) as s:
        s.wait("no greeting yet")
        s.type("\x1a")
        s.wait("outer>")
        becomes(s, lambda: s.modes()["echo"] and not s.modes()["alternate"],
                "Ctrl-Z stops it while it connects")
        s.type("fg\r")
        s.wait("no greeting yet")
        becomes(s, lambda: s.modes()["alternate"], "fg goes on")
        s.type("\x03")
        s.wait("cancelled")
        s.wait("outer>")
        tap.ok(True, "Ctrl-C ends the first connection")
    hold.set()


def main():
    with Lab() as lab:
        key = lab.key()
        client = client_for(lab, lab.sshd([key]), key)
        reasons(client)
        names_host(client)
        looks_back(client)
        gone_silent(client)
        still_typing(client)
        still_searching(client)
        words_of_the_menu(client)
        opens_behind(client)
        asked_again(client)
        silent_reconnect(lab, client)
        silent_without_line(lab, client)
        place_of_the_prompt(lab)
        place_of_notes(lab)
        left_behind(lab)
        stopped(lab, client)
        tiny(lab, key)
        tried_again(lab, key)
        locked_reconnect(lab)
        refused_reconnect(lab)
        another_host_key(lab)
        first_question(lab)
        plain_question(lab)
    return tap.done()


sys.exit(main())
