"""What is asked about a host key where machines are remembered: the screens,
whole, on 80x24 and on 40x12."""

import datetime
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ.get("top_srcdir", "."), "tests/lib"))
from client import Client
from servers import Lab, Tap, find_program, user, wait_for
from sshpeer import SshPeer

tap = Tap()
JAMMY = "SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.6"
NOBLE = "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5"
DAY = 26 * 3600  # seconds ago: yesterday
NOW_PRINT, OLD_PRINT = "SHA256:" + 43 * "N", "SHA256:" + 43 * "K"


def moment(seconds_ago):
    then = datetime.datetime.now(datetime.timezone.utc) - \
        datetime.timedelta(seconds=seconds_ago)
    return then.strftime("%Y-%m-%dT%H:%M:%SZ")


def machine(name, key, place, ident, ago, *more):
    """As the file has it; place is "HOST PORT"."""
    times = moment(DAY) + " " + moment(ago)
    lines = ["machine " + name, "server " + ident, "key %s %s" % (key, times),
             "address %s %s" % (place, times)]
    lines += [line % moment(ago) for line in more]
    return "\n    ".join(lines) + "\n"


def public(path):
    with open(path + ".pub") as f:
        return " ".join(f.read().split()[:2])


def fingerprint(path):
    return subprocess.run([find_program("ssh-keygen"), "-lf", path + ".pub"],
                          capture_output=True, text=True).stdout.split()[1]


class Desk:
    """A machine that answers, another one's key, and the files of a user."""

    def __init__(self, lab):
        self.client = Client(lab)
        self.peer = SshPeer(lab, lambda ssh: None, ident=NOBLE)
        self.client.server = self.peer
        self.other = lab.key()
        self.place = "127.0.0.1 %d" % self.peer.port
        self.key, self.old = public(self.peer.host_keys[0]), public(self.other)
        self.prints = (fingerprint(self.peer.host_keys[0]),
                       fingerprint(self.other))
        self.state = self.client.home + "/.local/state/vmconnect"
        os.makedirs(self.state)

    def write(self, known, *machines):
        with open(self.client.known_hosts, "w") as f:
            f.write(known)
        with open(self.state + "/machines", "w") as f:
            f.write("".join(machines))

    def screen(self, s):
        text = "\n".join(row.rstrip() for row in s.rows()
                         if not row.startswith(" %s@" % user()))
        for found, shown in zip(self.prints, (NOW_PRINT, OLD_PRINT)):
            text = text.replace(found, shown)
            for part in (slice(34), slice(28), slice(28, None),
                         slice(34, None)):  # on a narrow screen
                text = text.replace(found[part] + " ", shown[part] + " ")
        return text.replace(str(self.peer.port), "PPPPP").strip("\n")

    def shows(self, cols, rows, want, name):
        with self.client.screen(cols=cols, rows=rows) as s:
            try:
                wait_for(lambda: self.screen(s) == want, what=name)
                tap.ok(True, name)
            except TimeoutError:
                tap.ok(False, name, self.screen(s))


def situations(desk):
    """Names, and what known_hosts and the file of machines have."""
    here = "[127.0.0.1]:%d %s\n" % (desk.peer.port, desk.old)
    web1 = machine("web1", desk.old, desk.place, JAMMY, DAY,
                   "login ubuntu 40 %s", "login root 1 %s")
    twin = machine("web1", desk.old, desk.place, NOBLE, 121,
                   "login ubuntu 41 %s")
    db1 = machine("db1", desk.key, "127.0.0.9 22", NOBLE, DAY,
                  "login debian 7 %s")
    return {"web1 was rebuilt": (here, web1), "so soon": (here, twin),
            "db1 answers": (here, web1, db1), "db1, taken out": ("", db1)}


def main():
    with Lab() as lab:
        desk = Desk(lab)
        for title, want in SCREENS.items():
            name, size = title.rsplit(", ", 1)
            cols, rows = map(int, size.split("x"))
            desk.write(*situations(desk)[name])
            desk.shows(cols, rows, want.strip("\n"), title)
    return tap.done()


SCREENS = {
    "web1 was rebuilt, 80x24": """
  ┌─ WARNING: the host key has changed ──────────────────────────────────────┐
  │ known:  SHA256:KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK               │
  │ now:    SHA256:NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN               │
  │ 127.0.0.1 port PPPPP was web1 (Ubuntu 22.04, last seen yesterday, 41     │
  │ logins). Another machine answers now: Ubuntu 24.04, new keys.            │
  │ Both are ssh-ed25519; the known one is in ~/.ssh/known_hosts, line 1.    │
  │ Either the machine was rebuilt, or its address given to another one; or  │
  │ somebody in between answers in its place, and would see all you type. If │
  │ you did not rebuild it, cancel. The first two answers are to be typed in │
  │ full.                                                                    │
  │                                                                          │
  │   replace     I rebuilt it                                               │
  │   another     it is another machine                                      │
  │   SHA256:...  a fingerprint to compare                                   │
  │   Enter       cancel: nothing is sent                                    │
  │                                                                          │
  │ Your answer:                                                             │
  └──────────────────────────────────────────── Enter answers · Esc cancels ─┘
""",
    "web1 was rebuilt, 40x12": """
┌─ WARNING: the host key has changed ──┐
│ known:  SHA256:KKKKKKKKKKKKKKKKKKKKK │
│         KKKKKKKKKKKKKKKKKKKKKK       │
│ now:    SHA256:NNNNNNNNNNNNNNNNNNNNN │
│         NNNNNNNNNNNNNNNNNNNNNN       │
│ 127.0.0.1 port PPPPP was web1        ↓
│ replace     I rebuilt it             │
│ another     it is another machine    │
│ SHA256:...  a fingerprint to compare │
│ Enter       cancel: nothing is sent  │
│ Your answer:                         │
└───── PgUp/PgDn scroll · Esc cancels ─┘
""",
    "so soon, 80x24": """
  ┌─ WARNING: the host key has changed ──────────────────────────────────────┐
  │ Somebody in between is likely: too soon for a rebuild.                   │
  │ known:  SHA256:KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK               │
  │ now:    SHA256:NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN               │
  │ 127.0.0.1 port PPPPP was web1 (Ubuntu 24.04, last seen 2 minutes ago, 41 │
  │ logins). What answers now: Ubuntu 24.04, new keys.                       │
  │ It identifies itself in the same way.                                    │
  │ Both are ssh-ed25519; the known one is in ~/.ssh/known_hosts, line 1.    │
  │ Either the machine was rebuilt, or its address given to another one; or  │
  │ somebody in between answers in its place, and would see all you type. If │
  │ you did not rebuild it, cancel. The first two answers are to be typed in │
  │ full.                                                                    │
  │                                                                          │
  │   replace     I rebuilt it                                               │
  │   another     it is another machine                                      │
  │   SHA256:...  a fingerprint to compare                                   │
  │   Enter       cancel: nothing is sent                                    │
  │                                                                          │
  │ Your answer:                                                             │
  └──────────────────────────────────────────── Enter answers · Esc cancels ─┘
""",
    "so soon, 40x12": """
┌─ WARNING: the host key has changed ──┐
│ Somebody in between is likely: too   │
│ soon for a rebuild.                  │
│ known:  SHA256:KKKKKKKKKKKKKKKKKKKKK │
│         KKKKKKKKKKKKKKKKKKKKKK       │
│ now:    SHA256:NNNNNNNNNNNNNNNNNNNNN ↓
│ replace     I rebuilt it             │
│ another     it is another machine    │
│ SHA256:...  a fingerprint to compare │
│ Enter       cancel: nothing is sent  │
│ Your answer:                         │
└───── PgUp/PgDn scroll · Esc cancels ─┘
""",
    "db1 answers, 80x24": """
  ┌─ WARNING: the host key has changed ──────────────────────────────────────┐
  │ known:  SHA256:KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK               │
  │ now:    SHA256:NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN               │
  │ 127.0.0.1 port PPPPP was web1 (Ubuntu 22.04, last seen yesterday, 41     │
  │ logins). Another machine answers now: Ubuntu 24.04.                      │
  │ You know this same key: it is that of db1 (Ubuntu 24.04, last seen       │
  │ yesterday, 7 logins).                                                    │
  │ Both are ssh-ed25519; the known one is in ~/.ssh/known_hosts, line 1.    │
  │ Either the machine was rebuilt, or its address given to another one; or  │
  │ somebody in between answers in its place, and would see all you type. If │
  │ you did not rebuild it, cancel. The first two answers are to be typed in │
  │ full.                                                                    │
  │                                                                          │
  │   replace     I rebuilt it                                               │
  │   another     it is another machine                                      │
  │   SHA256:...  a fingerprint to compare                                   │
  │   Enter       cancel: nothing is sent                                    │
  │                                                                          │
  │ Your answer:                                                             │
  └──────────────────────────────────────────── Enter answers · Esc cancels ─┘
""",
    "db1, taken out, 80x24": """
  ┌─ Unknown host key ───────────────────────────────────────────────────────┐
  │ The ssh-ed25519 key of 127.0.0.1 port PPPPP is unknown:                  │
  │   SHA256:NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN                     │
  │ It says it is SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5.                  │
  │ You know this same key: it is that of db1 (Ubuntu 24.04, last seen       │
  │ yesterday, 7 logins).                                                    │
  │ Your provider's panel or console may show the fingerprint: if it is the  │
  │ same, this is your machine. A part of it, of 8 characters or more, will  │
  │ do, and so will the console's whole log.                                 │
  │                                                                          │
  │   a           accept and remember it                                     │
  │   o           accept it this once                                        │
  │   SHA256:...  a fingerprint to compare                                   │
  │   Enter       cancel: nothing is sent                                    │
  │                                                                          │
  │ Your answer:                                                             │
  └──────────────────────────────────────────── Enter answers · Esc cancels ─┘
""",
    "db1, taken out, 40x12": """
┌─ Unknown host key ───────────────────┐
│ The ssh-ed25519 key of 127.0.0.1     │
│ port PPPPP is unknown:               │
│   SHA256:NNNNNNNNNNNNNNNNNNNNNNNNNNN │
│   NNNNNNNNNNNNNNNN                   │
│ It says it is SSH-2.0-OpenSSH_9.6p1  ↓
│ a           accept and remember it   │
│ o           accept it this once      │
│ SHA256:...  a fingerprint to compare │
│ Enter       cancel: nothing is sent  │
│ Your answer:                         │
└───── PgUp/PgDn scroll · Esc cancels ─┘
""",
}


if __name__ == "__main__":
    sys.exit(main())
