"""The man pages, the README and --help speak of the same options; and the
Makefile of all tests."""

import glob
import os
import re
import subprocess
import sys

SRC = os.environ.get("top_srcdir", ".")
BUILD = os.environ.get("top_builddir", ".")


def read(path):
    with open(os.path.join(SRC, path), encoding="utf-8") as f:
        return f.read()


def run(*argv):
    return subprocess.run(argv, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          universal_newlines=True, check=False)


def option_names(lines):
    """The -x and --long that begin lines of options."""
    heads = [re.split(r"\s{2,}", line.strip())[0] for line in lines
             if re.match(r"\s+-", line)]
    return {name for head in heads
            for name in re.findall(r"(?<!\S)--?\w[\w-]*", head)}


def of_help(text):
    options, _, settings = text.partition(" settings (-o):")
    return (option_names(options.splitlines()),
            set(re.findall(r"^  ([A-Z]\w+)(?: |$)", settings, re.M)))


def of_man(text):
    options = set()
    for line in re.findall(r"^\.It Fl (.*)$", text, re.M):
        words = re.split(" Ar | Ns ", line)[0].replace(" ", "").split(",")
        options.update("-" + word for word in words)
    return options, set(re.findall(r"^\.It Cm (\w+)$", text, re.M))


def of_readme(text, heading):
    section = text.split(heading + "\n---")[1].split("\n\n\n")[0]
    return option_names(section.splitlines())


class Tap:
    def __init__(self):
        self.run = self.failed = 0

    def ok(self, passed, name, notes=()):
        self.run += 1
        self.failed += not passed
        print("%sok %d - %s" % ("" if passed else "not ", self.run, name))
        for note in () if passed else notes:
            print("# %s" % note)

    def same(self, got, want, name):
        self.ok(got == want and want, name,
                ["missing: %s" % sorted(want - got),
                 "too many: %s" % sorted(got - want)])


def check(tap, program, heading):
    """One program: its --help, its man page, its section of the README."""
    told = run(os.path.join(BUILD, program), "--help")
    tap.ok(told.returncode == 0, "%s --help ends with status 0" % program,
           told.stdout.splitlines())
    options, settings = of_help(told.stdout)
    page = "man/%s.1" % program
    man_options, man_settings = of_man(read(page))
    tap.same(man_options, options, "%s has the options of --help" % page)
    if settings:
        tap.same(man_settings, settings,
                 "%s has the settings of --help" % page)
    tap.same(of_readme(read("README"), heading), options,
             "the README has the options of %s" % program)
    wide = [line for line in told.stdout.splitlines() if len(line) > 80]
    tap.ok(not wide, "%s --help fits on 80 columns" % program, wide)
    lint = run("mandoc", "-Tlint", "-W", "warning", os.path.join(SRC, page))
    tap.ok(lint.returncode == 0, "mandoc finds nothing in %s" % page,
           lint.stdout.splitlines())


def unlisted():
    """Tests that nobody runs."""
    makefile = read("Makefile.am")
    return [path for path in sorted(glob.glob("tests/*/test-*.py",
                                              root_dir=SRC))
            if path not in makefile]


def main():
    tap = Tap()
    check(tap, "vmconnect", "Options in brief")
    check(tap, "vmconnect-keygen", "Keys")
    tap.ok(not unlisted(), "every test is in the Makefile",
           unlisted())
    print("1..%d" % tap.run)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
