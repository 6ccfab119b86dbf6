"""What machine it is: asked from the menu, and by --about-vm."""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for, harmless
from servers import Lab, find_program, user, wait_for
from session import becomes, clipboard, shell, tap

ROWS = ("System", "Name", "Processors", "Memory", "Disk", "Up", "Load",
        "Updates", "Reboot", "cloud-init", "Passwords", "Keys")


OTHERS = "# a comment\nssh-ed25519 AAAA one\n\n  ssh-rsa AAAA two\n"


def tools_of(lab):
    """The programs that a server has: none that takes its time."""
    tools = lab.path("tools")
    os.mkdir(tools)
    for name in ("awk", "cat", "cut", "df", "env", "grep", "nproc", "sed",
                 "sh", "sleep", "timeout", "touch", "uname"):
        os.symlink(find_program(name), os.path.join(tools, name))


def have_apt(lab, program):
    path = lab.path("tools/apt-get")
    if os.path.exists(path):
        os.unlink(path)
    if program:
        with open(path, "w") as f:
            f.write("#!/bin/sh\n" + program)
        os.chmod(path, 0o700)


def account(lab, key, keys=OTHERS, **more):
    """A server with those tools, whose account has a home with such keys."""
    lab.count += 1
    home = lab.path("account%d" % lab.count)
    os.makedirs(home + "/.ssh")
    with open(home + "/.ssh/authorized_keys", "w") as f:
        f.write(keys)
    options = ["SetEnv HOME=%s PATH=%s" %
               (home, lab.path("tools"))] + more.pop("options", [])
    return lab.sshd([key], options=options, **more)


def asked_and_left(s):
    """The box is closed before the machine has answered."""
    s.wait("Ctrl-] menu")
    s.type("\x1dm")
    s.wait("Asking the machine")
    s.type("\x1b")
    s.gone("Asking the machine")


def named(text):
    return [line.split(" ")[0] for line in text.splitlines()]


def row(text, name):
    """What stands in it."""
    found = re.search("^%s +(.*)$" % name, text, re.M)
    return found and found[1]


def plain(lab, key):
    client = Client(lab, account(lab, key), key)
    status, out, err = client.run("--about-vm")
    text = out.decode()
    tap.equal((status, named(text)), (0, list(ROWS)), "--about-vm", err)
    tap.equal(row(text, "Keys"), "2 in ~/.ssh/authorized_keys; yours is let "
              "in from elsewhere", "... counts the keys")
    tap.ok(os.uname().release in text and
           re.search(r"^Memory .*\d [GM]iB, .*\d [GM]iB free$", text, re.M) and
           re.search(r"^Disk .*\d [GM]iB, .*\d [GM]iB free \(/\)$", text, re.M),
           "... knows the kernel, and one unit of sizes", text)
    tap.ok(harmless(text), "... and is harmless")
    with client.screen("--about-vm", cols=40, rows=24) as s:
        s.exit()
        becomes(s, lambda: "Reboot          no sign that one is\n" + 16 * " " +
                "needed\n" in s.text(),
                "... on a terminal a long row goes on below its second column")


def other_keys(lab, key):
    """Of those that are authorized the one that was used is not counted."""
    with open(key + ".pub") as f:
        mine = f.read()
    commands = r'''command="printf '1\n2\c'" ssh-rsa AAAA one''' + "\n"
    for name, lines, words in (("others", OTHERS, "2 besides yours"),
                               ("those with commands", 3 * commands,
                                "3 besides yours"),
                               ("no other", "", "none but yours")):
        client = client_for(lab, account(lab, key, keys=mine + lines), key)
        out = client.run("--about-vm")[1].decode()
        tap.equal(row(out, "Keys"), words + " in ~/.ssh/authorized_keys",
                  "keys: " + name)
    with client.screen() as s:
        shell(s)
        s.type("\x1dm")
        s.wait("none but yours in ~/.ssh/authorized_keys")
        s.type("\x1b")
        s.gone("This machine")
        tap.ok(True, "... in the menu too")
    ca, signed = lab.key(), lab.key()
    subprocess.run(["ssh-keygen", "-q", "-s", ca, "-I", "x", "-n", user(),
                    signed + ".pub"], check=True)
    server = account(lab, key, keys=mine,
                     options=["TrustedUserCAKeys " + ca + ".pub"])
    out = client_for(lab, server, signed).run("--about-vm")[1].decode()
    tap.equal(row(out, "Keys"), "1 in ~/.ssh/authorized_keys",
              "by a certificate: all of them")


def updates(lab, key):
    """What is not known is told with the reason."""
    client = client_for(lab, account(lab, key), key)
    for program, words in (
            (None, "no apt-get, dnf, apk or pacman is there"),
            ("exec sleep 60", "apt-get took more than 3 seconds"),
            ("exit 100", "apt-get failed, with status 100")):
        have_apt(lab, program)
        out = client.run("--about-vm")[1].decode()
        tap.equal(row(out, "Updates"), "unknown: " + words, words)
    have_apt(lab, "echo Inst one; echo Conf one; echo Inst two")
    out = client.run("--about-vm")[1].decode()
    tap.equal(row(out, "Updates"), "2 waiting, by the last apt-get update",
              "two updates")


def in_menu(lab, key):
    server = account(lab, key)
    client = client_for(lab, server, key)
    with client.screen() as s:
        shell(s)
        s.type("\x1dm")
        s.wait("This machine")
        s.wait("2 in ~/.ssh/authorized_keys")
        s.type("y")
        s.gone("This machine")
        becomes(s, lambda: [named(text) for text in clipboard(s)] ==
                [list(ROWS)], "from the menu, copied")
        s.type("echo still he''re\r")
        s.wait("still here")
        tap.ok(True, "... and the shell goes on")


def refused(lab, key):
    server = account(lab, key, options=["MaxSessions 1"])
    client = client_for(lab, server, key)
    with client.screen() as s:
        shell(s)
        s.type("\x1dm")
        s.wait("starts no second program")
        tap.ok(True, "a server that starts one program only")


def closed(lab, key):
    """A box that is closed does not come back with the answer."""
    program = lab.write("waits", """#!/bin/sh
test -n "$SSH_ORIGINAL_COMMAND" || exec sh
while ! test -f %s; do sleep .05; done
touch %s
""" % (lab.path("go"), lab.path("gone")), 0o700)
    server = account(lab, key, options=["ForceCommand " + program])
    client = client_for(lab, server, key)
    with client.screen() as s:
        asked_and_left(s)
        lab.write("go", "")
        wait_for(lambda: os.path.exists(lab.path("gone")))
        s.type("\x1dT")
        s.wait("A new login")
        tap.ok("This machine" not in s.text(), "closed, it stays closed",
               s.text())


def hostile(lab, key):
    """What is printed there is shown harmless, and not waited for long."""
    program = lab.write("program", """#!/bin/sh
test -n "$SSH_ORIGINAL_COMMAND" || exec sh
printf 'a\\033[31mb\\007'
test -f %s || exec sleep 60
""" % lab.path("ends"), 0o700)
    server = account(lab, key, options=["ForceCommand " + program])
    client = client_for(lab, server, key)
    lab.write("ends", "")
    status, out, err = client.run("--about-vm")
    tap.equal(out.decode(), "ab\ufffd", "--about-vm: harmless bytes too", err)
    os.unlink(lab.path("ends"))
    with client.screen() as s:
        asked_and_left(s)
        s.type("\x1dm")
        s.wait("Asking the machine")
        tap.ok(True, "the box may be closed, and opened again")
        s.wait(" ab\ufffd")
        s.wait("It told no more within five seconds.")
        tap.ok(True, "one that never ends is cut, its bytes are harmless")
    in_vain(client, "ab\ufffd", "... to --about-vm too")


def in_vain(client, shown, name):
    """--about-vm waits no longer than the menu does."""
    begun = time.monotonic()
    status, out, err = client.run("--about-vm", seconds=30)
    took = time.monotonic() - begun
    tap.ok(status == 255 and out.decode() == shown and 5 < took < 12 and
           harmless(err) and err.count("\n") == 1 and err.startswith(
               "vmconnect: %s: the machine has not told all within five "
               "seconds: " % client.to), name, status, out, took, err)


def hangs(lab, key):
    """The login shell's own affair, whatever is asked of it."""
    server = account(lab, key, options=["ForceCommand sleep 60"])
    in_vain(client_for(lab, server, key), "", "a login shell that hangs")


def programs_hang(lab, key):
    """What is told by then is shown, and that there was more."""
    have_apt(lab, "exec sleep 60")
    cloud_init = lab.write("tools/cloud-init", "#!/bin/sh\nexec sleep 60\n",
                           0o700)
    client = client_for(lab, account(lab, key), key)
    for name in "with timeout(1)", "without it":
        status, out, err = client.run("--about-vm", seconds=30)
        lines = out.decode().splitlines()
        tap.ok(status == 0 and lines[0].startswith("System ") and
               lines[-1] == "(cut)           the rest took too long",
               "programs that hang, " + name, status, out, err)
        if name != "without it":
            os.unlink(lab.path("tools/timeout"))
    os.unlink(cloud_init)


TOLD = 'echo "Please login as the user \\"other\\" rather than"; '


def forced(lab, key):
    """Another command runs in place of the one that asks."""
    other = ("this machine wants its users to log in as other",
             "What to do: log in as other: other@127.0.0.1 -p ")
    for command, words in (
            (TOLD + "sleep 10; exit 142", other),
            (TOLD + "exit 142", other),
            ("echo hello", ("(exit status 0): this login runs a command of its "
                            "own", "What to do: look from the provider's"))):
        server = account(lab, key, options=["ForceCommand " + command])
        begun = time.monotonic()
        status, out, err = client_for(lab, server, key).run("--about-vm")
        tap.ok(status == 255 and
               all(word in " ".join(err.split()) for word in words) and
               time.monotonic() - begun < 5, command, status, out, err)
    server = account(lab, key, options=[
        'ForceCommand test -n "$SSH_ORIGINAL_COMMAND" || exec sh; echo hello'])
    with client_for(lab, server, key).screen() as s:
        shell(s)
        s.type("\x1dm")
        s.wait("runs a command of its own")
        s.wait("hello")
        tap.ok(True, "... and in the menu")


def main():
    with Lab() as lab:
        key = lab.key()
        tools_of(lab)
        plain(lab, key)
        other_keys(lab, key)
        updates(lab, key)
        in_menu(lab, key)
        refused(lab, key)
        closed(lab, key)
        hostile(lab, key)
        hangs(lab, key)
        programs_hang(lab, key)
        forced(lab, key)
    return tap.done()


sys.exit(main())
