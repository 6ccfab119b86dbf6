#!/usr/bin/env python3
"""Certificates that ssh-keygen signs in this run, as keytool reads them.

In a file of their own, in a PPK, and in a private key file of
OpenSSH's, which only its library writes: that one is put together here, and
ssh-keygen has to read it too.
"""

import base64
import os
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from keyfiles import (  # noqa: E402
    PASS, SSH_KEYGEN, TYPES, Key, certified_ppk, keytool, run, string,
    strings)
from servers import Tap  # noqa: E402

tap = Tap()


def sign(authority, key, *options):
    """FILE-cert.pub beside the key; its blob."""
    run(SSH_KEYGEN, "-q", "-s", authority.path, "-I", "me and \x1b you",
        "-z", "77", *options, key.path + ".pub")
    with open(key.path + "-cert.pub") as f:
        return base64.b64decode(f.read().split()[1])


def when(stamp):
    return time.strftime("%Y%m%d%H%M%S", time.localtime(stamp))


def check_fields(authority, key, now):
    sign(authority, key, "-n", "root,bob", "-V",
         "%s:%s" % (when(now), when(now + 3600)))
    seen = keytool("certificate", key.path + "-cert.pub")
    tap.equal((seen["certificate"], seen["names"], seen["valid"],
               seen["public"]),
              ([["%s-cert-v01@openssh.com" % key.type, "user",
                 authority.fingerprint[1], "77"]], [["root,", "bob"]],
               [[str(now), str(now + 3600)]], [[key.type, key.blob]]),
              "%s: the certificate's fields" % key.name, seen)
    tap.equal(" ".join(seen["id"][0]), "me and \ufffd you",
              "%s: its id, without control characters" % key.name)


def check_host(authority, key):
    sign(authority, key, "-h")
    seen = keytool("certificate", key.path + "-cert.pub")
    tap.equal((seen["certificate"][0][1], seen["names"], seen["valid"]),
              ("host", [[""]], [["0", str(2 ** 64 - 1)]]),
              "a host's certificate for everybody and ever", seen)


def check_cut(path):
    """Every shorter blob is refused, and one with a byte too many."""
    with open(path) as f:
        kind, text = f.read().split()[:2]
    blob = base64.b64decode(text)
    short, wrong = path + ".short", []
    for cut in list(range(len(blob))) + [None]:
        data = blob + b"x" if cut is None else blob[:cut]
        with open(short, "w") as f:
            f.write("%s %s\n" % (kind, base64.b64encode(data).decode()))
        if "error" not in keytool("certificate", short):
            wrong.append(cut)
    tap.equal(wrong, [], "a certificate cut off anywhere is refused")


def shows(path, passphrase, key, what):
    """The file shows key and certificate, and its private half is there."""
    seen, got = keytool("inspect", path), keytool("decode", path, passphrase)
    tap.equal((seen.get("public"), got.get("public"),
               seen.get("certificate", [[""]])[0][0]),
              ([[key.type, key.blob]], [[key.type, key.blob]],
               key.type + "-cert-v01@openssh.com"), what, seen, got)


def check_ppk(key):
    for passphrase in ("", PASS):
        path = certified_ppk(key.path, key.path + "-cert.pub", passphrase,
                             key.copy())
        shows(path, passphrase, key, "%s: in a PPK%s" % (
            key.name, passphrase and " that is encrypted"))


def private_fields(key):
    """What follows the certificate, out of the file without one."""
    with open(key.path) as f:
        raw = base64.b64decode("".join(f.read().splitlines()[1:-1]))
    at = raw.rindex(string(key.type.encode()))
    fields = strings(raw[at:])
    if key.type == "ssh-rsa":
        return fields[3:8]
    return fields[1:4] if key.type == "ssh-ed25519" else fields[3:5]


def check_openssh(key, cert):
    kind = key.type.encode() + b"-cert-v01@openssh.com"
    section = bytes(8) + b"".join(map(string, [kind, cert] +
                                      private_fields(key)))
    pad = -len(section) % 8
    section += bytes(range(1, pad + 1))
    raw = (b"openssh-key-v1\0" + string(b"none") * 2 + string(b"") +
           bytes([0, 0, 0, 1]) + string(cert) + string(section))
    path = key.copy()
    with open(path, "w") as f:
        f.write("-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n"
                "-----END OPENSSH PRIVATE KEY-----\n"
                % base64.encodebytes(raw).decode().strip())
    shows(path, "", key, "%s: in OpenSSH's file" % key.name)
    tap.equal(run(SSH_KEYGEN, "-y", "-f", path).split()[:1], [kind.decode()],
              "%s: which ssh-keygen reads, too" % key.name)
    broken = raw.replace(string(section), string(section.replace(
        string(cert), string(cert[:-1] + bytes([cert[-1] ^ 1])))))
    with open(path, "w") as f:
        f.write("-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n"
                "-----END OPENSSH PRIVATE KEY-----\n"
                % base64.encodebytes(broken).decode().strip())
    got = keytool("decode", path, "").get("error", [["none"]])[0]
    tap.equal(got[0], "FORMAT", "%s: with another one inside" % key.name, got)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        authority = Key(tmp, "authority", ["-t", "ed25519"])
        now = int(time.time())
        for name, options in TYPES:
            key = Key(tmp, name, options)
            check_fields(authority, key, now)
            cert = sign(authority, key)
            check_ppk(key)
            check_openssh(key, cert)
        check_host(authority, key)
        check_cut(os.path.join(tmp, "ed25519-cert.pub"))
    keytool.check_end(tap)
    return tap.done()


sys.exit(main())
