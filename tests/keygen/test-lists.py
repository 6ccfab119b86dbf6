"""vmconnect-keygen on public keys: lists judged and repaired, RFC 4716,
fingerprints, and hosts in known_hosts; compared with ssh-keygen and puttygen."""

import os
import stat
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from keytools import (Keygen, half, one_sentence, read, run, strangers,
                      word_file, PUTTYGEN, SSH_KEYGEN)
from servers import Tap

tap = Tap()
PASS = "pa$$ wörd"


class Lab:
    """Keys and files in a directory of their own."""

    def __init__(self, tmp):
        self.tmp = tmp
        self.keygen = Keygen(os.path.join(tmp, "home"))
        os.makedirs(os.path.join(tmp, "home", ".ssh"), 0o700)
        self.lines = {}
        for name, options in (("ed25519", ["-t", "ed25519"]),
                              ("rsa", ["-t", "rsa", "-b", "2048"]),
                              ("short", ["-t", "rsa", "-b", "1024"])):
            run(SSH_KEYGEN, "-q", *options, "-N", "", "-C", name + " ü",
                "-f", self.path(name))
            self.lines[name] = read(self.path(name + ".pub")).strip()

    def path(self, name):
        return os.path.join(self.tmp, name)

    def write(self, name, text):
        path = self.path(name)
        with open(path, "wb") as f:
            f.write(text)
        return path


def shown(path, *words):
    return run(SSH_KEYGEN, "-l", *words, "-f", path)


def judged(lab):
    ed, rsa, short = (lab.lines[name] for name in ("ed25519", "rsa", "short"))
    path = lab.write("good", b"# mine\n%s\r\n\nno-pty %s\n" % (ed, rsa))
    status, out, err = lab.keygen.run("--check", path)
    want = shown(lab.path("rsa.pub")).decode()
    tap.ok(status == 0 and err == "" and "line 2: good\n" in out.decode() and
           "line 4: good\n    %s    options: no-pty\n2 good\n" % want in
           out.decode(), "a good list", out)
    path = lab.write("bad", b"\n".join([
        short, rsa[:150], rsa[150:], ed, ed, b"hello", read(lab.path("rsa"))]))
    status, out, err = lab.keygen.run("--check", path)
    text = out.decode()
    tap.ok(status == 1 and err == "" and "line 1: weak\n" in text and
           "lines 2-3: broken: line breaks inside the key\n" in text and
           "the same key as in line 4\n" in text and
           "line 6: bad\n" in text and "PRIVATE KEY\n" in text and
           text.endswith("2 good, 1 weak, 1 broken (--repair mends these), "
                         "1 bad, 1 PRIVATE KEY\n"), "a bad one", text)
    tap.ok(max(map(len, text.splitlines())) <= 100, "its lines are short",
           text)
    status, out, err = lab.keygen.run("--check", "--repair", path)
    tap.equal((status, out), (1, b"%s\n%s\n%s\n" % (short, rsa, ed)),
              "the repaired list is the output", err)
    tap.ok("lines 2-3: repaired: line breaks inside the key\n" in err and
           "line 5: left out, it is there already\n" in err and
           "line 6: left out\n" in err and
           "PRIVATE KEY, left out\n" in err and
           "Compare the fingerprints" in err and "line 4" in err,
           "what was done is told", err)
    status, out, err = lab.keygen.run("-q", "--check", "--repair", path)
    tap.ok("repaired" not in err and "line 6: left out\n" in err and
           "PRIVATE KEY" in err, "-q tells only of what was lost", err)
    path = lab.write("repaired", out)
    tap.equal(shown(path).count(b"\n"), 3, "ssh-keygen -l takes it")
    status, out, err = lab.keygen.run("--check", "--repair", path)
    tap.equal((status, out, err), (0, read(path), ""),
              "a list that is repaired is left alone")
    lines = [ed, b"no-pty " + ed, rsa, b"no-pty " + ed, ed]
    path = lab.write("options", b"\n".join(lines) + b"\n")
    status, out, err = lab.keygen.run("--check", "--repair", path)
    tap.equal((status, out), (0, b"\n".join(lines[:3]) + b"\n"),
              "a key stays once with each of its options", err)
    status, out, err = lab.keygen.run("--check", lab.write("empty", b"\n"))
    tap.equal((status, out), (1, b"no keys\n"), "an empty file", err)
    path = lab.write("latin", ed.replace("ü".encode(), b"\xfc") + b"\n")
    status, out, err = lab.keygen.run("--check", "--repair", path)
    tap.equal((status, out), (0, read(path)), "another encoding stays", err)
    done = subprocess.run([lab.keygen.program, "--check", "-"], input=ed,
                          stdout=subprocess.PIPE, check=False)
    tap.ok(done.returncode == 0 and b"line 1: good\n" in done.stdout,
           "a list on standard input", done)
    many = lab.write("many", b" ".join([ed] * 8000) + b"\n")
    start = time.monotonic()
    status, out, err = lab.keygen.run("--check", many)
    # 0.1 s, and 30 s when each key had the rest of the line looked at.
    tap.ok(status == 1 and b"\n8000 broken" in out and
           time.monotonic() - start < 10, "8000 keys on one line", out[-300:])
    evil = lab.write("evil", ed + b"\x1b[2J\x9b2J\n\x1b[31m\n")
    status, out, err = lab.keygen.run("--check", evil)
    tap.ok(b"\x1b" not in out and b"\x9b2J" not in out,
           "no escape sequence comes through", out)


def fingerprints(lab):
    for name in lab.lines:
        for path in (lab.path(name), lab.path(name + ".pub")):
            status, out, err = lab.keygen.run("-l", path)
            tap.equal((status, out), (0, shown(path)),
                      "-l %s" % os.path.basename(path), err)
            status, out, err = lab.keygen.run("-lv", "-E", "md5", path)
            tap.equal((status, out), (0, shown(path, "-v", "-E", "md5")),
                      "  -lv -E md5", err)
    both = lab.write("both", b"\n".join(lab.lines.values()))
    status, out, err = lab.keygen.run("-l", both)
    tap.equal((status, out), (0, shown(both)), "-l of a list", err)
    status, out, err = lab.keygen.run("-l", "-E", "hex", lab.path("rsa"))
    tap.ok(status == 0 and out.count(b":") == 31, "-E hex", out)
    status, out, err = lab.keygen.run("-l", "-E", "sha1", lab.path("rsa"))
    tap.ok(status == 255 and one_sentence(err) and "-E sha1" in err,
           "another form", err)
    hidden = lab.path("hidden")
    run(SSH_KEYGEN, "-q", "-t", "ecdsa", "-m", "PEM", "-N", PASS, "-f", hidden)
    status, out, err = lab.keygen.run("-l", "-P", PASS, hidden)
    tap.equal(out.split()[:2], shown(hidden + ".pub").split()[:2],
              "a key that hides its public half", err)
    status, out, err = lab.keygen.run("-l", "-P", "wrong", hidden)
    tap.ok(status == 255 and one_sentence(err) and "wrong" in err,
           "and a wrong passphrase", err)


def exchange(lab):
    for name, line in lab.lines.items():
        empty, ppk = word_file(lab.path("word"), ""), lab.path(name + ".ppk")
        run(PUTTYGEN, lab.path(name), "-O", "private", "-o", ppk,
            "--new-passphrase", empty)
        for source in (name, name + ".pub", name + ".ppk"):
            status, out, err = lab.keygen.run("-e", lab.path(source))
            block = lab.write("block", out)
            tap.equal((status, run(PUTTYGEN, "-L", block).strip(),
                       half(run(SSH_KEYGEN, "-i", "-f", block))),
                      (0, line, half(line)),
                      "-e %s: puttygen and ssh-keygen read it" % source, err)
            status, out, err = lab.keygen.run("-i", block)
            tap.equal((status, out), (0, line + b"\n"), "  and -i does", err)
        saved = lab.path("saved")
        run(PUTTYGEN, ppk, "-O", "public", "-o", saved)
        status, out, err = lab.keygen.run("-i", saved)
        tap.equal((status, out), (0, line + b"\n"),
                  "-i of what PuTTYgen saves", err)
    for form in ("PKCS8", "PEM"):
        pem = lab.write("pem", run(SSH_KEYGEN, "-e", "-m", form, "-f",
                                   lab.path("rsa.pub")))
        status, out, err = lab.keygen.run("-i", pem)
        tap.equal((status, half(out)), (0, half(lab.lines["rsa"])),
                  "-i of %s" % form, err)
    run(PUTTYGEN, "-q", "-t", "ed448", "-C", "me", "--new-passphrase", empty,
        "-o", lab.path("ed448.ppk"), "--random-device", "/dev/urandom")
    status, out, err = lab.keygen.run("-y", lab.path("ed448.ppk"))
    tap.equal((status, out), (0, run(PUTTYGEN, "-L", lab.path("ed448.ppk"))),
              "-y of an Ed448 key", err)
    status, out, err = lab.keygen.run("-e", lab.path("ed448.ppk"))
    tap.equal((status, run(PUTTYGEN, "-L", lab.write("block", out))),
              (0, run(PUTTYGEN, "-L", lab.path("ed448.ppk"))),
              "-e of an Ed448 key", err)


def refusals(lab):
    for words, part in (
            (["--check"], "--check FILE"),
            (["--check", "/nonexistent"], "/nonexistent: no such file"),
            (["--check", lab.tmp], "is a directory"),
            (["-l", lab.write("none", b"")], "this file is empty"),
            (["-l", lab.write("json", b"{}")], "save the key's text alone"),
            (["-e", lab.write("json", b"{}")], "save the key's text alone"),
            (["-e", lab.write("sh", b"ssh-keygen -t rsa")], "this is a command"),
            (["-l", lab.write("letter", b"Dear customer")],
             'no key in this file: "Dear" is where'),
            (["-i", lab.write("text", b"hello\n")], "hello"),
            (["-l", lab.write("der", b"\x30\x03\x30\x01\x05")],
             "in binary form (DER)"),
            (["-e", lab.write("cut", read(lab.path("rsa"))[:99])],
             "cut off"),
            (["--repair", lab.path("rsa.pub")], "--repair means nothing"),
            (["-v", "-y", lab.path("rsa")], "means nothing with -y"),
            (["-F", "vm:22"], "[host]:port"),
            (["-F", "[vm]:0"], "[host]:port"),
            (["-F", ""], "[host]:port"),
            (["-F", "vm", "-f", "/nonexistent"], "no such file")):
        status, out, err = lab.keygen.run(*words)
        tap.ok(status == 255 and out == b"" and one_sentence(err) and
               part in err, "refused: %s" % " ".join(words)[:40], err)


def hosts(lab):
    key = half(lab.lines["ed25519"]).encode()
    known = os.path.join(lab.keygen.home, ".ssh", "known_hosts")
    hashed = lab.write("hashed", b"vm %s\n" % key)
    run(SSH_KEYGEN, "-H", "-f", hashed)
    text = b"# mine\r\nvm,other %s\n%s[vm]:2222 %s\n@revoked vm %s\nlast %s" % (
        key, read(hashed), key, key, key)
    with open(known, "wb") as f:
        f.write(text)
    os.chmod(known, 0o640)
    lines = text.split(b"\n")
    status, out, err = lab.keygen.run("-l", "-f", known)
    want = run(SSH_KEYGEN, "-l", "-f", known).splitlines()
    got = [line for line in out.splitlines() if b" @revoked vm " not in line]
    tap.equal((status, got, len(out.splitlines()) - len(got)), (0, want, 1),
              "-l of known_hosts, and what is marked", err)
    for host in ("vm", "other", "[vm]:2222", "last"):
        status, out, err = lab.keygen.run("-F", host)
        want = run(SSH_KEYGEN, "-F", host, "-f", known)
        tap.equal((status, [line.rstrip() for line in out.splitlines()]),
                  (0, [line.rstrip() for line in want.splitlines()]),
                  "-F %s: as ssh-keygen says" % host, err)
    status, out, err = lab.keygen.run("-F", "VM")  # ssh-keygen hashes "VM"
    tap.equal((status, out.count(b"found: line ")), (0, 3),
              "letter case does not count, in hashed names too", err)
    status, out, err = lab.keygen.run("-F", "unknown")
    tap.ok(status == 1 and out == b"" and "no line names unknown" in err,
           "-F of an unknown host", err)
    status, out, err = lab.keygen.run("-R", "unknown")
    tap.equal((status, read(known)), (1, text), "-R of an unknown host", out)
    status, out, err = lab.keygen.run("-R", "vm")
    gone = [b"# vmconnect removed: " + line if i in (1, 2) else line
            for i, line in enumerate(lines)]
    tap.equal((status, read(known)), (0, b"\n".join(gone)),
              "-R: its lines are commented out, the others stay", err)
    tap.ok(b"found: line 2\n" in out and b"found: line 3\n" in out and
           b"# Line 5 stays: it is marked @revoked\n" in out and
           b"~/.ssh/known_hosts: 2 lines commented out\n" in out,
           "it says which", out)
    tap.equal((stat.S_IMODE(os.stat(known).st_mode),
               strangers(os.path.dirname(known), "known_hosts")),
              (0o640, []), "the file's mode is kept, and nothing else is left")
    status, out, err = lab.keygen.run("-R", "vm")
    tap.equal((status, read(known)), (1, b"\n".join(gone)),
              "a second time there is nothing to do", err)
    many = 100000  # would take hours if each began anew
    with open(known, "wb") as f:
        f.write(b"vm %s\n" % key * many)
    status, out, err = lab.keygen.run("-R", "vm")
    tap.equal((status, out.count(b"found: line ")), (0, many),
              "a long file is looked through once", err)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        lab = Lab(tmp)
        judged(lab)
        fingerprints(lab)
        exchange(lab)
        refusals(lab)
        hosts(lab)
    return tap.done()


sys.exit(main())
