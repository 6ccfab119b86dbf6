"""Questions by SSH_ASKPASS: which ones, and what the answers do."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for
from logins import sshd_pam, sshd_password
from memory import children_of, client_below
from servers import Lab, Tap, user, wait_for

tap = Tap()
PASSPHRASE = "correct horse"


class Askpass:
    """A program that answers by what it is asked: lines "PATTERN=ANSWER"; the
    answer "-" cancels, "." waits for ever.  What it was asked is kept."""

    def __init__(self, lab, *rules):
        lab.count += 1
        self.log = lab.path("asked%d" % lab.count)
        cases = ""
        for rule in rules:
            pattern, _, answer = rule.partition("=")
            does = {"-": "exit 1", ".": "exec sleep 1000"}.get(
                answer, "echo '%s'" % answer)
            cases += "*'%s'*) %s;;\n" % (pattern, does)
        self.path = lab.write("askpass%d" % lab.count, """#!/bin/sh
printf '%%s|%%s\\n--\\n' "$SSH_ASKPASS_PROMPT" "$1" >>'%s'
case $1 in
%s*) exit 3;;
esac
""" % (self.log, cases), 0o700)

    def asked(self):
        if not os.path.exists(self.log):
            return []
        with open(self.log) as f:
            return f.read().split("\n--\n")[:-1]

    def env(self, require="force", **more):
        return dict(SSH_ASKPASS=self.path, SSH_ASKPASS_REQUIRE=require, **more)


def passphrases(lab):
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    server = lab.sshd([key])
    client = Client(lab, server, key)
    ask = Askpass(lab, "Passphrase:=" + PASSPHRASE)
    got, out, err = client.run("echo in", **ask.env())
    tap.equal((got, out), (0, b"in\n"), "a passphrase, without a terminal", err)
    tap.ok(len(ask.asked()) == 1 and os.path.basename(key) in ask.asked()[0],
           "... asked once, with the key's name", ask.asked())
    tap.ok(PASSPHRASE not in err, "... and not shown", err)
    got, out, err = client.run("echo in", **ask.env("", DISPLAY=":77"))
    tap.equal((got, out), (0, b"in\n"), "where there is a display", err)
    n = len(ask.asked())
    got, out, err = client.run("echo in", **ask.env("never", DISPLAY=":77"))
    tap.equal((got, len(ask.asked())), (255, n), "but not with never", err)
    got, out, err = client.run("-o", "BatchMode=yes", "echo in", **ask.env())
    tap.equal((got, len(ask.asked())), (255, n), "nor with BatchMode", err)
    wrong = Askpass(lab, "Passphrase:=wrong")
    got, out, err = client.run("echo in", **wrong.env())
    tap.ok(got == 255 and "wrong passphrase, 3 times" in err and
           len(wrong.asked()) == 3 and "Try 3 of 3" in wrong.asked()[2],
           "three wrong ones", err, wrong.asked())
    empty = Askpass(lab, "Passphrase:=")
    got, out, err = client.run("echo in", **empty.env())
    tap.ok(got == 255 and "nothing was typed; this key needs its" in err and
           "wrong" not in err, "three empty ones", err)
    cancel = Askpass(lab, "Passphrase:=-")
    got, out, err = client.run("echo in", **cancel.env())
    tap.ok(got == 255 and "cancelled" in err and len(cancel.asked()) == 1,
           "an exit status cancels", err)
    got, out, err = client.run("echo in", SSH_ASKPASS=lab.path("none"),
                               SSH_ASKPASS_REQUIRE="force")
    tap.ok(got == 255 and "cannot run " + lab.path("none") in err,
           "a program that is missing", err)


def on_terminals(lab):
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    server = lab.sshd([key])
    client = client_for(lab, server, key)
    ask = Askpass(lab, "Passphrase:=" + PASSPHRASE)
    for how, words, ready in (("plain", ["echo lo''gged in"], "logged in"),
                              ("full screen", [], "Ctrl-] menu")):
        with client.screen(*words, **ask.env()) as s:
            s.wait(ready)
            tap.ok("Passphrase:" not in s.text(), how + ": with force")
        with client.screen(*words, **ask.env("", DISPLAY=":77")) as s:
            s.wait("Passphrase:")
            s.type(PASSPHRASE + "\r")
            s.wait(ready)
            tap.ok(True, how + ": else the terminal asks")
        hang = Askpass(lab, "Passphrase:=.")
        with client.screen(*words, **hang.env()) as s:
            wait_for(hang.asked, what="the question")
            pid = client_below(s.process.pid)
            below = children_of(pid, "")
            s.type("\x03")
            s.exit()
            tap.ok(below and
                   not any(os.path.exists("/proc/%d" % p) for p in below),
                   how + ": Ctrl-C ends the program too", below)


def questions(lab):
    key = lab.key("ed25519")
    server = lab.sshd([key])
    client = Client(lab, None, key)
    client.server = server
    os.unlink(client.known_hosts)
    nonsense = Askpass(lab, "fingerprint=maybe")
    got, out, err = client.run("echo in", **nonsense.env())
    tap.ok(got == 255 and "the host key was not accepted: the answers of the "
           "SSH_ASKPASS program were none" in err and "SHA256:" in err and
           len(nonsense.asked()) == 3, "three answers that are none", err,
           nonsense.asked())
    ask = Askpass(lab, "fingerprint=a")
    got, out, err = client.run("echo in", **ask.env())
    tap.ok(got == 0 and out == b"in\n" and
           "remember it" in ask.asked()[0] and "SHA256:" in ask.asked()[0],
           "an unknown host key", err, ask.asked())
    got, out, err = client.run("echo in", **ask.env())
    tap.equal((got, len(ask.asked())), (0, 1), "... is known now", err)
    os.chmod(key, 0o644)
    no = Askpass(lab, "private=-")
    got, out, err = client.run("echo in", **no.env())
    tap.ok(got == 255 and no.asked() and no.asked()[0].startswith("confirm|"),
           "a file open to others: no", err, no.asked())
    typed = Askpass(lab, "private=no")
    got, out, err = client.run("echo in", **typed.env())
    tap.ok(got == 255 and os.stat(key).st_mode & 0o777 == 0o644,
           "... no, typed into a program that knows no such questions", err)
    yes = Askpass(lab, "private=Yes")
    got, out, err = client.run("echo in", **yes.env())
    tap.equal((got, out), (0, b"in\n"), "... yes, typed", err)
    os.chmod(key, 0o644)
    yes = Askpass(lab, "private=")
    got, out, err = client.run("echo in", **yes.env())
    tap.equal((got, out), (0, b"in\n"), "... yes", err)
    tap.equal(os.stat(key).st_mode & 0o777, 0o600, "... made private")
    client.to = "127.0.0.1"
    nonsense = Askpass(lab, "login as=-x")
    got, out, err = client.run("true", key=lab.key(), **nonsense.env())
    tap.ok(got == 255 and "no login name: the SSH_ASKPASS program" in err and
           len(nonsense.asked()) == 3, "three names that are none", err,
           nonsense.asked())
    server = sshd_pam(lab, ["I Welcome", "E violet\tColour you like: ",
                            "H 271828\tYour code: "])
    client = Client(lab)
    client.server = server
    client.know(server)
    ask = Askpass(lab, "Colour you like:=violet", "Your code:=271828")
    got, out, err = client.run("echo in", **ask.env())
    tap.ok((got, out) == (0, b"in\n") and len(ask.asked()) == 2 and
           # some servers send PAM's words as a banner, outside of the prompt
           "Welcome" in ask.asked()[0] + err and
           "words of the server" in ask.asked()[0],
           "the server's prompts", err, ask.asked())
    server = sshd_password(lab, "Tr0ub4dor")
    client.server = server
    client.know(server)
    ask = Askpass(lab, "the password of " + user() + "=Tr0ub4dor")
    got, out, err = client.run("echo in", **ask.env())
    tap.equal((got, out), (0, b"in\n"), "a password", err)
    tap.ok("Tr0ub4dor" not in err, "... which is not shown", err)


def main():
    with Lab() as lab:
        passphrases(lab)
        on_terminals(lab)
        questions(lab)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
