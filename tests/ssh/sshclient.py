"""ssh-client under a test's control: its streams, its events, its orders."""

import os
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from servers import user, wait_for  # noqa: E402

PROGRAM = os.path.join(os.environ.get("top_builddir", "."),
                       "tests/ssh/ssh-client")
LEAKS = "suppressions=%s:print_suppressions=0" % os.path.join(HERE,
                                                              "lsan.supp")
SECONDS = 60  # for one run, also under the sanitizers


class Client:
    """A running ssh-client.

    events   the lines so far; .out, .err the streams so far, as bytes
    """

    def __init__(self, *arguments, account=None):
        events_in, events_out = os.pipe()
        orders_in, self.orders = os.pipe()
        options, rest = list(arguments[:-1]), arguments[-1]
        rest = list(rest) if isinstance(rest, (list, tuple)) else [rest]
        rest.insert(1, account or user())
        argv = [PROGRAM, "-E", events_out, "-O", orders_in] + options + rest
        self.process = subprocess.Popen(
            [str(a) for a in argv], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            pass_fds=[events_out, orders_in],
            env=dict(os.environ, LSAN_OPTIONS=LEAKS))
        os.close(events_out)
        os.close(orders_in)
        self.events_text, self.out, self.err = b"", b"", b""
        self.threads = [
            self._collect(os.fdopen(events_in, "rb", 0), "events_text"),
            self._collect(self.process.stdout, "out"),
            self._collect(self.process.stderr, "err")]

    def _collect(self, stream, name):
        def work():
            with stream:
                while True:
                    data = stream.read(65536) if name == "events_text" \
                        else stream.read1(65536)
                    if not data:
                        return
                    setattr(self, name, getattr(self, name) + data)
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    @property
    def events(self):
        return self.events_text.decode("utf-8", "replace").splitlines()

    def event(self, start):
        """The rest of the first event that begins so, or None."""
        for line in self.events:
            if line.startswith(start):
                return line[len(start):].strip()
        return None

    def wait_event(self, start):
        wait_for(lambda: self.event(start) is not None, SECONDS, start)
        return self.event(start)

    def wait_out(self, text):
        wait_for(lambda: text in self.out, SECONDS, text)

    def send(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def order(self, line):
        os.write(self.orders, line.encode() + b"\n")

    def finish(self, data=b"", close=True, patience=None, then=None):
        """Give the rest of the input and its end; wait; the exit status.
        With patience, then() is called if it is not over in so many
        seconds."""
        try:
            if data:
                self.send(data)
            if close:
                self.process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            if patience:
                self.process.wait(patience)
        except subprocess.TimeoutExpired:
            then()
        try:
            status = self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            status = "stuck"
        for thread in self.threads:
            thread.join(SECONDS)
        os.close(self.orders)
        self.status = status
        return status

    def story(self):
        """Everything, for a failed test."""
        return "status %s\n%s\nout: %r\nerr: %s" % (
            self.status, "\n".join(self.events), self.out[:300],
            self.err.decode("utf-8", "replace")[-4000:])


def run(*arguments, data=b"", **how):
    client = Client(*arguments, **how)
    client.finish(data)
    return client
