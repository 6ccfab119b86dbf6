#!/usr/bin/env python3
"""Key files that other tools make in this run, read by keytool.

Every type in every format and cipher of ssh-keygen, openssl and puttygen, with
and without a passphrase; fingerprints are compared with ssh-keygen's,
signatures are verified by openssl; files are cut at and flipped in every byte.
"""

import base64
import hashlib
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from keyfiles import (  # noqa: E402
    OPENSSL, PASS, PUTTYGEN, TYPES, Key, Ppk, ed25519_pkcs8, keytool,
    mpint, puttygen, run, string, strings)
from servers import Tap, find_program  # noqa: E402

SRCDIR = os.environ["top_srcdir"]
DATA = b"the bytes to be signed"

# What openssl calls the digest of each signature algorithm.
DIGESTS = {
    "rsa-sha2-256": "-sha256", "rsa-sha2-512": "-sha512",
    "ecdsa-sha2-nistp256": "-sha256", "ecdsa-sha2-nistp384": "-sha384",
    "ecdsa-sha2-nistp521": "-sha512", "ssh-ed25519": None,
}
ALGORITHMS = {
    "ed25519": ["ssh-ed25519"], "p256": ["ecdsa-sha2-nistp256"],
    "p384": ["ecdsa-sha2-nistp384"], "p521": ["ecdsa-sha2-nistp521"],
    "rsa": ["rsa-sha2-256", "rsa-sha2-512"],
}
tap = Tap()


def ciphers():
    """Those of ssh -Q that ssh-keygen -Z takes: all of them."""
    return run(find_program("ssh"), "-Q", "cipher").split()


def der_integer(b):
    b = b.lstrip(b"\0") or b"\0"
    if b[0] & 0x80:
        b = b"\0" + b
    return bytes([2, len(b)]) + b


def der_signature(raw):
    """RFC 5656's two mpints as openssl wants them."""
    parts = b""
    while raw:
        n = int.from_bytes(raw[:4], "big")
        parts += der_integer(raw[4:4 + n])
        raw = raw[4 + n:]
    head = [0x30, len(parts)] if len(parts) < 128 else [0x30, 0x81, len(parts)]
    return bytes(head) + parts


def verified(key, algorithm, raw):
    """Does openssl accept the signature?"""
    sig, data = key.path + ".sig", key.path + ".data"
    with open(sig, "wb") as f:
        f.write(der_signature(raw) if "ecdsa" in algorithm else raw)
    with open(data, "wb") as f:
        f.write(DATA)
    if DIGESTS[algorithm] is None:
        argv = [OPENSSL, "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey",
                key.pem, "-in", data, "-sigfile", sig]
    else:
        argv = [OPENSSL, "dgst", DIGESTS[algorithm], "-verify", key.pem,
                "-signature", sig, data]
    return subprocess.run(argv, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode == 0


def check_signatures(key):
    got = keytool("decode", key.path, "").get("signature", [])
    tap.equal([words[0] for words in got], ALGORITHMS[key.name],
              "%s signs with its algorithms and no other" % key.name)
    for algorithm, text in got:
        raw = base64.b64decode(text)
        tap.ok(verified(key, algorithm, raw),
               "openssl verifies %s" % algorithm)
        # Another signature is refused: the check above can fail.
        wrong = raw[:-1] + bytes([raw[-1] ^ 1])
        tap.ok(not verified(key, algorithm, wrong),
               "and refuses another signature")


def check_plain(key, path, what, form, comment=""):
    """An unencrypted file shows all and is decoded."""
    seen, got = keytool("inspect", path), keytool("decode", path, "")
    tap.equal((seen.get("format"), seen.get("encrypted"), seen.get("public"),
               " ".join(seen.get("comment", [["none"]])[0])),
              ([form.split(" ")], [["no"]], [[key.type, key.blob]], comment),
              "%s: inspect shows everything" % what, seen)
    tap.equal(got.get("fingerprint", [[]])[0][:2], key.fingerprint,
              "%s: fingerprint is ssh-keygen's" % what, got)


def check_encrypted(key, path, what, form, shows):
    """An encrypted file: right, wrong and no passphrase."""
    seen = keytool("inspect", path)
    tap.equal((seen.get("format"), seen.get("encrypted"), seen.get("public")),
              ([form.split(" ")], [["yes"]],
               [[key.type, key.blob]] if shows else None),
              "%s: inspect needs no passphrase" % what, seen)
    got = keytool("decode", path, PASS)
    tap.equal(got.get("public"), [[key.type, key.blob]],
              "%s: the right passphrase opens it" % what, got)
    codes = [keytool("decode", path, p).get("error", [["none"]])[0][0]
             for p in ("", "wrong")]
    tap.equal(codes, ["PASSPHRASE", "PASSPHRASE"],
              "%s: no and wrong passphrase are told" % what)


def check_openssh(key):
    check_plain(key, key.path, "%s openssh" % key.name, "OpenSSH", "me@home ü")
    for cipher in ciphers():
        path = key.resaved("-Z", cipher, "-a", "1", "-N", PASS)
        check_encrypted(key, path, "%s %s" % (key.name, cipher), "OpenSSH",
                        True)


def check_pem(key):
    """Traditional PEM; there is none for Ed25519."""
    path = key.resaved("-m", "PEM", "-N", "")
    check_plain(key, path, "%s PEM" % key.name, "PEM")
    kind = "rsa" if key.name == "rsa" else "ec"
    for cipher in ("-aes128", "-aes192", "-aes256", "-des3"):
        out = key.copy()
        extra = ["-traditional"] if kind == "rsa" else []
        run(OPENSSL, kind, "-in", path, cipher, *extra, "-passout",
            "pass:" + PASS, "-out", out)
        check_encrypted(key, out, "%s PEM %s" % (key.name, cipher), "PEM",
                        False)


def check_no_public(key, source):
    """Java leaves the public half out of its elliptic keys."""
    sec1, pkcs8 = key.copy(), key.copy()
    run(OPENSSL, "ec", "-in", source, "-no_public", "-out", sec1)
    run(OPENSSL, "pkcs8", "-topk8", "-nocrypt", "-in", sec1, "-out", pkcs8)
    check_plain(key, sec1, "%s PEM without a public half" % key.name, "PEM")
    check_plain(key, pkcs8, "%s PKCS#8 without a public half" % key.name,
                "PKCS#8")


def check_points(key, source):
    """The public half in the other forms of SEC1 2.3.3."""
    for form in ("compressed", "hybrid"):
        sec1, pkcs8 = key.copy(), key.copy()
        run(OPENSSL, "ec", "-in", source, "-conv_form", form, "-out", sec1)
        run(OPENSSL, "pkcs8", "-topk8", "-nocrypt", "-in", sec1, "-out", pkcs8)
        with open(source, encoding="ascii") as f, \
                open(sec1, encoding="ascii") as g:
            tap.ok(f.read() != g.read(), "%s: a %s point" % (key.name, form))
        check_plain(key, sec1, "%s PEM, %s" % (key.name, form), "PEM")
        check_plain(key, pkcs8, "%s PKCS#8, %s" % (key.name, form), "PKCS#8")


def check_numbers(key, source):
    """A curve that is not named, but described by its numbers."""
    sec1, pkcs8 = key.copy(), key.copy()
    run(OPENSSL, "ec", "-in", source, "-param_enc", "explicit", "-out", sec1)
    run(OPENSSL, "pkcs8", "-topk8", "-nocrypt", "-in", sec1, "-out", pkcs8)
    with open(pkcs8, encoding="ascii") as f:
        tap.ok(len(f.read()) > 500, "%s: numbers" % key.name)
    check_plain(key, sec1, "%s PEM, numbers" % key.name, "PEM")
    check_plain(key, pkcs8, "%s PKCS#8, numbers" % key.name, "PKCS#8")


def check_labels(key, source):
    """What is in the file counts, whatever the lines around it call it."""
    pkcs8, path = key.copy(), key.copy()
    kind = "RSA" if key.name == "rsa" else "EC"
    run(OPENSSL, "pkcs8", "-topk8", "-nocrypt", "-in", source, "-out", pkcs8)
    for text, old, new, form in (
            (pkcs8, " PRIVATE", " %s PRIVATE" % kind, "PEM"),
            (source, " %s PRIVATE" % kind, " PRIVATE", "PKCS#8")):
        with open(text, encoding="ascii") as f, open(path, "w") as g:
            g.write(f.read().replace(old, new))
        check_plain(key, path, "%s: called %s" % (key.name, form), form)


def check_primes(tmp):
    """RSA of three primes, which is no damage."""
    path = os.path.join(tmp, "primes")
    run(OPENSSL, "genpkey", "-algorithm", "RSA", "-out", path, "-pkeyopt",
        "rsa_keygen_bits:2048", "-pkeyopt", "rsa_keygen_primes:3")
    check_error(path, "", "UNSUPPORTED", "more than two primes",
                "RSA of three primes")


PKCS8_WAYS = [
    ("pbkdf2 sha256", ["-v2", "aes-256-cbc", "-iter", "10"]),
    ("pbkdf2 sha1", ["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1"]),
    ("pbkdf2 3des", ["-v2", "des3"]),
    ("scrypt", ["-scrypt", "-scrypt_N", "1024"]),
    ("scrypt as is", ["-scrypt"]),
    ("pbes1 3des", ["-v1", "PBE-SHA1-3DES"]),
]


def check_pkcs8(key, source):
    path = key.copy()
    run(OPENSSL, "pkcs8", "-topk8", "-nocrypt", "-in", source, "-out", path)
    check_plain(key, path, "%s PKCS#8" % key.name, "PKCS#8")
    for what, options in PKCS8_WAYS:
        out = key.copy()
        run(OPENSSL, "pkcs8", "-topk8", "-in", source, "-passout",
            "pass:" + PASS, "-out", out, *options)
        check_encrypted(key, out, "%s PKCS#8 %s" % (key.name, what), "PKCS#8",
                        False)


def check_scrypt(key, source, bits):
    """More memory than openssl takes: one of its files, made anew."""
    path, enc = key.copy(), key.path + ".enc"
    run(OPENSSL, "pkcs8", "-topk8", "-scrypt", "-in", source, "-passout",
        "pass:" + PASS, "-out", path)
    run(OPENSSL, "pkcs8", "-topk8", "-nocrypt", "-in", source, "-outform",
        "DER", "-out", enc + ".plain")
    with open(path, encoding="ascii") as f:
        der = base64.b64decode("".join(f.read().splitlines()[1:-1]))
    # A salt of 8 bytes, of 16 since OpenSSL 3.5; then N, 16384.
    old = re.search(rb"\x04(?:\x08.{8}|\x10.{16})(?=\x02\x02\x40\x00)", der,
                    re.S)
    iv = re.search(rb"\x04\x10(.{16})\x04", der, re.S)[1]
    salt = old[0][3:]
    secret = hashlib.scrypt(PASS.encode(), salt=salt, n=1 << bits, r=8, p=1,
                            maxmem=1 << 30, dklen=32)
    run(OPENSSL, "enc", "-aes-256-cbc", "-K", secret.hex(), "-iv", iv.hex(),
        "-in", enc + ".plain", "-out", enc)
    with open(enc, "rb") as f:
        text = f.read()
    der = (der[:old.start()] + bytes([4, len(salt)]) + salt + b"\x02\x03" +
           (1 << bits).to_bytes(3, "big") + der[old.end() + 4:-len(text)] +
           text)
    with open(path, "w", encoding="ascii") as f:
        f.write("-----BEGIN ENCRYPTED PRIVATE KEY-----\n%s"
                "-----END ENCRYPTED PRIVATE KEY-----\n"
                % base64.encodebytes(der).decode())
    check_encrypted(key, path, "%s PKCS#8 scrypt, %d MiB" %
                    (key.name, 1 << bits >> 10), "PKCS#8", False)


def check_error(path, passphrase, code, part, what):
    got = keytool("decode", path, passphrase).get("error", [["none"]])[0]
    tap.ok(got[0] == code and part in " ".join(got), what, got)


def check_refused(tmp, key):
    """What is well-formed and still not for us."""
    path = os.path.join(tmp, "other")
    for argv, part in (
            (["genpkey", "-algorithm", "x25519"], "X25519"),
            (["ecparam", "-genkey", "-name", "secp256k1"], "secp256k1"),
            (["ecparam", "-genkey", "-name", "secp256k1", "-param_enc",
              "explicit"], "curve of its own"),
            (["genrsa", "512"], "too short")):
        run(OPENSSL, argv[0], "-out", path, *argv[1:])
        check_error(path, "", "UNSUPPORTED", part, "%s is refused" % argv[-1])
    run(OPENSSL, "pkcs8", "-topk8", "-provider", "legacy", "-provider",
        "default", "-in", key.path + ".pkcs8", "-v1", "PBE-MD5-DES",
        "-passout", "pass:" + PASS, "-out", path)
    check_error(path, PASS, "UNSUPPORTED",
                "openssl pkcs8 -provider legacy -provider default -topk8",
                "single DES is refused")
    check_error(key.path + ".pub", "", "PUBLIC_HALF", "public half",
                "a .pub has its sentence")


def check_lost_halves(key):
    """A private half under a foreign public one."""
    with open(key.path) as f:
        lines = f.read().splitlines()
    raw = bytearray(base64.b64decode("".join(lines[1:-1])))
    blob = base64.b64decode(key.blob)
    at = raw.index(blob) + len(blob) - 2  # an RSA modulus stays odd
    raw[at] ^= 1
    path = key.copy()
    with open(path, "w") as f:
        f.write("%s\n%s\n%s\n" % (lines[0], base64.b64encode(raw).decode(),
                                  lines[-1]))
    # A flipped bit takes a point off its curve; the others are only found by
    # comparing the halves.
    part = ("its public half" if key.type.startswith("ecdsa")
            else "belongs to another key")
    check_error(path, "", "FORMAT", part, "%s: halves that do not match"
                % key.name)


# ---- PuTTY's and ssh.com's files ----

PPK_WAYS = [
    ("3", "Argon2id", ["kdf=argon2id"]),
    ("3", "Argon2i", ["kdf=argon2i,memory=64,passes=3"]),
    ("3", "Argon2d in 3 lanes",
     ["kdf=argon2d,memory=100,passes=2,parallelism=3"]),
    ("2", "SHA-1", ["version=2"]),
]


def check_ppk(key):
    for version in ("2", "3"):
        check_plain(key, puttygen(key, "private", "", "version=" + version),
                    "%s PPK %s" % (key.name, version),
                    "PuTTY PPK " + version, "me@home ü")
    for version, what, params in PPK_WAYS:
        check_encrypted(key, puttygen(key, "private", PASS, *params),
                        "%s PPK %s %s" % (key.name, version, what),
                        "PuTTY PPK " + version, True)


def check_sshcom(key):
    check_plain(key, puttygen(key, "private-sshcom", ""),
                "%s ssh.com" % key.name, "ssh.com", "me@home ü")
    check_encrypted(key, puttygen(key, "private-sshcom", PASS),
                    "%s ssh.com 3des" % key.name, "ssh.com", False)


def check_ppk_1(key):
    ppk = Ppk(puttygen(key, "private", ""))
    path = ppk.write_1(key.copy(), "")
    check_plain(key, path, "%s PPK 1" % key.name, "PuTTY PPK 1", "me@home ü")
    tap.ok(run(PUTTYGEN, path, "-L").split()[1] == key.blob,
           "puttygen reads it too")
    path = ppk.write_1(key.copy(), PASS)
    check_encrypted(key, path, "%s PPK 1 encrypted" % key.name, "PuTTY PPK 1",
                    True)
    word, out = key.path + ".word", key.copy()
    with open(word, "w") as f:
        f.write(PASS)
    run(PUTTYGEN, path, "--old-passphrase", word, "--new-passphrase",
        os.devnull, "-O", "private-openssh", "-o", out)
    tap.equal(keytool("decode", out, "").get("public"),
              [[key.type, key.blob]], "puttygen reads that too")
    check_torture(path, PASS, "rsa PPK 1 encrypted")


def check_ppk_numbers(keys):
    """What a right MAC does not prove."""
    rsa, ed25519 = keys["rsa"], keys["ed25519"]
    source = puttygen(rsa, "private", "")
    d, p, q, iqmp = (int.from_bytes(b, "big")
                     for b in strings(Ppk(source).private)[:4])

    def opens(what, *numbers):
        path = Ppk(source).write(rsa.copy(),
                                 private=b"".join(map(mpint, numbers)))
        check_plain(rsa, path, what, "PuTTY PPK 3", "me@home ü")

    opens("rsa PPK with a wrong iqmp", d, p, q, iqmp + 1)
    opens("rsa PPK with p and q exchanged", d, q, p, iqmp)
    for what, numbers in (("p", (d, p + 2, q, iqmp)),
                          ("d", (d + 2, p, q, iqmp)),
                          ("p and q", (d, p * q, 1, 1))):
        path = Ppk(source).write(rsa.copy(),
                                 private=b"".join(map(mpint, numbers)))
        check_error(path, "", "FORMAT", "private half",
                    "rsa PPK with a wrong " + what)
    path = Ppk(source).write(rsa.copy(), private=mpint(d) + mpint(p))
    check_error(path, "", "FORMAT", "private half", "rsa PPK without q")
    path = Ppk(source).write(rsa.copy(), algorithm=b"ssh-ed25519")
    check_error(path, "", "FORMAT", "public half", "a PPK of two types")
    path = Ppk(source).write(rsa.copy(), comment=b"blanks \t at the end \t ")
    check_plain(rsa, path, "a PPK's comment ends in blanks", "PuTTY PPK 3",
                "blanks   at the end")
    for key in (ed25519, keys["p256"]):
        ppk = Ppk(puttygen(key, "private", ""))
        secret = strings(ppk.private)[0]
        other = string(secret[:-1] + bytes([secret[-1] ^ 1]))
        check_error(ppk.write(key.copy(), private=other), "", "FORMAT",
                    "private half", "%s PPK: halves that do not match"
                    % key.name)
        check_error(ppk.write(key.copy(), private=string(secret[:-1])), "",
                    "FORMAT", "private half", "%s PPK: a short one" % key.name)
        path = ppk.write(key.copy(), private=string(secret) + b"padding")
        check_plain(key, path, "%s PPK: padding" % key.name, "PuTTY PPK 3",
                    "me@home ü")


def check_ppk_refused(tmp):
    path = os.path.join(tmp, "refused")
    empty = os.path.join(tmp, "empty")
    open(empty, "w").close()
    run(PUTTYGEN, "-q", "-t", "dsa", "-b", "1024", "--new-passphrase", empty,
        "-o", path, "--random-device", "/dev/urandom")
    check_error(path, "", "UNSUPPORTED", "DSA", "a PPK of DSA")
    os.remove(path)
    run(PUTTYGEN, "-q", "-t", "dsa", "-b", "1024", "--new-passphrase", empty,
        "-O", "private-sshcom", "-o", path, "--random-device", "/dev/urandom")
    check_error(path, "", "UNSUPPORTED", "DSA", "an ssh.com file of DSA")


def check_ed448(tmp):
    """Only puttygen and openssl know it.  PuTTY's blob of openssl's key is
    compared with what openssl says."""
    path, words = os.path.join(tmp, "ed448"), os.path.join(tmp, "words")
    for i, passphrase in enumerate(("", PASS)):
        with open(words, "w") as f:
            f.write(passphrase)
        made = "%s.%d" % (path, i)
        run(PUTTYGEN, "-q", "-t", "ed448", "-C", "me", "--new-passphrase",
            words, "-o", made, "--random-device", "/dev/urandom",
            "--ppk-param", "memory=8,passes=1")
        line = run(PUTTYGEN, "-L", made).split()
        shown = run(PUTTYGEN, "-l", made).split()
        out = keytool("decode", made, passphrase)
        tap.equal(out.get("public"), [line[:2]], "Ed448 in a PPK")
        tap.equal(out.get("fingerprint"), [[shown[1], shown[2], "ED448"]],
                  "and its fingerprint")
    run(OPENSSL, "genpkey", "-algorithm", "ed448", "-out", path)
    der = subprocess.run([OPENSSL, "pkey", "-in", path, "-pubout", "-outform",
                          "DER"], stdout=subprocess.PIPE, check=True).stdout
    blob = b"\0\0\0\x09ssh-ed448\0\0\0\x39" + der[-57:]
    tap.equal(keytool("decode", path, "").get("public"),
              [["ssh-ed448", base64.b64encode(blob).decode()]],
              "Ed448 in PKCS#8")
    check_torture(made, PASS, "ed448 PPK 3 encrypted")


def check_ppk_torture(small, ed25519):
    cheap = "memory=8,passes=1"
    check_torture(puttygen(ed25519, "private", "", cheap), "",
                  "ed25519 PPK 3")
    check_torture(puttygen(ed25519, "private", PASS, cheap), PASS,
                  "ed25519 PPK 3 encrypted")
    check_torture(puttygen(small, "private", PASS, cheap), PASS,
                  "rsa PPK 3 encrypted")
    check_torture(puttygen(small, "private", "", "version=2"), "",
                  "rsa PPK 2")
    check_torture(puttygen(ed25519, "private", PASS, "version=2"), PASS,
                  "ed25519 PPK 2 encrypted")
    check_torture(puttygen(small, "private-sshcom", ""), "", "rsa ssh.com")
    check_torture(puttygen(small, "private-sshcom", PASS), PASS,
                  "rsa ssh.com encrypted")


def counts(words):
    return dict(zip(words[0::2], map(int, words[1::2])))


def check_torture(path, passphrase, what, may_differ=False):
    """May_differ: PKCS#8 of Ed25519 holds the seed alone, so a changed seed
    is simply another key."""
    out = keytool("torture", path, passphrase)
    cut, flip = counts(out["cut"][0]), counts(out["flip"][0])
    # The very last byte is a newline, which may be missing.
    tap.ok(cut["other"] == 0 and cut["silent"] == 0 and cut["same"] <= 1,
           "%s: cut at every byte" % what, out)
    tap.ok((may_differ or flip["other"] == 0) and flip["silent"] == 0 and
           flip["refused"] > flip["same"],
           "%s: flipped in every byte" % what, out)


def check_corrupt(path, what, may_differ=False):
    """Every byte and every four of them within the armour, as lengths and
    tags must not be."""
    out = keytool("corrupt", path)
    t = counts(out["bytes"][0])
    tap.ok((may_differ or t["other"] == 0) and t["silent"] == 0 and
           t["refused"] > t["same"], "%s: every length changed" % what, out)


def check_ppk_lengths(key):
    """Behind a right MAC: every length of the private blob changed."""
    source = puttygen(key, "private", "")
    private, at, wrong, tried = Ppk(source).private, 0, [], 0
    while at + 4 <= len(private):
        n = int.from_bytes(private[at:at + 4], "big")
        for bad in (0, 1, n - 1, n + 1, 2 ** 31, 2 ** 32 - 1):
            path = Ppk(source).write(source + ".bad", private=private[:at] +
                                     bad.to_bytes(4, "big") + private[at + 4:])
            out, tried = keytool("decode", path, ""), tried + 1
            if out.get("error", [[""]])[0][0] != "FORMAT":
                wrong.append((at, bad, out))
        at += 4 + n
    # The last number of RSA, iqmp, is not believed in any case.
    tap.ok(tried >= 6 and len(wrong) <= (6 if key.type == "ssh-rsa" else 0),
           "%s PPK: every length changed" % key.name, wrong)


def check_all_lengths(keys, small, pem, sec1):
    p256, ed25519 = keys["p256"], keys["ed25519"]
    check_corrupt(ed25519.path, "ed25519 openssh")
    check_corrupt(p256.path, "p256 openssh")
    check_corrupt(small.path, "rsa openssh")
    check_corrupt(pem, "rsa PEM")
    check_corrupt(sec1, "p256 PEM")
    check_corrupt(ed25519.path + ".pkcs8", "ed25519 PKCS#8", True)
    path = small.copy()
    run(OPENSSL, "pkcs8", "-topk8", "-nocrypt", "-in", pem, "-out", path)
    check_corrupt(path, "rsa PKCS#8")
    check_corrupt(puttygen(small, "private-sshcom", ""), "rsa ssh.com")
    for key in (ed25519, p256, small):
        check_ppk_lengths(key)


def check_all_torture(tmp, keys):
    small = Key(tmp, "small", ["-t", "rsa", "-b", "1024"])
    p256, ed25519 = keys["p256"], keys["ed25519"]
    pem = small.resaved("-m", "PEM", "-N", "")
    sec1 = p256.resaved("-m", "PEM", "-N", "")
    check_all_lengths(keys, small, pem, sec1)
    check_torture(ed25519.path, "", "ed25519 openssh")
    check_torture(p256.path, "", "p256 openssh")
    check_torture(small.path, "", "rsa openssh")
    check_torture(pem, "", "rsa PEM")
    check_torture(sec1, "", "p256 PEM")
    check_torture(ed25519.path + ".pkcs8", "", "ed25519 PKCS#8", True)
    check_ppk_torture(small, ed25519)
    for cipher in ("aes256-ctr", "aes256-gcm@openssh.com"):
        path = ed25519.resaved("-Z", cipher, "-a", "1", "-N", PASS)
        check_torture(path, PASS, "ed25519 %s" % cipher)
    for name, argv in (
            ("PEM aes128", ["ec", "-aes128"]),
            ("PKCS#8 pbkdf2", ["pkcs8", "-topk8", "-iter", "1"])):
        path = p256.copy()
        run(OPENSSL, *argv, "-in", sec1, "-passout", "pass:" + PASS, "-out",
            path)
        check_torture(path, PASS, "p256 %s" % name)


def check_blowfish_table():
    script = os.path.join(SRCDIR, "src/keys/gen-blowfish-pi.py")
    with open(os.path.join(SRCDIR, "src/keys/blowfish-pi.c")) as f:
        tap.ok(run(sys.executable, script) == f.read(),
               "blowfish-pi.c is what its script prints")


def main():
    with tempfile.TemporaryDirectory() as tmp:
        keys = {name: Key(tmp, name, options) for name, options in TYPES}
        for key in keys.values():
            check_openssh(key)
            check_signatures(key)
            check_lost_halves(key)
            source = key.path
            if key.name == "ed25519":
                source = ed25519_pkcs8(key)
            else:
                check_pem(key)
                source = key.resaved("-m", "PEM", "-N", "")
                check_labels(key, source)
            if key.type.startswith("ecdsa"):
                check_no_public(key, source)
                check_points(key, source)
                check_numbers(key, source)
            check_pkcs8(key, source)
            if key.name == "ed25519":
                check_scrypt(key, source, 16)
                check_scrypt(key, source, 17)
            check_ppk(key)
        check_sshcom(keys["rsa"])
        check_ppk_1(keys["rsa"])
        check_ppk_numbers(keys)
        check_ppk_refused(tmp)
        check_ed448(tmp)
        check_refused(tmp, keys["ed25519"])
        check_primes(tmp)
        check_all_torture(tmp, keys)
    check_blowfish_table()
    keytool.check_end(tap)
    return tap.done()


sys.exit(main())
