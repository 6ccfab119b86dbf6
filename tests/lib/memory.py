"""What a process of ours holds in its memory, and its family."""

import os
import re


def memory_of(pid):
    """What can be read of a process, but not a sanitizer's shadow."""
    found = []
    with open("/proc/%d/maps" % pid) as maps, \
            open("/proc/%d/mem" % pid, "rb") as mem:
        for line in maps:
            start, end, mode = re.match(r"(\w+)-(\w+) (\S+)", line).groups()
            size = int(end, 16) - int(start, 16)
            if mode.startswith("rw") and size < 64 << 20:
                mem.seek(int(start, 16))
                try:
                    found.append(mem.read(size))
                except OSError:
                    pass
    return b"".join(found)


def children_of(pid, name="vmconnect"):
    """The pids of its children whose name has this in it."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open("/proc/%s/stat" % entry) as f:
                    head, _, rest = f.read().rpartition(")")
            except OSError:
                continue
            if int(rest.split()[1]) == pid and name in head:
                found.append(int(entry))
    return found


def client_below(pid):
    """The vmconnect that vtscreen started; None if it has ended."""
    found = children_of(pid)
    return found[0] if found else None


def around(text, secret):
    """Where a secret stands in what was read, for a failed test's notes."""
    return [text[max(0, m.start() - 60):m.end() + 60]
            for m in re.finditer(re.escape(secret), text)]
