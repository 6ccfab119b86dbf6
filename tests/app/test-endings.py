"""What stays on the terminal when the full screen is given back."""

import os
import struct
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import client_for
from servers import Lab, user
from session import becomes, shell, tap
from sshpeer import SshPeer, string

CLOSED = "Connection to %s@127.0.0.1 closed." % user()
SIZES = ((80, 24), (40, 12))


def last_row(s):
    return [row for row in s.rows() if row][-1:]


def without_alternate_screen(client):
    """There the screen is kept, but for what is ours."""
    for term in ("linux", "vt100"):
        for cols, rows in SIZES:
            name = "%s, %dx%d: " % (term, cols, rows)
            with client.screen(TERM=term, cols=cols, rows=rows) as s:
                shell(s, "menu")
                s.type("echo st''ays; exit 3\r")
                tap.equal(s.exit(), 3, name + "it ends")
                becomes(s, lambda: last_row(s) == [CLOSED],
                        name + "the last words stand alone")
                becomes(s, lambda: "\nstays\n" in s.text() and
                        "menu" not in s.text(),
                        name + "the session's text stays, our line goes")
    with client.screen(TERM="vt100") as s:
        shell(s, "menu")
        s.type("\x1ds")
        s.gone("menu")
        s.type("clear; seq 1 23; printf en''d; exit\r")
        s.exit()
        becomes(s, lambda: [row for row in s.rows() if row][-3:] ==
                ["23", "end", CLOSED],
                "without a status line no line of the session's is lost")


def dialog_goes(lab):
    """A box that is open is ours too."""
    key = lab.key(passphrase="correct horse")
    client = client_for(lab, lab.sshd([key]), key)
    with client.screen(TERM="vt100") as s:
        s.wait("Passphrase:")
        s.type("\x1b")
        tap.equal(s.exit(), 255, "vt100: cancelled at a box")
        becomes(s, lambda: "cancelled" in s.text() and
                "Passphrase" not in s.text(), "  which does not stay")


def last_words(lab):
    """Cloud images answer a login as root with a sentence, and close."""
    key = lab.key()
    words = "Please login as the user \"ubuntu\" rather than \"root\"."
    says = lab.write("says", "echo; printf '\\033[1m%s\\033[0m\\n'; echo; exit "
                     "142\n" % words)
    with open(key + ".pub") as f:
        line = 'command="sh %s" %s' % (says, f.read().strip())
    client = client_for(lab, lab.sshd([line]), key)
    for term in ("xterm", "linux"):
        with client.screen(TERM=term) as s:
            tap.equal(s.exit(), 142, term + ": a session of a sentence")
            becomes(s, lambda: [row for row in s.rows() if row] ==
                    [words, CLOSED], "  is told, once, before our last line")
    with client.screen(cols=40, rows=12) as s:
        s.exit()
        becomes(s, lambda: "ubuntu" in s.text() and CLOSED in s.text(),
                "  on a narrow screen too")


def stillborn(lab):
    """A login that the server closes at once is told as such."""
    key = lab.key()
    server = lab.sshd([key], options=["ForceCommand kill -9 $PPID"])
    with client_for(lab, server, key).screen() as s:
        s.says("the login worked, and the connection was closed at once. "
               "What to do: try again in a minute, or with --wait.")
        s.wait("r reconnect  q quit  login cut off")
        tap.ok(True, "closed behind the login")
        s.type("q")
        tap.equal(s.exit(), 255, "... ends")
        s.says("vmconnect: %s@127.0.0.1: the login worked, and the connection "
               "was closed at once" % user())
        s.says("What to do: try again in a minute, or with --wait.")
        tap.ok(True, "... in words")
    client = client_for(lab, server, key)
    proxy = lab.proxy(server.port, reset=True)
    for port, name in ((None, "once, without a screen"),
                       (proxy.port, "and if it is reset")):
        status, out, err = client.run("-o", "StrictHostKeyChecking=no", "true",
                                      port=port)
        tap.ok(status == 255 and err.count("What to do") == 1 and
               err.count("the connection was closed at once") == 1,
               "... " + name, err)


def typed_sessions_go(client):
    with client.screen() as s:
        shell(s)
        s.type("exit\r")
        s.exit()
        becomes(s, lambda: [row for row in s.rows() if row] == [CLOSED],
                "a session that was used leaves one line")


def large_statuses(lab):
    """Those of Windows have 32 bits."""
    def login(ssh):
        ssh.request()
        ssh.success()

    for remote, status in ((259, 3), (256, 255), (0xc0000100, 255)):
        def ending(ssh, channel):
            ssh.send(b"\x62" + channel + string("exit-status") +
                     struct.pack(">xI", remote))
            ssh.send(b"\x61" + channel)
        client = client_for(lab, SshPeer(lab, login, ending=ending), lab.key())
        tap.equal(client.run("true")[0], status,
                  "the exit status %#x is no success" % remote)


def main():
    with Lab() as lab:
        key = lab.key()
        client = client_for(lab, lab.sshd([key]), key)
        without_alternate_screen(client)
        typed_sessions_go(client)
        dialog_goes(lab)
        last_words(lab)
        stillborn(lab)
        large_statuses(lab)
    return tap.done()


sys.exit(main())
