"""What machine it is: asked from the menu, and by --about-vm."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for, harmless
from servers import Lab, wait_for
from session import becomes, clipboard, shell, tap

ROWS = ("System", "Name", "Processors", "Memory", "Disk", "Up", "Load",
        "Updates", "Reboot", "cloud-init", "Passwords", "Keys")


def account(lab, key, **more):
    """A server whose account has a home with three lines of keys."""
    lab.count += 1
    home = lab.path("account%d" % lab.count)
    os.makedirs(home + "/.ssh")
    with open(home + "/.ssh/authorized_keys", "w") as f:
        f.write("# a comment\nssh-ed25519 AAAA one\n\n  ssh-rsa AAAA two\n")
    options = ["SetEnv HOME=" + home] + more.pop("options", [])
    return lab.sshd([key], options=options, **more)


def asked_and_left(s):
    """The box is closed before the machine has answered."""
    s.wait("Ctrl-] menu")
    s.type("\x1dm")
    s.wait("Asking the machine")
    s.type("\x1b")
    s.gone("Asking the machine")


def named(text):
    return [line.split(" ")[0] for line in text.splitlines()]


def plain(lab, key):
    client = Client(lab, account(lab, key), key)
    status, out, err = client.run("--about-vm")
    text = out.decode()
    tap.equal((status, named(text)), (0, list(ROWS)), "--about-vm", err)
    tap.ok("2 in ~/.ssh/authorized_keys" in text and os.uname().release in text,
           "... counts the keys, knows the kernel", text)
    tap.ok(harmless(text), "... and is harmless")


def in_menu(lab, key):
    server = account(lab, key)
    client = client_for(lab, server, key)
    with client.screen() as s:
        shell(s)
        s.type("\x1dm")
        s.wait("This machine")
        s.wait("2 in ~/.ssh/authorized_keys")
        s.type("y")
        s.gone("This machine")
        becomes(s, lambda: [named(text) for text in clipboard(s)] ==
                [list(ROWS)], "from the menu, copied")
        s.type("echo still he''re\r")
        s.wait("still here")
        tap.ok(True, "... and the shell goes on")


def refused(lab, key):
    server = account(lab, key, options=["MaxSessions 1"])
    client = client_for(lab, server, key)
    with client.screen() as s:
        shell(s)
        s.type("\x1dm")
        s.wait("starts no second program")
        tap.ok(True, "a server that starts one program only")


def closed(lab, key):
    """A box that is closed does not come back with the answer."""
    program = lab.write("waits", """#!/bin/sh
test -n "$SSH_ORIGINAL_COMMAND" || exec sh
while ! test -f %s; do sleep .05; done
touch %s
""" % (lab.path("go"), lab.path("gone")), 0o700)
    server = account(lab, key, options=["ForceCommand " + program])
    client = client_for(lab, server, key)
    with client.screen() as s:
        asked_and_left(s)
        lab.write("go", "")
        wait_for(lambda: os.path.exists(lab.path("gone")))
        s.type("\x1dT")
        s.wait("A new login")
        tap.ok("This machine" not in s.text(), "closed, it stays closed",
               s.text())


def hostile(lab, key):
    """What is printed there is shown harmless, and not waited for long."""
    program = lab.write("program", """#!/bin/sh
test -n "$SSH_ORIGINAL_COMMAND" || exec sh
printf 'a\\033[31mb\\007'
test -f %s || exec sleep 60
""" % lab.path("ends"), 0o700)
    server = account(lab, key, options=["ForceCommand " + program])
    client = client_for(lab, server, key)
    lab.write("ends", "")
    status, out, err = client.run("--about-vm")
    tap.equal(out.decode(), "ab\ufffd", "--about-vm: harmless bytes too", err)
    os.unlink(lab.path("ends"))
    with client.screen() as s:
        asked_and_left(s)
        s.type("\x1dm")
        s.wait("Asking the machine")
        tap.ok(True, "the box may be closed, and opened again")
        s.wait(" ab\ufffd")
        tap.ok(True, "one that never ends is cut, its bytes are harmless")


def main():
    with Lab() as lab:
        key = lab.key()
        plain(lab, key)
        in_menu(lab, key)
        refused(lab, key)
        closed(lab, key)
        hostile(lab, key)
    return tap.done()


sys.exit(main())
