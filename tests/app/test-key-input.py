"""A key on standard input (-i -), and the questions about key files."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, checks, harmless
from screen import Screen
from servers import Lab, Tap, find_program

tap = Tap()
logs_in, fails = checks(tap)
WORDS = "correct horse"


def read(path):
    with open(path, "rb") as f:
        return f.read()


def piped(client, key, *words):
    """Cat KEY | vmconnect -i - ...: (status, stdout, stderr)."""
    return client.run("-i", "-", *words, input=read(key))


def commands(lab, client):
    key = lab.key()
    lab.authorize(client.server.authorized, [key])
    status, out, err = piped(client, key, "echo in; cat")
    tap.ok(status == 0 and out == b"in\n", "a command, whose input ends", err)
    status, out, err = piped(client, key, "-i", "-", "-v", "echo in")
    tap.ok(out == b"in\n" and err.count("Offering") == 1,
           "named twice it is read once", err)
    text = read(key).replace(b"\n", b"\r\n")
    status, out, err = client.run("-i", "-", "echo in", input=text)
    tap.ok(out == b"in\n", "with CR LF", err)
    ppk = lab.path("piped.ppk")
    subprocess.run([find_program("puttygen"), key, "-O", "private", "-o", ppk],
                   check=True)
    status, out, err = piped(client, ppk, "echo in")
    tap.ok(out == b"in\n", "a PPK", err)


def mistakes(lab, client):
    key = lab.key()
    for what, text, says in (
            ("nothing", b"", "/dev/stdin: this file is empty"),
            ("a web page", b"<html>", "/dev/stdin: this is a web page"),
            ("too much", bytes(2 ** 20 + 1), "larger than 1048576"),
            ("a public half", read(key + ".pub"),
             "/dev/stdin: this is the public half")):
        status, out, err = client.run("-i", "-", "true", input=text)
        tap.ok(status == 255 and says in err and harmless(err), what, err)
    status, out, err = piped(client, key)
    tap.ok(status == 255 and "give a command" in err,
           "a shell without a terminal", err)
    with client.screen("-i", "-") as s:
        status = s.exit()
        tap.ok(status == 255 and "standard input is the terminal"
               in s.output().decode(), "the terminal as standard input",
               status, s.output())


def shell(lab, client):
    """What is typed comes from the terminal then."""
    key = lab.key("ed25519", passphrase=WORDS)
    lab.authorize(client.server.authorized, [key])
    argv = client.argv("-i", "-")
    line = "cat %s | exec %s" % (key, " ".join(argv))
    with Screen(["sh", "-c", line], env=client.environment()) as s:
        s.wait("Passphrase:")
        s.type(WORDS + "\r")
        s.wait("Ctrl-] menu")
        s.type("echo t''yped\r")
        s.wait("typed")
        tap.ok(True, "a shell in the full screen")
        s.type("exit 7\r")
        tap.equal(s.exit(), 7, "  and its end")
    line += " -t 'echo re''ady; read x; echo got $x'"
    with Screen(["sh", "-c", line], env=client.environment()) as s:
        s.wait("Passphrase:")
        s.type(WORDS + "\r")
        s.wait("ready")
        s.type("this\r")
        s.wait("got this")
        tap.equal(s.exit(), 0, "a command with -t")


def long_passphrase(lab, client):
    """As long as nobody types it, but may paste it."""
    words = "\u043f\u0430\u0440\u043e\u043b\u044c \u5bc6\u7801 " * 15
    key = lab.key("ed25519", passphrase=words)
    lab.authorize(client.server.authorized, [key])
    with client.screen(key=key) as s:
        s.wait("Passphrase:")
        s.type(words + "\r")
        s.wait("Ctrl-] menu")
        tap.ok(True, "a passphrase of %d bytes, in the full screen"
               % len(words.encode()))
        s.type("exit\r")
        s.exit()
    with client.screen("-T", "echo in", key=key) as s:
        s.wait("Passphrase:")
        s.type(words + "\r")
        s.wait("in")
        tap.equal(s.exit(), 0, "  on the plain terminal")


def public_half(lab, client):
    key = lab.key()
    lab.authorize(client.server.authorized, [key])
    with client.screen(key=key + ".pub") as s:
        s.wait("Use ")
        tap.ok("Public half of a key" in s.text(), "KEY.pub: it is said")
        s.type("y\r")
        s.wait("Ctrl-] menu")
        tap.ok(True, "  and y logs in with KEY")
        s.type("exit\r")
        s.exit()
    with client.screen(key=key + ".pub") as s:
        s.wait("Use ")
        s.type("\r")
        tap.equal(s.exit(), 255, "  Enter does not")
    fails(client, "  without a terminal it is named", key=key + ".pub",
          says="log in with its private half: -i %s\n" % key)
    os.chmod(key, 0o644)
    with client.screen(key=key + ".pub") as s:
        s.wait("Use ")
        s.type("y\r")
        s.wait("Make it private?")
        s.type("y\r")
        s.wait("Ctrl-] menu")
        tap.equal(os.stat(key).st_mode & 0o777, 0o600,
                  "  one question leads to the next")
        s.type("exit\r")
        s.exit()


def open_among_others(lab, client):
    """A file that others may read does not stand before a good one."""
    key, good = lab.key(), lab.key()
    lab.authorize(client.server.authorized, [good])
    os.chmod(key, 0o644)
    for words, name in ((["-i", good], "first"), ([], "last")):
        keys = (key, good) if words else (good, key)
        logs_in(client, "of two files one open to others, " + name, "-o",
                "BatchMode=yes", "-i", keys[1], key=keys[0],
                says="" if keys[0] == good else
                "%s cannot be used; going on without this key" % key)
    with client.screen("-i", good, key=key) as s:
        s.wait("go on without this key")
        s.type("\r")
        s.wait("Ctrl-] menu")
        tap.equal(os.stat(key).st_mode & 0o777, 0o644,
                  "  asked for, it may be left as it is")
        s.type("\x1dT")
        s.wait("works; it took")
        tap.ok("Make it private?" not in s.text(),
               "  and is not asked about for another login", s.text())
        s.type("\x1b")
        s.gone("works; it took")
        s.type("exit\r")
        s.exit()
    fails(client, "  of two such files none is used", "-o", "BatchMode=yes",
          "-i", key, key=key, says="other users can read this private key")


def found_beside(lab, client):
    """Which files are taken for the private half."""
    key, other = lab.key(), lab.key()
    ppk = key + ".ppk"
    subprocess.run([find_program("puttygen"), key, "-O", "private", "-o", ppk],
                   check=True)
    os.rename(key, key + ".away")
    fails(client, "KEY.ppk beside KEY.pub", says="-i %s\n" % ppk,
          key=key + ".pub")
    os.rename(other, key)
    fails(client, "not another key that is called so", says="-i %s\n" % ppk,
          key=key + ".pub")
    os.unlink(ppk)
    fails(client, "nothing else", says="give the private half",
          key=key + ".pub")


def nearly_named(lab, client):
    key = lab.key()
    lab.authorize(client.server.authorized, [key])
    with client.screen(key=key + ".ppk") as s:
        s.wait("Use ")
        tap.ok("No such file" in s.text(), "KEY.ppk, where KEY is: it is said")
        s.type("y\r")
        s.wait("Ctrl-] menu")
        tap.ok(True, "  and y logs in with KEY")
        s.type("exit\r")
        s.exit()
    fails(client, "  without a terminal it is named", key=key + ".ppk",
          says="a private key has nearly its name: -i %s\n" % key)
    os.rename(key, key + ".away")
    fails(client, "no such key", key=key + ".ppk",
          says="no such file; -i takes the path of your private key\n")


def foreign_public_half(lab, client):
    """It only shows when the file, which hides its own, has been opened."""
    key = lab.key("rsa", 2048, passphrase=WORDS, options=["-m", "PEM"])
    other = lab.key()
    os.rename(other + ".pub", key + ".pub")
    lab.authorize(client.server.authorized, [key])
    with client.screen(key=key) as s:
        s.wait("Passphrase:")
        s.type(WORDS + "\r")
        tap.equal(s.exit(), 255, "another key's .pub beside it")
        said = " ".join(s.output().decode().split())
        tap.ok("vmconnect-keygen -y %s > %s.pub" % (key, key) in said,
               "  and how to mend that", said)


def main():
    with Lab() as lab:
        client = Client(lab, lab.sshd())
        commands(lab, client)
        mistakes(lab, client)
        shell(lab, client)
        long_passphrase(lab, client)
        public_half(lab, client)
        open_among_others(lab, client)
        found_beside(lab, client)
        nearly_named(lab, client)
        foreign_public_half(lab, client)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
