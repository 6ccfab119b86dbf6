"""The server hangs up while somebody looks for the answer to a question."""

import contextlib
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client
from servers import Lab
from session import becomes, tap

GRACE = ["LoginGraceTime 18"]
AGAIN = "The server has hung up meanwhile; connecting again."


def flat(text):
    return " ".join(text.split())


def hung_up(s):
    """The end of LoginGraceTime."""
    s.wait("will connect again", 60)


def lines(client):
    with open(client.known_hosts) as f:
        return f.read().count("\n")


def at_home(lab, key, server):
    """A client with a home of its own, and no known host."""
    client = Client(lab, key=key)
    client.server = server
    client.home = lab.path("home%d" % server.port)
    client.known_hosts = client.home + "/.ssh/known_hosts"
    os.makedirs(os.path.dirname(client.known_hosts), mode=0o700)
    with open(client.known_hosts, "w"):
        pass
    return client


def stranger(lab, key, grace=GRACE):
    """A server whose host key nobody knows, behind a proxy."""
    server = lab.sshd([key], options=grace)
    proxy = lab.proxy(server.port)
    return server, proxy, at_home(lab, key, proxy)


def answered(lab, key):
    """The answer counts, for the next connection shows the same key."""
    _, _, client = stranger(lab, key)
    with client.screen() as s:
        s.wait("Your answer:")
        s.type("a")
        yield
        hung_up(s)
        s.type("\r")
        s.wait("menu")
        becomes(s, lambda: AGAIN in s.text(),
                "a host key, accepted when the server is gone")
        s.type("exit\r")
        tap.equal(s.exit(), 0, "... lets in")
    tap.equal(lines(client), 1, "... and is remembered once")


def impatient(lab, key):
    _, _, client = stranger(lab, key, ["LoginGraceTime 4"])
    with client.screen() as s:
        s.wait("Your answer:")
        yield
        hung_up(s)
        s.type("a\r")
        s.wait("menu")
        tap.ok(True, "a server of little patience: the question stays")
        s.type("exit\r")
        s.exit()


def taken_once(lab, key):
    """What is unverified stays so."""
    _, _, client = stranger(lab, key)
    with client.screen("-o", "PreferredAuthentications=password") as s:
        s.wait("Your answer:")
        yield
        hung_up(s)
        s.type("o\r")
        tap.equal(s.exit(), 255, "a host key that is taken once, as late")
        becomes(s, lambda: AGAIN in s.text() and "Password:" not in s.text(),
                "... gets no password in the next connection either")
    tap.equal(lines(client), 0, "... and is not remembered")


def exchanged(lab, key):
    """Another machine answers by now."""
    _, proxy, client = stranger(lab, key)
    other = lab.sshd([key])
    with client.screen() as s:
        s.wait("Your answer:")
        yield
        hung_up(s)
        proxy.target = other.port
        s.type("yes\r")
        becomes(s, lambda: "has changed" in flat(s.text()).lower() or
                "CHANGED" in s.text(), "the next connection shows another key")
        s.type("\r")
        tap.equal(s.exit(), 255, "... which is none that was accepted")
    tap.ok("Accepted" not in other.log(), "... and nobody is logged in")


def cancelled(lab, key):
    _, proxy, client = stranger(lab, key)
    with client.screen() as s:
        s.wait("Your answer:")
        yield
        hung_up(s)
        s.type("\r")
        tap.equal(s.exit(), 255, "no answer, when the server is gone")
    tap.equal(proxy.connections, 1, "... makes no other connection")


def passphrase(lab):
    """Of another question it is said how much time there is."""
    key = lab.key(passphrase="x y z")
    server = lab.sshd([key], options=GRACE)
    client = at_home(lab, key, server)
    client.know(server)
    with client.screen("true") as s:
        s.wait("Passphrase:")
        yield
        tap.equal(s.exit(seconds=40), 255, "a passphrase that is too late")
        becomes(s, lambda: "What to do: connect again, with the answer at hand: "
                "servers give" in flat(s.text()), "... and what to do")


def at_once(lab, key):
    server, _, client = stranger(lab, key)
    with client.screen("true") as s:
        s.wait("Your answer:")
        server.signal_children(signal.SIGKILL)
        tap.equal(s.exit(), 255, "a server that goes away at once")
        becomes(s, lambda: "What to do: try again in a minute" in flat(s.text()),
                "... has another reason")


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        late = [answered(lab, key), impatient(lab, key), taken_once(lab, key), exchanged(lab, key),
                cancelled(lab, key), passphrase(lab)]
        with contextlib.ExitStack() as stack:
            for one in late:
                next(one)
                stack.callback(one.close)
            at_once(lab, key)
            for one in late:
                next(one, None)
    return tap.done()


sys.exit(main())
