/* connect_memory.c - what is remembered of the machine. */
#include "app/connecting.h"

#include <string.h>
#include "app/identity.h"
#include "app/memory.h"
#include "app/trust.h"
#include "base/mem.h"
#include "keys/sshkey.h"
#include "sys/paths.h"

static const struct machine_login *known_login(const struct connect *c)
{
    size_t len;
    const uint8_t *blob = ssh_session_host_key(c->session, &len);

    return memory_login(c->memory, blob, len);
}

const char *connect_known_user(const struct connect *c)
{
    const struct machine_login *login = known_login(c);

    return login != NULL ? login->user : NULL;
}

static void put_print(const struct sshkey *key,
                      char print[SSHKEY_FINGERPRINT_MAX])
{
    size_t len;
    const uint8_t *blob = sshkey_blob(key, &len);

    sshkey_fingerprint(blob, len, print);
}

/* As it is remembered, for mem_free(); NULL: it is in no file, or with -i that
 * would not do without a CertificateFile. */
static char *file_of(const struct connect *c, const struct identity *id)
{
    char *absolute, *file;

    if (!identity_has_file(id) || identity_by_loose(id) ||
        c->files.piped != NULL)
        return NULL;
    absolute = paths_absolute(identity_name(id));
    file = paths_tilde(absolute);
    mem_free(absolute);
    return file;
}

const char *connect_known_file(const struct connect *c)
{
    const struct machine_login *login = known_login(c);

    if (login == NULL || c->user == NULL || strcmp(login->user, c->user) != 0)
        return NULL;
    return login->file != NULL ? login->file : "";
}

const char *connect_good_file(const struct connect *c)
{
    const struct machine_login *login = known_login(c);
    const char *file = connect_known_file(c);
    char *path;
    bool good;

    if (file == NULL || file[0] == '\0')
        return file;
    path = paths_expand(file);
    good = identity_file_is(path, login->print, login->certified, c->user);
    mem_free(path);
    return good ? file : "";
}

/* The index of the key in the file that worked for c->user; SIZE_MAX: none of
 * ours is in it. */
static size_t find_known_file(const struct connect *c)
{
    const char *known = connect_known_file(c);
    size_t i, n = identities_count(c->ids);
    bool found = false;
    char *file;

    if (known == NULL)
        return SIZE_MAX;
    for (i = 0; i < n; i++) {
        file = file_of(c, identities_get(c->ids, i));
        found = file != NULL && strcmp(file, known) == 0;
        mem_free(file);
        if (found)
            return i;
    }
    return SIZE_MAX;
}

/* The file at this index, which worked, holds another key now. */
static bool is_replaced(const struct connect *c, size_t i)
{
    const struct machine_login *login = known_login(c);
    const struct sshkey *key = identity_public(identities_get(c->ids, i));
    char print[SSHKEY_FINGERPRINT_MAX];

    if (login->print == NULL || key == NULL)
        return false;
    put_print(key, print);
    return strcmp(print, login->print) != 0;
}

/* The index of the key that worked for c->user; SIZE_MAX: it is none of ours. */
static size_t find_known_key(const struct connect *c)
{
    size_t i = find_known_file(c);

    return i != SIZE_MAX && !is_replaced(c, i) ? i : SIZE_MAX;
}

const char *connect_replaced_file(const struct connect *c)
{
    size_t i = find_known_file(c);

    return i != SIZE_MAX && is_replaced(c, i) ? connect_known_file(c) : NULL;
}

size_t connect_known_key(const struct connect *c)
{
    size_t i = find_known_key(c);

    return i != SIZE_MAX ? i : 0;
}

bool connect_has_worked(const struct connect *c)
{
    return find_known_key(c) != SIZE_MAX;
}

void connect_remember(struct connect *c)
{
    char *file = c->id != NULL ? file_of(c, c->id) : NULL;
    char print[SSHKEY_FINGERPRINT_MAX];
    struct machines_way way = { .file = file, .print = print };
    struct machines_sight sight;

    if (file != NULL) {
        put_print(identity_public(c->id), print);
        way.certified = identity_certified(c->id);
    }
    if (trust_sight(c->trust, &sight))
        memory_logged_in(c->memory, &sight, c->user, &way);
    mem_free(file);
}

struct memory *connect_take_memory(struct connect *c)
{
    struct memory *m = c->memory;

    c->memory = NULL;
    return m;
}
