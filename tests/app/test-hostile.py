"""Peers that are no SSH servers, or break off: one clear sentence, 255."""

import os
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, harmless
from servers import Lab, Peer, Tap, free_port

tap = Tap()


def closes(sock):
    pass


def sends(data):
    def behave(sock):
        sock.sendall(data)
        sock.settimeout(20)
        while sock.recv(65536):
            pass
    return behave


def sends_and_closes(data):
    def behave(sock):
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(20)
        while sock.recv(65536):
            pass
    return behave


def endless(sock):
    line = b"no SSH here\r\n" * 1000
    while True:
        sock.sendall(line)


PEERS = [
    ("closes at once", closes, "closed"),
    ("HTTP", sends_and_closes(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
     "HTTP/1.1 400"),
    ("OpenSSH's penalties", sends_and_closes(b"Not allowed at this time\r\n"),
     "Not allowed at this time"),
    ("escape sequences for a banner",
     sends_and_closes(b"\x1b]0;owned\x07\x1b[2J\x9b31m\xff\r\n"), ""),
    ("SSH 1 only", sends_and_closes(b"SSH-1.5-old\r\n"), ""),
    ("endless lines", endless, ""),
    ("a banner, then nothing", sends(b"SSH-2.0-x\r\n"),
     "stopped answering"),
    ("silent", sends(b""), "says nothing"),
    ("a banner, then junk", sends_and_closes(b"SSH-2.0-x\r\n" + b"\xff" * 4000),
     ""),
]


def one_error(err):
    """A sentence, and behind it no more than what can be done about it."""
    lines = err.splitlines()
    return lines[0].startswith("vmconnect: ") and len(lines) <= 3 and all(
        line.startswith("  What ") for line in lines[1:])


def told(err):
    """The sentence, as a part of a check's name."""
    return err.split("\n")[0].encode("ascii", "replace").decode().replace(
        "#", "")


def main():
    with Lab() as lab:
        client = Client(lab, key=lab.key("ed25519"))
        for name, behave, says in PEERS:
            peer = Peer(behave)
            lab.started.append(peer)
            start = time.monotonic()
            status, out, err = client.run("-o", "ConnectTimeout=2", "true",
                                          port=peer.port)
            tap.ok(status == 255 and not out and says in err and harmless(err)
                   and one_error(err) and "127.0.0.1" in err,
                   "%s: %s" % (name, told(err)), status, out, err)
            tap.ok(time.monotonic() - start < 10, "  and soon")
        status, out, err = client.run("true", port=free_port())
        tap.ok(status == 255 and "refused" in err, "refused: " + told(err))
        status, out, err = client.run(
            "-o", "HostName=no-such-host.invalid", "true", port=22)
        tap.ok(status == 255 and "no-such-host.invalid" in err,
               "no such name: " + told(err))
        key = lab.key("ed25519")
        sshd = lab.sshd(authorized=[key])
        client.know(sshd, alias="vm")
        slow = lab.proxy(sshd.port, chunk=1)
        status, out, err = client.run("-o", "HostKeyAlias=vm", "echo all", key=key,
                                      port=slow.port)
        tap.ok((status, out) == (0, b"all\n"), "one byte at a time", err)
        for cut in range(0, 2400, 240):
            proxy = lab.proxy(sshd.port, cut=cut)
            status, out, err = client.run("-o", "HostKeyAlias=vm", "echo all", key=key,
                                          port=proxy.port)
            tap.ok(status == 255 and one_error(err) and harmless(err),
                   "cut after %d bytes: %s" % (cut, told(err)), status, out,
                   err)
    return tap.done()


sys.exit(main())
