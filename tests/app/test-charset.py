"""Charset: a server whose programs speak an 8-bit character set."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client
from servers import Lab, wait_for
from session import becomes, check, shell, tap


def read(path):
    with open(path, "rb") as f:
        return f.read()


def both_ways(lab, client):
    log, cast = lab.path("log"), lab.path("cast")
    with client.screen("-o", "Charset=ISO-8859-15", "-o", "SessionLog=" + log,
                       "--record", cast) as s:
        shell(s, "Recording to ")
        s.type("printf '\\033%%@\\344\\244\\2333''1mred\\233m|\\n'\r")
        s.wait("\nä€red|\nready>")
        s.type("od -An -tx1\r")
        s.type("ä€\r")
        s.wait("\nä€\n")
        s.type("\033[200~x€y\033[201~\r\x04")
        s.wait("0a")
        becomes(s, lambda: "e4 a4 0a 78 a4 79 0a" in s.text(),
                "typed and pasted as the set has it")
        s.type("日")
        s.wait("1 character left out: not in ISO-8859-15")
        s.type("\r")
        s.wait("ready>")
        wait_for(lambda: "\nä€red|\n".encode() in read(log), what="the log")
        tap.ok(True, "the log is UTF-8")
        wait_for(lambda: "ä€".encode() in read(cast), what="the recording")
        tap.ok(True, "and so is the recording")


def unknown(client):
    for name, says in (("nonsense", "knows no character set \"nonsense\""),
                       ("UTF-16", "not a character set of one byte")):
        with client.screen("-o", "Charset=" + name) as s:
            becomes(s, lambda: says in s.text().replace("\n", ""), says)
            becomes(s, lambda: "without the full screen" in s.text(),
                    "%s: the shell comes, the full screen does not" % name)


def plain_name(client):
    with client.screen("-o", "Charset=utf8") as s:
        shell(s)
        s.type("printf '\\303\\244\\n'\r")
        s.wait("\nä\n")
        check("ä" in s.text(), "UTF-8 by name", s)


with Lab() as lab:
    key = lab.key()
    client = Client(lab, lab.sshd([key]), key)
    both_ways(lab, client)
    unknown(client)
    plain_name(client)
tap.done()
