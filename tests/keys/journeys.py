#!/usr/bin/env python3
"""Key files as people have them, in every format.

What editors, mail and web forms do to line ends and blanks; comments in any
encoding; passphrases that are long or not in English.  Made by ssh-keygen,
openssl and puttygen in this run, read by keytool.
"""

import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from keyfiles import (  # noqa: E402
    OPENSSL, PASS, PUTTYGEN, SSH_KEYGEN, Key, Ppk, ed25519_pkcs8, keytool,
    puttygen, run)
from servers import Tap  # noqa: E402

tap = Tap()

JOURNEYS = [
    ("CR LF", lambda b: b.replace(b"\n", b"\r\n")),
    ("CR alone", lambda b: b.replace(b"\n", b"\r")),
    ("CR CR LF", lambda b: b.replace(b"\n", b"\r\r\n")),
    ("no last newline", lambda b: b.rstrip(b"\n")),
    ("a byte-order mark", lambda b: b"\xef\xbb\xbf" + b),
    ("a byte-order mark and CR LF",
     lambda b: b"\xef\xbb\xbf" + b.replace(b"\n", b"\r\n")),
    ("blank lines before", lambda b: b"\n\r\n \t\n" + b),
    ("blank lines after", lambda b: b + b"\n\r\n \n"),
    ("blanks at the ends of lines", lambda b: b.replace(b"\n", b" \t\n")),
    ("blanks before the lines", lambda b: b"  " + b.replace(b"\n", b"\n  ")),
    ("a NUL at the end", lambda b: b + b"\0"),
    ("a Ctrl-Z at the end", lambda b: b + b"\x1a"),
]

# 300 bytes; 300 bytes in characters of two; accents, blanks and quotes.
WORDS = ["x" * 299 + "y", "\u00fc" * 149 + "ab", "  \u043f\u0430\u0440\u043e"
         "\u043b\u044c \u5bc6\u7801 \"'$\\ "]


def encrypted(keys, words):
    """(format, key, file) of every format that has a passphrase."""
    ed25519, rsa = keys
    yield "OpenSSH", ed25519, ed25519.resaved("-a", "1", "-N", words)
    for cipher in ("aes128", "des3"):
        path = rsa.copy()
        run(OPENSSL, "rsa", "-in", rsa.pem_file, "-" + cipher, "-traditional",
            "-passout", "pass:" + words, "-out", path)
        yield "PEM " + cipher, rsa, path
    for what, options in (("PBKDF2", ["-iter", "1"]), ("scrypt", ["-scrypt"]),
                          ("PBES1", ["-v1", "PBE-SHA1-3DES"])):
        path = rsa.copy()
        run(OPENSSL, "pkcs8", "-topk8", "-in", rsa.pem_file, "-passout",
            "pass:" + words, "-out", path, *options)
        yield "PKCS#8 " + what, rsa, path
    yield "PPK 3", ed25519, puttygen(ed25519, "private", words,
                                     "memory=8,passes=1")
    yield "PPK 2", rsa, puttygen(rsa, "private", words, "version=2")
    yield "PPK 1", rsa, Ppk(puttygen(rsa, "private", "")).write_1(rsa.copy(),
                                                                  words)
    yield "ssh.com", rsa, puttygen(rsa, "private-sshcom", words)


def plain(keys):
    ed25519, rsa = keys
    yield "OpenSSH", ed25519, ed25519.path
    yield "PEM", rsa, rsa.pem_file
    yield "PKCS#8", ed25519, ed25519_pkcs8(ed25519)
    yield "PPK 3", ed25519, puttygen(ed25519, "private", "")
    yield "PPK 2", rsa, puttygen(rsa, "private", "", "version=2")
    yield "PPK 1", rsa, Ppk(puttygen(rsa, "private", "")).write_1(rsa.copy(),
                                                                  "")
    yield "ssh.com", rsa, puttygen(rsa, "private-sshcom", "")


def opens(path, words, key, what):
    got = keytool("decode", path, words)
    tap.equal(got.get("public"), [[key.type, key.blob]], what, got)


def check_journeys(files, words, what):
    for form, key, path in files:
        with open(path, "rb") as f:
            text = f.read()
        for journey, change in JOURNEYS:
            with open(path + ".j", "wb") as f:
                f.write(change(text))
            opens(path + ".j", words, key, "%s%s: %s" % (form, what, journey))


def check_passphrases(keys):
    for words in WORDS:
        for form, key, path in encrypted(keys, words):
            opens(path, words, key, "%s: a passphrase of %d bytes" % (
                form, len(words.encode())))
            wrong = keytool("decode", path, words[:-1]).get("error", [[""]])
            tap.equal(wrong[0][0], "PASSPHRASE", "  the last one counts",
                      wrong)


COMMENTS = [
    ("UTF-8", "m\u00ebn@hom\u00e9".encode(), "m\u00ebn@hom\u00e9"),
    ("Latin-1", b"m\xebn@home", "m\ufffdn@home"),
    ("Shift-JIS", b"\x83e\x83X\x83g", "\ufffde\ufffdX\ufffdg"),
    ("control characters", b"a\x1b[2Jb\x07", "ab\ufffd"),
    ("300 bytes", b"c" * 300, "c" * 300),
    ("nothing", b"", ""),
    ("quotes", b'"quoted" and \\', '"quoted" and \\'),
]


def comment_of(path):
    return " ".join(keytool("inspect", path).get("comment", [["none"]])[0])


def check_comments(keys):
    ed25519, rsa = keys
    for what, raw, shown in COMMENTS:
        path = ed25519.copy()
        run(SSH_KEYGEN, "-q", "-c", "-C", os.fsdecode(raw), "-f", path)
        tap.equal(comment_of(path), shown, "OpenSSH: a comment of " + what)
        opens(path, "", ed25519, "  and the key")
        path = Ppk(puttygen(ed25519, "private", "")).write(ed25519.copy(),
                                                           comment=raw)
        tap.equal(comment_of(path), shown, "PPK 3: a comment of " + what)
        opens(path, "", ed25519, "  and the key")
        tap.equal(run(PUTTYGEN, path, "-L").split()[1], ed25519.blob,
                  "  which puttygen reads, too")
        path = puttygen(rsa, "private-sshcom", "")
        with open(path, "rb") as f:
            text = f.read()
        with open(path, "wb") as f:
            f.write(re.sub(rb'Comment: ".*"',
                           lambda m: b'Comment: "' + raw + b'"', text))
        tap.equal(comment_of(path), shown, "ssh.com: a comment of " + what)
        opens(path, "", rsa, "  and the key")


def main():
    with tempfile.TemporaryDirectory() as tmp:
        keys = (Key(tmp, "ed25519", ["-t", "ed25519"]),
                Key(tmp, "rsa", ["-t", "rsa", "-b", "1024"]))
        keys[1].pem_file = keys[1].resaved("-m", "PEM", "-N", "")
        check_journeys(plain(keys), "", "")
        check_journeys(encrypted(keys, PASS), PASS, " encrypted")
        check_passphrases(keys)
        check_comments(keys)
    keytool.check_end(tap)
    return tap.done()


sys.exit(main())
