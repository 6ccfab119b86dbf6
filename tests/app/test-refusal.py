"""When nothing worked: what was offered, what was answered, and why."""

import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from agents import Agent
from client import Client, client_for, harmless
from logins import sshd_pam, sshd_password
from servers import Lab, Tap, find_program, user, wait_for
from sshpeer import SshPeer, string

tap = Tap()


def fails(client, name, *words, says=(), never=(), **how):
    """Without a terminal: the exit status, and what standard error says."""
    status, out, err = client.run(*words, "true", **how)
    flat = " ".join(err.split())
    tap.ok(status == 255 and not out and harmless(err) and
           all(words in flat for words in says) and
           not any(words in flat for words in never), name, status, err)
    return err


def certified(lab, key):
    """The same key, with a certificate beside it."""
    subprocess.run([find_program("ssh-keygen"), "-q", "-s", lab.key(), "-I",
                    "me", "-n", user(), key + ".pub"], check=True)
    return key


def print_of(key):
    out = subprocess.run([find_program("ssh-keygen"), "-l", "-f", key + ".pub"],
                         check=True, stdout=subprocess.PIPE).stdout.decode()
    return re.search(r"SHA256:\S+", out).group()


# What the server is believed to be, whatever this system is.
UBUNTU = ["VersionAddendum Ubuntu-1"]


def one_paragraph(err):
    """What happened, the keys, what is left, the cause: in this order, on one
    line."""
    last = next(line for line in err.splitlines()
                if line.startswith("vmconnect: "))
    at = [last.find(words) for words in (
        "vmconnect: ", "the server", " It ", "It would still take: ")]
    return -1 not in at and at == sorted(at) and last.endswith(".")


def keys_refused(lab):
    server = lab.sshd(options=UBUNTU)
    key = lab.key("ed25519", comment="me@laptop")
    client = client_for(lab, server, key)
    mine = "%s (ED25519 %s me@laptop)" % (key, print_of(key))
    for how, words in (("as it is", []), ("-q", ["-q"]),
                       ("BatchMode", ["-o", "BatchMode=yes"])):
        err = fails(client, "one key, refused: " + how, *words, says=[
            "vmconnect: %s@127.0.0.1: the server accepted no key. It refused "
            "%s. It would still take: publickey. " % (user(), mine)])
        lines = err.splitlines()
        tap.ok(".ssh/authorized_keys" in lines[0] or
               "wrong user name" in lines[0], "... one line, with a cause", err)
        tap.equal([line[:14] for line in lines[1:]],
                  [] if how == "-q" else ["  What to do: ", "  What cannot "],
                  "... and what to do below it", err)
    fails(client, "another name than the image's", "-l", "bob", says=[
        "wrong user name: on Ubuntu images it is usually ubuntu"])
    fails(client, "the image's name", "-l", "ubuntu", says=[
        "not in ~ubuntu/.ssh/authorized_keys"], never=["images"])
    rsa = lab.key("rsa", 1024)
    err = fails(client, "two keys, one short", "-l", "ubuntu", "-i", rsa, says=[
        "It refused %s, %s (RSA %s test). " % (mine, rsa, print_of(rsa)),
        "shorter than 2048 bits"])
    tap.ok(one_paragraph(err), "... in one paragraph", err)


def weak_signatures(lab):
    """RSA keys, and what the server would have them sign with."""
    rsa, other = lab.key("rsa", 2048), lab.key("ed25519")
    server = lab.sshd([rsa, other], options=[
        "PubkeyAcceptedAlgorithms ssh-rsa", "MaxAuthTries 2"])
    client = client_for(lab, server, rsa)
    err = fails(client, "OpenSSH that takes RSA only with SHA-1", says=[
        rsa + " (RSA " + print_of(rsa), "SHA-1 signatures",
        "se an Ed25519 or ECDSA key"], never=["authorized_keys"])
    tap.ok(one_paragraph(err), "... in one paragraph", err)
    server = lab.sshd([rsa], options=["PubkeyAcceptedAlgorithms ssh-ed25519"])
    fails(client_for(lab, server, rsa), "OpenSSH that takes no RSA", says=[
        rsa + " (RSA ", "It would still take: publickey"], never=["SHA-1"])
    stranger = lab.key("rsa", 2048)
    server = lab.sshd([rsa])
    fails(client_for(lab, server, stranger), "a stranger's RSA key",
          says=["It refused " + stranger], never=["SHA-1"])


def lists_of_signatures(lab):
    """A server's server-sig-algs (RFC 8308), which OpenSSH 9.2 sends whatever
    its settings."""
    rsa, other = lab.key("rsa", 2048), lab.key("ed25519")
    asked = []

    def login(ssh):
        while True:
            _, method, rest = ssh.request()
            if method == "publickey":
                signed = rest.byte()
                asked.append(rest.string().decode())
                blob = rest.string()
                if asked[-1] == "ssh-ed25519" and signed:
                    ssh.success()
                    return
                if asked[-1] in ("ssh-ed25519", "ssh-rsa"):
                    ssh.key_is_good(asked[-1], blob)
                    continue
            ssh.failure("publickey")

    for what, signatures, says in (
            ("none for RSA", "ssh-ed25519,x",
             "It takes no rsa-sha2 signature, so it was not offered " + rsa),
            ("SHA-1 for RSA", "ssh-ed25519,ssh-rsa",
             "It takes only SHA-1 signatures, which can be forged, of " + rsa),
            ("no list at all", None,
             "It takes only SHA-1 signatures, which can be forged, of " + rsa)):
        peer = SshPeer(lab, login, signatures)
        client = client_for(lab, peer, rsa)
        del asked[:]
        err = fails(client, "a server that lists " + what, says=[
            says, "Use an Ed25519 or ECDSA key"])
        tap.ok(one_paragraph(err) and
               asked == ["ssh-rsa"] * ("none" not in what),
               "... and is offered no other", err, asked)
        status, out, err = client.run("-i", other, "echo in")
        tap.equal((status, out), (0, b"in\n"),
                  "... where another key still gets in", err)
        tap.equal(peer.errors, [], "... in order")


def types_not_listed(lab):
    """A key is refused that is of no type in server-sig-algs."""
    def login(ssh):
        while True:
            ssh.request()
            ssh.failure("publickey")

    for kind, signatures, says, never in (
            ("ecdsa", "ssh-ed25519,rsa-sha2-256", [
                ", and lists no algorithm for keys of this type. ",
                "Most likely it takes no such keys; use an Ed25519 key.",
                "make another key: vmconnect-keygen."], ["authorized_keys"]),
            ("ed25519", "ecdsa-sha2-nistp256,rsa-sha2-512", [
                "use an RSA key.", "vmconnect-keygen -t rsa."],
             ["authorized_keys"]),
            ("ecdsa", "ecdsa-sha2-nistp256", ["authorized_keys"],
             ["no algorithm"])):
        peer = SshPeer(lab, login, signatures)
        key = lab.key(kind)
        fails(client_for(lab, peer, key), "%s, where %s is listed"
              % (kind, signatures), says=["It refused " + key] + says,
              never=never)
    key = certified(lab, lab.key())
    peer = SshPeer(lab, login, "ssh-ed25519")
    fails(client_for(lab, peer, key), "a certificate's type is its key's",
          says=["(ED25519-CERT "], never=["no algorithm"])


def settings(lab):
    key, rsa = lab.key("ed25519"), lab.key("rsa", 2048)
    server = lab.sshd([key, rsa], options=["LogLevel DEBUG"])
    client = client_for(lab, server, key)
    fails(client, "PubkeyAcceptedAlgorithms leaves out the only key", "-o",
          "PubkeyAcceptedAlgorithms=-ssh-ed25519*", says=[
              "was not offered " + key, "PubkeyAcceptedAlgorithms leaves out",
              "Change PubkeyAcceptedAlgorithms"])
    status, out, err = client.run("-v", "-i", rsa, "-o",
                                  "PubkeyAcceptedAlgorithms=rsa-*", "echo in")
    tap.ok(status == 0 and out == b"in\n" and "(rsa-sha2-512)" in err and
           "Offering " + key not in err, "... and lets another one in", err)
    status, out, err = client.run("-v", "-o",
                                  "PubkeyAcceptedAlgorithms=rsa-sha2-256",
                                  "echo in", key=rsa)
    tap.ok(status == 0 and "(rsa-sha2-256)" in err,
           "... which signs by the algorithm allowed", err)
    status, out, err = client.run("-v", "-o",
                                  "PubkeyAcceptedAlgorithms=^rsa-sha2-256",
                                  "echo in", key=rsa)
    tap.ok(status == 0 and "(rsa-sha2-256)" in err, "... or preferred", err)
    fails(client, "PubkeyAuthentication=no offers none", "-o",
          "PubkeyAuthentication=no", says=[
              "none of the ways to log in that you allow. It would still take: "
              "publickey. To allow what it takes, leave out "
              "PubkeyAuthentication=no."], never=["SHA256"])
    for ways in ("password", "bogus"):
        fails(client, "PreferredAuthentications=" + ways, "-o",
              "BatchMode=yes", "-o", "PreferredAuthentications=" + ways, says=[
                  "It would still take: publickey. To allow what it takes, "
                  "leave out PreferredAuthentications."])
    fails(client, "nor reads a file", "-o", "PubkeyAuthentication=no", "-i",
          lab.path("missing"), says=["none of the ways to log in"])


def forbidden(lab):
    """All the options that forbid are named, and only those."""
    preferred, none = "PreferredAuthentications=password", \
        "PubkeyAuthentication=no"
    agent = Agent(lab)
    agent.add(lab.key())
    client = client_for(lab, lab.sshd())
    for options, named in (
            ([preferred, none],
             "PreferredAuthentications and PubkeyAuthentication=no"),
            ([preferred, "IdentitiesOnly=yes"],
             "PreferredAuthentications and IdentitiesOnly"),
            ([preferred, none, "IdentitiesOnly=yes"],
             "PreferredAuthentications, PubkeyAuthentication=no and "
             "IdentitiesOnly")):
        words = [word for option in options for word in ("-o", option)]
        fails(client, "forbidden by " + named, *words, says=[
            "To allow what it takes, leave out %s." % named],
              SSH_AUTH_SOCK=agent.socket)
    fails(client, "where IdentitiesOnly forbids nothing", "-o", preferred,
          "-o", "IdentitiesOnly=yes", key=lab.key(), says=[
              "leave out PreferredAuthentications."],
          SSH_AUTH_SOCK=agent.socket)


def refused_unasked(lab):
    """keyboard-interactive is listed, but nothing stands behind it."""
    told = ["refused keyboard-interactive without a question. It would still "
            "take: password. To allow what it takes, leave out "]
    server = lab.sshd(options=["KbdInteractiveAuthentication yes",
                               "PasswordAuthentication yes",
                               "PubkeyAuthentication no"])
    client = client_for(lab, server)
    for option in ("PasswordAuthentication=no",
                   "PreferredAuthentications=keyboard-interactive"):
        for cols in (80, 40):
            with client.screen("-o", option, "true", cols=cols) as s:
                tap.equal(s.exit(), 255, "no question: " + option)
                s.says(told[0] + option.replace("=keyboard-interactive", "") +
                       ".")
    with client.screen("true") as s:
        s.wait("Password:")
        tap.ok(True, "... and then a password is asked for")


def mistaken(lab):
    """A bad key file is told of beside what the server answered."""
    client = client_for(lab, lab.sshd())
    bad = client.home + "/.ssh/id_ed25519"
    with open(bad, "w") as f:
        f.write("Dear customer,\n")
    os.chmod(bad, 0o600)
    err = fails(client, "a default file that is no key", says=[
        "there is no key to offer. A key could not be used: "
        "~/.ssh/id_ed25519: this is no private key"],
        never=["there is no ~/.ssh"])
    shutil.copy(lab.key(), client.home + "/.ssh/id_rsa")
    err = fails(client, "... beside one that is refused", says=[
        "A key could not be used: ~/.ssh/id_ed25519: this is no private key"])
    tap.ok(one_paragraph(err), "... in one paragraph", err)
    for name in ("id_ed25519", "id_rsa"):
        os.unlink(client.home + "/.ssh/" + name)


def mistaken_first(lab):
    """One of several keys cannot be used: the others are offered."""
    good, other = lab.key(), lab.key()
    bad = lab.write("mistaken", "Dear customer,\n")
    brief = bad + " cannot be used; going on without this key"
    whole = bad + ": this is no private key"
    client = client_for(lab, lab.sshd([good]))
    for keys in ((bad, good), (good, bad)):
        status, out, err = client.run("-i", keys[0], "-i", keys[1], "echo in")
        tap.ok(status == 0 and out == b"in\n" and brief in err and
               err.count(whole) == 1, "a mistaken key and a good one", err)
    err = fails(client, "... and one that is refused", "-i", bad, "-i", other,
                says=[brief, "It refused " + other, "not be used: " + whole])
    tap.equal(err.count(whole), 1, "... the mistake is told once", err)
    json = lab.write("mistaken.json", "{}\n")
    err = fails(client, "... and another mistake", "-i", bad, "-i", json,
                says=["vmconnect: " + whole, json + ": this is JSON"])
    tap.equal(err.count(whole), 1, "... each is told once", err)
    status, _, err = client.run("--install-key", "-i", bad, "-i", good)
    tap.ok(status == 255 and whole in err and "going on" not in err,
           "... but the key to install is no other one", status, err)


def no_use(lab):
    """Keys that the server would have taken, and none at all."""
    locked = lab.key("ed25519", passphrase="x y z")
    server = lab.sshd([locked])
    client = client_for(lab, server, locked)
    fails(client, "nobody to ask for the passphrase", says=[
        "The server takes %s (" % locked, "but nothing was signed with it",
        "needs its passphrase, and there is nobody to ask", "an SSH agent",
        "It would still take: publickey"])
    with client.screen("-o", "BatchMode=yes", "true") as s:
        tap.equal(s.exit(), 255, "BatchMode on a terminal asks for nothing")
        s.wait("BatchMode asks for none")
    client = client_for(lab, server)
    fails(client, "no key at all", says=[
        "there is no key to offer. The server would still take: publickey.",
        "None came from an SSH agent", "name one with -i"])
    server = lab.sshd(options=["PasswordAuthentication yes"])
    fails(client_for(lab, server), "... where keys are preferred", "-o",
          "PreferredAuthentications=publickey", says=[
              "would still take: publickey, password. None came from an SSH "
              "agent", "name your key with -i, or make one"])


def hidden_half(lab):
    """The passphrase is wanted before the key is offered."""
    key = lab.key("ecdsa", 256, passphrase="x y z", options=["-m", "PEM"])
    os.unlink(key + ".pub")
    server = sshd_password(lab, "right")
    for how, words in (("nobody", ["there is nobody to ask"]),
                       ("BatchMode", ["BatchMode asks for none"])):
        options = ["-o", "BatchMode=yes"] * (how == "BatchMode")
        err = fails(client_for(lab, server, key), "a hidden public half: " +
                    how, *options, says=words + ["would still take"],
                    never=["an SSH agent"])
        tap.equal(err.lower().count("connect from a terminal"), 1,
                  "... has one remedy", err)


def known_file(lab):
    """The commands in the remedies name the key's file, if there is but one."""
    server = lab.sshd()
    client = client_for(lab, server)
    agent = Agent(lab)
    agent.add(lab.key())
    fails(client, "keys of the agent's alone",
          says=["print the key's line with ssh-add -L; "],
          SSH_AUTH_SOCK=agent.socket)
    shutil.copy(lab.key(), client.home + "/.ssh/id_ecdsa")
    named = "with vmconnect-keygen -y ~/.ssh/id_ecdsa; "
    fails(client, "one default key", says=[named])
    fails(client, "... beside the agent's", says=[named],
          SSH_AUTH_SOCK=agent.socket)
    status, out, _ = client.run("--doctor")
    tap.ok(status == 255 and named in " ".join(out.decode().split()),
           "... to the doctor", out)
    shutil.copy(lab.key(), client.home + "/.ssh/id_rsa")
    fails(client, "two default keys", says=["vmconnect-keygen -y FILE; "])
    for name in ("id_ecdsa", "id_rsa"):
        os.unlink(client.home + "/.ssh/" + name)


def passwords(lab):
    options = ["PubkeyAuthentication no", "MaxAuthTries 20"]
    server = sshd_password(lab, "right", options=options)
    key = lab.key("ed25519")
    client = client_for(lab, server, key)
    fails(client, "no keys there, and nobody to ask", says=[
        "the server accepts no keys here", "would still take: password.",
        "connect from a terminal"], never=["authorized_keys", "leave out"])
    fails(client, "nor passwords here", "-o", "PasswordAuthentication=no",
          says=["would still take: password. To allow what it takes, leave out "
                "PasswordAuthentication=no."])
    with client.screen("true") as s:
        for prompt in ("Password:", "Try 2 of 3", "Try 3 of 3"):
            s.wait(prompt)
            s.type("wrong\r")
        tap.equal(s.exit(), 255, "wrong passwords")
        s.says("the server did not accept the password (3 tries). It would "
               "still take: password.")
    server = sshd_password(lab, "right", options=["MaxAuthTries 2"])
    with client_for(lab, server, key).screen("true") as s:
        s.wait("Password:")
        s.type("wrong\r")
        tap.equal(s.exit(), 255, "... too many for the server")
        s.says("It hangs up after so many wrong tries.")


def key_and_certificate(lab):
    """Two offers, but one key."""
    server = sshd_password(lab, "right")
    client = client_for(lab, server, certified(lab, lab.key()))
    with client.screen("true") as s:
        s.says("It refused the key that was offered, and its certificate.")
        tap.ok(True, "a key and its certificate are one key")
    with client.screen("-i", lab.key(), "true") as s:
        s.says("It refused the 2 keys that were offered, also by certificate.")
        tap.ok(True, "... and one more are two")
    fails(client, "... also in the paragraph", "-o", "BatchMode=yes",
          says=["Most likely this key is not in"])


def shut(lab):
    """Keys are known and yet not taken, or nothing is."""
    key = lab.key("ed25519")
    server = lab.sshd([key], options=["PubkeyAuthentication no",
                                      "PasswordAuthentication no",
                                      "KbdInteractiveAuthentication no"])
    fails(client_for(lab, server, key), "a server that takes nothing", says=[
        "It names no way to log in that it would take", "sudo sshd -T"],
        never=["Most likely", "authorized_keys"])
    if user() == "root":
        server = lab.sshd([key], options=["PermitRootLogin no"] + UBUNTU)
        fails(client_for(lab, server, key), "a server that lets no root in",
              says=["Most likely root may not log in there (PermitRootLogin): "
                    "on Ubuntu images the user is usually ubuntu.",
                    "log in as another user: ubuntu@127.0.0.1"])


def endless_questions(lab):
    """It is we who end this: nothing is said of a server that closes."""
    def login(ssh):
        ssh.request()
        ssh.failure("keyboard-interactive")
        ssh.request()
        ssh.send(bytes([60]) + string("") * 3 + (100).to_bytes(4, "big") +
                 (string("More: ") + b"\1") * 100)
        try:
            ssh.receive()
        except ConnectionError:
            pass

    client = client_for(lab, SshPeer(lab, login))
    with client.screen("true") as s:
        tap.equal(s.exit(), 255, "a hundred questions at once")
        s.says("the server asks more questions than a person could answer")
        tap.ok("why it closed" not in s.text(), "... is all", s.text())


def withheld(lab):
    """The host key is accepted for once, unverified: no password is typed."""
    server = sshd_password(lab, "right", options=UBUNTU)
    for how, key in (("no key is taken", lab.key("ed25519")),
                     ("there is no key", None)):
        client = Client(lab, key=key)
        client.server = server
        with open(client.known_hosts, "w"):
            pass
        with client.screen("-l", "root", cols=120) as s:
            s.wait("Your answer:")
            s.type("o\r")
            tap.equal(s.exit(), 255, "a password is withheld: " + how)
            s.says("before its host key is verified.")
            s.says("What to do: get the host key's fingerprint")
            tap.ok("another user" not in s.text(), "... is all the cause",
                   s.text())


def last_words(lab):
    """PAM lets nobody in, and its reason is in a banner after the first."""
    key = lab.key("ed25519")
    why = "System is booting up.\\nSee \\e[31mpam_nologin(8)"
    banner = ["Banner " + lab.write("first-banner", "Be nice\n")]
    server = sshd_pam(lab, ["D " + why], [key], options=banner)
    client = client_for(lab, server, key)
    err = fails(client, "PAM says why it lets nobody in", says=[
        "The server says: Be nice", "during the login, and said: System is "
        "booting up. See"])
    tap.ok("What cannot be known" not in err and
           err.count("booting") == 1 and "See pam_nologin(8)" in err,
           "... once, and harmless", err)
    err = fails(client_for(lab, sshd_pam(lab, ["D " + why], [key]), key),
                "... where there is no other banner", says=["said: System is"])
    tap.equal(err.count("booting"), 1, "... once, too", err)
    server = sshd_pam(lab, ["H x\tPassword: ", "D Call 555 first."])
    with client_for(lab, server).screen() as s:
        s.wait("Password:")
        s.type("x\r")
        s.says("Call 555 first.")
        s.says("look from the provider's console why %s may not" % user())
        tap.ok("password anew" not in s.text(),
               "... also behind a right password", s.text())
    server = sshd_pam(lab, [], options=banner + ["LogLevel DEBUG"])
    err = fails(client_for(lab, server, key), "nothing more is said",
                says=["The server says: Be nice", "accepted no key"])
    tap.equal(err.count("The server says"), 1, "... than the first banner", err)
    wait_for(lambda: "disconnected by user" in server.log(), what="goodbye")
    tap.equal(server.log().count("method none"), 1,
              "... nor is the server asked again", server.log())

    def login(ssh):
        for method in ("none", "publickey"):
            assert ssh.request()[1] == method
            if method == "publickey":
                ssh.banner("Your key expired\x1b[2J\n")
            ssh.failure("publickey")

    peer = SshPeer(lab, login, "ssh-ed25519")
    fails(client_for(lab, peer, key), "a banner before the last failure", says=[
        "The server says: Your key expired", "the server accepted no key"])
    tap.equal(peer.errors, [], "... in order")


def too_many(lab):
    server = lab.sshd(options=["MaxAuthTries 2"])
    keys = [lab.key("ed25519") for _ in range(4)]
    words = []
    for key in keys[1:]:
        words += ["-i", key]
    fails(client_for(lab, server, keys[0]), "more keys than MaxAuthTries",
          *words, says=["It refused " + keys[0],
                        "Too many authentication failures",
                        "It hangs up after so many keys",
                        "name the right key with -i"])
    server = lab.sshd(options=["MaxAuthTries 1"])
    fails(client_for(lab, server, keys[0]), "the only key, likewise", says=[
        "Too many authentication failures", "Most likely this key is not in",
        "vmconnect-keygen -y"])
    fails(client_for(lab, server, certified(lab, lab.key())),
          "... and one with a certificate", says=[
              "Too many authentication failures", "vmconnect-keygen -y"])


def on_screens(lab):
    """The words stay whole at both widths, and stay after the full screen."""
    server = lab.sshd(options=UBUNTU)
    key = lab.key("ed25519")
    client = client_for(lab, server, key)
    for cols in (80, 40):
        for how, words in (("plain", ["true"]), ("full screen", [])):
            with client.screen("-l", "bob", *words, cols=cols) as s:
                if not words:
                    s.wait("Try ubuntu? [Y/n]")
                    s.type("n\r")
                tap.equal(s.exit(), 255, "%s, %d columns" % (how, cols))
                s.says("at some providers root.")
                text = s.text()
                joined = " ".join(text.split())
                tap.ok("the server accepted no key. It refused" in joined and
                       "would still take: publickey." in joined and
                       "it is usually ubuntu, at some providers root." in
                       joined,
                       "... no word is cut in two", text)
                tap.ok(not s.modes()["alternate"], "... and it stays")


def main():
    with Lab() as lab:
        keys_refused(lab)
        weak_signatures(lab)
        lists_of_signatures(lab)
        types_not_listed(lab)
        settings(lab)
        forbidden(lab)
        refused_unasked(lab)
        mistaken(lab)
        mistaken_first(lab)
        no_use(lab)
        hidden_half(lab)
        known_file(lab)
        passwords(lab)
        key_and_certificate(lab)
        shut(lab)
        endless_questions(lab)
        withheld(lab)
        last_words(lab)
        too_many(lab)
        on_screens(lab)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
