"""An expired password is changed in the login (RFC 4252 section 8).

OpenSSH asks for a new one by keyboard-interactive, with PAM; no server here
sends SSH_MSG_USERAUTH_PASSWD_CHANGEREQ, so the peer of sshpeer.py does.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import client_for
from logins import sshd_pam
from memory import around, client_below, memory_of
from servers import Lab, Tap, user, wait_for
from sshpeer import SshPeer

tap = Tap()
WORDS = "Twelve letters at least \x1b[31mplease"
OLD, NEW, SHORT, WRONG = "old-Tr0ub4dor", "correct-horse", "battery", "staple"


class Expiring:
    """A server that wants a new password of twelve letters; what came."""

    def __init__(self, lab):
        self.came = []
        self.peer = SshPeer(lab, self.login)

    def login(self, ssh):
        while True:
            _, method, rest = ssh.request()
            if method != "password" or not self.judge(ssh, rest):
                ssh.failure("password")
            elif self.came[-1:] == [(OLD, NEW)]:
                ssh.success()
                return

    def judge(self, ssh, rest):
        change, old = rest.byte(), rest.string().decode()
        new = rest.string().decode() if change else None
        self.came.append((old, new))
        if old != OLD or new == WRONG:
            return False
        if new is None or len(new) < 12:
            ssh.want_new_password(WORDS)
        return True


def changed(lab, how, words, end):
    server = Expiring(lab)
    with client_for(lab, server.peer).screen(*words) as s:
        s.wait("The server wants the password of " + user())
        s.type("not it\r")
        s.wait("did not accept that. Try 2 of 3")
        s.type(OLD + "\r")
        s.wait("has expired")
        s.wait("These are the words of the server, 127.0.0.1")
        s.wait("Twelve letters at least")
        tap.ok(b"\x1b[31mplease" not in s.output(),
               "%s: the server's words, harmless" % how)
        s.type(SHORT + "\r")
        s.wait("The same again:")
        s.type(NEW + "\r")
        s.wait("two different passwords")
        tap.equal(len(server.came), 2, "%s: unequal ones are not sent" % how)
        s.type(SHORT + "\r")
        again(s, words, 2)
        s.type(SHORT + "\r")
        s.wait("did not take that new password")
        s.type(NEW + "\r")
        again(s, words, 3)
        s.type(NEW + "\r")
        end(s)
        out = s.output().decode("utf-8", "replace")
        tap.ok(not any(x in out for x in (OLD, NEW, SHORT)),
               "%s: what was typed is not shown" % how, out)
    tap.equal(server.came, [("not it", None), (OLD, None), (OLD, SHORT),
                            (OLD, NEW)], "%s: what the server was told" % how)
    tap.equal(server.peer.errors, [], "... in order")


def again(s, plain, times):
    """The second question: on a plain terminal it stands there already."""
    if plain:
        wait_for(lambda: s.output().count(b"The same again:") >= times,
                 what="the same again, %d times" % times)
    else:
        s.wait("The same again:")


def runs(s):
    tap.equal(s.exit(), 0, "plain: the new password logs in")


def forgotten(s):
    s.wait("Ctrl-] menu")
    text = memory_of(client_below(s.process.pid))
    for what, secret in (("old", OLD), ("new", NEW), ("refused", SHORT)):
        tap.ok(user().encode() + b"@127.0.0.1" in text and
               secret.encode() not in text,
               "the %s password is not left in memory" % what,
               around(text, secret.encode()))
    s.type("\x1d.")
    s.exit()


def refused(lab):
    """The server says that it was not changed, and asks anew."""
    server = Expiring(lab)
    with client_for(lab, server.peer).screen() as s:
        s.wait("Password:")
        s.type(OLD + "\r")
        s.wait("New password:")
        s.type(WRONG + "\r")
        s.wait("The same again:")
        s.type(WRONG + "\r")
        s.wait("The password was not changed. Try 2 of 3")
        s.type(OLD + "\r")
        s.wait("New password:")
        s.type("\x1b")
        tap.equal(s.exit(), 255, "a change can be refused, and cancelled")
        s.wait("cancelled")
    with client_for(lab, server.peer).screen("true") as s:
        s.wait("Password:")
        s.type(OLD + "\r")
        for times in (1, 2, 3):
            wait_for(lambda: s.output().count(b"New password:") >= times,
                     what="New password:")
            s.type("\r")
            again(s, True, times)
            s.type("\r")
        tap.equal(s.exit(), 255, "an empty one is none")
        s.wait("no new password")


def by_prompts(lab):
    server = sshd_pam(lab, ["H old\tPassword: ", "I It has expired",
                            "N new\tNew password: ", "N new\tAgain: "])
    with client_for(lab, server).screen("echo lo''gged in") as s:
        for asked, answer in (("Password:", "wrong"), ("Try 2 of 3", "old"),
                              ("New password:", "new"), ("Again:", "mistyped"),
                              ("Try 3 of 3", "old")):
            s.wait(asked)
            s.type(answer + "\r")
        for asked in (b"New password:", b"Again:"):
            wait_for(lambda: s.output().count(asked) >= 2, what=asked)
            s.type("new\r")
        s.wait("logged in")
        tap.ok(True, "with PAM: a wrong old one, unequal new ones, then right")


def main():
    with Lab() as lab:
        changed(lab, "plain", ["true"], runs)
        changed(lab, "full screen", [], forgotten)
        refused(lab)
        by_prompts(lab)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
