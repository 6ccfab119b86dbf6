/*
 * From the first byte to an agreed key.  The stage ends as soon as the keys
 * are in use: libssh2's handshake goes on to ask for the login service, and
 * its answer is waited for together with those of the login (auth.c).
 */
#include "ssh/handshake.h"

#include <string.h>
#include "ssh/internal.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/wire.h"
#include "ssh/algorithms.h"

/* clang-format off */
static const struct {
    int method;
    enum ssh_algorithm sort;
} methods[] = {
    { LIBSSH2_METHOD_KEX,      SSH_ALG_KEX         },
    { LIBSSH2_METHOD_HOSTKEY,  SSH_ALG_HOST_KEY    },
    { LIBSSH2_METHOD_CRYPT_CS, SSH_ALG_CIPHER      },
    { LIBSSH2_METHOD_CRYPT_SC, SSH_ALG_CIPHER      },
    { LIBSSH2_METHOD_MAC_CS,   SSH_ALG_MAC         },
    { LIBSSH2_METHOD_MAC_SC,   SSH_ALG_MAC         },
    { LIBSSH2_METHOD_COMP_CS,  SSH_ALG_COMPRESSION },
    { LIBSSH2_METHOD_COMP_SC,  SSH_ALG_COMPRESSION },
};
/* clang-format on */

/*
 * SHA-1 comes last, so that a server that takes no other can be told from one
 * that takes none.  Its question for such a signature is declined (auth-key.c).
 */
static bool prefer_signatures(struct ssh_session *s, const char *safe)
{
    struct buf list = { 0 };

    if (safe == NULL)
        safe = "rsa-sha2-512,rsa-sha2-256";
    buf_printf(&list, "%s,ssh-rsa", safe);
    s->rsa_signatures = buf_take_str(&list);
    return libssh2_session_method_pref(s->lib, LIBSSH2_METHOD_SIGN_ALGO,
                                       s->rsa_signatures) == 0;
}

/*
 * What is no algorithm: that we take EXT_INFO (RFC 8308), without which no RSA
 * key gets in, and strict key exchange.  Up to 1.11.0 libssh2 leaves them out
 * of a list that it is given.
 */
static void put_extensions(struct buf *list)
{
    if (libssh2_version(0x010b01) == NULL)
        buf_put_str(list, ",ext-info-c,kex-strict-c-v00@openssh.com");
}

bool ssh_handshake_prepare(struct ssh_session *s, const struct ssh_params *p,
                           struct err *err)
{
    struct ssh_preferences prefer = {
        .known = p->host_key_types,
        .known_len = p->host_key_types_len,
        .ctr_first = p->ctr_first,
        .compression = p->compression,
    };
    struct buf list = { 0 };
    bool good;
    int rc = 0;
    size_t i;

    if (p->compression)
        rc = libssh2_session_flag(s->lib, LIBSSH2_FLAG_COMPRESS, 1);
    for (i = 0; rc == 0 && i < sizeof methods / sizeof methods[0]; i++) {
        buf_clear(&list);
        ssh_algorithms_list(&list, methods[i].sort, &prefer);
        if (methods[i].sort == SSH_ALG_KEX)
            put_extensions(&list);
        rc = libssh2_session_method_pref(s->lib, methods[i].method,
                                         buf_str(&list));
    }
    good = rc == 0 && prefer_signatures(s, p->rsa_signatures);
    if (!good)
        err_set(err, ERR_UNSUPPORTED,
                "this libssh2 (%s) has none of the algorithms %s",
                libssh2_version(0),
                rc == 0 ? s->rsa_signatures : buf_str(&list));
    buf_free(&list);
    return good;
}

/* libssh2 drops names it does not know; see that nothing else came in. */
static bool negotiated_ours(struct ssh_session *s)
{
    size_t i;

    for (i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        const char *name = libssh2_session_methods(s->lib, methods[i].method);

        if (methods[i].sort == SSH_ALG_MAC ||
            methods[i].sort == SSH_ALG_COMPRESSION)
            continue; /* a cipher may bring its own; checked by the list */
        if (name == NULL || !ssh_algorithms_allow(methods[i].sort, name))
            return false;
    }
    return true;
}

/* ---- why it failed ---- */

/* The peer's first line, cleaned; for mem_free(). */
static char *first_line(struct ssh_session *s)
{
    enum { SHOWN = 120 };
    const uint8_t *p = s->tp.early.data;
    size_t n = 0;
    struct buf line = { 0 };

    while (n < s->tp.early.len && n < SHOWN && p[n] != '\n' && p[n] != '\r')
        n++;
    if (n != 0)
        text_clean(&line, p, n, false);
    return buf_take_str(&line);
}

/* What other programs say where SSH was expected. */
/* clang-format off */
static const struct {
    const char *start;
    enum ssh_fault fault;
    enum err_code code;
    const char *meaning;
} greetings[] = {
    { "HTTP/", SSH_FAULT_NOT_SSH, ERR_PROTOCOL,
      "this is a web server and not an SSH server; check the port" },
    { "Not allowed at this time", SSH_FAULT_PENALTY, ERR_NETWORK,
      "the server refuses this address for some minutes, after failed or "
      "aborted logins (PerSourcePenalties); wait and try again" },
    { "Exceeded MaxStartups", SSH_FAULT_STARTUPS, ERR_NETWORK,
      "too many logins are under way at the server; try again" },
    { "", SSH_FAULT_NOT_SSH, ERR_PROTOCOL,
      "this is not an SSH server; check the port" },
};
/* clang-format on */

static enum ssh_want not_ssh(struct ssh_session *s)
{
    char *line = first_line(s);
    size_t i = 0;

    while (strncmp(line, greetings[i].start, strlen(greetings[i].start)) != 0)
        i++;
    s->fault = greetings[i].fault;
    ssh_fail(s, greetings[i].code, "%s; it said \"%s\"", greetings[i].meaning,
             line);
    mem_free(line);
    return SSH_FAILED;
}

static bool speaks_version_2(const char *ident)
{
    return strncmp(ident, "SSH-2.0-", 8) == 0 ||
           strncmp(ident, "SSH-1.99-", 9) == 0;
}

/* The line with the identification, once it is whole; or NULL. */
static const uint8_t *ident_line(const uint8_t *p, const uint8_t *end)
{
    const uint8_t *eol;

    while ((eol = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        if (eol - p >= 4 && memcmp(p, "SSH-", 4) == 0)
            return p;
        p = eol + 1;
    }
    return NULL;
}

enum presence { ABSENT, PARTIAL, WHOLE };
enum { PACKET_MAX = 35000 }; /* RFC 4253 section 6.1 */

/*
 * The server's KEXINIT payload within what came first: whole; or not (yet),
 * but what came may be the beginning of it.
 */
static enum presence find_kexinit(const struct buf *early,
                                  struct wire_bytes *payload)
{
    const uint8_t *ident, *end, *packet;
    uint32_t length;
    uint8_t padding;
    struct wire w;

    if (early->len == 0)
        return PARTIAL;
    end = early->data + early->len;
    ident = ident_line(early->data, end);
    if (ident == NULL)
        return PARTIAL;
    if (!speaks_version_2((const char *)ident)) /* it ends in LF at least */
        return ABSENT;
    packet = memchr(ident, '\n', (size_t)(end - ident));
    wire_init(&w, packet + 1, (size_t)(end - packet - 1));
    length = wire_u32(&w);
    padding = wire_byte(&w);
    if (!wire_ok(&w))
        return PARTIAL;
    if (length > PACKET_MAX || length < padding + 1u)
        return ABSENT;
    *payload = wire_raw(&w, length - padding - 1u);
    return wire_ok(&w) ? WHOLE : PARTIAL;
}

/* The sentence of a failure of this kind. */
static enum ssh_want fail_by(struct ssh_session *s, enum ssh_fault fault,
                             enum err_code code, const char *sentence)
{
    s->fault = fault;
    return ssh_fail(s, code, "%s", sentence);
}

static enum ssh_want failed(struct ssh_session *s, int code)
{
    struct wire_bytes kexinit;
    struct err err;

    if (s->tp.flooded)
        return fail_by(s, SSH_FAULT_NOT_SSH, ERR_PROTOCOL,
                       "the server sends text without end and no SSH "
                       "identification; check the port");
    if (s->tp.received == 0)
        return fail_by(s, SSH_FAULT_CLOSED_EARLY, ERR_NETWORK,
                       "the server closed the connection before it said "
                       "anything: it may still be starting, or have too "
                       "many logins under way; wait a moment and try again");
    if (!ssh_transport_has_ident(&s->tp))
        return not_ssh(s);
    if (s->disconnect == NULL &&
        find_kexinit(&s->tp.early, &kexinit) == WHOLE &&
        !ssh_algorithms_common(kexinit.data, kexinit.len, s->ctr_first, &err))
        return fail_by(s, SSH_FAULT_ALGORITHMS, err.code, err.msg);
    return ssh_broken(s, code, "during the key exchange");
}

enum ssh_want ssh_handshake_too_slow(struct ssh_session *s)
{
    if (s->tp.received == 0)
        return fail_by(s, SSH_FAULT_MUTE, ERR_TIMEOUT,
                       "the connection stands, but the server says nothing: "
                       "it may still be starting, or this is not an SSH "
                       "port");
    if (!ssh_transport_has_ident(&s->tp)) {
        char *line = first_line(s);

        s->fault = SSH_FAULT_NOT_SSH;
        ssh_fail(s, ERR_TIMEOUT,
                 "no SSH identification came in time; it said \"%s\"", line);
        mem_free(line);
        return SSH_FAILED;
    }
    return ssh_fail(s, ERR_TIMEOUT,
                    "the server stopped answering during the key exchange "
                    "(a network that loses large packets does this)");
}

/* ---- the stage ---- */

/* Takes the identification as soon as it is there; false if it is wrong. */
static bool take_ident(struct ssh_session *s)
{
    const char *ident = libssh2_session_banner_get(s->lib);

    if (s->ident != NULL || ident == NULL || strncmp(ident, "SSH-", 4) != 0)
        return true;
    s->ident = text_cleaned(ident);
    if (speaks_version_2(ident))
        return true;
    s->fault = SSH_FAULT_ALGORITHMS;
    ssh_fail(s, ERR_PROTOCOL,
             "the server speaks an SSH protocol other than 2; it said \"%s\"",
             s->ident);
    return false;
}

/*
 * Are the new keys in use?  After its NEWKEYS, the last packet in the clear,
 * libssh2 sends nothing but the request for the login service; and it does
 * so only when it has checked the host key's signature and the server's
 * NEWKEYS has come.
 */
static bool keys_agreed(const struct ssh_session *s)
{
    return s->tp.newkeys != 0 && s->tp.packets > s->tp.newkeys;
}

/*
 * libssh2 1.11 unpacks what it reads only if it also packs what it sends, so
 * it must not ask for compression where the server does it one way only.  Our
 * identification goes out, but our lists wait until the server's are read.
 * Returns whether they need wait no longer.
 */
static bool compression_settled(struct ssh_session *s)
{
    struct wire_bytes kexinit;
    enum presence found;

    if (!s->compression_open)
        return true;
    s->tp.hold = true;
    (void)libssh2_session_handshake(s->lib, s->tp.fd);
    s->tp.hold = false;
    ssh_transport_fill(&s->tp);
    found = find_kexinit(&s->tp.early, &kexinit);
    if (found == PARTIAL && !s->tp.flooded && !s->tp.closed && s->tp.error == 0)
        return false;
    s->compression_open = false;
    if (found != WHOLE ||
        !ssh_algorithms_same_compression(kexinit.data, kexinit.len)) {
        libssh2_session_method_pref(s->lib, LIBSSH2_METHOD_COMP_CS, "none");
        libssh2_session_method_pref(s->lib, LIBSSH2_METHOD_COMP_SC, "none");
    }
    return true;
}

enum ssh_want ssh_stage_handshake(struct ssh_session *s)
{
    const char *blob;
    size_t len;
    int rc;

    if (!compression_settled(s))
        return SSH_WAIT;
    rc = libssh2_session_handshake(s->lib, s->tp.fd);
    if (!take_ident(s))
        return SSH_FAILED;
    if (rc != 0 && rc != LIBSSH2_ERROR_EAGAIN)
        return failed(s, rc);
    if (rc == LIBSSH2_ERROR_EAGAIN && !keys_agreed(s))
        return SSH_WAIT;
    blob = libssh2_session_hostkey(s->lib, &len, NULL);
    if (blob == NULL || len == 0 || !negotiated_ours(s))
        return ssh_fail(s, ERR_PROTOCOL,
                        "the key exchange ended without a key we accept");
    buf_put(&s->host_key, blob, len);
    s->service = rc == 0 ? ANSWERED : SENT;
    ssh_transport_forget_early(&s->tp);
    s->stage = STAGE_HOST_KEY;
    return SSH_WAIT;
}

enum ssh_want ssh_stage_host_key(struct ssh_session *s)
{
    return ssh_ask(s, SSH_ASK_HOST_KEY);
}
