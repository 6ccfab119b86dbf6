"""--setup: a key, its line for the panel, the address, and in."""

import base64
import os
import stat
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, program
from screen import Screen
from servers import Lab, user
from session import becomes, shell, tap


def setup(client, *words, cols=80, rows=24):
    return Screen([program(), "-p", str(client.server.port), "--setup", *words],
                  cols, rows, client.environment())


def read(path):
    with open(path) as f:
        return f.read()


def from_nothing(lab, server):
    client = Client(lab, server)
    key = client.home + "/.ssh/id_ed25519"
    with setup(client, cols=120) as s:
        s.wait("New passphrase")
        s.type("correct horse\r")
        s.wait("again")
        s.type("correct horse\r")
        s.wait("Enter goes on")
        line = read(key + ".pub")
        becomes(s, lambda: line.strip() in s.text(), "the line for the panel")
        tap.ok(b"\x1b]52;c;" + base64.b64encode(line.strip().encode())
               in s.output(), "... on the clipboard too")
        tap.equal(stat.S_IMODE(os.stat(key).st_mode), 0o600, "a key was made")
        lab.authorize(server.authorized, [line.strip()])
        s.type("\r")
        s.wait("IP address")
        s.type("a b\r")
        s.wait("a b")
        s.type(" %s@127.0.0.1 \r" % user())
        s.wait("Passphrase")
        s.type("correct horse\r")
        shell(s)
        tap.ok(True, "a shell")
        tap.ok(b"correct horse" not in s.output(), "nothing typed is shown")


def with_a_key(lab, server):
    client = Client(lab, server)
    key = client.home + "/.ssh/id_ed25519"
    before = read(key)
    with setup(client, user() + "@127.0.0.1") as s:
        s.wait("Your key is ~/.ssh/id_ed25519")
        s.wait("Enter goes on")
        s.type("\r")
        s.wait("Passphrase")
        tap.ok(True, "a key that exists is taken, and a host that is named")
        s.type("\x1b")
        s.exit()
    with setup(client) as s:
        s.wait("Enter goes on")
        s.type("\x03")
        tap.equal(s.exit(), 255, "Ctrl-C ends it", s.text())
    tap.ok(read(key) == before, "the key was not touched")
    with setup(client, "-i", client.home + "/other") as s:
        s.wait("one is made, in ~/other")
        s.type("\x03")
        tap.equal(s.exit(), 255, "Ctrl-C while a key is made", s.text())
        tap.ok(not os.path.exists(client.home + "/other"), "... leaves none")
    with setup(client, "-i", key + "/other", cols=40) as s:
        s.says("Not a directory")
        tap.equal(s.exit(), 255, "a place where there can be no key", s.text())
        tap.ok("passphrase" not in s.text(), "... is told at once", s.text())
        becomes(s, lambda: "so nothing\nis set up" in s.text(),
                "... in whole words")
    with setup(client, "-i", "-") as s:
        s.wait("needs a key in a file")
        tap.equal(s.exit(), 255, "a key on standard input is none", s.text())


def no_clipboard(lab, server):
    """A terminal that would print what it is told of one."""
    client = Client(lab, server)
    words = [program(), "-p", str(server.port), "--setup"]
    for term in ("linux", "vt100"):
        with Screen(words, env=client.environment(TERM=term)) as s:
            s.wait("Enter goes on")
            tap.ok(b"\x1b]" not in s.output() and "clipboard" not in s.text(),
                   "%s is told of no clipboard" % term, s.text())
            s.type("\x03")
            s.exit()


def broken(lab, server):
    """A file in the key's place that is none."""
    client = Client(lab, server)
    key = lab.write("garbage", "garbage\n", 0o600)
    with setup(client, "-i", key, cols=200) as s:
        s.says("so nothing is set up")
        tap.equal(s.exit(), 255, "a file that is no key", s.text())
        tap.ok("panel wants" not in s.text() and "move that file away" in
               s.text(), "... is told, with what to do", s.text())
    tap.equal(read(key), "garbage\n", "... and stays as it was")


def public_alone(lab, server):
    """The private half is elsewhere, perhaps in an agent."""
    client = Client(lab, server)
    place = lab.path("alone")
    os.makedirs(place + "/.ssh")
    client.home = place
    public = place + "/.ssh/id_ed25519.pub"
    with open(public, "w") as f:
        f.write(read(lab.key() + ".pub"))
    before = read(public)
    with setup(client, "-i", public[:-len(".pub")], cols=120) as s:
        s.says("nothing is overwritten")
        tap.equal(s.exit(), 255, "-i names one: no key", s.text())
    with setup(client, cols=120) as s:
        s.wait("one is made, in ~/.ssh/id_ecdsa.")
        tap.ok("~/.ssh/id_ed25519.pub is there without its private half" in
               s.text(), "a public half alone is told", s.text())
        s.wait("New passphrase")
        s.type("\r")
        s.wait("Enter goes on")
        tap.ok("ecdsa-sha2-" in read(place + "/.ssh/id_ecdsa.pub"),
               "... and a key made in the next place that is free")
        s.type("\x03")
        s.exit()
    tap.equal(read(public), before, "the public half is as it was")
    with setup(client) as s:
        s.wait("Your key is ~/.ssh/id_ecdsa")
        tap.ok(True, "... and is the one from then on")
        s.type("\x03")
        s.exit()


def waits(lab):
    """A machine that does not answer yet is waited for."""
    server = lab.sshd([])
    client = Client(lab, server)
    server.stop()
    with setup(client, "-i", lab.key(), user() + "@127.0.0.1") as s:
        s.wait("Enter goes on")
        s.type("\r")
        s.wait("refused")
        s.wait("Esc")
        tap.ok(True, "a machine that does not answer yet is waited for")
        s.type("\x1b")
        becomes(s, lambda: s.exit() == 255, "until Esc")


def main():
    with Lab() as lab:
        server = lab.sshd([])
        from_nothing(lab, server)
        with_a_key(lab, server)
        no_clipboard(lab, server)
        broken(lab, server)
        public_alone(lab, server)
        waits(lab)
        status, out, err = Client(lab, server).run("--setup")
        tap.ok(status == 255 and "there is no terminal" in err,
               "without a terminal", err)
    return tap.done()


sys.exit(main())
