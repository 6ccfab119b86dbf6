"""The whole client beside ssh and ssh inside tmux, in one run; medians.

Prints, for each measure, ours, the others and the ratio.  Machines are noisy:
look at the ratios, and run it twice.
"""

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client
from servers import Lab, find_program, user

COLS, ROWS = 80, 24
READY = b"ready> "


class Terminal:
    """A program on a pty, its output read as fast as it comes."""

    def __init__(self, argv, env, cols=COLS, rows=ROWS):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], argv, env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ,
                    struct.pack("HHHH", rows, cols, 0, 0))
        self.seen = b""

    def until(self, text, seconds=120):
        """Read until the text came; returns the time it took."""
        start = time.perf_counter()
        while text not in self.seen:
            if not select.select([self.fd], [], [],
                                 start + seconds - time.perf_counter())[0]:
                raise TimeoutError("no %r in %r" % (text, self.seen[-2000:]))
            self.seen = self.seen[-len(text):] + os.read(self.fd, 65536)
        taken = time.perf_counter() - start
        self.seen = self.seen[self.seen.index(text) + len(text):]
        return taken

    def quiet(self, seconds=0.3):
        while select.select([self.fd], [], [], seconds)[0]:
            os.read(self.fd, 65536)
        self.seen = b""

    def type(self, data):
        os.write(self.fd, data)

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


class Bench:
    def __init__(self, lab):
        self.lab = lab
        self.key = lab.key("ed25519")
        self.sshd = lab.sshd(authorized=[self.key])
        self.client = Client(lab, self.sshd, self.key)
        self.env = self.client.environment()
        self.tmux_count = 0

    def ssh(self, *words):
        return [find_program("ssh"), "-F", "none", "-p", str(self.sshd.port),
                "-i", self.key, "-o", "IdentitiesOnly=yes", "-o",
                "UserKnownHostsFile=" + self.client.known_hosts,
                *[w for w in words if w.startswith("-")],
                user() + "@127.0.0.1",
                *[w for w in words if not w.startswith("-")]]

    def in_tmux(self, argv):
        self.tmux_count += 1
        return [find_program("tmux"), "-f", "/dev/null", "-S",
                self.lab.path("tmux%d" % self.tmux_count), "new-session",
                " ".join("'%s'" % a for a in argv)]

    def shell(self, argv, **size):
        t = Terminal(argv, self.env, **size)
        t.quiet(1.0)
        t.type(b"exec env -i TERM=$TERM HOME=/ PATH=$PATH 'PS1=rea''dy> ' sh\r")
        t.until(READY)
        t.quiet()
        return t

    def runs(self, kinds, measure, times):
        """Measure each kind by turns; medians by name."""
        found = {name: [] for name in kinds}
        for _ in range(times):
            for name, argv in kinds.items():
                found[name].append(measure(argv))
        return {name: statistics.median(f) for name, f in found.items()}

    def kinds(self, *words):
        return {"vmconnect": self.client.argv(*words), "ssh": self.ssh(*words)}

    def terminals(self):
        return dict(self.kinds(), tmux=self.in_tmux(self.ssh()))


def report(name, unit, scale, found, goal):
    ours = found["vmconnect"]
    line = "%-28s vmconnect %8.2f %s" % (name, ours * scale, unit)
    for other, value in found.items():
        if other != "vmconnect":
            line += ", %s %.2f (ratio %.2f)" % (other, value * scale,
                                                ours / value)
    print(line + "; goal: " + goal)
    sys.stdout.flush()


def connect_time(b):
    def measure(argv):
        start = time.perf_counter()
        subprocess.run(argv, env=b.env, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start
    report("connect, true, exit", "ms", 1000, b.runs(b.kinds("true"), measure,
                                                     15),
           "at most 0.5 of ssh")


def transfer(b):
    size = 256 << 20

    def down(argv):
        start = time.perf_counter()
        subprocess.run(argv, env=b.env, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, check=True)
        return size / (time.perf_counter() - start)

    def up(argv):
        start = time.perf_counter()
        with open(source, "rb") as data:
            subprocess.run(argv, env=b.env, stdin=data,
                           stdout=subprocess.DEVNULL, check=True)
        return size / (time.perf_counter() - start)
    source = b.lab.path("upload")
    with open(source, "wb") as f:
        f.truncate(size)
    report("download 256 MB", "MB/s", 1e-6,
           b.runs(b.kinds("head -c %d /dev/zero" % size), down, 5),
           "at least 0.5 of ssh")
    report("upload 256 MB", "MB/s", 1e-6,
           b.runs(b.kinds("cat > /dev/null"), up, 5),
           "at least 0.6 of ssh")


def echo_time(b):
    """Blocks of keys by turns, on terminals that stay open: how a machine
    spreads the processes over its processors counts for all of them."""
    terminals = {name: b.shell(argv) for name, argv in b.terminals().items()}
    times = {name: [] for name in terminals}
    for _ in range(20):
        for name, t in terminals.items():
            t.type(b"\x15")
            t.quiet(0.05)
            for key in b"abcdefghijklmnopqrstuvwxyz":
                t.seen = b""
                t.type(bytes([key]))
                times[name].append(t.until(bytes([key])))
                t.quiet(0.005)
    for t in terminals.values():
        t.close()
    report("key to echo, p50", "ms", 1000,
           {name: statistics.median(found) for name, found in times.items()},
           "at most 1.1 of ssh")


def interrupt(b):
    def measure(argv):
        t = b.shell(argv)
        times = []
        for _ in range(5):
            t.type(b"yes\r")
            end = time.perf_counter() + 0.5
            while time.perf_counter() < end:
                os.read(t.fd, 65536)
            t.seen = b""
            t.type(b"\x03")
            times.append(t.until(READY))
            t.quiet(0.1)
        t.close()
        return statistics.median(times)
    report("Ctrl-C into yes", "ms", 1000, b.runs(b.terminals(), measure, 3),
           "under 5 ms")


LOG_SIZE = 34 << 20
LOGS = {
    "log": lambda i: "2026-11-23T10:%02d:%02d.%06d host app[%d]: request %d "
                     "served in %d us, all is well\n"
                     % (i // 60 % 60, i % 60, i * 7919 % 1000000, i % 30000,
                        i, i * 31 % 9973),
    "coloured log": lambda i: "\033[32m10:%02d:%02d\033[m \033[1;3%dmapp%d"
                              "\033[m: \033[38;5;%dmrequest\033[m %d served "
                              "in \033[4;33m%d\033[m us\n"
                              % (i // 60 % 60, i % 60, i % 8, i % 30000,
                                 i % 256, i, i * 31 % 9973),
    "UTF-8 log": lambda i: "10:%02d:%02d \u65e5\u672c\u8a9e\u306e\u884c %d: "
                           "caf\u00e9, na\u00efve, e\u0301, \u0440\u0443\u0441"
                           "\u0441\u043a\u0438\u0439, \U0001f600 %d \u2713\n"
                           % (i // 60 % 60, i % 60, i, i * 31 % 9973),
}
# How many times as fast as ssh inside tmux.
LOG_GOALS = {"log": 1.5, "coloured log": 3, "UTF-8 log": 4}


def log_file(b, name):
    path = b.lab.path(name.replace(" ", "-"))
    with open(path, "wb") as f:
        i = 0
        while f.tell() < LOG_SIZE:
            f.write(LOGS[name](i).encode())
            i += 1
    return path


def cpu_seconds(pids):
    """What these processes used so far."""
    ticks = 0
    for pid in pids:
        with open("/proc/%d/stat" % pid) as f:
            fields = f.read().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def processes(t, argv):
    """Of a terminal's way: tmux's server and the ssh in it are no children."""
    if "new-session" not in argv:
        return [t.pid]
    told = subprocess.run(argv[:argv.index("new-session")] + [
        "display-message", "-p", "#{pid} #{pane_pid}"],
        check=True, capture_output=True, text=True).stdout
    return [t.pid] + [int(x) for x in told.split()]


def show_logs(b):
    cpu = {}

    def measure_at(path, cols, rows):
        def measure(argv):
            t = b.shell(argv, cols=cols, rows=rows)
            pids = processes(t, argv)
            before = cpu_seconds(pids)
            t.type(b"cat %s; echo fin''ished\r" % path.encode())
            taken = t.until(b"finished")
            kind = "tmux" if len(pids) > 1 else os.path.basename(argv[0])
            cpu.setdefault(kind, []).append(cpu_seconds(pids) - before)
            t.close()
            return taken
        return measure
    for name in LOGS:
        path = log_file(b, name)
        for cols, rows in ((80, 24), (200, 50)):
            cpu.clear()
            where = "34 MB %s, %dx%d" % (name, cols, rows)
            report(where, "s", 1,
                   b.runs(b.terminals(), measure_at(path, cols, rows), 3),
                   "at most %.2f of tmux" % (1 / LOG_GOALS[name]))
            report("  its CPU time", "s", 1,
                   {kind: statistics.median(used)
                    for kind, used in cpu.items()},
                   "at most 0.33 of tmux")


def memory(b):
    t = b.shell(b.client.argv())
    with open("/proc/%d/status" % t.pid) as f:
        rss = [line for line in f if line.startswith("VmRSS")][0].split()[1]
    print("%-28s vmconnect %8.2f MB; goal: under 9 MB"
          % ("idle memory (RSS)", int(rss) / 1024))
    t.close()


def main():
    with Lab() as lab:
        b = Bench(lab)
        for measure in (connect_time, memory, echo_time, interrupt, show_logs,
                        transfer):
            measure(b)
        for i in range(b.tmux_count):
            subprocess.run([find_program("tmux"), "-S",
                            lab.path("tmux%d" % (i + 1)), "kill-server"],
                           stderr=subprocess.DEVNULL)


main()
