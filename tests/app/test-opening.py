"""Opening a key: slow derivations, their end, and what is left of them."""

import base64
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client
from memory import around, children_of, client_below, memory_of
from servers import Lab, Tap, find_program, wait_for

tap = Tap()
PASSPHRASE = "correct horse battery"
AT_ONCE = 6  # seconds; a derivation of these tests takes far longer


def run(*argv):
    subprocess.run([find_program(argv[0])] + list(argv[1:]), check=True,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def body_of(path):
    with open(path) as f:
        return base64.b64decode("".join(f.read().split("\n")[1:-2]))


def seed_of(path):
    """The seed of an Ed25519 key in an unencrypted openssh-key-v1 file."""
    private = body_of(path)
    at = private.rindex(b"\0\0\0\x40") + 4
    return private[at:at + 32]


def slow_bcrypt(lab):
    """A key whose derivation has so many rounds that it takes a minute; what
    it derives is wrong, but that shows only then."""
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    data = body_of(key)
    at = data.index(b"bcrypt") + 6 + 4  # options: string salt, uint32 rounds
    salt = struct.unpack(">I", data[at:at + 4])[0]
    at += 4 + salt
    data = data[:at] + struct.pack(">I", 9999) + data[at + 4:]
    text = base64.encodebytes(data).decode()
    with open(key, "w") as f:
        f.write("-----BEGIN OPENSSH PRIVATE KEY-----\n" + text +
                "-----END OPENSSH PRIVATE KEY-----\n")
    return key


def ppk(lab, key, passphrase=PASSPHRASE):
    path = key + ".ppk"
    word = lab.write("word", passphrase)
    run("puttygen", key, "--new-passphrase", word, "-o", path)
    os.unlink(word)
    os.chmod(path, 0o600)
    shutil.copy(key + ".pub", path + ".pub")
    return path


def slow_argon2(lab):
    path = ppk(lab, lab.key("ed25519"))
    with open(path) as f:
        text = f.read()
    text = re.sub(r"(Argon2-Passes): \d+", r"\1: 4000", text)
    with open(path, "w") as f:
        f.write(text)
    return path


def pkcs8(lab, key, hidden):
    """An encrypted PKCS#8 file; hidden: without the public half beside it."""
    path = key + ".p8"
    plain = lab.write("plain.der", "")
    with open(plain, "wb") as f:
        f.write(bytes.fromhex("302e020100300506032b657004220420") +
                seed_of(key))
    run("openssl", "pkcs8", "-topk8", "-inform", "DER", "-in", plain, "-out",
        path, "-passout", "pass:" + PASSPHRASE)
    os.chmod(path, 0o600)
    if not hidden:
        shutil.copy(key + ".pub", path + ".pub")
    return path


def ends_at_once(s, what, status, key):
    start = time.monotonic()
    s.type("\x03")
    tap.equal(s.exit(), status, "%s: Ctrl-C ends it" % what)
    tap.ok(time.monotonic() - start < AT_ONCE, "... at once")
    tap.ok(s.modes()["echo"], "... the terminal is as it was")
    wait_for(lambda: not runs_with(key), what="the end of its process")
    tap.ok(True, "... and so does its process")


def runs_with(word):
    """Does any process have this word on its command line?"""
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            try:
                with open("/proc/%s/cmdline" % name, "rb") as f:
                    words = f.read().split(b"\0")
            except OSError:
                continue
            if word.encode() in words and b"vtscreen" not in words[0]:
                return True
    return False


def slow_keys(lab, client):
    for what, key in (("bcrypt", slow_bcrypt(lab)),
                      ("Argon2", slow_argon2(lab))):
        lab.authorize(client.server.authorized, [key])
        with client.screen("true", key=key) as s:
            s.wait("Passphrase:")
            s.type(PASSPHRASE + "\r")
            s.wait("Opening the key")
            ends_at_once(s, what + ", plain", -signal.SIGINT, key)
        with client.screen(key=key) as s:
            s.wait("Passphrase:")
            s.type(PASSPHRASE + "\r")
            s.wait("opening the key")
            s.resize(50, 14)
            wait_for(lambda: len(s.rows()) == 14 and "opening the key"
                     in s.rows()[-1], what="the smaller screen")
            tap.ok(True, what + ": resized meanwhile")
            ends_at_once(s, what + ", full screen", 255, key)
    with client.screen("true", key=key) as s:
        s.wait("Passphrase:")
        s.type(PASSPHRASE + "\r")
        s.wait("Opening the key")
        client.server.signal_children(signal.SIGKILL)
        tap.equal(s.exit(), 255, "the server goes away meanwhile")
        s.wait("closed the connection")


def killed(lab, client):
    """As the system does when memory runs out."""
    key, other = slow_argon2(lab), lab.key("ed25519")
    lab.authorize(client.server.authorized, [key])
    for words, ends in (([], True), (["-i", other], False)):
        with client.screen(*words, "echo lo''gged in", key=key) as s:
            s.wait("Passphrase:")
            s.type(PASSPHRASE + "\r")
            s.wait("Opening the key")
            for pid in children_of(client_below(s.process.pid)):
                os.kill(pid, signal.SIGKILL)
            if ends:
                tap.equal(s.exit(), 255, "its process is killed")
            s.says("was killed")
            if not ends:
                s.says("going on without this key")
                tap.equal(s.exit(), 255, "... another key is tried")


def no_trace(lab, client):
    """After the login nothing secret is in the process that stays."""
    key = lab.key("ed25519")
    seed = seed_of(key)
    encrypted = key + ".enc"
    shutil.copy(key, encrypted)
    shutil.copy(key + ".pub", encrypted + ".pub")
    run("ssh-keygen", "-q", "-p", "-P", "", "-N", PASSPHRASE, "-f", encrypted)
    lab.authorize(client.server.authorized, [key])
    for what, path in (("OpenSSH", encrypted), ("PPK", ppk(lab, key)),
                       ("PKCS#8", pkcs8(lab, key, False)),
                       ("PKCS#8, hidden", pkcs8(lab, key, True)),
                       ("unencrypted", key)):
        if "hidden" in what:
            os.unlink(path + ".pub")
        with client.screen(key=path) as s:
            if path != key:
                s.wait("Passphrase:")
                s.type("wrong\r")
                s.wait("Wrong passphrase")
                s.type(PASSPHRASE + "\r")
            s.wait("Ctrl-] menu")
            pid = client_below(s.process.pid)
            text = memory_of(pid)
            tap.ok(b"@127.0.0.1" in text, what + ": memory is searched")
            for name, secret in (("passphrase", PASSPHRASE.encode()),
                                 ("seed", seed), ("seed", seed[::-1])):
                tap.ok(secret not in text, "... no %s is left" % name,
                       around(text, secret))
            tap.equal(children_of(pid), [], "... and no process")
            tap.ok(PASSPHRASE.encode() not in s.output(), "... nor shown")
            s.type("\x1d.")
            s.exit()


def messages(lab, client):
    """A wrong passphrase, none, a damaged file and a refused key differ."""
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    lab.authorize(client.server.authorized, [key])
    with client.screen("true", key=key) as s:
        s.wait("Passphrase:")
        s.type("\r")
        s.wait("this key needs its passphrase")
        s.wait("Try 2 of 3")
        s.type("wrong\r")
        s.wait("Wrong passphrase. Try 3 of 3")
        s.type("\r")
        tap.equal(s.exit(), 255, "no passphrase, a wrong one, none")
        s.says("nothing was typed; this key needs its passphrase")
    damaged = key + ".damaged"
    with open(key) as f:
        lines = f.read().split("\n")
    with open(damaged, "w") as f:
        f.write("\n".join(lines[:-3] + lines[-2:]))
    os.chmod(damaged, 0o600)
    status, _, err = client.run("true", key=damaged)
    tap.ok(status == 255 and "passphrase" not in err and
           ("damaged" in err or "truncated" in err or "ends early" in err),
           "a damaged file", err)
    stranger = lab.key("ed25519")
    status, _, err = client.run("true", key=stranger)
    tap.ok(status == 255 and "passphrase" not in err and
           os.path.basename(stranger) in err, "a refused key", err)


def main():
    with Lab() as lab:
        server = lab.sshd()
        client = Client(lab, server)
        slow_keys(lab, client)
        killed(lab, client)
        no_trace(lab, client)
        messages(lab, client)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
