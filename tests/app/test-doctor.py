"""The doctor: each rung of the ladder, where it breaks, and the same words
at a connection that is none of the doctor's."""

import json
import os
import re
import signal
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from agents import Agent, FakeAgent, hangs
from client import Client, client_for, harmless
from logins import sshd_pam
from names import sshd_homes
from servers import Lab, find_program, free_port, user, wait_for
from session import becomes, tap
from sshpeer import SshPeer

RUNGS = ["name", "TCP", "what answers", "key exchange", "host key",
         "ways to log in", "your keys", "login", "terminal", "shell",
         "cloud-init"]
# As cloud-init writes it before a key in root's authorized_keys.
ROOT = ('no-port-forwarding,no-agent-forwarding,no-X11-forwarding,command="'
        'echo \'Please login as the user \\"ubuntu\\" rather than the user '
        '\\"root\\".\';echo;sleep 10;exit 142" ')


def flat(text):
    """Without what is broken and framed."""
    return " ".join(text.replace("│", " ").split())


def becomes_flat(s, words, name):
    becomes(s, lambda: all(word in flat(s.text()) for word in words), name)


def examine(client, name, *words, status=0, broken=None, says=(), never=(),
            **how):
    """Run the doctor: which rung is broken, and what is said of it."""
    got, out, err = client.run("--doctor", *words, **how)
    out = out.decode()
    marks = re.findall(r"^  (ok|look|BROKEN)\s+([\w -]+?)[:(]", out, re.M)
    told = [rung for mark, rung in marks if mark == "BROKEN"]
    open_line = re.search(r"not reached: (.*)", out)
    rungs = [rung.strip() for _, rung in marks] + (
        open_line.group(1).split(", ") if open_line else [])
    tap.ok(got == status and harmless(out) and not err and
           [t.strip() for t in told] == ([broken] if broken else []) and
           sorted(rungs) == sorted(RUNGS) and
           all(text in flat(out) for text in says) and
           not any(text in flat(out) for text in never),
           name, got, out, err, told, rungs)
    return out


def line_of(path):
    with open(path + ".pub") as f:
        return f.read()


def authorize(server, text):
    with open(server.authorized, "w") as f:
        f.write(text)


def all_well(lab, key):
    other = lab.key("ed25519", comment="old@laptop")
    rsa = lab.key("rsa", 2048)
    server = lab.sshd([key, rsa], options=["LogLevel DEBUG",
                                           "VersionAddendum Ubuntu-1"])
    client = Client(lab, server, key)
    out = examine(client, "all is well", "-i", other, "-i", rsa, says=[
        "127.0.0.1 port %d takes the connection" % server.port,
        "what answers: SSH-2.0-OpenSSH", "so perhaps Ubuntu",
        "128 bits strong", "as in ~/.ssh/known_hosts, line 1",
        "ways to log in: publickey", "your keys: 2 of 3 taken",
        "id_ed25519_1: taken for " + user(), "refused for " + user(),
        "old@laptop", "login: as %s, by %s" % (user(), key),
        "terminal: the server gives one", "shell: runs commands",
        "cloud-init: is not on this machine", "Nothing is broken."])
    tap.ok(len(re.findall(r" \(\d+ ms\)$", out, re.M)) == len(RUNGS),
           "each rung has its time", out)
    tap.equal(len(re.findall("Accepted publickey", server.log())), 1,
              "one login, one signature")
    tap.ok("Failed publickey" in server.log() and
           "Postponed publickey" in server.log(),
           "the others are asked about by their public halves", server.log())
    return client


def one_try(lab, key):
    """What a login survives, the doctor does."""
    server = lab.sshd([key], options=["MaxAuthTries 1"])
    client = client_for(lab, server, key)
    others = ["-i", lab.key("ed25519"), "-i", lab.key("ed25519")]
    examine(client, "a server that hangs up at the second key", *others,
            says=["taken for", "Nothing is broken."])
    tap.equal(server.log().count("Accepted publickey"), 1,
              "... lets in at the second try")
    stranger = lab.key("ed25519")
    out = examine(client, "... or at the first", *others, key=stranger,
                  status=255, broken="your keys",
                  says=["Too many authentication failures",
                        "What to do: name the right key with -i."])
    tap.ok("refused for" in out, "... whose answer is told", out)


def not_reached(lab, client, key):
    def mute(s):
        s.recv(1)
        s.settimeout(20)
        while s.recv(4096):
            pass

    def says(text):
        def behave(s):
            s.sendall(text)
            s.recv(4096)
        return behave

    port = free_port()
    words = ["connection refused; the machine answers",
             "What to do: try again in a minute, or with --wait; if it stays so",
             "What cannot be known from outside: which of these it is"]
    examine(client, "nothing listens", status=255, broken="TCP", port=port,
            says=words)
    status, out, err = client.run("true", port=port)
    tap.ok(status == 255 and all(word in flat(err) for word in words),
           "an ordinary connection says the same", err)
    status, out, err = client.run("-q", "true", port=port)
    tap.ok(status == 255 and len(err.splitlines()) == 1,
           "-q has the error alone", err)
    with client.screen(port=port) as s:
        s.wait("Wait for it?")
        becomes_flat(s, words, "the full screen's dialog does")
        s.type("\r")
        tap.equal(s.exit(), 255, "... ends")
        becomes_flat(s, words, "... and leaves the same behind")
    for name, behave, rung, text in (
            ("a web server", says(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
             "what answers", ["this is a web server", "with -p"]),
            ("a penalty", says(b"Not allowed at this time\r\n"),
             "what answers", ["PerSourcePenalties", "wait some minutes"]),
            ("a server that closes at once", lambda s: None,
             "what answers", ["closed the connection before it said", "ban"]),
            ("a server that says nothing", mute, "what answers",
             ["says nothing", "whether an SSH server is behind this port"]),
            ("another protocol", says(b"SSH-1.5-old\r\n"), "key exchange",
             ["protocol other than 2", "update the machine's SSH server"]),
            ("one that stops in the key exchange",
             says(b"SSH-2.0-stops\r\n"), "key exchange",
             ["closed the connection during the key exchange"])):
        examine(client, name, "-o", "ConnectTimeout=2", status=255,
                broken=rung, says=text, port=lab.peer(behave).port)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    port = listener.getsockname()[1]
    fill = []
    for _ in range(4):
        s = socket.socket()
        s.setblocking(False)
        s.connect_ex(("127.0.0.1", port))
        fill.append(s)
    examine(client, "no answer", "-o", "ConnectTimeout=1", status=255,
            broken="TCP", port=port, says=["no answer within 1 s",
                                           "lets port %d in" % port])
    for s in fill + [listener]:
        s.close()


def no_trust(lab, client, key):
    server = lab.sshd([key])
    client = Client(lab, key=key)
    client.server = server
    os.unlink(client.known_hosts)
    examine(client, "an unknown key, and nobody to ask", status=255,
            broken="host key", says=["unknown host key",
                                     "only a fingerprint that came by another "
                                     "way tells"])
    with client.screen("--doctor") as s:
        s.wait("Unknown host key")
        s.type("a\r")
        tap.equal(s.exit(), 0, "... is asked about on a terminal")
        wait_for(lambda: "Nothing is broken." in s.text(), what="the report")
        tap.ok("look    host key: ssh-ed25519" in s.text() and
               "was not known" in flat(s.text()), "... and told", s.text())
    client.know(lab.sshd())
    with open(client.known_hosts) as f:
        other = f.read().split(" ", 1)[1]
    with open(client.known_hosts, "w") as f:
        f.write("[127.0.0.1]:%d %s" % (server.port, other))
    examine(client, "a changed key", status=255, broken="host key",
            says=["the host key has changed"])


def hung_up_on(lab):
    """While the survey asks for a passphrase: it is asked for once more."""
    key = lab.path("hidden.pem")
    subprocess.run([find_program("openssl"), "genpkey", "-algorithm", "RSA",
                    "-aes256", "-pass", "pass:x y z", "-out", key],
                   check=True, stderr=subprocess.DEVNULL)
    os.chmod(key, 0o600)
    line = subprocess.run([find_program("ssh-keygen"), "-y", "-P", "x y z",
                           "-f", key], check=True, stdout=subprocess.PIPE)
    client = client_for(lab, lab.sshd([line.stdout.decode().strip()]), key)
    with client.screen("--doctor", rows=50) as s:
        s.wait("Passphrase:")
        client.server.signal_children(signal.SIGKILL)
        wait_for(lambda: s.text().count("Passphrase:") == 2,
                 what="the question of the second way")
        s.type("x y z\r")
        tap.equal(s.exit(), 0, "a server that hangs up while it is surveyed")
        becomes(s, lambda: "Nothing is broken." in s.text(),
                "... is asked once more")


def silent(lab, client, key):
    """A login that hangs: what is waited for is shown, and not for ever."""
    def stalls(ssh):
        ssh.request()
        ssh.failure("publickey")
        ssh.request()
        ssh.sock.settimeout(60)
        while ssh.sock.recv(4096):
            pass

    peer = SshPeer(lab, stalls)
    words = ("--doctor", "-o", "StrictHostKeyChecking=no")
    for how, cols, waits in (("wide", 80, "Waiting for %s@127.0.0.1: your "
                              "keys, 0:0" % user()),
                             ("narrow", 40, "your keys 0:0")):
        with client.screen(*words, port=peer.port, key=key, rows=50,
                           cols=cols) as s:
            s.wait(waits)
            s.wait("(Esc stops)")
            s.type("\x1b")
            tap.equal(s.exit(), 255, "a login that hangs, " + how)
            becomes(s, lambda: "your keys 0:" not in s.text() and
                    "Waiting" not in s.text() and "BROKEN  your keys" in
                    s.text() and "What to do: try again" in s.text(),
                    "... is explained when Esc ends it")
    examine(client, "... or, in half a minute, the doctor", *words[1:],
            port=peer.port, key=key, status=255, broken="your keys",
            says=["said nothing for 30 s of the login"])
    with client.screen(*words, rows=50, SSH_AUTH_SOCK=FakeAgent(
            lab, [key], hangs).socket) as s:
        s.wait(": login, 0:0")
        s.type("\x1b")
        tap.equal(s.exit(), 255, "an agent that hangs")
        becomes(s, lambda: "BROKEN  login" in s.text() and
                "ended while waiting for the SSH agent." in s.text(),
                "... is told when Esc ends it")


def no_login(lab, key):
    server = lab.sshd([key], options=["VersionAddendum Ubuntu-1"])
    client = client_for(lab, server, key)
    examine(client, "another user", "-l", "bob", status=255,
            broken="your keys", says=[
                "refused for bob", "wrong user name",
                "What to do: try another user: ubuntu@127.0.0.1 -p ",
                "whether bob exists"])
    examine(client, "a key that is missing there", "-l", "ubuntu",
            status=255, broken="your keys", says=[
                "vmconnect-keygen -y " + key + ";", "~ubuntu/.ssh/authorized_keys",
                "whether ubuntu exists"])
    examine(client, "a key file that is missing here", status=255,
            key=lab.path("nothing"), broken="your keys",
            says=["not reached: name, TCP"])
    locked = lab.key("ed25519", passphrase="x y z")
    authorize(server, line_of(locked))
    examine(client, "nobody to ask for the passphrase", key=locked,
            status=255, broken="login", says=["1 of 1 taken", "nobody to ask"])
    for cols in (80, 40):
        with client.screen("--doctor", key=locked, cols=cols, rows=50) as s:
            s.wait("Passphrase:")
            becomes(s, lambda: "taken for " in
                    s.text()[:s.text().find("Key passphrase")] and
                    s.rows()[s.cursor()[0]].startswith("Passphrase:"),
                    "the steps until then stand before the question")
            s.type("x y z\r")
            tap.equal(s.exit(), 0, "... asked on %d columns" % cols)
            wait_for(lambda: "Nothing is broken." in s.text(), what="the end")
            tap.ok("128 bits strong, though not against a quantum computer"
                   in flat(s.text()), "... no word is cut", s.text())
    authorize(server, ROOT + line_of(key))
    examine(client, "root is told another name", status=255, broken="shell",
            says=["the key is right, but the name is not",
                  "log in as ubuntu: ubuntu@127.0.0.1"])
    authorize(server, line_of(key))
    tap.equal(client.run("true")[0], 0, "a login that works")
    authorize(server, "")
    examine(client, "... is refused later: the name is right", status=255,
            broken="your keys", says=[
                user() + " was let in before, so one of these has changed",
                "What to do: look there at ~%s/.ssh/authorized_keys" % user()])
    authorize(server, 'command="echo no entry; exit 1" ' + line_of(key))
    examine(client, "a command that is none of ours", status=255,
            broken="shell", says=['the server says "no entry"',
                                  "getent passwd " + user()])
    authorize(server, 'command="echo; echo No work today.; exit 254" ' +
              line_of(key))
    examine(client, "what /etc/nologin says", status=255, broken="shell",
            says=['the server says "No work today".',
                  "where these words come from: /etc/nologin"],
            never=["does not say"])
    authorize(server, 'command="echo The system is booting up.; exit 254" ' +
              line_of(key))
    examine(client, "a machine that boots", status=255, broken="shell",
            says=["is booting up\". What to do: try again in a minute"])
    authorize(server, 'command="exit 1" ' + line_of(key))
    examine(client, "nothing is said", status=255, broken="shell",
            says=["why the shell ends: the server does not say"])
    authorize(server, 'command="sleep 30" ' + line_of(key))
    examine(client, "a shell that hangs", status=255, broken="shell",
            says=["no command has run by now", "~%s/.bashrc" % user(),
                  "why it hangs: the server does not say"],
            never=["ends"])
    authorize(server, 'command="kill -9 $PPID" ' + line_of(key))
    examine(client, "a login that is closed at once", status=255,
            broken="shell", says=["the login worked, and the connection was "
                                  "closed at once",
                                  "What to do: try again in a minute"])
    authorize(server, "no-pty " + line_of(key))
    examine(client, "no terminal", says=[
        "look terminal: the server gives none", "Nothing is broken."])
    denied = sshd_pam(lab, ["D Call 555 first."], [key])
    examine(client_for(lab, denied, key), "what PAM says", status=255,
            broken="login", says=["and said: Call 555 first. What to do"])


def wrong_modes(lab, key):
    """What the remedy says is enough, and is said first, of root too."""
    server = sshd_homes(lab, {name: [key] for name in ("root", "ubuntu")},
                        ["VersionAddendum Ubuntu-1"])
    client = client_for(lab, server, key)
    forget = ["-o", "RememberMachines=no"]
    for name, other in (("root", "ubuntu"), ("ubuntu", "root")):
        for path, mode in (("", 0o777), ("/.ssh", 0o777),
                           ("/.ssh/authorized_keys", 0o666)):
            home = os.path.join(server.homes, name)
            os.chmod(home + path, mode)
            out = examine(
                client, "~%s%s has the mode %o" % (name, path, mode), "-l",
                name, *forget, status=255, broken="your keys", says=[
                    "or others may write to that file or to ~%s; or " % name,
                    "; or try another user: %s@127.0.0.1 -p " % other])
            remedy = re.search(r"and run: (chmod go-w (~\S+ ){2}~\S+);",
                               flat(out))
            tap.ok(remedy, "... the modes come first", out)
            if remedy:
                subprocess.run(remedy.group(1).replace("~" + name, home),
                               shell=True, check=True)
            examine(client, "... and that mends them", "-l", name, *forget,
                    says=["Nothing is broken."])
    tap.equal(server.log().count("bad ownership or modes"), 6,
              "six times they were the cause", server.log())


def cloud_init(lab, key):
    for said, text in (("status: done", "ok cloud-init: has finished"),
                       ("status: running", "look cloud-init: still sets"),
                       ("status: error", "look cloud-init: has failed")):
        lab.count += 1
        there = lab.path("bin%d" % lab.count)
        os.mkdir(there)
        with open(there + "/cloud-init", "w") as f:
            f.write("#!/bin/sh\necho '%s'\nexit 1\n" % said)
        os.chmod(there + "/cloud-init", 0o755)
        server = lab.sshd([key], options=[
            'SetEnv PATH=%s:/usr/bin:/bin HOME=%s' % (there, lab.dir)])
        client = client_for(lab, server, key)
        examine(client, "cloud-init, " + said, says=[text])


def for_programs(lab, client, key):
    status, out, err = client.run("--doctor", "--json")
    report = json.loads(out)
    tap.ok(status == 0 and not err and report["ok"] and
           report["cause"] is None and report["user"] == user() and
           report["port"] == client.server.port, "a report in JSON", out, err)
    tap.ok([r["name"] for r in report["rungs"]] == [
        "name", "tcp", "server", "key_exchange", "host_key", "methods", "keys",
        "login", "pty", "shell", "cloud_init"] and
        all(r["state"] == "ok" and r["ms"] >= 0 for r in report["rungs"]),
        "... with the rungs", out)
    tap.ok(report["keys"][0]["name"] == key and
           report["keys"][0]["answer"] == "taken" and
           "SHA256:" in report["keys"][0]["key"], "... and the keys", out)
    status, out, err = client.run("--doctor", "--json", port=free_port())
    report = json.loads(out)
    states = [r["state"] for r in report["rungs"]]
    tap.ok(status == 255 and not err and not report["ok"] and
           "connection refused" in report["cause"] and
           "console" in report["remedy"] and report["unknown"] and
           states == ["ok", "broken"] + ["not reached"] * 9,
           "a broken rung in JSON", out, err)
    for words, cause in ((["--doctor", "--json", "--wait"], "does not wait"),
                         (["--json", "-p", "0", "--doctor"], '"0" is not a'),
                         (["--no", "--doctor", "--json"], "option --no")):
        status, out, err = client.run(*words)
        report = json.loads(out)
        tap.ok(status == 255 and not err and not report["ok"] and
               cause in report["cause"] and len(report["rungs"]) == 11 and
               report["keys"] == [], "a mistake in the command line in JSON: " +
               " ".join(words), out, err)
    status, out, err = client.run("--doctor", "--wait")
    tap.ok(status == 255 and not out and "does not wait" in err,
           "... a sentence to somebody who reads", out, err)


def too_different(lab, client, key):
    for what, option in (("cipher", "Ciphers chacha20-poly1305@openssh.com"),
                         ("(MAC)", "MACs umac-64@openssh.com")):
        server = lab.sshd([key], options=[option, "Ciphers aes256-ctr"])
        examine(client, "in common: no " + what, port=server.port,
                status=255, broken="key exchange",
                says=["%s algorithm in common: the server offers only" %
                      what, "and nothing of that is known here"],
                never=["bits strong"])
    server = lab.sshd([key], options=["VersionAddendum tinyssh_20230101",
                                      "Ciphers chacha20-poly1305@openssh.com"])
    examine(client, "TinySSH", port=server.port, status=255,
            broken="key exchange", says=["log in with ssh", "no settings"],
            never=["sshd"])


def on_the_way(client):
    """What the connection would be made with is looked at first."""
    examine(client, "no console log", "--console=/nowhere", status=255,
            broken="host key", says=["--console: /nowhere: no such file",
                  "leave --console out"])
    examine(client, "no terminal is wanted", "-T",
            says=["terminal: none is asked for", "shell: runs commands"])


def other_ways(lab, key):
    agent = Agent(lab)
    held = lab.key("ed25519", comment="held")
    agent.add(held)
    server = lab.sshd([held])
    client = Client(lab)
    client.server = server
    client.know(server)
    examine(client, "a key that only an agent has", SSH_AUTH_SOCK=agent.socket,
            says=["agent key (in the SSH agent): taken for", "held"])
    bear = lab.dropbear([key])
    client = Client(lab, key=key)
    client.server = bear
    examine(client, "Dropbear", "-o", "StrictHostKeyChecking=accept-new",
            says=["what answers: SSH-2.0-dropbear", "shell: runs commands"])


def main():
    with Lab() as lab:
        key = lab.key("ed25519", comment="me@laptop")
        client = all_well(lab, key)
        for_programs(lab, client, key)
        too_different(lab, client, key)
        on_the_way(client)
        not_reached(lab, client, key)
        one_try(lab, key)
        no_trust(lab, client, key)
        hung_up_on(lab)
        silent(lab, client, key)
        no_login(lab, key)
        wrong_modes(lab, key)
        cloud_init(lab, key)
        other_ways(lab, key)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
