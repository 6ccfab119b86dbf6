"""An SSH server that says in a login what no other says: RFC 4253 and 4252.

Only the standard library: curve25519-sha256, ssh-ed25519, aes128-ctr and
hmac-sha2-256.  Slow and without any secrecy worth the name; for loopback.

    def login(ssh):                     # after the login service was accepted
        user, method, rest = ssh.request()
        ssh.failure("password")
        ...
        ssh.success()
    peer = SshPeer(lab, login)          # .port, .host_keys, .errors

After ssh.success() every session is opened, and each program says "in"; what
is no shell ends well then, or as ending(ssh, channel) does it.
"""

import base64
import hashlib
import hmac
import os
import struct

MSG_DISCONNECT, MSG_EXT_INFO, MSG_SERVICE_ACCEPT = 1, 7, 6
MSG_KEXINIT, MSG_NEWKEYS = 20, 21
MSG_REQUEST, MSG_FAILURE, MSG_SUCCESS, MSG_BANNER = 50, 51, 52, 53
MSG_CHANGEREQ = MSG_PK_OK = 60


# ---- curve25519 (RFC 7748) and Ed25519 (RFC 8032) ----

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202


def x25519(scalar, point):
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    n = int.from_bytes(k, "little")
    u = int.from_bytes(point, "little") % 2 ** 255
    a, b, c, d = 1, 0, u, 1
    for bit in range(254, -1, -1):
        swap = n >> bit & 1
        if swap:
            a, b, c, d = c, d, a, b
        aa, bb = (a + b) ** 2 % P, (a - b) ** 2 % P
        e, da, cb = aa - bb, (c - d) * (a + b), (c + d) * (a - b)
        a, b = aa * bb % P, e * (aa + 121665 * e) % P
        c, d = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        if swap:
            a, b, c, d = c, d, a, b
    return (a * pow(b, P - 2, P) % P).to_bytes(32, "little")


def add(p, q):
    x1, y1, x2, y2 = *p, *q
    t = D * x1 * x2 * y1 * y2
    return ((x1 * y2 + x2 * y1) * pow(1 + t, P - 2, P) % P,
            (y1 * y2 + x1 * x2) * pow(1 - t, P - 2, P) % P)


def multiply(n):
    """n times the base point, encoded."""
    result, p = (0, 1), (BASE_X, BASE_Y)
    while n:
        if n & 1:
            result = add(result, p)
        p = add(p, p)
        n >>= 1
    return (result[1] | (result[0] & 1) << 255).to_bytes(32, "little")


def sha512_number(data):
    return int.from_bytes(hashlib.sha512(data).digest(), "little")


class HostKey:
    def __init__(self):
        h = hashlib.sha512(os.urandom(32)).digest()
        self.prefix = h[32:]
        self.a = int.from_bytes(h[:32], "little") & (1 << 254) - 8 | 1 << 254
        self.public = multiply(self.a)
        self.blob = string("ssh-ed25519") + string(self.public)

    def sign(self, data):
        r = sha512_number(self.prefix + data) % L
        point = multiply(r)
        k = sha512_number(point + self.public + data)
        s = (r + k * self.a) % L
        return point + s.to_bytes(32, "little")


# ---- AES-128 in counter mode (FIPS 197) ----

def make_sbox():
    box, p, q = [0] * 256, 1, 1
    while True:
        p ^= p << 1 ^ (0x11b if p & 0x80 else 0)
        for shift in (1, 2, 4):
            q ^= q << shift
        q = q & 0xff ^ (0x09 if q & 0x80 else 0)
        x = q ^ q << 1 ^ q << 2 ^ q << 3 ^ q << 4
        box[p] = (x ^ x >> 8) & 0xff ^ 0x63
        if p == 1:
            box[0] = 0x63
            return box


SBOX = make_sbox()
TWICE = [x << 1 ^ (0x11b if x & 0x80 else 0) for x in range(256)]


def expand(key):
    words, rcon = [list(key[i:i + 4]) for i in range(0, 16, 4)], 1
    for i in range(4, 44):
        w = list(words[-1])
        if i % 4 == 0:
            w = [SBOX[x] for x in w[1:] + w[:1]]
            w[0] ^= rcon
            rcon = TWICE[rcon]
        words.append([x ^ y for x, y in zip(w, words[i - 4])])
    return [sum(words[i:i + 4], []) for i in range(0, 44, 4)]


def encrypt_block(keys, block):
    s = [x ^ k for x, k in zip(block, keys[0])]
    for n, key in enumerate(keys[1:], 1):
        s = [SBOX[s[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if n != 10:
            mixed = []
            for c in (s[i:i + 4] for i in range(0, 16, 4)):
                every = c[0] ^ c[1] ^ c[2] ^ c[3]
                mixed += [c[i] ^ every ^ TWICE[c[i] ^ c[(i + 1) % 4]]
                          for i in range(4)]
            s = mixed
        s = [x ^ k for x, k in zip(s, key)]
    return bytes(s)


class Counter:
    """One direction's key stream."""

    def __init__(self, key, iv):
        self.keys, self.counter = expand(key), int.from_bytes(iv, "big")
        self.stream = b""

    def crypt(self, data):
        while len(self.stream) < len(data):
            self.stream += encrypt_block(self.keys,
                                         self.counter.to_bytes(16, "big"))
            self.counter = (self.counter + 1) % 2 ** 128
        stream, self.stream = self.stream[:len(data)], self.stream[len(data):]
        return bytes(x ^ y for x, y in zip(data, stream))


# ---- SSH's data types (RFC 4251 section 5) ----

def string(data):
    data = data.encode() if isinstance(data, str) else data
    return struct.pack(">I", len(data)) + data


def mpint(n):
    return string(n.to_bytes(n.bit_length() // 8 + 1, "big"))


class Reader:
    def __init__(self, data):
        self.data = data

    def take(self, n):
        if n > len(self.data):
            raise ValueError("a packet of the client's is too short")
        taken, self.data = self.data[:n], self.data[n:]
        return taken

    def byte(self):
        return self.take(1)[0]

    def string(self):
        return self.take(struct.unpack(">I", self.take(4))[0])


# ---- one connection ----

class Connection:
    def __init__(self, sock, host_key, signatures, ident):
        self.sock, self.host_key, self.signatures = sock, host_key, signatures
        self.ident = ident.encode()
        self.sent = self.received = 0
        self.out = self.into = None  # (cipher, MAC key), each way
        self.held = None  # packets that are to go in one piece

    def _exactly(self, n):
        data = b""
        while len(data) < n:
            more = self.sock.recv(n - len(data))
            if not more:
                raise ConnectionError("the client has gone")
            data += more
        return data

    def send(self, payload):
        block = 16 if self.out else 8
        padding = block - (5 + len(payload)) % block
        padding += block if padding < 4 else 0
        packet = struct.pack(">IB", 1 + len(payload) + padding, padding) + \
            payload + bytes(padding)
        if self.out:
            cipher, key = self.out
            mac = hmac.new(key, struct.pack(">I", self.sent) + packet,
                           hashlib.sha256).digest()
            packet = cipher.crypt(packet) + mac
        self.sent += 1
        if self.held is None:
            self.sock.sendall(packet)
        else:
            self.held += packet

    def receive(self):
        """A packet's payload; what asks for nothing is passed over."""
        while True:
            payload = self._receive_any()
            if payload[0] == MSG_DISCONNECT:
                raise ConnectionError("the client says goodbye")
            if payload[0] not in (2, 3, 4):
                return payload

    def _receive_any(self):
        size = 16 if self.into else 8
        packet = self._exactly(size)
        if self.into:
            packet = self.into[0].crypt(packet)
        rest = self._exactly(struct.unpack(">I", packet[:4])[0] + 4 - size)
        if self.into:
            rest = self.into[0].crypt(rest)
        packet += rest
        if self.into:
            mac = hmac.new(self.into[1],
                           struct.pack(">I", self.received) + packet,
                           hashlib.sha256).digest()
            if self._exactly(32) != mac:
                raise ValueError("the client's MAC is wrong")
        self.received += 1
        return packet[5:len(packet) - packet[4]]

    def begin(self):
        """To where the login service is accepted."""
        mine = self.ident
        self.sock.sendall(mine + b"\r\n")
        theirs = b""
        while not theirs.endswith(b"\n"):
            theirs += self._exactly(1)
        lists = ["curve25519-sha256", "ssh-ed25519"] + ["aes128-ctr"] * 2 + \
            ["hmac-sha2-256"] * 2 + ["none"] * 2 + [""] * 2
        kexinit = bytes([MSG_KEXINIT]) + os.urandom(16) + \
            b"".join(string(names) for names in lists) + bytes(5)
        self.send(kexinit)
        client_kexinit = self.receive()
        client = Reader(self.receive()[1:]).string()
        secret = os.urandom(32)
        public = x25519(secret, (9).to_bytes(32, "little"))
        shared = mpint(int.from_bytes(x25519(secret, client), "big"))
        h = hashlib.sha256(b"".join(map(string, (
            theirs.rstrip(), mine, client_kexinit, kexinit,
            self.host_key.blob, client, public))) + shared).digest()
        signature = string("ssh-ed25519") + string(self.host_key.sign(h))
        self.send(bytes([31]) + string(self.host_key.blob) + string(public) +
                  string(signature))
        self.send(bytes([MSG_NEWKEYS]))

        def key(letter, size):
            return hashlib.sha256(shared + h + letter + h).digest()[:size]
        self.out = Counter(key(b"D", 16), key(b"B", 16)), key(b"F", 32)
        if self.signatures is not None:
            self.send(bytes([MSG_EXT_INFO]) + struct.pack(">I", 1) +
                      string("server-sig-algs") + string(self.signatures))
        if self.receive()[0] != MSG_NEWKEYS:
            raise ValueError("the client sends no NEWKEYS")
        self.into = Counter(key(b"C", 16), key(b"A", 16)), key(b"E", 32)
        service = Reader(self.receive()[1:]).string()
        self.send(bytes([MSG_SERVICE_ACCEPT]) + string(service))

    # ---- the login (RFC 4252) ----

    def request(self):
        """The next request: (user, method, what follows, a Reader)."""
        r = Reader(self.receive())
        if r.byte() != MSG_REQUEST:
            raise ValueError("the client sends no login request")
        user, _, method = r.string(), r.string(), r.string()
        return user.decode(), method.decode(), r

    def failure(self, methods, partial=False):
        self.send(bytes([MSG_FAILURE]) + string(methods) + bytes([partial]))

    def success(self):
        self.send(bytes([MSG_SUCCESS]))

    def banner(self, text):
        self.send(bytes([MSG_BANNER]) + string(text) + string(""))

    def key_is_good(self, algorithm, blob):
        self.send(bytes([MSG_PK_OK]) + string(algorithm) + string(blob))

    def want_new_password(self, text):
        self.send(bytes([MSG_CHANGEREQ]) + string(text) + string(""))

    # ---- the session (RFC 4254) ----

    def end_well(self, channel):
        self.send(bytes([98]) + channel + string("exit-status") + bytes(5))
        self.send(bytes([96]) + channel)
        self.send(bytes([97]) + channel)

    def serve(self, ending, at_once):
        channel = None
        while True:
            r = Reader(self.receive())
            kind = r.byte()
            if kind == 90:
                r.string()
                channel = r.take(4)
                self.send(bytes([91]) + channel + struct.pack(
                    ">III", 0, 1 << 20, 1 << 15))
            elif kind == 98:
                r.take(4)
                name, reply = r.string(), r.byte()
                if name == b"env":
                    self.env.append((r.string() + b"=" + r.string()).decode())
                if name == b"exec" and at_once:
                    self.held = b""
                if reply:
                    self.send(bytes([99]) + channel)
                if name in (b"exec", b"shell") and self.held is None:
                    self.send(bytes([94]) + channel + string("in\n"))
                if name == b"exec":
                    ending(self, channel)
                if self.held is not None:
                    self.sock.sendall(self.held)
                    self.held = None
            elif kind == 97 and not at_once:
                return  # else the client is to end it, as with sshd


class SshPeer:
    """It listens until the lab ends.  signatures is its server-sig-algs,
    ident its identification string, env what it was sent; at_once: a command prints nothing, and
    its start and its end come in one piece."""

    def __init__(self, lab, login, signatures=None, ident="SSH-2.0-peer",
                 ending=Connection.end_well, at_once=False):
        self.login, self.signatures, self.ident = login, signatures, ident
        self.ending, self.at_once = ending, at_once
        self.host_key, self.errors, self.env = HostKey(), [], []
        lab.count += 1
        path = lab.path("peer%d" % lab.count)
        lab.write(path + ".pub", "ssh-ed25519 %s peer\n" % base64.b64encode(
            self.host_key.blob).decode())
        self.host_keys = [path]
        self.port = lab.peer(self._serve).port

    def _serve(self, sock):
        ssh = Connection(sock, self.host_key, self.signatures, self.ident)
        ssh.env = self.env
        try:
            ssh.begin()
            self.login(ssh)
            ssh.serve(self.ending, self.at_once)
        except ConnectionError:
            pass
        except (ValueError, AssertionError) as error:
            self.errors.append(str(error))
