"""Logins in which a person answers: prompts, passwords, several steps."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, harmless
from logins import dropbear_password, sshd_pam, sshd_password
from servers import Lab, Tap, user

tap = Tap()
PASSWORD = "Tr0ub4dor&3"


def client_for(lab, server, key=None):
    client = Client(lab, server, key=key)
    client.know(server)
    return client


def never_shown(s, *secrets):
    out = s.output().decode("utf-8", "replace")
    tap.ok(not any(x in out for x in secrets), "... which is never shown")


def password(lab):
    client = client_for(lab, sshd_password(lab, PASSWORD))
    with client.screen("-v", "echo lo''gged in") as s:
        s.wait("Password:")
        s.type("wrong one\r")
        s.wait("did not accept that. Try 2 of 3")
        s.type(PASSWORD + "\r")
        tap.equal(s.exit(), 0, "plain: a wrong password, then the right one")
        s.wait("logged in")
        never_shown(s, PASSWORD, "wrong one")
