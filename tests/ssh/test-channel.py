#!/usr/bin/env python3
"""The channel: programs, streams, terminals, and every kind of end."""

import hashlib
import os
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sshclient import Client, run  # noqa: E402
from servers import Lab, Tap, wait_for  # noqa: E402
from sshpeer import SshPeer, string  # noqa: E402

MEGABYTE = 1 << 20
tap = Tap()


def exits(port, key, server):
    for command, status, done in (
            ("exit 0", 0, "known=1 status=0 signal="),
            ("exit 7", 7, "known=1 status=7 signal="),
            ("kill -TERM $$", 200, "known=1 status=0 signal=TERM"),
            ("kill -KILL $$", 200, "known=1 status=0 signal=KILL")):
        client = run("-k", key, [port, command])
        tap.equal((client.status, client.event("done")), (status, done),
                  "%s: %s" % (server, command), client.story())
    client = run("-k", key, [port, "echo one; echo two >&2; echo three"])
    tap.equal((client.out, client.err), (b"one\nthree\n", b"two\n"),
              "%s: the streams stay apart" % server, client.story())
    client = run("-k", key, [port, "echo last; exec >&- 2>&-; exit 3"])
    tap.equal((client.status, client.out), (3, b"last\n"),
              "%s: a status after the end of the streams" % server)


# How a server may end a program, and what is told of it: the packets by their
# type and what follows the channel's number.
EOF, CLOSE = (96, b""), (97, b"")


def said(name, rest):
    return 98, string(name) + b"\0" + rest


UNKNOWN = "known=0 status=0 signal="
ENDINGS = (
    ("no status", (EOF, CLOSE), 201, UNKNOWN),
    ("closed at once", (CLOSE,), 201, UNKNOWN),
    ("a status behind the end", (EOF, said("exit-status", b"\0\0\0\3"), CLOSE),
     3, "known=1 status=3 signal="),
    ("data of no known kind", ((95, b"\0\0\0\7" + string("what?")),
                               said("exit-status", bytes(4)), EOF, CLOSE),
     0, "known=1 status=0 signal="),
    ("a signal that is cut off", (said("exit-signal", b"\0\0\0\x64TERM"), EOF,
                                  CLOSE), 201, UNKNOWN),
    ("a signal of no sort", (said("exit-signal", string("\33[31mX\7") + b"\0" +
                                  string("") * 2), EOF, CLOSE),
     200, "known=1 status=0 signal=X\ufffd"),
    ("a signal of 2 GB", (said("exit-signal", b"\x7f\xff\xff\xff" + bytes(9)),
                          EOF, CLOSE), 255, None),
)


def endings(lab):
    def login(ssh):
        ssh.request()
        ssh.success()

    for name, packets, status, done in ENDINGS:
        def ending(ssh, channel):
            for kind, rest in packets:
                ssh.send(bytes([kind]) + channel + rest)
        client = run([SshPeer(lab, login, ending=ending).port, "true"])
        tap.equal((client.status, client.event("done")), (status, done),
                  "the end: " + name, client.story())


def volumes(port, key, server):
    data = hashlib.sha512(b"seed").digest() + \
        bytes(range(256)) * (10 * MEGABYTE // 256)
    less = data[:MEGABYTE + 7]
    client = run("-k", key, [port, "cat"], data=data)
    tap.ok(client.status == 0 and client.out == data,
           "%s: 10 MB there and back" % server, "%d bytes" % len(client.out),
           "\n".join(client.events))
    for name, options in (("reading a little at a time", ["-s", "1000"]),
                          ("packed", ["-z"])):
        client = run(*options, "-k", key, [port, "cat"], data=less)
        tap.ok(client.status == 0 and client.out == less,
               "%s: 1 MB there and back, %s" % (server, name),
               "%d bytes" % len(client.out), "\n".join(client.events))
    client = run("-k", key, [port, "cat >&2"], data=less)
    tap.ok(client.err == less and client.out == b"",
           "%s: 1 MB on stderr" % server, "%d bytes" % len(client.err))
    client = run("-k", key, [port, "wc -c"], data=less)
    tap.equal(client.out.strip(), b"%d" % len(less),
              "%s: the end of input arrives" % server)


def environment(lab, key):
    s = lab.sshd([key], options=["AcceptEnv A B LANG"])
    client = run("-k", key, "-e", "A=1", "-e", "NO=2", "-e", "B=x y",
                 "-e", "LANG=C.UTF-8", [s.port, "echo $A.$NO.$B.$LANG"])
    tap.equal(client.out, b"1..x y.C.UTF-8\n",
              "accepted variables arrive, a refused one does no harm",
              client.story())
    client = run("-k", key, "-e", "NO=2", [s.port, "echo in"])
    tap.equal(client.out, b"in\n", "the only variable is refused",
              client.story())


def terminal(port, key, server):
    client = Client("-k", key, "-t", "80x24", [port, "stty size; read x; "
                    "stty size; echo $TERM; tty | cut -c-5"])
    client.wait_out(b"24 80\r\n")
    client.order("resize 100 40")
    client.wait_event("resized 100 40")
    client.order("resize 120 50")
    client.wait_event("resized 120 50")
    client.send(b"\n")
    # The end of input hangs up Dropbear's terminal.
    client.wait_out(b"/dev/")
    client.finish()
    tap.ok(b"50 120" in client.out and b"xterm-256color" in client.out
           and b"/dev/" in client.out, "%s: a terminal and its size" % server,
           client.story())


def terminal_refused(lab, key):
    with open(key + ".pub") as f:
        line = "no-pty " + f.read()
    s = lab.sshd([line])
    client = run("-k", key, "-t", "80x24", [s.port, "echo in"])
    tap.ok(client.out == b"in\n" and client.event("open") == "pty_refused=1",
           "a refused terminal is told, and the program runs", client.story())


def signals(port, key, server):
    client = Client("-k", key, [port, "trap 'echo got; exit 4' USR1; echo up; "
                    "while :; do sleep 0.05; done"])
    client.wait_out(b"up")
    client.order("signal USR1")
    client.finish(close=False)
    tap.equal((client.status, client.out), (4, b"up\ngot\n"),
              "%s: a signal arrives" % server, client.story())


def rekeying(lab, key):
    for cipher in ("aes256-gcm@openssh.com", "aes128-ctr"):
        s = lab.sshd([key], options=["RekeyLimit 1M", "Ciphers " + cipher])
        data = os.urandom(MEGABYTE) * 12
        client = run("-k", key, [s.port, "cat"], data=data)
        tap.ok(client.status == 0 and client.out == data,
               "a new key every megabyte, both ways at once, " + cipher,
               "%d bytes" % len(client.out), "\n".join(client.events))


def ciphers(port, key):
    for options, want in (([], "aes128-gcm@openssh.com"),
                          (["-c"], "aes128-ctr")):
        client = run("-k", key, *options, [port, "true"])
        tap.equal(client.event("host-key").split()[2], want,
                  "%s is asked for and used" % want, client.story())


def runs(client, command):
    """Begin it, as soon as the one before is done with."""
    def answer(order, *starts):
        n = len(client.events)
        client.order(order)
        return wait_for(lambda: [e for e in client.events[n:]
                                 if e.startswith(starts)], what=order)[0]

    if client.event("exec begun") is not None:
        answer("drop", "exec none")
    wait_for(lambda: answer("exec " + command, "exec begun", "exec refused") ==
             "exec begun", what=command)


def beside(lab, key):
    """A second program beside the first."""
    for name, s in (("sshd", lab.sshd([key], options=["RekeyLimit 1M"])),
                    ("dropbear", lab.dropbear([key]))):
        client = Client("-k", key, [s.port, "cat"])
        client.wait_event("open")
        runs(client, "printf two; printf err >&2")
        client.wait_event("exec done 3 two")
        client.send(b"one\n")
        client.wait_out(b"one\n")
        tap.ok(True, "%s: a second program beside the first" % name)
        runs(client, "head -c 3000000 /dev/zero | tr '\\0' x")
        client.wait_event("exec done 65536 xxx")
        tap.ok(True, "... much output is cut")
        runs(client, "cat; printf '[%s]' $?")
        client.wait_event("exec done 3 [0]")
        tap.ok(True, "... it has no input")
        runs(client, "sleep 100")
        n = len(client.events)
        client.order("exec true")
        wait_for(lambda: "exec refused" in client.events[n:], what="refusal")
        client.order("drop")
        client.wait_event("exec none 0")
        tap.ok(True, "... one at a time, and it may be dropped")
        client.send(b"still\n")
        client.wait_out(b"still\n")
        client.finish()
        tap.equal((client.status, client.out), (0, b"one\nstill\n"),
                  "... the first goes on", client.story())
    s = lab.sshd([key], options=["MaxSessions 1"])
    client = Client("-k", key, [s.port, "cat"])
    client.wait_event("open")
    client.order("exec true")
    client.wait_event("exec failed")
    client.finish(b"one\n")
    tap.equal((client.status, client.out), (0, b"one\n"),
              "a server that starts only one", client.story())


def no_command(port, key, lab):
    proxy = lab.proxy(port)
    client = Client("-N", "-a", "1", "-k", key, [proxy.port])
    client.wait_event("open")
    before = proxy.up
    wait_for(lambda: proxy.up > before, 20, "a keepalive")
    tap.ok(True, "-N stays up and keeps alive")
    proxy.stop()
    client.finish(close=False)
    tap.ok(client.status == 255 and client.event("failed network") is not None,
           "... until the peer closes", client.story())


def deaths(lab, key):
    s = lab.sshd([key])
    client = Client("-k", key, [s.port, "echo up; sleep 60"])
    client.wait_out(b"up")
    s.signal_children(signal.SIGKILL)
    client.finish(close=False)
    said = client.event("failed network") or ""
    tap.ok(client.status == 255 and "closed the connection" in said,
           "the server is killed", client.story())

    client = Client("-k", key, [s.port, "echo up; sleep 60"])
    client.wait_out(b"up")
    frozen = s.children()
    s.signal_children(signal.SIGSTOP)
    start = time.monotonic()
    client.order("quit")
    client.finish(close=False)
    took = time.monotonic() - start
    for pid in frozen:
        os.kill(pid, signal.SIGCONT)
    tap.ok(client.status == 202 and took < 10,
           "a frozen server does not hold up the end", "%.1f s" % took,
           client.story())

    # What was said before the death is still delivered.
    proxy = lab.proxy(s.port)
    client = Client("-k", key, "-s", "100", [
        proxy.port, "echo up; read x; head -c 100000 /dev/zero; sleep 60"])
    client.wait_out(b"up\n")
    before = proxy.down
    client.send(b"\n")
    wait_for(lambda: proxy.down > before + 100000, 20, "the data")
    s.signal_children(signal.SIGKILL)
    client.finish(close=False)
    tap.equal((client.status, len(client.out)), (255, 100003),
              "the last words of a lost connection are read",
              "\n".join(client.events))


def main():
    with Lab() as lab:
        key = lab.key()
        servers = {"sshd": lab.sshd([key]), "dropbear": lab.dropbear([key])}
        for name, s in servers.items():
            exits(s.port, key, name)
            volumes(s.port, key, name)
            terminal(s.port, key, name)
        # OpenSSH delivers none to the superuser's sessions, as a test may be.
        signals(servers["dropbear"].port, key, "dropbear")
        environment(lab, key)
        terminal_refused(lab, key)
        ciphers(servers["sshd"].port, key)
        rekeying(lab, key)
        beside(lab, key)
        endings(lab)
        no_command(servers["sshd"].port, key, lab)
        deaths(lab, key)
    return tap.done()


sys.exit(main())
