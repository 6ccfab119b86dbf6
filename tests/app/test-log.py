"""The session log: by settings, in mid-session, at a crash."""

import os
import re
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for
from screen import Screen
from servers import Lab
from session import becomes, check, shell, tap

def read(path):
    with open(path, "rb") as f:
        return f.read()


def by_settings(lab, client):
    pattern = lab.path("&H-&P-&Y.log")
    with client.screen("-o", "SessionLog=" + pattern) as s:
        shell(s, "Logging to ")
        check("log  Ctrl-]" in s.text(), "the status line tells", s)
        s.type("printf '\\033[31mr''ed\\033[m\\n'\r")
        s.wait("red\nready>")
        names = [n for n in os.listdir(os.path.dirname(pattern))
                 if re.fullmatch(r"127\.0\.0\.1-%d-20\d\d\.log"
                                 % client.server.port, n)]
        tap.equal(len(names), 1, "host, port and year in its name")
        path = os.path.join(os.path.dirname(pattern), names[0])
        text = read(path)
        tap.ok(b"\nred\nready> " in text and b"\x1b" not in text,
               "what is printable is in it at once", text)
        tap.equal(os.stat(path).st_mode & 0o777, 0o600, "nobody else reads it")
        s.signal(signal.SIGKILL)
        s.exit()
        tap.ok(read(path).startswith(text), "and after a SIGKILL", text)
    for answer, told in (("", "No log is written"), ("a", "Logging to"),
                         ("o", "Logging to")):
        before = read(path)
        with client.screen("-o", "SessionLog=" + pattern) as s:
            s.wait("The log file exists")
            s.wait("Your answer:")
            s.wait("printed early")
            s.type("x\r")
            s.wait("Type one of the answers below.")
            s.type(answer + "\r")
            shell(s, told)
            s.type("exit\r")
            s.exit()
        after = read(path)
        if answer == "":
            tap.ok(after == before, "Enter: no log, the file stays")
        elif answer == "a":
            tap.ok(after.startswith(before) and
                   after.count(b"printed early") ==
                   before.count(b"printed early") + 1 and
                   re.match(rb"\n---- \d{4}-\d\d-\d\d \d\d:\d\d:\d\d ----\n",
                            after[len(before):]),
                   "a: appended, with what came before the answer", after)
        else:
            tap.ok(len(after) < len(before) and b"exit" in after,
                   "o: overwritten")
    return path


def no_answer(path, client):
    """The connection is lost at the question."""
    before = read(path)
    with client.screen("-o", "SessionLog=" + path) as s:
        s.wait("The log file exists")
        client.server.signal_children(signal.SIGKILL)
        s.wait("r reconnect")
        s.type("r")
        s.wait("The log file exists")
        s.type("a\r")
        shell(s, "Logging to")
        tap.ok(len(read(path)) > len(before),
               "a question that the connection was lost at comes again")


def without_question(path, client):
    before = read(path)
    with client.screen("-o", "SessionLog=" + path, "-o",
                       "SessionLogExists=append", "-o",
                       "SessionLogType=all") as s:
        shell(s, "Logging to ")
        s.type("printf '\\033[31mr''ed\\033[m\\n'\r")
        s.wait("red\nready>")
        s.type("exit\r")
        s.exit()
    after = read(path)
    tap.ok(after.startswith(before) and b"\x1b[31mred\x1b[m\r\n" in after,
           "SessionLogExists=append, SessionLogType=all")


def in_session(lab, client):
    with client.screen("-o", "SessionLogExists=overwrite") as s:
        shell(s)
        s.type("echo be''fore\r")
        s.wait("before\nready>")
        s.type("\x1dL")
        s.wait("File:")
        s.type(lab.path("mid-&h.log") + "\r")
        s.wait("Logging to ")
        s.type("echo with''in; printf '\\033[mra''w\\n'\r")
        s.wait("raw\nready>")
        s.type("\x1dtl")
        s.wait("log: all as it comes")
        s.type("\x1b")
        s.gone("all as it comes")
        s.type("printf '\\033[mwho''le\\n'\r")
        s.wait("whole\nready>")
        s.type("\x1dL")
        becomes(s, lambda: "The log has ended" in s.rows()[-1] and
                " log  Ctrl-]" not in s.rows()[-1],
                "the status line tells the end, and its mark is gone")
        s.type("echo af''ter\r")
        s.wait("after\nready>")
        text = read(lab.path("mid-127.0.0.1.log"))
        tap.ok(b"within\nraw\n" in text and b"before" not in text and
               b"after" not in text, "begun and ended in mid-session", text)
        tap.ok(b"\x1b[mwhole\r\n" in text, "... and its kind changed", text)
        s.type("\x1dL")
        s.wait("with its control sequences")
        s.type("/nonexistent/log\r")
        s.wait("No log: No such file or directory: /nonexistent/log")
        tap.ok(True, "a file that cannot be made is told")


def long_name(client):
    with client.screen(cols=40) as s:
        shell(s)
        s.type("\x1dL")
        s.wait("File:")
        s.type("/nonexistent/" + 30 * "long/" + "log\r")
        s.wait("No log: No such file or directory: ")
        tap.ok(True, "why, though the name is longer than the screen is wide")


def late_answer(lab, client):
    """More comes before the answer than is kept for it."""
    path = lab.write("late.log", "before\n")
    with client.screen() as s:
        shell(s)
        s.type("(until test -e '%s'; do sleep 0.02; done; head -c 20000000 "
               "/dev/zero | tr '\\0' x; echo; printf '\\033]0;all\\007') &\r"
               % lab.path("go"))
        s.type("\x1dL")
        s.wait("File:")
        s.type(path + "\r")
        s.wait("Your answer:")
        lab.write("go", "")
        becomes(s, lambda: s.title() == "all", "all of it has come")
        s.type("a\r")
        s.wait("The log lacks what came after 16 MiB, before the answer")
        s.type("echo af''ter\r")
        s.wait("\nafter\n")
        text = read(path)
        tap.ok(text.startswith(b"before\n") and b"after\n" in text and
               len(text) < 17 << 20, "a gap is one, and told", len(text))


def too_large(lab, client):
    limited = ["sh", "-c", 'ulimit -f 4; exec "$@"', "sh"]
    with Screen(limited + client.argv(), env=client.environment()) as s:
        shell(s)
        s.type("\x1dL")
        s.wait("File:")
        s.type(lab.path("limited.log") + "\r")
        s.wait("Logging to ")
        s.type("seq 30''00\r")
        s.wait("The log has ended: File too large: ")
        tap.ok(True, "a file that may grow no more ends the log alone")
        s.type("echo af''ter\r")
        s.wait("after\nready>")
        check("The log has ended" not in s.text(), "the next key wipes it off",
              s)
        s.type("\x1de")
        s.wait("The log has ended: File too large: ")
        tap.ok(True, "the event log has it")
        s.type("\x1b")
        s.gone("The log has ended")
        s.type("exit\r")
        s.exit()
        becomes(s, lambda: "The log has ended: File too large: " in s.text(),
                "and it is said at the end")


def last_byte(lab, key):
    """What is left to be written at the end has no room."""
    path, limited = lab.path("full.log"), 'ulimit -f 4; exec "$@"'
    subprocess.run(["sh", "-c", limited, "sh", "dd", "if=/dev/zero",
                    "of=" + path, "bs=1024", "count=100"],
                   stderr=subprocess.DEVNULL, check=False)
    size = os.path.getsize(path)
    os.remove(path)
    server = lab.sshd([key], options=[
        "ForceCommand printf '%%%ds\\r' x" % size])
    client = client_for(lab, server, key)
    words = client.argv("-o", "SessionLog=" + path)
    with Screen(["sh", "-c", limited, "sh"] + words,
                env=client.environment(MALLOC_PERTURB_="165")) as s:
        tap.equal((s.exit(), os.path.getsize(path)), (0, size),
                  "a log that is full but for a CR")
        s.wait("The log has ended: File too large: ")
        tap.ok(True, "... and that it is, is said at the end")


def no_file(client):
    with client.screen("-o", "SessionLog=/dev/full") as s:
        shell(s, "No log: it is no regular file: /dev/full")
        tap.ok(True, "a device is no log, and the session goes on")


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        server = lab.sshd([key], options=[
            "ForceCommand echo printed early; exec sh"])
        client = Client(lab, server, key)
        path = by_settings(lab, client)
        no_answer(path, client)
        without_question(path, client)
        in_session(lab, client)
        long_name(client)
        late_answer(lab, client)
        too_large(lab, client)
        no_file(client)
        last_byte(lab, key)
    return tap.done()


sys.exit(main())
