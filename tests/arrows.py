"""The house's rules that a compiler does not check.

Who may include whom, where the headers of libraries may appear, and that the
pure rooms stay pure.  README, "Reading the source", has the same picture.
"""

import os
import re
import sys

C = set("""assert ctype errno float inttypes limits locale math setjmp stdalign
    stdarg stdbool stddef stdint stdio stdlib string time wchar wctype
    """.split())
# Of those, what has no place where nothing may be printed or asked.
IMPURE = {"locale", "setjmp", "time"}

# What C's own headers offer and a pure room leaves to its callers.
IMPURE_CALLS = re.compile(
    r"(?<![.>\w])(getenv|fopen|fgets|fread|fwrite|printf|vprintf|puts|fputs|"
    r"fprintf|vfprintf|putchar|perror|remove|rename|tmpfile|rand|exit|abort|"
    r"system)\s*\(")


class Room:
    def __init__(self, includes, libraries="", pure=False, posix=False):
        self.includes = includes.split()   # rooms, or single headers
        self.libraries = libraries.split()  # patterns of header names
        self.pure, self.posix = pure, posix


CURSES = "curses.h panel.h term.h"
HOUSE = {
    "base": Room("base"),
    "sys": Room("sys base", posix=True),
    "vt": Room("vt base", pure=True),
    "keys": Room("keys base", "openssl/.* argon2.h", pure=True),
    "config": Room("config base", pure=True),
    "ssh": Room("ssh keys base", "libssh2.*", posix=True),
    "ui": Room("ui vt base sys/typed.h sys/tty.h", CURSES, posix=True),
    "app": Room("app ssh ui sys vt keys config base", posix=True),
    "keygen": Room("keygen sys keys base", posix=True),
    "": Room("setup.h app keygen ssh ui sys vt keys config base",
             posix=True),  # the mains
}
LIBRARIES = re.compile(r"openssl/|argon2\.h|libssh2|.*curses\.h|panel\.h|"
                       r"menu\.h|form\.h|term\.h")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
# Comments, strings and character constants, each replaced by its first byte.
OPAQUE = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
                    re.S)


def own_include(room, name, header):
    """What is wrong with an #include of a header of ours, or None."""
    floor = header.split("/")[0]
    if header.endswith("/internal.h") and floor != name:
        return "may not look into %s" % header
    if header == "config.h" or floor in room.includes or \
            header in room.includes:
        return None
    return "may not include %s" % header


def system_include(room, path, header):
    """What is wrong with an #include of somebody else's header, or None."""
    if LIBRARIES.match(header):
        if not any(re.fullmatch(p, header) for p in room.libraries):
            return "may not use %s" % header
        if path.endswith(".h") and not path.endswith("/internal.h"):
            return "shows %s to others" % header
        return None
    name = header[:-2]
    if name in C:
        return "is pure: no %s" % header if room.pure and name in IMPURE \
            else None
    return None if room.posix else "may not use %s" % header


def own_header_first(path, includes):
    """A .c file begins with its own header: so that one stands alone."""
    header = path[:-2] + ".h"
    if not path.endswith(".c") or not os.path.exists(header):
        return None
    want = header.split("/src/")[-1]
    first = [h for h in includes if h[1] != "config.h"][:1]
    return None if first and first[0][1] == want else \
        "should include %s first" % want


def offences(path, name, room):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    includes = INCLUDE.findall(text)
    found = [own_header_first(path, includes)]
    for kind, header in includes:
        found.append(own_include(room, name, header) if kind == '"'
                     else system_include(room, path, header))
    if room.pure:
        code = OPAQUE.sub(lambda m: m.group()[0], text)
        found += ["is pure: no call of %s()" % call
                  for call in IMPURE_CALLS.findall(code)]
    return ["%s %s" % (path, what) for what in found if what]


def files_of(src, name):
    folder = os.path.join(src, name)
    return sorted(os.path.join(folder, f) for f in os.listdir(folder)
                  if f.endswith((".c", ".h")))


def main():
    src = os.path.join(os.environ.get("top_srcdir", "."), "src")
    failed = 0
    for number, (name, room) in enumerate(HOUSE.items(), 1):
        files = files_of(src, name) if os.path.isdir(
            os.path.join(src, name)) else []
        bad = [line for path in files for line in offences(path, name, room)]
        print("%sok %d - %s: %d files keep the rules" % (
            "not " if bad else "", number, name or "main", len(files)))
        for line in bad:
            print("# " + line)
        failed += bool(bad)
    strangers = sorted(
        d for d in os.listdir(src)
        if os.path.isdir(os.path.join(src, d)) and d not in HOUSE and
        d != ".deps")  # the compiler's, of a build in the source tree
    print("%sok %d - every room of src is in the table" % (
        "not " if strangers else "", len(HOUSE) + 1))
    for name in strangers:
        print("# " + name)
    print("1..%d" % (len(HOUSE) + 1))
    return 1 if failed or strangers else 0


if __name__ == "__main__":
    sys.exit(main())
