"""Security keys (sk-*): an SSH agent signs with a token made of software."""

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from agents import Agent, FakeAgent, says, string
from client import Client, checks, client_for
from logins import sshd_password
from servers import Lab, Tap, find_program, user
from tokens import Token

tap = Tap()
logs_in, fails = checks(tap)
KINDS = [("ed25519-sk", "ED25519-SK"), ("ecdsa-sk", "ECDSA-SK")]


def by_agent(lab, client, token, agent, kind, shown):
    key = token.key(kind)
    env = {"SSH_AUTH_SOCK": agent.socket}
    lab.authorize(client.server.authorized, [key])
    fails(client, "%s: a file alone is told to be added" % kind,
          says="plug it in, start an SSH agent if none runs, and: ssh-add "
               + key, key=key)
    named = shutil.copy(key, lab.path("a key"))
    fails(client, "  in a command that a shell takes",
          says="and: ssh-add '%s'" % named, key=named)
    lone = shutil.copy(key + ".pub", lab.path("lone.pub"))
    fails(client, "  and so is its public half",
          says="works through an SSH agent: ssh-add its private half", key=lone)
    agent.add("-S", token.provider, key)
    logs_in(client, "%s: by the agent" % kind, "-v",
            says="The SSH agent signed with %s SHA256:" % shown, **env)
    logs_in(client, "  with -i", "-v", says="The SSH agent signed", key=key,
            **env)
    logs_in(client, "  it is said that it may want to be touched",
            says="Touch the security key if it blinks.", key=key, **env)
    os.unlink(key)
    os.rename(key + ".pub", key + ".away")
    logs_in(client, "  without its file", **env)
    agent.add("-D")


def encrypted(lab, client, token, kind):
    """Nobody is asked for a passphrase that would not help."""
    key = token.key(kind, "correct horse")
    lab.authorize(client.server.authorized, [key])
    with client.screen(key=key) as s:
        tap.equal(s.exit(), 255, "%s: an encrypted file ends at once" % kind)
        tap.ok("Passphrase" not in s.output().decode(),
               "  without a question")


def certified(lab, client, token, agent, authority, kind, shown):
    key = token.key(kind)
    lab.authorize(client.server.authorized, [])
    subprocess.run([find_program("ssh-keygen"), "-q", "-s", authority, "-I",
                    "me", "-n", user(), key + ".pub"], check=True)
    agent.add("-S", token.provider, key)
    logs_in(client, "%s: a certificate" % kind, "-v",
            says="signed with %s-CERT" % shown, SSH_AUTH_SOCK=agent.socket)
    logs_in(client, "  with -i", key=key, SSH_AUTH_SOCK=agent.socket)
    agent.add("-D")


def unplugged(lab, client, token):
    """An agent that refuses, as it does without the security key."""
    key = token.key("ed25519-sk")
    lab.authorize(client.server.authorized, [key])
    agent = FakeAgent(lab, [key], says(string(b"\x05")))
    fails(client, "an agent that does not sign",
          says="plug the security key in, connect again, and touch it when",
          SSH_AUTH_SOCK=agent.socket)


def unverified(lab, token, agent):
    """The server wants the PIN, which is asked for only for a key that was made
    with verify-required."""
    key = token.key("ed25519-sk")
    server = lab.sshd([key], options=["PubkeyAuthOptions verify-required"])
    agent.add("-S", token.provider, key)
    err = fails(client_for(lab, server, key), "a signature without the PIN",
                says="the server wants proof of a touch or of the PIN",
                SSH_AUTH_SOCK=agent.socket)
    tap.ok("IdentityAgent" not in err, "  is not the agent's fault", err)
    server = sshd_password(lab, "right", [key], options=[
        "PubkeyAuthOptions verify-required"])
    with client_for(lab, server, key).screen(
            "true", cols=160, SSH_AUTH_SOCK=agent.socket) as s:
        s.wait("Password:")
        s.says("It knows a key that was offered, but refused its signature.")
        s.type("\x03")
        tap.equal(s.exit(), 255, "  which the question for a password tells")


def main():
    with Lab() as lab:
        token = Token(lab)
        authority = lab.key()
        client = Client(lab, lab.sshd(options=[
            "TrustedUserCAKeys %s.pub" % authority]))
        agent = Agent(lab, options=["-P", "*"])
        for kind, shown in KINDS:
            by_agent(lab, client, token, agent, kind, shown)
            encrypted(lab, client, token, kind)
            certified(lab, client, token, agent, authority, kind, shown)
        unplugged(lab, client, token)
        unverified(lab, token, agent)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
