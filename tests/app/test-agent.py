"""Logging in with an SSH agent: the real one, and ones that are none."""

import os
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from agents import Agent, FakeAgent, hangs, says, string
from client import Client, checks
from servers import Lab, Tap, wait_for

tap = Tap()
logs_in, fails = checks(tap)
MAX_AUTH_TRIES = 6  # sshd's own default


def closes(s):
    s.shutdown(socket.SHUT_RDWR)


def says_and_closes(data):
    def answer(s):
        s.sendall(data)
        s.shutdown(socket.SHUT_RDWR)
    return answer


def slowly(data):
    def answer(s):
        for i in range(len(data)):
            s.sendall(data[i:i + 1])
            time.sleep(0.001)
    return answer


# ---- the real agent ----

def every_type(lab, client, agent):
    for kind, bits in (("ed25519", None), ("rsa", 2048), ("ecdsa", 256),
                       ("ecdsa", 384), ("ecdsa", 521)):
        key = lab.key(kind, bits, comment="%s key" % kind)
        lab.authorize(client.server.authorized, [key])
        agent.add("-D")
        agent.add(key)
        os.rename(key, key + ".away")
        logs_in(client, "a %s %s key of the agent's" % (kind, bits or ""), "-v",
                says="The SSH agent signed with %s SHA256:"
                     % kind.upper(), SSH_AUTH_SOCK=agent.socket)
        os.rename(key + ".away", key)


def encrypted_file(lab, client, agent):
    key = lab.key("ed25519", passphrase="correct horse")
    lab.authorize(client.server.authorized, [key])
    agent.add("-D")
    fails(client, "an encrypted file that the agent does not hold",
          says="passphrase", key=key, SSH_AUTH_SOCK=agent.socket)
    agent.add(key, passphrase="correct horse")
    logs_in(client, "one that it holds needs no passphrase", key=key,
            SSH_AUTH_SOCK=agent.socket)
    logs_in(client, "also by IdentityAgent", "-o",
            "IdentityAgent=" + agent.socket, key=key)
    logs_in(client, "and by the name of a variable", "-o",
            "IdentityAgent=$MY_AGENT", key=key, MY_AGENT=agent.socket)
    logs_in(client, "and with IdentitiesOnly", "-o", "IdentitiesOnly=yes",
            key=key, SSH_AUTH_SOCK=agent.socket)
    fails(client, "IdentityAgent=none is no agent", "-o", "IdentityAgent=none",
          says="passphrase", key=key, SSH_AUTH_SOCK=agent.socket)
    with client.screen(key=key, SSH_AUTH_SOCK=agent.socket) as s:
        s.wait("Ctrl-] menu")
        tap.ok("Passphrase" not in s.text(), "nor is it asked in the screen")
    agent.add("-x", passphrase="lock")
    fails(client, "a locked agent holds nothing", says="passphrase", key=key,
          SSH_AUTH_SOCK=agent.socket)
    agent.add("-X", passphrase="lock")
    logs_in(client, "unlocked, it does again", key=key,
            SSH_AUTH_SOCK=agent.socket)


def only_the_named(lab, client, agent):
    held, named = lab.key(comment="held"), lab.key(comment="named")
    agent.add("-D")
    agent.add(held)
    lab.authorize(client.server.authorized, [held])
    err = fails(client, "with -i no other key of the agent's is offered",
                "-v", says=os.path.basename(named), key=named,
                SSH_AUTH_SOCK=agent.socket)
    tap.equal(err.count("Offering"), 1, "one offer", err)
    fails(client, "nor with IdentitiesOnly", "-o", "IdentitiesOnly=yes",
          says="IdentitiesOnly leaves out what the SSH agent holds",
          SSH_AUTH_SOCK=agent.socket)
    agent.add("-D")
    fails(client, "which it does not name where the agent holds none", "-o",
          "IdentitiesOnly=yes", says="None came from an SSH agent",
          SSH_AUTH_SOCK=agent.socket)
    fails(client, "nor without an agent", says="None came from an SSH agent")


def only_the_public_half(lab, client, agent):
    """It chooses one of the agent's keys, as with ssh."""
    key = lab.key(comment="token")
    public = shutil.copy(key + ".pub", lab.path("lonely.pub"))
    lab.authorize(client.server.authorized, [key])
    agent.add("-D")
    fails(client, "only a public half, which the agent does not hold",
          says="the SSH agent does not hold its private half", key=public,
          SSH_AUTH_SOCK=agent.socket)
    agent.add(lab.key())
    agent.add(key)
    err = logs_in(client, "only a public half, of the agent's key", "-v",
                  says="The SSH agent signed with ED25519", key=public,
                  SSH_AUTH_SOCK=agent.socket)
    tap.equal(err.count("Offering"), 1, "one offer", err)
    fails(client, "... and without an agent", says="this is the public half",
          key=public)


def default_files(lab, client, agent):
    both, other = lab.key("rsa", 2048), lab.key("ed25519")
    home = client.home + "/.ssh/"
    shutil.copy(both, home + "id_rsa")
    shutil.copy(lab.key("ed25519"), home + "id_ed25519")
    agent.add("-D")
    agent.add(other)
    agent.add(both)
    lab.authorize(client.server.authorized, [])
    err = fails(client, "agent and files", "-v", says="agent key",
                SSH_AUTH_SOCK=agent.socket)
    offers = [line.split()[1] for line in err.splitlines()
              if line.startswith("Offering")]
    tap.equal(offers, ["~/.ssh/id_rsa", "agent", "~/.ssh/id_ed25519"],
              "the held file first, the agent's, the file; each once", err)
    lab.authorize(client.server.authorized, [both])
    logs_in(client, "IdentitiesOnly: the agent signs for a default file", "-v",
            "-o", "IdentitiesOnly=yes", says="The SSH agent signed",
            SSH_AUTH_SOCK=agent.socket)
    os.unlink(home + "id_rsa")
    os.unlink(home + "id_ed25519")


def too_many(lab, client, agent):
    keys = [lab.key(comment="key%d" % i) for i in range(MAX_AUTH_TRIES + 2)]
    agent.add("-D")
    for key in keys:
        agent.add(key)
    lab.authorize(client.server.authorized, [keys[MAX_AUTH_TRIES - 1]])
    logs_in(client, "the sixth key still gets in", SSH_AUTH_SOCK=agent.socket)
    lab.authorize(client.server.authorized, [keys[MAX_AUTH_TRIES]])
    err = fails(client, "not so the seventh", "-v",
                says="2 more of the SSH agent's were not tried",
                SSH_AUTH_SOCK=agent.socket)
    tap.equal(err.count("Offering"), MAX_AUTH_TRIES, "six offers", err)
    logs_in(client, "but with -i", key=keys[MAX_AUTH_TRIES],
            SSH_AUTH_SOCK=agent.socket)


def no_agent_there(lab, client):
    stale = lab.path("stale")
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(stale)
    key = lab.key()
    lab.authorize(client.server.authorized, [key])
    for name, path, why in (("a socket that nobody listens on", stale,
                              "nothing listens"),
                             ("no such socket", lab.path("none"),
                              "no such socket"),
                             ("a path too long", "/" + "x" * 200, "too long"),
                             ("a directory", lab.dir,
                              "nothing listens")):
        logs_in(client, name + ": the file is used", "-v", says=why, key=key,
                SSH_AUTH_SOCK=path)
        fails(client, "  and without files it is said", says=why,
              SSH_AUTH_SOCK=path)


# ---- agents that hang, lie or die ----

def signature(algorithm, data=b"x" * 64):
    return string(b"\x0e" + string(string(algorithm) + string(data)))


BAD_LISTS = [
    ("closes at once", closes, "hung up without an answer"),
    ("sends garbage", says(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
     "that is no SSH agent"),
    ("announces 4 GB", says(b"\xff\xff\xff\xff"), "4294967295 bytes"),
    ("announces nothing", says(b"\0\0\0\0"), "0 bytes"),
    ("breaks off", says_and_closes(b"\0\0\0\x10\x0c\0\0"), "in the middle"),
    ("says too much", says(string(b"\x0c\0\0\0\0") + b"more"),
     "more than it was asked"),
    ("claims a million keys", says(string(b"\x0c\0\x0f\0\0")), "claims to hold"),
    ("has a malformed list", says(string(b"\x0c\0\0\0\1\0\0\0\x09")),
     "malformed"),
    ("refuses to list", says(string(b"\x05")), "refuses to list"),
]

BAD_SIGNATURES = [
    ("refuses", says(string(b"\x05")), "refuses to sign"),
    ("signs with another algorithm", says(signature(b"ssh-\x1b[2Jdss")),
     "it made one with"),
    ("sends an empty signature", says(signature(b"ssh-ed25519", b"")),
     "malformed"),
    ("closes", closes, "hung up"),
    ("sends a list", says(string(b"\x0c\0\0\0\0")), "type 12"),
]


def bad_lists(lab, client):
    key = lab.key()
    lab.authorize(client.server.authorized, [key])
    for name, answer, why in BAD_LISTS:
        agent = FakeAgent(lab, list_answer=answer)
        fails(client, "an agent that " + name, says=why,
              SSH_AUTH_SOCK=agent.socket)
    logs_in(client, "and with a file: it is used", says=why, key=key,
            SSH_AUTH_SOCK=agent.socket)


def bad_signatures(lab, client):
    key, other = lab.key(), lab.key()
    for name, answer, why in BAD_SIGNATURES:
        agent = FakeAgent(lab, [key, other], answer)
        lab.authorize(client.server.authorized, [key])
        logs_in(client, "an agent that %s: the file signs" % name, says=why,
                key=key, SSH_AUTH_SOCK=agent.socket)
        err = fails(client, "  without a file it is said",
                    says="but the SSH agent did not sign with it",
                    SSH_AUTH_SOCK=agent.socket)
        tap.ok("was not used" in err and
               "(ssh-add FILE), and connect again; or log in with the key's "
               "own file: -i FILE." in err, "  with a remedy", err)
        tap.equal(agent.asked, [11, 13, 11, 13], "  it was asked once each")
    locked = lab.key(passphrase="correct horse")
    lab.authorize(client.server.authorized, [locked])
    agent = FakeAgent(lab, [locked], says(string(b"\x05")))
    err = fails(client, "an encrypted file, and it refuses", says="; connect "
                "from a terminal. The server takes", key=locked,
                SSH_AUTH_SOCK=agent.socket)
    tap.ok("into an SSH agent" not in err, "  it is in the agent", err)
    lab.authorize(client.server.authorized, [key])
    agent = FakeAgent(lab, [key], says_and_closes(string(b"\x05")))
    fails(client, "the only key, and refused", says="refuses to sign",
          SSH_AUTH_SOCK=agent.socket)
    agent = FakeAgent(lab, [key], says(signature(b"ssh-ed25519")))
    fails(client, "a signature that is wrong",
          says="but refused the signature", SSH_AUTH_SOCK=agent.socket)
    agent = FakeAgent(lab, [other], None)
    logs_in(client, "with -i an agent that lacks the key is not asked to sign",
            key=key, SSH_AUTH_SOCK=agent.socket)
    tap.equal(set(agent.asked) - {11}, set(), "  indeed")


def slow_agent(lab, client):
    key = lab.key()
    lab.authorize(client.server.authorized, [key])
    agent = FakeAgent(lab, [key], slowly(string(b"\x05")))
    agent.list_answer = slowly(agent.list())
    err = logs_in(client, "a list and a refusal byte by byte", says="refuses",
                  key=key, SSH_AUTH_SOCK=agent.socket)
    tap.ok("malformed" not in err, "  is whole", err)


def hanging_agent(lab, client):
    key = lab.key()
    lab.authorize(client.server.authorized, [key])
    shutil.copy(key, client.home + "/.ssh/id_ed25519")
    agent = FakeAgent(lab, list_answer=hangs)
    start = time.monotonic()
    logs_in(client, "an agent that hangs: the default file is used",
            says="does not answer", SSH_AUTH_SOCK=agent.socket)
    taken = time.monotonic() - start
    tap.ok(4.5 < taken < 15, "  after five seconds", taken)
    os.unlink(client.home + "/.ssh/id_ed25519")
    lone = lab.path("lone.pub")
    shutil.copy(key + ".pub", lone)
    fails(client, "  -i FILE.pub does not say what it holds", key=lone,
          says="may hold its private half, does not work",
          SSH_AUTH_SOCK=agent.socket)
    with client.screen(SSH_AUTH_SOCK=agent.socket) as s:
        wait_for(lambda: len(agent.asked) == 3, what="the question")
        s.type("\x03")
        tap.equal(s.exit(4), 255, "Ctrl-C while its list is waited for")
    agent = FakeAgent(lab, [key], hangs)
    with client.screen(SSH_AUTH_SOCK=agent.socket) as s:
        s.wait("waiting for the SSH agent")
        s.type("\x03")
        tap.equal(s.exit(4), 255, "Ctrl-C while its signature is waited for")
        tap.ok(s.modes()["echo"], "  and the terminal is as it was")
    dying = FakeAgent(lab, [key], hangs)
    with client.screen(key=key, SSH_AUTH_SOCK=dying.socket) as s:
        s.wait("waiting for the SSH agent")
        # The question for the list may have come and gone meanwhile.
        wait_for(lambda: 13 in dying.asked, what="the request to sign")
        dying.open[-1].shutdown(socket.SHUT_RDWR)
        s.wait("Ctrl-] menu")
        tap.ok(True, "an agent that dies while it should sign: the file signs")
        s.type("exit\r")
        s.exit()


def idle_while_waiting(lab, client):
    """Waiting for the agent costs no processor time."""
    key = lab.key()
    lab.authorize(client.server.authorized, [key])
    agent = FakeAgent(lab, [key], hangs)
    p = subprocess.Popen(client.argv("true"), stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                         start_new_session=True,
                         env=client.environment(SSH_AUTH_SOCK=agent.socket))
    wait_for(lambda: 13 in agent.asked, what="the request to sign")

    def ticks():
        with open("/proc/%d/stat" % p.pid) as f:
            return sum(int(x) for x in f.read().rpartition(")")[2].split()[11:13])

    before, end = ticks(), time.monotonic() + 1
    wait_for(lambda: time.monotonic() > end, what="a second")
    used = ticks() - before
    tap.ok(used < os.sysconf("SC_CLK_TCK") / 5, "it idles while it waits", used)
    p.terminate()
    tap.equal(p.wait(10), -15, "and can be ended")


def main():
    with Lab() as lab:
        client = Client(lab, lab.sshd())
        agent = Agent(lab)
        every_type(lab, client, agent)
        encrypted_file(lab, client, agent)
        only_the_named(lab, client, agent)
        only_the_public_half(lab, client, agent)
        default_files(lab, client, agent)
        too_many(lab, client, agent)
        no_agent_there(lab, client)
        bad_lists(lab, client)
        bad_signatures(lab, client)
        slow_agent(lab, client)
        hanging_agent(lab, client)
        idle_while_waiting(lab, client)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
