"""What people give in place of a private key, to the real program.

Each row: the file's name, how to make it, and what the sentence has to say.
All end within a second with status 255, and nothing is sent to anybody."""

import base64
import os
import re
import socket
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, harmless
from keyfiles import (
    OPENSSL, PUTTYGEN, SSH_KEYGEN, Key, Ppk, mpint, puttygen, run, string,
    strings)
from servers import Lab, Tap, free_port

tap = Tap()
NEW_KEY = "make a new key: vmconnect-keygen"
COPY = "copy the file again from where it was made"
BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----"
END = "-----END OPENSSH PRIVATE KEY-----"


class Desk:
    """Some right keys, out of which wrong files are made."""

    def __init__(self, lab):
        self.lab, self.dir = lab, lab.dir
        self.ed25519 = Key(lab.dir, "ed25519", ["-t", "ed25519"])
        self.rsa = Key(lab.dir, "rsa", ["-t", "rsa", "-b", "2048"])
        self.ppk = self.read(puttygen(self.ed25519, "private", ""))
        self.text = self.read(self.ed25519.path)
        self.public = self.read(self.ed25519.path + ".pub")
        os.unlink(self.ed25519.path + ".pub")
        self.empty = lab.write("no-words", "")

    def read(self, path):
        with open(path, encoding="utf-8") as f:
            return f.read()

    def of(self, name, *argv):
        """The file that a command writes last on its command line."""
        path = self.lab.path(name)
        run(*argv, path)
        return path

    def raw(self):
        return base64.b64decode("".join(self.text.splitlines()[1:-1]))

    def openssh(self, raw):
        return "%s\n%s%s\n" % (BEGIN, base64.encodebytes(raw).decode(), END)

    def envelope(self, cipher="none", kdf="none", options=b"", keys=1,
                 section=bytes(16)):
        return self.openssh(
            b"openssh-key-v1\0" + string(cipher.encode()) +
            string(kdf.encode()) + string(options) + struct.pack(">I", keys) +
            string(base64.b64decode(self.ed25519.blob)) + string(section))

    def pkcs8(self, *options):
        """Encrypted, of an RSA key."""
        path = self.lab.path("to-encrypt")
        run(OPENSSL, "pkcs8", "-topk8", "-in",
            self.rsa.resaved("-m", "PEM", "-N", ""), "-passout", "pass:x",
            "-out", path, *options)
        return path


def as_text(make):
    """A row whose file holds this text or these bytes."""
    def write(desk, path):
        data = make(desk)
        with open(path, "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
    return write


def by(*argv):
    """A row whose file a command writes, %s being its path."""
    def write(desk, path):
        run(*[path if word == "%s" else word for word in argv])
    return write


def dsa(form):
    def write(desk, path):
        run(PUTTYGEN, "-q", "-t", "dsa", "-b", "1024", "--new-passphrase",
            desk.empty, "-O", form, "-o", path, "--random-device",
            "/dev/urandom")
    return write


def dsa_pkcs8(desk, path):
    dsa("private-openssh")(desk, path + ".pem")
    run(OPENSSL, "pkcs8", "-topk8", "-nocrypt", "-in", path + ".pem", "-out",
        path)


def ssh_1(desk, path):
    run(PUTTYGEN, "-q", "-t", "rsa1", "-b", "1024", "--new-passphrase",
        desk.empty, "-o", path, "--random-device", "/dev/urandom")


def ssh_1_public(desk, path):
    ssh_1(desk, path + ".key")
    run(PUTTYGEN, path + ".key", "-O", "public", "-o", path)


def dropbear(desk, path):
    run("dropbearkey", "-t", "ed25519", "-f", path)


def x509(*more):
    return by(OPENSSL, "req", "-newkey", "rsa:2048", "-nodes", "-subj",
              "/CN=x", "-keyout", os.devnull, "-out", "%s", *more)


def pkcs12(desk, path):
    run(OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj",
        "/CN=x", "-keyout", path + ".key", "-out", path + ".crt")
    run(OPENSSL, "pkcs12", "-export", "-inkey", path + ".key", "-in",
        path + ".crt", "-passout", "pass:x", "-out", path)


def swapped_halves(desk):
    blob = base64.b64decode(desk.ed25519.blob)
    return desk.openssh(desk.raw().replace(blob, blob[:-1] +
                                           bytes([blob[-1] ^ 1]), 1))


def locked_pem(desk):
    return desk.read(desk.rsa.resaved("-m", "PEM", "-N", "correct horse"))


def sshcom(desk):
    return desk.read(puttygen(desk.rsa, "private-sshcom", "correct horse"))


def wrong_rsa(desk, path):
    ppk = Ppk(puttygen(desk.rsa, "private", ""))
    numbers = strings(ppk.private)[:4]
    numbers[0] = mpint(int.from_bytes(numbers[0], "big") + 2)[4:]
    ppk.write(path, private=b"".join(map(string, numbers)))


def argon2(**values):
    """A PPK that asks for this much."""
    ask = {"Memory": 8192, "Passes": 10, "Parallelism": 1}
    ask.update(values)

    def make(desk):
        lines = desk.ppk.replace("Encryption: none",
                                 "Encryption: aes256-cbc").splitlines()
        at = next(i for i, line in enumerate(lines)
                  if line.startswith("Private-Lines"))
        more = ["Key-Derivation: Argon2id"]
        more += ["Argon2-%s: %d" % item for item in ask.items()]
        return "\n".join(lines[:at] + more + ["Argon2-Salt: " + "00" * 16] +
                         lines[at:]) + "\n"
    return as_text(make)


def bcrypt(rounds):
    options = string(bytes(16)) + struct.pack(">I", rounds)
    return as_text(lambda d: d.envelope("aes256-ctr", "bcrypt", options))


def costly(cost, *options):
    """Encrypted with a cost of two bytes of DER, which is made four bytes
    long: the salt before it, of 8 bytes or of 16, gives up two of its own."""
    def write(desk, path):
        with open(desk.pkcs8(*options), encoding="ascii") as f:
            der = base64.b64decode("".join(f.read().splitlines()[1:-1]))
        old = re.search(rb"\x04[\x08\x10](.{8}|.{16})\x02\x02..", der, re.S)
        salt = old[1][2:]
        der = (der[:old.start()] + b"\x04" + bytes([len(salt)]) + salt +
               b"\x02\x04" + struct.pack(">I", cost) + der[old.end():])
        with open(path, "w", encoding="ascii") as f:
            f.write("-----BEGIN ENCRYPTED PRIVATE KEY-----\n%s"
                    "-----END ENCRYPTED PRIVATE KEY-----\n"
                    % base64.encodebytes(der).decode())
    return write


def with_mode(mode):
    def write(desk, path):
        as_text(lambda d: d.text)(desk, path)
        os.chmod(path, mode)
    return write


def socket_file(desk, path):
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(path)


ROWS = [
    # ---- the public half ----
    ("a.pub", as_text(lambda d: d.public),
     ["the public half of a key, which belongs on the server",
      "give the private half"]),
    ("text.txt", as_text(lambda d: "\n\n  " + d.public), ["public half"]),
    ("authorized_keys", as_text(lambda d: 'command="x" ' + d.public),
     ["public half"]),
    ("commented_keys", as_text(lambda d: "# mine\n\n" + d.public),
     ["public half"]),
    ("comments", as_text(lambda d: "# mine\n\n"), ["no private key"]),
    ("options", as_text(lambda d: 'no-pty,from="::1" ' + d.public),
     ["public half"]),
    ("known_hosts", as_text(lambda d: "vm " + d.public),
     ["the keys of servers, as in known_hosts", "give the file of your own"]),
    ("known_hosts_hashed", as_text(lambda d: "|1|YQ==|Yg== " + d.public),
     ["the keys of servers"]),
    ("rfc4716", as_text(lambda d: run(SSH_KEYGEN, "-e", "-f", d.rsa.path)),
     ["public half of a key (RFC 4716)", '"Save private key"']),
    ("spki", as_text(lambda d: d.read(d.rsa.pem)), ["public half"]),
    # ---- something else ----
    ("certificate.pem", x509("-x509"),
     ["an X.509 certificate, not a private key; give"]),
    ("request.pem", x509("-new"), ["a request for an X.509 certificate"]),
    ("key.p12", pkcs12, ["openssl pkcs12 -nocerts -in %s -out KEY"]),
    ("key.der", by(OPENSSL, "genpkey", "-algorithm", "ed25519", "-outform",
                   "DER", "-out", "%s"),
     ["openssl pkey -inform DER -in %s -out KEY"]),
    ("certificate.der", x509("-x509", "-outform", "DER"),
     ["a certificate or a public key in binary form"]),
    ("empty", as_text(lambda d: ""), ["this file is empty"]),
    ("blank", as_text(lambda d: "\r\n \n"), ["this file is empty"]),
    ("directory", lambda d, path: os.mkdir(path),
     ["is a directory; name a file in it"]),
    ("fifo", lambda d, path: os.mkfifo(path), ["is not a regular file; copy"]),
    ("socket", socket_file,
     ["is a socket, not a file; if an SSH agent listens there",
      "SSH_AUTH_SOCK"]),
    ("circle", lambda d, path: os.symlink(path, path),
     ["lead round in a circle", "name the file itself"]),
    ("page.html", as_text(lambda d: "<!DOCTYPE html>\n<html>404</html>\n"),
     ["a web page (HTML)", "download the key again"]),
    ("key.json", as_text(lambda d: '{"KeyMaterial": "..."}'),
     ["JSON", "save the key's text alone"]),
    ("key.rtf", as_text(lambda d: "{\\rtf1\\ansi " + d.text),
     ["rich text (RTF)", "save it as plain text"]),
    ("key.zip", as_text(lambda d: b"PK\3\4" + bytes(100)),
     ["packed file", "unpack the key"]),
    ("utf-16", as_text(lambda d: d.text.encode("utf-16")),
     ["UTF-16 text; save it again as plain text"]),
    ("random", as_text(lambda d: bytes(range(7, 256))), ["no private key"]),
    ("letter", as_text(lambda d: "Dear customer,\n"), ["no private key"]),
    ("huge", as_text(lambda d: bytes(2 ** 20 + 1)), ["larger than 1048576 bytes; is it the right file?"]),
    ("dh.pem", as_text(lambda d: "-----BEGIN DH PARAMETERS-----\n"),
     ['a file of the kind "DH PARAMETERS"']),
    ("command", as_text(lambda d: "ssh-keygen -t rsa\n"),
     ["a command, not a private key", "give the key file"]),
    ("missing", lambda d, path: None, ["no such file"]),
    # ---- damaged on its way ----
    ("cut", as_text(lambda d: d.text[:200]), ["cut off", END]),
    ("cut-at-once", as_text(lambda d: d.text[:20]),
     ["a program changed the first line", "copy the file again"]),
    ("cut.ppk", as_text(lambda d: d.ppk[:200]), ["cut off", "Private-MAC"]),
    ("headless", as_text(lambda d: d.text.split("\n", 1)[1]),
     ["the first line of this private key", "is missing"]),
    ("bare", as_text(lambda d: "\n".join(d.text.splitlines()[1:-1])),
     ["the first line of this private key"]),
    ("headless.ppk", as_text(lambda d: d.ppk.split("\n", 1)[1]),
     ["PuTTY-User-Key-File-", "is missing"]),
    ("headless.pem", as_text(lambda d: locked_pem(d).split("\n", 1)[1]),
     ["the first line of this private key"]),
    ("headless.sshcom", as_text(lambda d: sshcom(d).split("\n", 1)[1]),
     ["the first line of this private key"]),
    ("joined.pem", as_text(lambda d: locked_pem(d).replace("\n", " ")),
     ["its line breaks are lost"]),
    ("joined.sshcom", as_text(lambda d: sshcom(d).replace("\n", "")),
     ["its line breaks are lost"]),
    ("joined.ppk", as_text(lambda d: d.ppk.replace("\n", " ")),
     ["its line breaks are lost"]),
    ("quoted", as_text(lambda d: d.text.replace("\n", "\n> ")[2:].replace(
        BEGIN, "> " + BEGIN)), ["five hyphens"]),
    ("dashes", as_text(lambda d: d.text.replace("-----", "\u2014\u2013")),
     ["five hyphens"]),
    ("escaped", as_text(lambda d: d.text.replace("\n", "\\n")),
     ["written as \\n", "printf %%b \"$(cat %s )\" > KEY"]),
    ("typo", as_text(lambda d: d.text.replace("\n", "\n!", 1)),
     ["its base64 text", COPY]),
    ("mac.ppk", as_text(lambda d: d.ppk.replace("Comment: ", "Comment: x")),
     ["its checksum is wrong", COPY]),
    ("halves", as_text(swapped_halves), ["belongs to another key", COPY]),
    ("numbers.ppk", wrong_rsa, ["does not belong to its public half", COPY]),
    # ---- of a kind that nobody takes ----
    ("dsa.ppk", dsa("private"), ["a DSA key", NEW_KEY]),
    ("dsa.pem", dsa("private-openssh"), ["a DSA key", NEW_KEY]),
    ("dsa.openssh", dsa("private-openssh-new"), ["a DSA key", NEW_KEY]),
    ("dsa.sshcom", dsa("private-sshcom"), ["a DSA key", NEW_KEY]),
    ("dsa.pkcs8", dsa_pkcs8, ["a DSA key", NEW_KEY]),
    ("ssh1", ssh_1, ["protocol SSH-1", NEW_KEY]),
    ("ssh1.pub", ssh_1_public, ["protocol SSH-1", NEW_KEY]),
    ("dropbear", dropbear, ["key of Dropbear's",
                            "dropbearconvert dropbear openssh %s KEY"]),
    ("secp256k1", by(OPENSSL, "ecparam", "-genkey", "-name", "secp256k1",
                     "-noout", "-out", "%s"), ["secp256k1", NEW_KEY]),
    ("x25519", by(OPENSSL, "genpkey", "-algorithm", "x25519", "-out", "%s"),
     ["X25519", NEW_KEY]),
    ("ed448", by(OPENSSL, "genpkey", "-algorithm", "ed448", "-out", "%s"),
     ["Ed448", NEW_KEY]),
    ("rsa512", by(OPENSSL, "genrsa", "-out", "%s", "512"),
     ["512 bits is too short", NEW_KEY]),
    ("version.ppk", as_text(lambda d: d.ppk.replace("File-3", "File-4")),
     ["version of PuTTY's key files", "puttygen %s -O private-openssh"]),
    ("cipher.ppk", as_text(lambda d: d.ppk.replace("none", "aes999-cbc")),
     ["aes999-cbc", "puttygen %s"]),
    ("cipher", as_text(lambda d: d.envelope("aes999-ctr", "bcrypt")),
     ["aes999-ctr", "ssh-keygen -p -f %s"]),
    ("kdf", as_text(lambda d: d.envelope("aes256-ctr", "scrypt", b"x")),
     ["scrypt", "ssh-keygen -p -f %s"]),
    ("two", as_text(lambda d: d.envelope(keys=2)), ["2 private keys"]),
    ("dek", as_text(lambda d: "-----BEGIN RSA PRIVATE KEY-----\n"
                              "Proc-Type: 4,ENCRYPTED\n"
                              "DEK-Info: RC2-CBC,00\n\nAAAA\n"
                              "-----END RSA PRIVATE KEY-----\n"),
     ["RC2-CBC", "not supported"]),
    # ---- work without end ----
    ("bcrypt", bcrypt(1000000), ["1000000 bcrypt rounds, the limit is 10000",
                                 "ssh-keygen -p -a 100 -f %s"]),
    ("memory.ppk", argon2(Memory=4194304),
     ["4194304 KiB of memory, the limit is 1048576", "puttygen %s"]),
    ("passes.ppk", argon2(Passes=1000000), ["passes, the limit is 4096"]),
    ("lanes.ppk", argon2(Parallelism=1000), ["lanes, the limit is 64"]),
    ("pbkdf2", costly(20000001, "-iter", "2048"), [
        "iterations than the limit of 20000000",
        "openssl pkcs8 -topk8 -in %s"]),
    ("scrypt", costly(2 ** 28, "-scrypt"),
     ["more KiB of memory than the limit of 1049600"]),
    # ---- permissions ----
    ("exposed", with_mode(0o644), ["other users can read this private key "
                                   "(mode 0644)", "chmod 600 %s"]),
    ("group", with_mode(0o640), ["(mode 0640)", "chmod 600 %s"]),
]


def check(client, path, parts):
    start = time.monotonic()
    status, out, err = client.run("-o", "BatchMode=yes", "-o",
                                  "ConnectTimeout=1", key=path,
                                  port=free_port())
    taken = time.monotonic() - start
    parts = [part.replace("%s", path).replace("%%", "%") for part in parts]
    tap.ok(status == 255 and not out and taken < 1 and harmless(err) and
           err.startswith("vmconnect: %s: " % path) and err.count("\n") == 1
           and all(part in err for part in parts),
           os.path.basename(path), status, taken, err, parts)


def main():
    with Lab() as lab:
        desk, client = Desk(lab), Client(lab)
        for name, make, parts in ROWS:
            path = lab.path("m-" + name)
            make(desk, path)
            if os.path.isfile(path) and not name.startswith(("exp", "group")):
                os.chmod(path, 0o600)
            check(client, path, parts)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
