"""Key files of other tools, rewritten by vmconnect-keygen and read by those
tools again: every format into every other, new passphrases, new comments."""

import base64
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from keyfiles import certified_ppk, ppk_public
from keytools import (Keygen, OPENSSL, PUTTYGEN, READERS, SSH_KEYGEN, half,
                      one_sentence, prompted, read, readers_of, run,
                      strangers, word_file)
from servers import Tap

tap = Tap()
PASS, NEW = "pa$$ wörd", "anøther one"
# Latin-1: no UTF-8, and its bytes must come through.
COMMENT = "mé@höst".encode("latin-1")
FORMATS = ("openssh", "ppk", "ppk2", "pkcs8", "pem")
NAMES = {"openssh": "OpenSSH", "ppk": "PuTTY PPK 3", "ppk2": "PuTTY PPK 2",
         "pkcs8": "PKCS#8", "pem": "PEM"}
WITH_COMMENT = ("openssh", "ppk", "ppk2")
# What is said of a target, and whether of unlocked keys too.
DRAWBACKS = {"ppk2": ("pass of SHA-1", False), "pem": ("pass of MD5", False),
             "pkcs8": ("reads no Ed25519 key in PKCS#8", True)}
TYPES = {"ed25519": ["-t", "ed25519"], "p256": ["-t", "ecdsa", "-b", "256"],
         "p384": ["-t", "ecdsa", "-b", "384"],
         "p521": ["-t", "ecdsa", "-b", "521"],
         "rsa": ["-t", "rsa", "-b", "2048"]}


def mode(path):
    return os.stat(path).st_mode & 0o7777


def kind(name):
    return name if name in ("ed25519", "rsa") else "ecdsa"


class Made:
    """One key as other tools write it, in all their formats."""

    def __init__(self, directory, name):
        self.name, self.directory, self.count = name, directory, 0
        self.path = os.path.join(directory, name)
        run(SSH_KEYGEN, "-q", *TYPES[name], "-N", "", "-C", COMMENT, "-f",
            self.path)
        self.public = half(read(self.path + ".pub"))

    def new(self, suffix=""):
        self.count += 1
        return "%s.%d%s" % (self.path, self.count, suffix)

    def by_ssh_keygen(self, form, passphrase):
        path = self.new()
        shutil.copy(self.path, path)
        run(SSH_KEYGEN, "-q", "-p", "-P", "", "-N", passphrase, "-a", "1",
            *{"openssh": [], "pem": ["-m", "PEM"],
              "pkcs8": ["-m", "PKCS8"]}[form], "-f", path)
        return path

    def by_puttygen(self, version, passphrase):
        path = self.new(".ppk")
        run(PUTTYGEN, self.path, "--new-passphrase",
            word_file(path + ".word", passphrase), "-O", "private",
            "--ppk-param", "version=%s" % version, "-o", path)
        return path

    def by_openssl(self, passphrase):
        """Ed25519: openssl makes the key, for ssh-keygen cannot write it."""
        path = self.new(".pem")
        argv = ["-aes256", "-pass", "pass:" + passphrase] \
            if passphrase else []
        run(OPENSSL, "genpkey", "-algorithm", "ed25519", *argv, "-out", path)
        return path

    def sources(self, passphrase):
        """Pairs of a format and a file of this key, with its public half."""
        yield "openssh", self.by_ssh_keygen("openssh", passphrase), self.public
        yield "ppk", self.by_puttygen(3, passphrase), self.public
        yield "ppk2", self.by_puttygen(2, passphrase), self.public
        if self.name == "ed25519":
            path = self.by_openssl(passphrase)
            yield "pkcs8", path, READERS["openssl"](path, passphrase)
        else:
            yield ("pem", self.by_ssh_keygen("pem", passphrase), self.public)
            yield ("pkcs8", self.by_ssh_keygen("pkcs8", passphrase),
                   self.public)

    def can_be(self, form):
        return (self.name, form) != ("ed25519", "pem")


def comment_in(keygen, path, passphrase):
    """The comment's bytes, by our reader, which encode.c has compared."""
    out = path + ".comment"
    keygen.run("--convert", "--format", "ppk2", "-P", passphrase, "-N", "",
               path, "-o", out)
    return read(out).split(b"\nComment: ")[1].split(b"\n")[0]


def drawbacks(name, target, passphrase):
    """Parts of the sentences that are said of a converted key."""
    part, always = DRAWBACKS.get(target, ("", False))
    mine = target != "pkcs8" or name == "ed25519"
    return [part] if part and mine and (always or passphrase) else []


def converted(keygen, made, source, target, passphrase):
    form, path, public = source
    out = made.new("." + target)
    what = "%s: %s to %s%s" % (made.name, form, target,
                               ", locked" if passphrase else "")
    status, _, err = keygen.run("--convert", "--format", target, path, "-o",
                                out, "-P", passphrase)
    if not tap.equal(status, 0, what, err):
        return
    tap.equal(mode(out), 0o600, "  is ours alone")
    for tool in readers_of(target, kind(made.name)):
        tap.equal(READERS[tool](out, passphrase), public,
                  "  %s reads it" % tool)
    tap.equal([part for part, _ in DRAWBACKS.values() if part in err],
              drawbacks(made.name, target, passphrase),
              "  with what speaks against the format")
    if form in WITH_COMMENT and target in WITH_COMMENT:
        tap.equal(comment_in(keygen, out, passphrase), COMMENT,
                  "  with the comment")
    elif form in WITH_COMMENT:
        tap.ok("has no comment" in err, "  without the comment, as is said",
               err)


def conversions(keygen, tmp):
    """Unlocked everything into everything; locked each once as a source and
    each once as a target."""
    for name in TYPES:
        made = Made(tmp, name)
        for source in made.sources(""):
            for target in filter(made.can_be, FORMATS):
                converted(keygen, made, source, target, "")
        targets = list(filter(made.can_be, FORMATS))
        for n, source in enumerate(made.sources(PASS)):
            converted(keygen, made, source, targets[(n + 1) % len(targets)],
                      PASS)


def passphrases(keygen, tmp):
    """-p in every format: set, changed, removed."""
    made = Made(tmp, "p256")
    path = made.path
    for form in FORMATS:
        out = made.new("." + form)
        keygen.run("--convert", "--format", form, path, "-o", out)
        os.chmod(out, 0o400)
        for old, new in (("", PASS), (PASS, NEW), (NEW, "")):
            status, _, err = keygen.run("-p", "-P", old, "-N", new, out)
            good = [READERS[tool](out, new) == made.public
                    for tool in readers_of(form, "ecdsa")]
            tap.ok(status == 0 and good and all(good),
                   "%s: passphrase %r to %r" % (form, old, new), err)
            tap.equal("--convert --format" in err and " -o OUT is" in err,
                      bool(new) and form in ("ppk2", "pem"),
                      "  with the way to a better format", err)
        tap.equal(mode(out), 0o400, "  the mode stays")
        if form in WITH_COMMENT:
            tap.equal(comment_in(keygen, out, ""), COMMENT,
                      "  the comment stays")
    tap.equal(strangers(tmp, *[f for f in os.listdir(tmp)
                               if f.startswith("p256")]), [],
              "nothing is left beside the files")


def costs_stay(keygen, tmp):
    """A new passphrase makes nothing weaker that was stronger than usual."""
    made = Made(tmp, "ed25519")
    for cipher in ("chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com",
                   "aes128-cbc"):
        path = made.new()
        shutil.copy(made.path, path)
        run(SSH_KEYGEN, "-q", "-p", "-P", "", "-N", PASS, "-Z", cipher, "-a",
            "30", "-f", path)
        status, _, err = keygen.run("-p", "-P", PASS, "-N", NEW, path)
        raw = base64.b64decode(b"".join(read(path).splitlines()[1:-1]))
        tap.ok(status == 0 and cipher.encode() in raw and
               raw.split(b"bcrypt")[1][24:28] == bytes([0, 0, 0, 30]) and
               READERS["ssh-keygen"](path, NEW) == made.public,
               "%s and 30 rounds stay" % cipher, err, raw[:100])
    path = made.new()
    shutil.copy(made.path, path)
    keygen.run("-p", "-N", PASS, path)
    raw = base64.b64decode(b"".join(read(path).splitlines()[1:-1]))
    tap.ok(b"aes256-ctr" in raw and
           raw.split(b"bcrypt")[1][24:28] == bytes([0, 0, 0, 24]),
           "aes256-ctr and 24 rounds are usual", raw[:100])
    path = made.new(".ppk")
    run(PUTTYGEN, made.path, "--new-passphrase", word_file(path + ".w", PASS),
        "-O", "private", "--ppk-param", "memory=16384,passes=2", "-o", path)
    keygen.run("-p", "-P", PASS, "-N", NEW, path)
    tap.ok(b"\nArgon2-Memory: 16384\n" in read(path) and
           READERS["puttygen"](path, NEW) == made.public,
           "Argon2's memory stays", read(path))
    path = made.new(".pem")
    run(OPENSSL, "genpkey", "-algorithm", "EC", "-pkeyopt",
        "ec_paramgen_curve:P-256", "-out", path)
    run(OPENSSL, "pkcs8", "-topk8", "-in", path, "-passout", "pass:" + PASS,
        "-iter", "700001", "-out", path + ".p8")
    os.chmod(path + ".p8", 0o600)
    keygen.run("-p", "-P", PASS, "-N", NEW, path + ".p8")
    tap.ok(b":0AAE61" in run(OPENSSL, "asn1parse", "-in", path + ".p8"),
           "and PBKDF2's iterations")
    for memory, passes, least in ((8192, 100, 100), (1024, 800, 100)):
        path = made.new(".ppk")
        run(PUTTYGEN, made.path, "--new-passphrase",
            word_file(path + ".w", PASS), "-O", "private", "--ppk-param",
            "memory=%d,passes=%d" % (memory, passes), "-o", path)
        keygen.run("-c", "-P", PASS, "-C", "x", path)
        tap.ok(b"\nArgon2-Memory: 8192\nArgon2-Passes: %d\n" % least in
               read(path), "as does its work: %d passes of %d KiB" %
               (passes, memory), read(path))


def comments(keygen, tmp):
    made = Made(tmp, "ed25519")
    for form in WITH_COMMENT:
        for passphrase in ("", PASS):
            out = made.new("." + form)
            keygen.run("--convert", "--format", form, made.path, "-o", out,
                       "-N", passphrase)
            with open(out + ".pub", "wb") as f:
                f.write(made.public.encode() + b" old\n")
            os.chmod(out + ".pub", 0o640)
            status, _, err = keygen.run("-c", "-P", passphrase, "-C", "neu ü",
                                        out)
            tap.ok(status == 0 and comment_in(keygen, out, passphrase) ==
                   "neu ü".encode(), "%s: a new comment" % form, err)
            tap.equal((read(out + ".pub"), mode(out + ".pub")),
                      (("%s neu ü\n" % made.public).encode(), 0o640),
                      "  in the .pub too")
            tap.equal(READERS["puttygen"](out, passphrase), made.public,
                      "  puttygen reads it")
    other = Made(tmp, "rsa")
    out = made.new()
    shutil.copy(made.path, out)
    shutil.copy(other.path + ".pub", out + ".pub")
    keygen.run("-c", "-C", "x", out)
    tap.equal(read(out + ".pub"), read(other.path + ".pub"),
              "another key's .pub is left alone")
    for form in ("pem", "pkcs8"):
        out = other.new("." + form)
        keygen.run("--convert", "--format", form, other.path, "-o", out)
        status, _, err = keygen.run("-c", "-C", "x", out)
        tap.ok(status == 255 and "has no comment" in err and
               one_sentence(err), "%s has no comments" % form, err)
    with keygen.screen("-c", made.path) as s:
        s.wait("The comment is: m\ufffd@h\ufffdst")
        s.wait("New comment:")
        s.type("typed\r")
        tap.equal(s.exit(), 0, "the comment is asked for")
    tap.equal(comment_in(keygen, made.path, ""), b"typed", "  and set")


def lines(keygen, tmp):
    """-y of every format; where the passphrase is asked for."""
    made = Made(tmp, "p384")
    for form in FORMATS:
        for passphrase in ("", PASS):
            out = made.new("." + form)
            keygen.run("--convert", "--format", form, made.path, "-o", out,
                       "-N", passphrase)
            hidden = passphrase and form not in WITH_COMMENT
            status, line, err = keygen.run("-y", out)
            if hidden:
                tap.ok(status == 255 and "-P" in err and one_sentence(err),
                       "-y of a locked %s needs the passphrase" % form, err)
                status, line, err = keygen.run("-y", "-P", PASS, out)
            want = made.public.encode()
            if form in ("ppk", "ppk2") or (form == "openssh" and
                                           not passphrase):
                want += b" " + COMMENT
            tap.equal((status, line), (0, want + b"\n"),
                      "-y of %s%s" % (form, " locked" if passphrase else ""),
                      err)
    out = made.new()
    tap.equal(keygen.run("-y", made.path + ".pub")[1], read(made.path + ".pub"),
              "-y of a public half is that")
    with open(out, "wb") as f:
        f.write(run(SSH_KEYGEN, "-e", "-f", made.path))
    tap.equal(half(keygen.run("-y", out)[1]), made.public, "or of RFC 4716")
    shutil.copy(made.path, out)
    keygen.run("-p", "-N", PASS, out)
    tap.equal(keygen.run("-y", "-P", PASS, out)[1],
              made.public.encode() + b" " + COMMENT + b"\n",
              "a passphrase shows the hidden comment")
    status, line, err = keygen.run("-y", "-P", "wrong", out)
    tap.ok((status, line) == (255, b"") and "passphrase is wrong" in err,
           "a wrong one is told", err)
    shutil.copy(made.path + ".pub", out + ".pub")
    tap.equal(keygen.run("-y", out)[1], read(made.path + ".pub"),
              "a hidden comment comes from the .pub")
    with open(out + ".pub", "a", encoding="ascii") as f:
        f.write(made.public + " a second line\n")
    tap.equal(keygen.run("-y", out)[1], made.public.encode() + b"\n",
              "but not from a list")


def on_a_terminal(keygen, tmp):
    """What files say cannot act on the terminal; passphrases are asked."""
    made = Made(tmp, "ed25519")
    out = made.new()
    keygen.run("--convert", made.path, "-o", out, "-C",
               "evil\x1b]0;title\x07\x9b2J")
    with keygen.screen("-y", out) as s:
        tap.equal(s.exit(), 0, "-y on a terminal")
        tap.ok(b"\x1b]0" not in s.output() and s.title() == "",
               "  shows no control characters of the comment", s.output())
    keygen.run("-p", "-N", PASS, made.path)
    with keygen.screen("--convert", "--format", "ppk", made.path, "-o",
                       out + ".ppk") as s:
        s.wait("Passphrase of %s:" % made.path)
        s.type("\r")
        s.wait("Nothing was typed; this key needs its passphrase.")
        s.type("wrong\r")
        s.wait("That passphrase is wrong.")
        s.type(PASS + "\r")
        tap.equal(s.exit(), 0, "asked again after a wrong passphrase")
        tap.ok(PASS.encode() not in s.output(), "  which is not shown")
    tap.equal(READERS["puttygen"](out + ".ppk", PASS), made.public,
              "  and the new file has the same")
    with keygen.screen("-p", made.path) as s:
        for n in range(1, 4):
            prompted(s, "Passphrase of", n)
            s.type("wrong\r")
        tap.equal(s.exit(), 255, "three tries")
        s.wait("the passphrase is wrong for this private key")
    for answer, status, now, passphrase in (
            ("\x03", 255, "cancelled", PASS),
            ("other\r", 255, "were not the same", PASS),
            ("\r", 0, "no passphrase now", "")):
        with keygen.screen("-p", made.path) as s:
            s.wait("Passphrase of")
            s.type(PASS + "\r")
            s.wait("New passphrase (Enter for none):")
            s.type("\r")
            s.wait("Enter once more")
            s.type(answer)
            tap.equal(s.exit(), status, "none, and then %r: %s" % (answer, now))
            s.wait(now)
        tap.equal(READERS["ssh-keygen"](made.path, passphrase), made.public,
                  "  and so it is")


def full_disk():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def refused(keygen, tmp):
    made = Made(tmp, "ed25519")
    path, before = made.path, read(made.path)
    exposed = made.new()
    shutil.copy(path, exposed)
    os.chmod(exposed, 0o644)
    sshcom, rsa = made.new(), Made(tmp, "rsa")
    run(PUTTYGEN, rsa.path, "-O", "private-sshcom", "-o", sshcom)
    locked_sshcom = made.new()
    run(PUTTYGEN, rsa.path, "--new-passphrase",
        word_file(locked_sshcom + ".word", PASS), "-O", "private-sshcom", "-o",
        locked_sshcom)
    locked = made.new()
    shutil.copy(path, locked)
    keygen.run("-p", "-N", PASS, locked)
    hidden = made.by_openssl(PASS)
    out = os.path.join(tmp, "out")
    for words, part in (
            (["-y"], "name the key file"),
            (["-y", out], "no such file"),
            (["-y", tmp], "is a directory"),
            (["-y", word_file(out + ".txt", "hello")], "no private key"),
            (["-y", word_file(out + ".empty", "")], "empty; copy the key"),
            (["-y", word_file(out + ".json", "{}")], "save the key's text"),
            (["-y", word_file(out + ".sh", "ssh-keygen")], "give the key file"),
            (["-y", word_file(out + ".pub", "ssh-ed25519 AAAAC3NzaC1lZDI1")],
             "this key is cut off"),
            (["-p", exposed, "-N", ""], "chmod 600"),
            (["-c", exposed, "-C", "x"], "chmod 600"),
            (["--convert", exposed, "-o", out], "chmod 600"),
            (["--convert", path], "-o"),
            (["--convert", "--format", "pem", path, "-o", out],
             "PEM has no form"),
            (["--convert", "--format", "pem", hidden, "-P", PASS, "-o", out],
             hidden + ": PEM has no form"),
            (["--convert", "--format", "putty", path, "-o", out],
             "the formats are"),
            (["--convert", path, "-o", path], "exists already"),
            (["-p", locked, "-P", "wrong", "-N", ""], "passphrase is wrong"),
            (["-p", locked, "-N", ""], locked + ": there is no terminal"),
            (["-p", path], "-N"),
            (["-c", path], "-C"),
            (["-p", sshcom, "-N", ""], "only read; write the key in another: "
             "vmconnect-keygen --convert -o OUT " + sshcom),
            (["-p", locked_sshcom, "-N", ""], locked_sshcom + ": files in"),
            (["-p", "-y", path], "one at a time"),
            (["-y", path, "-t", "rsa"], "-t means nothing with -y"),
            (["--convert", path, "-o", out, "--copy"],
             "--copy means nothing with --convert")):
        status, got, err = keygen.run(*words)
        tap.ok(status == 255 and got == b"" and part in err and
               one_sentence(err), "refused: " + " ".join(words), err)
    status, _, err = keygen.run("-p", path, "-N", PASS, preexec_fn=full_disk)
    tap.ok(status == 255 and "it is as it was" in err, "a full disk", err)
    tap.equal(read(path), before, "leaves the file as it was")
    tap.ok(not os.path.exists(out), "nothing new is written")
    status, _, err = keygen.run("--convert", sshcom, "-o", out)
    tap.ok(status == 0 and READERS["ssh-keygen"](out, "") == rsa.public,
           "ssh.com's format can be converted from", err)


def ed448(keygen, tmp):
    """OpenSSH has no such keys; puttygen makes them, openssl reads them."""
    path, out = os.path.join(tmp, "ed448.ppk"), os.path.join(tmp, "ed448.pem")
    word = word_file(path + ".word", PASS)
    run(PUTTYGEN, "-q", "-t", "ed448", "--new-passphrase", word, "-O",
        "private", "-o", path)
    status, _, err = keygen.run("--convert", "--format", "pkcs8", path, "-P",
                                PASS, "-o", out)
    told = run(OPENSSL, "pkey", "-in", out, "-passin", "pass:" + PASS,
               "-pubout", "-outform", "DER") if status == 0 else b""
    line = keygen.run("-y", path)[1]
    tap.ok(told and told[-57:] == base64.b64decode(line.split()[1])[-57:],
           "Ed448: PPK to PKCS#8", err)
    back = os.path.join(tmp, "back.ppk")
    status, _, err = keygen.run("--convert", "--format", "ppk", out, "-P", PASS,
                                "-o", back)
    got = run(PUTTYGEN, back, "-O", "public-openssh") if status == 0 else b""
    tap.equal(half(got), half(line), "  and back", err)
    run(PUTTYGEN, back, "--old-passphrase", word, "-P", "--new-passphrase",
        word, "-O", "private", "-o", path)
    status, _, err = keygen.run("--convert", path, "-P", PASS, "-o",
                                path + ".o")
    tap.ok(status == 255 and "OpenSSH has no ssh-ed448 keys" in err,
           "  but not to OpenSSH's format", err)
    status, _, err = keygen.run("--convert", "--format", "pem", path, "-P",
                                PASS, "-o", path + ".o")
    tap.ok(status == 255 and "use PKCS#8, or PuTTY's format" in err,
           "  nor to PEM, and what can hold it is named", err)


def certificates(keygen, tmp):
    """PPK takes a certificate along, OpenSSH's format too."""
    authority = Made(tmp, "p256")
    for name in ("ed25519", "p521", "rsa"):
        made = Made(tmp, name)
        run(SSH_KEYGEN, "-q", "-s", authority.path, "-I", "me", "-n", "root",
            made.path + ".pub")
        cert = half(read(made.path + "-cert.pub"))
        ppk = certified_ppk(made.path, made.path + "-cert.pub", PASS,
                            made.new(".ppk"))
        first, back = made.new(), made.new(".ppk")
        tap.equal((keygen.run("-p", ppk, "-P", PASS, "-N", NEW)[0],
                   keygen.run("--convert", ppk, "-P", NEW, "-N", "", "-o",
                              first)[0],
                   keygen.run("--convert", "--format", "ppk", first, "-o",
                              back)[0]), (0, 0, 0),
                  "%s with a certificate is rewritten" % name)
        tap.equal(ppk_public(ppk), cert,
                  "  a new passphrase keeps it")
        tap.equal(ppk_public(back), cert,
                  "  PPK has it again after OpenSSH's format")
        tap.equal(READERS["ssh-keygen"](first, ""), cert,
                  "  where ssh-keygen reads it")
        tap.equal(half(keygen.run("-y", back)[1]), made.public,
                  "  -y shows the key itself")
        status, _, err = keygen.run("--convert", "--format", "pkcs8", first,
                                    "-o", made.new())
        tap.ok(status == 0 and "no certificate" in err,
               "  PKCS#8 loses it, as is said", err)


def piped(keygen, place):
    """What is only read may be a pipe, or standard input."""
    key, ppk = os.path.join(place, "key"), os.path.join(place, "ppk")
    run(SSH_KEYGEN, "-q", "-t", "ed25519", "-N", "", "-C", "piped", "-f", key)
    line = read(key + ".pub")

    def shell(script):
        done = subprocess.run(["sh", "-c", script, keygen.program, key, ppk],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr.decode()

    status, out, err = shell('cat "$1" | "$0" -y -')
    tap.equal((status, out, err), (0, line, ""), "-y of standard input")
    status, out, err = shell('cat "$1" | "$0" -y -f /dev/stdin')
    tap.equal((status, out, err), (0, line, ""), "of a pipe")
    status, out, err = shell('sed "s/^/vm.example /" "$1.pub" | "$0" -l -')
    tap.ok(status == 0 and b" vm.example (ED25519)" in out,
           "-l of what ssh-keyscan prints", out + err.encode())
    status, out, err = shell('mkfifo "$2.fifo"; cat "$1" >"$2.fifo" & '
                             '"$0" --convert --format ppk -N "" -f "$2.fifo" '
                             '-o "$2"')
    tap.equal((status, ppk_public(ppk)), (0, " ".join(line.decode().split()[:2])),
              "--convert of a FIFO", err)
    status, out, err = shell('head -c 1048577 /dev/zero | "$0" -l -')
    tap.ok(status == 255 and "is larger than 1048576 bytes" in err,
           "too much of it", err)
    status, out, err = shell('cat "$1" | "$0" -p -N x -f /dev/stdin')
    tap.ok(status == 255 and "is not a regular file" in err,
           "what is changed must be a file", err)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        keygen = Keygen(tmp)
        for test in (conversions, passphrases, costs_stay, comments, lines,
                     on_a_terminal, refused, ed448, certificates, piped):
            place = os.path.join(tmp, test.__name__)
            os.mkdir(place)
            test(keygen, place)
    return tap.done()


sys.exit(main())
