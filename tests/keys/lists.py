#!/usr/bin/env python3
"""Public keys as people have them, read by keytool: lists, broken lines, RFC
4716, PEM, fingerprints.

Keys are made in this run by ssh-keygen and puttygen; what keytool says and
writes is compared with what these tools say of the same keys.
"""

import base64
import os
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from keyfiles import (OPENSSL, PUTTYGEN, SSH_KEYGEN, TYPES,  # noqa: E402
                      keytool, run)
from servers import Tap  # noqa: E402

tap = Tap()


class Keys:
    """Keys by name, and files to ask keytool about."""

    def __init__(self, tmp):
        self.tmp = tmp
        self.lines = {}
        for name, options in TYPES + [("short", ["-t", "rsa", "-b", "1024"])]:
            run(SSH_KEYGEN, "-q", *options, "-N", "", "-C", name + " key ü",
                "-f", self.path(name))
            with open(self.path(name) + ".pub") as f:
                self.lines[name] = f.read().rstrip("\n")
        with open(self.path("empty"), "w"):
            pass

    def path(self, name):
        return os.path.join(self.tmp, name)

    def file(self, text):
        path = self.path("list")
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def items(self, text):
        """What keytool list says, as (lines, rest)."""
        out = keytool.text("list", self.file(text))
        return [tuple(line.split(" ", 1)) for line in out.splitlines()]

    def repaired(self, text):
        return keytool.text("repair", self.file(text)).splitlines()


def shown(path):
    """256 SHA256:... comment (TYPE), as ssh-keygen -l says."""
    return run(SSH_KEYGEN, "-lf", path).rstrip("\n")


# ---- good lines ----

OPTIONS = [
    "no-pty",
    "restrict,pty",
    'command="ls -l \\"a b\\" # not a comment"',
    'from="10.0.0.0/8,*.example",no-X11-forwarding',
    'No-Port-Forwarding,COMMAND="echo",environment="A=b, c"',
    "cert-authority,principals=\"a,b\"",
]
NOT_OPTIONS = [
    "no-such", "no-pty,", "command=ls", 'command="ls', "command", 'pty="x"',
    "vm.example,192.0.2.1", "no-pty,,pty", 'command="a"b',
]


def token(line, kind):
    """The key as if it were in a security key (OpenSSH's PROTOCOL.u2f)."""
    old = line.split()
    blob = base64.b64decode(old[1])[4 + len(old[0]):]
    blob = struct.pack(">I", len(kind)) + kind.encode() + blob + \
        b"\0\0\0\x04ssh:"
    return "%s %s %s" % (kind, base64.b64encode(blob).decode(), "token")


def check_good(keys):
    for name, line in keys.lines.items():
        want = "weak" if name == "short" else "good"
        got = keys.items(line)
        tap.ok(len(got) == 1 and
               got[0][1].startswith("%s %s" % (want,
                                               shown(keys.path(name)))),
               "%s: as ssh-keygen -l shows it" % name, got)
        tap.equal(keys.repaired(line), [line], "it needs no repair")
    for name, kind in (("ed25519", "sk-ssh-ed25519@openssh.com"),
                       ("p256", "sk-ecdsa-sha2-nistp256@openssh.com")):
        line = token(keys.lines[name], kind)
        path = keys.path("token")
        with open(path, "w") as f:
            f.write(line)
        got = keys.items(line)
        tap.equal(got[0][1], "good " + shown(path), "a key of type %s" % kind)
    text = "".join("# a comment\r\n\r\n%s\r\n" % line
                   for line in keys.lines.values())
    got = keys.items(text)
    tap.ok([rest.split()[0] for _, rest in got] ==
           ["comment", "good"] * 5 + ["comment", "weak"],
           "CR LF, blank lines and comments do no harm", got)
    ed = keys.lines["ed25519"]
    for options in OPTIONS:
        line = "%s %s" % (options, ed)
        got = keys.items(line)
        tap.ok(len(got) == 1 and got[0][1].startswith("good") and
               "options %s" % options in got[0][1], options, got)
        tap.equal(keys.repaired(line), [line], "it stays as it is")
    for options in NOT_OPTIONS:
        got = keys.items("%s %s" % (options, ed))
        tap.ok(got[0][1].startswith("bad"), "refused: %s" % options, got)
    got = keys.items("%s\nno-pty %s\n%s again\n" % (ed, ed, ed))
    tap.ok("same as" not in got[0][1] and "same as 1" in got[1][1] and
           "same as 1" in got[2][1], "a key that is there twice", got)
    tap.equal(keys.repaired("%s\nno-pty %s\n%s again\n" % (ed, ed, ed)),
              [ed, "no-pty " + ed], "is left out if its options are the same")


# ---- repairs ----

def wrapped(line, width, end="\n"):
    return end.join(line[i:i + width] for i in range(0, len(line), width))


def check_wrapped(keys):
    """A comment that is broken cannot be told from other text, so these keys
    have a short one."""
    for name, line in keys.lines.items():
        key = " ".join(line.split(" ")[:2])
        bad = []
        for width in list(range(len(line.split()[0]), 80)) + [100, 200]:
            text = wrapped(key, width)
            if "\n" not in text:
                continue
            if keys.repaired(text) != [key]:
                bad.append(width)
        tap.equal(bad, [], "%s broken at every width" % name)
    key = keys.lines["rsa"]
    half = len(key) // 2
    for what, text in (
            ("CR LF", wrapped(key.rsplit(" ", 3)[0], 70, "\r\n")),
            ("blanks behind each piece", wrapped(key[:300], 70, "  \n") +
             key[300:]),
            ("a blank inside", key[:half] + " " + key[half:]),
            ("a tab inside", key[:half] + "\t" + key[half:]),
            ("indented", wrapped(key[:300], 70, "\n    ") + key[300:])):
        got = keys.repaired(text)
        tap.ok(len(got) == 1 and got[0].split(" ")[:2] == key.split(" ")[:2],
               what, got)
    two = wrapped(keys.lines["rsa"].rsplit(" ", 3)[0], 64) + "\n" + \
        wrapped(keys.lines["p521"].rsplit(" ", 3)[0], 64)
    got = keys.repaired(two)
    tap.equal(got, [keys.lines["rsa"].rsplit(" ", 3)[0],
                    keys.lines["p521"].rsplit(" ", 3)[0]],
              "two broken keys, one behind the other")
    got = keys.items(wrapped(key.rsplit(" ", 3)[0], 70))
    tap.ok(got[0][1].startswith("broken") and
           "repaired: line breaks inside the key" in got[0][1] and
           got[0][0].startswith("1-"), "it is told", got)


def check_characters(keys):
    ed, p256 = keys.lines["ed25519"], keys.lines["p256"]
    kind, blob, comment = ed.split(" ", 2)
    for what, text, part in (
            ("a byte-order mark", "\ufeff" + ed, "invisible"),
            ("no-break spaces", ed.replace(" ", "\u00a0", 2), "blanks"),
            ("a no-break space of Latin-1",
             ("%s@%s x" % (kind, blob)).encode().replace(b"@", b"\xa0"),
             "blanks"),
            ("a zero-width space inside", ed[:40] + "\u200b" + ed[40:],
             "invisible"),
            ("UTF-16", ("\ufeff" + ed + "\r\n").encode("utf-16-le"),
             "UTF-16"),
            ("UTF-16, big end first", ("\ufeff" + ed).encode("utf-16-be"),
             "UTF-16"),
            ("a dash of a word processor", ed.replace("-", "\u2013", 1),
             "dashes"),
            ("typographic quotes", "command=\u201cls\u201d " + ed, "quotes"),
            ("a capital letter", "S" + ed[1:], "wrong type"),
            ("the wrong type", "ssh-rsa" + ed[len(kind):], "wrong type"),
            ("no type", "%s %s" % (blob, comment), "no type"),
            ("a list of YAML", "  - " + ed, "around the line"),
            ("a string of JSON", '  "%s",' % ed, "around the line"),
            ("no = at the end", p256.replace("=", ""), "no ="),
            ("two keys on one line", "%s %s" % (ed, p256), "one line")):
        items, got = keys.items(text), keys.repaired(text)
        tap.ok(items[0][1].startswith("broken") and part in items[0][1],
               "%s: told" % what, items)
        path = keys.file(("\n".join(got) + "\n").encode())
        want = [shown(keys.path("ed25519"))]
        if "no =" in part:
            want = [shown(keys.path("p256"))]
        if "one line" in part:
            want.append(shown(keys.path("p256")))
        tap.equal([line.split()[:2] for line in shown(path).splitlines()],
                  [line.split()[:2] for line in want],
                  "%s: ssh-keygen -l takes what was repaired" % what)


def check_not_repaired(keys):
    """What no public key can be made of."""
    ed, rsa = keys.lines["ed25519"], keys.lines["rsa"]
    blob = ed.split()[1]
    for what, text, part in (
            ("cut off", rsa[:200], "cut off"),
            ("cut off, then another", rsa[:200] + "\n" + ed, "cut off"),
            ("a character too many", ed.replace(blob, blob + "AAAA"),
             "damaged"),
            ("a character missing", ed.replace(blob, blob[:-1]), "damaged"),
            ("an impossible character", ed.replace(blob, blob[:30] + "!" +
                                                   blob[31:]), "cut off"),
            ("a fingerprint", shown(keys.path("rsa")), "fingerprint"),
            ("a web page", "<!DOCTYPE html>\n<body>\n%s\n" % "<p>" * 20,
             "HTML"),
            ("SSH-1", "1024 35 14312312312312312312312312 me", "SSH-1"),
            ("any text", "hello, world", "should stand"),
            ("a type alone", "ssh-ed25519", "cut off"),
            ("a type and a comment", "ssh-ed25519 me@home", "cut off"),
            ("an X.509 certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n"
             "-----END CERTIFICATE-----", "X.509"),
            ("OpenPGP", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDM=\n"
             "-----END PGP PUBLIC KEY BLOCK-----", "OpenPGP"),
            ("a cut RFC 4716 block", "---- BEGIN SSH2 PUBLIC KEY ----\n" +
             blob, "cut off")):
        got = keys.items(text)
        tap.ok(got[0][1].startswith("bad") and part in got[0][1], what, got)
        kept = keys.repaired(text)
        tap.equal(kept, [ed] if "another" in what else [],
                  "%s: not in the repaired list" % what)


def check_useless(keys):
    """Public keys, but no server lets anybody in by them."""
    run(PUTTYGEN, "-q", "-t", "dsa", "-b", "1024", "-C", "dsa",
        "--new-passphrase", keys.path("empty"), "-o", keys.path("dsa.ppk"),
        "--random-device", "/dev/urandom")
    run(PUTTYGEN, "-q", "-t", "ed448", "-C", "ed448", "--new-passphrase",
        keys.path("empty"), "-o", keys.path("ed448.ppk"), "--random-device",
        "/dev/urandom")
    for name in ("dsa", "ed448"):
        path = keys.path(name + ".ppk")
        kind, bits, fingerprint = run(PUTTYGEN, "-l", path).split()[:3]
        got = keys.items(run(PUTTYGEN, "-L", path))
        tap.ok(got[0][1].startswith("useless %s %s %s (%s)" % (
            bits, fingerprint, name, name.upper())) and
            "vmconnect-keygen" in got[0][1], "a key of %s" % kind, got)
        tap.equal(keys.repaired(run(PUTTYGEN, "-L", path)), [],
                  "is not in the repaired list")
    for name in ("ed25519", "rsa", "p521"):
        path = keys.path(name)
        run(SSH_KEYGEN, "-q", "-s", keys.path("p256"), "-I", "me", "-n",
            "root", path + ".pub")
        with open(path + "-cert.pub") as f:
            got = keys.items(f.read())
        want = shown(path + "-cert.pub").split()
        tap.ok(got[0][1].startswith("useless") and
               got[0][1].split()[1:3] == want[:2] and
               want[-1] in got[0][1] and "cert-authority" in got[0][1],
               "a certificate of %s" % name, got)


# ---- private keys ----

def check_private(keys):
    with open(keys.path("ed25519")) as f:
        openssh = f.read()
    rsa = keys.path("rsa")
    ppk = run(PUTTYGEN, rsa, "-O", "private", "-o", "/dev/stdout",
              "--new-passphrase", keys.path("empty"))
    words = keys.path("words")
    with open(words, "w") as f:
        f.write("secret")
    locked = run(PUTTYGEN, rsa, "-O", "private", "-o", "/dev/stdout",
                 "--new-passphrase", words, "--ppk-param",
                 "memory=64,passes=1")
    for what, text, name in (
            ("OpenSSH's", openssh, "ed25519"),
            ("OpenSSH's behind CR LF", openssh.replace("\n", "\r\n"),
             "ed25519"),
            ("PuTTY's", ppk, "rsa"),
            ("PuTTY's, encrypted", locked, "rsa"),
            ("a cut one", openssh[:120], None),
            ("one without its first line", openssh.split("\n", 1)[1], None),
            ("one in one line", openssh.replace("\n", " "), "ed25519"),
            ("PKCS#8", run(OPENSSL, "genpkey", "-algorithm", "x25519"),
             None)):
        text += "\n%s\n" % keys.lines["p384"]
        got = keys.items(text)
        tap.ok(len(got) == 2 and got[0][1].startswith("PRIVATE KEY") and
               "make a new key" in got[0][1] and
               got[1][1].startswith("good"),
               "%s: a private key, and nothing else" % what, got)
        want = [keys.lines[name]] if name else []
        tap.equal([line.split()[:2] for line in keys.repaired(text)],
                  [line.split()[:2] for line in want + [keys.lines["p384"]]],
                  "%s: its public half" % what)


def check_binary(keys):
    """No byte of a binary private key is shown."""
    for what, head in (("Dropbear's", b"\0\0\0\7ssh-rsa\0\0\0\3\1\0\1"),
                       ("SSH-1's", b"SSH PRIVATE KEY FILE FORMAT 1.1\n\0")):
        got = keys.items(head + b"\0secret secret\nsecret\n\0secret")
        tap.ok(len(got) == 1 and got[0][1].startswith("PRIVATE KEY") and
               "secret" not in str(got),
               "%s: a private key" % what, got)


def check_headless(keys):
    """A PEM key without its first line cannot be told from other base64, but
    no piece of it may be shown."""
    pem = run(OPENSSL, "genrsa", "-traditional", "2048").splitlines()
    got = keys.items("\n".join(pem[1:-1] + [keys.lines["p384"]]))
    tap.ok(len(got) == 2 and got[0][0] == "1-%d" % (len(pem) - 2) and
           "perhaps of a private one" in got[0][1] and
           got[1][1].startswith("good"), "a PEM body is one item", got)
    tap.ok(not any(line[:12] in str(got) for line in pem[1:-1]),
           "and is not quoted", got)


# ---- RFC 4716 and PEM ----

def check_blocks(keys):
    for name, line in keys.lines.items():
        path, key = keys.path(name), line.split()[:2]
        putty = run(PUTTYGEN, path, "-O", "public", "-o", "/dev/stdout")
        forms = [("ssh-keygen -e", run(SSH_KEYGEN, "-e", "-f",
                                       path + ".pub")),
                 ("puttygen -p", putty),
                 ("puttygen, CR LF", putty.replace("\n", "\r\n")),
                 ("PKCS8", run(SSH_KEYGEN, "-e", "-m", "PKCS8", "-f",
                               path + ".pub", check=False))]
        if key[0] == "ssh-rsa":
            forms.append(("PEM", run(SSH_KEYGEN, "-e", "-m", "PEM", "-f",
                                     path + ".pub")))
        for what, text in forms:
            if text:  # ssh-keygen writes no Ed25519 in PKCS#8
                got = keys.repaired(text)
                tap.ok(len(got) == 1 and got[0].split()[:2] == key,
                       "%s: %s" % (name, what), got)
        tap.equal(keys.repaired(putty), [line], "%s: with its comment" % name)
        ours = keytool.text("rfc4716", path + ".pub")
        tap.ok(max(map(len, ours.encode().split(b"\n"))) <= 72,
               "%s: our lines are not too long" % name, ours)
        made = keys.file(ours)
        tap.equal(run(SSH_KEYGEN, "-i", "-f", made).split(), key,
                  "%s: ssh-keygen -i reads ours" % name)
        tap.equal(run(PUTTYGEN, "-L", made).rstrip("\n"), line,
                  "%s: puttygen reads ours" % name)
    for algorithm, kind in (("ed25519", "ssh-ed25519"),
                            ("ed448", "ssh-ed448")):
        made = keys.path(algorithm + ".pem")
        run(OPENSSL, "genpkey", "-algorithm", algorithm, "-out", made)
        got = keys.items(run(OPENSSL, "pkey", "-in", made, "-pubout"))
        tap.ok("(%s)" % algorithm.upper() in got[0][1],
               "openssl's %s" % kind, got)


def check_comments(keys):
    """RFC 4716 headers: quotes, the length of a line, lines that go on."""
    kind, blob = keys.lines["p256"].split()[:2]
    for comment, cut in (
            ('say "hello" to me', None),
            ("C:\\", None),
            ("C:\\dir", None),
            ('"', None),
            ("host: me", None),
            ("x" * 500, "x" * 61),
            ("words beyond ASCII: " + "ü" * 300,
             "words beyond ASCII: " + "ü" * 20),
            ("\\" * 300, "\\" * 30)):
        line = "%s %s %s" % (kind, blob, comment)
        want = "%s %s %s" % (kind, blob, cut or comment)
        ours = keytool.text("rfc4716", keys.file(line))
        tap.ok(max(map(len, ours.encode().split(b"\n"))) <= 72,
               "%s: short lines" % comment[:30], ours)
        path = keys.path("ours")
        with open(path, "w") as f:
            f.write(ours)
        tap.equal(run(PUTTYGEN, "-L", path).rstrip("\n"), want,
                  "puttygen reads the comment")
        tap.equal(run(SSH_KEYGEN, "-i", "-f", path).split(), [kind, blob],
                  "ssh-keygen reads the key")
        tap.equal(keys.repaired(ours), [want], "and so do we")
    for what, headers, comment in (
            ("a value that goes on", 'Comment: "one \\\ntwo, \\\nthree"',
             "one two, three"),
            ("no quotes", "comment: me", "me"),
            ("other headers", "Subject: me\nx-long: a\\\nb:c\nComment: you\n"
             "X-Y: z", "you"),
            ("a value of 1024 bytes", "Comment: " + "y" * 1024, "y" * 1024),
            ("one quote", 'Comment: "me', '"me'),
            ("an empty one", 'Comment: ""', "")):
        text = "---- BEGIN SSH2 PUBLIC KEY ----\n%s\n%s\n" \
            "---- END SSH2 PUBLIC KEY ----\n" % (headers, blob)
        tap.equal(keys.repaired(text),
                  [("%s %s %s" % (kind, blob, comment)).rstrip()], what)
    for what, headers in (("a value of 1025 bytes", "Comment: " + "y" * 1025),
                          ("a tag of 65 bytes", "x-" + "y" * 63 + ": z")):
        text = "---- BEGIN SSH2 PUBLIC KEY ----\n%s\n%s\n" \
            "---- END SSH2 PUBLIC KEY ----\n" % (headers, blob)
        got = keys.items(text)
        tap.ok(got[0][1].startswith("bad") and "header" in got[0][1], what,
               got)


# ---- fingerprints ----

def check_forms(keys):
    for name, line in keys.lines.items():
        path = keys.path(name) + ".pub"
        sha = run(SSH_KEYGEN, "-lvf", path).splitlines()
        md5 = run(SSH_KEYGEN, "-lv", "-E", "md5", "-f", path).splitlines()
        got = keytool.text("forms", path).splitlines()
        tap.equal(got[0], sha[0].split()[1], "%s: SHA-256" % name)
        tap.equal(got[1], md5[0].split()[1], "%s: MD5" % name)
        der = subprocess.run([OPENSSL, "base64", "-d", "-A"], check=True,
                             input=line.split()[1].encode(),
                             stdout=subprocess.PIPE).stdout
        hexed = run(OPENSSL, "dgst", "-sha256", "-c", stdin=der)
        tap.equal(got[2], hexed.split()[-1], "%s: the console's form" % name)
        tap.equal(got[3:], sha[1:] + md5[1:], "%s: randomart" % name)


def check_art(keys):
    """Many walks, to meet all walls and the most trodden squares; and the
    titles of certificates, which are longer."""
    bad = []
    for i in range(40):
        path = keys.path("art%d" % i)
        run(SSH_KEYGEN, "-q", "-t", "ed25519", "-N", "", "-f", path)
        want = run(SSH_KEYGEN, "-lvf", path + ".pub").splitlines()[1:]
        got = keytool.text("forms", path + ".pub").splitlines()[3:14]
        if got != want:
            bad.append((got, want))
    tap.equal(bad, [], "the pictures of 40 keys")
    for name in ("ed25519", "rsa", "p521"):
        path = keys.path(name) + "-cert.pub"
        tap.equal(keytool.text("forms", path).splitlines()[3:14],
                  run(SSH_KEYGEN, "-lvf", path).splitlines()[1:],
                  "of a certificate of %s" % name)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        keys = Keys(tmp)
        check_good(keys)
        check_wrapped(keys)
        check_characters(keys)
        check_not_repaired(keys)
        check_useless(keys)
        check_private(keys)
        check_binary(keys)
        check_headless(keys)
        check_blocks(keys)
        check_comments(keys)
        check_forms(keys)
        check_art(keys)
    keytool.check_end(tap)
    return tap.done()


sys.exit(main())
