"""The real program in the tests: its command line, its home, its end."""

import os
import re
import subprocess

from screen import Screen
from servers import user


def program():
    return os.path.abspath(os.path.join(os.environ.get("top_builddir", "."),
                                        "vmconnect"))


class Client:
    """How to call the program in one Lab: a home of its own, which the
    program takes from $HOME, so nothing of the account's is read."""

    def __init__(self, lab, server=None, key=None):
        self.lab, self.server, self.key = lab, server, key
        self.to = user() + "@127.0.0.1"  # if a call names nobody
        self.home = lab.path("home")
        os.makedirs(self.home + "/.ssh", mode=0o700, exist_ok=True)
        self.known_hosts = self.home + "/.ssh/known_hosts"
        if server and not os.path.exists(self.known_hosts):
            self.know(server)

    def know(self, server, alias=None):
        """Write the server's own host keys into known_hosts."""
        with open(self.known_hosts, "w") as out:
            for key in server.host_keys:
                with open(key + ".pub") as f:
                    fields = f.read().split()
                name = alias or "[127.0.0.1]:%d" % server.port
                out.write("%s %s %s\n" % (name, fields[0], fields[1]))

    def environment(self, **more):
        os.environ.pop("TMUX", None)  # the terminal is none of its windows
        env = dict(os.environ, HOME=self.home, TERM="xterm-256color",
                   LC_ALL="C.UTF-8")
        env.pop("SSH_AUTH_SOCK", None)
        env.pop("XDG_STATE_HOME", None)
        env.update(more)
        return env

    def argv(self, *words, port=None, key=None):
        key = key or self.key
        words = list(words)
        argv = [program(), "-p", str(port or self.server.port)]
        if key:
            argv += ["-i", key]
        while words and words[0].startswith("-"):
            argv.append(words.pop(0))
            if argv[-1] in ("-o", "-i", "-l", "-p", "--record"):
                argv.append(words.pop(0))
        if not words or "@" not in words[0]:
            words.insert(0, self.to)
        return argv + words

    def run(self, *words, input=b"", port=None, key=None, seconds=60, **env):
        """Plain mode, no terminal at all: (status, stdout, stderr)."""
        p = subprocess.Popen(self.argv(*words, port=port, key=key),
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, start_new_session=True,
                             env=self.environment(**env))
        try:
            out, err = p.communicate(input, timeout=seconds)
        except subprocess.TimeoutExpired:
            p.kill()
            out, err = p.communicate()
            return "timeout", out, err.decode("utf-8", "replace")
        return p.returncode, out, err.decode("utf-8", "replace")

    def screen(self, *words, cols=80, rows=24, port=None, key=None, **env):
        """On a pseudo-terminal."""
        return Screen(self.argv(*words, port=port, key=key), cols, rows,
                      self.environment(**env))


def client_for(lab, server, key=None):
    """One that knows this server and no other (none that has no key)."""
    client = Client(lab, key=key)
    client.server = server
    if hasattr(server, "host_keys"):
        client.know(server)
    return client


def harmless(text):
    """No control characters but line ends."""
    return not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def checks(tap):
    """Two checks: a command logs in and runs; it fails with a sentence."""
    def logs_in(client, name, *words, says="", **how):
        status, out, err = client.run(*words, "echo in", **how)
        tap.ok(status == 0 and out == b"in\n" and says in err and
               harmless(err), name, status, err)
        return err

    def fails(client, name, *words, says, **how):
        status, out, err = client.run(*words, "echo in", **how)
        tap.ok(status == 255 and not out and says in err and harmless(err),
               name, status, err)
        return err

    return logs_in, fails
