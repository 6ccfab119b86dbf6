"""What the tests of the full screen share: a shell, checks, a clipboard."""

import base64
import re

from screen import Screen
from servers import Tap, wait_for

tap = Tap()


def shell(s, told="Ctrl-] menu"):
    """Bring the shell to a state that does not depend on the account."""
    s.wait(told)
    s.type("exec env -i TERM=$TERM HOME=/ LC_ALL=C.UTF-8 PATH=$PATH "
           "PS1='ready> ' sh\r")
    s.wait("\nready>")


def below_a_shell(client, *words, **how):
    """The program, started by a shell with job control."""
    command = " ".join("'%s'" % word for word in client.argv(*words, **how))
    s = Screen(["sh", "-i"],
               env=client.environment(PS1="outer> ", ENV=""))
    s.wait("outer>")
    s.type("clear; " + command + "\r")
    return s


def check(condition, name, s, *notes):
    """A check that shows the screen if it fails."""
    tap.ok(condition, name, s.text() if not condition else "", *notes)


def becomes(s, condition, name, *notes):
    """The same of what will soon be so."""
    try:
        wait_for(condition, what=name)
        tap.ok(True, name)
    except TimeoutError:
        tap.ok(False, name, s.text(), *notes)


def clipboard(s):
    """All that was sent by OSC 52, in order."""
    found = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x1b\\", s.output())
    return [base64.b64decode(x).decode("utf-8") for x in found]


def copied(s, want, name):
    becomes(s, lambda: clipboard(s)[-1:] == [want], name, want)
