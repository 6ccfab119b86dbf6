"""A passphrase in an 8-bit locale is UTF-8 in the key's file: for both
programs, however it is given, and for everybody else's.  A locale that is
missing."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for
from keytools import Keygen, by_puttygen, by_ssh_keygen, half, read
from servers import Lab, find_program
from session import shell, tap

WORD = "pässwört €5"  # the euro has another number in ISO 8859-15
TYPED = WORD.encode("iso8859-15")


def make_locale(lab):
    """The environment of a locale that is made for this test."""
    name = "en_US.ISO-8859-15"
    subprocess.run([find_program("localedef"), "-i", "en_US", "-f",
                    "ISO-8859-15", lab.path(name)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return dict(LOCPATH=lab.dir, LC_ALL=name, LANG=name)


def reads(keygen, env, path, how, word):
    got, out, err = keygen.run("-p", "-P", word, "-N", word, "-f", path,
                               env=env)
    tap.equal((got, out), (0, b""), "%s: opened with -P" % how, err)


def given(lab, keygen, latin):
    """On the command line, and what the other tools need to open it."""
    for form, opens in (("openssh", by_ssh_keygen), ("ppk", by_puttygen)):
        path = lab.path("given-" + form)
        got, _, err = keygen.run("-f", path, "--format", form, "-N", TYPED,
                                 "-C", "x", env=latin)
        tap.equal(got, 0, "%s: made with -N in the 8-bit locale" % form, err)
        tap.equal(opens(path, WORD), half(read(path + ".pub")),
                  "... another tool opens it with UTF-8")
        reads(keygen, dict(LC_ALL="C.UTF-8"), path, "in a UTF-8 locale", WORD)
        reads(keygen, latin, path, "in the 8-bit one", TYPED)
        reads(keygen, dict(LC_ALL="C"), path, "in C", WORD)


def typed(lab, keygen, latin):
    path = lab.path("typed")
    with keygen.screen("-f", path, "-C", "x", **latin) as s:
        s.wait("New passphrase")
        s.type(TYPED + b"\r")
        s.wait("The same again")
        s.type(TYPED + b"\r")
        tap.equal(s.exit(), 0, "made with what is typed")
    tap.equal(by_ssh_keygen(path, WORD), half(read(path + ".pub")),
              "... another tool opens it with UTF-8")
    return path


def logs_in(lab, keygen, latin, key):
    client = Client(lab, lab.sshd([key]), key)
    for how, words, ready in (("plain", ["echo lo''gged in"], "logged in"),
                              ("full screen", [], "Ctrl-] menu")):
        with client.screen(*words, **latin) as s:
            s.wait("Passphrase:")
            s.type(TYPED + b"\r")
            s.wait(ready)
            tap.ok(True, "%s: typed at a login" % how)
    program = lab.write("askpass", "#!/bin/sh\nprintf '%s\\n'\n" % "".join(
        "\\%03o" % byte for byte in TYPED), 0o700)
    ask = dict(latin, SSH_ASKPASS=program, SSH_ASKPASS_REQUIRE="force")
    got, out, err = client.run("echo in", **ask)
    tap.equal((got, out), (0, b"in\n"), "by SSH_ASKPASS at a login", err)
    got, out, err = keygen.run("-p", "-N", TYPED, "-f", key, env=ask)
    tap.equal((got, out), (0, b""), "by SSH_ASKPASS for keygen", err)


def missing(lab):
    """A locale that this system has not, but in UTF-8."""
    key = lab.key("ed25519")
    client = client_for(lab, lab.sshd([key]), key)
    with client.screen(LC_ALL="xx_XX.UTF-8") as s:
        shell(s)
        s.type("clear; printf '%b\\n' '\\303\\251\\342\\224\\200|'\r")
        s.wait("é─|\n")
        tap.ok(True, "a locale that is missing: the screen is UTF-8")
        s.type("echo ü日|cat\r")
        s.wait("\nü日\n")
        tap.ok(True, "... and so is what is typed")


def main():
    with Lab() as lab:
        latin, keygen = make_locale(lab), Keygen(lab.dir)
        given(lab, keygen, latin)
        logs_in(lab, keygen, latin, typed(lab, keygen, latin))
        missing(lab)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
