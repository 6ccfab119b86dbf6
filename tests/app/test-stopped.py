"""Every question: Ctrl-Z and fg, and another size, meanwhile."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client
from logins import sshd_pam, sshd_password
from screen import Screen
from servers import Lab, Tap, wait_for

tap = Tap()
PASSPHRASE = "correct horse"
PASSWORD = "Tr0ub4dor"
SHOWN = ("Your answer:", "Colour you like:")


def outer_shell(client):
    """One with job control: without it nobody can be stopped."""
    return Screen(["sh", "-i"], env=client.environment(PS1="outer> ", ENV=""))


def waits_again(s, prompt, seen):
    wait_for(lambda: s.output().count(prompt.encode()) > seen, what=prompt)


def stop_and_go(s, prompt, what):
    """At a question: stop, look at the terminal, go on, another size."""
    s.wait(prompt)
    s.type("\x1a")
    s.wait("outer>")
    modes = s.modes()
    tap.ok(modes["echo"] and modes["canonical"] and not modes["alternate"],
           what + ": stopped, the terminal is free", modes)
    seen = s.output().count(prompt.encode())
    s.type("clear; fg\r")
    waits_again(s, prompt, seen)
    s.resize(50, 16)
    s.resize(80, 24)
    s.wait(prompt)


def run(client, name, questions, plain, *words, **how):
    """questions: (prompt, answer) each; each is begun, stopped, and ended, or
    typed anew where nothing shows that it was begun."""
    command = " ".join("'%s'" % w for w in client.argv(*words, **how))
    if plain:
        command += " 'echo lo''gged in'"
    with outer_shell(client) as s:
        s.wait("outer>")
        s.type("clear; " + command + "\r")
        for prompt, answer in questions:
            s.wait(prompt)
            s.type(answer[:2])
            stop_and_go(s, prompt, "%s, %s" % (name, prompt))
            if prompt in SHOWN:
                tap.ok("dropped" not in s.text(), "... and nothing is dropped",
                       s.text())
            else:
                s.says("What you had typed was dropped; type it anew.")
            s.type((answer[2:] if prompt in SHOWN else answer) + "\r")
        s.wait("logged in" if plain else "Ctrl-] menu")
        tap.ok(True, name + ": answered and logged in")
        out = s.output()
        for secret in (PASSPHRASE, PASSWORD, "271828"):
            tap.ok(secret.encode() not in out, "... nothing is shown")
        if not plain:
            s.type("exit\r")
        s.wait("outer>")


def main():
    with Lab() as lab:
        key = lab.key("ed25519", passphrase=PASSPHRASE)
        server = lab.sshd([key])
        client = Client(lab, server, key)
        for plain in (True, False):
            how = "plain" if plain else "full screen"
            os.unlink(client.known_hosts)
            run(client, how, [("Your answer:", "a"),
                              ("Passphrase:", PASSPHRASE)], plain)
        client.server = sshd_password(lab, PASSWORD)
        client.know(client.server)
        client.key = None
        for plain in (True, False):
            how = "plain" if plain else "full screen"
            run(client, how, [("Password:", PASSWORD)], plain)
        client.server = sshd_pam(lab, ["E violet\tColour you like: ",
                                       "H 271828\tYour code: "])
        client.know(client.server)
        for plain in (True, False):
            how = "plain" if plain else "full screen"
            run(client, how, [("Colour you like:", "violet"),
                              ("Your code:", "271828")], plain)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
