"""A program on a pseudo-terminal whose screen can be read (vtscreen.c).

    with Screen([program, ...], cols=80, rows=24, env={...}) as s:
        s.wait("Passphrase:")
        s.type("secret\\r")
        print(s.text())
        status = s.exit()
"""

import os
import subprocess

from servers import wait_for


class Screen:
    def __init__(self, argv, cols=80, rows=24, env=None):
        helper = os.path.join(os.environ.get("top_builddir", "."),
                              "tests/lib/vtscreen")
        environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8")
        environment.update(env or {})
        self.process = subprocess.Popen(
            [helper, str(cols), str(rows)] + [str(a) for a in argv],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=environment)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()

    def _order(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self._line()

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("vtscreen ended")
        return line.rstrip("\n")

    def type(self, text):
        data = text.encode() if isinstance(text, str) else text
        for i in range(0, len(data), 16384):
            self._order("send " + data[i:i + 16384].hex())

    def wait(self, text, seconds=20):
        """Wait until the screen contains the text; raises with the screen."""
        if self._order("wait %d %s" % (seconds * 1000,
                                       text.encode().hex())) != "yes":
            raise TimeoutError("no %r on the screen:\n%s"
                               % (text, self.text()))

    def says(self, words, seconds=20):
        """Wait for words of ours, wherever the lines are broken."""
        wait_for(lambda: words in " ".join(self.text().split()), seconds, words)

    def gone(self, text, seconds=20):
        if self._order("gone %d %s" % (seconds * 1000,
                                       text.encode().hex())) != "yes":
            raise TimeoutError("%r stays on the screen:\n%s"
                               % (text, self.text()))

    def _screen(self):
        head = self._order("screen").split(" ")
        rows = [bytes.fromhex(self._line()).decode("utf-8", "replace")
                for _ in range(int(head[0]))]
        return head, rows

    def rows(self):
        return self._screen()[1]

    def text(self):
        return "\n".join(self.rows())

    def cursor(self):
        """(row, column, visible), counted from zero."""
        head = self._screen()[0]
        return int(head[1]), int(head[2]), head[3] == "1"

    def title(self):
        return bytes.fromhex(self._screen()[0][4]).decode("utf-8", "replace")

    def cell(self, row, col):
        """(character, foreground, background, attributes) as numbers."""
        return tuple(int(x, 16)
                     for x in self._order("cell %d %d" % (row, col)).split())

    def modes(self):
        names = ("alternate", "mouse", "paste", "canonical", "echo")
        return dict(zip(names, (x == "1"
                                for x in self._order("modes").split())))

    def resize(self, cols, rows):
        self._order("size %d %d" % (cols, rows))

    def signal(self, number):
        self._order("signal %d" % number)

    def exit(self, seconds=20):
        """The exit status, -N for a signal; what it shows if it goes on."""
        answer = self._order("exit %d" % (seconds * 1000))
        return self.text() if answer == "running" else int(answer)

    def output(self):
        """All bytes so far (the first MiB)."""
        return bytes.fromhex(self._order("output"))
