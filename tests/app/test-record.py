"""A recorded session, and playing it without a server."""

import json
import os
import re
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, program
from screen import Screen
from servers import Lab, user
from session import becomes, check, shell, tap


def record(lab, client):
    path = lab.path("session.cast")
    with client.screen("--record", path) as s:
        shell(s, "Recording to ")
        s.wait("rec  Ctrl-] menu")
        s.type("echo caf\u00e9\r")
        s.wait("caf\u00e9\nready>")
        s.resize(60, 20)
        s.type("clear; stty size\r")
        s.wait("19 60")
        s.type("exit\r")
        s.exit()
    with open(path, encoding="utf-8") as f:
        head, *events = [json.loads(line) for line in f]
    tap.ok(head["version"] == 2 and (head["width"], head["height"]) == (80, 23)
           and head["env"] == {"TERM": "xterm-256color"}, "the head", head)
    text = "".join(e[2] for e in events if e[1] == "o")
    tap.ok("caf\u00e9\r\n" in text, "the output", events)
    tap.ok([e[2] for e in events if e[1] == "r"][-1] == "60x19", "the resize")
    times = [e[0] for e in events]
    tap.ok(times == sorted(times) and times[-1] > 0, "times grow", times)
    with client.screen("--record=" + path) as s:
        s.wait("exists")
        tap.equal(s.exit(), 255, "a file that exists: no session without one")
    with open(path, encoding="utf-8") as f:
        tap.equal(len(f.readlines()), len(events) + 1,
                  "a file that exists is not touched")


def own_part(lab, client):
    """What the program itself does to the screen is recorded too."""
    path = lab.path("own.cast")
    with client.screen("--record", path) as s:
        shell(s, "Recording to ")
        s.type("printf '\\033[7m\\033(0' ; echo lines\r")
        s.wait("\u250c")
        s.type("\x1dR")
        s.wait("is reset")
        s.type("printf '\\033[?1049h\\033[2Ja prog%s' ram; cat\r")
        s.wait("a program")
        client.server.signal_children(signal.SIGKILL)
        s.wait("r reconnect  q quit")
        s.type("r")
        shell(s)
        s.type("echo ba''ck\r")
        s.wait("back\nready>")
        shown = s.text()
        s.type("\x04")
        s.exit()
    with play(lab, path) as s:
        s.type("\x1b[F")
        s.wait("  end")
        becomes(s, lambda: s.rows()[:-1] == shown.split("\n")[:-1],
                "a reset and a reconnect are played back", shown)


def no_session(lab, client):
    path = lab.path("none.cast")
    with client.screen("--record", path, port=1) as s:
        s.wait("Wait for it?")
        s.type("\r")
        tap.equal(s.exit(), 255, "no connection is made")
    tap.ok(not os.path.exists(path), "... and no recording is left")
    os.symlink(lab.path("elsewhere.cast"), path)
    with client.screen("--record", path, port=1) as s:
        s.wait("Wait for it?")
        s.type("\r")
        s.exit()
    tap.ok(os.path.islink(path), "... but a link of the user's is")


def no_screen(lab, client):
    path = lab.path("plain.cast")
    status, _, err = client.run("--record", path, user() + "@127.0.0.1",
                                "true")
    tap.ok(status == 0 and "Nothing is recorded" in err and
           not os.path.exists(path), "without the full screen it is told", err)
    status, _, err = client.run("-o", "SessionLog=" + path, "true")
    tap.ok(status == 0 and "Nothing is logged" in err and
           not os.path.exists(path), "... and so it is of a log", err)


def play(lab, path, **more):
    env = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8")
    env.update(more.pop("env", {}))
    return Screen([program(), "--replay", path], env=env, **more)


def write(lab, *events, head=""):
    path = lab.path("made.cast")
    with open(path, "w") as f:
        f.write('{"version": 2, "width": 40, "height": 10%s}\n' % head)
        for event in events:
            f.write(json.dumps(event) + "\n")
    return path


def replay(lab):
    path = write(lab, [0.1, "o", "first\r\n"], [100, "o", "second\r\n"],
                 [200, "o", "\x1b[2Jthird"], [3000, "o", "last"])
    with play(lab, path) as s:
        s.wait("first")
        tap.ok(b"\x1b[?1002h" not in s.output(),
               "the mouse is left to the outer terminal")
        s.type(" ")
        s.wait("paused")
        check("Space go on" in s.text(), "Space pauses, and will go on", s)
        s.type("?")
        s.wait("half as fast")
        s.type("\x1b")
        s.gone("half as fast")
        check("paused" in s.text(), "the help leaves it so", s)
        s.type("\x1b[A\x1b[A")
        s.wait("second")
        check("02:00/50:00" in s.text(), "Up goes on by a minute", s)
        s.type(".")
        s.wait("third")
        s.wait("03:20/50:00")
        tap.ok(True, ". goes to the next event")
        s.type("\x1b[D")
        s.wait("second")
        s.wait("03:15")
        check("third" not in s.text(), "Left goes back", s)
        s.type("1")
        s.wait("05:00")
        s.type("\x1b[F")
        s.wait("last")
        s.wait("50:00/50:00  end")
        tap.ok(True, "digits and End")
        s.type("\x1b[H")
        s.wait("00:00/50:00")
        s.gone("third")
        s.type(" ++++++")
        s.wait("64x")
        s.wait("second")
        tap.ok(True, "+ plays faster")
        s.type("?")
        s.wait("half as fast")
        s.wait("paused")
        tap.ok(True, "? holds it")
        s.type("\x1b")
        s.gone("half as fast")
        s.wait("Space pause")
        check("paused" not in s.text(), "... until its box is closed", s)
        s.type("\x1b[F")
        s.wait("Space again")
        tap.ok(True, "at the end it can be played again")
        s.type("q")
        tap.equal(s.exit(), 0, "q ends it")
        tap.ok(s.modes()["echo"], "and gives the terminal back")


def idle(lab):
    path = write(lab, [90, "o", "first\r\n"], [91, "o", "second\r\n"],
                 [500, "o", "third"], head=', "idle_time_limit": 2')
    with play(lab, path) as s:
        s.wait("00:05")
        s.wait("third")
        s.wait("00:05/00:05")
        tap.ok(True, "pauses are as short as idle_time_limit has them")


def back_to_no_title(lab):
    path = write(lab, [0, "o", "first"], [100, "o", "\x1b]2;theirs\x07second"])
    with Screen(["sh", "-c", "printf '\\033]2;its own\\a'; exec \"$@\"", "sh",
                 program(), "--replay", path]) as s:
        s.wait("first")
        s.type(" .")
        s.wait("second")
        becomes(s, lambda: s.title() == "theirs", "a title is passed on")
        s.type("\x1b[D")
        s.gone("second")
        becomes(s, lambda: s.title() == "its own",
                "Left to where there was none gives the terminal's own back")


def narrow(lab):
    path = write(lab, [0, "o", "\x1b]0;t\x07\x1b[6nhello"], [1, "r", "100x30"],
                 [1, "o", "\x1b[30;1Hbelow"], [2, "o", "!"])
    with play(lab, path, cols=40, rows=12,
              env={"TERM": "vt100", "LC_ALL": "C"}) as s:
        s.wait("hello")
        s.wait("end")
        becomes(s, lambda: re.search(r"00:02/00:02  end +part  \? keys  q quit",
                                     s.rows()[-1]),
                "at 40x12 on a vt100")
        becomes(s, lambda: "below!" in s.rows()[-2]
                and s.cursor() == (10, 6, True),
                "of a larger screen the part with the cursor")
        s.resize(60, 20)
        becomes(s, lambda: "below!" in s.rows()[-2]
                and re.search(r"end +part of 100x30 +\? keys  q quit",
                              s.rows()[-1]), "which is told, with the keys")
        s.resize(110, 40)
        s.gone("part of")
        becomes(s, lambda: "hello" in s.rows()[0] and "below!" in s.rows()[29],
                "a larger terminal shows all")
        s.type("\x03")
        tap.equal(s.exit(), 0, "Ctrl-C ends it")


def stopped(lab):
    path = write(lab, [0, "o", "hello"])
    with Screen(["sh", "-i"], env={"PS1": "outer> ", "ENV": ""}) as s:
        s.wait("outer>")
        s.type("clear; '%s' --replay '%s'\r" % (program(), path))
        s.wait("hello")
        s.wait("end")
        for keys, name in ("\x1a", "Ctrl-Z"), ("?\x1a", "... at the help too"):
            s.type(keys)
            s.wait("outer>")
            becomes(s, lambda: s.modes()["canonical"]
                    and not s.modes()["alternate"], name + " stops it")
            s.type("clear; fg\r")
            s.wait("hello")
            s.wait("end")
        s.type("\x1b")
        s.gone("half as fast")
        s.type("q")
        s.wait("outer>")
        tap.ok(True, "and fg goes on")


def long_way(lab):
    """Events that are much work: keys need not wait for all of them."""
    path = lab.path("long.cast")
    with open(path, "w") as f:
        f.write('{"version": 2, "width": 1000, "height": 1000}\n'
                '[1, "o", "begin"]\n')
        f.write('[100, "o", "\\u001b#8"]\n' * 100)
    took = []
    for keys in "\x1b[F", "\x1b[Fq":
        with play(lab, path) as s:
            s.wait("begin")
            began = time.monotonic()
            s.type(keys)
            if "q" in keys:
                s.exit()
            else:
                s.wait("  end", 120)
            took.append(time.monotonic() - began)
    tap.ok(took[1] < took[0] / 2, "End on a long way can be left", took)


def wrong(lab):
    cases = (("empty", ""), ("no recording", "hello\n"),
             ("version 1", '{"version": 1, "width": 8, "height": 2}\n'),
             ("line 2", '{"version": 2, "width": 8, "height": 2}\nx\n'
              '[1, "o", "x"]\n'))
    for name, text in cases:
        path = lab.write("wrong.cast", text)
        with play(lab, path) as s:
            tap.equal(s.exit(), 255, "refused: " + name)
            s.wait("vmconnect: " + path[:20])
    path = lab.write("cut.cast", '{"version": 2, "width": 8, "height": 2}\n'
                     '[0, "o", "good"]\n[1, "o", "cu')
    with play(lab, path) as s:
        s.wait("good")
        tap.ok(True, "a line cut off by a crash is left out")
        s.type("q")
        s.exit()


def main():
    with Lab() as lab:
        key = lab.key("ed25519")
        client = Client(lab, lab.sshd(authorized=[key]), key)
        record(lab, client)
        own_part(lab, client)
        no_session(lab, client)
        no_screen(lab, client)
        replay(lab)
        idle(lab)
        back_to_no_title(lab)
        long_way(lab)
        narrow(lab)
        stopped(lab)
        wrong(lab)
    return tap.done()


sys.exit(main())
