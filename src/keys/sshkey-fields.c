#include "keys/sshkey-fields.h"

#include <stdbool.h>
#include <string.h>
#include "base/secret.h"
#include "keys/keyfile-write.h"
#include "keys/sshkey-numbers.h"
#include "keys/sshkey.h"

/* The lengths and names of all the fields. */
#define NAMES_ROOM 256

/* public: with those numbers that a certificate has too. */
typedef void put_fn(struct secret *out, const char *type,
                    const struct sshkey_numbers *k, bool public);

static void put_rsa(struct secret *out, const char *type,
                    const struct sshkey_numbers *k, bool public)
{
    const struct wire_bytes numbers[] = {
        k->n, k->e, k->d, k->iqmp, k->p, k->q
    };

    (void)type;
    for (size_t i = public ? 0 : 2; i < sizeof numbers / sizeof numbers[0]; i++)
        keyfile_put_mpint(out, numbers[i]);
}

static void put_ecdsa(struct secret *out, const char *type,
                      const struct sshkey_numbers *k, bool public)
{
    if (public) {
        keyfile_put_cstring(out, type + strlen("ecdsa-sha2-"));
        keyfile_put_string(out, k->point);
    }
    keyfile_put_mpint(out, k->scalar);
}

/* Its public half stands there in any case. */
static void put_ed25519(struct secret *out, const char *type,
                        const struct sshkey_numbers *k, bool public)
{
    (void)type;
    (void)public;
    keyfile_put_string(out, k->public);
    keyfile_put_u32(out, (uint32_t)(k->seed.len + k->public.len));
    keyfile_put(out, k->seed.data, k->seed.len);
    keyfile_put(out, k->public.data, k->public.len);
}

/* clang-format off */
static const struct {
    const char *type;
    put_fn *put;
} writers[] = {
    { "ssh-ed25519",         put_ed25519 },
    { "ecdsa-sha2-nistp256", put_ecdsa },
    { "ecdsa-sha2-nistp384", put_ecdsa },
    { "ecdsa-sha2-nistp521", put_ecdsa },
    { "ssh-rsa",             put_rsa },
};
/* clang-format on */

size_t sshkey_fields_room(const struct sshkey *key,
                          const struct sshkey_numbers *numbers,
                          struct wire_bytes certificate)
{
    size_t public;

    sshkey_blob(key, &public);
    return NAMES_ROOM + 2 * public + numbers->store->len + certificate.len;
}

void sshkey_fields_put(struct secret *out, const struct sshkey *key,
                       const struct sshkey_numbers *numbers,
                       struct wire_bytes certificate)
{
    const char *type = sshkey_type(key);
    bool public = certificate.len == 0;
    struct wire w;

    if (public) {
        keyfile_put_cstring(out, type);
    } else {
        wire_init(&w, certificate.data, certificate.len);
        keyfile_put_string(out, wire_string(&w)); /* its type */
        keyfile_put_string(out, certificate);
    }
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++)
        if (strcmp(writers[i].type, type) == 0)
            writers[i].put(out, type, numbers, public);
}
