"""vmconnect-keygen makes keys: every type in every format, read by ssh-keygen,
puttygen and openssl; the questions it asks; what it does when it cannot."""

import base64
import copy
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from keytools import (Keygen, READERS, half, one_sentence, prompted, read,
                      readers_of, run, strangers, SSH_KEYGEN)
from servers import Tap, wait_for

tap = Tap()
PASS = "pa$$ wörd"
COMMENT = "mé@höst 私"
FORMATS = ("openssh", "ppk", "ppk2", "pkcs8", "pem")
TYPES = [("ed25519", []), ("ecdsa", ["-b", "256"]), ("ecdsa", ["-b", "384"]),
         ("ecdsa", ["-b", "521"]), ("rsa", ["-b", "2048"]),
         ("rsa", ["-b", "2050"])]


def mode(path):
    return os.stat(path).st_mode & 0o7777


def check_made(keygen, directory, form, kind, size, passphrase):
    name = "-".join([form, kind] + size[1:] + (["locked"] if passphrase
                                               else []))
    path = os.path.join(directory, name)
    status, out, err = keygen.run("-t", kind, *size, "--format", form, "-f",
                                  path, "-C", COMMENT, "-N", passphrase)
    if not tap.equal(status, 0, "%s is made" % name, err):
        return
    line = read(path + ".pub")
    tap.equal((out, line.split(b" ", 2)[2].decode()), (line, COMMENT + "\n"),
              "  its line is printed and in the .pub", err)
    tap.equal((mode(path), mode(path + ".pub")), (0o600, 0o644),
              "  the private half is ours alone")
    for tool in readers_of(form, kind):
        tap.equal(READERS[tool](path, passphrase), half(line),
                  "  %s reads it" % tool)
        if passphrase:
            try:
                got = READERS[tool](path, "wrong")
            except RuntimeError:
                got = None
            tap.equal(got, None, "  and not with another passphrase")


def every_format(keygen, tmp):
    for kind, size in TYPES:
        for form in FORMATS:
            for passphrase in ("", PASS):
                if (kind, form) != ("ed25519", "pem"):
                    check_made(keygen, tmp, form, kind, size, passphrase)


def usual_sizes(keygen, tmp):
    for kind, want in (("ed25519", "256"), ("ecdsa", "256"), ("rsa", "3072")):
        path = os.path.join(tmp, "usual-" + kind)
        keygen.run("-t", kind, "-f", path, "-N", "")
        told = run(SSH_KEYGEN, "-l", "-f", path).decode().split()
        tap.equal(told[0], want, "%s has its usual size" % kind)


def refused(keygen, tmp):
    path = os.path.join(tmp, "refused")
    for words, part in (
            (["-t", "dsa"], "ed25519, ecdsa and rsa"),
            (["-t", "rsa", "-b", "1024"], "2048 to 16384"),
            (["-t", "rsa", "-b", "16385"], "2048 to 16384"),
            (["-t", "rsa", "-b", "2051"], "rsa keys have an even number"),
            (["-t", "ecdsa", "-b", "255"], "256, 384 or 521"),
            (["-t", "ed25519", "-b", "512"], "256"),
            (["-b", "many"], "no number"),
            (["--format", "pgp"], "openssh, ppk, ppk2, pkcs8 and pem"),
            (["--format", "pem"], "PEM has no form for ssh-ed25519"),
            (["-t"], "needs a word"),
            (["-x"], "no option -x"),
            (["-C", "two\nlines"], "a comment is one line"),
            (["-P", "x"], "-P means nothing for a new key"),
            (["--nonsense"], "no option --nonsense"),
            (["--copy=no"], "takes no"),
            (["-f", ""], "name of a file is empty"),
            (["-f", "-"], "not written to standard output"),
            (["other"], "one key file at a time")):
        status, out, err = keygen.run("-f", path, "-N", "", *words)
        tap.ok(status == 255 and out == b"" and part in err and
               one_sentence(err), "refused: " + ascii(words), err)
    tap.equal(strangers(tmp), [], "nothing was written")


def no_terminal(keygen, tmp):
    for words, part in (([], "-f"), (["-f", tmp + "/k"], "-N")):
        status, out, err = keygen.run(*words)
        tap.ok(status == 255 and part in err and one_sentence(err),
               "no terminal: the option that helps is named", err)
    for name in ("k", "k.pub"):
        with open(os.path.join(tmp, name), "w", encoding="ascii") as f:
            f.write("mine")
        status, out, err = keygen.run("-f", tmp + "/k", "-N", "")
        tap.ok(status == 255 and "%s: exists already" % name in err and
               one_sentence(err), "no terminal: %s is not overwritten" % name,
               err)
        tap.equal(read(os.path.join(tmp, name)), b"mine", "  and stays")
        os.remove(os.path.join(tmp, name))
    status, out, err = keygen.run("-f", tmp + "/k", "-N", "", "--copy")
    tap.ok(status == 255 and "no terminal whose clipboard" in err,
           "no terminal: no clipboard", err)
    tap.equal(strangers(tmp), [], "  and nothing is written")


def by_askpass(keygen, tmp):
    """$SSH_ASKPASS where there is no terminal, as ssh-keygen has it."""
    path, program = os.path.join(tmp, "by-askpass"), os.path.join(tmp, "ask")
    with open(program, "w", encoding="utf-8") as f:
        f.write("#!/bin/sh\nprintf '%%s\\n' \"$1\" >>'%s'\necho '%s'\n" %
                (program + ".log", PASS))
    os.chmod(program, 0o700)
    env = {"SSH_ASKPASS": program, "SSH_ASKPASS_REQUIRE": "force"}
    status, _, err = keygen.run("-f", path, env=env)
    tap.ok(status == 0 and READERS["ssh-keygen"](path, PASS) ==
           half(read(path + ".pub")), "a passphrase by SSH_ASKPASS", err)
    asked_for = read(program + ".log")
    tap.ok(b"New passphrase (Enter for none):" in asked_for and
           b"The same again:" in asked_for, "  asked twice", asked_for)
    with keygen.screen("-f", path + "2", **env) as s:
        tap.equal(s.exit(), 0, "  or by force with a terminal")
    env["SSH_ASKPASS"] = "/bin/false"
    status, _, err = keygen.run("-f", path + "3", env=env)
    tap.ok(status == 255 and "cancelled" in err and one_sentence(err),
           "  or cancelled", err)
    env["SSH_ASKPASS"] = "/nowhere"
    status, _, err = keygen.run("-f", path + "3", env=env)
    tap.ok(status == 255 and "/nowhere" in err and one_sentence(err),
           "  a program that is missing is named", err)


def asked(keygen):
    key = os.path.join(keygen.home, ".ssh/id_ed25519")
    with keygen.screen() as s:
        s.wait("Save the new key in [~/.ssh/id_ed25519]:")
        s.type("\r")
        s.wait("New passphrase (Enter for none):")
        tap.ok(not s.modes()["echo"], "a passphrase is typed without echo")
        s.type("secret one\r")
        s.wait("The same again:")
        s.type("secret two\r")
        s.wait("not the same")
        s.type(PASS + "\r")
        prompted(s, "The same again:", 2)
        s.type(PASS + "\r")
        s.wait("provider's panel")
        tap.equal(s.exit(), 0, "alone it makes an Ed25519 key")
        tap.ok(s.modes()["echo"], "the terminal is as it was")
        shown = s.output().decode()
        tap.ok("secret" not in shown and PASS not in shown,
               "what was typed is not shown", shown)
        tap.ok("\r\n\r\n%s" % read(key + ".pub").decode().rstrip() in shown,
               "the line stands alone, unbroken", shown)
    tap.equal(READERS["ssh-keygen"](key, PASS), half(read(key + ".pub")),
              "ssh-keygen opens it with that passphrase")
    tap.equal(mode(os.path.dirname(key)), 0o700, "~/.ssh is made, ours alone")


def over(keygen):
    key = os.path.join(keygen.home, ".ssh/id_ed25519")
    before = read(key)
    for answer, status in (("no", 1), ("", 1), ("\x03", 255), ("yes", 0)):
        with keygen.screen("-N", "") as s:
            s.wait("Save the new key")
            s.type("\r")
            s.wait("exists already")
            s.type(answer if answer == "\x03" else answer + "\r")
            tap.equal(s.exit(), status, "overwrite it?  %r" % answer)
        tap.equal(read(key) == before, status != 0, "  is obeyed")
    target = key + ".target"
    os.rename(key, target)
    os.symlink(target, key)
    os.chmod(target, 0o644)
    with keygen.screen("-N", "", "-f", key) as s:
        s.wait("exists already")
        s.type("y\r")
        tap.equal(s.exit(), 0, "a symbolic link is followed")
    tap.ok(os.path.islink(key) and mode(target) == 0o600 and
           half(read(key + ".pub")) == READERS["ssh-keygen"](target, ""),
           "  and what it leads to is private then")


def cancelled(keygen, tmp):
    path = os.path.join(tmp, "k")
    for prompt, keys in (("New passphrase", ["\x03"]),
                         ("New passphrase", ["\x04"]),
                         ("The same again", ["once\r", "\x03"])):
        with keygen.screen("-f", path) as s:
            s.wait("New passphrase")
            for key in keys[:-1]:
                s.type(key)
                s.wait(prompt)
            s.type(keys[-1])
            tap.equal(s.exit(), 255, "cancelled at: " + prompt)
            s.wait("vmconnect-keygen: cancelled")
            tap.ok(s.modes()["echo"], "  the terminal is as it was")
    with keygen.screen("-f", path) as s:
        s.wait("New passphrase")
        s.signal(signal.SIGTERM)
        tap.equal(s.exit(), -signal.SIGTERM, "killed at the prompt")
        tap.ok(s.modes()["echo"], "  the terminal is as it was")
    tap.equal(strangers(tmp), [], "nothing was written")


def has_bytes(directory):
    """Is there a file in it that is not empty?"""
    try:
        return any(os.path.getsize(os.path.join(directory, name)) != 0
                   for name in os.listdir(directory))
    except FileNotFoundError:  # it has gone since
        return False


def killed(keygen, tmp):
    """A key that is being written is there whole, or not at all."""
    path, found = os.path.join(tmp, "killed"), set()
    os.mkdir(path)
    for signum in 10 * [signal.SIGINT, signal.SIGTERM]:
        run = subprocess.Popen([keygen.program, "-q", "-N", "", "-f",
                                path + "/k"], stdout=subprocess.DEVNULL,
                               env=keygen.environment())
        while run.poll() is None and not has_bytes(path):
            continue
        run.send_signal(signum)
        run.wait()
        found.add(tuple(sorted(os.listdir(path))))
        for name in os.listdir(path):
            os.unlink(os.path.join(path, name))
    tap.ok(found <= {(), ("k", "k.pub")}, "killed as it writes", found)


def narrow(keygen, tmp):
    """Sentences are broken between words, the line for the panel never."""
    path = os.path.join(tmp, "narrow")
    with keygen.screen("-f", path, cols=40) as s:
        s.wait("A passphrase protects the key if its\nfile is stolen;")
        s.type("\r")
        tap.equal(s.exit(), 0, "on 40 columns")
        tap.ok(read(path + ".pub").strip() in s.output() and
               b"provider's\r\npanel" in s.output(), "  words stay whole",
               s.output())


def copied(keygen, tmp):
    path = os.path.join(tmp, "copied")
    with keygen.screen("-f", path, "-N", "", "--copy") as s:
        tap.equal(s.exit(), 0, "--copy")
        line = read(path + ".pub").strip()
        tap.ok(b"\033]52;c;" + base64.b64encode(line) + b"\a" in s.output(),
               "  the line goes to the clipboard", s.output())
    got, tools = os.path.join(tmp, "got"), os.path.join(tmp, "tools")
    os.mkdir(tools)
    with open(os.path.join(tools, "tmux"), "w") as f:
        f.write("#!/bin/sh\necho \"$*\" >'%s.new'; cat >>'%s.new'; "
                "mv '%s.new' '%s'\n" % (got, got, got, got))
    os.chmod(f.name, 0o700)
    with keygen.screen("-y", "-f", path, "--copy", TMUX="/nowhere,1,0",
                       PATH=tools + ":" + os.environ["PATH"]) as s:
        tap.equal(s.exit(), 0, "--copy in tmux")
        wait_for(lambda: os.path.exists(got), what="tmux")
        tap.equal(read(got).strip(), b"load-buffer -w -\n" + line,
                  "  which gets it too")


def full_disk():
    """No file may grow: what a write meets on a disk without room."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def failing(keygen, tmp):
    path = os.path.join(tmp, "k")
    argv = ("-f", path, "-N", "")
    status, _, err = keygen.run(*argv, preexec_fn=full_disk)
    tap.ok(status == 255 and "cannot be written" in err and one_sentence(err),
           "a full disk", err)
    tap.equal(strangers(tmp), [], "  leaves nothing behind")
    with open("/dev/full", "wb") as full:
        status, _, err = keygen.run(*argv, stdout=full)
    tap.ok(status == 255 and "standard output" in err, "a full standard output",
           err)
    for name, part in (("missing/deep/k", "cannot make this directory"),
                       ("k/under-a-file", "Not a directory"),
                       ("", "is a directory"),
                       ("new/", "cannot be the name of a file")):
        status, _, err = keygen.run("-f", os.path.join(tmp, name), "-N", "")
        tap.ok(status == 255 and part in err and one_sentence(err),
               "impossible place: %r" % name, err)
    os.symlink("nowhere/at/all", os.path.join(tmp, "dangling"))
    with keygen.screen("-f", os.path.join(tmp, "dangling"), "-N", "") as s:
        s.wait("exists already")
        s.type("yes\r")
        tap.equal(s.exit(), 255, "a link that leads nowhere")
    tap.equal(strangers(tmp, "k", "k.pub", "dangling"), [],
              "none of them leaves anything behind")


def unwritable(keygen, tmp):
    """root may write anywhere; as root this is tried as another user, with a
    copy of the program: the tree may be where nobody else gets to."""
    os.chmod(tmp, 0o500)
    become = {}
    if os.getuid() == 0:
        os.chown(tmp, 65534, 65534)
        become = {"user": 65534, "group": 65534, "extra_groups": []}
        keygen = copy.copy(keygen)
        keygen.program = shutil.copy(keygen.program, os.path.dirname(tmp))
    status, _, err = keygen.run("-f", os.path.join(tmp, "k"), "-N", "",
                                **become)
    tap.ok(status == 255 and
           "k: no file can be made in the directory %s: " % tmp in err and
           one_sentence(err), "a directory one may not write to", err)
    tap.equal(strangers(tmp), [], "  stays as it is")
    os.chmod(tmp, 0o700)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        os.chmod(tmp, 0o755)
        places = {}
        for name in ("home", "every", "refused", "no-terminal", "cancelled",
                     "failing", "unwritable"):
            places[name] = os.path.join(tmp, name)
            os.mkdir(places[name])
        keygen = Keygen(places["home"])
        every_format(keygen, places["every"])
        usual_sizes(keygen, places["every"])
        refused(keygen, places["refused"])
        no_terminal(keygen, places["no-terminal"])
        by_askpass(keygen, places["every"])
        asked(keygen)
        over(keygen)
        cancelled(keygen, places["cancelled"])
        killed(keygen, places["cancelled"])
        copied(keygen, places["every"])
        narrow(keygen, places["every"])
        failing(keygen, places["failing"])
        unwritable(keygen, places["unwritable"])
        linked = run("ldd", keygen.program).decode()
        tap.ok("libcrypto" in linked and "ssh2" not in linked and
               "curses" not in linked and "tinfo" not in linked,
               "it is linked without libssh2 and curses", linked)
    return tap.done()


sys.exit(main())
