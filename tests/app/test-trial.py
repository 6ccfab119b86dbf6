"""A new login, tested beside a session that goes on."""

import os
import re
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for
from servers import Lab, user, wait_for
from session import becomes, check, shell, tap

WHO = "A new login as %s@127.0.0.1" % user()


def result(s, *words):
    """The box with the result comes, and goes; the shell is as it was."""
    for word in words:
        s.wait(word)
    tap.ok(True, " ... ".join(words))
    s.type("\x1b")
    s.gone(words[-1])
    s.type("clear; echo still he''re\r")
    s.wait("still here\nready>")


def plain(lab):
    key = lab.key()
    server = lab.sshd([key])
    client = Client(lab, server, key)
    with client.screen(cols=90) as s:
        shell(s)
        s.type("\x1dT")
        result(s, WHO + " works; it took")
        lab.authorize(server.authorized, [])
        s.type("\x1dT")
        result(s, "Keep this session open", "refused", "its modes, or")
        lab.authorize(server.authorized, [key])
        os.kill(server.pid, signal.SIGSTOP)
        s.type("\x1dT")
        s.wait("Testing a new login beside this session")
        tap.ok(True, "the box is there before the result")
        s.type("\x1b")
        s.gone("beside this session")
        s.wait("Testing a new login: ")
        s.wait(", 2 s")
        s.type("echo go''es on\r")
        s.wait("goes on")
        tap.ok(True, "the session goes on meanwhile")
        s.type("\x1dT")
        s.wait("is stopped")
        s.type("\x1dT")
        s.wait("beside this session")
        s.type("\x1b")
        s.gone("beside this session")
        os.kill(server.pid, signal.SIGCONT)
        becomes(s, lambda: WHO + " works" in s.rows()[-1] and
                "beside" not in s.text(),
                "a box that is closed stays so: the status line tells")
        server.process.kill()  # the session's own process stays
        server.process.wait()
        s.type("\x1dT")
        result(s, WHO + " does not work", "Keep this session open",
               "listens there no more", "configuration is sound")
        s.type("\x1de")
        s.wait("Event log")
        becomes(s, lambda: re.search(
            "works; it took .*\n.*│ {11}The session that is open", s.text()),
                "the event log has it, with its lines below each other")


def asking(lab):
    key = lab.key(passphrase="correct horse")
    client = client_for(lab, lab.sshd([key]), key)
    with client.screen(cols=90) as s:
        s.wait("Passphrase")
        s.type("correct horse\r")
        shell(s)
        s.type("\x1dT")
        s.wait("Passphrase")
        s.type("wrong\r")
        s.wait("Try 2")
        s.type("\x1b")
        result(s, "was cancelled")
        s.type("\x1dT")
        s.wait("Passphrase")
        s.wait("Testing a new login: waiting for you ")
        tap.ok(True, "it waits for the user's answer, and says so")
        time.sleep(4)
        s.type("correct horse\r")
        s.wait(" works; it took ")
        check(float(re.search(r"it took ([0-9.]+) s", s.text())[1]) < 4,
              "the time is the server's, not the person's", s)
        result(s, WHO + " works")
        tap.ok(b"correct horse" not in s.output(), "nothing typed is shown")


def lost(lab):
    """The connection ends while the test has a question open."""
    key = lab.key(passphrase="correct horse")
    server = lab.sshd([key])
    client = client_for(lab, server, key)
    with client.screen(cols=90) as s:
        s.wait("Passphrase")
        s.type("correct horse\r")
        shell(s)
        s.type("\x1dT")
        s.wait("Passphrase")
        server.stop()
        s.wait("Lost at")
        s.gone("Passphrase")
        s.type("\r")
        s.wait("r reconnect")
        tap.ok(True, "a loss ends the test and its question")
        s.type("q")
        wait_for(lambda: s.exit() == 255, what="its end")


def main():
    with Lab() as lab:
        plain(lab)
        asking(lab)
        lost(lab)
    return tap.done()


sys.exit(main())
