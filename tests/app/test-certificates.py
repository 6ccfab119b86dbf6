"""Logging in with OpenSSH certificates that a real sshd is told to trust."""

import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from agents import Agent
from client import Client, checks
from keyfiles import certified_ppk
from servers import Lab, Tap, find_program, user

tap = Tap()
logs_in, fails = checks(tap)
KINDS = [("ed25519", None, "ED25519-CERT"), ("ecdsa", 256, "ECDSA-CERT"),
         ("ecdsa", 521, "ECDSA-CERT")]
RSA = ("rsa", 2048, "RSA-CERT")


class Authority:
    def __init__(self, lab):
        self.key = lab.key(comment="authority")
        self.sshd = lab.sshd(options=["TrustedUserCAKeys %s.pub" % self.key])

    def sign(self, key, *options, names=None, id="me", by=None):
        """KEY-cert.pub; its path."""
        subprocess.run(
            [find_program("ssh-keygen"), "-q", "-s", by or self.key, "-I", id,
             "-n", names or user()] + list(options) + [key + ".pub"],
            check=True)
        return key + "-cert.pub"


def offers(err):
    """The kinds of the keys that were offered, in their order."""
    return [line.split("(")[1].split()[0] for line in err.splitlines()
            if line.startswith("Offering")]


def every_kind(lab, client, authority):
    for kind, bits, shown in KINDS:
        key = lab.key(kind, bits)
        cert = authority.sign(key)
        err = logs_in(client, "%s %s: KEY-cert.pub is found" % (kind, bits),
                      "-v", key=key)
        tap.equal(offers(err), [shown], "  and offered first", err)
        elsewhere = lab.path("elsewhere-" + os.path.basename(key))
        os.rename(cert, elsewhere)
        fails(client, "  without it the key is refused", says="refused",
              key=key)
        logs_in(client, "  CertificateFile", "-o",
                "CertificateFile=" + elsewhere, key=key)
    if RSA not in KINDS:
        key = lab.key("rsa", 2048)
        authority.sign(key)
        fails(client, "RSA: what this libssh2 cannot do is told",
              says="1.11.1 does better", key=key)
        return
    want = "rsa-sha2-512-cert-v01@openssh.com"
    err = logs_in(client, "RSA signs with SHA-2", "-v", "-o",
                  "CertificateFile=" + elsewhere, says=want, key=key)


def other_files(lab, client, authority):
    """Formats that hide the public half, or hold the certificate."""
    key = lab.key("ecdsa", 256, passphrase="correct horse",
                  options=["-m", "PEM"])
    authority.sign(key)
    os.rename(key + ".pub", key + ".hidden")
    with client.screen(key=key) as s:
        s.wait("ECDSA-CERT")
        s.wait("Passphrase:")
        tap.ok("The server takes this key" in s.text(),
               "PEM: the certificate shows the public half")
        s.type("correct horse\r")
        s.wait("Ctrl-] menu")
        tap.ok(True, "  and the passphrase is asked for once")
    elsewhere = lab.path("elsewhere-pem")
    os.rename(key + "-cert.pub", elsewhere)
    with client.screen("-o", "CertificateFile=" + elsewhere, key=key) as s:
        s.wait("ECDSA-CERT")
        s.wait("Passphrase:")
        tap.ok("The server takes this key" in s.text(),
               "  also by CertificateFile")
    key = lab.key()
    cert = authority.sign(key)
    ppk = certified_ppk(key, cert, "", lab.path("certified.ppk"))
    logs_in(client, "a certificate in a PPK", key=ppk)


def falls_back(lab, client, authority):
    key = lab.key()
    authority.sign(key, names="somebody-else,another")
    lab.authorize(client.server.authorized, [key])
    err = logs_in(client, "a certificate for others, then the key itself",
                  "-v", key=key,
                  says="its certificate is for the login names "
                       "somebody-else, another, not for %s" % user())
    tap.equal(offers(err), ["ED25519-CERT", "ED25519"], "  in this order", err)
    ppk = certified_ppk(key, key + "-cert.pub", "", lab.path("other.ppk"))
    err = logs_in(client, "both in a PPK", "-v", key=ppk)
    tap.equal(offers(err), ["ED25519-CERT", "ED25519"], "  in this order", err)
    lab.authorize(client.server.authorized, [])
    second = lab.path("second-cert.pub")
    os.rename(authority.sign(key), second)
    authority.sign(key, names="somebody-else")
    err = logs_in(client, "two certificates of one key", "-v", "-o",
                  "CertificateFile=" + second, key=key)
    tap.equal(offers(err), ["ED25519-CERT", "ED25519-CERT"], "  both tried",
              err)
    err = logs_in(client, "one of them named twice", "-v", "-o",
                  "CertificateFile=%s-cert.pub" % key, "-o",
                  "CertificateFile=" + second, key=key)
    tap.equal(offers(err), ["ED25519-CERT", "ED25519-CERT"],
              "  is offered once", err)


def when(stamp):
    return time.strftime("%Y%m%d%H%M%S", time.localtime(stamp))


def shown(stamp):
    return time.strftime("%Y-%m-%d %H:%M:%S %z", time.localtime(stamp))


def doubts(lab, client, authority):
    """Said in plain words, offered all the same."""
    key, now = lab.key(), int(time.time())
    for what, options, names, says in (
            ("expired", ["-V", "%s:%s" % (when(now - 200), when(now - 100))],
             user(), "was valid until " + shown(now - 100)),
            ("not valid yet", ["-V", "%s:%s" % (when(now + 1000),
                                                when(now + 2000))],
             user(), "is valid only from " + shown(now + 1000)),
            ("for another login name", [], "bob",
             "is for the login name bob, not for %s, so the server may refuse "
             "it; log in as bob, or have the key certified for %s"
             % (user(), user()))):
        authority.sign(key, *options, names=names)
        err = fails(client, "a certificate that is " + what, "-v",
                    says=says,
                    key=key)
        tap.equal(offers(err), ["ED25519-CERT", "ED25519"],
                  "  is offered, since the server decides", err)
        tap.ok("Most likely this is why: its certificate" in err and
               "What to do" not in err, "  and is the likeliest cause", err)
    subprocess.run([find_program("ssh-keygen"), "-q", "-s", authority.key,
                    "-I", "x", key + ".pub"], check=True)
    fails(client, "a certificate that names nobody",
          says="have the key certified for " + user(), key=key)


def useless(lab, client, authority):
    """Passed over with a sentence."""
    key, other = lab.key(), lab.key()
    lab.authorize(client.server.authorized, [key])
    os.rename(authority.sign(other), key + "-cert.pub")
    err = logs_in(client, "another key's certificate", "-v", key=key,
                  says="is for another key than " + key)
    tap.equal(offers(err), ["ED25519"], "  is not offered", err)
    os.rename(authority.sign(key, "-h"), key + "-cert.pub")
    err = logs_in(client, "a host's certificate", "-v", key=key,
                  says="is for a host, not for a user")
    tap.equal(offers(err), ["ED25519"], "  is not offered", err)
    lab.write(os.path.basename(key) + "-cert.pub", "ssh-ed25519 AAAA\n")
    logs_in(client, "no certificate at all", key=key,
            says="this is no OpenSSH certificate")
    logs_in(client, "a CertificateFile that does not exist", "-o",
            "CertificateFile=/nonexistent", key=key, says="no such file")
    lab.authorize(client.server.authorized, [])
    fails(client, "a CertificateFile of no key here", "-o",
          "CertificateFile=" + authority.sign(other), key=key,
          says="is for none of the keys here")


def remembered(lab, client, authority):
    """A key that alone does not do is not advised."""
    key, other = lab.key(), lab.key()
    elsewhere = lab.path("elsewhere-remembered")
    os.rename(authority.sign(key), elsewhere)
    logs_in(client, "a login by a CertificateFile", "-o",
            "CertificateFile=" + elsewhere, key=key)
    err = fails(client, "then with another key", key=other,
                says="authorized_keys")
    tap.ok(key not in err, "  the first is not named", err)
    os.rename(elsewhere, key + "-cert.pub")
    logs_in(client, "a login by KEY-cert.pub", key=key)
    fails(client, "  is, as -i is enough", key=other,
          says="with another key, " + key)
    authority.sign(key, "-V", "20200101:20200102")
    err = fails(client, "  unless that has expired", key=other,
                says="authorized_keys")
    tap.ok(key not in err, "  the first is not named", err)
    os.unlink(key + "-cert.pub")
    err = fails(client, "  unless that is gone", key=other,
                says="authorized_keys")
    tap.ok(key not in err, "  the first is not named", err)


def in_agent(lab, client, authority):
    agent, env = Agent(lab), {}
    env["SSH_AUTH_SOCK"] = agent.socket
    for kind, bits, shown_kind in KINDS:
        key = lab.key(kind, bits)
        agent.add("-D")
        cert = authority.sign(key)
        agent.add(key)  # and its certificate
        err = logs_in(client, "%s %s: the agent's certificate" % (kind, bits),
                      "-v", says="The SSH agent signed with %s SHA256:"
                                 % shown_kind, **env)
        tap.equal(offers(err), [shown_kind], "  comes before its key", err)
        encrypted = lab.key(kind, bits, passphrase="correct horse")
        agent.add("-D")
        agent.add(encrypted, passphrase="correct horse")
        authority.sign(encrypted)
        logs_in(client, "  a file's certificate, signed for by the agent's "
                "plain key", "-v", says="The SSH agent signed with",
                key=encrypted, **env)
        agent.add("-D")
        os.rename(cert, cert + ".away")
        agent.add(key)
        logs_in(client, "  CertificateFile of a key that only the agent has",
                "-o", "CertificateFile=%s.away" % cert, **env)


def in_agent_by_name(lab, client, authority):
    """-i chooses a key of the agent's, and all its certificates there."""
    agent, key = Agent(lab), lab.key()
    lone = lab.path("lone")
    cert = authority.sign(key)
    agent.add(key)
    env = {"SSH_AUTH_SOCK": agent.socket}
    os.rename(cert, lone + "-cert.pub")
    shutil.copy(key + ".pub", lone + ".pub")
    for name in (key, lone + ".pub", lone + "-cert.pub"):
        err = logs_in(client, "the agent's certificate, and -i "
                      + os.path.basename(name), "-v", key=name,
                      says="The SSH agent signed with ED25519-CERT", **env)
        tap.equal(offers(err), ["ED25519-CERT"], "  comes before its key", err)
    lab.authorize(client.server.authorized, [key])
    agent.add("-D")
    authority.sign(key, by=lab.key())
    agent.add(key)
    os.rename(cert, lone + "-cert.pub")
    err = logs_in(client, "one of another authority", "-v", key=key, **env)
    tap.equal(offers(err), ["ED25519-CERT", "ED25519"],
              "  goes before its key, which gets in", err)
    lab.authorize(client.server.authorized, [])
    fails(client, "  and where neither does", "-o", "RememberMachines=no",
          key=lone + "-cert.pub", says="print the key's line with ssh-add -L", **env)


def main():
    with Lab() as lab:
        authority = Authority(lab)
        client = Client(lab, authority.sshd)
        if "libssh2 1.11.0" not in client.run("-V")[1].decode():
            KINDS.append(RSA)
        every_kind(lab, client, authority)
        other_files(lab, client, authority)
        falls_back(lab, client, authority)
        doubts(lab, client, authority)
        useless(lab, client, authority)
        remembered(lab, client, authority)
        in_agent(lab, client, authority)
        in_agent_by_name(lab, client, authority)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
