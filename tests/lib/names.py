"""OpenSSH's server with login names of our choice.

All of them are the account that runs the test, by a library preloaded into the
server; which keys a name takes is its own file's affair.

    server = sshd_names(lab, {"ubuntu": [key], "root": [told("ubuntu", key)]})
    server.authorize("anna", [key])           # from now on she exists
    server.tries()                            # the names that came, in order
"""

import os
import re

from client import Client
from servers import wait_for
from session import becomes, clipboard, tap

UBUNTU = ["VersionAddendum Ubuntu-3"]

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct passwd *getpwnam(const char *name)
{
    struct passwd *(*real)(const char *) = dlsym(RTLD_NEXT, "getpwnam");
    const char *keys = getenv("SHIM_KEYS");
    static char path[4096], kept[256];
    struct passwd *pw = real(name);

    snprintf(path, sizeof path - 2, "%s/%s", keys ? keys : "", name);
    if (keys == NULL || access(path, F_OK) != 0)
        return pw;
    snprintf(kept, sizeof kept, "%s", name);
    pw = getpwuid(getuid());
    if (pw != NULL)
        pw->pw_name = kept;
    if (pw != NULL && access(strcat(path, "/."), F_OK) == 0)
        pw->pw_dir = path; /* a home, and not only keys */
    return pw;
}
"""


def line_of(key):
    with open(key + ".pub") as f:
        return f.read().strip()


def told(name, key, before="", sleep=10,
         words='Please login as the user \\"%s\\" rather than the user '
         '\\"root\\".'):
    """As cloud-init writes it before a key in root's authorized_keys."""
    return ("no-port-forwarding,no-agent-forwarding,no-X11-forwarding,"
            "command=\"%secho '%s';echo;sleep %d;exit 142\" %s"
            % (before, words % name, sleep, line_of(key)))


def sshd_names(lab, names, options=(), host_keys=None):
    lab.count += 1
    keys = lab.path("names%d" % lab.count)
    os.mkdir(keys)

    def authorize(name, lines):
        lab.authorize(os.path.join(keys, name), lines)
    for name, lines in names.items():
        authorize(name, lines)
    server = lab.sshd(options=list(options) + [
        "AuthorizedKeysFile %s/%%u" % keys], host_keys=host_keys,
        env=dict(os.environ, SHIM_KEYS=keys,
                 LD_PRELOAD=lab.library("names-shim", SHIM)))
    server.authorize = authorize
    server.tries = lambda: tries(server.log())
    return server


def homes_of(lab, names):
    """Each name has a home with authorized_keys; where they are, and the
    server's environment."""
    lab.count += 1
    homes = lab.path("names%d" % lab.count)
    for name, lines in names.items():
        os.makedirs(os.path.join(homes, name, ".ssh"), 0o700)
        os.chmod(os.path.join(homes, name), 0o755)
        lab.authorize(os.path.join(homes, name, ".ssh/authorized_keys"), lines)
    return homes, dict(os.environ, SHIM_KEYS=homes,
                       LD_PRELOAD=lab.library("names-shim", SHIM))


def sshd_homes(lab, names, options=()):
    """sshd_names() with such homes, of which the server is strict."""
    homes, env = homes_of(lab, names)
    server = lab.sshd(options=list(options) + [
        "AuthorizedKeysFile .ssh/authorized_keys", "StrictModes yes"], env=env)
    server.homes = homes
    return server


def dropbear_names(lab, names):
    """The same with Dropbear."""
    return lab.dropbear(env=homes_of(lab, names)[1])


def tries(log):
    """The names in the log, in order; once each that follow each other."""
    found = []
    for name in re.findall(r"^(?:Invalid user|(?:Failed|Postponed|Accepted) "
                           r"publickey for(?: invalid user)?) (\S+)", log,
                           re.M):
        if found[-1:] != [name]:
            found.append(name)
    return found


def tried(server, want, name):
    """These names, in order; its log may come a little later."""
    try:
        wait_for(lambda: server.tries() == want, what=name)
    except TimeoutError:
        pass
    tap.equal(server.tries(), want, name, server.log())


# ---- a client that names nobody ----

def nameless(lab, server, key=None, to="127.0.0.1"):
    client = Client(lab, key=key)
    client.server, client.to = server, to
    client.know(server)
    return client


def flat(s):
    """The screen's words, without what is broken and framed."""
    return " ".join(s.text().replace("│", " ").split())


def says(s, words):
    wait_for(lambda: words in flat(s), what=words)


def logged(s, *steps):
    """Each step is a line of the event log, by what y copies of it."""
    s.type("\x1de")
    s.wait("Event log")
    s.type("y")
    becomes(s, lambda: clipboard(s) and all(
        "  %s\n" % step in clipboard(s)[-1] for step in steps),
        "... each step is in the event log", *clipboard(s))
    s.type("\x1b")
    s.gone("Event log")


def lines(err):
    return [line for line in err.splitlines() if line]


def known(lab, names, key, options=UBUNTU, to="127.0.0.1"):
    server = sshd_names(lab, names, options)
    return server, nameless(lab, server, key, to)
