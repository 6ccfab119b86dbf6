#include "keys/agent-msg.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/wire.h"
#include "keys/keyfile-write.h"
#include "keys/sshkey-fields.h"
#include "keys/sshkey-numbers.h"
#include "keys/sshcert.h"

#define KEY_MIN       8      /* bytes of a listed key: two lengths */
#define COMMENT_MAX   256    /* bytes of a comment that are kept */
#define ADD_ROOM      16     /* bytes of type, length and constraints */
#define SIGNATURE_MAX 16384u /* far above RSA's 2048 bytes */

enum message {
    MSG_FAILURE = 5,
    MSG_SUCCESS = 6,
    MSG_REQUEST_IDENTITIES = 11,
    MSG_IDENTITIES_ANSWER = 12,
    MSG_SIGN_REQUEST = 13,
    MSG_SIGN_RESPONSE = 14,
    MSG_ADD_IDENTITY = 17,
    MSG_ADD_ID_CONSTRAINED = 25,
    MSG_EXTENSION_FAILURE = 28,
    MSG_COM_FAILURE = 30, /* SSH2_AGENT_FAILURE of ssh.com */
    MSG_COM_FAILURE2 = 102
};

/* Without one an RSA key would sign with SHA-1. */
static const struct {
    const char *algorithm;
    uint32_t flags;
} sign_flags[] = {
    { "rsa-sha2-256", 2 },
    { "rsa-sha2-512", 4 },
};

static uint32_t flags_for(const char *algorithm)
{
    char plain[SSHCERT_ALGORITHM_MAX];
    size_t i;

    sshcert_plain_algorithm(algorithm, plain);
    for (i = 0; i < sizeof sign_flags / sizeof *sign_flags; i++)
        if (strcmp(sign_flags[i].algorithm, plain) == 0)
            return sign_flags[i].flags;
    return 0;
}

/* ---- questions ---- */

void agent_msg_list(struct buf *out)
{
    buf_put_byte(out, MSG_REQUEST_IDENTITIES);
}

void agent_msg_sign(struct buf *out, const uint8_t *blob, size_t blob_len,
                    const char *algorithm, const uint8_t *data, size_t len)
{
    buf_put_byte(out, MSG_SIGN_REQUEST);
    wire_put_string(out, blob, blob_len);
    wire_put_string(out, data, len);
    wire_put_u32(out, flags_for(algorithm));
}

struct secret *agent_msg_add(const struct sshkey *key,
                             struct wire_bytes certificate, const char *comment,
                             const struct agent_limits *limits, struct err *err)
{
    bool constrained = limits->lifetime != 0 || limits->confirm;
    uint8_t type = constrained ? MSG_ADD_ID_CONSTRAINED : MSG_ADD_IDENTITY;
    struct sshkey_numbers numbers;
    struct secret *out;

    if (!sshkey_numbers_get(key, &numbers, err))
        return NULL;
    out = secret_new(sshkey_fields_room(key, &numbers, certificate) +
                     strlen(comment) + ADD_ROOM);
    keyfile_put(out, &type, 1);
    sshkey_fields_put(out, key, &numbers, certificate);
    keyfile_put_cstring(out, comment);
    if (limits->lifetime != 0) {
        keyfile_put(out, "\1", 1);
        keyfile_put_u32(out, limits->lifetime);
    }
    if (limits->confirm)
        keyfile_put(out, "\2", 1);
    sshkey_numbers_free(&numbers);
    return out;
}

/* ---- answers ---- */

/* The answer's type, or what it is instead. */
static bool check_type(struct wire *w, enum message want, const char *what,
                       struct err *err)
{
    uint8_t type = wire_byte(w);

    if (!wire_ok(w))
        return err_set(err, ERR_PROTOCOL, "it sent an empty answer");
    switch (type) {
    case MSG_FAILURE:
    case MSG_EXTENSION_FAILURE:
    case MSG_COM_FAILURE:
    case MSG_COM_FAILURE2:
        return err_set(err, ERR_AUTH, "it refuses to %s", what);
    default: break;
    }
    if (type != want)
        return err_set(err, ERR_PROTOCOL,
                       "asked to %s, it sent an answer of type %u", what, type);
    return true;
}

static void take_key(struct agent_key *key, struct wire *w)
{
    struct wire_bytes blob = wire_string(w), comment = wire_string(w);
    struct buf clean = { 0 };

    key->blob = mem_dup(blob.data, blob.len);
    key->len = blob.len;
    if (comment.len > COMMENT_MAX)
        comment.len = COMMENT_MAX;
    text_clean(&clean, comment.data, comment.len, false);
    key->comment = buf_take_str(&clean);
}

bool agent_msg_keys(const uint8_t *msg, size_t len, struct agent_keys *keys,
                    struct err *err)
{
    struct wire w;
    uint32_t count;

    *keys = (struct agent_keys){ NULL, 0 };
    wire_init(&w, msg, len);
    if (!check_type(&w, MSG_IDENTITIES_ANSWER, "list its keys", err))
        return false;
    count = wire_u32(&w);
    if (wire_ok(&w) && count > AGENT_KEYS_MAX)
        return err_set(err, ERR_LIMIT,
                       "it claims to hold %u keys, more than the %d that are "
                       "believed",
                       (unsigned)count, AGENT_KEYS_MAX);
    if (wire_ok(&w) && count > w.left / KEY_MIN)
        wire_raw(&w, w.left + 1); /* the sticky error */
    else
        keys->list = mem_array(count, sizeof *keys->list);
    while (wire_ok(&w) && keys->count < count)
        take_key(&keys->list[keys->count++], &w);
    if (wire_done(&w))
        return true;
    agent_keys_free(keys);
    return err_set(err, ERR_PROTOCOL, "its list of keys is malformed");
}

void agent_keys_free(struct agent_keys *keys)
{
    size_t i;

    for (i = 0; i < keys->count; i++) {
        mem_free(keys->list[i].blob);
        mem_free(keys->list[i].comment);
    }
    mem_free(keys->list);
    *keys = (struct agent_keys){ NULL, 0 };
}

static bool other_algorithm(struct wire_bytes name, const char *algorithm,
                            struct err *err)
{
    struct buf clean = { 0 };

    text_clean(&clean, name.data, name.len < 64 ? name.len : 64, false);
    err_set(err, ERR_PROTOCOL,
            "asked for a signature with %s, it made one with \"%s\"", algorithm,
            buf_str(&clean));
    buf_free(&clean);
    return false;
}

/*
 * The signature proper.  A security key adds its flags and counter
 * (PROTOCOL.u2f), and there libssh2 wants the length of the first part too.
 */
static struct wire_bytes take_inner(struct wire *w, const char *algorithm)
{
    struct wire_bytes all = { w->next, w->left }, inner = wire_string(w);

    if (strncmp(algorithm, "sk-", strlen("sk-")) != 0)
        return inner;
    wire_byte(w); /* flags */
    wire_u32(w);  /* counter */
    return inner.len != 0 ? all : inner;
}

bool agent_msg_signature(const uint8_t *msg, size_t len, const char *asked,
                         struct buf *sig, struct err *err)
{
    char algorithm[SSHCERT_ALGORITHM_MAX];
    struct wire_bytes whole, name, inner;
    struct wire outer, w;

    wire_init(&outer, msg, len);
    if (!check_type(&outer, MSG_SIGN_RESPONSE, "sign", err))
        return false;
    sshcert_plain_algorithm(asked, algorithm);
    whole = wire_string(&outer);
    wire_init(&w, whole.data, whole.len);
    name = wire_string(&w);
    if (wire_done(&outer) && wire_ok(&w) && !wire_is(name, algorithm))
        return other_algorithm(name, algorithm, err);
    inner = take_inner(&w, algorithm);
    if (!wire_done(&outer) || !wire_done(&w) || inner.len == 0 ||
        inner.len > SIGNATURE_MAX)
        return err_set(err, ERR_PROTOCOL, "its signature is malformed");
    buf_put(sig, inner.data, inner.len);
    return true;
}

bool agent_msg_added(const uint8_t *msg, size_t len, struct err *err)
{
    struct wire w;

    wire_init(&w, msg, len);
    if (!check_type(&w, MSG_SUCCESS, "keep the key", err))
        return false;
    return wire_done(&w) ||
           err_set(err, ERR_PROTOCOL, "its answer is malformed");
}
