"""Key files by other people's tools, and keytool, which reads them."""

import base64
import hashlib
import hmac
import os
import shutil
import subprocess

from servers import find_program

KEYTOOL = os.path.abspath(
    os.path.join(os.environ["top_builddir"], "tests/keys/keytool"))
SSH_KEYGEN = find_program("ssh-keygen")
OPENSSL = find_program("openssl")
PUTTYGEN = find_program("puttygen")
PASS = "pa$$ wörd"

TYPES = [
    ("ed25519", ["-t", "ed25519"]),
    ("p256", ["-t", "ecdsa", "-b", "256"]),
    ("p384", ["-t", "ecdsa", "-b", "384"]),
    ("p521", ["-t", "ecdsa", "-b", "521"]),
    ("rsa", ["-t", "rsa", "-b", "2048"]),
]
# RFC 8410: what stands before the 32 bytes of an Ed25519 key.
ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")


def environment(argv):
    """puttygen gathers noise from ps and ls, of which it needs none here."""
    return dict(os.environ, PATH="") if argv[0] == PUTTYGEN else None


def run(*argv, check=True, stdin=None):
    done = subprocess.run(argv, stdout=subprocess.PIPE, input=stdin,
                          stderr=subprocess.PIPE, check=False,
                          env=environment(argv))
    if check and done.returncode != 0:
        raise RuntimeError("%s: %s" % (" ".join(argv), done.stderr.decode()))
    return done.stdout.decode("utf-8", "replace")


class Keytool:
    """One process that answers all requests of a test."""

    def __init__(self):
        self.process, self.requests = None, 0

    def text(self, *words):
        """The tool's standard output."""
        if self.process is None:
            self.process = subprocess.Popen([KEYTOOL, "serve"],
                                            stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE)
        request = [str(len(words)), *words, ""]
        self.process.stdin.write("\0".join(request).encode())
        self.process.stdin.flush()
        self.requests += 1
        answer = b""
        while not answer.endswith(b"\0"):
            part = self.process.stdout.read1()
            if not part:
                raise RuntimeError("keytool ended at %s" % (words,))
            answer += part
        return answer[:-1].decode("utf-8", "replace")

    def __call__(self, *words):
        """Its lines as lists of words, by their first word."""
        out = {}
        for line in self.text(*words).splitlines():
            words = line.split(" ")
            out.setdefault(words[0], []).append(words[1:])
        return out

    def check_end(self, tap):
        """The end of it, at which a sanitizer tells what leaked."""
        self.process.stdin.close()
        self.process.stdout.close()
        tap.equal(self.process.wait(), 0,
                  "keytool ends well after %d requests" % self.requests)


keytool = Keytool()


class Key:
    """A key made by ssh-keygen, and what ssh-keygen says about it."""

    def __init__(self, directory, name, options):
        self.name = name
        self.path = os.path.join(directory, name)
        self.made = 0
        run(SSH_KEYGEN, "-q", *options, "-N", "", "-C", "me@home ü",
            "-f", self.path)
        with open(self.path + ".pub") as f:
            self.type, self.blob = f.read().split(" ")[:2]
        self.fingerprint = run(SSH_KEYGEN, "-lf", self.path).split()[:2]
        self.pem = self.path + ".spki"
        self.write_spki()

    def write_spki(self):
        if self.type == "ssh-ed25519":
            der = ED25519_SPKI + base64.b64decode(self.blob)[-32:]
            with open(self.pem, "w") as f:
                f.write("-----BEGIN PUBLIC KEY-----\n%s\n"
                        "-----END PUBLIC KEY-----\n"
                        % base64.b64encode(der).decode())
        else:
            with open(self.pem, "w") as f:
                f.write(run(SSH_KEYGEN, "-e", "-m", "PKCS8", "-f",
                            self.path + ".pub"))

    def copy(self):
        """A private copy of the unencrypted file to convert."""
        self.made += 1
        path = "%s.%d" % (self.path, self.made)
        shutil.copy(self.path, path)
        return path

    def resaved(self, *options):
        """Written again by ssh-keygen -p."""
        path = self.copy()
        run(SSH_KEYGEN, "-q", "-p", "-P", "", *options, "-f", path)
        return path


def string(b):
    return len(b).to_bytes(4, "big") + b


def strings(b):
    out = []
    while len(b) >= 4:
        n = int.from_bytes(b[:4], "big")
        out.append(b[4:4 + n])
        b = b[4 + n:]
    return out


def mpint(n):
    return string(n.to_bytes(n.bit_length() // 8 + 1, "big"))


def puttygen(key, form, passphrase, *params):
    """The key in one of puttygen's formats."""
    path, word = key.copy(), key.path + ".word"
    with open(word, "w") as f:
        f.write(passphrase)
    argv = ["--ppk-param", params[0]] if params else []
    run(PUTTYGEN, key.path, "--new-passphrase", word, *argv, "-O", form,
        "-o", path)
    return path


class Ppk:
    """An unencrypted PPK taken apart and written again with a right MAC."""

    def __init__(self, path):
        with open(path, "rb") as f:
            lines = f.read().split(b"\n")
        self.comment = lines[2].split(b": ", 1)[1]
        n = int(lines[3].split()[1])
        self.public = base64.b64decode(b"".join(lines[4:4 + n]))
        self.private = base64.b64decode(b"".join(lines[5 + n:-2]))
        self.algorithm = strings(self.public)[0]

    def text(self, version, private, mac, encryption="none"):
        def block(name, b):
            b64 = base64.b64encode(b)
            lines = [b64[i:i + 64] for i in range(0, len(b64), 64)]
            return [name + b"-Lines: %d" % len(lines)] + lines
        return b"\n".join(
            [b"PuTTY-User-Key-File-%d: " % version + self.algorithm,
             b"Encryption: " + encryption.encode(),
             b"Comment: " + self.comment] + block(b"Public", self.public) +
            block(b"Private", private) + [mac, b""])

    def write(self, path, **changes):
        for name, value in changes.items():
            setattr(self, name, value)
        fields = (self.algorithm, b"none", self.comment, self.public,
                  self.private)
        mac = hmac.new(b"", b"".join(map(string, fields)), hashlib.sha256)
        with open(path, "wb") as f:
            f.write(self.text(3, self.private,
                              b"Private-MAC: " + mac.hexdigest().encode()))
        return path

    def write_1(self, path, passphrase):
        """Version 1, which no released program ever wrote."""
        plain = self.private + bytes(-len(self.private) % 16)
        if passphrase:
            mac = hmac.new(ppk_mac_key(passphrase), plain,
                           hashlib.sha1).hexdigest()
            text = self.text(1, ppk_encrypted(plain, passphrase),
                             b"Private-MAC: " + mac.encode(), "aes256-cbc")
        else:
            mac = hashlib.sha1(self.private).hexdigest()
            text = self.text(1, self.private, b"Private-Hash: " + mac.encode())
        with open(path, "wb") as f:
            f.write(text)
        return path

    def write_2(self, path, passphrase):
        plain, encryption = self.private, "none"
        if passphrase:
            encryption = "aes256-cbc"
            plain += hashlib.sha1(plain).digest()[:-len(plain) % 16]
        fields = (self.algorithm, encryption.encode(), self.comment,
                  self.public, plain)
        mac = hmac.new(ppk_mac_key(passphrase),
                       b"".join(map(string, fields)), hashlib.sha1)
        private = ppk_encrypted(plain, passphrase) if passphrase else plain
        with open(path, "wb") as f:
            f.write(self.text(
                2, private, b"Private-MAC: " + mac.hexdigest().encode(),
                encryption))
        return path


def ppk_mac_key(passphrase):
    """Of versions 1 and 2."""
    return hashlib.sha1(b"putty-private-key-file-mac-key" +
                        passphrase.encode()).digest()


def ppk_encrypted(plain, passphrase):
    """As versions 1 and 2 do it."""
    key = b"".join(hashlib.sha1(bytes([0, 0, 0, i]) +
                                passphrase.encode()).digest()
                   for i in (0, 1))[:32]
    return subprocess.run(
        [OPENSSL, "enc", "-aes-256-cbc", "-nopad", "-K", key.hex(), "-iv",
         "0" * 32], input=plain, stdout=subprocess.PIPE, check=True).stdout


def knows_certificates():
    """puttygen does since 0.78."""
    return "--certificate" in run(PUTTYGEN, "--help")


def certified_ppk(key, cert, passphrase, out):
    """A PPK with a certificate: puttygen's, or put together here."""
    word = out + ".word"
    with open(word, "w") as f:
        f.write(passphrase if knows_certificates() else "")
    argv = ["--certificate", cert] if knows_certificates() else []
    run(PUTTYGEN, key, *argv, "--new-passphrase", word, "-O", "private", "-o",
        out)
    if not argv:
        ppk = Ppk(out)
        with open(cert, "rb") as f:
            ppk.public = base64.b64decode(f.read().split()[1])
        ppk.algorithm = strings(ppk.public)[0]
        ppk.write_2(out, passphrase)
    return out


def ppk_public(path):
    """Type and base64 of what a PPK shows, by puttygen if it knows them."""
    if knows_certificates():
        return " ".join(run(PUTTYGEN, path, "-O",
                            "public-openssh").split(" ")[:2]).strip()
    with open(path, encoding="latin-1") as f:
        lines = f.read().split("\n")
    return "%s %s" % (lines[0].split(": ")[1], "".join(
        lines[4:4 + int(lines[3].split(": ")[1])]))


def ed25519_pkcs8(key):
    """RFC 8410 by hand: ssh-keygen cannot write it."""
    with open(key.path) as f:
        raw = base64.b64decode("".join(f.read().splitlines()[1:-1]))
    public = base64.b64decode(key.blob)[-32:]
    at = raw.rindex(public)
    der = bytes.fromhex("302e020100300506032b657004220420") + raw[at - 32:at]
    path = key.path + ".pkcs8"
    with open(path, "w") as f:
        f.write("-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                % base64.b64encode(der).decode())
    return path
