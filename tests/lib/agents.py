"""SSH agents for the tests: the real one, and ones that are none."""

import base64
import os
import socket
import struct
import subprocess
import threading

from servers import find_program, wait_for


class Agent:
    """ssh-agent in the foreground on a socket of its own."""

    def __init__(self, lab, name="agent", options=(), **env):
        self.socket = lab.path(name)
        self.process = subprocess.Popen(
            [find_program("ssh-agent"), "-D", "-a", self.socket] +
            list(options), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, env=dict(os.environ, **env))
        lab.started.append(self)
        wait_for(self._listens, what="ssh-agent")

    def _listens(self):
        """The socket is there a moment before anybody listens at it."""
        with socket.socket(socket.AF_UNIX) as s:
            return s.connect_ex(self.socket) == 0

    def add(self, *words, passphrase=""):
        """ssh-add with these words; the passphrase comes by SSH_ASKPASS."""
        askpass = self.socket + ".askpass"
        with open(askpass, "w") as f:
            f.write("#!/bin/sh\nprintf '%s\\n' \"$TEST_PASSPHRASE\"\n")
        os.chmod(askpass, 0o700)
        subprocess.run([find_program("ssh-add"), "-q"] + list(words),
                       check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       env=dict(os.environ, SSH_AUTH_SOCK=self.socket,
                                SSH_ASKPASS=askpass,
                                SSH_ASKPASS_REQUIRE="force",
                                DISPLAY=os.environ.get("DISPLAY", ":none"),
                                TEST_PASSPHRASE=passphrase))

    def stop(self):
        self.process.terminate()
        self.process.wait()


def string(data):
    return struct.pack(">I", len(data)) + data


def blob_of(key):
    with open(key + ".pub") as f:
        return base64.b64decode(f.read().split()[1])


# ---- what an agent that is none may do when it is asked ----

def hangs(s):
    while s.recv(4096):
        pass


def says(data):
    def answer(s):
        s.sendall(data)
    return answer


class FakeAgent:
    """An agent that lists the given keys and answers a request to sign with
    whatever sign() gives, one to keep a key with what add() gives; list_answer
    replaces the list."""

    def __init__(self, lab, keys=(), sign=None, list_answer=None, add=None):
        lab.count += 1
        self.socket = lab.path("fake%d" % lab.count)
        self.keys, self.sign, self.list_answer = keys, sign, list_answer
        self.add = add
        self.asked, self.open = [], []
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.socket)
        self.listener.listen(5)
        threading.Thread(target=self._accept, daemon=True).start()
        lab.started.append(self)

    def _accept(self):
        while True:
            try:
                s = self.listener.accept()[0]
            except OSError:
                return
            self.open.append(s)
            threading.Thread(target=self._serve, args=(s,),
                             daemon=True).start()

    def _read(self, s, n):
        data = b""
        while len(data) < n:
            more = s.recv(n - len(data))
            if not more:
                raise OSError("the client hung up")
            data += more
        return data

    def _serve(self, s):
        try:
            while True:
                size = struct.unpack(">I", self._read(s, 4))[0]
                message = self._read(s, size)
                self.asked.append(message[0])
                if message[0] == 13:
                    self.sign(s)
                elif message[0] in (17, 25):
                    self.add(s)
                elif self.list_answer:
                    self.list_answer(s)
                else:
                    s.sendall(self.list())
        except OSError:
            pass
        finally:
            s.close()

    def list(self):
        body = b"\x0c" + struct.pack(">I", len(self.keys))
        for key in self.keys:
            body += string(blob_of(key)) + string(b"fake \x1b[2J key")
        return string(body)

    def stop(self):
        self.listener.close()
