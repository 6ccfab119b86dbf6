"""A machine that boots is waited for: what passes by itself, and what ends it."""

import os
import re
import shlex
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from agents import FakeAgent, says
from client import Client, harmless
from logins import environment
from screen import Screen
from servers import Lab, Peer, free_port, user, wait_for
from session import becomes, tap
from sshpeer import Reader, SshPeer, string

PASSPHRASE = "x y z"


def pump(a, b):
    try:
        while True:
            data = a.recv(65536)
            if not data:
                break
            b.sendall(data)
        b.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # the other one has closed both


class Booting(Peer):
    """What one function after the other does to each connection, then the
    server behind it."""

    def __init__(self, target, *behave):
        self.target, self.steps, self.count = target, list(behave), 0
        super().__init__(self.serve)

    def serve(self, s):
        self.count += 1
        if self.steps:
            self.steps.pop(0)(s)
            return
        server = socket.create_connection(("127.0.0.1", self.target))
        threading.Thread(target=pump, args=(server, s), daemon=True).start()
        pump(s, server)
        server.close()


def breaks_off(s):
    s.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")
    s.recv(4096)


def says_nothing(s):
    while s.recv(4096):
        pass


def known(client, *ports, key):
    with open(key + ".pub") as f:
        fields = f.read().split()
    with open(client.known_hosts, "a") as out:
        for port in ports:
            out.write("[127.0.0.1]:%d %s %s\n" % (port, *fields[:2]))


def by_itself(lab, client, key, host_key):
    """Without a terminal."""
    port = free_port()
    known(client, port, key=host_key)
    with subprocess.Popen(client.argv("--wait", "echo in", port=port),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, start_new_session=True,
                          env=client.environment()) as p:
        first = p.stderr.readline()
        lab.sshd([key], host_keys=[host_key], port=port)
        out, err = p.communicate(timeout=60)
    status, err = p.returncode, (first + err).decode()
    tap.ok(status == 0 and out == b"in\n" and harmless(err) and
           err.startswith("Waiting for ") and err.count("\n") == 1 and
           "connection refused, 0:0" in err and " of 5:00" in err,
           "a server that comes up late", status, out, err)
    server = lab.sshd([key], host_keys=[host_key])
    booting = Booting(server.port, lambda s: None, breaks_off)
    lab.started.append(booting)
    known(client, booting.port, server.port, key=host_key)
    status, out, err = client.run("--wait=1m", "echo in", port=booting.port)
    tap.ok(status == 0 and out == b"in\n" and booting.count == 3 and
           "it closes the connection" in err and
           "the key exchange breaks off" in err,
           "one that closes, then breaks off", status, out, err)
    status, out, err = client.run("-q", "--wait", "echo in", port=server.port,
                                  key=key)
    tap.ok(status == 0 and not err, "one that is there: not a word", err)


def refusals(server):
    return server.log().count("Failed publickey") + \
        server.log().count("Connection closed by authenticating")


def keys_come(lab, client, key, host_key):
    def comes():
        wait_for(lambda: refusals(server), what="a refusal")
        lab.authorize(server.authorized, [key])

    server = lab.sshd(host_keys=[host_key])
    known(client, server.port, key=host_key)
    coming = threading.Thread(target=comes)
    coming.start()
    os.remove(client.known_hosts)
    status, out, err = client.run(
        "--wait", "-o", "StrictHostKeyChecking=accept-new", "echo in",
        port=server.port)
    coming.join()
    tap.ok(status == 0 and out == b"in\n" and "the key is refused" in err and
           "Keys for" not in err, "a key that comes late", status, out, err)
    tap.equal(err.count("remembered in ~/.ssh/known_hosts."), 1,
              "... what the first attempt did for good is told once", err)
    tap.equal(refusals(server), 1, "... was refused once", server.log())
    server = lab.sshd(host_keys=[host_key], options=["MaxAuthTries 1"])
    known(client, server.port, key=host_key)
    coming = threading.Thread(target=comes)
    coming.start()
    status, out, err = client.run("--wait", "echo in", port=server.port)
    coming.join()
    tap.ok(status == 0 and out == b"in\n" and "the key is refused" in err,
           "... where a refusal is all that a login has", status, out, err)
    server = lab.sshd(host_keys=[host_key], options=["MaxAuthTries 1"])
    known(client, server.port, key=host_key)
    coming = threading.Thread(target=comes)
    coming.start()
    status, out, err = client.run("--wait", "-i", lab.key("ed25519"), "echo in",
                                  port=server.port)
    coming.join()
    tap.ok(status == 0 and out == b"in\n" and "the key is refused" in err,
           "... and where there are more keys than it may be asked about",
           status, out, err)


def nologin(lab, client, host_key):
    """As pam_nologin does; the passphrase is asked once."""
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    env = environment(lab, pam=["D System is booting up."])
    server = lab.sshd([key], host_keys=[host_key], env=env,
                      options=["UsePAM yes"])
    known(client, server.port, key=host_key)
    with client.screen("--wait", "echo lo''gged in", port=server.port,
                       key=key) as s:
        s.wait("Passphrase:")
        s.type(PASSPHRASE + "\r")
        s.wait("it lets nobody in yet")
        with open(env["SHIM_PAM"], "w"):
            pass
        s.wait("logged in")
        tap.equal(s.exit(), 0, "logins that are closed at once")
        becomes(s, lambda: s.output().count(b"Passphrase:") == 1,
                "... ask for the passphrase once")
        becomes(s, lambda: b"\a" in s.output(), "... and end with a bell")


BOOTS = "System is booting up. Unprivileged users are not permitted to log in."


def in_session(lab, client, host_key):
    """sshd without PAM lets in, says so in the session, and ends it."""
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    starts, up = lab.write("starts", ""), lab.path("up")
    program = lab.write("may-boot", """#!/bin/sh
echo >>%s
test ! -f %s || exec sh -c "${SSH_ORIGINAL_COMMAND:-exec sh}"
test -n "$SSH_ORIGINAL_COMMAND" || echo "Welcome to this machine"
echo "%s" >&2
exit 254
""" % (starts, up, BOOTS), 0o700)
    server = lab.sshd([key, client.key], host_keys=[host_key],
                      options=["ForceCommand " + program])
    known(client, server.port, key=host_key)

    def started():
        with open(starts) as f:
            return len(f.read())

    def boots_until(start):
        """It is up once there were so many starts."""
        wait_for(lambda: started() >= start, what="a start")
        lab.write("up", "")

    with client.screen("--wait", port=server.port, key=key) as s:
        s.wait("Passphrase:")
        s.type(PASSPHRASE + "\r")
        s.wait("it lets nobody in yet")
        tap.ok("Welcome" not in s.text(), "a session that ends at once",
               s.text())
        boots_until(1)
        s.wait("Ctrl-] menu")
        tap.equal(s.output().count(b"Passphrase:"), 1,
                  "... asks for the passphrase once")
        s.type("exit 7\r")
        tap.equal(s.exit(), 7, "... and then is a shell's")
    os.unlink(up)
    lab.write("starts", "")
    coming = threading.Thread(target=boots_until, args=(2,))
    coming.start()
    status, out, err = client.run("--wait", "echo in; exit 3",
                                  port=server.port)
    coming.join()
    tap.ok(status == 3 and out == b"in\n" and BOOTS not in err and
           "it lets nobody in yet, 0:0" in err and started() == 3,
           "a command is asked for until it is run", status, out, err)
    for words, want in (
            ("echo '%s' >&2; exit 5" % BOOTS, 5),
            ("echo one; echo '%s' >&2; exit 1" % BOOTS, 1),
            ("echo one >&2; echo '%s' >&2; exit 254" % BOOTS, 254),
            ("cat; exit 1", 1)):
        lab.write("starts", "")
        status, out, err = client.run("--wait", words, port=server.port)
        tap.ok(status == want and started() == 1 and "Waiting" not in err,
               "... and once: " + words, status, out, err)
    os.unlink(up)
    status, out, err = client.run("echo in", port=server.port)
    tap.ok(status == 254 and BOOTS in err and "vmconnect" not in err,
           "without --wait it is what the server makes of it", status, err)
    lab.write("starts", "")
    status, out, err = client.run("--wait=6", "echo in", port=server.port)
    tap.ok(status == 255 and 1 < started() < 4 and "waited 0:0" in err and
           "ended the session at once, and said: " + BOOTS in err and
           "What to do: look at the provider's console" in err,
           "the time is up", status, err)


def closed_behind(lab, client, key):
    """The connection is closed when the login is, or a little later."""
    came, steps = [], []

    def login(ssh):
        came.append([])
        while True:
            _, method, rest = ssh.request()
            if method == "none":
                ssh.failure("publickey")
            elif not rest.byte():
                ssh.key_is_good(rest.string(), rest.string())
            else:
                break
        ssh.success()
        if steps:
            steps.pop(0)(ssh)
            raise ConnectionError("it goes away")

    def at_once(ssh):
        ssh.receive()  # what is read breaks no connection

    def at_opening(ssh):
        ssh.send(bytes([1]) + struct.pack(">I", 11) + string("not yet") +
                 string(""))

    def at_start(ssh):
        """What is asked for has begun."""
        channel = Reader(ssh.receive()[1:])
        channel.string()
        channel = channel.take(4)
        ssh.send(bytes([91]) + channel + struct.pack(">III", 0, 1 << 20,
                                                     1 << 15))
        while True:
            request = Reader(ssh.receive()[5:])
            name, reply = request.string(), request.byte()
            if reply:
                ssh.send(bytes([99]) + channel)
            if name in (b"shell", b"exec"):
                came[-1].append(name)
                return

    def arrange(*behaviour):
        came.clear()
        steps[:] = behaviour

    peer = SshPeer(lab, login)
    known(client, peer.port, key=peer.host_keys[0])
    arrange(at_once, at_opening)
    status, out, err = client.run("--wait", "echo in", port=peer.port, key=key)
    tap.ok(status == 0 and out == b"in\n" and len(came) == 3 and
           "it closes the login, 0:0" in err, "closed behind the login", status,
           out, err, came, peer.errors)
    arrange(at_once)
    status, out, err = client.run("echo in", port=peer.port, key=key)
    tap.ok(status == 255 and not out and len(came) == 1 and
           "the login worked, and the connection was closed at once" in err and
           "What to do: try again in a minute" in err and "waited" not in err,
           "... without --wait", status, err)
    arrange(at_start)
    status, out, err = client.run("--wait", "echo in", port=peer.port, key=key)
    tap.ok(status == 255 and not out and came == [[b"exec"]] and
           "Waiting" not in err and
           "the login worked, and the connection was closed at once; it is "
           "not tried again, as the command may have run" in err and
           "What to do: look at the provider's console" in err,
           "a command that may have run is not run twice", status, err, came)
    arrange(at_start)
    status, out, err = client.run("--wait", "--about-vm", port=peer.port,
                                  key=key)
    tap.ok("it closes the login, 0:0" in err and len(came) > 1,
           "... one of our own is", status, out, err, came)
    arrange(at_start)
    with client.screen("--wait", port=peer.port, key=key) as s:
        s.wait("it closes the login")
        becomes(s, lambda: came == [[b"shell"], []] and
                "in" in [row.strip() for row in s.rows()],
                "a shell is", came, peer.errors)
    closing = lab.sshd([key], options=["ForceCommand kill -9 $PPID"])
    ends = set()
    with client.screen("--wait", "-o", "StrictHostKeyChecking=no",
                       port=closing.port, key=key) as s:
        s.wait("it closes the login")
        while closing.log().count("Accepted publickey") < 3:
            ends.add(" ".join(s.rows()[-1].split()[-2:]))
        tap.equal(ends, {"Esc stop"}, "the line stands through the attempts")
        s.type("\x1b")
        s.exit()
        becomes(s, lambda: "no longer waiting" in s.text() and
                "Opening the key" not in s.text(),
                "... and the key that stays open is not opened again")
    status, out, err = client.run(
        "-v", "--wait=5", "-o", "StrictHostKeyChecking=no", "--about-vm",
        port=closing.port, key=key)
    tap.ok(status == 255 and "waited 0:0" in err and "Connected to" in err and
           err.index("Connected to") < err.index("Waiting for"),
           "with -v the first attempt is told before the wait", status, err)


def answered_in_vain(lab, client, host_key):
    """The server goes while somebody types: the next attempt asks anew."""
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    server = lab.sshd([key], host_keys=[host_key])
    known(client, server.port, key=host_key)
    for name, words, shown in (("full screen", [], 1), ("plain", ["cat"], 2)):
        with client.screen("--wait", *words, port=server.port, key=key) as s:
            s.wait("Passphrase:")
            s.type("half")
            before = server.log()
            server.signal_children(signal.SIGKILL)
            s.wait("it closes the login")
            s.type(" of a secret\r")
            wait_for(lambda: server.log().count("Connection from") >
                     before.count("Connection from") and
                     s.text().count("Passphrase:") == shown,
                     what="another question")
            s.type(PASSPHRASE + "\r")
            becomes(s, lambda: server.log().count("Accepted publickey") >
                    before.count("Accepted publickey"),
                    name + ": a question that the server does not wait for")
            tap.ok(b"secret" not in s.output(),
                   "... what was typed for it is not shown", s.text())


def a_step_again(lab, client, key):
    """A key that was the first step of an attempt is that of the next one."""
    came = []

    def login(ssh):
        came.append([])
        while True:
            _, method, rest = ssh.request()
            came[-1].append(method)
            if method == "none":
                ssh.failure("publickey")
            elif not rest.byte():
                ssh.key_is_good(rest.string(), rest.string())
            elif len(came) == 1:
                ssh.failure("password", partial=True)
                raise ConnectionError("it goes away while it is asked")
            else:
                ssh.success()
                return

    peer = SshPeer(lab, login)
    known(client, peer.port, key=peer.host_keys[0])
    with client.screen("--wait", "true", port=peer.port, key=key) as s:
        tap.equal(s.exit(), 0, "a key that was a step is offered once more",
                  s.text(), came, peer.errors)


def ends(lab, client):
    start = time.monotonic()
    status, out, err = client.run("--wait=3", "true", port=free_port())
    lines = err.splitlines()
    tap.ok(status == 255 and not out and len(lines) == 4 and
           lines[1].startswith("vmconnect: waited 0:0") and
           "connection refused" in lines[1] and "What to do" in lines[2] and
           "What cannot be known" in lines[3],
           "the time is up: the doctor's words", err)
    tap.ok("--wait" not in err, "... which do not say to wait", err)
    tap.ok(time.monotonic() - start > 2, "... and not before")
    status, out, err = client.run("true", port=free_port())
    tap.ok(status == 255 and "or with --wait" in err,
           "they do to somebody who has not", err)

    def web(s):
        s.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        s.recv(4096)

    start = time.monotonic()
    status, out, err = client.run("--wait=30", "true",
                                  port=lab.peer(web).port)
    tap.ok(status == 255 and "Waiting" not in err and
           "this is a web server" in err, "what does not pass ends it", err)
    tap.ok(time.monotonic() - start < 20, "... at once")


def stopped(client):
    for how, words in (("plain", ["true"]), ("full screen", [])):
        for name, key in (("Esc", "\033"), ("Ctrl-C", "\003")):
            with client.screen("--wait", *words, port=free_port()) as s:
                s.wait("connection refused, 0:")
                s.wait("Esc stop")
                s.type(key)
                tap.equal(s.exit(), 255, "%s, %s" % (how, name))
                becomes(s, lambda: "no longer waiting: cannot connect to"
                        in s.text() and "What to do" in s.text(),
                        "... says what it waited for")
                tap.ok(s.modes()["echo"] and s.modes()["canonical"],
                       "... and gives the terminal back")


def in_background(client):
    """The terminal is another job's, and nobody is stopped for an Esc."""
    with Screen(["sh", "-i"], cols=150,
                env=client.environment(PS1="outer> ", ENV="")) as s:
        s.wait("outer>")
        s.type(" ".join(map(shlex.quote, client.argv(
            "--wait=6", "true", port=free_port()))) + " </dev/null &\r")
        s.wait("connection refused, 0:0")
        tap.ok("Esc stops" not in s.text(), "in the background no key stops it",
               s.text())
        s.wait("waited 0:0")
        tap.ok("Stopped" not in s.text() and
               s.text().count("Waiting for ") == 1,
               "... nor the terminal, and no line moves there", s.text())
        s.type("clear\r")
        s.type(" ".join(map(shlex.quote, client.argv(
            "--wait", "true", port=free_port()))) + " </dev/null &\r")
        s.wait("connection refused, 0:0")
        s.type("fg\r")
        s.wait("Esc stops")
        s.type("\033")
        s.wait("no longer waiting")
        tap.ok(True, "in the foreground again a key does")


def silent(lab, client):
    """The first attempt is a wait too, where it takes long."""
    mute = Booting(0, *[says_nothing] * 9)
    lab.started.append(mute)
    with client.screen("--wait", port=mute.port) as s:
        s.wait("waiting: it says nothing yet, 0:0")
        s.wait("Esc stop")
        s.type("\033")
        tap.equal(s.exit(), 255, "Esc in an attempt that takes long")
        s.says("no longer waiting: %s@127.0.0.1:%d: the connection is taken, "
               "but nothing is said yet" % (user(), mute.port))
        s.says("What to do: look at the provider's console")
        tap.ok(True, "... says what it waited for")


def identifies(s):
    """The key exchange is silent."""
    s.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")
    says_nothing(s)


def stalls_at_key(ssh):
    """As an AuthorizedKeysCommand that hangs."""
    ssh.request()
    ssh.failure("publickey")
    ssh.request()
    says_nothing(ssh.sock)


def key_is_good(ssh):
    ssh.request()
    ssh.failure("publickey")
    _, _, rest = ssh.request()
    rest.byte()
    ssh.key_is_good(rest.string(), rest.string())


def stalls_at_signature(ssh):
    key_is_good(ssh)
    ssh.request()
    says_nothing(ssh.sock)


def stalls_at_session(ssh):
    ssh.request()
    ssh.success()
    ssh.receive()
    says_nothing(ssh.sock)


def silent_later(lab, client, key):
    """It answers, and is silent at a later stage."""
    peer = SshPeer(lab, stalls_at_key)
    exchange, login = Booting(0, *[identifies] * 9), Booting(peer.port)
    late = Booting(peer.port)
    lab.started += [exchange, login, late]
    known(client, login.port, late.port, key=peer.host_keys[0])
    for port, key_typed, words, sentence, advice in (
            (exchange.port, "\033", "the key exchange hangs",
             "stopped answering during the key exchange",
             "try from another network"),
            (login.port, "\003", "it stops answering in the login",
             "stopped answering in the login", "look at the provider's"),
            (late.port, "\033", "it stops answering in the login",
             "stopped answering in the login", "look at the provider's")):
        for shell in ([], ["true"]):
            late.steps[:] = [lambda s: None]
            with client.screen("--wait", *shell, cols=120, port=port,
                               key=key) as s:
                s.wait(words + ", 0:0")
                s.wait("Esc stop")
                s.type(key_typed)
                tap.equal(s.exit(), 255, words + ": stopped")
                becomes(s, lambda: "no longer waiting: %s@127.0.0.1:%d: the "
                        "server has %s" % (user(), port, sentence)
                        in " ".join(s.text().split()) and
                        "What to do: " + advice
                        in " ".join(s.text().split()),
                        "... says what it waited for")


def silent_to_the_end(lab, client, key):
    """No attempt goes beyond the limit."""
    def in_time(name, port, limit, *words):
        start = time.monotonic()
        status, out, err = client.run("--wait=%d" % limit, "true", port=port,
                                      key=key)
        took = time.monotonic() - start
        tap.ok(status == 255 and limit - 1 < took < limit + 3 and
               all(word in err for word in words) and "What to do" in err,
               name + ", to the end of the time", status, err, took)

    for name, stalls, where in (
            ("a key", stalls_at_key, "of the login"),
            ("a signature", stalls_at_signature, "of the login"),
            ("a session", stalls_at_session, "after it had let us in")):
        peer = SshPeer(lab, stalls)
        known(client, peer.port, key=peer.host_keys[0])
        in_time(name, peer.port, 4, "it stops answering in the login, 0:0",
                "the server said nothing for ", " s " + where)
    late = Booting(peer.port, lambda s: None)
    exchange = Booting(0, *[identifies] * 9)
    lab.started += [late, exchange]
    known(client, late.port, key=peer.host_keys[0])
    in_time("a second attempt", late.port, 8,
            "it closes the connection, 0:0",
            "it stops answering in the login, 0:0",
            "vmconnect: waited 0:0", "the server said nothing for ")
    in_time("a key exchange", exchange.port, 4,
            "the key exchange hangs, 0:0",
            "stopped answering during the key exchange")


def past(start, seconds):
    wait_for(lambda: time.monotonic() > start + seconds, what="the limit")


def a_person_has_time(lab, client):
    """Past the limit, whoever is asked, or has a key to touch, is waited for,
    and the server judges it."""
    locked, key = lab.key("ed25519", passphrase=PASSPHRASE), lab.key("ed25519")
    server = lab.sshd([locked])
    known(client, server.port, key=server.host_keys[0])
    start = time.monotonic()
    with client.screen("--wait=2", "echo lo''gged in", port=server.port,
                       key=locked) as s:
        s.wait("Passphrase:")
        past(start, 4)
        s.type(PASSPHRASE + "\r")
        s.wait("logged in")
        tap.equal(s.exit(), 0, "a passphrase that comes after the limit")

    # The peer is slow; on a busy machine it must be so far within the limit.
    def judges(ssh):
        """It takes its time."""
        past(time.monotonic(), 1.5)
        ssh.success()

    def asks(ssh):
        while ssh.request()[1] != "password":
            ssh.failure("password")
        judges(ssh)

    peer = SshPeer(lab, asks)
    known(client, peer.port, key=peer.host_keys[0])
    start = time.monotonic()
    with client.screen("--wait=5", "true", port=peer.port, key=key) as s:
        s.wait("assword:")
        past(start, 6)
        s.type("secret\r")
        tap.equal(s.exit(), 0, "a password that is judged after it", s.text(),
                  peer.errors)

    def takes_key(ssh):
        key_is_good(ssh)
        ssh.request()
        judges(ssh)

    def touched(s):
        past(start, 6)
        says(string(b"\x0e" + string(string("ssh-ed25519") +
                                     string(bytes(64)))))(s)

    peer = SshPeer(lab, takes_key)
    known(client, peer.port, key=peer.host_keys[0])
    agent = FakeAgent(lab, [key], touched)
    start = time.monotonic()
    with client.screen("--wait=5", "true", port=peer.port, key=key,
                       SSH_AUTH_SOCK=agent.socket) as s:
        tap.equal(s.exit(), 0, "a key that is touched after it", s.text(),
                  peer.errors)
    tap.equal(agent.asked, [11, 13], "... is the agent's")


def before_a_password(lab, client, key, host_key):
    server = lab.sshd(host_keys=[host_key],
                      options=["PasswordAuthentication yes"])
    known(client, server.port, key=host_key)
    with client.screen("--wait", port=server.port) as s:
        s.wait("waiting: the key is refused, 0:0")
        lab.authorize(server.authorized, [key])
        s.wait("Ctrl-] menu")
        tap.ok(True, "a key that comes late, where passwords are taken")
        s.type("exit\r")
        s.exit()


def on_screens(lab, client, key, host_key):
    port = free_port()
    known(client, port, key=host_key)
    with client.screen(port=port) as s:
        s.wait("Wait for it?")
        becomes(s, lambda: "What cannot be known" in s.text(),
                "a refused connection: it is offered to wait")
        s.wait("no connection")
        s.type("y\r")
        s.wait("waiting: connection refused, 0:0")
        s.resize(40, 20)
        becomes(s, lambda: len(s.rows()) == 20 and re.fullmatch(
            r" (127\.0\.0\.1:%d)? +refused 0:\d\d +Esc stop" % port,
            s.rows()[-1]),
            "the status line has all that, in brief, on 40 columns")
        s.resize(80, 24)
        before = s.output().count(b"\a")
        lab.sshd([key], host_keys=[host_key], port=port)
        s.wait("Ctrl-] menu")
        becomes(s, lambda: s.output().count(b"\a") > before,
                "a bell when the shell is there")
        s.type("\x1de")
        s.wait("No connection: cannot connect")
        s.wait("Waiting for it.")
        tap.ok(True, "the event log tells of it")
        s.type("\x1b")
        s.gone("Waiting for it.")
        s.type("\x1d.")
        tap.equal(s.exit(), 255, "disconnected")
    long = "ubuntu-of-a-long-name"
    for start, reason in ((breaks_off, r"broken off"),
                          (lambda s: None, r"closed")):
        booting = Booting(0, *[start] * 9)
        lab.started.append(booting)
        to = "%s@127.0.0.1" % long
        with client.screen("--wait", to, port=booting.port) as s:
            becomes(s, lambda: re.fullmatch(
                r" %s:%d +(waiting: )?%s 0:\d\d +Esc stop" % (to, booting.port, reason),
                s.rows()[-1]), "80 columns, a long reason: how to stop it is "
                "in view", s.rows()[-1])
            s.resize(120, 24)
            becomes(s, lambda: re.search(
                r"waiting: .*, 0:\d\d of 5:00 +Esc stop", s.rows()[-1]),
                "... and on more columns the reason is, too", s.rows()[-1])
            s.type("\033")
            s.exit()
    port = free_port()
    with client.screen("--wait", "true", cols=40, port=port) as s:
        s.wait("refused 0:0")
        becomes(s, lambda: re.fullmatch(
            r"refused 0:(0[2-9]|\d\d) \(Esc stops\)", s.rows()[0]) and not
                s.rows()[1].strip(), "one line on 40 columns")
        s.type("\033")
        s.exit()


def asks(lab, client, host_key):
    """What kept the machine is past while a question is up."""
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    port = free_port()
    known(client, port, key=host_key)
    with client.screen("--wait", port=port, key=key) as s:
        s.wait("waiting: connection refused, 0:0")
        lab.sshd([key], host_keys=[host_key], port=port)
        s.wait("Passphrase:")
        becomes(s, lambda: "waiting for you" in s.rows()[-1] and
                "refused" not in s.rows()[-1],
                "the status line while a passphrase is asked")
        s.type("\033")
        s.exit()


def about_vm(s, words):
    """Ctrl-] m; a machine that is busy may not answer in time."""
    for _ in range(9):
        s.type("\x1dm")
        s.wait("This machine")
        wait_for(lambda: words in s.text() or
                 re.search("did not answer|told no more|took too long|is still",
                           s.text()), what="what the machine tells")
        told = words in s.text()
        s.type("\x1b")
        s.gone("This machine")
        if told:
            return
    raise TimeoutError("the machine never answered")


def cloud_init(lab, client, key, host_key):
    """It goes on after the SSH server answers."""
    tools = lab.path("tools")
    os.mkdir(tools)
    status = lab.write("status", "running")
    for name, does in (
            ("cloud-init", "printf 'status: %%s\\n' \"$(cat %s)\"" % status),
            ("apt-get", "exit 1")):  # the real one takes what time it likes
        with open("%s/%s" % (tools, name), "w") as f:
            f.write("#!/bin/sh\n%s\n" % does)
        os.chmod("%s/%s" % (tools, name), 0o700)
    server = lab.sshd([key], host_keys=[host_key], options=[
        "SetEnv PATH=%s:/usr/bin:/bin HOME=%s" % (tools, lab.dir)])
    known(client, server.port, key=host_key)
    for end, words in (("done", "cloud-init is done: this machine is set up"),
                       ("error", "cloud-init failed: see /var/log/")):
        lab.write("status", "running")
        with client.screen("--wait", port=server.port) as s:
            s.wait("cloud-init still sets this machine up")
            about_vm(s, "cloud-init      running")
            s.resize(40, 24)
            s.wait("cloud-init runs")
            s.resize(80, 24)
            s.wait("cloud-init still sets")
            lab.write("status", end)
            s.wait(words)
            s.type("\x1de")
            s.wait("Asking it now and then")
            s.wait(words)
            tap.ok(True, "cloud-init, that goes on, and then: " + end)
            s.type("\x1b")
            s.gone("Asking it now and then")
            s.type("exit\r")
            s.exit()
    with client.screen("--wait", port=server.port) as s:
        s.wait("Ctrl-] menu")
        about_vm(s, "cloud-init      error")
        tap.ok("cloud-init" not in s.text(), "what had ended before is no news",
               s.text())
        s.type("exit\r")
        s.exit()


def main():
    with Lab() as lab:
        key, host_key = lab.key("ed25519"), lab.key("ed25519")
        client = Client(lab, key=key)
        with open(client.known_hosts, "w"):
            pass
        by_itself(lab, client, key, host_key)
        keys_come(lab, client, key, host_key)
        nologin(lab, client, host_key)
        in_session(lab, client, host_key)
        closed_behind(lab, client, key)
        answered_in_vain(lab, client, host_key)
        a_step_again(lab, client, key)
        ends(lab, client)
        stopped(client)
        in_background(client)
        silent(lab, client)
        silent_later(lab, client, key)
        silent_to_the_end(lab, client, key)
        a_person_has_time(lab, client)
        before_a_password(lab, client, key, host_key)
        on_screens(lab, client, key, host_key)
        asks(lab, client, host_key)
        cloud_init(lab, client, key, host_key)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
