"""A server tells another name, or refuses the one that was given."""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from agents import Agent
from client import client_for
from names import (dropbear_names, flat, known, line_of, lines, logged, says,
                   told, tried)
from servers import Lab, user
from session import becomes, shell, tap

FOLLOWED = "The machine wants root to log in as admin; connecting as admin."

FORMS = [
    ("as cloud-init says it", {}),
    ("a blank line first", {"before": "echo;"}),
    ("in other words", {"words": "Please login as the %s user rather than "
                        "root user."}),
]


def followed(lab, key):
    for name, form in FORMS:
        server, client = known(lab, {"root": [told("admin", key, **form)],
                                     "admin": [key]}, key)
        begun = time.monotonic()
        status, out, err = client.run("cat", input=b"data\n" * 9999)
        tap.ok(status == 0 and out == b"data\n" * 9999 and
               FOLLOWED in lines(err),
               "told, %s: a command runs as the other" % name, status,
               out[:99], err)
        tap.ok(time.monotonic() - begun < 9, "... which is not waited for")
    locked = lab.key(passphrase="correct horse")
    for cols, rows in ((80, 24), (40, 12)):
        server, client = known(lab, {"root": [told("admin", locked)],
                                     "admin": [locked]}, locked)
        with client.screen(cols=cols, rows=rows) as s:
            s.wait("Passphrase:")
            says(s, "as root")
            s.type("correct horse\r")
            shell(s, "menu")
            becomes(s, lambda: not helpers(s), "no keyholder stays")
            tried(server, ["ubuntu", "root", "admin"],
                      "told in a terminal of %dx%d: one passphrase" %
                      (cols, rows))
            logged(s, FOLLOWED)
            s.type("exit\r")
            s.exit()


def by_dropbear(lab, key):
    """It leaves the backslashes of authorized_keys in the sentence."""
    server = dropbear_names(lab, {"root": [told("admin", key)],
                                  "admin": [key]})
    client = client_for(lab, server, key)
    client.to = "127.0.0.1"
    trusting = ["-o", "StrictHostKeyChecking=accept-new",
                "-o", "RememberMachines=no"]
    status, out, err = client.run(*trusting, "echo in")
    tap.ok(status == 0 and out == b"in\n" and FOLLOWED in lines(err),
           "told by Dropbear: a command runs as the other", status, out, err)
    with client.screen(*trusting) as s:
        s.wait("Ctrl-] menu")
        becomes(s, lambda: "admin@127.0.0.1" in s.rows()[-1],
                "... and in a terminal", server.log())
        s.type("\x1d.")
        s.exit()
    client.to = "root@127.0.0.1"
    status, out, err = client.run("true")
    tap.ok("wants another user: admin@127.0.0.1 -p " in err,
           "... told to whom named root", status, err)


def helpers(s):
    """Processes below the program on this screen."""
    pids = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % name) as f:
                pids.setdefault(int(f.read().rpartition(")")[2].split()[1]),
                                []).append(int(name))
        except OSError:
            pass
    return [pid for program in pids.get(s.process.pid, [])
            for pid in pids.get(program, [])]


def not_followed(lab, key):
    """What is not believed is output like any other."""
    for name in ("NONE", "-x", "a b", "root"):
        words = 'Please login as the user "%s" rather than the user "root".'
        server, client = known(
            lab, {"root": [told(name, key, sleep=0)],
                  user(): [told(name, key, sleep=0)]}, key)
        status, out, err = client.run("uname")
        tap.ok(status == 142 and out.decode() == words % name + "\n\n" and
               server.log().count("Accepted publickey") == 1,
               "told %r: not believed" % name, status, out, err)
    plain = ('command="printf Please; sleep 0.2; printf \' wait\'; exit 3" ' +
             line_of(key))
    server, client = known(lab, {user(): [plain]}, key)
    status, out, err = client.run("uname")
    tap.equal((status, out), (3, b"Please wait"), "nothing of it is lost")
    silent = 'command="sleep 4; head -n 1; exit 3" ' + line_of(key)
    server, client = known(lab, {user(): [silent]}, key)
    status, out, err = client.run("uname", input=b"sent\n")
    tap.equal((status, out), (3, b"sent\n"), "a silent one is not waited for")


def another_key(lab, key):
    """The key of the last login is asked about first, but another is taken."""
    others = [lab.key(comment="none") for _ in range(2)]
    named = [word for each in others + [key] for word in ("-i", each)]
    for number, other in enumerate(others, 1):
        server, client = known(lab, {"root": [key]}, None)
        client.run(*named, "-l", "root", "true")
        server.authorize("root", [told("admin", other)])
        server.authorize("admin", [other])
        status, out, err = client.run(*named, "echo in")
        tap.ok(status == 0 and out == b"in\n" and FOLLOWED in lines(err),
               "told by key %d, where the third was remembered" % number,
               status, out, err)


def with_an_agent(lab):
    """The key that was typed for once goes to the agent, once."""
    agent = Agent(lab)
    locked = lab.key(passphrase="correct horse", comment="none")
    server, client = known(lab, {"root": [told("admin", locked)],
                                 "admin": [locked]}, locked)
    want = ["ubuntu", "root", "admin"]
    with client.screen("-o", "AddKeysToAgent=ask",
                       SSH_AUTH_SOCK=agent.socket) as s:
        s.wait("Passphrase:")
        s.type("correct horse\r")
        s.wait("Add it to the SSH agent?")
        tried(server, want,
              "AddKeysToAgent: asked at the right login")
        s.type("y\r")
        shell(s)
        s.type("exit\r")
        s.exit()
    with client.screen("-o", "RememberMachines=no",
                       SSH_AUTH_SOCK=agent.socket) as s:
        shell(s)
        tried(server, want * 2, "... and the agent signs for both")
        s.type("exit\r")
        s.exit()


# ---- a name that was given ----

def typed_and_told(lab):
    locked = lab.key(passphrase="correct horse")
    names = {"root": [told("ubuntu", locked, sleep=1)], "ubuntu": [locked]}
    server, client = known(lab, names, locked, to="root@127.0.0.1")
    with client.screen() as s:
        s.wait("Passphrase:")
        s.type("correct horse\r")
        s.wait("Connect as ubuntu? [Y/n]")
        says(s, "this machine wants root to log in as ubuntu")
        s.type("\r")
        shell(s)
        tried(server, ["root", "ubuntu"],
              "root was typed: offered, no second passphrase")
        becomes(s, lambda: "ubuntu@127.0.0.1" in s.rows()[-1],
                "... the status line has the name")
        s.type("exit\r")
        s.exit()
    with client.screen() as s:
        s.wait("Passphrase:")
        s.type("correct horse\r")
        s.wait("Connect as ubuntu? [Y/n]")
        s.type("n\r")
        tap.equal(s.exit(), 142, "no leaves it as it is")
        becomes(s, lambda: 'Please login as the user "ubuntu"' in s.text() and
                "another user: ubuntu@127.0.0.1" in " ".join(s.text().split()),
                "... and the way is told at the end")
    with client.screen("uname", cols=100) as s:
        s.wait("Passphrase:")
        s.type("correct horse\r")
        tap.equal(s.exit(), 142, "a command is not asked about")
        becomes(s, lambda: "another user: ubuntu@127.0.0.1 -p " in s.text(),
                "... but told")


def told_and_refused(lab, key):
    """The machine knows its users: the name is not doubted."""
    server, client = known(lab, {"root": [told("web", key)]}, key)
    status, out, err = client.run("-o", "BatchMode=yes", "true")
    tap.ok(status == 255 and
           "The machine itself named web, so one of these is wrong:" in err and
           "look there at ~web/.ssh/authorized_keys" in err and
           "another user:" not in err, "the name that was told is refused", err)
    tried(server, list(dict.fromkeys([user(), "root", "web"])),
          "... and no other one tried")


def let_in_before(lab, key):
    """The name that was let in before comes first."""
    server, client = known(lab, {"web": [key]}, key, to="web@127.0.0.1")
    client.run("true")
    client.to = "bob@127.0.0.1"
    with client.screen() as s:
        s.wait("Try web? [Y/n]")
        says(s, "bob is the wrong user name: web was let in there before.")
        s.type("\r")
        shell(s)
        tap.ok(True, "a name that worked there is offered")
        s.type("exit\r")
        s.exit()


def waited_for(lab, key):
    """When its tries are spent, no key comes late any more."""
    server, client = known(lab, {"ubuntu": [key]}, key, to="bob@127.0.0.1")
    with client.screen("--wait=8") as s:
        s.wait("waiting: the key is refused")
        s.wait("Try ubuntu? [Y/n]")
        s.type("\r")
        shell(s)
        tap.ok(True, "--wait: another name is offered at its end")
        s.type("exit\r")
        s.exit()


def typed_and_refused(lab, key):
    server, client = known(lab, {"ubuntu": [key]}, key, to="root@127.0.0.1")
    with client.screen() as s:
        s.wait("Try ubuntu? [Y/n]")
        says(s, "authorized_keys; or try another user: ubuntu@127.0.0.1 -p ")
        says(s, "What cannot be known from outside: whether root may log in")
        s.type("\r")
        shell(s)
        tried(server, ["root", "ubuntu"],
              "root was typed and refused: ubuntu is offered")
        s.type("exit\r")
        s.exit()
    with client.screen("true", cols=100) as s:
        tap.equal(s.exit(), 255, "a command is not asked about")
        becomes(s, lambda: "try another user: ubuntu@127.0.0.1" in s.text(),
                "... but told")
    for answer in ("n\r", "\x1b"):
        with client.screen(cols=40, rows=12) as s:
            s.wait("Try ubuntu? [Y/n]")
            s.type(answer)
            tap.equal(s.exit(), 255, "%r leaves" % answer)
            becomes(s, lambda: "whether root may log in: PermitRootLogin" in
                    " ".join(s.text().split()),
                    "... in the words of the failure")
    status, out, err = client.run("-o", "BatchMode=yes", "uname")
    tap.ok(status == 255 and "try another user: ubuntu@127.0.0.1" in err,
           "nobody to ask: only the words", err)
    let_in_before(lab, key)
    waited_for(lab, key)
    server, client = known(lab, {}, key, to="bob@127.0.0.1")
    with client.screen() as s:
        s.wait("Try ubuntu? [Y/n]")
        s.type("\r")
        s.wait("Try root? [Y/n]")
        becomes(s, lambda: "ubuntu@127.0.0.1" in s.rows()[-1],
                "the status line has the name that was tried last")
        says(s, "No key is taken for bob or ubuntu, so it is hardly the "
             "name: most likely")
        s.type("\r")
        tap.equal(s.exit(), 255, "after three names there is no other offer")
        says(s, "taken for bob, ubuntu or root, so")
        says(s, "are answered alike.")
        tap.ok("another user:" not in flat(s), "... and none is advised",
               s.text())
        tried(server, ["bob", "ubuntu", "root"], "... of these")


def doctor(lab, key):
    server, client = known(lab, {"root": [told("admin", key)],
                                 "admin": [key]}, key)
    status, out, err = client.run("--doctor")
    text = " ".join(out.decode().split())
    tap.ok(status == 0 and "taken for root" in text and
           "taken for admin" in text and
           "login: as admin" in text and "Nothing is broken." in text,
           "the doctor tries names, and follows", status, out.decode(), err)
    server, client = known(lab, {}, key)
    status, out, err = client.run("--doctor")
    text = " ".join(out.decode().split())
    tap.ok(status == 255 and "BROKEN your keys" in text and
           "refused for root" in text and "refused for ubuntu" in text,
           "... and says for which they are refused", status, out.decode())


def main():
    with Lab() as lab:
        key = lab.key(comment="anna@laptop")
        followed(lab, key)
        by_dropbear(lab, key)
        not_followed(lab, key)
        another_key(lab, key)
        with_an_agent(lab)
        doctor(lab, key)
        typed_and_told(lab)
        told_and_refused(lab, key)
        typed_and_refused(lab, key)
    return tap.done()


sys.exit(main())
