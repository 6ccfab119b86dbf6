/* connect_memory.c - what is remembered of the machine. */
#include "app/connecting.h"

#include "app/identity.h"
#include "app/memory.h"
#include "app/trust.h"
#include "base/mem.h"
#include "sys/paths.h"

const char *connect_known_user(const struct connect *c)
{
    size_t len;
    const uint8_t *blob = ssh_session_host_key(c->session, &len);

    return memory_user(c->memory, blob, len);
}

void connect_remember(struct connect *c)
{
    bool from_file =
        c->id != NULL && identity_has_file(c->id) && c->files.piped == NULL;
    char *absolute = from_file ? paths_absolute(identity_name(c->id)) : NULL;
    char *file = from_file ? paths_tilde(absolute) : NULL;
    struct machines_sight sight;

    if (trust_sight(c->trust, &sight))
        memory_logged_in(c->memory, &sight, c->user, file);
    mem_free(file);
    mem_free(absolute);
}

struct memory *connect_take_memory(struct connect *c)
{
    struct memory *m = c->memory;

    c->memory = NULL;
    return m;
}
