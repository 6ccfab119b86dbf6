"""Machines that are rebuilt, move, or share their keys; ssh reads along."""

import datetime
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ.get("top_srcdir", "."), "tests/lib"))
from client import Client, checks
from servers import Lab, Tap, find_program, free_port, user

tap = Tap()
logs_in, fails = checks(tap)
GONE = "# vmconnect replaced: "


class Home:
    """A client with a home of its own, and servers that come and go."""

    def __init__(self, lab, name):
        self.lab, self.key = lab, lab.key()
        self.client = Client(lab, key=self.key)
        self.client.home = lab.path(name)
        self.client.known_hosts = self.client.home + "/.ssh/known_hosts"
        os.makedirs(self.client.home + "/.ssh", mode=0o700)
        self.file = self.client.home + "/.local/state/vmconnect/machines"

    def serve(self, port=None, host_keys=None, **how):
        if self.client.server:
            self.client.server.stop()
        self.client.server = self.lab.sshd(
            authorized=[self.key], host_keys=host_keys, port=port, **how)
        return self.client.server

    def machines(self):
        """Each as its name and its lines: (word, the rest)."""
        found = []
        with open(self.file) as f:
            for line in f:
                word, _, rest = line.strip().partition(" ")
                if word == "machine":
                    found.append((rest, []))
                elif found and word:
                    found[-1][1].append((word, rest))
        return found

    def facts(self, name, word):
        return [rest for machine, lines in self.machines() if machine == name
                for first, rest in lines if first == word]

    def known(self):
        with open(self.client.known_hosts) as f:
            return f.read()

    def ssh(self, host="127.0.0.1", *options):
        """OpenSSH's own client, with this known_hosts."""
        p = subprocess.run(
            [find_program("ssh"), "-F", "none", "-n", "-p",
             str(self.client.server.port), "-i", self.key, "-o",
             "UserKnownHostsFile=" + self.client.known_hosts, "-o",
             "GlobalKnownHostsFile=/dev/null", "-o", "BatchMode=yes", *options,
             "%s@%s" % (user(), host), "echo in"],
            env=self.client.environment(), capture_output=True, text=True)
        return (p.returncode, p.stdout) if not p.returncode else p.stderr

    def ssh_knows(self, name, host="127.0.0.1"):
        tap.equal(self.ssh(host, "-o", "StrictHostKeyChecking=yes"),
                  (0, "in\n"), name, self.known())

    def answer(self, word, *words):
        with self.client.screen(*words, "echo lo''gged in") as s:
            s.wait("Your answer:")
            s.type(word + "\r")
            return s.exit()


def public(server, i=0):
    with open(server.host_keys[i] + ".pub") as f:
        return " ".join(f.read().split()[:2])


def at(server, host="127.0.0.1"):
    return "[%s]:%d" % (host, server.port)


def first_word(text):
    return " ".join(text.split()[:2])


def test_rebuilt(lab):
    home = Home(lab, "rebuilt")
    old = home.serve()
    logs_in(home.client, "the first machine", "-o",
            "StrictHostKeyChecking=accept-new")
    new = home.serve(port=old.port)
    fails(home.client, "another key, and nobody to ask",
          says="host key has changed")
    tap.equal(home.answer("", "-q"), 255, "Enter leaves")
    tap.equal(home.answer("rebuilt"), 0, "it was rebuilt")
    tap.equal(home.known(), "%s%s %s\n%s %s\n" % (
        GONE, at(old), public(old), at(new), public(new)),
        "known_hosts follows")
    tap.equal((len(home.machines()),
               [first_word(x) for x in home.facts("127.0.0.1", "retired")],
               [first_word(x) for x in home.facts("127.0.0.1", "key")]),
              (1, [public(old)], [public(new)]),
              "one machine, whose old key is retired")
    tap.equal(home.facts("127.0.0.1", "login")[0].split()[1], "2",
              "its logins go on being counted")
    home.ssh_knows("ssh takes the new key")
    logs_in(home.client, "so do we")
    home.serve(port=old.port, host_keys=old.host_keys)
    tap.ok("REMOTE HOST IDENTIFICATION HAS CHANGED" in str(
        home.ssh("127.0.0.1", "-o", "StrictHostKeyChecking=yes")),
        "and ssh does not take the old one")
    with home.client.screen("echo lo''gged in") as s:
        s.wait("Your answer:")
        s.says("It is the key that 127.0.0.1 had before it was rebuilt")
        s.type("replace\r")
        s.says("The old key of 127.0.0.1 port %d is commented out in" %
               old.port)
        tap.equal(s.exit(), 0, "the old state comes back")
    tap.equal([first_word(x) for x in home.facts("127.0.0.1", "key")],
              [public(old)], "with its old key")


def test_all_kinds(lab):
    """A server's keys of all kinds are known: then all of them are old."""
    home = Home(lab, "kinds")
    keys = [lab.key("rsa", 2048), lab.key("ecdsa"), lab.key("ed25519")]
    old = home.serve(host_keys=keys)
    with open(home.client.known_hosts, "w") as out:
        subprocess.run([find_program("ssh-keyscan"), "-p", str(old.port),
                        "127.0.0.1"], stdout=out, stderr=subprocess.DEVNULL)
    tap.equal(home.known().count(at(old) + " "), 3, "all keys of a server")
    home.ssh_knows("are known to ssh")
    logs_in(home.client, "and to us")
    tap.equal(len(home.machines()), 1, "and one machine")
    for key in keys:
        home.serve(port=old.port, host_keys=[key])
        logs_in(home.client, "by one kind of them")
    tap.equal((len(home.machines()), len(home.facts("127.0.0.1", "key"))),
              (1, 3), "one machine has all three")
    home.serve(port=old.port, host_keys=[lab.key("rsa", 2048),
                                         lab.key("ecdsa"), lab.key("ed25519")])
    tap.equal(home.answer("rebuilt"), 0, "it was rebuilt")
    tap.equal((len(home.facts("127.0.0.1", "retired")),
               home.known().count(GONE)), (3, 3),
              "all its old keys are retired, and comments")
    logs_in(home.client, "there is no second question")
    home.ssh_knows("nor for ssh")


def test_moved(lab):
    """Another port, another address."""
    home = Home(lab, "moved")
    old = home.serve()
    logs_in(home.client, "the first place", "-o",
            "StrictHostKeyChecking=accept-new")
    subprocess.run([find_program("ssh-keygen"), "-q", "-H", "-f",
                    home.client.known_hosts], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    new = home.serve(port=free_port(), host_keys=old.host_keys,
                     options=["ListenAddress 127.0.0.2"])
    err = logs_in(home.client, "another port, and all names hidden", "-o",
                  "HashKnownHosts=yes", says=(
        "This is the machine that was at 127.0.0.1 port %d; it is now at "
        "127.0.0.1 port %d.\n" % (old.port, new.port)))
    tap.equal(len(err.splitlines()), 1, "is told in one line", err)
    tap.ok("127.0.0.1" not in home.known(), "is hidden too", home.known())
    home.ssh_knows("ssh knows it there")
    err = logs_in(home.client, "another address", "-o", "BatchMode=yes",
                  user() + "@127.0.0.2", says="at 127.0.0.2 port %d.\n"
                  % new.port)
    home.ssh_knows("and there", "127.0.0.2")
    err = logs_in(home.client, "then it is known", user() + "@127.0.0.2")
    tap.equal((err, len(home.machines())), ("", 1), "as the same machine")
    subprocess.run([find_program("ssh-keygen"), "-q", "-R",
                    "[127.0.0.2]:%d" % new.port, "-f",
                    home.client.known_hosts], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    logs_in(home.client, "its line was taken away", user() + "@127.0.0.2",
            says="This is the machine that was here before.\n")
    with open(home.client.known_hosts, "w") as f:
        f.write("%s %s\n" % (at(old), public(old)))
    fails(home.client, "strict checking takes no new address", "-o",
          "StrictHostKeyChecking=yes", says="unknown host key")


def test_exchanged(lab):
    """Two machines exchange their addresses: 127.0.0.1 and 127.0.0.2."""
    home = Home(lab, "exchanged")
    one, two = lab.key("ed25519"), lab.key("ed25519")
    port = home.serve(host_keys=[one]).port
    new = ["-o", "StrictHostKeyChecking=accept-new"]
    logs_in(home.client, "web1", *new, "-o", "HostName=127.0.0.1",
            user() + "@web1")
    home.serve(port=port, host_keys=[two],
               options=["ListenAddress 127.0.0.2"])
    logs_in(home.client, "db1", *new, "-o", "HostName=127.0.0.2",
            user() + "@db1")
    with home.client.screen("echo lo''gged in") as s:
        s.wait("Your answer:")
        s.says("127.0.0.1 port %d was web1 (" % port)
        s.says("You know this same key: it is that of db1 (")
        s.type("another\r")
        tap.equal(s.exit(), 0, "db1 answers where web1 was")
    tap.equal(([first_word(x) for x in home.facts("web1", "moved")],
               len(home.facts("db1", "address")), len(home.machines())),
              ([public_of(one)], 2, 2), "both keep their keys")
    home.ssh_knows("ssh follows")
    home.serve(port=port, host_keys=[one],
               options=["ListenAddress 127.0.0.3"])
    logs_in(home.client, "web1 elsewhere", user() + "@127.0.0.3",
            says="This is web1; its address changed from 127.0.0.1")
    tap.equal(([first_word(x) for x in home.facts("web1", "key")],
               home.facts("web1", "moved")), ([public_of(one)], []),
              "is in its place again")


def public_of(key):
    with open(key + ".pub") as f:
        return " ".join(f.read().split()[:2])


def test_shared(lab):
    """Two servers with the same key at two addresses."""
    home = Home(lab, "shared")
    server = home.serve(options=["ListenAddress 127.0.0.2"])
    there = user() + "@127.0.0.2"
    turn = "answers at several addresses in turn"
    logs_in(home.client, "one", "-o", "StrictHostKeyChecking=accept-new")
    age(home, 300)
    logs_in(home.client, "the other", there, says="it is now at 127.0.0.2")
    age(home, 300)
    err = logs_in(home.client, "one again", says=turn)
    age(home, 300)
    err += logs_in(home.client, "the other again", there)
    tap.equal(err.count(turn), 1, "is told once")
    fourth = "127.0.0.3"
    new = home.serve(port=server.port, host_keys=server.host_keys,
                     options=["ListenAddress " + fourth])
    with home.client.screen(user() + "@" + fourth, "echo lo''gged in") as s:
        s.wait("Your answer:")
        s.says("they were made from one image with its host keys in it")
        s.type("\r")
        tap.equal(s.exit(), 255, "a third address is asked about")
    tap.ok(fourth not in home.known(), "and not remembered")


def age(home, seconds):
    """All that is remembered was so many seconds earlier."""
    def earlier(found):
        form = "%Y-%m-%dT%H:%M:%SZ"
        then = datetime.datetime.strptime(found.group(), form)
        return (then - datetime.timedelta(seconds=seconds)).strftime(form)
    with open(home.file) as f:
        text = re.sub(r"\d{4}-\S+Z", earlier, f.read())
    with open(home.file, "w") as f:
        f.write(text)


def main():
    with Lab() as lab:
        for test in (test_rebuilt, test_all_kinds, test_moved, test_exchanged,
                     test_shared):
            test(lab)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
