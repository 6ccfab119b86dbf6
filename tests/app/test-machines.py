"""What is remembered of machines: by their keys, wherever they answer."""

import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ.get("top_srcdir", "."), "tests/lib"))
from client import Client, checks
from screen import Screen
from servers import Lab, Tap, user, wait_for

tap = Tap()
logs_in, fails = checks(tap)
NOW = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


class Vm:
    """A server, and a client whose home is of its own."""

    def __init__(self, lab, name, **how):
        self.lab, self.key = lab, lab.key()
        self.server = lab.sshd(authorized=[self.key], **how)
        self.client = Client(lab, self.server, self.key)
        self.client.home = lab.path(name)
        self.client.known_hosts = self.client.home + "/.ssh/known_hosts"
        os.makedirs(self.client.home + "/.ssh", mode=0o700)
        self.file = self.client.home + "/.local/state/vmconnect/machines"

    def text(self):
        try:
            with open(self.file) as f:
                return f.read()
        except FileNotFoundError:
            return None

    def lines(self, word):
        return re.findall(r"^    %s (.*)$" % word, self.text() or "", re.M)


def mode(path):
    return os.stat(path).st_mode & 0o777


def test_first(lab):
    """A first login, and a second one."""
    vm = Vm(lab, "first")
    logs_in(vm.client, "accept-new", "-o", "StrictHostKeyChecking=accept-new")
    with open(vm.server.host_keys[0] + ".pub") as f:
        public = " ".join(f.read().split()[:2])
    want = (r"# .*\n\nmachine 127\.0\.0\.1\n"
            r"    server SSH-2\.0-.*\n"
            r"    key %s %s %s\n"
            r"    address 127\.0\.0\.1 %d %s %s\n"
            r"    login %s 1 %s %s\n"
            r"    with %s SHA256:\S+\n" % (
                re.escape(public), NOW, NOW, vm.server.port, NOW, NOW, user(),
                NOW, re.escape(vm.key), user()))
    tap.ok(re.fullmatch(want, vm.text()), "all is there, and nothing else",
           want, vm.text())
    tap.equal(mode(vm.file), 0o600, "nobody else can read the file")
    tap.equal(mode(os.path.dirname(vm.file)), 0o700, "or its directory")
    tap.equal(mode(vm.client.home + "/.local"), 0o700, "or those above")
    logs_in(vm.client, "the second login")
    tap.equal([x.split()[1] for x in vm.lines("login")], ["2"], "is counted")
    logs_in(vm.client, "by a name", "-o", "HostName=127.0.0.1",
            user() + "@web1")
    tap.ok("machine web1\n" in vm.text(), "a name is better", vm.text())


def test_nothing(lab):
    """What is not to be remembered."""
    vm = Vm(lab, "nothing")
    fails(vm.client, "unknown", "-o", "StrictHostKeyChecking=yes", says="known")
    logs_in(vm.client, "known_hosts is /dev/null", "-o",
            "UserKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=no")
    logs_in(vm.client, "known_hosts is none", "-o", "UserKnownHostsFile=none",
            "-o", "StrictHostKeyChecking=accept-new")
    logs_in(vm.client, "no checking", "-o", "StrictHostKeyChecking=no")
    tap.equal(vm.text(), None, "nothing is remembered so far")
    logs_in(vm.client, "RememberMachines", "-o", "RememberMachines=no")
    tap.equal(vm.text(), None, "nor if it shall not be")
    logs_in(vm.client, "a key that is known by now")
    tap.equal(len(vm.lines("key")), 1, "it is remembered, as known_hosts has it")
    other = Client(lab, lab.sshd(authorized=[vm.key]), vm.key)
    other.home, other.known_hosts = vm.client.home, vm.client.known_hosts
    with open(vm.client.known_hosts) as f:
        old = f.read()
    other.know(lab.sshd(), alias="[127.0.0.1]:%d" % other.server.port)
    logs_in(other, "a changed key, no checking", "-o",
            "StrictHostKeyChecking=no", says="has changed")
    tap.equal(len(vm.lines("key")), 1, "which is not remembered")
    with open(vm.client.known_hosts, "w") as f:
        f.write(old)


def test_refused_login(lab):
    """A key that the account does not take."""
    vm = Vm(lab, "refused")
    fails(vm.client, "no login", "-o", "StrictHostKeyChecking=accept-new",
          key=lab.key(), says="refused")
    tap.equal(vm.lines("login"), [], "is no login")


def test_damaged(lab):
    """A damaged file, one that is no file, and one that cannot be written."""
    vm = Vm(lab, "damaged")
    os.makedirs(os.path.dirname(vm.file))
    with open(vm.file, "wb") as f:
        f.write(b"machine old\n    key nonsense\n    tag \xff\0blue\n"
                b"    login me 3 2026-11-25T09:12:44Z\n")
    err = logs_in(vm.client, "a damaged line is told", "-o",
                  "StrictHostKeyChecking=accept-new",
                  says="machines:2: malformed key")
    with open(vm.file, "rb") as f:
        text = f.read()
    tap.ok(text.startswith(b"# ") and b"\nmachine old\n" in text and
           b"    login me 3 2026-11-25T09:12:44Z\n    # damaged: key nonsense\n"
           b"    tag \xff blue\n" in text, "the rest is kept", err, text)
    err = logs_in(vm.client, "and no more is told of it")
    tap.ok("machines" not in err, "it is a comment by now", err)
    with open(vm.file, "wb") as f:
        f.write(b"# x\n" * (1 << 21))
    logs_in(vm.client, "one that is too large is told", says="is larger than")
    tap.equal(os.path.getsize(vm.file), 4 << 21, "and left as it is")
    os.unlink(vm.file)
    os.mkdir(vm.file)
    logs_in(vm.client, "one that is a directory is told", says="directory")
    os.rmdir(vm.file)
    os.symlink("/dev/full", vm.file)
    logs_in(vm.client, "one that cannot be written", says="machines: is not")


def test_many_clients(lab):
    """Ten at once lose nothing of each other's."""
    vm = Vm(lab, "many")
    logs_in(vm.client, "the first", "-o", "StrictHostKeyChecking=accept-new")
    running = [subprocess.Popen(vm.client.argv("true"),
                                stdin=subprocess.DEVNULL,
                                env=vm.client.environment())
               for _ in range(10)]
    tap.equal([p.wait(60) for p in running], [0] * 10, "ten clients log in")
    tap.equal([x.split()[1] for x in vm.lines("login")], ["11"],
              "and each is counted")
    tap.equal(sorted(os.listdir(os.path.dirname(vm.file))),
              ["machines", "machines.lock"], "no other file is left")


def test_held(lab):
    """Somebody holds the lock, and does not let it go."""
    vm = Vm(lab, "held")
    logs_in(vm.client, "the first", "-o", "StrictHostKeyChecking=accept-new")
    holder = subprocess.Popen(
        [sys.executable, "-c", "import fcntl, sys; f = open(sys.argv[1], 'w');"
         "fcntl.lockf(f, fcntl.LOCK_EX); print(flush=True); sys.stdin.read()",
         vm.file + ".lock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    holder.stdout.readline()
    logs_in(vm.client, "the login does not wait for it",
            says="another program holds it")
    holder.communicate()
    tap.equal([x.split()[1] for x in vm.lines("login")], ["1"],
              "what it held is as it was")


def test_user(lab):
    """The name that worked is the first to be tried."""
    vm = Vm(lab, "user")
    logs_in(vm.client, "a first login", "-o",
            "StrictHostKeyChecking=accept-new")
    argv = [a for a in vm.client.argv() if "@" not in a] + ["127.0.0.1"]
    s = Screen(argv, env=vm.client.environment())
    s.wait("Ctrl-] menu")
    tap.ok(wait_for(lambda: [x.split()[1] for x in vm.lines("login")] ==
                    ["2"], what="the count"), "its user is known")
    s.close()
    fails(vm.client, "another key is refused", key=lab.key(),
          says="was let in here before with another key, %s" % vm.client.key)
    os.rename(vm.client.key, vm.client.key + ".away")
    os.rename(vm.client.key + ".pub", vm.client.key + ".away.pub")
    for what, make in (
            ("is gone", lambda path: None),
            ("is empty", lambda path: lab.write(path, "")),
            ("is another key's", lambda path: shutil.copy(lab.key(), path)),
            ("is another's, open to others", lambda path: os.chmod(
                shutil.copy(lab.key(), path), 0o644)),
            ("is a directory", os.mkdir)):
        if os.path.exists(vm.client.key):
            os.unlink(vm.client.key)
        make(vm.client.key)
        err = fails(vm.client, "... and that file " + what, key=lab.key(),
                    says="authorized_keys")
        tap.ok("another key" not in err and "user name" not in err and
               "may not log in" not in err,
               "... so it is not named, nor is the name doubted", err)
        if what == "is another key's":
            fails(vm.client, "... but where it is that which is refused",
                  says="before with another key, which was in %s then."
                  % vm.client.key)


def knows(vm, *keys):
    """Its client's known_hosts has these keys of it, and nothing else."""
    with open(vm.client.known_hosts, "w") as out:
        for key in keys:
            with open(key + ".pub") as f:
                out.write("[127.0.0.1]:%d %s" % (vm.server.port, f.read()))


def types(vm):
    with open(vm.client.known_hosts) as f:
        return [line.split()[1] for line in f]


def test_several_keys(lab):
    """A server with two keys, met one by one, is one machine."""
    keys = [lab.key("ed25519"), lab.key("rsa")]
    vm = Vm(lab, "several", host_keys=keys)
    for key in keys:
        knows(vm, key)
        logs_in(vm.client, "by one of its keys")
    tap.equal((vm.text().count("\nmachine "), len(vm.lines("key"))), (1, 2),
              "it is one machine")
    knows(vm)
    err = logs_in(vm.client, "known_hosts is empty", "-o",
                  "StrictHostKeyChecking=accept-new")
    tap.ok("nother machine" not in err and "between" not in err,
           "nothing is suspected", err)
    vm = Vm(lab, "second", host_keys=keys)
    knows(vm, keys[1])
    logs_in(vm.client, "by the key that is not preferred")
    knows(vm)
    err = logs_in(vm.client, "its line is gone", "-o",
                  "StrictHostKeyChecking=accept-new")
    tap.ok("nother machine" not in err and types(vm) == ["ssh-rsa"],
           "the remembered key is asked for", err, types(vm))


def main():
    with Lab() as lab:
        for test in (test_first, test_nothing, test_refused_login, test_damaged,
                     test_many_clients, test_held, test_user,
                     test_several_keys):
            test(lab)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
