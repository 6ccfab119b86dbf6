"""AddKeysToAgent: the key whose passphrase was typed goes to the SSH agent."""

import base64
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from agents import Agent, FakeAgent, hangs, says, string
from client import Client
from memory import around, children_of, client_below, memory_of
from servers import Lab, Tap, find_program, user, wait_for

tap = Tap()
PASSPHRASE = "correct horse"


def listed(agent):
    """The public blobs that the agent has, as base64."""
    return [line.split()[1] for line in lines(agent)]


def lines(agent):
    out = subprocess.run([find_program("ssh-add"), "-L"],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         env=dict(os.environ, SSH_AUTH_SOCK=agent.socket))
    return [line for line in out.stdout.decode().splitlines()
            if len(line.split()) > 1 and "no identities" not in line]


def blob(key):
    with open(key + ".pub") as f:
        return f.read().split()[1]


def log_in(client, key, agent, *words, typed=PASSPHRASE):
    """With a terminal; returns what was on the screen at the end."""
    with client.screen(*words, "echo in", key=key, cols=200,
                       SSH_AUTH_SOCK=agent.socket) as s:
        if typed is not None:
            s.wait("Passphrase:")
            s.type(typed + "\r")
        status = s.exit()
        return status, " ".join(s.text().split())


def ppk(lab, key):
    path = key + ".ppk"
    old, new = lab.write("old", PASSPHRASE), lab.write("new", PASSPHRASE)
    subprocess.run([find_program("puttygen"), key, "--old-passphrase", old,
                    "--new-passphrase", new, "-o", path], check=True)
    return path


def types(lab, client, agent):
    for kind, bits in (("ed25519", None), ("rsa", 2048), ("ecdsa", 256),
                       ("ecdsa", 384), ("ecdsa", 521)):
        key = lab.key(kind, bits, passphrase=PASSPHRASE)
        lab.authorize(client.server.authorized, [key])
        agent.add("-D")
        name = "%s %s" % (kind, bits or "")
        status, text = log_in(client, key, agent, "-o", "AddKeysToAgent=yes")
        tap.ok(status == 0 and "The SSH agent keeps" in text, name, text)
        tap.equal(listed(agent), [blob(key)], "... it does")
        status, text = log_in(client, key, agent, "-v", typed=None)
        tap.ok(status == 0 and "The SSH agent signed" in text,
               "... and signs with it", text)
    agent.add("-D")
    with open(key + ".pub", encoding="utf-8") as f:
        line = f.read().strip()
    os.rename(key + ".pub", key + ".away")
    log_in(client, key, agent, "-o", "AddKeysToAgent=yes")
    os.rename(key + ".away", key + ".pub")
    tap.equal(lines(agent), [line], "the comment is the one in the file")
    agent.add("-D")
    path = ppk(lab, key)
    status, text = log_in(client, path, agent, "-o", "AddKeysToAgent=yes")
    tap.equal((status, listed(agent)), (0, [blob(key)]), "a PPK", text)


def certificate(lab, client, agent):
    ca, key = lab.key("ed25519"), lab.key("ed25519", passphrase=PASSPHRASE)
    subprocess.run([find_program("ssh-keygen"), "-q", "-s", ca, "-I", "me",
                    "-n", user(), key + ".pub"], check=True, stderr=subprocess.DEVNULL)
    with open(client.server.authorized, "w") as out, open(ca + ".pub") as f:
        out.write("cert-authority " + f.read())
    agent.add("-D")
    status, text = log_in(client, key, agent, "-o", "AddKeysToAgent=yes")
    with open(key + "-cert.pub") as f:
        cert = f.read().split()[1]
    tap.ok(status == 0 and
           sorted(listed(agent)) == sorted([blob(key), cert]),
           "a certificate and its key", text, listed(agent))


def how_long(lab, client, agent):
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    lab.authorize(client.server.authorized, [key])
    for value, words in (("1h", "for 3600 s"),
                         ("confirm", "which will ask before each use"),
                         ("confirm 1h", "for 3600 s, which will ask")):
        agent.add("-D")
        status, text = log_in(client, key, agent, "-o",
                              "AddKeysToAgent=" + value)
        tap.ok(status == 0 and words in text and
               listed(agent) == [blob(key)], value, text)
    agent.add("-D")
    status, text = log_in(client, key, agent, "-o", "AddKeysToAgent=1")
    wait_for(lambda: not listed(agent), what="the end of the key's time")
    tap.equal(status, 0, "1 s, and it has forgotten it")


def not_added(lab, client, agent):
    key, other = lab.key("ed25519", passphrase=PASSPHRASE), lab.key("ed25519")
    agent.add("-D")
    lab.authorize(client.server.authorized, [key, other])
    status, text = log_in(client, key, agent)
    tap.equal((status, listed(agent)), (0, []), "without the setting")
    status, text = log_in(client, other, agent, "-o", "AddKeysToAgent=yes",
                          typed=None)
    tap.equal((status, listed(agent)), (0, []),
              "a key for which nothing was typed")
    status, text = log_in(client, key, agent, "-o", "AddKeysToAgent=yes", "-o",
                          "IdentityAgent=none")
    tap.equal((status, listed(agent)), (0, []), "no agent")
    with client.screen("-o", "AddKeysToAgent=yes", "true", key=key,
                       SSH_AUTH_SOCK=agent.socket) as s:
        s.wait("Passphrase:")
        s.type("wrong\r")
        s.wait("Try 2")
        s.type("\x03")
        s.exit()
    tap.equal(listed(agent), [], "a wrong passphrase")


def keeps_no_passphrase(s, key):
    """While the question is open, the key's process has it and waits."""
    holder, = children_of(client_below(s.process.pid))
    try:
        text = memory_of(holder)
    except PermissionError:  # not even the user's other processes may look
        text = os.path.basename(key).encode()
    secret = PASSPHRASE.encode()
    tap.ok(os.path.basename(key).encode() in text and secret not in text,
           "the key's process has no passphrase left", around(text, secret))


def asked(lab, client, agent):
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    lab.authorize(client.server.authorized, [key])
    for how, words, ready in (("plain", ["echo lo''gged in"], "logged in"),
                              ("full screen", [], "Ctrl-] menu")):
        for answer, want in (("y\r", [blob(key)]), ("\r", []), ("\x03", [])):
            agent.add("-D")
            with client.screen("-o", "AddKeysToAgent=ask", *words, key=key,
                               SSH_AUTH_SOCK=agent.socket) as s:
                s.wait("Passphrase:")
                s.type(PASSPHRASE + "\r")
                s.wait("Add it to the SSH agent?")
                keeps_no_passphrase(s, key)
                s.resize(60, 20)
                s.type(answer)
                s.wait(ready)
                if not words:
                    s.type("exit\r")
                s.exit()
            tap.equal(listed(agent), want, "%s: ask, and %r" % (how, answer))
    agent.add("-D")


def bad_agents(lab, client):
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    lab.authorize(client.server.authorized, [key])
    for name, answer, why in (
            ("refuses", says(string(b"\x05")), "it refuses to keep the key"),
            ("answers nonsense", says(string(b"\x0c\0\0\0\0")), "type 12")):
        agent = FakeAgent(lab, add=answer)
        status, text = log_in(client, key, agent, "-o", "AddKeysToAgent=yes")
        tap.ok(status == 0 and "did not take" in text and why in text,
               "an agent that " + name, text)
    agent = FakeAgent(lab, add=hangs)
    with client.screen("-o", "AddKeysToAgent=yes", key=key,
                       SSH_AUTH_SOCK=agent.socket) as s:
        s.wait("Passphrase:")
        s.type(PASSPHRASE + "\r")
        wait_for(lambda: 17 in agent.asked, what="the request to keep it")
        start = time.monotonic()
        s.wait("Ctrl-] menu")
        tap.ok(time.monotonic() - start < 4, "one that hangs holds up nothing")
        s.type("echo al''ive\r")
        s.wait("alive")
        s.type("\x1d.")
        s.exit(3)


def no_trace(lab, client, agent):
    key = lab.key("ed25519", passphrase=PASSPHRASE)
    lab.authorize(client.server.authorized, [key])
    agent.add("-D")
    plain = lab.path("plain")
    shutil.copy(key, plain)
    subprocess.run([find_program("ssh-keygen"), "-q", "-p", "-P", PASSPHRASE,
                    "-N", "", "-f", plain], check=True,
                   stdout=subprocess.DEVNULL)
    with open(plain) as f:
        data = base64.b64decode("".join(f.read().split("\n")[1:-2]))
    at = data.rindex(b"\0\0\0\x40") + 4
    seed = data[at:at + 32]
    with client.screen("-o", "AddKeysToAgent=yes", key=key,
                       SSH_AUTH_SOCK=agent.socket) as s:
        s.wait("Passphrase:")
        s.type(PASSPHRASE + "\r")
        s.wait("Ctrl-] menu")
        wait_for(lambda: listed(agent), what="the agent's key")
        pid = client_below(s.process.pid)
        wait_for(lambda: not children_of(pid), what="the keyholder's end")
        text = memory_of(pid)
        for secret in (PASSPHRASE.encode(), seed):
            tap.ok(secret not in text, "nothing of it is left in memory",
                   around(text, secret))
        before = s.text()
        s.type("exit\r")
        s.exit()
        tap.ok("The SSH agent keeps" in before + s.text(),
               "and it is said, above the shell's prompt or in the end")


def main():
    with Lab() as lab:
        client, agent = Client(lab, lab.sshd()), Agent(lab)
        types(lab, client, agent)
        certificate(lab, client, agent)
        how_long(lab, client, agent)
        not_added(lab, client, agent)
        asked(lab, client, agent)
        bad_agents(lab, client)
        no_trace(lab, client, agent)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
