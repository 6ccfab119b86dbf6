#!/usr/bin/env python3
"""known_hosts: the same questions to keytool and to ssh-keygen -F.

ssh-keygen -F prints every line that names the host; a line that we call a
match, a change or another type must be among them, and where it prints none we
must know nobody.  What ssh-keygen -R takes out, we comment out.
"""

import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from keyfiles import SSH_KEYGEN, keytool, run  # noqa: E402
from servers import Tap  # noqa: E402

tap = Tap()

# A line's names, and the hosts to ask for.
LINES = [
    "vm",
    "vm,other",
    "other,vm",
    "VM.Example",
    "*",
    "*.example",
    "vm?",
    "v*m",
    "*.example,!bad.example",
    "!bad.example,*.example",
    "!vm",
    "!vm,*",
    "[vm]:2222",
    "[*]:2222",
    "*:2222",
    "[vm]:*",
    "[vm]:22",
    "203.0.113.5",
    "203.0.113.*",
    "2001:db8::1",
    "[2001:db8::1]:2222",
    "|1|B4WBrMu6wuaHyC2eAj4inCBgNdw=|Kq2yJiwUYUXsvMkHeo/1PScDsWE=",
    "|1|eUBHXYCUf/fJB7SyBdOWA8e734g=|iqBL9XkIYxxTT2Q0Nskb/XoGfvU=",
    "vm,,other",
    ",vm",
    "vm,",
]
HOSTS = [
    ("vm", 22), ("vm", 2222), ("other", 22), ("vm.example", 22),
    ("bad.example", 22), ("a.b.example", 22), ("vm1", 22), ("vm12", 22),
    ("203.0.113.5", 22), ("203.0.113.5", 2222), ("2001:db8::1", 22),
    ("2001:db8::1", 2222),
]


def full(host, port):
    return host if port == 22 else "[%s]:%d" % (host, port)


def theirs(path, host, port):
    """The numbers of the lines that OpenSSH finds."""
    return [number for number, _ in named_by_them(path, host, port)]


def named_by_them(path, host, port):
    """The same with "REVOKED", "CA" or ""."""
    out = run(SSH_KEYGEN, "-F", full(host, port), "-f", path,
              check=False)
    found = [line.split("found: line ")[1].split() + [""]
             for line in out.splitlines() if line.startswith("# Host")]
    return [(int(words[0]), words[1]) for words in found]


def named_by_us(path, host, port):
    out = keytool.text("named", path, host, str(port))
    found = [line.split() for line in out.splitlines()]
    return [(int(words[0]), words[1] if words[1] in ("REVOKED", "CA") else "")
            for words in found]


def ours(path, host, port, blob):
    verdict, line = keytool.text("known", path, host, str(port), blob).split()
    return verdict, int(line)


def check_remove(path, known, tmp):
    """All lines that name a host, in one file with markers, comments, CR LF,
    damaged lines (in which ssh-keygen -R will not edit anything) and no last
    line feed."""
    text = "".join("%s ssh-ed25519 %s me\n" % (names, known)
                   for names in LINES)
    text += "@revoked vm ssh-ed25519 %s\n" % known
    text += "@cert-authority *.example ssh-ed25519 %s\n" % known
    text += "# vm ssh-ed25519 %s\n\n  \nvm ssh-ed25519 %s\r\n" % (known, known)
    text += "nonsense\n[vm]:2222 ssh-rsa %s" % known
    with open(path, "w", newline="") as f:
        f.write(text)
    lines = text.splitlines(keepends=True)
    for host, port in HOSTS:
        them = named_by_them(path, host, port)
        tap.equal(named_by_us(path, host, port), them,
                  "%s: the lines that ssh-keygen -F finds" % full(host, port))
        gone = [number for number, marker in them if marker == ""]
        want = [("# vmconnect removed: " if i + 1 in gone else "") + line
                for i, line in enumerate(lines)]
        left = keytool.text("remove", path, host, str(port))
        tap.equal(left, "".join(want),
                  "%s: they are commented out, the rest stays"
                  % full(host, port))
        copy, ours = os.path.join(tmp, "copy"), os.path.join(tmp, "ours")
        with open(copy, "w", newline="") as f:
            f.write("".join(lines[:-2]))
        run(SSH_KEYGEN, "-R", full(host, port), "-f", copy,
            check=False)
        with open(copy, newline="") as f:
            theirs_left = f.read().splitlines()
        with open(ours, "w", newline="") as f:
            f.write(left)
        kept = [line.rstrip("\r\n") for line in want[:-2]
                if not line.startswith("# vmconnect")]
        if gone:
            tap.equal(theirs_left, kept, "%s: as ssh-keygen -R does"
                      % full(host, port))
        tap.equal(named_by_us(ours, host, port),
                  [found for found in them if found[1] != ""],
                  "%s: then only the marked ones name it"
                  % full(host, port))


def main():
    with tempfile.TemporaryDirectory() as tmp:
        keys = []
        for name in ("one", "two"):
            path = os.path.join(tmp, name)
            run(SSH_KEYGEN, "-q", "-t", "ed25519", "-N", "", "-f", path)
            with open(path + ".pub") as f:
                keys.append(f.read().split()[1])
        known, other = keys
        path = os.path.join(tmp, "known_hosts")
        # All lines in one file: the first one OpenSSH finds decides.  Below
        # each line stands alone, since here a line can hide another.
        with open(path, "w") as f:
            for names in LINES:
                f.write("%s ssh-ed25519 %s\n" % (names, known))
        for host, port in HOSTS:
            lines = theirs(path, host, port)
            good = lines or theirs(path, host, 22)
            want = ("MATCH", good[0]) if good else ("UNKNOWN", 0)
            tap.equal(ours(path, host, port, known), want,
                      "%s: the first line that names it" % full(host, port))
            want = ("CHANGED", lines[0]) if lines else ("UNKNOWN", 0)
            tap.equal(ours(path, host, port, other), want,
                      "%s: the first line, with another key"
                      % full(host, port))
        for names in LINES:
            with open(path, "w") as f:
                f.write("%s ssh-ed25519 %s\n" % (names, known))
            differ = []
            for host, port in HOSTS[:6]:
                # ssh, but not ssh-keygen -F, also takes the plain name.
                found = [1] in (theirs(path, host, port),
                                theirs(path, host, 22))
                if (ours(path, host, port, known)[0] == "MATCH") != found:
                    differ.append(full(host, port))
            tap.equal(differ, [], "%s names the same hosts" % names)
        check_remove(path, known, tmp)
    keytool.check_end(tap)
    return tap.done()


sys.exit(main())
