"""Plain mode against real servers: bytes, statuses, sentences."""

import fcntl
import hashlib
import os
import re
import signal
import subprocess
import sys
import termios
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for, harmless, program
from servers import Lab, Tap, find_program, user, wait_for
from sshpeer import SshPeer

tap = Tap()


def statuses(client):
    for command, status in (("true", 0), ("exit 7", 7), ("exit 255", 255),
                            ("kill -TERM $$", 128 + 15),
                            ("kill -KILL $$", 128 + 9)):
        got, out, err = client.run(command)
        tap.equal(got, status, "exit status of: " + command, err)
    got, out, err = client.run("echo out; echo err >&2")
    tap.equal((got, out, err), (0, b"out\n", "err\n"),
              "standard output and error are apart")


def ended_by_signals(client):
    """OpenSSH names those of RFC 4254, and no others."""
    for name, status, told in (("TERM", 143, "ended by SIGTERM."),
                               ("XFSZ", 255, "by a signal (SIG@openssh.com).")):
        got, _, err = client.run("exec sh -c 'kill -%s $$'" % name)
        tap.ok(got == status and told in err, "a command ends by SIG" + name,
               got, err)


def bytes_both_ways(client):
    data = os.urandom(3 << 20)
    got, out, err = client.run("cat", input=data)
    tap.ok(got == 0 and out == data, "3 MB through cat, binary clean", err)
    got, out, err = client.run("sha256sum", input=data)
    tap.equal(out.split()[:1], [hashlib.sha256(data).hexdigest().encode()],
              "end of input reaches the command", err)
    got, out, err = client.run("head -c 20000000 /dev/zero | tr '\\0' x")
    tap.ok(got == 0 and out == b"x" * 20000000, "20 MB down", err)
    got, out, err = client.run("exec <&-; sleep 0.1; echo done", input=data)
    tap.ok(got == 0 and out == b"done\n", "a command that reads nothing", err)


def slow_reader(client):
    p = subprocess.Popen(client.argv("head -c 9000000 /dev/zero"),
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         start_new_session=True, env=client.environment())
    total = 0
    while True:
        data = os.read(p.stdout.fileno(), 100000)
        if not data:
            break
        total += len(data)
    tap.equal((p.wait(), total), (0, 9000000), "a slow reader gets it all")
    p = subprocess.Popen(client.argv("yes"), stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         start_new_session=True, env=client.environment())
    p.stdout.read(1000)
    p.stdout.close()
    try:
        p.wait(20)
    except subprocess.TimeoutExpired:
        p.kill()
    tap.ok(p.returncode not in (None, -9),
           "when nobody reads any more it ends (%s)" % p.returncode)


def stuck_reader(client):
    p = subprocess.Popen(client.argv("yes"), stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         start_new_session=True, env=client.environment())
    p.stdout.read(1000)
    wait_for(lambda: pipe_is_full(p.stdout), what="a full pipe")
    p.send_signal(signal.SIGTERM)
    try:
        p.wait(20)
    except subprocess.TimeoutExpired:
        p.kill()
    tap.equal(p.returncode, -signal.SIGTERM,
              "SIGTERM ends it while nobody reads")
    p.stdout.close()


def pipe_is_full(pipe):
    waiting = bytearray(4)
    fcntl.ioctl(pipe, termios.FIONREAD, waiting)
    return int.from_bytes(waiting, sys.byteorder) > 60000


def redirected(client, redirection, *words):
    p = subprocess.run(["sh", "-c", 'exec "$@" ' + redirection, "sh"] +
                       client.argv(*words), stdin=subprocess.DEVNULL,
                       capture_output=True, env=client.environment(),
                       start_new_session=True, timeout=60)
    return p.returncode, p.stdout, p.stderr


def closed_descriptors(client):
    tap.equal(redirected(client, "<&-", "cat; echo end; exit 3"),
              (3, b"end\n", b""), "standard input closed")
    tap.equal(redirected(client, ">&-", "echo out; exit 3"), (3, b"", b""),
              "standard output closed")
    tap.equal(redirected(client, "2>&-", "echo out; echo err >&2; exit 3"),
              (3, b"out\n", b""), "standard error closed")
    tap.equal(redirected(client, "<&- >&- 2>&-", "exit 3"), (3, b"", b""),
              "all three closed")
    got, out, err = redirected(client, ">/dev/full", "echo out; sleep 100")
    tap.ok(got == 255 and b"cannot write the output: No space" in err,
           "a full disk is told", got, err)


def no_input(client):
    """-n: a loop keeps what it reads."""
    loop = 'while read x; do "$@"; done'
    got = subprocess.run(["sh", "-c", loop, "sh"] + client.argv(
        "-n", "cat; echo once"), input=b"a\nb\n", stdout=subprocess.PIPE,
        env=client.environment(), check=False).stdout
    tap.equal(got, b"once\nonce\n", "-n reads nothing")


def shell_without_terminal(client):
    got, out, err = client.run(input=b"echo a$((1+1)); exit 3\n")
    tap.equal((got, out), (3, b"a2\n"), "a shell from standard input", err)
    got, out, err = client.run("-T", "tty", input=b"")
    tap.ok(b"not a tty" in out, "-T: no pty", out, err)
    status, out, err = client.run("-t", "tty")
    tap.ok(b"not a tty" in out and "standard input is not one here" in err,
           "-t without a terminal here says that it gets none", out, err)
    got, out, err = client.run("-t", "-t", "tty; stty size", input=b"")
    tap.ok(b"/dev/pts/" in out, "-t -t: a pty without a terminal", out, err)
    got, out, err = client.run("-o", "SetEnv=LC_TEST=\"a b\"", "echo $LC_TEST")
    tap.equal(out, b"a b\n", "SetEnv", err)
    got, out, err = client.run("-o", "SendEnv=LC_T*", "echo $LC_TEST$LANG",
                               LC_TEST="c", LANG="C.UTF-8")
    tap.equal(out, b"c\n", "SendEnv, and nothing else", err)
    got, out, err = client.run("-vv", "-o", "SetEnv=LC_TEST=1", "true")
    tap.ok(all(re.search(r"^\d+\.\d{3} s  " + line, err, re.M) for line in (
        r"Connected to ", r"Will send LC_TEST=1\.", r"Host key SHA256:",
        r"Received \d+ bytes")), "-vv: when, and more than -v", err)
    got, out, err = client.run("-v", "true")
    tap.ok("Connected to" in err and "Received" not in err and
           not re.search(r"^\d", err, re.M), "-v: no times", err)
    got, out, err = client.run("echo $LANG", LC_ALL="de_DE.UTF-8")
    tap.equal(out, b"de_DE.UTF-8\n", "the language", err)


def hidden_input(client):
    """sshd answers what it writes to a terminal without echo by packets of the
    same size; libssh2 takes none that is large."""
    lines = (b"x" * 54 + b"\n") * 40000
    # It tells nothing of a write that begins with an Enter, as pasted ones do.
    pasted = b"xxx\r" * 100000
    for reads, lines in (("", lines), ("sleep 1; ", lines), ("", pasted)):
        start = time.monotonic()
        p = subprocess.Popen(
            client.argv("-tt", "stty -echo; echo a$((1+1)); %shead -c %d "
                        ">/dev/null; echo b$((1+1))" % (reads, len(lines))),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=client.environment())
        first = p.stdout.readline()
        out, err = p.communicate(lines, timeout=60)
        took = time.monotonic() - start
        tap.ok(p.returncode == 0 and first == b"a2\r\n" and out == b"b2\r\n" and
               took < 15, "much input for a terminal: stty -echo; " + reads,
               p.returncode, first, out, err, took)


def raw_after_password(client):
    """... and none any more where the program takes raw bytes: some time after
    a password, or at once after many."""
    for much, pause in ((1, "sleep 1.2; "), (1, ""), (400, "")):
        secret = b"secret\n" * much
        p = subprocess.Popen(
            client.argv("-tt", "stty -echo; echo a$((1+1)); head -c %d "
                        ">/dev/null; %sstty raw; echo b$((1+1)); head -c 200000 "
                        ">/dev/null; echo c$((1+1))" % (len(secret), pause)),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=client.environment())
        asked = p.stdout.readline()
        start = time.monotonic()
        p.stdin.write(secret)
        p.stdin.flush()
        ready = p.stdout.readline()
        out, _ = p.communicate(b"x" * 200000, timeout=60)
        took = time.monotonic() - start
        tap.ok(p.returncode == 0 and asked == b"a2\r\n" and ready == b"b2\n" and
               out == b"c2\n" and took < 15,
               "much input for a raw terminal after %d bytes without echo; %s" %
               (len(secret), pause), asked, ready, out, took)


def refusals(client, lab, sshd):
    other = lab.key("ed25519")
    got, out, err = client.run("true", key=other)
    tap.ok(got == 255 and os.path.basename(other) in err and
           "SHA256:" in err and harmless(err),
           "a refused key is named, 255", err)
    secret = lab.key("ed25519", passphrase="correct horse")
    lab.authorize(sshd.authorized, [client.key, secret])
    got, out, err = client.run("true", key=secret)
    tap.ok(got == 255 and "passphrase" in err,
           "a passphrase is not asked without a terminal", err)
    lab.authorize(sshd.authorized, [client.key])
    got, out, err = client.run("true", key="/nonexistent/key")
    tap.ok(got == 255 and "/nonexistent/key" in err, "no such key file", err)
    shared = lab.key("ed25519")
    os.chmod(shared, 0o644)
    got, out, err = client.run("true", key=shared)
    tap.ok(got == 255 and "chmod 600" in err, "a key open to others", err)
    got, out, err = client.run("true", key=client.key + ".pub")
    tap.ok(got == 255 and "public" in err, "the .pub file as the key", err)
    ed448 = lab.path("ed448")
    subprocess.run([find_program("openssl"), "genpkey", "-algorithm", "ed448",
                    "-out", ed448], check=True)
    got, out, err = client.run("true", key=ed448)
    tap.ok(got == 255 and "%s: an Ed448 key" % ed448 in err and
           "make a new key: vmconnect-keygen" in err, "a key no server takes", err)
    got, out, err = client.run("x" * 40000)
    tap.ok(got == 255 and "40000 bytes" in err, "a command that is too long",
           err)


def several_keys(client, lab):
    other = lab.key("ed25519")
    got, out, err = client.run("-i", "/nonexistent/key", "echo in")
    tap.ok((got, out) == (0, b"in\n") and "/nonexistent/key" in err,
           "a missing key among several is passed over, and told", err)
    got, out, err = client.run("-i", "/nonexistent/b", "true",
                               key="/nonexistent/a")
    tap.ok(got == 255 and "/nonexistent/b" in err, "all keys missing", err)
    got, out, err = client.run("-v", "-i", other, "-i", client.key, "true",
                               key=other)
    tap.equal((got, err.count("Offering")), (0, 2),
              "a key named twice is offered once", err)


def hidden_half(client, lab):
    """An encrypted PKCS#8 file shows no public half; FILE.pub does."""
    secret = lab.key("ecdsa", passphrase="correct horse",
                     options=("-m", "PKCS8"))
    got, out, err = client.run("true", key=secret)
    tap.ok(got == 255 and "refused" in err and "SHA256:" in err,
           "FILE.pub is offered for a file that hides its public half", err)
    os.rename(secret + ".pub", secret + ".away")
    got, out, err = client.run("true", key=secret)
    tap.ok(got == 255 and "passphrase" in err, "without it, it is locked", err)
    plain = lab.key("rsa", bits=2048, options=("-m", "PEM"))
    os.rename(secret + ".away", plain + ".pub")
    got, out, err = client.run("echo in", key=plain)
    tap.ok("refused" in err and os.path.basename(plain) in err,
           "the file's own public half goes before", err)


def trust(client, lab, sshd):
    os.rename(client.known_hosts, client.known_hosts + ".away")
    got, out, err = client.run("true")
    tap.ok(got == 255 and "unknown host key" in err and "SHA256:" in err,
           "unknown host, nobody to ask", err)
    tap.ok(not os.path.exists(client.known_hosts), "nothing is written")
    got, out, err = client.run("-o", "StrictHostKeyChecking=accept-new", "true")
    tap.equal(got, 0, "accept-new", err)
    got, out, err = client.run("true")
    tap.equal(got, 0, "and it is known from then on", err)
    found = subprocess.run(["ssh-keygen", "-F", "[127.0.0.1]:%d" % sshd.port,
                            "-f", client.known_hosts], capture_output=True)
    tap.equal(found.returncode, 0, "OpenSSH finds the line too")
    stranger = lab.sshd(authorized=[client.key])
    with open(client.known_hosts) as f:
        line = f.read()
    with open(client.known_hosts, "w") as f:
        f.write(line.replace(str(sshd.port), str(stranger.port)))
    got, out, err = client.run("true", port=stranger.port)
    tap.ok(got == 255 and "changed" in err and "line 1" in err,
           "a changed key is refused", err)
    client.know(stranger)
    with open(client.known_hosts) as f:
        lines = f.read()
    with open(client.known_hosts, "w") as f:
        f.write("".join("@revoked " + line for line in
                        lines.splitlines(keepends=True)))
    got, out, err = client.run("-o", "StrictHostKeyChecking=no", "true",
                               port=stranger.port)
    tap.ok(got == 255 and "@revoked" in err and "make new host keys" in err,
           "a revoked one too, and the remedy is another", err)
    got, out, err = client.run("-o", "UserKnownHostsFile=none", "-o",
                               "StrictHostKeyChecking=accept-new", "echo in")
    tap.equal((got, out, err), (0, b"in\n", ""),
              "without a known_hosts file nothing is remembered, or told")
    os.rename(client.known_hosts + ".away", client.known_hosts)


def frozen(client, server, name):
    """A server that hangs on a living host: its kernel still acknowledges."""
    p = subprocess.Popen(client.argv("-o", "ServerAliveInterval=1", "-o",
                                     "ServerAliveCountMax=2", "-o",
                                     "StrictHostKeyChecking=no", "cat",
                                     port=server.port),
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, start_new_session=True,
                         env=client.environment())
    for word in (b"one\n", b"two\n"):
        p.stdin.write(word)
        p.stdin.flush()
        tap.equal(p.stdout.readline(), word, name + " answers")
        try:
            p.wait(4.5)
        except subprocess.TimeoutExpired:
            pass
        tap.equal(p.poll(), None, "  and silence alone is no loss")
    server.signal_children(signal.SIGSTOP)
    out, err = p.communicate(timeout=20)
    server.signal_children(signal.SIGKILL)
    tap.ok(p.returncode == 255 and b"has not answered" in err,
           "  and is given up when it hangs", p.returncode, err)


def lost(client, sshd):
    p = subprocess.Popen(client.argv("echo up; sleep 100"),
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, start_new_session=True,
                         env=client.environment())
    p.stdout.readline()
    sshd.signal_children(signal.SIGKILL)
    out, err = p.communicate(timeout=20)
    tap.ok(p.returncode == 255 and err, "the server dies in mid-session",
           p.returncode, err)


def signals(client):
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        p = subprocess.Popen(client.argv("echo up; sleep 100"),
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL,
                             start_new_session=True, env=client.environment())
        p.stdout.readline()
        p.send_signal(number)
        tap.equal(p.wait(20), -number, "ends as %s ends others"
                  % signal.Signals(number).name)
        p.stdout.close()


def no_command(client):
    p = subprocess.Popen(client.argv("-N", "-v"), stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         start_new_session=True, env=client.environment())
    for line in p.stderr:
        if b"Signed" in line:
            break
    time.sleep(0.3)
    tap.equal(p.poll(), None, "-N stays")
    p.send_signal(signal.SIGTERM)
    p.communicate(timeout=20)


def command_line(client):
    def run(*words):
        p = subprocess.run([program()] + list(words), capture_output=True,
                           stdin=subprocess.DEVNULL, text=True)
        return p.returncode, p.stdout, p.stderr
    status, out, err = run("-V")
    tap.ok(status == 0 and "vmconnect" in out and "libssh2" in out and
           not err, "-V", out, err)
    status, out, err = run("--help")
    tap.ok(status == 0 and "-i" in out and not err, "--help", err)
    tap.ok(all(len(line) <= 80 for line in out.splitlines()),
           "--help fits 80 columns")
    status, out, err = run()
    tap.ok(status == 255 and "--help" in err, "no host: usage", err)
    status, out, err = run("--nonsense", "h")
    tap.ok(status == 255 and "--nonsense" in err, "an unknown option", err)


def dropbear(lab):
    key = lab.key("rsa", bits=2048)
    server = lab.dropbear(authorized=[key])
    client = Client(lab, key=key)
    client.server = server
    got, out, err = client.run("-o", "StrictHostKeyChecking=no", "echo hi",
                               port=server.port)
    tap.equal((got, out), (0, b"hi\n"), "an RSA key at Dropbear", err)


def key_types(lab):
    keys = [lab.key("ed25519"), lab.key("rsa", bits=3072), lab.key("ecdsa"),
            lab.key("ecdsa", bits=521),
            lab.key("rsa", bits=2048, options=("-m", "PEM")),
            lab.key("ecdsa", options=("-m", "PKCS8"))]
    sshd = lab.sshd(authorized=keys)
    client = Client(lab)
    client.know(sshd)
    client.server = sshd
    for key in keys:
        got, out, err = client.run("echo in", key=key)
        tap.equal((got, out), (0, b"in\n"),
                  "logged in with " + os.path.basename(key), err)


def all_at_once(lab, key):
    """A program that prints nothing, whose start and end come together."""
    def login(ssh):
        ssh.request()
        ssh.success()

    client = client_for(lab, SshPeer(lab, login, at_once=True), key)
    with client.screen("true") as s:
        tap.equal(s.exit(), 0, "all of a session in one piece")


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        sshd = lab.sshd(authorized=[key], options=["AcceptEnv LANG LC_*"])
        client = Client(lab, sshd, key)
        command_line(client)
        statuses(client)
        ended_by_signals(client)
        bytes_both_ways(client)
        slow_reader(client)
        stuck_reader(client)
        closed_descriptors(client)
        shell_without_terminal(client)
        no_input(client)
        hidden_input(client)
        raw_after_password(client)
        refusals(client, lab, sshd)
        several_keys(client, lab)
        hidden_half(client, lab)
        trust(client, lab, sshd)
        signals(client)
        no_command(client)
        frozen(client, sshd, "OpenSSH")
        frozen(client, lab.dropbear(authorized=[key]), "Dropbear")
        lost(client, sshd)
        key_types(lab)
        dropbear(lab)
        all_at_once(lab, key)
    return tap.done()


sys.exit(main())
