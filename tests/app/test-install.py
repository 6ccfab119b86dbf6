"""--install-key: a public key into authorized_keys, proved by a login."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client
from logins import sshd_password
from servers import Lab, Tap, find_program, user

tap = Tap()
COMMENT = "it's 100% \"Zo\u00eb\" $HOME !x `id` \\n"


class Account:
    """A server whose account has a home of its own."""

    def __init__(self, lab, start, *options, strict="no"):
        lab.count += 1
        self.home = lab.path("account%d" % lab.count)
        os.mkdir(self.home, 0o755)
        self.file = self.home + "/.ssh/authorized_keys"
        self.server = start([
            "SetEnv HOME=" + self.home, "StrictModes " + strict, *options])

    def lines(self):
        with open(self.file, encoding="utf-8") as f:
            return f.read().split("\n")

    def mode(self, path):
        return os.stat(os.path.join(self.home, path)).st_mode & 0o777


def public(key):
    with open(key + ".pub", encoding="utf-8") as f:
        return f.read().rstrip("\n")


def install(lab, account, key, *words, **env):
    client = Client(lab)
    client.server = account.server
    client.know(account.server)
    return client.run("--install-key", *words, key=key, **env)


def by_key(lab, old, key):
    """What another key opens."""
    def start(options):
        home = options[0].partition("=")[2]
        return lab.sshd([old], options=options + [
            "AuthorizedKeysFile %s/.ssh/authorized_keys %s" %
            (home, lab.write("old", public(old) + "\n"))])
    account = Account(lab, start)
    status, out, err = install(lab, account, key, "-i", old)
    tap.ok(status == 0 and out == b"" and "was added" in err and
           "alone works" in err, "a key is added", status, err)
    tap.equal(account.lines(), [public(key), ""], "to the letter")
    tap.equal((account.mode(".ssh"), account.mode(account.file)),
              (0o700, 0o600), "nobody else can read it")
    status, out, err = install(lab, account, key, "-i", old)
    tap.ok(status == 0 and "already" in err, "it is there already", err)
    tap.equal(account.lines(), [public(key), ""], "... and stays there once")

    with open(account.file, "w") as f:
        f.write("# %s\nssh-ed25519 AAAA no-end" % public(key))
    os.chmod(account.file, 0o666)
    status, out, err = install(lab, account, key, "-i", old)
    tap.equal((status, account.lines()),
              (0, ["# " + public(key), "ssh-ed25519 AAAA no-end", public(key),
                   ""]), "a comment and a line without its end before", err)
    tap.equal(account.mode(account.file), 0o644, "nobody else can write to it")

    os.remove(account.file)
    os.rmdir(account.home + "/.ssh")
    with open(account.home + "/.ssh", "w"):
        pass
    status, out, err = install(lab, account, key, "-i", old)
    tap.ok(status == 255 and "could not be written" in err and
           "full (df ~) or read-only" in " ".join(err.split()) and
           "works" not in err, "a file in the place of .ssh", status, err)


def forced(lab, old, key):
    """The login is the proof, not what the key's own command ends with."""
    account = Account(lab, lambda options: lab.sshd([old], options=options + [
        "AuthorizedKeysFile %s/.ssh/authorized_keys %s" %
        (options[0].partition("=")[2],
         lab.write("old", public(old) + "\n"))]))
    os.mkdir(account.home + "/.ssh", 0o700)
    for options, ends, words in (
            ('command="exit 127"', 0, "alone works, but it runs a command of "
             "the server's choice (command= before the key"),
            ('command="sleep 60"', 0, "alone works, but it runs a command"),
            ('no-pty', 0, "alone works."),
            ('from="192.0.2.1"', 255, 'most likely the options before it '
             'forbid it (from="..."')):
        with open(account.file, "w") as f:
            f.write("%s %s\n" % (options, public(key)))
        status, out, err = install(lab, account, key, "-i", old)
        flat = " ".join(err.split())
        tap.ok(status == ends and words in flat and
               "already, behind options that restrict it." in flat,
               "a key behind " + options, status, err)
        tap.equal(account.lines(), ["%s %s" % (options, public(key)), ""],
                  "... is not added again")
    with open(account.file, "a") as f:
        f.write("\t%s\n" % public(key))
    status, out, err = install(lab, account, key, "-i", old)
    tap.ok("authorized_keys of %s already." % (user() + "@127.0.0.1") in
           " ".join(err.split()), "another line of it has none", err)


def by_public_half(lab, old):
    """As ssh-copy-id takes it."""
    def start(options):
        home = options[0].partition("=")[2]
        return lab.sshd([old], options=options + [
            "AuthorizedKeysFile %s/.ssh/authorized_keys %s" %
            (home, lab.write("old", public(old) + "\n"))])
    account, key = Account(lab, start), lab.key()
    status, out, err = install(lab, account, key + ".pub", "-i", old)
    tap.ok(status == 0 and "with %s alone works" % key in err,
           "the public half, beside the private one", status, err)
    tap.equal(account.lines(), [public(key), ""], "... is added")
    alone = lab.write("alone.pub", public(lab.key()) + "\n")
    status, out, err = install(lab, account, alone, "-i", old)
    tap.ok(status == 255 and "only the public half" in err and
           "authorized_keys' < " + alone in err, "a public half alone", err)
    tap.equal(account.lines(), [public(key), ""], "... is not added")


# Preloaded into what the server starts: chmod(1) finds a file system that is
# read-only.
READ_ONLY = """
#include <errno.h>
#include <sys/stat.h>
int chmod(const char *path, mode_t mode)
{
    errno = EROFS;
    return -1;
}
int fchmodat(int fd, const char *path, mode_t mode, int flags)
{
    return chmod(path, mode);
}
"""


def unchangeable(lab, old, key):
    """The line is there, and nothing can be changed."""
    shim = lab.library("read-only", READ_ONLY)
    account = Account(lab, lambda options: lab.sshd(
        [old, key], options=[options[0] + " LD_PRELOAD=" + shim] +
        options[1:]))
    os.mkdir(account.home + "/.ssh", 0o700)
    lab.authorize(account.file, [key])
    status, out, err = install(lab, account, key, "-i", old)
    tap.ok(status == 0 and "Read-only" in err and "already" in err and
           "alone works" in err, "a home that cannot be changed", status, err)


def too_large(lab, old, key):
    """A write of which a part succeeds, as on a disk that gets full."""
    limit = "exec sh -c 'ulimit -f 1; exec sh -c \"$SSH_ORIGINAL_COMMAND\"'"
    account = Account(lab, lambda options: lab.sshd(
        [old], options=options + ["ForceCommand " + limit]))
    os.mkdir(account.home + "/.ssh", 0o700)
    for end in "\n", "":
        before = "# " + 400 * "x" + end
        with open(account.file, "w") as f:
            f.write(before)
        status, out, err = install(lab, account, key, "-i", old)
        tap.ok(status == 255 and "could not be written" in err and
               "(ulimit -f)" in err, "a limit of the size of files", err)
        tap.equal("\n".join(account.lines()), before, "... no half line stays")


def locked(lab, old):
    """The file of a key with a passphrase hides the comment."""
    account = Account(lab, lambda options: lab.sshd([old], options=options))
    key = lab.key(passphrase="secret", comment=COMMENT)
    install(lab, account, key, "-i", old, "-o", "BatchMode=yes")
    tap.equal(account.lines(), [public(key), ""],
              "the comment is the one in the .pub file")


def by_password(lab, key):
    account = Account(lab, lambda options: sshd_password(
        lab, "secret", options=options + [
            "AuthorizedKeysFile %s/.ssh/authorized_keys" %
            options[0].partition("=")[2]]))
    askpass = lab.write("askpass", "#!/bin/sh\necho secret\n", 0o700)
    status, out, err = install(lab, account, key, "-o", "IdentityAgent=none",
                               SSH_ASKPASS=askpass,
                               SSH_ASKPASS_REQUIRE="force")
    tap.ok(status == 0 and "alone works" in err, "after a login by password", err)
    tap.equal(account.lines(), [public(key), ""], "... the line is there")
    os.remove(account.file)
    status, out, err = install(lab, account, key, "-o", "BatchMode=yes")
    flat = " ".join(err.split())
    tap.ok(status == 255 and not os.path.exists(account.file),
           "no way to log in", status, err)
    tap.ok("name one with a second -i." in flat and
           "What to do: name your key with a second -i, or" in flat,
           "... the option that names the login's key is told", err)
    stranger = lab.key()
    status, out, err = install(lab, account, key, "-i", stranger, "-i",
                               lab.key(), "-o", "BatchMode=yes")
    flat = " ".join(err.split())
    tap.ok(status == 255 and "It refused " + stranger in flat and
           " with -i" not in flat, "keys that are refused", err)


def elsewhere(lab, old, key):
    """Servers where it cannot be enough, or does not run at all."""
    account = Account(lab, lambda options: lab.sshd([old], options=options))
    status, out, err = install(lab, account, key, "-i", old)
    tap.ok(status == 255 and "is in ~/.ssh/authorized_keys" in err and
           "AuthorizedKeysFile" in err and "another user" not in err,
           "the server reads another file", status, err)
    other = ("did not run the commands that add the key (exit status",
             "What to do: look from the provider's console")
    for command, name, words in (
            ("true", "a forced command", other),
            ("echo not available; exit 1", "no login shell", other),
            ('echo "System is booting up." >&2; exit 254', "an early session",
             ("What to do: try again in a minute, or with --wait",)),
            ('echo "System is booting up."; exit 1', "a machine that boots",
             ("What to do: try again in a minute, or with --wait",)),
            ('echo "Please login as the user \\"other\\" rather than"; sleep 10',
             "cloud-init's", ("wants its users to log in as other",
                              "What to do: log in as other: other@"))):
        account = Account(lab, lambda options: lab.sshd(
            [old], options=options + ["ForceCommand " + command]))
        begun = time.monotonic()
        status, out, err = install(lab, account, key, "-i", old)
        tap.ok(status == 255 and
               all(word in " ".join(err.split()) for word in words) and
               time.monotonic() - begun < 5, name, status, err)


def dropbear(lab, old, key):
    server = lab.dropbear([old])
    client = Client(lab, None, key)
    client.server = server
    status, out, err = client.run(
        "--install-key", "-i", old, "-o", "StrictHostKeyChecking=no")
    tap.ok(status == 0 and "alone works" in err, "Dropbear", status, err)


def mistakes(lab, old):
    account = Account(lab, lambda options: lab.sshd([old], options=options))
    status, out, err = install(lab, account, "-")
    tap.ok(status == 255 and "two logins" in err, "a key on standard input",
           err)
    status, out, err = install(lab, account, None)
    tap.ok(status == 255 and "no key to install" in err, "no key", err)
    hidden = lab.path("hidden.pem")
    subprocess.run([find_program("openssl"), "genpkey", "-algorithm", "RSA",
                    "-aes256", "-pass", "pass:secret", "-out", hidden],
                   check=True, stderr=subprocess.DEVNULL)
    os.chmod(hidden, 0o600)
    status, out, err = install(lab, account, hidden)
    tap.ok(status == 255 and "vmconnect-keygen -y " in err,
           "a file that hides its public half", err)
    tap.ok(not os.path.exists(account.file), "nothing was written")


def main():
    with Lab() as lab:
        old, key = lab.key(), lab.key("rsa", 2048, comment=COMMENT)
        by_key(lab, old, key)
        forced(lab, old, key)
        by_public_half(lab, old)
        unchangeable(lab, old, key)
        too_large(lab, old, key)
        locked(lab, old)
        by_password(lab, key)
        elsewhere(lab, old, key)
        dropbear(lab, old, key)
        mistakes(lab, old)
    return tap.done()


sys.exit(main())
