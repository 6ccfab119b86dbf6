"""What the machine's console shows: its host key is verified by it at the first
connection, the login name is known, and a wrong key is told."""

import base64
import hashlib
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, harmless, program
import names as login_names
from names import flat, known, line_of
from servers import Lab, find_program, user
from session import becomes, tap

PREFIX = "<14>Nov 23 10:00:00 cloud-init: "


def blob_of(key):
    return base64.b64decode(line_of(key).split()[1])


def listed(key, form="sha256"):
    """As ssh-keygen and so the console shows it."""
    out = subprocess.run([find_program("ssh-keygen"), "-l", "-E", form, "-f",
                          key + ".pub"], check=True, stdout=subprocess.PIPE)
    return out.stdout.decode().strip()


def pairs(key):
    digest = hashlib.sha256(blob_of(key)).hexdigest()
    return ":".join(digest[i:i + 2] for i in range(0, len(digest), 2))


def table(name, key, comment):
    return ("ci-info: +++Authorized keys from /home/%s/.ssh/authorized_keys "
            "for user %s+++\nci-info: | Keytype | Fingerprint (sha256) | "
            "Options | Comment |\nci-info: | ssh-ed25519 | %s |    -    | %s |"
            "\n" % (name, name, pairs(key), comment))


class Vm:
    """A server that nobody knows yet, and a client."""

    def __init__(self, lab, key, host_keys=None):
        self.lab = lab
        self.server = lab.sshd([key], host_keys=host_keys)
        self.client = Client(lab, key=key)
        self.client.server = self.server
        self.forget()

    def forget(self):
        with open(self.client.known_hosts, "w"):
            pass

    def known(self):
        with open(self.client.known_hosts) as f:
            return f.read()

    def run(self, log, *words):
        path = self.lab.write("console.log", log)
        return self.client.run("--console=" + path, *words)


def verified(lab, key):
    vm = Vm(lab, key)
    host_key = vm.server.host_keys[0]
    for name, log, bits in (
            ("fingerprints", PREFIX + listed(host_key) + "\n", 256),
            ("MD5", "ec2: " + listed(host_key, "md5") + "\n", 128),
            ("one fingerprint", listed(host_key).split()[1] + "\n", 256),
            ("one of MD5", listed(host_key, "md5").split()[1][4:], 128),
            ("a public key", line_of(host_key) + "\n", 256),
            ("a line of ssh-keyscan", "127.0.0.1 " + line_of(host_key), 256),
            ("whole keys", "-----BEGIN SSH HOST KEY KEYS-----\n%s\n"
             "-----END SSH HOST KEY KEYS-----\n" % line_of(host_key), 256)):
        vm.forget()
        status, out, err = vm.run(log, "echo in")
        tap.ok(status == 0 and out == b"in\n" and harmless(err) and
               "The console shows this host key, SHA256:" in err and
               "(%d bits compared)" % bits in err,
               "the host key is verified by " + name, status, err)
        tap.ok(line_of(host_key).split()[1] in vm.known(),
               "... and remembered", vm.known())
    other = lab.key("ed25519")
    vm.forget()
    status, out, err = vm.run(PREFIX + listed(other) + "\n", "echo in")
    tap.ok(status == 255 and not out and "the console shows another host key"
           in err and not vm.known(), "another key than the server's", err)
    status, out, err = vm.run(PREFIX + listed(other) + "\n", "-o",
                              "StrictHostKeyChecking=accept-new", "echo in")
    tap.ok(status == 255 and not vm.known(), "... is never accepted", err)
    status, out, err = vm.run(listed(other).split()[1], "-o",
                              "StrictHostKeyChecking=accept-new", "echo in")
    tap.ok(status == 255 and not out and not vm.known() and
           "the fingerprint of --console is another host key's" in err and
           "or that is its key of another type" in err,
           "... nor by one fingerprint", err)
    two = Vm(lab, key, [lab.key("ed25519"), lab.key("ecdsa")])
    status, out, err = two.run(PREFIX + listed(two.server.host_keys[1]) + "\n",
                               "echo in")
    tap.ok(status == 0 and "The console shows this host key" in err and
           "ecdsa-sha2-nistp256 key of" in err,
           "the server is asked for a key that the console shows", err)


def doctor(lab, key):
    """It says the same of the host key, and what it writes."""
    vm = Vm(lab, key)
    log = PREFIX + listed(vm.server.host_keys[0]) + "\n"
    for after, words in (
            ("", "as the console shows (256 bits compared); now remembered in "
             "~/.ssh/known_hosts"),
            ("again", "as in ~/.ssh/known_hosts, line 1 (")):
        status, out, err = vm.run(log, "--doctor")
        told = " ".join(out.decode().split())
        tap.ok(status == 0 and "ok host key: ssh-ed25519 SHA256:" in told and
               words in told, "the doctor has the console " + after, status,
               out, err)
    vm.forget()
    status, out, err = vm.client.run(
        "--doctor", "-o", "StrictHostKeyChecking=accept-new", "-o",
        "RememberMachines=no")
    told = " ".join(out.decode().split())
    tap.ok(status == 0 and "look host key: " in told and
           "was not known; now remembered in ~/.ssh/known_hosts" in told,
           "... and tells what it writes without it", status, out, err)


def changed(lab, key):
    """Never by itself."""
    vm = Vm(lab, key)
    with open(vm.client.known_hosts, "w") as f:
        f.write("[127.0.0.1]:%d %s\n" % (vm.server.port,
                                         line_of(lab.key("ed25519"))))
    log = PREFIX + listed(vm.server.host_keys[0]) + "\n"
    status, out, err = vm.run(log, "echo in")
    tap.ok(status == 255 and "host key has changed" in err and
           "The console shows that one: if it is this machine's" in err,
           "a changed key is not taken because the console shows it", err)
    path = lab.write("console.log", log)
    with vm.client.screen("--console=" + path, "echo in") as s:
        s.wait("The console shows this new key (256 bits")
        s.wait("Your answer:")
        s.type("replace\r")
        tap.equal(s.exit(), 0, "... but told in the question")


def names(lab, key):
    vm = Vm(lab, key)
    log = PREFIX + listed(vm.server.host_keys[0]) + "\n"
    path = lab.write("console.log", log + table(user(), key, "me@home"))
    bare = [program(), "-p", str(vm.server.port), "-i", key,
            "--console=" + path, "127.0.0.1", "echo in"]
    p = subprocess.run(bare, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, env=vm.client.environment())
    err = p.stderr.decode()
    tap.ok(p.returncode == 0 and p.stdout == b"in\n" and
           "Logging in as %s, as the console says." % user() in err and
           "it is not one that is offered" not in err,
           "the login name is known", p.returncode, err)
    stranger = lab.key("ed25519")
    status, out, err = vm.run(log + table("ubuntu", stranger, "me@old-laptop"),
                              "-l", "ubuntu", "true")
    tap.ok(status == 255 and
           'installed the key "me@old-laptop" (ssh-ed25519) for ubuntu; it is '
           "not one that is offered" in err, "another key was installed", err)
    tap.ok("for ubuntu, which is not one of yours." in err and
           "What to do: use that key with -i, or add yours" in err,
           "... is the cause", err)
    status, out, err = vm.run(log + table("ubuntu", stranger, "me@old-laptop"),
                              "-l", "ubuntu", "--doctor")
    tap.ok(status == 255 and b'"me@old-laptop"' in out and
           b"What to do: use that key with -i, or add yours" in out,
           "... also to the doctor", out, err)
    for words in ([], ["--doctor"]):
        status, out, err = vm.run(log + table("ubuntu", key, "me@home"),
                                  "-l", "ubuntu", *(words or ["true"]))
        told = " ".join((out.decode() if words else err).split())
        tap.ok(status == 255 and
               "your key was installed for ubuntu, so one of these" in told and
               "What to do: look there at ~ubuntu/.ssh/authorized_keys" in told
               and "wrong user name" not in told,
               "this key was installed, and is refused" +
               " (doctor)" * len(words), status, told)
    other = Vm(lab, key)
    status, out, err = other.run(
        PREFIX + listed(other.server.host_keys[0]) + "\n" +
        table(user(), key, "me@home"), "-l", "bob", "true")
    tap.ok(status == 255 and
           "wrong user name: its console names %s." % user() in err and
           "try another user: %s@" % user() in err,
           "another name than the console's", err)
    _, root = known(lab, {"root": [login_names.told("admin", key)], "admin": [key]}, key)
    path = lab.write("root.log", table("root", key, "me@home"))
    status, out, err = root.run("--console=" + path, "echo in")
    tap.ok(status == 0 and out == b"in\n" and
           "Logging in as root, as the console says." in err and
           "connecting as admin." in err, "root, who tells another name", err)
    keyless = (log + "ci-info: no authorized SSH keys fingerprints found for "
               "user ubuntu.\n")
    status, out, err = vm.run(keyless, "-l", "ubuntu", "true")
    tap.ok("no key was installed for ubuntu: add" in err and
           "no key was installed for ubuntu." in err and
           "What to do: add your key in the provider's panel" in err,
           "no key was installed", err)
    lab.write("console.log", keyless)
    p = subprocess.run(bare, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, env=vm.client.environment())
    err = p.stderr.decode()
    tap.ok(p.returncode == 255 and
           "Logging in as ubuntu, as the console says." in err and
           "What to do: add your key in the provider's panel" in err,
           "... which tells the login name too", p.returncode, err)
    status, out, err = vm.run("[    0.0] Linux version 6.8\n", "true")
    tap.ok(status == 255 and "no host key or fingerprint" in err,
           "a log that tells nothing", err)
    status, out, err = vm.client.run("--console=" + lab.path("none"), "true")
    tap.ok(status == 255 and "none" in err, "no such file", err)


def typed(lab, key):
    """A fingerprint in part, in the question about an unknown key."""
    vm = Vm(lab, key)
    host_key = vm.server.host_keys[0]
    sha256 = listed(host_key).split()[1]
    md5 = listed(host_key, "md5").split()[1]
    for text, says in (
            (sha256, "the same (256 bits"),
            (md5[4:15], "the same (32 bits compared; with some work"),
            (sha256[:15], "the same (48 bits compared; with much work"),
            (md5, "the same (128 bits"),
            (sha256[7:15], "part of the fingerprint is the same (48 bits"),
            (sha256[-20:], "part of the fingerprint is the same (118 bits"),
            (md5[4:4 + 3 * 11 - 1], "part of the fingerprint is the same (88 "
             "bits"),
            (pairs(host_key), "the same (256 bits")):
        vm.forget()
        with vm.client.screen("true", cols=120) as s:
            s.wait("Unknown host key")
            s.wait("Your answer:")
            s.type(text + "\r")
            tap.equal(s.exit(), 0, "typed: " + text)
            becomes(s, lambda: says in s.text(), "... " + says)
    for text in (sha256[7:14], sha256[8:20], "AAAAAAAA"):
        vm.forget()
        with vm.client.screen("true", cols=120) as s:
            s.wait("Your answer:")
            s.type(text + "\r")
            s.wait("THAT IS NOT" if len(text) >= 8 else
                   "Type one of the answers")
            tap.ok(True, "not taken: " + text)
            if len(text) >= 8:
                becomes(s, lambda: "for a key of type ssh-ed25519, this is "
                        "not your machine" in flat(s),
                        "... a machine has keys of several types")
            s.type("\r")
            tap.equal(s.exit(), 255, "... and cancelled")
    other = lab.write("console.log", PREFIX + listed(lab.key("ed25519")))
    bare = lab.write("bare.log", listed(lab.key("ed25519")).split()[1])
    with vm.client.screen("--console=" + bare, "true") as s:
        s.wait("THE FINGERPRINT OF --console IS ANOTHER KEY'S")
        s.wait("Your answer:")
        s.type("\r")
        tap.equal(s.exit(), 255, "... nor against one fingerprint")
    with vm.client.screen("--console=" + other, "true") as s:
        s.wait("THE CONSOLE SHOWS ANOTHER KEY")
        s.wait("Your answer:")
        s.type("a\r")
        s.wait("Type one of the answers")
        s.type("\r")
        tap.equal(s.exit(), 255, "against the console nothing is accepted")


def pasted(lab, key):
    """A whole log, into the question."""
    vm = Vm(lab, key)
    boot = "".join("[%8.6f] of the kernel, line %d\n" % (i / 7, i)
                   for i in range(1, 2000))
    log = (boot + PREFIX + listed(vm.server.host_keys[0]) + "\n" +
           table(user(), lab.key("ed25519"), "me@old-laptop") + "finished\n")
    with vm.client.screen("true", cols=120) as s:
        s.wait("Your answer:")
        s.type("\x1b[200~" + boot.replace("\n", "\r") + "\x1b[201~")
        s.wait("1999 lines pasted")
        s.type("\x7f")
        s.gone("1999 lines pasted")
        s.type("\x1b[200~" + boot + "\x1b[201~\r")
        s.wait("No host key is in this text")
        s.type("\x1b[200~" + log + "\x1b[201~")
        s.wait("2004 lines pasted")
        s.type("\r")
        tap.equal(s.exit(), 0, "a console log, pasted")
        becomes(s, lambda: "the same (256 bits" in s.text(),
                "... verifies the host key")
        becomes(s, lambda: '"me@old-laptop"' in s.text(),
                "... and tells which key was installed")


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        verified(lab, key)
        doctor(lab, key)
        changed(lab, key)
        names(lab, key)
        typed(lab, key)
        pasted(lab, key)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
