#!/usr/bin/env python3
"""Logging in: every kind of key and server, and every way of being refused."""

import os
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sshclient import SECONDS, Client, run  # noqa: E402
from servers import Lab, Tap, wait_for  # noqa: E402
from sshpeer import SshPeer, string  # noqa: E402

AUTH, NETWORK, PROTOCOL = "auth", "network", "protocol"
tap = Tap()


def logs_in(client, name):
    tap.ok(client.status == 0 and client.out == b"in\n", name, client.story())


def fails(client, code, *words, name):
    said = client.event("failed " + code) or ""
    tap.ok(client.status == 255 and all(w in said for w in words), name,
           client.story())


def key_types(lab):
    kinds = [("ed25519", None), ("rsa", 2048), ("rsa", 3072), ("ecdsa", 256),
             ("ecdsa", 384), ("ecdsa", 521)]
    keys = [(kind, bits, lab.key(kind, bits, options=["-m", "PEM"]))
            for kind, bits in kinds]
    files = [k for _, _, k in keys]
    servers = {"sshd": lab.sshd(files), "dropbear": lab.dropbear(files)}
    for server, s in servers.items():
        for kind, bits, key in keys:
            client = run("-k", key, [s.port, "echo in"])
            logs_in(client, "%s %s logs in at %s" % (kind, bits or "", server))
            if kind == "rsa":
                tap.ok(client.event("sign").startswith("rsa-sha2-"),
                       "... with SHA-2", client.story())
    # Server-sig-algs may come late: each byte in its own segment.
    slow = lab.proxy(servers["sshd"].port, chunk=1)
    logs_in(run("-k", files[1], [slow.port, "echo in"]),
            "RSA logs in although EXT_INFO comes byte by byte")
    return files


def host_keys(lab, keys):
    hosts = [lab.key(kind, bits) for kind, bits in
             (("ed25519", None), ("ecdsa", 256), ("rsa", 3072))]
    s = lab.sshd(keys, host_keys=hosts)
    for known, got in (("ssh-ed25519", "ssh-ed25519"),
                       ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256"),
                       ("ssh-rsa", "rsa-sha2-512")):
        client = run("-H", known, "-k", keys[0], [s.port, "echo in"])
        logs_in(client, "a host known by %s" % known)
        tap.equal((client.event("host-key") or "").split()[:1], [got],
                  "... shows that key")
    client = run("-r", "-k", keys[0], [s.port, "echo in"])
    tap.equal((client.status, client.event("offer")), (202, None),
              "a refused host key sees no login", client.story())


def several_keys(lab, keys):
    s = lab.sshd([keys[0]])
    client = run("-k", keys[1], "-k", keys[3], "-k", keys[0],
                 [s.port, "echo in"])
    logs_in(client, "the third key fits")
    tap.equal(len([e for e in client.events if e.startswith("sign")]), 1,
              "only the key that fits signs", client.story())
    client = run("-k", keys[1], "-k", keys[3], [s.port, "echo in"])
    fails(client, AUTH, "accepted no key", name="no key fits")
    fails(run("-k", keys[1], [s.port, "echo in"]), AUTH,
          "accepted no key", name="the one key does not fit")
    fails(run([s.port, "echo in"]), AUTH, "no key to offer",
          name="no key at all")
    fails(run("-x", "-k", keys[0], [s.port, "echo in"]), AUTH,
          "would have taken a key", name="the user does not sign")
    client = run("-k", keys[0], [s.port, "echo in"], account="nobody-here")
    fails(client, AUTH, "accepted no key", name="an unknown user")
    s = lab.dropbear([keys[0]])
    logs_in(run("-k", keys[1], "-k", keys[0], [s.port, "echo in"]),
            "dropbear: the second key fits")
    fails(run("-k", keys[1], [s.port, "echo in"]), AUTH,
          "accepted no key", name="dropbear: the key does not fit")


def limits(lab, keys):
    s = lab.sshd([keys[0]], options=["MaxAuthTries 2"])
    client = run("-k", keys[1], "-k", keys[2], "-k", keys[3],
                 [s.port, "echo in"])
    fails(client, NETWORK, "Too many authentication failures",
          name="too many keys: the server's own words")


def methods(lab, keys):
    banner = lab.write("banner", "Welcome \033[31mback\n")
    s = lab.sshd([keys[0]], options=["Banner " + banner])
    client = run("-k", keys[0], [s.port, "echo in"])
    logs_in(client, "a server with a banner")
    tap.ok((client.event("banner") or "").startswith("Welcome"),
           "... which is passed on", client.story())
    s = lab.sshd([keys[0]], options=[
        "AuthenticationMethods publickey,password",
        "PasswordAuthentication yes"])
    fails(run("-k", keys[0], [s.port, "echo in"]), AUTH,
          "the key was accepted, but that was not enough",
          name="partial success is told")
    s = lab.sshd([keys[0]], options=["PubkeyAuthentication no",
                                     "PasswordAuthentication yes"])
    fails(run("-k", keys[0], [s.port, "echo in"]), AUTH,
          "accepts no keys", name="a server without keys")
    s = lab.sshd(keys[:2], options=[
        "AuthenticationMethods publickey,publickey"])
    logs_in(run("-k", keys[0], "-k", keys[1], [s.port, "echo in"]),
            "two keys are wanted, two are given")
    s = lab.sshd([keys[1], keys[0]], options=[
        "PubkeyAcceptedAlgorithms ssh-rsa,ssh-ed25519"])
    client = run("-k", keys[1], "-k", keys[0], [s.port, "echo in"])
    logs_in(client, "a server that takes RSA only with SHA-1: the next key")
    tap.equal(client.event("sign"), "ssh-ed25519", "... and no SHA-1 is signed")


class Odd:
    """A server that takes the right password, and calls everything else a
    failure in its own way; how often it was asked for its methods."""

    def __init__(self, lab, failure):
        self.failure, self.asked = failure, 0
        self.peer = SshPeer(lab, self.login)

    def login(self, ssh):
        while True:
            _, method, rest = ssh.request()
            if method == "none":
                self.asked += 1
                ssh.failure("password")
            elif rest.data.endswith(b"right"):
                ssh.success()
                return
            else:
                ssh.send(b"\x33" + self.failure)


def failures(lab):
    """What libssh2 does not pass on is heard; else the list tells it."""
    for what, failure, asked in (
            ("as OpenSSH says it", string("password") + b"\0", 1),
            ("that is neither partial nor not", string("password") + b"\2", 2),
            ("with an escape in it", string("password\x1b") + b"\0", 2)):
        odd = Odd(lab, failure)
        client = run("-m", "password", "-p", "wrong", "-p", "right",
                     [odd.peer.port, "echo in"])
        logs_in(client, "a failure " + what)
        tap.equal(odd.asked, asked, "... and so often for the methods")
    odd = Odd(lab, string("publickey") + b"\0")
    fails(run("-m", "password", "-p", "wrong", [odd.peer.port, "echo in"]),
          AUTH, "did not accept the password (1 try)",
          name="a method that is no longer taken was not accepted")
    odd = Odd(lab, string("password") + b"\1")
    fails(run("-m", "password", "-p", "wrong", [odd.peer.port, "echo in"]),
          PROTOCOL, "step after step", name="partial success without an end")


def algorithms(lab, keys):
    rsa_host = lab.key("rsa", 2048)
    for line, words in (
            ("KexAlgorithms diffie-hellman-group14-sha1",
             ("key exchange", "diffie-hellman-group14-sha1")),
            ("Ciphers chacha20-poly1305@openssh.com,aes256-cbc",
             ("cipher", "aes256-cbc")),
            ("Ciphers aes256-ctr\nMACs hmac-sha1,umac-64@openssh.com",
             ("MAC", "hmac-sha1")),
            ("HostKeyAlgorithms ssh-ed25519-cert-v01@openssh.com,ssh-rsa",
             ("host key", "ssh-rsa"))):
        s = lab.sshd(keys, host_keys=[rsa_host], options=line.split("\n"))
        fails(run("-k", keys[0], [s.port, "echo in"]), PROTOCOL, *words,
              name="nothing in common: " + words[0])
    for line, what in (
            ("KexAlgorithms diffie-hellman-group16-sha512", "DH group 16"),
            ("KexAlgorithms diffie-hellman-group14-sha256", "DH group 14"),
            ("KexAlgorithms ecdh-sha2-nistp521", "ECDH P-521"),
            ("Ciphers aes128-gcm@openssh.com", "AES-128-GCM"),
            ("Ciphers aes128-ctr\nMACs hmac-sha2-512-etm@openssh.com",
             "CTR and ETM"),
            ("Ciphers aes192-ctr\nMACs hmac-sha2-256", "CTR and MAC")):
        s = lab.sshd(keys, options=line.split("\n"))
        logs_in(run("-k", keys[0], [s.port, "echo in"]), what)


def silence(lab, key, at, answered, limit=300, words="of the login",
            options=()):
    """So many seconds, by a clock that is moved on, after so many answers: on
    and on, for the last of them may still be on its way."""
    frozen, end = threading.Event(), threading.Event()

    def login(ssh):
        for i in range(answered):
            _, method, rest = ssh.request()
            if method == "none":
                ssh.failure("publickey")
            elif rest.byte() and answered == 3 and i == 2:
                ssh.success()
            else:
                ssh.key_is_good(rest.string(), rest.string())
        if answered < 3:
            ssh.request()
        else:
            ssh.receive()  # the session's channel: we were let in
        frozen.set()
        end.wait()

    client = Client("-k", key, *options,
                    [SshPeer(lab, login).port, "true"])
    wait_for(frozen.is_set)

    def given_up():
        try:
            client.order("skip %d" % (limit * 1000))
        except BrokenPipeError:
            pass
        return client.process.poll() is not None

    wait_for(given_up, SECONDS)
    client.finish()
    end.set()
    fails(client, "timeout", "said nothing for %d s %s" % (limit, words),
          name="a server that freezes at the " + at)
    tap.ok(client.event("silent") is not None, "... has not closed it")


def main():
    with Lab() as lab:
        keys = key_types(lab)
        host_keys(lab, keys)
        several_keys(lab, keys)
        limits(lab, keys)
        methods(lab, keys)
        failures(lab)
        for answered, at in enumerate(("first request", "query",
                                       "signature")):
            silence(lab, keys[0], at, answered)
        silence(lab, keys[0], "methods, for which the key waits", 0,
                options=["-w"])
        silence(lab, keys[0], "opening of the session", 3, 60,
                "after it had let us in")
        algorithms(lab, keys)
    return tap.done()


sys.exit(main())
