"""What other people's tools make and read of key files, and our keygen.

Passphrases reach the tools in files or arguments of throw-away keys; the
public half is always the first two words of its line, type and base64.
"""

import base64
import os
import re
import subprocess

from keyfiles import (ED25519_SPKI, OPENSSL, PUTTYGEN, SSH_KEYGEN,
                      environment)
from screen import Screen
from servers import wait_for


def run(*argv, stdin=b"", check=True):
    """The tool's standard output as bytes."""
    done = subprocess.run(argv, input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False,
                          env=environment(argv))
    if check and done.returncode != 0:
        raise RuntimeError("%s: %s" % (" ".join(map(str, argv)),
                                       done.stderr.decode("utf-8", "replace")))
    return done.stdout


def half(line):
    """Type and base64 of a public line, without its comment."""
    return b" ".join(line.split(b" ")[:2]).strip().decode()


def read(path):
    with open(path, "rb") as f:
        return f.read()


def word_file(path, word):
    """A file with a passphrase, as puttygen wants it."""
    with open(path, "w", encoding="utf-8") as f:
        f.write(word)
    return path


def by_ssh_keygen(path, passphrase):
    return half(run(SSH_KEYGEN, "-y", "-P", passphrase, "-f", path))


def by_puttygen(path, passphrase):
    """Decrypts too: its new file is read by ssh-keygen."""
    word = word_file(path + ".word", passphrase)
    empty, out = word_file(path + ".empty", ""), path + ".puttygen"
    run(PUTTYGEN, path, "--old-passphrase", word, "-P", "--new-passphrase",
        empty, "-O", "private-openssh-new", "-o", out)
    return by_ssh_keygen(out, "")


def by_openssl(path, passphrase):
    """openssl's public half, as one of SSH's."""
    pem = run(OPENSSL, "pkey", "-in", path, "-passin", "pass:" + passphrase,
              "-pubout").decode()
    body = base64.b64decode("".join(pem.splitlines()[1:-1]))
    if body.startswith(ED25519_SPKI):
        blob = (b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + body[-32:])
        return "ssh-ed25519 " + base64.b64encode(blob).decode()
    out = path + ".spki"
    with open(out, "w", encoding="ascii") as f:
        f.write(pem)
    return half(run(SSH_KEYGEN, "-i", "-m", "PKCS8", "-f", out))


READERS = {"ssh-keygen": by_ssh_keygen, "puttygen": by_puttygen,
           "openssl": by_openssl}


def readers_of(form, kind):
    """Who must read what we write.  puttygen has no PKCS#8; ssh-keygen has
    Ed25519 in PKCS#8 only since 9.6."""
    return {"openssh": ["ssh-keygen", "puttygen"],
            "ppk": ["puttygen"], "ppk2": ["puttygen"],
            "pem": ["ssh-keygen", "openssl", "puttygen"],
            "pkcs8": ["openssl"] if kind == "ed25519"
            else ["ssh-keygen", "openssl"]}[form]


class Keygen:
    """vmconnect-keygen with a home of its own."""

    def __init__(self, home):
        self.home = home
        self.program = os.path.abspath(os.path.join(
            os.environ.get("top_builddir", "."), "vmconnect-keygen"))

    def environment(self, **more):
        env = dict(os.environ, HOME=self.home, LC_ALL="C.UTF-8",
                   TERM="xterm-256color")
        for name in ("SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE"):
            env.pop(name, None)
        env.update(more)
        return env

    def run(self, *words, stdout=subprocess.PIPE, env=None, **popen):
        """Without a terminal: (status, standard output, standard error)."""
        done = subprocess.run([self.program, *words],
                              stdin=subprocess.DEVNULL, stdout=stdout,
                              stderr=subprocess.PIPE,
                              env=self.environment(**(env or {})),
                              start_new_session=True, check=False, timeout=300,
                              **popen)
        return (done.returncode, done.stdout,
                done.stderr.decode("utf-8", "replace"))

    def screen(self, *words, cols=200, rows=24, **env):
        """So wide that no sentence with a path in it is broken."""
        return Screen([self.program, *words], cols, rows,
                      self.environment(**env))


def prompted(screen, prompt, times):
    """Wait until it has been asked so often: what is typed before a prompt is
    dropped, and the old one may still be on the screen."""
    wait_for(lambda: screen.output().count(prompt.encode()) >= times,
             what=prompt)


def strangers(directory, *known):
    """What lies in a directory besides the known names."""
    return sorted(set(os.listdir(directory)) - set(known))


def one_sentence(text):
    """Our errors are one line with the program's name."""
    return re.fullmatch(r"vmconnect-keygen: [^\n]+\n", text) is not None
