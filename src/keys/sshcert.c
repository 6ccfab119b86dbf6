/*
 * sshcert.c - the fields of a certificate.
 *
 * Those of the plain key stand in the middle, as they stand in its own blob,
 * which is put together from them and parsed as any other.
 */
#include "keys/sshcert.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

#define SUFFIX    "-cert-v01@openssh.com"
#define SK_PREFIX "sk-"
#define SK_SUFFIX "@openssh.com"
#define ID_MAX    256 /* bytes of a key id that are kept */

/* clang-format off */
static const struct kind {
    const char *name, *plain;
    unsigned fields; /* strings of the public key behind the type */
} kinds[] = {
    { "ssh-ed25519" SUFFIX,            "ssh-ed25519", 1 },
    { "ecdsa-sha2-nistp256" SUFFIX,    "ecdsa-sha2-nistp256", 2 },
    { "ecdsa-sha2-nistp384" SUFFIX,    "ecdsa-sha2-nistp384", 2 },
    { "ecdsa-sha2-nistp521" SUFFIX,    "ecdsa-sha2-nistp521", 2 },
    { "ssh-rsa" SUFFIX,                "ssh-rsa", 2 },
    { "sk-ssh-ed25519" SUFFIX,         "sk-ssh-ed25519" SK_SUFFIX, 2 },
    { "sk-ecdsa-sha2-nistp256" SUFFIX, "sk-ecdsa-sha2-nistp256" SK_SUFFIX, 3 },
};
/* clang-format on */

static bool ends_with_suffix(const char *s, size_t len)
{
    size_t n = strlen(SUFFIX);

    return len > n && memcmp(s + len - n, SUFFIX, n) == 0;
}

static struct wire_bytes type_of(const uint8_t *blob, size_t len)
{
    struct wire w;

    wire_init(&w, blob, len);
    return wire_string(&w);
}

bool sshcert_is_blob(const uint8_t *blob, size_t len)
{
    struct wire_bytes type = type_of(blob, len);

    return ends_with_suffix((const char *)type.data, type.len);
}

static const struct kind *kind_of(struct wire_bytes type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (wire_is(type, kinds[i].name))
            return &kinds[i];
    return NULL;
}

static void take_key(struct sshcert *cert, const struct kind *kind,
                     struct wire *w, struct err *err)
{
    struct buf plain = { 0 };

    wire_put_cstr(&plain, kind->plain);
    for (unsigned i = 0; i < kind->fields; i++) {
        struct wire_bytes field = wire_string(w);

        wire_put_string(&plain, field.data, field.len);
    }
    cert->key = sshkey_from_blob(plain.data, plain.len, err);
    buf_free(&plain);
}

static void take_id(struct sshcert *cert, struct wire *w)
{
    struct wire_bytes id = wire_string(w);
    struct buf clean = { 0 };

    text_clean(&clean, id.data, id.len < ID_MAX ? id.len : ID_MAX, false);
    cert->id = buf_take_str(&clean);
}

static bool take_principals(struct sshcert *cert, struct wire *w)
{
    struct wire list;

    cert->principals = wire_string(w);
    wire_init(&list, cert->principals.data, cert->principals.len);
    while (wire_ok(&list) && list.left != 0)
        wire_string(&list);
    return wire_ok(&list);
}

/* False if malformed; with *err set where the key inside is. */
static bool take_fields(struct sshcert *cert, const struct kind *kind,
                        struct err *err)
{
    struct wire_bytes authority;
    uint32_t use;
    struct wire w;

    wire_init(&w, cert->blob, cert->len);
    wire_string(&w); /* type */
    wire_string(&w); /* nonce */
    take_key(cert, kind, &w, err);
    cert->serial = wire_u64(&w);
    use = wire_u32(&w);
    take_id(cert, &w);
    if (!take_principals(cert, &w))
        return false;
    cert->valid_from = wire_u64(&w);
    cert->valid_till = wire_u64(&w);
    wire_string(&w); /* critical options */
    wire_string(&w); /* extensions */
    wire_string(&w); /* reserved */
    authority = wire_string(&w);
    wire_string(&w); /* signature */
    sshkey_fingerprint(authority.data, authority.len, cert->authority);
    cert->use = use == SSHCERT_HOST ? SSHCERT_HOST : SSHCERT_USER;
    return wire_done(&w) && cert->key != NULL &&
           (use == SSHCERT_USER || use == SSHCERT_HOST);
}

struct sshcert *sshcert_from_blob(const uint8_t *blob, size_t len,
                                  struct err *err)
{
    const struct kind *kind = kind_of(type_of(blob, len));
    struct sshcert *cert;
    char type[64];

    if (kind == NULL) {
        sshkey_blob_type(blob, len, type, sizeof type);
        err_set(err, ERR_UNSUPPORTED,
                "certificates of type \"%s\" are not supported", type);
        return NULL;
    }
    cert = mem_alloc(sizeof *cert);
    cert->type = kind->name;
    cert->blob = mem_dup(blob, len);
    cert->len = len;
    err_clear(err);
    if (take_fields(cert, kind, err))
        return cert;
    sshcert_free(cert);
    if (err->code == ERR_NONE)
        err_set(err, ERR_FORMAT, "damaged certificate");
    return NULL;
}

void sshcert_free(struct sshcert *cert)
{
    if (cert == NULL)
        return;
    sshkey_free(cert->key);
    mem_free(cert->id);
    mem_free(cert->blob);
    mem_free(cert);
}

const uint8_t *sshcert_blob(const struct sshcert *cert, size_t *len)
{
    *len = cert->len;
    return cert->blob;
}

bool sshcert_names(const struct sshcert *cert, const char *user)
{
    struct wire list;

    wire_init(&list, cert->principals.data, cert->principals.len);
    while (list.left != 0)
        if (wire_is(wire_string(&list), user))
            return true;
    return false;
}

void sshcert_put_names(const struct sshcert *cert, struct buf *out)
{
    struct wire_bytes name;
    struct wire list;

    wire_init(&list, cert->principals.data, cert->principals.len);
    while (list.left != 0) {
        name = wire_string(&list);
        text_clean(out, name.data, name.len, false);
        if (list.left != 0)
            buf_put_str(out, ", ");
    }
}

void sshcert_plain_algorithm(const char *algorithm,
                             char out[SSHCERT_ALGORITHM_MAX])
{
    size_t len = strlen(algorithm), more = 0;
    bool token = strncmp(algorithm, SK_PREFIX, strlen(SK_PREFIX)) == 0;

    if (ends_with_suffix(algorithm, len)) {
        len -= strlen(SUFFIX);
        more = token ? strlen(SK_SUFFIX) : 0;
    }
    if (len + more >= SSHCERT_ALGORITHM_MAX) /* none is so long */
        len = more = 0;
    memcpy(out, algorithm, len);
    memcpy(out + len, SK_SUFFIX, more);
    out[len + more] = '\0';
}
