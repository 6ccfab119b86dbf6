#include "ssh/algorithms.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "base/wire.h"

/*
 * Left out on purpose: everything with SHA-1, MD5, CBC or DSA; DH group
 * exchange and chacha20-poly1305, which libssh2 1.11 gets wrong; host
 * certificates, whose authority libssh2 does not check.  One list serves
 * both directions: 1.11 fails with AES-GCM one way only.
 */
static const char *const kex_names[] = {
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "ecdh-sha2-nistp521",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
    "diffie-hellman-group14-sha256",
    NULL,
};
static const char *const host_key_names[] = {
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
    "rsa-sha2-256",
    NULL,
};
/*
 * libssh2 ciphers 16 bytes per call, so the rounds count: 10 of AES-128, 14
 * of AES-256, 7% of a download's time.  Nobody breaks either.  Which of GCM
 * and CTR with a MAC costs less is the machine's matter.
 */
static const char *const ciphers_gcm_first[] = {
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "aes128-ctr",
    "aes192-ctr",
    "aes256-ctr",
    NULL,
};
static const char *const ciphers_ctr_first[] = {
    "aes128-ctr",
    "aes192-ctr",
    "aes256-ctr",
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    NULL,
};
static const char *const mac_names[] = {
    "hmac-sha2-256-etm@openssh.com",
    "hmac-sha2-512-etm@openssh.com",
    "hmac-sha2-256",
    "hmac-sha2-512",
    NULL,
};
static const char *const no_compression[] = { "none", NULL };
static const char *const with_compression[] = { "zlib@openssh.com", "none",
                                                NULL };

static const struct {
    const char *title; /* "key exchange", for a sentence */
    const char *const *names;
} sorts[SSH_ALGS] = {
    [SSH_ALG_KEX] = { "key exchange", kex_names },
    [SSH_ALG_HOST_KEY] = { "host key", host_key_names },
    [SSH_ALG_CIPHER] = { "cipher", ciphers_gcm_first },
    [SSH_ALG_MAC] = { "integrity check (MAC)", mac_names },
    [SSH_ALG_COMPRESSION] = { "compression", no_compression },
};

static const char *const *names_of(enum ssh_algorithm sort,
                                   const struct ssh_preferences *prefer)
{
    if (sort == SSH_ALG_COMPRESSION && prefer->compression)
        return with_compression;
    if (sort == SSH_ALG_CIPHER && prefer->ctr_first)
        return ciphers_ctr_first;
    return sorts[sort].names;
}

static const char *const weak_signatures[] = {
    "ssh-rsa", "ssh-rsa-cert-v01@openssh.com",
    "ssh-dss", "ssh-dss-cert-v01@openssh.com",
    NULL,
};

static bool is_one_of(const char *const *names, const char *s, size_t n)
{
    for (; *names != NULL; names++)
        if (strlen(*names) == n && memcmp(*names, s, n) == 0)
            return true;
    return false;
}

/* An RSA key signs with either of two algorithms (RFC 8332). */
static bool key_makes(const char *key_type, const char *algorithm)
{
    if (strcmp(key_type, "ssh-rsa") == 0)
        return strncmp(algorithm, "rsa-sha2-", 9) == 0;
    return strcmp(key_type, algorithm) == 0;
}

static bool is_known(const char *algorithm,
                     const struct ssh_preferences *prefer)
{
    size_t i;

    for (i = 0; i < prefer->known_len; i++)
        if (key_makes(prefer->known[i], algorithm))
            return true;
    return false;
}

/* Those host key algorithms that are known, or those that are not. */
static void put_host_keys(struct buf *out, const struct ssh_preferences *prefer,
                          bool known)
{
    const char *const *name;

    for (name = host_key_names; *name != NULL; name++)
        if (is_known(*name, prefer) == known)
            buf_printf(out, "%s%s", out->len != 0 ? "," : "", *name);
}

void ssh_algorithms_list(struct buf *out, enum ssh_algorithm sort,
                         const struct ssh_preferences *prefer)
{
    const char *const *name;

    if (sort == SSH_ALG_HOST_KEY) {
        put_host_keys(out, prefer, true);
        put_host_keys(out, prefer, false);
        return;
    }
    for (name = names_of(sort, prefer); *name != NULL; name++)
        buf_printf(out, "%s%s", out->len != 0 ? "," : "", *name);
}

bool ssh_algorithms_allow(enum ssh_algorithm sort, const char *name)
{
    return is_one_of(sorts[sort].names, name, strlen(name));
}

bool ssh_algorithms_weak_signature(const char *name)
{
    return is_one_of(weak_signatures, name, strlen(name));
}

/* The next name of a comma-separated list, which begins behind it then. */
static bool take_name(struct wire_bytes *list, struct wire_bytes *name)
{
    const uint8_t *comma;
    size_t taken;

    if (list->len == 0)
        return false;
    comma = memchr(list->data, ',', list->len);
    *name = *list;
    if (comma != NULL)
        name->len = (size_t)(comma - list->data);
    taken = name->len + (comma != NULL);
    list->data += taken;
    list->len -= taken;
    return true;
}

/* The first of our names that is on the peer's list. */
static const char *agreed(const char *const *ours, struct wire_bytes list)
{
    for (; *ours != NULL; ours++) {
        struct wire_bytes rest = list, name;

        while (take_name(&rest, &name))
            if (strlen(*ours) == name.len &&
                memcmp(*ours, name.data, name.len) == 0)
                return *ours;
    }
    return NULL;
}

/* The beginning of a peer's list, but for names that only tell of an
 * extension. */
static void put_algorithms(struct buf *out, struct wire_bytes list)
{
    enum { SHOWN = 160 };
    static const char *const extensions[] = { "ext-info-s",
                                              "kex-strict-s-v00@openssh.com",
                                              NULL };
    struct wire_bytes name;

    while (take_name(&list, &name)) {
        if (is_one_of(extensions, (const char *)name.data, name.len))
            continue;
        if (out->len + name.len > SHOWN) {
            buf_put_str(out, "...");
            return;
        }
        if (out->len != 0)
            buf_put_byte(out, ',');
        text_clean(out, name.data, name.len, false);
    }
}

static bool nothing_common(enum ssh_algorithm sort, struct wire_bytes theirs,
                           struct err *err)
{
    struct buf shown = { 0 };

    put_algorithms(&shown, theirs);
    err_set(err, ERR_PROTOCOL,
            "no %s algorithm in common: the server offers only %s, and "
            "nothing of that is known here and strong enough",
            sorts[sort].title, buf_str(&shown));
    buf_free(&shown);
    return false;
}

enum { COOKIE = 16, MSG_KEXINIT = 20 }; /* RFC 4253 section 7.1 */

bool ssh_algorithms_common(const uint8_t *kexinit, size_t len, bool ctr_first,
                           struct err *err)
{
    /* The lists in their order on the wire; both directions of three. */
    static const enum ssh_algorithm order[] = {
        SSH_ALG_KEX,    SSH_ALG_HOST_KEY, SSH_ALG_CIPHER,
        SSH_ALG_CIPHER, SSH_ALG_MAC,      SSH_ALG_MAC,
    };
    struct ssh_preferences prefer = { .ctr_first = ctr_first };
    bool needs_mac = false;
    struct wire w;
    size_t i;

    wire_init(&w, kexinit, len);
    if (wire_byte(&w) != MSG_KEXINIT)
        return err_set(err, ERR_PROTOCOL, "the key exchange is out of order");
    wire_raw(&w, COOKIE);
    for (i = 0; i < sizeof order / sizeof order[0]; i++) {
        struct wire_bytes theirs = wire_string(&w);
        const char *name = agreed(names_of(order[i], &prefer), theirs);

        if (!wire_ok(&w))
            return err_set(err, ERR_PROTOCOL,
                           "the server's list of algorithms is malformed");
        /* AES-GCM brings its own integrity check. */
        if (order[i] == SSH_ALG_MAC && !needs_mac)
            continue;
        if (name == NULL)
            return nothing_common(order[i], theirs, err);
        if (order[i] == SSH_ALG_CIPHER && strstr(name, "-gcm") == NULL)
            needs_mac = true;
    }
    return true;
}

bool ssh_algorithms_same_compression(const uint8_t *kexinit, size_t len)
{
    enum { LISTS_BEFORE = 6 };
    struct wire_bytes to_peer, to_us;
    struct wire w;
    size_t i;

    wire_init(&w, kexinit, len);
    wire_byte(&w);
    wire_raw(&w, COOKIE);
    for (i = 0; i < LISTS_BEFORE; i++)
        wire_string(&w);
    to_peer = wire_string(&w);
    to_us = wire_string(&w);
    return wire_ok(&w) &&
           agreed(with_compression, to_peer) == agreed(with_compression, to_us);
}

/* ---- their strength ---- */

/* clang-format off */
static const struct {
    const char *name;
    unsigned bits;
} strengths[] = {
    { "curve25519-sha256",             128 },
    { "curve25519-sha256@libssh.org",  128 },
    { "ecdh-sha2-nistp256",            128 },
    { "ecdh-sha2-nistp384",            192 },
    { "ecdh-sha2-nistp521",            256 },
    { "diffie-hellman-group14-sha256", 110 },
    { "diffie-hellman-group16-sha512", 150 },
    { "diffie-hellman-group18-sha512", 190 },
    { "aes128-gcm@openssh.com",        128 },
    { "aes128-ctr",                    128 },
    { "aes192-ctr",                    192 },
    { "aes256-gcm@openssh.com",        256 },
    { "aes256-ctr",                    256 },
};
/* clang-format on */

static unsigned bits_of(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof strengths / sizeof *strengths; i++)
        if (strcmp(strengths[i].name, name) == 0)
            return strengths[i].bits;
    return 0;
}

unsigned ssh_algorithms_strength(const char *kex, const char *cipher)
{
    unsigned a = bits_of(kex), b = bits_of(cipher);

    return a < b ? a : b;
}
