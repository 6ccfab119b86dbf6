"""An RSA key of 16384 bits, the longest that OpenSSH takes, end to end.

To find its primes would take minutes.  Two of 8192 bits are well known: those
of RFC 3526 and RFC 7919, which openssl has by name.
"""

import base64
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/lib"))
from client import Client, checks
from servers import Lab, Tap, find_program

tap = Tap()
logs_in, fails = checks(tap)
E = 65537


def known_prime(name):
    """The first INTEGER of the parameters (PKCS#3)."""
    pem = subprocess.run(
        [find_program("openssl"), "genpkey", "-genparam", "-algorithm", "DH",
         "-pkeyopt", "group:" + name], stdout=subprocess.PIPE,
        check=True).stdout
    der = base64.b64decode(b"".join(pem.splitlines()[1:-1]))
    at = der.index(b"\x02\x82")
    length = int.from_bytes(der[at + 2:at + 4], "big")
    return int.from_bytes(der[at + 4:at + 4 + length], "big")


def element(tag, contents):
    n = len(contents)
    if n < 128:
        return bytes([tag, n]) + contents
    length = n.to_bytes((n.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 + len(length)]) + length + contents


def pkcs1():
    """RFC 8017 A.1.2."""
    p, q = known_prime("modp_8192"), known_prime("ffdhe8192")
    d = pow(E, -1, (p - 1) * (q - 1))
    numbers = (0, p * q, E, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    der = element(0x30, b"".join(
        element(2, n.to_bytes(n.bit_length() // 8 + 1, "big"))
        for n in numbers))
    return ("-----BEGIN RSA PRIVATE KEY-----\n%s"
            "-----END RSA PRIVATE KEY-----\n"
            % base64.encodebytes(der).decode())


def convert(lab, key):
    """The same key in the other formats, and KEY.pub."""
    with open(key + ".pub", "wb") as f:
        subprocess.run([find_program("ssh-keygen"), "-y", "-f", key], stdout=f,
                       check=True)
    openssh, ppk = lab.path("large"), lab.path("large.ppk")
    with open(key) as f:
        lab.write("large", f.read())
    subprocess.run([find_program("ssh-keygen"), "-q", "-p", "-P", "", "-N", "",
                    "-f", openssh], stdout=subprocess.DEVNULL, check=True)
    subprocess.run([find_program("puttygen"), key, "-O", "private", "-o", ppk],
                   check=True)
    return openssh, ppk


def main():
    with Lab() as lab:
        key = lab.write("large.pem", pkcs1())
        openssh, ppk = convert(lab, key)
        client = Client(lab, lab.sshd([key]))
        for path in (key, openssh, ppk):
            logs_in(client, os.path.basename(path), "-v", key=path,
                    says="(rsa-sha2-512)")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
