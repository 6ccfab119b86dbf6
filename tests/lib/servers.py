"""Real servers, bent proxies and TAP for the tests.

Everything listens on 127.0.0.1 on a free port, lives in a temporary directory
and ends with the test: a Lab is a context manager that stops what it started.

    with Lab() as lab:
        key = lab.key("ed25519")                  # path; key.pub beside it
        sshd = lab.sshd(authorized=[key])         # .port, .log()
        slow = lab.proxy(sshd.port, delay=0.05)   # 100 ms round trip
        ...
    sys.exit(tap.done())

Programs are looked for in $VMCONNECT_SSHD (or $SSHD), $VMCONNECT_DROPBEAR,
$PATH and the sbin directories.  Only the standard library is used.
"""

import os
import pwd
import random
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time


# A test run in the background or by nohup inherits these ignored; what it
# tests must not.
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)

QUICKACK = getattr(socket, "TCP_QUICKACK", None)


class Tap:
    """The Test Anything Protocol: one line a check, the plan at the end."""

    def __init__(self):
        self.run = self.failed = 0

    def ok(self, passed, name, *notes):
        self.run += 1
        print("%sok %d - %s" % ("" if passed else "not ", self.run, name))
        if not passed:
            self.failed += 1
            for note in notes:
                self.diag(note)
        sys.stdout.flush()
        return bool(passed)

    def equal(self, got, want, name, *notes):
        return self.ok(got == want, name, "got:  %r" % (got,),
                       "want: %r" % (want,), *notes)

    def diag(self, text):
        for line in str(text).splitlines() or [""]:
            print("# " + line)
        sys.stdout.flush()

    def done(self):
        print("1..%d" % self.run)
        if self.failed:
            self.diag("%d of %d failed" % (self.failed, self.run))
        return 1 if self.failed else 0


def find_program(name, *variables):
    """The path of a program: named by a variable, in $PATH, or in sbin."""
    for variable in variables:
        if os.environ.get(variable):
            return os.environ[variable]
    path = os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin"
    found = shutil.which(name, path=path)
    if not found:
        raise RuntimeError("%s is needed by this test; run ./bootstrap" % name)
    return found


def user():
    """The name of the account that runs the test."""
    return pwd.getpwuid(os.getuid()).pw_name


reservations = []


def free_port():
    """A port for a server, which sets SO_REUSEADDR.  No other test that runs
    now is given it, and no connection takes it, before that listens."""
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", 0))
    reservations.append(s)
    return s.getsockname()[1]


def wait_for(question, seconds=20, what="a condition"):
    """Ask until the answer is true; returns it.  Raises when time is up."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise TimeoutError("waited %s s for %s" % (seconds, what))
        time.sleep(0.005)


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Server:
    """A server program in the foreground, its log in a file."""

    def __init__(self, argv, port, log, env=None):
        self.port, self.log_path = port, log
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env=env, start_new_session=True)
        self.pid = self.process.pid
        wait_for(self._up, what=argv[0])

    def _up(self):
        if self.process.poll() is not None:
            raise RuntimeError("server ended at once:\n" + self.log())
        return answers(self.port)

    def log(self):
        with open(self.log_path, "rb") as f:
            return f.read().decode("utf-8", "replace")

    def children(self):
        """The pids of all processes below this server."""
        parents = {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    with open("/proc/%s/stat" % name) as f:
                        fields = f.read().rpartition(")")[2].split()
                    parents.setdefault(int(fields[1]), []).append(int(name))
                except OSError:
                    pass
        found, todo = [], [self.pid]
        while todo:
            below = parents.get(todo.pop(), [])
            found += below
            todo += below
        return found

    def signal_children(self, number):
        for pid in self.children():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def stop(self):
        """End the server and the sessions below it."""
        self.signal_children(signal.SIGKILL)
        self.process.kill()
        self.process.wait()


class Proxy:
    """A TCP proxy that does to the bytes what networks and enemies do.

    delay       seconds each way, so the round trip is twice that
    cut         close both sides after so many bytes from the server
    chunk       pass at most so many bytes at a time, each as its own segment
    corrupt     (offset, seed): change up to 4 bytes from the server there
    Counts: .connections, .down (bytes from the server), .up.
    """

    def __init__(self, target, delay=0.0, cut=None, chunk=65536, corrupt=None,
                 reset=False):
        self.reset = reset
        self.target, self.delay, self.cut = target, delay, cut
        self.chunk, self.corrupt = chunk, corrupt
        self.connections = self.up = self.down = 0
        self.sockets = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            self.connections += 1
            for s in (client, server):
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.sockets += [client, server]
            threading.Thread(target=self._pass, args=(client, server),
                             daemon=True).start()

    def _pass(self, client, server):
        """Both directions in one thread; a queue entry is (due, bytes)."""
        queues = {client: [], server: []}  # by destination
        peer = {client: server, server: client}
        open_in = {client, server}
        try:
            while open_in or any(queues.values()):
                now = time.monotonic()
                dues = [q[0][0] for q in queues.values() if q]
                timeout = max(0, min(dues) - now) if dues else None
                for s in select.select(list(open_in), [], [], timeout)[0]:
                    data = s.recv(self.chunk)
                    if not data and self.reset and s is server:
                        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                          struct.pack("ii", 1, 0))
                        return
                    if not data:
                        open_in.discard(s)
                    if QUICKACK is not None:
                        # A sender that gathers small packets (Nagle) would
                        # wait 40 ms for this side's acknowledgement.
                        s.setsockopt(socket.IPPROTO_TCP, QUICKACK, 1)
                    if s is server:
                        data = self._bend(data)
                    else:
                        self.up += len(data)
                    queues[peer[s]].append((time.monotonic() + self.delay,
                                            data))
                for s, queue in queues.items():
                    while queue and queue[0][0] <= time.monotonic():
                        data = queue.pop(0)[1]
                        if data:
                            s.sendall(data)
                        else:
                            s.shutdown(socket.SHUT_WR)
                if self.cut is not None and self.down >= self.cut:
                    while queues[client]:
                        client.sendall(queues[client].pop(0)[1])
                    return
        except OSError:
            pass
        finally:
            client.close()
            server.close()

    def _bend(self, data):
        start = self.down
        if self.cut is not None:
            data = data[:max(0, self.cut - start)]
        self.down += len(data)
        if self.corrupt:
            offset, seed = self.corrupt
            rng = random.Random(seed)
            bent = bytearray(data)
            for i in range(rng.randint(1, 4)):
                if start <= offset + i < start + len(bent):
                    bent[offset + i - start] ^= rng.randint(1, 255)
            data = bytes(bent)
        return data

    def stop(self):
        self.listener.close()
        for s in self.sockets:
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Peer:
    """A TCP server whose whole behaviour is one function of a socket."""

    def __init__(self, behave):
        self.behave, self.sockets = behave, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                s, _ = self.listener.accept()
            except OSError:
                return
            self.sockets.append(s)
            threading.Thread(target=self._serve, args=(s,),
                             daemon=True).start()

    def _serve(self, s):
        try:
            self.behave(s)
        except OSError:
            pass
        finally:
            s.close()

    def stop(self):
        self.listener.close()
        for s in self.sockets:
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


# Preloaded into Dropbear: the account's home directory is $SHIM_HOME.
HOME_SHIM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pwd.h>
#include <stdlib.h>
struct passwd *getpwnam(const char *name)
{
    struct passwd *(*real)(const char *) = dlsym(RTLD_NEXT, "getpwnam");
    struct passwd *pw = real(name);
    if (pw != NULL && getenv("SHIM_HOME") != NULL)
        pw->pw_dir = getenv("SHIM_HOME");
    return pw;
}
"""


class Lab:
    """A temporary directory with keys, servers and proxies in it."""

    def __enter__(self):
        self.dir = tempfile.mkdtemp(prefix="vmconnect-test-")
        self.started, self.count, self.known = [], 0, {}
        # A test that is told to end still stops its servers.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        return self

    def __exit__(self, *_):
        for thing in reversed(self.started):
            thing.stop()
        shutil.rmtree(self.dir, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text, mode=0o600):
        with open(self.path(name), "w") as f:
            f.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def _name(self, prefix):
        self.count += 1
        return self.path("%s%d" % (prefix, self.count))

    def key(self, kind="ed25519", bits=None, passphrase="", comment="test",
            options=()):
        """A new key pair by ssh-keygen; returns the private file's path."""
        path = self._name("id_%s_" % kind)
        argv = [find_program("ssh-keygen"), "-q", "-t", kind, "-N", passphrase,
                "-C", comment, "-f", path] + list(options)
        if bits:
            argv += ["-b", str(bits)]
        subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
        return path

    def authorize(self, path, keys):
        """Write an authorized_keys file of these private files' public
        halves (or ready-made lines)."""
        with open(path, "w") as out:
            for key in keys:
                if os.path.exists(key + ".pub"):
                    with open(key + ".pub") as f:
                        key = f.read().strip()
                out.write(key + "\n")
        os.chmod(path, 0o600)

    def sshd(self, authorized=(), host_keys=None, options=(), port=None,
             env=None):
        """Start OpenSSH's server for the account that runs the test.

        authorized  private key paths, or lines for authorized_keys
        host_keys   private key paths; a fresh Ed25519 one by default
        options     lines of sshd_config; the first of a kind wins, so these
                    come before the defaults
        env         the server's environment, if not the test's
        The result has .port, .pid, .log(), .stop(), .host_keys, .authorized.
        """
        program = find_program("sshd", "VMCONNECT_SSHD", "SSHD")
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        base = self._name("sshd")
        host_keys = host_keys or [self.key("ed25519")]
        self.authorize(base + ".authorized", authorized)
        port = port or free_port()
        lines = list(options) + ["HostKey " + k for k in host_keys] + [
            "Port %d" % port, "ListenAddress 127.0.0.1",
            "AuthorizedKeysFile %s.authorized" % base, "StrictModes no",
            "UsePAM no", "PidFile none", "PasswordAuthentication no",
            "KbdInteractiveAuthentication no", "PermitRootLogin yes",
            "PrintMotd no", "PrintLastLog no", "UseDNS no",
            "MaxStartups 100", "LogLevel VERBOSE",
            # What the account's ~/.profile and ~/.bashrc do is not ours to
            # wait for.
            "SetEnv HOME=" + os.path.dirname(base),
            "Subsystem sftp internal-sftp"]
        if self._knows(program, host_keys[0], "PerSourcePenalties no"):
            lines.append("PerSourcePenalties no")
        with open(base + ".conf", "w") as f:
            f.write("\n".join(lines) + "\n")
        server = Server([program, "-D", "-e", "-f", base + ".conf"], port,
                        base + ".log", env)
        server.host_keys, server.authorized = host_keys, base + ".authorized"
        self.started.append(server)
        return server

    def knows(self, option):
        """Is this line one that the server understands?"""
        return self._knows(find_program("sshd", "VMCONNECT_SSHD", "SSHD"),
                           self.key("ed25519"), option)

    def says_debian(self):
        """Options of an sshd that names Debian, whoever made it."""
        plain = "DebianBanner no"
        return ["VersionAddendum Debian-2+deb12u3"] + [
            plain] * self.knows(plain)

    def _knows(self, program, host_key, option):
        if option not in self.known:
            conf = self.write("probe.conf",
                              "HostKey %s\n%s\n" % (host_key, option))
            self.known[option] = subprocess.run(
                [program, "-t", "-f", conf], stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL).returncode == 0
        return self.known[option]

    def dropbear(self, authorized=(), kinds=("ed25519",), options=(),
                 env=None):
        """Start Dropbear for the account that runs the test.  It knows no
        other authorized_keys than the one in the home directory, so it is
        made to believe in another home (see HOME_SHIM, unless env has a
        library that does it)."""
        program = find_program("dropbear", "VMCONNECT_DROPBEAR")
        base = self._name("dropbear")
        os.makedirs(base + ".home/.ssh", 0o700)
        self.authorize(base + ".home/.ssh/authorized_keys", authorized)
        argv = [program, "-F", "-E", "-P", base + ".pid"] + list(options)
        for kind in kinds:
            key = "%s.%s" % (base, kind)
            subprocess.run([find_program("dropbearkey"), "-t", kind, "-f", key],
                           check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            argv += ["-r", key]
        port = free_port()
        if not env:
            env = dict(os.environ,
                       LD_PRELOAD=self.library("home-shim", HOME_SHIM))
        env = dict(env, SHIM_HOME=base + ".home")
        server = Server(argv + ["-p", "127.0.0.1:%d" % port], port,
                        base + ".log", env)
        self.started.append(server)
        return server

    def library(self, name, source):
        """C source as a library to preload, compiled once; its path."""
        path = self.path(name + ".so")
        if not os.path.exists(path):
            compiler = os.environ.get("CC", "cc").split()
            subprocess.run(compiler + ["-shared", "-fPIC", "-w", "-o", path,
                           self.write(name + ".c", source), "-ldl"],
                           check=True)
        return path

    def proxy(self, target, **bends):
        proxy = Proxy(target, **bends)
        self.started.append(proxy)
        return proxy

    def peer(self, behave):
        peer = Peer(behave)
        self.started.append(peer)
        return peer
