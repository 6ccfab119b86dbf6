"""What the status line keeps in view, at all widths and with any name."""

import os
import re
import signal
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for
from screen import Screen
from servers import Lab, user
from session import becomes, check, shell, tap

NAMES = ("127.0.0.1", "ec2-203-0-113-25.eu-central-1.compute.amazonaws.com")
WIDTHS = (80, 60, 50, 41, 40)
SILENCE = r"(no answer|no answer for|silent) \d\d s(  |$)"


def bar(s):
    return s.rows()[-1]


def at_widths(s, name, *want):
    """All of these in the last row, at each width."""
    for cols in WIDTHS:
        s.resize(cols, 24)
        becomes(s, lambda: all(re.search(w, bar(s)) for w in want),
                "%s at %d columns" % (name, cols))
    s.resize(80, 24)


def stalls(client):
    """A session that is recorded and logged, and its server stops."""
    for name in NAMES:
        paths = [client.lab.path(name[:3] + end) for end in (".cast", ".log")]
        with client.screen("--record", paths[0], "-o", "SessionLog=" + paths[1],
                           "-o", "HostName=127.0.0.1",
                           user() + "@" + name) as s:
            shell(s, "menu")
            short = name[:3] + ": "
            s.type("seq 60; printf '\\033]2;%s\\a'\r" % ("a title " * 6))
            s.wait("\n60\nready>")
            at_widths(s, short + "at work", name[:7], "  rec  log  Ctrl-]")
            client.server.signal_children(signal.SIGSTOP)
            s.type("x")
            s.wait("no answer for 11 s")
            at_widths(s, short + "a stall", SILENCE, "  rec  log  Ctrl-]")
            s.type("\x1ds")
            becomes(s, lambda: re.search(SILENCE, bar(s)),
                    short + "a stall where the line is off")
            s.type("\x1ds\x1b[5;2~")
            s.wait("lines back")
            at_widths(s, short + "a stall while looking back", SILENCE,
                      "Esc back$")
            s.type("\x1b")
            s.wait("Ctrl-] menu")
            s.type("\x1d[")
            s.wait("Esc back")
            at_widths(s, short + "a stall in scroll mode", SILENCE,
                      "Esc back$")
            client.server.signal_children(signal.SIGCONT)


def titles(client):
    """On a narrow screen the user goes for the title's sake."""
    title = "a rather long title of a program"
    for name, words in (
            (NAMES[0], r" 127\.0\.0\.1:\d+  a rat\S*\u2026  Ctrl-\] menu"),
            (NAMES[1], r" ec2-203-0-113-2\u2026  a rat\S*\u2026  Ctrl-\] menu")):
        with client.screen("-o", "HostName=127.0.0.1", user() + "@" + name,
                           cols=40) as s:
            shell(s, "menu")
            s.type("printf '\\033]2;%s\\a'\r" % title)
            becomes(s, lambda: re.fullmatch(words, bar(s)),
                    "40 columns: host, title and key")


def directories(lab, client, key):
    """Of another machine than the session's with its name."""
    said = lab.write("said", "\x1b]7;file://vm-1/srv\a")
    server = lab.sshd([key], options=["ForceCommand cat %s; exec env -i sh" %
                                      said])
    whole = r" \S+@127\.0\.0\.1:\d+ +%s +Ctrl-\] menu"
    for server, own in ((server, "/srv"), (client.server, "")):
        with client_for(lab, server, key).screen() as s:
            if own:
                becomes(s, lambda: re.fullmatch(whole % own, bar(s)),
                        "the machine's own directory")
            else:
                shell(s)
            for uri, words in (("other/etc", "other:/etc"),
                               ("localhost/a", "/a"), ("/b", "/b"),
                               ("VM-1/c", "/c" if own else "VM-1:/c")):
                s.type("printf '\\033]2;\\a\\033]7;file://%s\\a'\r" % uri)
                becomes(s, lambda: re.fullmatch(whole % words, bar(s)),
                        "%s: %s" % (uri, words))


def fails(lab, client):
    """What cannot be written down any more is marked, until it is begun
    anew."""
    limited = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh"]
    words = client.argv("--record", lab.path("full.cast"), "-o",
                        "SessionLog=" + lab.path("full.log"))
    with Screen(limited + words, env=client.environment()) as s:
        shell(s, "rec  log  Ctrl-] menu")
        s.type("seq 30''00; echo\r")
        s.wait("has ended: File too large")
        s.type("\r")
        at_widths(s, "both have failed", "  rec failed  log failed")
        s.type("\x1dL")
        s.wait("File:")
        s.type(lab.path("new.log") + "\r")
        s.wait("Logging to")
        s.type("\r")
        s.wait("  rec failed  log  Ctrl-] menu")
        tap.ok(True, "a new log takes the mark away")
        s.type("seq 30''00; echo\r")
        s.wait("The log has ended")
        s.type("\r\x1dL")
        s.wait("File:")
        check("log failed" in bar(s), "it is there again", s)
        s.type("\x1b")
        s.wait("  rec failed  Ctrl-] menu")
        tap.ok(True, "so does who wants no other")


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        client = Client(lab, lab.sshd(authorized=[key]), key)
        stalls(client)
        titles(client)
        directories(lab, client, key)
        fails(lab, client)
    return tap.done()


sys.exit(main())
