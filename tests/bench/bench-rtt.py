#!/usr/bin/env python3
"""How many round trips from the start to the prompt, beside ssh.

A proxy adds 100 ms to every round trip, so time / 100 ms counts them; the rest
is the work of the programs and of sshd.  The connection to the proxy itself is
local: TCP's own round trip is in none of the figures.  The shell is a command
that says READY, so nobody's startup files are measured.

    bench-rtt.py [RUNS]
"""
import os
import pty
import select
import signal
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "lib"))
from servers import Lab, find_program, user  # noqa: E402

RTT = 0.100
GOAL = 7.0
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
BUILD = os.environ.get("top_builddir", ".")


def seconds_to_prompt(argv, env):
    start = time.monotonic()
    pid, fd = pty.fork()
    if pid == 0:
        os.execvpe(argv[0], argv, env)
    seen = b""
    try:
        while b"READY" not in seen:
            if not select.select([fd], [], [], 20)[0]:
                raise RuntimeError("no prompt: %r" % seen)
            try:
                data = os.read(fd, 4096)
            except OSError:
                data = b""
            if not data:
                raise RuntimeError("ended early: %r" % seen)
            seen += data
        return time.monotonic() - start
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        sshd = lab.sshd([key], options=["ForceCommand echo READY; exec cat",
                                        "AcceptEnv LANG"])
        port = str(lab.proxy(sshd.port, delay=RTT / 2).port)
        trust = ["-o", "StrictHostKeyChecking=no",
                 "-o", "UserKnownHostsFile=" + lab.path("known_hosts")]
        env = dict(os.environ, HOME=lab.dir, LANG="C.UTF-8",
                   TERM="xterm-256color")
        rows = {
            "ssh": [find_program("ssh"), "-F", "none", "-tt", "-i", key,
                    "-p", port, "-o", "SendEnv=LANG"] + trust +
                   [user() + "@127.0.0.1"],
            "session": [os.path.join(BUILD, "tests/ssh/ssh-client"), "-k", key,
                        "-t", "80x24", "-e", "LANG=C.UTF-8", port, user()],
            "vmconnect": [os.path.join(BUILD, "vmconnect"), "-i", key,
                          "-p", port] + trust + [user() + "@127.0.0.1"],
        }
        times = {name: [] for name in rows}
        for _ in range(RUNS):
            for name, argv in rows.items():
                times[name].append(seconds_to_prompt(argv, env))
        worst = 0
        for name, samples in times.items():
            trips = statistics.median(samples) / RTT
            print("%-10s %4.0f ms  %.1f round trips (min %.1f, max %.1f)" % (
                name, statistics.median(samples) * 1000, trips,
                min(samples) / RTT, max(samples) / RTT))
            if name != "ssh":
                worst = max(worst, trips)
        print("goal: at most %.1f: %s" % (
            GOAL, "reached" if worst <= GOAL else "MISSED"))
        return 0 if worst <= GOAL else 1


sys.exit(main())
