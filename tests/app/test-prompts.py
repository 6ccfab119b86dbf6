"""Logins in which a person answers: prompts, passwords, several steps."""

import os
import re
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import client_for
from logins import dropbear_password, sshd_pam, sshd_password
from memory import around, client_below, memory_of
from servers import Lab, Tap, find_program, user, wait_for
from sshpeer import SshPeer, string

tap = Tap()
PASSWORD = "Tr0ub4dor&3"
WRONG = "not the one"
CODE = ["I Welcome to the vault", "H 271828\tYour code: "]


def never_shown(s, *secrets):
    out = s.output().decode("utf-8", "replace")
    tap.ok(not any(x in out for x in secrets), "... which is never shown", out)


def asked_again(s, prompt, times):
    """Wait for a prompt that stands on the plain terminal already."""
    wait_for(lambda: s.output().count(prompt.encode()) >= times, what=prompt)


def password(lab):
    for what, server in (("sshd", sshd_password(lab, PASSWORD)),
                         ("dropbear", dropbear_password(lab, PASSWORD))):
        client = client_for(lab, server)
        options = ["-v", "-o", "StrictHostKeyChecking=accept-new"]
        with client.screen(*options, "echo lo''gged in") as s:
            s.wait("Password:")
            s.type(WRONG + "\r")
            s.wait("did not accept that. Try 2 of 3")
            asked_again(s, "Password:", 2)
            s.type("\x1b[200~%s\recho more\r\x1b[201~\r" % PASSWORD)
            tap.equal(s.exit(), 0, "%s: a wrong password, then the first line "
                      "of a paste, which is right" % what)
            s.wait("logged in")
            never_shown(s, PASSWORD, WRONG)
        with client.screen(*options) as s:
            s.wait("The server wants the password of " + user())
            s.type(PASSWORD + "\r")
            s.wait("Ctrl-] menu")
            never_shown(s, PASSWORD)
            text = memory_of(client_below(s.process.pid))
            tap.ok(user().encode() + b"@127.0.0.1" in text and
                   PASSWORD.encode() not in text,
                   "... and not left in memory",
                   around(text, PASSWORD.encode()))
            s.type("\x1d.")
            s.exit()
    with client.screen("true") as s:
        for i in range(3):
            s.wait("Try %d of 3" % (i + 1) if i else "Password:")
            asked_again(s, "Password:", i + 1)
            s.type(WRONG + "\r")
        tap.equal(s.exit(), 255, "three wrong passwords end it")
        s.says("did not accept the password")
    for how, words in (("plain", ["true"]), ("full screen", [])):
        with client.screen(*words) as s:
            s.wait("Password:")
            s.type("\x03")
            tap.equal(s.exit(), 255, "%s: Ctrl-C cancels a password" % how)
            s.wait("cancelled")
            tap.ok(s.modes()["echo"], "... and gives the terminal back")


def key_unopened(lab):
    """No passphrase was right: there is the password, and where that is wrong
    too, both are told of."""
    locked = lab.key(passphrase="correct horse")
    client = client_for(lab, sshd_password(lab, PASSWORD, [locked]), locked)
    for word, status in ((PASSWORD, 0), (WRONG, 255)):
        with client.screen("-o", "NumberOfPasswordPrompts=1",
                           "echo lo''gged in", cols=160) as s:
            s.wait("Passphrase:")
            s.type("wrong\r")
            s.wait("the file is damaged; going on without this key")
            s.wait("Password:")
            s.type(word + "\r")
            tap.equal(s.exit(), status, "... then a password")
            s.says("logged in" if status == 0 else
                   "did not accept the password (1 try)")
            never_shown(s, word)
    with client.screen("-o", "NumberOfPasswordPrompts=1", cols=100) as s:
        s.wait("Passphrase:")
        s.type("wrong\r")
        s.wait("Password:")
        s.type(WRONG + "\r")
        tap.equal(s.exit(), 255, "... and where a shell was wanted")
        s.says("so the user name is right: connect again, with that key's")
        tap.ok("[Y/n]" not in s.output().decode("utf-8", "replace"),
               "... no other name is offered", s.text())


def no_ssh_key(lab, name, *options):
    path = lab.path(name)
    subprocess.run([find_program("openssl"), "genpkey", "-algorithm", "x25519",
                    *options, "-out", path], check=True)
    os.chmod(path, 0o600)
    return path


def mistaken_and_answered(lab, client, locked):
    """The passphrase is there at once, the server's answer is not."""
    ask = lab.write("askpass", "#!/bin/sh\necho correct horse\n", 0o700)
    env = {"SSH_ASKPASS": ask, "SSH_ASKPASS_REQUIRE": "force",
           "port": lab.proxy(client.server.port, delay=0.1).port}
    options = ["-o", "StrictHostKeyChecking=accept-new"]
    second = lab.path("secp256k1")
    for argv in (["ecparam", "-genkey", "-name", "secp256k1", "-noout", "-out",
                  second],
                 ["ec", "-aes256", "-passout", "pass:correct horse", "-in",
                  second, "-out", second]):
        subprocess.run([find_program("openssl"), *argv], check=True,
                       stderr=subprocess.DEVNULL)
    os.chmod(second, 0o600)
    for words in ([], ["-i", lab.key()], ["-i", second]):
        got, out, err = client.run(*options, *words, "true", key=locked, **env)
        tap.ok(got == 255 and "would still take: publickey, password. To log "
               "in without keys, by what is typed: -o PubkeyAuthentication=no"
               in err and err.count("of type X25519") == 1,
               "what else is taken is told, and the mistake once", err)
    good = lab.key()
    lab.authorize(client.server.authorized, [good])
    got, out, err = client.run(*options, "-i", good, "echo in", key=locked,
                               **env)
    tap.ok((got, out) == (0, b"in\n") and err.count("of type X25519") == 1,
           "... also where another key logs in", err)
    lab.authorize(client.server.authorized, [])
    got, out, err = client.run(*options, "-o", "BatchMode=yes", "true",
                               key=locked, **env)
    tap.ok(got == 255 and "needs its passphrase" in err and
           "would still take: publickey, password." in err,
           "... or where nobody is asked for the passphrase", err)


def mistaken(lab):
    """A key file with a mistake ends it before a password is asked for,
    wherever it stands among keys that are refused."""
    locked = no_ssh_key(lab, "x25519", "-aes256", "-pass",
                        "pass:correct horse")
    client = client_for(lab, sshd_password(lab, PASSWORD))
    stranger = lab.key()
    for words in ([], ["-i", stranger], ["-i", stranger, "-i", locked]):
        client.key = stranger if words[2:] else locked
        with client.screen(*words[-2:], "true", cols=160) as s:
            s.wait("Passphrase:")
            s.type("correct horse\r")
            tap.equal(s.exit(), 255, "a file that is no key for SSH ends it")
            s.says("PubkeyAuthentication=no")
            s.says("vmconnect: %s: this private key is of type X25519" % locked)
            tap.ok("Password:" not in s.text(), "... without a password",
                   s.text())
    mistaken_and_answered(lab, client, locked)
    client.key = None
    os.rename(no_ssh_key(lab, "plain"), client.home + "/.ssh/id_ed25519")
    for name in ("", "/.ssh/id_rsa"):
        if name:
            os.rename(stranger, client.home + name)
        with client.screen("true", cols=160) as s:
            tap.equal(s.exit(), 255, "... a default file" + name)
            s.says("vmconnect: ~/.ssh/id_ed25519: this private key is of type "
                   "X25519")
            tap.ok("Password:" not in s.text(), "... without a password",
                   s.text())
    with client.screen("-o", "PubkeyAuthentication=no", "true") as s:
        s.wait("Password:")
        s.type(PASSWORD + "\r")
        tap.equal(s.exit(), 0, "... which -o PubkeyAuthentication=no wants")
    for name in ("id_ed25519", "id_rsa"):
        os.unlink(client.home + "/.ssh/" + name)


def banner_in_view(lab):
    """The box stands below what the server said before it asked."""
    rules = ["rule %d of this house" % i for i in range(1, 10)]
    banner = lab.write("rules", "\n".join(rules))
    client = client_for(lab, sshd_pam(lab, CODE, options=["Banner " + banner]))
    with client.screen() as s:
        s.wait("Your code:")
        s.wait("Welcome to the vault")
        wait_for(lambda: all(rule in s.text() for rule in rules),
                 what="the whole banner")
        tap.ok(True, "a banner stays in view")
        s.type("271828\r")
        s.wait("Ctrl-] menu")


def round_of_two(lab):
    """Two prompts at once: what stands before them is said once where it stays
    in view, and in each box."""
    def login(ssh):
        ssh.request()
        ssh.failure("keyboard-interactive")
        ssh.request()
        ssh.send(bytes([60]) + string("The vault") + string("Be quick") +
                 string("") + (2).to_bytes(4, "big") +
                 string("Colour: ") + b"\1" + string("Code: ") + b"\0")
        ssh.receive()
        ssh.success()

    client = client_for(lab, SshPeer(lab, login))
    for how, words in (("plain", ["echo in"]), ("full screen", [])):
        with client.screen(*words) as s:
            s.wait("Colour:")
            s.type("violet\r")
            s.wait("Code:")
            tap.equal([s.text().count(text) for text in
                       ("The vault", "Be quick", "These are the words")],
                      [1, 1, 2 if words else 1],
                      how + ": two prompts of one round")
            s.type("\x03")
            s.exit()


def prompts(lab):
    server = sshd_pam(lab, [
        "I Welcome to the vault", "E violet\tColour you like: ",
        "H 271828\tYour code: "])
    client = client_for(lab, server)
    for how, words, ready in (("plain", ["echo lo''gged in"], "logged in"),
                              ("full screen", [], "Ctrl-] menu")):
        with client.screen("-v", *words) as s:
            s.wait("The server asks")
            s.wait("These are the words of the server, 127.0.0.1")
            s.wait("Welcome to the vault")
            s.wait("Colour you like:")
            s.type("violet")
            s.wait("Colour you like: violet")
            s.resize(70, 20)
            s.wait("Colour you like: violet")
            s.type("\r")
            s.wait("Your code:")
            s.type("271828\r")
            s.wait(ready)
            tap.ok(True, "%s: echoed and hidden prompts" % how)
            never_shown(s, "271828")
            if not words:
                text = memory_of(client_below(s.process.pid))
                tap.ok(b"271828" not in text, "... and not left in memory",
                       around(text, b"271828"))
    with client.screen("true") as s:
        s.wait("Colour you like:")
        s.type("red\r")
        s.wait("did not accept that. Try 2 of 3")
        asked_again(s, "Colour you like:", 2)
        s.type("violet\r")
        asked_again(s, "Your code:", 1)
        s.type("1\r")
        s.wait("did not accept that. Try 3 of 3")
        asked_again(s, "Colour you like:", 3)
        s.type("violet\r")
        asked_again(s, "Your code:", 2)
        s.type("271828\r")
        tap.equal(s.exit(), 0, "wrong answers, then right ones")
    for how, words in (("plain", ["true"]), ("full screen", [])):
        for asked in ("Colour you like:", "Your code:"):
            with client.screen(*words) as s:
                s.wait("Colour you like:")
                if asked != "Colour you like:":
                    s.type("violet\r")
                s.wait(asked)
                s.type("\x1b" if not words else "\x03")
                tap.equal(s.exit(), 255, "%s: cancelled at %r" % (how, asked))
                tap.ok(s.modes()["echo"], "... the terminal is as it was")
    with client.screen() as s:
        s.wait("Colour you like:")
        server.signal_children(signal.SIGKILL)
        s.wait("The connection has ended")
        s.type("\r")
        tap.equal(s.exit(), 255, "the server goes away at a prompt")
        s.wait("closed the connection")
    long = sshd_pam(lab, ["I ."] * 30 + ["I This key needs its passphrase",
                                         "H 271828\tPassphrase: "])
    for how, words in (("plain", ["true"]), ("full screen", [])):
        with client_for(lab, long).screen(*words) as s:
            s.wait("Passphrase:")
            tap.ok("(%s@127.0.0.1) Passphrase:" % user() in s.text(),
                   "%s: below a long text the server's prompt is not ours" % how,
                   s.text())
            s.type("\x03")
            s.exit()
    server = sshd_pam(lab, [])
    got, out, err = client_for(lab, server).run("echo in")
    tap.equal((got, out), (255, b""), "nobody to answer: not even tried", err)
    with client_for(lab, server).screen("echo lo''gged in") as s:
        s.wait("logged in")
        tap.ok(True, "no prompts at all")
    server = sshd_pam(lab, CODE, options=["PasswordAuthentication yes"])
    with client_for(lab, server).screen(
            "-o", "NumberOfPasswordPrompts=1", "echo lo''gged in") as s:
        s.wait("Your code:")
        s.type("1\r")
        s.wait("It takes this instead")
        s.wait("Password:")
        s.type("271828\r")
        s.wait("logged in")
        tap.ok(True, "wrong answers, then a password (PAM's)")


def expired(lab):
    server = sshd_pam(lab, ["H old\tPassword: ", "I It has expired",
                            "N new\tNew password: ", "N new\tAgain: "])
    with client_for(lab, server).screen("echo lo''gged in") as s:
        for asked, answer in (("Password:", "old"), ("New password:", "new"),
                              ("Again:", "new")):
            s.wait(asked)
            s.type(answer + "\r")
        s.wait("logged in")
        tap.ok(True, "an expired password is changed by prompts")


def steps(lab):
    key = lab.key("ed25519", passphrase="correct horse")
    server = sshd_pam(lab, CODE, [key], [
        "AuthenticationMethods publickey,keyboard-interactive"])
    client = client_for(lab, server, key)
    for how, words, ready in (("plain", ["echo lo''gged in"], "logged in"),
                              ("full screen", [], "Ctrl-] menu")):
        with client.screen(*words) as s:
            s.wait("Passphrase:")
            s.type("correct horse\r")
            s.wait("Your code:")
            s.type("1\r")
            s.wait("Try 2 of 3")
            if words:
                asked_again(s, "Your code:", 2)
            s.type("271828\r")
            s.wait(ready)
            tap.ok(b"The key was accepted; the server also wants: "
                   b"keyboard-interactive" in
                   re.sub(rb"\s+", b" ", s.output()) or
                   "The key was accepted" in s.text(),
                   "%s: a key and then a code, announced" % how,
                   s.output())
    open_key = lab.key("ed25519")
    server = sshd_password(lab, PASSWORD, [open_key], [
        "AuthenticationMethods publickey,password"])
    client = client_for(lab, server, open_key)
    with client.screen("echo lo''gged in") as s:
        s.wait("the server also wants: password")
        s.wait("Password:")
        s.type(PASSWORD + "\r")
        s.wait("logged in")
        tap.ok(s.text().index("the server also wants: password") <
               s.text().index("Password:"),
               "a key and then a password, announced before it is asked for",
               s.text())
    got, out, err = client.run("-o", "BatchMode=yes", "true")
    tap.ok(got == 255 and "The key was accepted" in err and
           "also wants: password" in err, "BatchMode asks nothing", err)
    server = sshd_password(lab, PASSWORD, [open_key], [
        "AuthenticationMethods password,publickey"])
    client = client_for(lab, server, open_key)
    with client.screen("echo lo''gged in") as s:
        s.wait("Password:")
        s.type(PASSWORD + "\r")
        s.wait("logged in")
        tap.ok("The password was accepted; the server also wants: publickey"
               in s.text(), "a password and then a key", s.text())
        tap.ok("refused" not in s.text(),
               "... which is not refused while no keys are taken", s.text())
    with client.screen("-o", "RememberMachines=no", "true",
                       key=lab.key()) as s:
        s.wait("Password:")
        s.type(PASSWORD + "\r")
        s.exit()
        s.says("What to do: print the key's line with vmconnect-keygen -y")
        tap.ok("Most likely this key is not in" in " ".join(s.text().split())
               and "password anew" not in s.text() and
               "wrong user name" not in s.text(),
               "... and refused then: it is not the password", s.text())


def two_keys(lab):
    """The one that was the first step is not offered again: MaxAuthTries."""
    keys = [lab.key("ed25519"), lab.key("ecdsa")]
    server = lab.sshd(keys, options=[
        "AuthenticationMethods publickey,publickey", "MaxAuthTries 1"])
    client = client_for(lab, server, keys[0])
    got, out, err = client.run("-i", keys[1], "echo in")
    tap.equal((got, out), (0, b"in\n"), "two keys, each offered once", err)
    got, out, err = client.run("true")
    tap.ok(got == 255 and "but that was not enough" in err and
           "would still take: publickey" in err and
           err.endswith("It wants another key as well; name it with one more "
                        "-i.\n"), "... and one is too few", err)


def settings(lab):
    key = lab.key("ed25519")
    server = sshd_password(lab, PASSWORD, [key])
    client = client_for(lab, server, key)
    with client.screen("-o", "PreferredAuthentications=password,publickey",
                       "echo lo''gged in") as s:
        s.wait("Password:")
        s.type(PASSWORD + "\r")
        s.wait("logged in")
        tap.ok(True, "PreferredAuthentications: the password first")
    with client.screen("-o", "PreferredAuthentications=hostbased,publickey",
                       "echo lo''gged in") as s:
        s.wait("logged in")
        tap.ok(True, "... or only the key")
    with client.screen("-o", "PreferredAuthentications=keyboard-interactive",
                       "true") as s:
        tap.equal(s.exit(), 255, "... or what the server does not take")
        s.says("none of the ways to log in")
        s.says("leave out PreferredAuthentications.")
        tap.ok("What to do" not in s.text(), "... which is all there is to say",
               s.text())
    got, out, err = client.run("-o", "PreferredAuthentications=password",
                               "true")
    tap.ok(got == 255 and err.endswith(
        "and without BatchMode, to be asked, or leave out "
        "PreferredAuthentications.\n"), "... or who is not there", err)
    got, out, err = client.run("-o", "PubkeyAcceptedAlgorithms=ecdsa*", "true")
    tap.ok(got == 255 and err.endswith("use a key of another type.\n"),
           "PubkeyAcceptedAlgorithms without the key's", err)
    talker = lab.key("ed25519", comment="c" * 300)
    got, out, err = client.run("-o", "BatchMode=yes", "true", key=talker)
    tap.ok(" %s...)" % ("c" * 100) in err, "a comment without end", err)
    stranger = lab.key("ed25519")
    with client.screen("-o", "PasswordAuthentication=no", "true",
                       key=stranger) as s:
        tap.equal(s.exit(), 255, "PasswordAuthentication=no asks for none")
    server = sshd_pam(lab, CODE)
    client = client_for(lab, server)
    with client.screen("-o", "KbdInteractiveAuthentication=no", "true") as s:
        tap.equal(s.exit(), 255, "KbdInteractiveAuthentication=no asks nothing")


def tries(lab):
    """Nothing but keys and answers costs one of the server's MaxAuthTries."""
    for kind in ("ed25519", "rsa"):
        key = lab.key(kind)
        server = sshd_password(lab, PASSWORD, options=["MaxAuthTries 3"])
        with client_for(lab, server, key).screen("echo lo''gged in") as s:
            s.wait("Password:")
            s.type(WRONG + "\r")
            s.wait("Try 2 of 3")
            asked_again(s, "Password:", 2)
            s.type(PASSWORD + "\r")
            s.wait("logged in")
            tap.ok(True, "%s: a key, a wrong password and the right one" % kind)


def changed_host(lab):
    key = lab.key("ed25519")
    server = sshd_password(lab, PASSWORD, [key])
    client = client_for(lab, server, lab.key("ed25519"))
    server.host_keys = [lab.key("ed25519")]
    client.know(server)
    options = ["-o", "StrictHostKeyChecking=no"]
    with client.screen(*options, "true") as s:
        tap.equal(s.exit(), 255, "a changed host key sees no password")
        s.wait("Only keys are tried")
        tap.ok("Password:" not in s.text(), "... nor is it asked for")
    got, out, err = client.run(*options, "echo in", key=key)
    tap.equal((got, out), (0, b"in\n"), "... but a key still logs in", err)
    os.unlink(client.known_hosts)
    with client.screen("true") as s:
        s.wait("Your answer:")
        s.type("o\r")
        tap.equal(s.exit(), 255, "nor does one that is accepted this once")
        s.wait("Only keys are tried")
        tap.ok("Password:" not in s.text(), "... which is not asked for")


def hostile(lab):
    evil = ["I \\e[2J\\e]0;owned\\t\\e[31mred\\n\\n\\n", "E y\tPass\\e[8mword: "]
    client = client_for(lab, sshd_pam(lab, evil))
    for how, words in (("plain", ["echo lo''gged in"]), ("full screen", [])):
        with client.screen(*words) as s:
            s.wait("red")
            out = s.output()
            tap.ok(b"owned\t" not in out and b"\x1b]0;owned" not in out and
                   b"\x1b[8m" not in out, "%s: escapes are harmless" % how, out)
            s.type("y\r")
            s.wait("logged in" if words else "Ctrl-] menu")
    client = client_for(lab, sshd_pam(lab, ["X 30000"]))
    for how, words in (("plain", ["true"]), ("full screen", [])):
        with client.screen(*words) as s:
            s.wait("Answer:")
            s.type("\x03")
            tap.equal(s.exit(), 255, "%s: a prompt of 30,000 letters" % how)
    client = client_for(lab, sshd_pam(lab, ["X 1048576"]))
    with client.screen("true") as s:
        tap.equal(s.exit(), 255, "a prompt of 1 MiB ends the login")
    long = ["E y\tQuestion %d: " % i for i in range(40)]
    client = client_for(lab, sshd_pam(lab, long, options=["MaxAuthTries 3"]))
    with client.screen("echo lo''gged in") as s:
        for i in range(40):
            s.wait("Question %d:" % i)
            s.type("y\r")
        s.wait("logged in")
        tap.ok(True, "forty rounds")
    client = client_for(lab, sshd_pam(lab, ["E y\tAgain: "] * 150))
    with client.screen("true") as s:
        for i in range(100):
            asked_again(s, "Again: ", i + 1)
            s.type("y\r")
        tap.equal(s.exit(), 255, "questions without an end")
        s.wait("questions without an end")


def doubted(lab):
    """Before a password is typed for a name that is likely wrong."""
    key = lab.key("ed25519")
    server = lab.sshd(options=["PasswordAuthentication yes",
                               "VersionAddendum Ubuntu-1"])
    client = client_for(lab, server, key)
    client.know(server)
    with client.screen("-l", "bob") as s:
        s.wait("Password:")
        text = " ".join(s.text().replace("\u2502", " ").split())
        tap.ok("It refused the key that was offered. Perhaps bob is the wrong "
               "user name: on Ubuntu images it is usually ubuntu, at some "
               "providers root." in text, "a name that is likely wrong", text)
        s.type("\033")
        s.exit()
    with client.screen("-l", "root") as s:
        s.wait("Password:")
        text = " ".join(s.text().replace("\u2502", " ").split())
        tap.ok("Most likely root may not log in there (PermitRootLogin): on "
               "Ubuntu images the user is usually ubuntu." in text,
               "... and root, who exists", text)
        s.type("\033")
        s.exit()
    server = sshd_pam(lab, CODE)
    client = client_for(lab, server, key)
    client.know(server)
    with client.screen() as s:
        s.wait("These are the words of the server")
        text = " ".join(s.text().replace("\u2502", " ").split())
        tap.ok("The server asks before it lets %s in. It refused the key that "
               "was offered." % user() in text,
               "a refused key is told before the server's words", text)
        s.type("\033")
        s.exit()


def main():
    with Lab() as lab:
        doubted(lab)
        password(lab)
        key_unopened(lab)
        mistaken(lab)
        banner_in_view(lab)
        round_of_two(lab)
        prompts(lab)
        expired(lab)
        steps(lab)
        two_keys(lab)
        settings(lab)
        tries(lab)
        changed_host(lab)
        hostile(lab)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
