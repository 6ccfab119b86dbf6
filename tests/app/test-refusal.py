"""When nothing worked: what was offered, what was answered, and why."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, harmless
from logins import sshd_password
from servers import Lab, Tap, find_program, user

tap = Tap()


def client_for(lab, server, key=None):
    client = Client(lab, key=key)
    client.server = server
    client.know(server)
    return client


def fails(client, name, *words, says=(), never=(), **how):
    """Without a terminal: the exit status, and what standard error says."""
    status, out, err = client.run(*words, "true", **how)
    flat = " ".join(err.split())
    tap.ok(status == 255 and not out and harmless(err) and
           all(words in flat for words in says) and
           not any(words in flat for words in never), name, status, err)
    return err


def name_of(key):
    return os.path.basename(key)


def print_of(key):
    out = subprocess.run([find_program("ssh-keygen"), "-l", "-f", key + ".pub"],
                         check=True, stdout=subprocess.PIPE).stdout.decode()
    return re.search(r"SHA256:\S+", out).group()


# What the server is believed to be, whatever this system is.
UBUNTU = ["VersionAddendum Ubuntu-1"]


def keys_refused(lab):
    server = lab.sshd(options=UBUNTU)
    key = lab.key("ed25519", comment="me@laptop")
    client = client_for(lab, server, key)
    err = fails(client, "one key, refused", says=[
        name_of(key) + ": refused", "ED25519 " + print_of(key) +
        " me@laptop", "it accepts: publickey"])
    last = err[err.rindex("vmconnect: "):].splitlines()[1:]
    tap.ok([line[:14] for line in last] == ["  What to do: ",
                                            "  What cannot "],
           "the error comes last, with what to do", err)
    tap.ok(".ssh/authorized_keys" in err or "wrong user name" in err,
           "... with a cause", err)
    fails(client, "another name than the image's", "-l", "bob", says=[
        "wrong user name: on Ubuntu images it is usually ubuntu"])
    fails(client, "the image's name", "-l", "ubuntu", says=[
        "not in ~ubuntu/.ssh/authorized_keys"], never=["images"])
    rsa = lab.key("rsa", 1024)
    fails(client, "two keys, one short", "-l", "ubuntu", "-i", rsa, says=[
        name_of(key) + ": refused", name_of(rsa) + ": refused",
        "none of the keys", "shorter than 2048 bits"])
    fails(client, "-q has the error only", "-q", says=["it accepts: publickey"],
          never=["SHA256"])


def settings(lab):
    key, rsa = lab.key("ed25519"), lab.key("rsa", 2048)
    server = lab.sshd([key, rsa], options=["LogLevel DEBUG"])
    client = client_for(lab, server, key)
    fails(client, "PubkeyAcceptedAlgorithms leaves out the only key", "-o",
          "PubkeyAcceptedAlgorithms=-ssh-ed25519*", says=[
              name_of(key) + ": not tried, as PubkeyAcceptedAlgorithms",
              "Change PubkeyAcceptedAlgorithms"])
    status, out, err = client.run("-v", "-i", rsa, "-o",
                                  "PubkeyAcceptedAlgorithms=rsa-*", "echo in")
    tap.ok(status == 0 and out == b"in\n" and "(rsa-sha2-512)" in err and
           "Offering " + key not in err, "... and lets another one in", err)
    status, out, err = client.run("-v", "-o",
                                  "PubkeyAcceptedAlgorithms=rsa-sha2-256",
                                  "echo in", key=rsa)
    tap.ok(status == 0 and "(rsa-sha2-256)" in err,
           "... which signs by the algorithm allowed", err)
    status, out, err = client.run("-v", "-o",
                                  "PubkeyAcceptedAlgorithms=^rsa-sha2-256",
                                  "echo in", key=rsa)
    tap.ok(status == 0 and "(rsa-sha2-256)" in err, "... or preferred", err)
    fails(client, "PubkeyAuthentication=no offers none", "-o",
          "PubkeyAuthentication=no", says=["none of the ways to log in"],
          never=["SHA256"])
    fails(client, "nor reads a file", "-o", "PubkeyAuthentication=no", "-i",
          lab.path("missing"), says=["none of the ways to log in"])


def no_use(lab):
    """Keys that the server would have taken, and none at all."""
    locked = lab.key("ed25519", passphrase="x y z")
    server = lab.sshd([locked])
    client = client_for(lab, server, locked)
    fails(client, "nobody to ask for the passphrase", says=[
        name_of(locked) + ": known to the server, but it was not signed with",
        "needs its passphrase, and there is nobody to ask",
        "an SSH agent"])
    with client.screen("-o", "BatchMode=yes", "true") as s:
        tap.equal(s.exit(), 255, "BatchMode on a terminal asks for nothing")
        s.wait("BatchMode asks for none")
    client = client_for(lab, server)
    fails(client, "no key at all", says=[
        "there is no key to offer; the server accepts: publickey",
        "None is in an SSH agent", "name one with -i"])


def passwords(lab):
    options = ["PubkeyAuthentication no", "MaxAuthTries 20"]
    server = sshd_password(lab, "right", options=options)
    key = lab.key("ed25519")
    client = client_for(lab, server, key)
    fails(client, "no keys there, and nobody to ask", says=[
        "the server accepts no keys here, only: password",
        "Connect from a terminal"], never=["authorized_keys"])
    with client.screen("true") as s:
        for prompt in ("Password:", "Try 2 of 3", "Try 3 of 3"):
            s.wait(prompt)
            s.type("wrong\r")
        tap.equal(s.exit(), 255, "wrong passwords")
        s.wait("did not accept the password for " + user())
    server = sshd_password(lab, "right", options=["MaxAuthTries 2"])
    with client_for(lab, server, key).screen("true") as s:
        s.wait("Password:")
        s.type("wrong\r")
        tap.equal(s.exit(), 255, "... too many for the server")
        s.wait("so many wrong")


def too_many(lab):
    server = lab.sshd(options=["MaxAuthTries 2"])
    keys = [lab.key("ed25519") for _ in range(4)]
    words = []
    for key in keys[1:]:
        words += ["-i", key]
    fails(client_for(lab, server, keys[0]), "more keys than MaxAuthTries",
          *words, says=[name_of(keys[0]) + ": refused",
                        "Too many authentication failures",
                        "name the right one with -i"])


def on_screens(lab):
    """The words stay whole at both widths, and stay after the full screen."""
    server = lab.sshd(options=UBUNTU)
    key = lab.key("ed25519")
    client = client_for(lab, server, key)
    for cols in (80, 40):
        for how, words in (("plain", ["true"]), ("full screen", [])):
            with client.screen("-l", "bob", *words, cols=cols) as s:
                tap.equal(s.exit(), 255, "%s, %d columns" % (how, cols))
                s.wait("vmconnect: bob@")
                text = s.text()
                joined = " ".join(text.split())
                tap.ok("the server did not accept the key for bob" in joined and
                       "it is usually ubuntu, at some providers root" in joined,
                       "... no word is cut in two", text)
                tap.ok(not s.modes()["alternate"], "... and it stays")


def main():
    with Lab() as lab:
        keys_refused(lab)
        settings(lab)
        no_use(lab)
        passwords(lab)
        too_many(lab)
        on_screens(lab)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
