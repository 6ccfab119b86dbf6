#!/usr/bin/env python3
"""How long loading an encrypted key takes, beside ssh-keygen and puttygen.

bcrypt beside ssh-keygen -y, which decrypts; Argon2 beside puttygen saving the
key without a passphrase (puttygen -L reads the public half alone and derives
nothing).  Processor time, so that other programs do not count; the smallest of
the runs, which take turns.

    bench-keys.py [RUNS]
"""
import os
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "lib"))
from servers import find_program  # noqa: E402

GOAL = 1.2
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 9
LOAD = os.path.join(os.environ.get("top_builddir", "."),
                    "tests/bench/bench-keys")
SSH_KEYGEN = find_program("ssh-keygen")
PUTTYGEN = find_program("puttygen")
PASS = "correct horse"


def run(argv):
    subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   check=True)


def seconds(argv):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(argv)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime -
            before.ru_utime - before.ru_stime)


def word(path, text):
    with open(path, "w", encoding="ascii") as f:
        f.write(text)
    return path


def compare(what, theirs, ours):
    best = [min(times) for times in
            zip(*[(seconds(theirs), seconds(ours)) for _ in range(RUNS)])]
    ratio = best[1] / best[0]
    print("%-28s %6.1f ms, ours %6.1f ms: ratio %.2f" %
          (what, best[0] * 1000, best[1] * 1000, ratio))
    return ratio


def main():
    with tempfile.TemporaryDirectory() as tmp:
        key, ppk = os.path.join(tmp, "key"), os.path.join(tmp, "key.ppk")
        run([SSH_KEYGEN, "-q", "-t", "ed25519", "-N", PASS, "-a", "24",
             "-f", key])
        locked, none = word(tmp + "/pass", PASS), word(tmp + "/none", "")
        run([PUTTYGEN, key, "--old-passphrase", locked, "--new-passphrase",
             locked, "--ppk-param", "passes=34", "-O", "private", "-o", ppk])
        worst = max(
            compare("ssh-keygen -y, 24 rounds",
                    [SSH_KEYGEN, "-y", "-P", PASS, "-f", key],
                    [LOAD, key, PASS]),
            compare("puttygen, Argon2 34 passes",
                    [PUTTYGEN, ppk, "--old-passphrase", locked, "-P",
                     "--new-passphrase", none, "-O", "private", "-o",
                     ppk + ".open"],
                    [LOAD, ppk, PASS]))
    print("goal: a ratio of at most %.1f: %s" % (
        GOAL, "reached" if worst <= GOAL else "MISSED"))
    return 0 if worst <= GOAL else 1


sys.exit(main())
