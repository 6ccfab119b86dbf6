#!/usr/bin/env python3
"""Peers that are no SSH servers, broken ones, and broken networks."""

import io
import os
import random
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sshclient import Client, run  # noqa: E402
from servers import Lab, Tap  # noqa: E402

NETWORK, TIMEOUT, PROTOCOL = "network", "timeout", "protocol"
IDENT = b"SSH-2.0-Test_1\r\n"
tap = Tap()


def says(text):
    """A peer that says this, and closes when the client does."""
    def behave(s):
        s.sendall(text)
        while s.recv(4096):
            pass
    return behave


def ends_after(text):
    def behave(s):
        s.sendall(text)
        s.recv(1)
    return behave


def endless(text, first=b""):
    def behave(s):
        s.sendall(first)
        while True:
            s.sendall(text)
    return behave


# name, behaviour, further options, code, words
PEERS = (
    ("silent", says(b""), ["-d", "300"], TIMEOUT, ["says nothing"]),
    ("text and silence", says(b"hello\r\n"), ["-d", "300"], TIMEOUT,
     ["hello"]),
    ("identification and silence", says(IDENT), ["-d", "300"], TIMEOUT,
     ["stopped answering"]),
    ("half an identification", says(b"SSH-2.0-Te"), ["-d", "300"], TIMEOUT,
     ["stopped answering"]),
    ("closes at once", lambda s: None, [], NETWORK, ["before it said"]),
    ("web server", ends_after(b"HTTP/1.1 400 Bad Request\r\n\r\n<html>"), [],
     PROTOCOL, ["web server", "HTTP/1.1 400 Bad Request"]),
    ("penalty", ends_after(b"Not allowed at this time\r\n"), [], NETWORK,
     ["PerSourcePenalties"]),
    ("full house", ends_after(b"Exceeded MaxStartups\r\n"), [], NETWORK,
     ["too many logins"]),
    ("mail server", ends_after(b"220 mail \033[31mESMTP\r\n"), [], PROTOCOL,
     ["not an SSH server", "220 mail"]),
    ("no text at all", ends_after(b"\0\1\2\3"), [], PROTOCOL,
     ["not an SSH server"]),
    ("SSH 1", says(b"SSH-1.5-old\n"), [], PROTOCOL, ["other than 2"]),
    ("endless lines", endless(b"hello\r\n" * 1000), [], PROTOCOL,
     ["without end"]),
    ("endless line", endless(b"x" * 8000), [], PROTOCOL, ["without end"]),
    ("an endless identification", endless(b"x" * 8000, b"SSH-2.0-"), [],
     PROTOCOL, []),
    ("answers that nobody waits for", endless(
        (struct.pack(">IBB", 12, 10, 99) + bytes(10)) * 500, IDENT), [],
     PROTOCOL, ["without end"]),
    ("closes after its identification", ends_after(IDENT), [], NETWORK,
     ["during the key exchange"]),
    ("junk packets", says(IDENT + b"junk" * 5000), [], PROTOCOL, []),
    ("a packet without length", says(IDENT + b"\0" * 64), [], PROTOCOL, []),
    ("an endless packet", says(IDENT + b"\x7f\xff\xff\xff" + b"x" * 60), [],
     PROTOCOL, []),
    ("says goodbye", says(IDENT + b"\0\0\0\x1c\6\1\0\0\0\2\0\0\0\x08go "
                          b"away!\0\0\0\0" + b"\0" * 6), [], NETWORK,
     ["go away!"]),
)


def peers(lab, key):
    more = [("compression, " + name, behave, options + ["-z"], code, words)
            for name, behave, options, code, words in PEERS]
    for name, behave, options, code, words in list(PEERS) + more:
        client = run(*options, "-k", key,
                     [lab.peer(behave).port, "echo in"])
        said = client.event("failed " + code) or ""
        tap.ok(client.status == 255 and said and all(w in said for w in words)
               and "\033" not in said, name, client.story())
    text = b"Welcome\r\n" * 200
    # A server may say some lines before its identification.
    s = lab.sshd([key], options=["VersionAddendum " + "x" * 100])
    client = run("-k", key, [s.port, "echo in"])
    tap.equal(client.out, b"in\n", "a long identification", client.story())
    client = run("-d", "300", "-k", key,
                 [lab.peer(says(text + IDENT)).port, "echo in"])
    tap.ok("key exchange" in (client.event("failed " + TIMEOUT) or ""),
           "lines before the identification are skipped", client.story())


def kexinit(compression):
    """A KEXINIT packet; both compression lists, to the server first."""
    lists = [b"curve25519-sha256", b"ssh-ed25519", b"aes128-ctr",
             b"aes128-ctr", b"hmac-sha2-256", b"hmac-sha2-256",
             *compression, b"", b""]
    payload = b"\x14" + bytes(16) + b"".join(
        struct.pack(">I", len(names)) + names for names in lists) + bytes(5)
    padding = 4 + -(len(payload) + 9) % 8
    return struct.pack(">IB", len(payload) + padding + 1, padding) + \
        payload + bytes(padding)


def read_compression(stream):
    """The same of the client, after its identification."""
    stream.readline()
    length, padding = struct.unpack(">IB", stream.read(5))
    packet = io.BytesIO(stream.read(length - 1))
    packet.read(17)
    names = [packet.read(struct.unpack(">I", packet.read(4))[0])
             for _ in range(8)]
    return names[6:]


def one_way_compression(lab, key):
    """libssh2 cannot unpack from a server that lets us not pack."""
    packs, no = b"zlib@openssh.com,none", b"none"
    for theirs, ours in (((packs, packs), packs), ((no, packs), no),
                         ((packs, no), no)):
        asked = []

        def behave(s):
            s.sendall(IDENT + kexinit(theirs))
            asked.extend(read_compression(s.makefile("rb")))
        client = run("-z", "-k", key, [lab.peer(behave).port, "echo in"])
        tap.equal(asked, [ours, ours], "compression at a server with %r, %r"
                  % theirs, client.story())


def cuts(s, key, lab):
    whole = lab.proxy(s.port)
    run("-k", key, [whole.port, "echo in"])
    bad = []
    points = sorted({0, 1, 10, 40, 41, 42, 43} |
                    set(range(50, whole.down, whole.down // 40)))
    for n in points:
        client = run("-k", key, [lab.proxy(s.port, cut=n).port, "echo in"])
        code = (client.event("failed") or "?").split()[0]
        if client.status != 255 or code not in (NETWORK, PROTOCOL):
            bad.append((n, client.story()))
    # The last bytes are the end of the channel: known or lost, never stuck.
    bad = [b for b in bad if b[0] < whole.down - 300 or "stuck" in b[1]]
    tap.ok(not bad, "cut off after n bytes, %d places of %d" % (
        len(points), whole.down), *["%d: %s" % b for b in bad[:3]])


def dribble(s, key, lab):
    for chunk in (1, 7):
        proxy = lab.proxy(s.port, chunk=chunk)
        client = run("-k", key, "-t", "80x24", "-e", "LANG=C",
                     [proxy.port, "echo in"])
        tap.equal((client.status, client.out), (0, b"in\r\n"),
                  "%d-byte segments" % chunk, client.story())


def corruption(s, key, lab):
    bad = []
    rng = random.Random(2026)
    for seed in range(30):
        proxy = lab.proxy(s.port, corrupt=(rng.randrange(3000), seed))
        client = Client("-d", "400", "-k", key, [proxy.port, "echo in"])
        # After the key exchange a spoilt length waits for more: cut it off.
        client.finish(patience=1, then=proxy.stop)
        if client.status not in (0, 201, 255) or b"Sanitizer" in client.err:
            bad.append((seed, client.story()))
    tap.ok(not bad, "corrupted bytes: an end, and no crash",
           *["seed %d: %s" % b for b in bad[:3]])


def main():
    with Lab() as lab:
        key = lab.key()
        s = lab.sshd([key])
        peers(lab, key)
        one_way_compression(lab, key)
        cuts(s, key, lab)
        dribble(s, key, lab)
        corruption(s, key, lab)
    return tap.done()


sys.exit(main())
