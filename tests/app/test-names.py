"""No login name is given: names are tried, or one is asked for."""

import os
import re
import sys
import threading
import time
from contextlib import contextmanager

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from agents import Agent
from client import Client
from names import (UBUNTU, flat, known, lines, logged, nameless, says, sshd_names,
                   told, tried)
from servers import Lab, user, wait_for
from session import becomes, shell, tap
from sshpeer import SshPeer

NEXT = "No key is taken for %s; trying %s."
TAKEN = "No user was named; the server takes your key for %s."
NONE = "The server takes none of your keys for %s."
LIKELY = ("Most likely yours is not installed there: see in the provider's "
          "panel which key is, and who logs in with it.")
ASKED = ("The server was asked about %d of your %d keys, and takes none for "
         "%s. ")
SOME = ASKED + "All are offered for a name that is typed."
FEW = ASKED + ("It hangs up when it is asked about more; name the right one "
               "with -i.")


def unique(*names):
    """The test may run as root."""
    return list(dict.fromkeys(names))


def asks_nothing(lab, key):
    """Without a terminal: as ssh does first, then what the system suggests."""
    for name, want in (("ubuntu", unique(user(), "root", "ubuntu")),
                       (user(), [user()])):
        server, client = known(lab, {name: [key]}, key)
        status, out, err = client.run("-o", "BatchMode=yes", "echo in")
        tap.ok(status == 0 and out == b"in\n" and
               lines(err)[-1] == TAKEN % name,
               "BatchMode, a key for " + name, status, err)
        tried(server, want, "... and the way to it")
    server, client = known(lab, {}, key)
    for batch in ("yes", "no"):
        status, out, err = client.run("-o", "BatchMode=" + batch, "echo in")
        tap.ok(status == 255 and not out and
               "the server takes none of the keys for " in err and
               "ubuntu" in err and "refused %s (" % key in err and
               "name it: USER@127.0.0.1 -p " in err and
               "What to do: look in the provider's panel which key" in err and
               "another user: " not in err,
               "none is taken: a clear end, BatchMode=" + batch, status, err)
    tried(server, unique(user(), "root", "ubuntu", "anna")[:3] * 2,
          "three names at most, each time")
    server, client = known(lab, {user(): [key]}, key)
    status, out, err = client.run("-q", "echo in")
    tap.ok(status == 0 and out == b"in\n" and not err, "-q says nothing", err)


def on_a_terminal(lab, key):
    for name, want in (("ubuntu", ["ubuntu"]), ("root", ["ubuntu", "root"]),
                       ("anna", ["ubuntu", "root", "anna"])):
        server, client = known(lab, {name: [key]}, key)
        with client.screen() as s:
            shell(s)
            tried(server, want, "the way to " + name)
            logged(s, TAKEN % name, *(NEXT % pair
                                      for pair in zip(want, want[1:])))
            s.type("exit\r")
            s.exit()
    tap.equal(server.log().count("Accepted publickey"), 1,
              "one signature, whatever was tried")


def asked_after(lab, key):
    locked = lab.key(passphrase="correct horse", comment="none")
    server, client = known(lab, {"carla": [locked]}, locked)
    for cols, rows in ((80, 24), (40, 12)):
        before = server.log()
        with client.screen("-o", "RememberMachines=no", cols=cols,
                           rows=rows) as s:
            s.wait("login as:")
            says(s, NONE % "ubuntu or root" + " " + LIKELY)
            s.type("\r")
            says(s, "No user is named for 127.0.0.1.")
            s.type("carla\r")
            s.wait("Passphrase:")
            s.type("correct horse\r")
            shell(s, "menu")
            tap.ok(True, "a person is asked after that, %dx%d" % (cols, rows))
            s.type("exit\r")
            s.exit()
        log = server.log()[len(before):]
        tap.equal(log.count("Accepted publickey for carla"), 1,
                  "... and logs in as typed")
    client = nameless(lab, sshd_names(lab, {}, UBUNTU), locked)
    with client.screen() as s:
        s.wait("login as: ")
        s.type("\x1b")
        tap.equal(s.exit(), 255, "the question can be left")
        becomes(s, lambda: "cancelled" in s.text(), "... which is said")
    client = nameless(lab, sshd_names(lab, {}, UBUNTU), locked)
    with client.screen() as s:
        s.wait("another name")
        s.type("\x03")
        tap.equal(s.exit(), 255, "Ctrl-C between two names stops at once")
        tried(client.server, ["ubuntu"], "... before the next one")


def all_refused(lab, key):
    """No name is named again that was refused a moment ago."""
    server, client = known(lab, {}, key)
    with client.screen(rows=40) as s:
        s.wait("login as: ")
        s.type("bob\r")
        tap.equal(s.exit(), 255, "a fourth name is refused")
        says(s, "No key is taken for ubuntu, root, anna or bob, so it is "
             "hardly the name: most likely your key is not installed there")
        says(s, "What to do: look in the provider's panel which key")
        says(s, "are answered alike.")
        tap.ok("another user:" not in flat(s), "... and no name is advised",
               s.text())
    server, client = known(lab, {}, key, lab.says_debian())
    with client.screen() as s:
        s.wait("login as [anna]: ")
        tried(server, ["debian", "root", "admin"], "Debian's own names")
        s.type("\r")
        tap.equal(s.exit(), 255, "... leave that of the key's comment")
        tried(server, ["debian", "root", "admin", "anna"], "... and tried")
    client.to = "debian@127.0.0.1"
    status, out, err = client.run("true")
    tap.ok("or try another user: root@127.0.0.1 -p " in err,
           "of a name that was typed another one is left", err)


def remembered(lab, key):
    """What worked on this machine before is the first, wherever it is."""
    server, client = known(lab, {"carla": [key]}, key)
    os.unlink(client.known_hosts)
    with client.screen("-o", "StrictHostKeyChecking=accept-new") as s:
        s.wait("login as: ")
        s.type("carla\r")
        shell(s)
        s.type("exit\r")
        s.exit()
    before = server.tries()
    tap.equal(before, ["ubuntu", "root", "anna", "carla"], "typed at last")
    with client.screen() as s:
        shell(s)
        tried(server, before, "... and the first one after that")
        s.type("exit\r")
        s.exit()
    status, out, err = client.run("echo in")
    tap.equal((status, out), (0, b"in\n"), "--wait in a script", err)
    tried(server, before, "... with no other name in between")
    others = [lab.key(comment="none") for _ in range(2)]
    client.key = None
    status, out, err = client.run(*(word for other in others + [key]
                                    for word in ("-i", other)), "-v",
                                  "echo in")
    offered = [line for line in lines(err) if line.startswith("Offering ")]
    tap.ok(status == 0 and len(offered) == 1 and key in offered[0],
           "... and the key that worked is the first of three", err)


def not_tried(lab, key):
    """Where no key can be asked about, the person is, at once."""
    server, client = known(lab, {}, key)
    hidden = lab.key("ecdsa", passphrase="correct horse",
                     options=("-m", "PKCS8"))
    os.remove(hidden + ".pub")
    for name, words, used in (
            ("no key", ("-o", "IdentityAgent=none"), None),
            ("keys are not to be used",
             ("-o", "PubkeyAuthentication=no"), key),
            ("keys come last", ("-o",
             "PreferredAuthentications=password,publickey"), key),
            ("only the passphrase shows the public half", (), hidden)):
        client.key = used
        with client.screen(*words) as s:
            s.wait("login as [ubuntu]:")
            tried(server, [], name + ": no name is tried")
            s.type("\x1b")
            s.exit()


# ---- servers that count ----

def counting(lab, key):
    """Each counts wrong tries in its own way."""
    others = [lab.key(comment="k%d@x" % i) for i in range(6)]
    server, client = known(lab, {"root": [key]}, key, UBUNTU + [
        "MaxAuthTries 1"])
    with client.screen() as s:
        shell(s)
        tried(server, ["ubuntu", "root"], "MaxAuthTries 1")
        s.type("exit\r")
        s.exit()
    server, client = known(lab, {}, key, UBUNTU + ["MaxAuthTries 1"])
    with client.screen() as s:
        s.wait("login as [anna]: ")
        says(s, NONE % "ubuntu or root")
        tried(server, ["ubuntu", "root"],
                  "... two names, where each counts twice")
        s.type("\x1b")
        s.exit()
    server, client = known(lab, {}, None)
    agent = Agent(lab)
    for other in others:
        agent.add(other)
    with client.screen(SSH_AUTH_SOCK=agent.socket) as s:
        s.wait("login as [ubuntu]:")
        says(s, SOME % (5, 6, "ubuntu, root or k0"))
        becomes(s, lambda: len(re.findall("Failed publickey for root",
                                          server.log())) == 5 and
                "maximum auth" not in server.log(),
                "of many keys five are asked about, which no limit forbids")
        s.type("\x1b")
        s.exit()
    server, client = known(lab, {}, key, UBUNTU + ["MaxAuthTries 3"])
    named = [word for other in others[:3] for word in ("-i", other)]
    with client.screen(*named) as s:
        s.wait("login as [ubuntu]:")
        says(s, FEW % (2, 4, "ubuntu or root"))
        becomes(s, lambda: server.log().count("maximum auth") == 1,
                "... and fewer, once one did")
        s.type("\x1b")
        s.exit()
    server.authorize(user(), [others[2]])
    status, out, err = client.run(*named, "echo in")
    tap.ok(status == 255 and "was asked about " in err and
           " of your 4 keys, and takes none for " in err and
           "give it alone: -i FILE" in err,
           "... which a script is told", status, err)
    begun = time.monotonic()
    server, client = known(lab, {}, key, UBUNTU + penalties(lab))
    with client.screen() as s:
        s.wait("login as: ")
        tap.ok(time.monotonic() - begun > 4, "names are spaced")
        s.type("bob\r")
        tap.equal(s.exit(), 255, "... and a wrong name follows")
    server.authorize("carla", [key])
    status, out, err = client.run("-l", "carla", "echo in")
    tap.equal((status, out), (0, b"in\n"), "which no server holds against us",
              err, server.log())
    counts = [line for line in server.log().splitlines()
              if line.startswith(("Invalid user", "maximum auth"))]
    tap.ok(len(counts) < 5, "fail2ban would count fewer than five", counts)


def penalties(lab):
    """OpenSSH's own, where it has them."""
    return ["PerSourcePenalties yes"] if lab.knows(
        "PerSourcePenalties yes") else []


IDENT = "SSH-2.0-OpenSSH_8.9p1 Ubuntu-3"


def peer_of(lab, key, login):
    """A server of ours behind a proxy, whose target may change."""
    peer = SshPeer(lab, login, ident=IDENT)
    proxy = lab.proxy(peer.port)
    proxy.host_keys = peer.host_keys
    return proxy, nameless(lab, proxy, key)


def penalised(lab, key):
    """A server that penalises the address is left in peace."""
    seen = []

    def refuse(ssh):
        while True:
            user, method, rest = ssh.request()
            seen.append((user, method, method == "publickey" and rest.byte()))
            ssh.failure("publickey")
    proxy, client = peer_of(lab, key, refuse)
    with client.screen() as s:
        s.wait("another name")
        proxy.target = lab.peer(
            lambda sock: sock.sendall(b"Not allowed at this time\r\n")).port
        tap.equal(s.exit(), 255, "a penalty ends it")
        says(s, "wait some minutes")
    tap.equal(seen, [("ubuntu", "none", False), ("ubuntu", "publickey", 0)],
              "nothing more is tried; nothing was signed")
    tap.equal(proxy.connections, 2, "... in two connections")


def cut_off(lab, key):
    """A name whose attempt breaks off is not refused: it is tried again."""
    seen = []

    def cut_once(ssh):
        user, method, rest = ssh.request()
        seen.append(user)
        ssh.failure("publickey")
        _, _, rest = ssh.request()
        if len(seen) == 1:
            raise ConnectionError("it is cut")
        rest.byte()
        ssh.key_is_good(rest.string(), rest.string())
        ssh.request()
        ssh.success()
    _, client = peer_of(lab, key, cut_once)
    status, out, err = client.run("--wait", "-o", "BatchMode=yes", "true")
    tap.equal((status, out, seen), (0, b"in\n", [user()] * 2),
              "--wait: a name is tried until the server answers", err)


def other_methods(lab, key):
    """A server that takes passwords only: the person is asked whose."""
    seen = []

    def password(ssh):
        user, method, _ = ssh.request()
        while method != "password":
            seen.append(user)
            ssh.failure("password")
            user, method, _ = ssh.request()
        seen.append(user + "'s password")
        ssh.success()
    proxy, client = peer_of(lab, key, password)
    with client.screen() as s:
        s.wait("login as [ubuntu]:")
        says(s, "The server takes no keys.")
        s.type("carla\r")
        s.wait("Password:")
        s.type("secret\r")
        s.wait("menu")
        tap.ok(seen[-1] == "carla's password" and
               set(seen[:-1]) == {"ubuntu", "carla"},
               "no keys are taken: one name, then the question", seen)
    status, out, err = client.run("-o", "BatchMode=yes", "true")
    tap.ok(status == 255 and "the server accepts no keys here" in err and
           "connect from a terminal" in err, "... or a clear end", err)


def dropbear(lab, key):
    bear = lab.dropbear([key])
    client = Client(lab, key=key)
    client.server, client.to = bear, "127.0.0.1"
    os.unlink(client.known_hosts)
    with client.screen() as s:
        s.wait("Unknown host key")
        s.type("o\r")
        s.wait("login as:" if user() != "root" else "menu")
        tap.ok(True, "Dropbear: root is the name to try")
    status, out, err = client.run("-o", "StrictHostKeyChecking=accept-new",
                                  "echo in")
    tap.equal((status, out), (0, b"in\n"), "... or this side's, in a script")


def same_host(lab, key):
    """What was accepted for this once is not asked about for each name; but
    another key is."""
    server, client = known(lab, {"anna": [key]}, key)
    os.unlink(client.known_hosts)
    with client.screen() as s:
        s.wait("Unknown host key")
        s.type("o\r")
        shell(s)
        tried(server, ["ubuntu", "root", "anna"],
                  "a host key is asked about once")
        becomes(s, lambda: s.text().count("Only keys are tried") == 1,
                "... and what that means is said once")
        s.type("exit\r")
        s.exit()
    client.server = sshd_names(lab, {}, UBUNTU + ["PasswordAuthentication yes"])
    with client.screen() as s:
        s.wait("Unknown host key")
        s.type("o\r")
        s.wait("login as: ")
        s.type("carla\r")
        tap.equal(s.exit(), 255, "a key that was taken this once")
        says(s, "would still take: publickey, password.")
        tap.ok("Password:" not in s.output().decode("utf-8", "replace"),
               "... sees no password, whatever was tried before", s.text())
    proxy = lab.proxy(server.port)
    client.server = proxy
    other = sshd_names(lab, {"root": [key]}, UBUNTU)
    with client.screen() as s:
        s.wait("Unknown host key")
        s.type("o\r")
        s.wait("another name")
        proxy.target = other.port
        s.wait("Unknown host key")
        tried(other, [], "... and another one in between")
        s.type("\r")
        tap.equal(s.exit(), 255, "... which may be refused")


@contextmanager
def waiting(lab, key):
    """While a machine is waited for, each attempt is for the next name, then
    for the first again; other tests run meanwhile."""
    server, client = known(lab, {}, key)
    os.unlink(client.known_hosts)
    first = "remembered in"
    with client.screen("--wait=45", "-o", "StrictHostKeyChecking=accept-new",
                       cols=100) as s:
        s.wait("waiting: the key is refused")
        yield
        s.wait("login as [ubuntu]:", 60)
        says(s, "Perhaps yours is not installed there yet: see in")
        says(s, NONE % "ubuntu, root or anna")
        tried(server, ["ubuntu", "root", "anna", "ubuntu"],
              "--wait: an attempt for each name, and the first once more")
        server.authorize("carla", [key])
        s.type("carla\r")
        shell(s)
        steps = [NEXT % ("ubuntu", "root"), NEXT % ("root", "anna"),
                 NEXT % ("anna", "ubuntu again")]
        becomes(s, lambda: all(s.text().count(words) == 1
                               for words in steps + [first]),
                "... whose notes stay", s.text())
        logged(s, *steps)
        s.type("exit\r")
        s.exit()


@contextmanager
def coming(lab, key):
    """The key comes when all names have been tried."""
    server, client = known(lab, {}, key)

    def come():
        wait_for(lambda: "anna" in server.tries(), 60, "the third name")
        server.authorize("ubuntu", [key])

    with client.screen("--wait", cols=100) as s:
        s.wait("waiting: the key is refused")
        comes = threading.Thread(target=come)
        comes.start()
        yield
        comes.join()
        s.wait("menu", 60)
        tried(server, ["ubuntu", "root", "anna", "ubuntu"],
              "--wait: a key that comes late is found, without a question")
        becomes(s, lambda: TAKEN % "ubuntu" in s.text(), "... and that is told")
        s.type("exit\r")
        s.exit()


def told_meanwhile(lab, key):
    """Root's answer names a user who was refused a moment ago."""
    server, client = known(lab, {}, key)
    with client.screen("--wait", cols=100) as s:
        s.wait("waiting: the key is refused")
        server.authorize("ubuntu", [key])
        server.authorize("root", [told("ubuntu", key)])
        s.wait("menu")
        tried(server, ["ubuntu", "root", "ubuntu"],
              "--wait: the name that root is told was refused before")
        s.type("exit\r")
        s.exit()


def in_a_script(lab, key):
    server, client = known(lab, {}, key, UBUNTU + ["MaxAuthTries 1"])
    status, out, err = client.run("--wait", "-o", "BatchMode=yes", "true")
    tap.ok(status == 255 and "takes none of the keys for " in err,
           "--wait in a script", status, err)
    tried(server, unique(user(), "root", "ubuntu")[:2],
          "... two names, where each counts twice")


def main():
    with Lab() as lab:
        key = lab.key(comment="anna@laptop")
        with waiting(lab, key), coming(lab, key):
            told_meanwhile(lab, key)
            asks_nothing(lab, key)
            in_a_script(lab, key)
            on_a_terminal(lab, key)
        asked_after(lab, key)
        all_refused(lab, key)
        remembered(lab, key)
        not_tried(lab, key)
        counting(lab, key)
        penalised(lab, key)
        cut_off(lab, key)
        other_methods(lab, key)
        dropbear(lab, key)
        same_host(lab, key)
    return tap.done()


sys.exit(main())
