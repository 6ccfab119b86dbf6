"""The full screen against real servers: questions, shell, keys, loss."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, client_for, harmless
from screen import Screen
from servers import Lab, find_program, user, wait_for
from session import becomes, check, tap
from sshpeer import SshPeer


def shell(s):
    """Bring the shell to a state that does not depend on the account."""
    s.wait("Ctrl-] menu")
    s.type("clear; echo le''ft; exec env -i TERM=$TERM HOME=/ LC_ALL=C.UTF-8 "
           "PATH=$PATH PS1='ready> ' sh\r")
    s.wait("left\nready>")
    s.type("clear; echo be''gin\r")
    s.wait("begin\nready>")


def first_login(lab):
    key = lab.key("ed25519", passphrase="correct horse")
    sshd = lab.sshd(authorized=[key])
    client = Client(lab, key=key)
    client.server = sshd
    with client.screen() as s:
        s.wait("Unknown host key")
        s.wait("Your answer:")
        check("SHA256:" in s.text(), "the host key question", s)
        s.type("what\r")
        s.wait("Type one of the answers")
        s.type("a\r")
        s.wait("Passphrase:")
        check("correct" not in s.text(), "the passphrase question", s)
        s.type("wrong\r")
        s.wait("Wrong passphrase. Try 2 of 3.")
        s.type("correct horse\r")
        shell(s)
        check("correct horse" not in s.output().decode("utf-8", "replace"),
              "the passphrase is never shown", s)
        s.type("exit 5\r")
        tap.equal(s.exit(), 5, "the shell's exit status")
        modes = s.modes()
        tap.ok(modes["canonical"] and modes["echo"] and
               not modes["alternate"] and not modes["mouse"] and
               not modes["paste"], "the terminal is as it was", modes)
        s.wait("Connection to %s@127.0.0.1 closed." % user())
        tap.ok(True, "one line says that it closed")
    with open(client.known_hosts) as f:
        tap.ok("[127.0.0.1]:%d" % sshd.port in f.read(), "the key is known now")
    return client


def cancels(client):
    with client.screen() as s:
        s.wait("Passphrase:")
        s.type("\x1b")
        tap.equal(s.exit(), 255, "Esc cancels the passphrase question")
        s.wait("cancelled")
        tap.ok(s.modes()["echo"], "and gives the terminal back")
    with client.screen() as s:
        s.wait("Passphrase:")
        s.type("\x03")
        tap.equal(s.exit(), 255, "Ctrl-C does too")
    with client.screen() as s:
        for i in range(3):
            s.wait("Passphrase:")
            s.wait("Try %d of 3" % (i + 1) if i else "The server takes")
            s.type("wrong%d\r" % i)
        tap.equal(s.exit(), 255, "three wrong passphrases end it")
        s.wait("wrong passphrase, 3 times")


def refused(lab):
    """What was said before a login failed must outlive the full screen."""
    banner = lab.write("banner", "\033[1;31mLog in\033[0m as the user admin.\n")
    sshd = lab.sshd(options=["Banner " + banner])
    client = Client(lab, key=lab.key("ed25519"))
    client.know(sshd)
    client.server = sshd
    with client.screen("-v") as s:
        s.wait("[Y/n]")
        s.type("n\r")
        tap.equal(s.exit(), 255, "a refused key ends it")
        s.says("would still take:")
        text = s.text()
        told = [text.find(words) for words in
                ("Connected to", "The server says:\n  Log in as the user admin.",
                 "The server refused",
                 "vmconnect: ")]
        check(-1 not in told and told == sorted(told),
              "the banner and the notes stay, the error last", s, told)


def putty_key(lab):
    """An RSA key that PuTTYgen made and encrypted: PPK 3."""
    plain, word = lab.key("rsa", bits=2048, comment="clé"), lab.path("word")
    ppk = plain + ".ppk"
    with open(word, "w") as f:
        f.write("pa$$ wörd")
    subprocess.run([find_program("puttygen"), plain, "--new-passphrase", word,
                    "-O", "private", "-o", ppk], check=True)
    client = Client(lab, key=ppk)
    client.server = lab.sshd(authorized=[plain])
    client.know(client.server)
    with client.screen() as s:
        s.wait("Passphrase:")
        check("RSA SHA256:" in s.text() and "clé" in s.text(),
              "PuTTY's key is shown before its passphrase", s)
        s.type("pa$$\r")
        s.wait("Wrong passphrase. Try 2 of 3.")
        s.type("pa$$ wörd\r")
        shell(s)
        s.type("exit 3\r")
        tap.equal(s.exit(), 3, "PuTTY's key logs in")


def bar_below(lab, key):
    """A question has the status line below it, also where that is off."""
    client = Client(lab, key=key)
    client.server = lab.sshd(authorized=[key])
    with client.screen("-o", "StatusLine=no") as s:
        s.wait("Your answer:")
        becomes(s, lambda: "waiting for you" in s.text().split("\n")[-1],
                "an unknown host, with the status line off")
        s.type("o\r")
        becomes(s, lambda: "waiting for you" not in s.text(),
                "... and off again")
        s.type("\x1dc")
        becomes(s, lambda: "Copied" in s.text().split("\n")[-1],
                "what was done is said there, too")
        s.type("exit")
        becomes(s, lambda: "Copied" not in s.text(), "... until the next key")
        s.type("\r")
        s.exit()


def login_name(lab, key):
    """Asked for where no name can be tried, as without a key."""
    sshd = lab.sshd(options=lab.says_debian())
    client = Client(lab)
    client.know(sshd)
    client.server, client.to = sshd, "127.0.0.1"
    with client.screen() as s:
        s.wait("login as [debian]:")
        becomes(s, lambda: "No user is named for 127.0.0.1." in s.text(),
                "... with the reason")
        s.type("-oops\r")
        s.wait("cannot begin with a hyphen")
        tap.ok(True, "what is no name is asked for again")
        s.type(user() + "\r")
        tap.equal(s.exit(), 255, "a name may be typed")
        becomes(s, lambda: user() + "@127.0.0.1" in s.text(), "... and is used")
    with client.screen() as s:
        s.wait("login as [debian]:")
        s.type("\r")
        tap.equal(s.exit(), 255, "Enter takes the suggestion")
        becomes(s, lambda: "debian@127.0.0.1" in s.text(), "... which is used")
    client.key = key
    lab.authorize(sshd.authorized, [key])
    with client.screen("-o", "PreferredAuthentications=keyboard-interactive,"
                       "publickey") as s:
        s.wait("login as [debian]:")
        s.type(user() + "\r")
        shell(s)
        sshd.signal_children(signal.SIGKILL)
        s.wait("r reconnect  q quit")
        s.type("r")
        shell(s)
        tap.ok(True, "a reconnect does not ask for it again")
        s.type("exit\r")
        s.exit()


def hidden_half(lab):
    key = lab.key("ecdsa", passphrase="correct horse", options=("-m", "PKCS8"))
    sshd = lab.sshd(authorized=[key])
    os.remove(key + ".pub")
    client = Client(lab, key=key)
    client.know(sshd)
    client.server = sshd
    with client.screen() as s:
        s.wait("shows its public half only")
        s.type("wrong\r")
        s.wait("Try 2 of 3")
        s.type("correct horse\r")
        shell(s)
        tap.ok(True, "a hidden public half: the passphrase is asked once")
        s.type("exit\r")
        s.exit()


def help_before_question(lab, secret):
    """Help is open when the passphrase question comes."""
    slow = lab.proxy(secret.server.port, delay=0.25)
    with secret.screen("-o", "HostKeyAlias=slow", "-o",
                       "StrictHostKeyChecking=accept-new",
                       port=slow.port) as s:
        s.wait("exchanging keys")
        s.type("\x1d?")
        s.wait("this connection")
        s.wait("Passphrase:")
        s.type("correct horse\r")
        shell(s)
        tap.ok(True, "a question takes the place of the help")
        s.type("exit\r")
        s.exit()


def wrapped(client):
    """Notes are broken between words, as the screen is narrow."""
    with client.screen("-v", cols=44) as s:
        s.wait("menu")
        becomes(s, lambda: all(any(word in row for row in s.rows())
                               for word in ("curve25519-sha256,",
                                            "ssh-ed25519,", "exchange")),
                "-v: no word is torn")
        tap.ok(any("aes128-gcm" in row for row in s.rows()),
               "a terminal session's cipher needs no MAC beside it", s.rows())


def another_key(lab):
    """One that does not open is passed over, and the login goes on."""
    locked, key = lab.key(passphrase="correct horse"), lab.key()
    client = Client(lab, lab.sshd([locked, key]), locked)
    client.know(client.server)
    with client.screen("-i", key, "-o", "NumberOfPasswordPrompts=1",
                       cols=160) as s:
        s.wait("Passphrase:")
        s.type("wrong\r")
        s.wait("wrong passphrase, 1 time; if")
        s.wait("menu")
        tap.ok(True, "a key that is not opened does not end the login")


def ahead(lab):
    """Who types on after the passphrase types for the shell."""
    locked = lab.key(passphrase="correct horse")
    client = Client(lab, lab.sshd([locked]), locked)
    client.know(client.server)
    with client.screen() as s:
        s.wait("Passphrase:")
        s.type("correct horse\recho typed a''head\r")
        s.wait("typed ahead")
        tap.ok(True, "what is typed before the shell is there goes to it")
        s.type("exit\r")
        s.exit()


def terminal(client):
    with client.screen() as s:
        shell(s)
        s.type("tput setaf 1; echo red; tput sgr0; stty size; echo $TERM\r")
        s.wait("xterm-256color\nready>")
        check("23 80" in s.text(), "one row is the status line's", s)
        row = s.rows().index("red")
        tap.equal(s.cell(row, 0)[1], 0x01000001, "colours come through")
        s.resize(100, 30)
        s.type("clear; stty size\r")
        s.wait("29 100")
        tap.ok(True, "a resize reaches the shell")
        s.resize(40, 12)
        s.type("clear; stty size\r")
        s.wait("11 40")
        s.resize(80, 24)
        s.type("clear; printf '\\033]0;my title\\007'; echo h\u00e9\u4e2d\r")
        s.wait("h\u00e9\u4e2d\nready>")
        wait_for(lambda: "my title" in s.rows()[-1], what="the title")
        tap.ok(True, "UTF-8 both ways, and the title in the status line")
        s.type("printf '\\033]0;\\007\\033]7;file://vm/srv/my%%20dir\\007'\r")
        wait_for(lambda: "/srv/my dir" in s.rows()[-1]
                 and "my title" not in s.rows()[-1], what="the directory")
        tap.ok(True, "the shell's directory where there is no title")
        s.type("\x01\x0becho one\rclear; seq 1 200\r")
        s.wait("\n200\nready>")
        s.type("\x1b[5;2~")
        s.wait("lines back")
        check("\n178\n" in s.text() and "\n200\n" not in s.text(),
              "Shift-PgUp scrolls back", s)
        s.type("\x1b[6;2~")
        s.wait("\n200\nready>")
        s.type("\x1b[<64;10;10M")
        s.wait(" 3/178 lines back")
        tap.ok(True, "the wheel scrolls back")
        s.type("\x1b[A")
        s.wait(" 4/178 lines back")
        s.type("\x1b")
        s.gone("lines back")
        tap.ok(True, "Esc comes back")
        s.type("\x1b[<64;10;10M")
        s.wait(" 3/178 lines back")
        s.type("echo typed\r")
        s.wait("typed\nready>")
        check("lines back" not in s.text(), "typing returns", s)
        s.type("printf '\\033[?1049hal''ternate\\n'\r")
        s.wait("alternate\nready>")
        s.type("\x1b[5;2~")
        s.wait("Nothing is above this program's screen")
        tap.ok(True, "there is nothing above an alternate screen")
        s.type("\x1b[<64;10;10M")
        s.wait("ready> ^[[A^[[A^[[A")
        tap.ok(True, "the wheel is arrow keys there")
        s.type("\x15printf '\\033[?1007lno ke''ys\\n'\r")
        s.wait("no keys\nready>")
        s.type("\x1b[<64;10;10Mend")
        s.wait("ready> end")
        tap.ok(True, "unless the program wants none (mode 1007)")


def commands(client):
    with client.screen() as s:
        shell(s)
        s.type("\x1d")
        s.wait("keys and mouse")
        s.type("?")
        s.wait("Ctrl-] .")
        tap.ok(True, "Ctrl-] ? shows the keys")
        s.type("\x1b")
        s.gone("Ctrl-] .")
        s.type("seq 1 200\r")
        s.wait("\n200\nready>")
        s.type("\x1d\x1b[5~")
        s.wait(" 22/")
        tap.ok(True, "Ctrl-] PgUp says how far back")
        s.type("\x1b[F")
        s.wait("\n200\nready>")
        s.wait("Ctrl-] menu")
        s.type("\x1di")
        s.wait("Fingerprint")
        check("curve25519" in s.text(), "Ctrl-] i tells about the connection",
              s)
        s.type(" ")
        s.gone("Fingerprint")
        s.type("\x1ds")
        s.gone("Ctrl-] menu")
        s.type("clear; stty size\r")
        s.wait("24 80")
        tap.ok(True, "Ctrl-] s gives the row to the shell")
        s.type("\x1ds")
        s.wait("Ctrl-] menu")
        s.type("cat -v\r\x1d\x1d\r")
        s.wait("^]\n^]")  # its echo, and from cat
        tap.ok(True, "Ctrl-] Ctrl-] sends itself")
        s.type("\x03")
        s.wait("^C\nready>")
        keypad(s)
        told_apart(s)
        typed_ahead(s)
        s.type("\r~.")
        tap.equal(s.exit(), 255, "~. disconnects")
        tap.ok(s.modes()["echo"], "and gives the terminal back")
        s.wait("Disconnected from %s@127.0.0.1." % user())
        tap.ok(True, "and says so")
    with client.screen() as s:
        shell(s)
        s.type("\x1d.")
        tap.equal(s.exit(), 255, "Ctrl-] . disconnects")


def no_terminal(lab, client):
    """A server without PTYs: the terminal here echoes and ends lines."""
    server = lab.sshd([client.key], options=["PermitTTY no"])
    other = Client(lab, server, client.key)
    other.know(server)
    with other.screen() as s:
        s.wait("gives no terminal")
        wait_for(lambda: not s.modes()["alternate"] and s.modes()["echo"] and
                 s.modes()["canonical"], what="the terminal's own modes")
        tap.ok(True, "without a terminal there, the one here does its work")
        s.type("echo he''re\x7fe; exit 3\r")
        s.wait("\nhere\n")
        tap.equal(s.exit(), 3, "... and the shell works", s.text())
    client.know(client.server)


def silent_server(client):
    with client.screen() as s:
        shell(s)
        client.server.signal_children(signal.SIGSTOP)
        s.type("echo he''re\r")
        s.wait("no answer for ")
        tap.ok(True, "the status line tells that the server does not answer")
        client.server.signal_children(signal.SIGCONT)
        s.gone("no answer for ")
        s.wait("\nhere\n")
        tap.ok(True, "... until it does")
        s.type("\x1de")
        s.wait("There was no answer for ")
        tap.ok(True, "... and the event log, that it did not")


def silent_login(lab):
    key = lab.key(passphrase="correct horse")
    client = Client(lab, lab.sshd([key]), key)
    client.know(client.server)
    for cols, words in ((80, "logging in, no answer for "),
                        (40, " no answer ")):
        with client.screen(cols=cols) as s:
            s.wait("Passphrase:")
            client.server.signal_children(signal.SIGSTOP)
            s.type("correct horse\r")
            s.wait(words)
            tap.ok(True, "a login says how long the server is silent: %d" %
                   cols)
            client.server.signal_children(signal.SIGCONT)
            s.wait("Ctrl-] menu")


def silent_from_the_first(lab, client):
    """... and so do the stages before the login."""
    hold = threading.Event()
    for greeting, stage in ((b"", "no greeting yet"),
                            (b"SSH-2.0-slow\r\n", "exchanging keys")):
        def serve(sock, greeting=greeting):
            sock.sendall(greeting)
            hold.wait(60)
        peer = lab.peer(serve)
        for cols, words in ((80, stage + ", no answer for "),
                            (40, " no answer ")):
            with client.screen(cols=cols, port=peer.port) as s:
                s.wait(words)
                tap.ok(True, "%s: for how long, at %d columns" % (stage, cols))
    hold.set()


def keypad(s):
    """DECKPAM reaches the outer terminal, and its codes the server."""
    s.type("clear; printf '\\33='; cat -v\r")
    wait_for(lambda: b"\x1b=" in s.output(), what="DECKPAM")
    s.type("<\x1bOp\x1bOk>")
    s.wait("<^[Op^[Ok>")
    s.type("\x03")
    s.wait("^C\nready>")
    before = s.output().count(b"\x1b>")
    s.type("clear; printf '\\33>'; cat -v\r")
    wait_for(lambda: s.output().count(b"\x1b>") > before, what="DECKPNM")
    s.type("<\x1bOp\x1bOk>")
    s.wait("<0+>")
    tap.ok(True, "the keypad's mode is the application's")
    s.type("\x03")
    s.wait("^C\nready>")


def told_apart(s):
    """What a program asks of the keyboard is asked of the terminal outside,
    which answers for both; our own keys are known in every form."""
    s.type("clear; printf '\\33[>4;2m'; read x; printf '\\33[>4m'\r")
    wait_for(lambda: b"\x1b[>4;2m\x1b[>5u" in s.output(), what="XTMODKEYS")
    s.type("<\x1b[27;5;13~\x1b[105;5u\0\x1b[27;5;32~\x1b[32;2u>")
    s.wait("<^[[27;5;13~^[[27;5;105~^@^[[27;5;32~^[[27;2;32~>")
    s.type("<\x08\x1bP>|XTerm(379)\x1b\\\x08>")
    s.wait("<^[[27;5;104~^H>")
    check(b"\x1b[>q" in s.output(), "0x08 is Ctrl-Backspace in xterm", s)
    s.type("\x1b[93;5u")
    s.wait("Menu")
    s.type("\x1b[27u")
    s.gone("Menu")
    s.type("\r")
    s.wait("\nready>")
    tap.ok(True, "modifyOtherKeys is passed on")
    s.type("clear; printf '\\33[=10u'; read x\r")
    wait_for(lambda: b"\x1b[>4;2m\x1b[>31u" in s.output(),
             what="kitty's flags")
    s.type("\x08\x1b[97;;97u\x1b[97;1:3u\x1b[13;1u")
    s.wait("^[[127;5u^[[97u^[[97;1:3u^[[13u")
    tap.ok(True, "... and kitty's protocol, with releases")
    s.type("\x1b[98u\x1b[93;5u")
    s.wait("Menu")
    s.type("\x1b[98;1:3u\x1b[93;1:3u\x1b[27u")
    s.gone("Menu")
    s.type("\x1b[27;1:3u\x1b[99;1:3u\x1b[99u")
    s.wait("^[[99u")
    check("^[[13u^[[98u^[[98;1:3u^[[99u" in s.text(),
          "... which go where the press went", s)
    s.type("\x1b[57442;5u\x1b[93;5u\x1b[57442;5:3u\x1b[57441;2u")
    s.wait("Menu")
    s.type("\x1b[57441;2:3u")
    s.type("\x1b[27u")
    s.gone("Menu")
    s.type("\x1b[27;1:3u\x1b[100;129u")
    s.wait("100;129u")
    check("^[[99u^[[57442;5u^[[57442;5:3u^[[100;129u" in
          s.text().replace("\n", ""),
          "... also of a modifier alone; a box is not disturbed", s)
    s.type("\x1b[114;2:3u\x1b[93;5u")
    s.wait("Menu")
    before = s.output().count(b"\x1b[<u\x1b[>4m")
    s.type("R")
    s.gone("Menu")
    wait_for(lambda: s.output().count(b"\x1b[<u\x1b[>4m") > before,
             what="the usual keys")
    s.type("\x03")
    s.wait("\nready>")
    tap.ok(True, "... until it is reset")


def typed_ahead(s):
    """Esc and ":" at once, for a program that wants Alt as a number."""
    s.type("clear; printf '\\33[>4;2mlevel 2\\n'; head -n 1 | cat -v; "
           "printf '\\33[>4m'\r")
    s.wait("level 2\n")
    s.type("<\x1b:set\x1b[27;3;97~>\r")
    s.wait(">\nready>")
    check("\n<^[:set^[[27;3;97~>\nready>" in s.text(),
          "an ESC that may have been a key stays one", s)


def loss(lab, client):
    with client.screen() as s:
        shell(s)
        s.type("seq 1 30\r")
        s.wait("\n30\nready>")
        client.server.signal_children(signal.SIGKILL)
        s.wait("r reconnect  q quit")
        check("\n30\nready>" in s.text(), "the screen stays after a loss", s)
        check("Lost at" in s.text(), "it says since when", s)
        check("closed by server" in s.rows()[-1], "and why", s)
        s.type(paste(b"text"))
        s.wait("No session to paste into")
        check("r reconnect  q quit" in s.rows()[-1],
              "a paste goes nowhere, and that is told", s)
        s.type("r")
        s.wait("Ctrl-] menu")
        shell(s)
        tap.ok(True, "r connects again")
        client.server.signal_children(signal.SIGKILL)
        s.wait("r reconnect  q quit")
        s.type("q")
        tap.equal(s.exit(), 255, "q ends it")
        s.wait("vmconnect: %s@127.0.0.1: the server" % user())
        tap.ok(True, "and leaves the reason behind")


def is_stuck(proxy):
    """Has the way up taken its fill?  What still passes are window adjustments
    and, now and then, a piece of what is held back for a terminal."""
    before, end = proxy.up, time.monotonic() + 0.2
    while time.monotonic() < end:
        time.sleep(0.01)
    return before > 100000 and proxy.up - before < 40000


def asking_flood(lab, client):
    """A program asks for reports for ever and reads none of the answers."""
    proxy = lab.proxy(client.server.port)
    with client.screen("-o", "HostKeyAlias=flood", "-o",
                       "StrictHostKeyChecking=no", port=proxy.port) as s:
        shell(s)
        s.type("stty -echo raw; ask=$(printf '\\033[c%.0s' $(seq 100)); "
               "while :; do printf %s \"$ask\"; done\r")
        wait_for(lambda: is_stuck(proxy), what="a full channel")
        s.type("\x1d.")
        tap.equal(s.exit(), 255, "unread reports do not block the keyboard")


def paste(text):
    return b"\x1b[200~" + text + b"\x1b[201~"


def unread_paste(lab, client):
    """A program that does not read what is pasted, at first or ever."""
    text = os.urandom(1500000).hex().encode()
    with client.screen() as s:
        shell(s)
        s.type("stty raw -echo; echo wai''ting; until test -e %s; do sleep "
               "0.05; done; head -c %d | sha256sum\r"
               % (lab.path("go"), len(text)))
        s.wait("waiting")
        s.type(paste(text))
        s.wait("KB wait for the program")
        s.type("\x1d")
        s.wait("keys and mouse")
        tap.ok(True, "Ctrl-] is seen behind a paste that waits")
        s.type("\x1b")
        lab.write("go", "")
        s.wait(hashlib.sha256(text).hexdigest())
        tap.ok(True, "... which is read whole in the end")
        s.gone("KB wait for the program")
        s.type("\x1d.")
        s.exit()
    with client.screen() as s:
        shell(s)
        s.type("stty raw -echo; printf '\\033[?2004h'; echo wai''ting; sleep "
               "1000\r")
        s.wait("waiting")
        s.type(paste(bytes(20 << 20).replace(b"\0", b"x")))
        s.wait("The paste was cut")
        s.type("\x1d.")
        tap.equal(s.exit(), 255, "a paste without bounds is cut, and told")
    with client.screen("-o", "Scrollback=300000") as s:
        shell(s)
        s.type("stty raw -echo; head -c 17500000 /dev/zero | tr '\\0' x; "
               "printf '\\033[?2004h'; echo wai''ting; sleep 1000\r")
        s.wait("waiting")
        s.type("\x1dc")
        s.wait("Copied ")
        s.type("\x1d]")
        s.wait("The paste was cut")
        s.type("\x1d.")
        tap.equal(s.exit(), 255, "... also one that comes at once")


def killed(client):
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT,
                   signal.SIGUSR1, signal.SIGRTMIN, signal.SIGSEGV,
                   signal.SIGABRT):
        # AddressSanitizer would make an exit status of the crash.
        with client.screen(ASAN_OPTIONS="handle_segv=0") as s:
            shell(s)
            s.signal(number)
            name = signal.Signals(number).name
            tap.equal(s.exit(), -number, name + " ends it")
            modes = s.modes()
            tap.ok(modes["canonical"] and modes["echo"] and
                   not modes["alternate"] and not modes["mouse"],
                   name + ": the terminal is as it was", modes)


def suspended(client):
    """Under a shell with job control: without one nobody can be stopped."""
    command = " ".join("'%s'" % word for word in client.argv())
    with Screen(["sh", "-i"], env=client.environment(PS1="outer> ", ENV="")) as s:
        s.wait("outer>")
        s.type(command + "\r")
        shell(s)
        for before, stop, name in (
                ("", "\x1dz", "Ctrl-] z"), ("", "~\x1a", "~ Ctrl-Z"),
                (">4;2m", "~\x1b[122;5u", "~ Ctrl-Z, told apart")):
            s.type("clear; printf '\\33[%s'\r" % (before or "m"))
            s.wait("ready>")
            s.type("\r" + stop)
            s.wait("outer>")
            modes = s.modes()
            tap.ok(modes["echo"] and not modes["alternate"] and
                   not modes["mouse"], name + ": the terminal is free", modes)
            s.type("fg\r")
            s.wait("Ctrl-] menu")
            s.type("clear; echo a''gain\r")
            s.wait("again\nready>")
            tap.ok(True, "continued: all goes on")
        s.type("\x1d/aga")
        s.wait("Find text above (Ctrl-R regex): aga")
        s.type("\x1a")
        s.wait("outer>")
        s.type("fg\r")
        s.wait("Find text above (Ctrl-R regex): aga")
        s.type("\x1b")
        s.wait("Ctrl-] menu")
        tap.ok(True, "Ctrl-Z while a search is typed")
        s.type("exit\r")
        s.wait("outer>")


def with_command(client):
    """-t: a terminal on the server, but not the full screen."""
    with client.screen("-t", "stty size; until stty size | grep -q '^20 70'; "
                       "do sleep 0.05; done; echo resized; while read x; do "
                       "echo got $x; test \"$x\" != end || exit 5; done") as s:
        s.wait("24 80")
        s.resize(70, 20)
        s.wait("resized")
        s.type("one\r")
        s.wait("got one")
        tap.ok(True, "-t: size, resize and input reach the command")
        s.type("~?")
        s.wait("~ .")
        check("\n~ Ctrl-Z" in s.text(), "~? lists the keys, flush left", s)
        s.type("end\r")
        tap.equal(s.exit(), 5, "-t: its exit status")
        s.wait("Connection to %s@127.0.0.1 closed." % user())
        modes = s.modes()
        tap.ok(modes["canonical"] and modes["echo"],
               "-t: the terminal is as it was", modes)


def in_background(client):
    command = " ".join("'%s'" % word
                       for word in client.argv("echo b''g; sleep 0.1; exit 4"))
    with Screen(["sh", "-i"],
                env=client.environment(PS1="outer> ", ENV="")) as s:
        s.wait("outer>")
        s.type("clear; (%s; echo st''atus=$?) </dev/null &\r" % command)
        s.wait("status=4")
        tap.ok(True, "in the background it is not stopped")
        s.type("exit\r")
        s.exit()


def environments(client):
    for env in ({"TERM": "screen-256color"}, {"TERM": "linux"},
                {"TERM": "vt100"}, {"LC_ALL": "C"},
                {"TERM": "vt100", "LC_ALL": "C"}):
        with client.screen(**env) as s:
            shell(s)
            if "LC_ALL" in env:
                s.type("printf 'caf\\303\\251'; read x\r")
                s.wait("cafe")
                s.wait("Not all text is in this locale")
                tap.ok(True, "that a letter is another one")
                s.type("\rprintf '\\342\\202\\254again'; read x\r")
                s.wait("?again")
                s.type("\r")
            s.type("exit\r")
            tap.equal(s.exit(), 0, "works with %s" % env)
    with client.screen(TERM="dumb") as s:
        s.wait("going on without")
        s.wait("#" if os.getuid() == 0 else "$")
        s.type("exit 4\r")
        tap.equal(s.exit(), 4, "TERM=dumb: goes on without the full screen")


def erases(client):
    """tmux 3.3 forgets a colour where a wide character was half erased."""
    for env, may in (({}, True), ({"TMUX": "/nowhere,1,0"}, False)):
        with client.screen(TERM="xterm-256color", **env) as s:
            shell(s)
            s.type("clear; printf '\\33[3;30H\u30ad\u30e3\\33[5;1H'\r")
            s.wait("\u30ad\u30e3")
            s.type("printf '\\33[44m\\33[3;2H%29s|xx\\33[m\\33[6;1H'\r")
            s.wait("|xx")
            tap.equal(re.search(rb"\x1b\[\d+X", s.output()) is not None, may,
                      "characters are %serased" % ("" if may else "not "))


def connecting(lab, client):
    from servers import Peer
    hold = threading.Event()
    silent = Peer(lambda sock: hold.wait(60))
    lab.started.append(silent)
    with client.screen(port=silent.port) as s:
        s.wait("no greeting yet")
        s.type("\x03")
        tap.equal(s.exit(), 255, "Ctrl-C ends a silent key exchange")
        s.wait("cancelled")
    for cols, rows, words in (
            (80, 24, r" a-machine-with.*\u2026  no greeting yet  Ctrl-C cancel"),
            (40, 12, r" +no greeting yet +Ctrl-C cancel"),
            (30, 12, r" +no greeting yet +Ctrl-C")):
        with client.screen("-o", "HostName=127.0.0.1",
                           "user@a-machine-with-quite-a-long-name.in-a-zone."
                           "of.example.internal", cols=cols, rows=rows,
                           port=silent.port) as s:
            becomes(s, lambda: re.fullmatch(words, s.rows()[-1]),
                    "%dx%d: a long name leaves room for what is waited for, "
                    "and for how to stop that" % (cols, rows))
    with client.screen("-o", "ConnectTimeout=1", port=silent.port) as s:
        s.wait("Wait for it?")
        s.type("\r")
        tap.equal(s.exit(), 255, "ConnectTimeout covers the key exchange")
        check("127.0.0.1" in s.text(), "and says which host", s)
    hold.set()


def deep_colors(lab, key):
    """Told to the servers that take the variable."""
    def login(ssh):
        ssh.request()
        ssh.success()

    for ident, term, want in (
            ("OpenSSH_10.0p2 Debian-7", "truecolor", ["COLORTERM=truecolor"]),
            ("OpenSSH_10.0p2 Debian-7", "", []),
            ("OpenSSH_9.2p1 Debian-2", "truecolor", [])):
        peer = SshPeer(lab, login, ident="SSH-2.0-" + ident)
        client = client_for(lab, peer, key)
        with client.screen(COLORTERM=term, TERM="xterm-256color") as s:
            s.wait("in\n")
            tap.equal([v for v in peer.env if v.startswith("COLOR")], want,
                      "%s, COLORTERM=%s" % (ident, term))


def main():
    with Lab() as lab:
        secret = first_login(lab)
        cancels(secret)
        refused(lab)
        putty_key(lab)
        help_before_question(lab, secret)
        hidden_half(lab)
        key = lab.key("ed25519")
        bar_below(lab, key)
        deep_colors(lab, key)
        login_name(lab, key)
        another_key(lab)
        ahead(lab)
        silent_login(lab)
        sshd = lab.sshd(authorized=[key])
        client = Client(lab, key=key)
        client.server = sshd
        client.know(sshd)
        wrapped(client)
        terminal(client)
        commands(client)
        no_terminal(lab, client)
        silent_server(client)
        silent_from_the_first(lab, client)
        loss(lab, client)
        asking_flood(lab, client)
        unread_paste(lab, client)
        killed(client)
        suspended(client)
        with_command(client)
        in_background(client)
        environments(client)
        erases(client)
        connecting(lab, client)
    return tap.done()


sys.exit(main())
