"""A security key in software: middleware that ssh-keygen and ssh-agent load
in place of a real token's (OpenSSH's sk-api.h), so that keys of the types sk-*
can be made and sign.  The key handle is the private key itself."""

import os
import subprocess

from servers import find_program

# The version is the program's own: it takes no other.
VERSIONS = ("0x000a0000", "0x00090000")

MIDDLEWARE = r"""
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ECDSA, ED25519 };

struct enrolled {
    uint8_t flags;
    uint8_t *public;
    size_t public_len;
    uint8_t *handle;
    size_t handle_len;
    uint8_t *signature;
    size_t signature_len;
    uint8_t *attestation;
    size_t attestation_len;
    uint8_t *authdata;
    size_t authdata_len;
};
struct signed_data {
    uint8_t flags;
    uint32_t counter;
    uint8_t *r;
    size_t r_len;
    uint8_t *s;
    size_t s_len;
};

uint32_t sk_api_version(void) { return API_VERSION; }

int sk_enroll(uint32_t alg, const uint8_t *challenge, size_t challenge_len,
              const char *application, uint8_t flags, const char *pin,
              void *options, struct enrolled **out)
{
    EVP_PKEY *key = alg == ECDSA ? EVP_EC_gen("P-256")
                                 : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    struct enrolled *e = calloc(1, sizeof *e);

    e->flags = flags;
    e->public_len = 65;
    e->public = calloc(1, e->public_len);
    if (alg == ECDSA)
        EVP_PKEY_get_octet_string_param(key, "encoded-pub-key", e->public, 65,
                                        &e->public_len);
    else
        EVP_PKEY_get_raw_public_key(key, e->public, &e->public_len);
    e->handle_len = i2d_PrivateKey(key, &e->handle);
    e->signature = calloc(1, 1);
    e->signature_len = 1;
    *out = e;
    return 0;
}

static void put(uint8_t **to, size_t *len, const BIGNUM *n)
{
    *len = BN_num_bytes(n);
    *to = malloc(*len);
    BN_bn2bin(n, *to);
}

int sk_sign(uint32_t alg, const uint8_t *data, size_t data_len,
            const char *application, const uint8_t *handle, size_t handle_len,
            uint8_t flags, const char *pin, void *options,
            struct signed_data **out)
{
    struct signed_data *s = calloc(1, sizeof *s);
    EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &handle, handle_len);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    uint8_t text[32 + 1 + 4 + 32], sig[128];
    const uint8_t *at = sig;
    size_t len = sizeof sig;
    ECDSA_SIG *rs;

    s->flags = flags;
    s->counter = 0x12345678;
    SHA256((const uint8_t *)application, strlen(application), text);
    memcpy(text + 32, (uint8_t[]){ flags, 0x12, 0x34, 0x56, 0x78 }, 5);
    SHA256(data, data_len, text + 37);
    EVP_DigestSignInit_ex(ctx, NULL, alg == ECDSA ? "SHA256" : NULL, NULL,
                          NULL, key, NULL);
    if (EVP_DigestSign(ctx, sig, &len, text, sizeof text) != 1)
        return -1;
    if (alg == ECDSA) {
        rs = d2i_ECDSA_SIG(NULL, &at, len);
        put(&s->r, &s->r_len, ECDSA_SIG_get0_r(rs));
        put(&s->s, &s->s_len, ECDSA_SIG_get0_s(rs));
    } else {
        s->r = malloc(len);
        memcpy(s->r, sig, len);
        s->r_len = len;
    }
    *out = s;
    return 0;
}

int sk_load_resident_keys(const char *pin, void *options, void *keys,
                          size_t *len)
{
    return -2;
}
"""


class Token:
    """.provider for SecurityKeyProvider; .key() makes key files."""

    def __init__(self, lab):
        self.lab = lab
        source = lab.write("token.c", MIDDLEWARE)
        compiler = os.environ.get("CC", "cc").split()
        self.provider = lab.path("token.so")
        for version in VERSIONS:
            subprocess.run(
                compiler + ["-shared", "-fPIC", "-w", "-o", self.provider,
                            "-DAPI_VERSION=" + version, source, "-lcrypto"],
                check=True)
            if self._make("ed25519-sk", lab.path("id_probe")).returncode == 0:
                return
        raise RuntimeError("no version of the security key API fits ssh-keygen")

    def _make(self, kind, path, passphrase="", **more):
        return subprocess.run(
            [find_program("ssh-keygen"), "-q", "-t", kind, "-N", passphrase,
             "-C", "token", "-f", path, "-w", self.provider],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **more)

    def key(self, kind, passphrase=""):
        self.lab.count += 1
        path = self.lab.path("id_%s_%d" % (kind, self.lab.count))
        self._make(kind, path, passphrase, check=True)
        return path
