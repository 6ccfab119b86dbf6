/*
 * links.c - OSC 8: what a link's name in a cell stands for.
 *
 * Names are numbers that only grow; the table holds the newest LINKS_KEPT, so
 * that a server can not fill memory, and a name that fell out of it is no link
 * any more.  The same id and URI, one after another, have the same name.
 */
#include "vt/screen.h"

#include <string.h>
#include "base/mem.h"

#define URI_MAX 2083u /* what browsers take */
#define ID_MAX  250u

static struct link *slot(const struct vt *vt, uint32_t name)
{
    return &vt->links[name % LINKS_KEPT];
}

static void drop(struct link *link)
{
    mem_free(link->id);
    mem_free(link->uri);
    *link = (struct link){ 0, NULL, NULL };
}

void links_free(struct vt *vt)
{
    unsigned i;

    for (i = 0; vt->links != NULL && i < LINKS_KEPT; i++)
        drop(&vt->links[i]);
    mem_free(vt->links);
    vt->links = NULL;
}

const char *vt_link(const struct vt *vt, uint32_t link)
{
    if (link == 0 || vt->links == NULL || slot(vt, link)->name != link)
        return NULL;
    return slot(vt, link)->uri;
}

static bool printable(const char *s, size_t n)
{
    while (n-- > 0)
        if (s[n] < 0x20 || s[n] > 0x7e)
            return false;
    return true;
}

/* The value of "id" among "key=value:key=value". */
static const char *find_id(const char *params, size_t n, size_t *len)
{
    const char *end = params + n;

    while (params < end) {
        const char *colon = memchr(params, ':', (size_t)(end - params));
        size_t part = (size_t)((colon != NULL ? colon : end) - params);

        if (part > 3 && memcmp(params, "id=", 3) == 0) {
            *len = part - 3;
            return params + 3;
        }
        params += part + 1;
    }
    *len = 0;
    return params;
}

static char *copy(const char *s, size_t n)
{
    char *out = mem_alloc(n + 1);

    memcpy(out, s, n);
    return out;
}

static bool equals(const char *kept, const char *s, size_t n)
{
    return strlen(kept) == n && memcmp(kept, s, n) == 0;
}

/* The name of a link that is kept: without an id only the newest is looked at,
 * for two links with one URI are two. */
static uint32_t known(const struct vt *vt, const char *id, size_t id_n,
                      const char *uri, size_t uri_n)
{
    uint32_t name = vt->last_link, i;

    for (i = 0; i < (id_n != 0 ? 64u : 1u) && name > i; i++) {
        const struct link *link = slot(vt, name - i);

        if (link->name == name - i && equals(link->id, id, id_n) &&
            equals(link->uri, uri, uri_n))
            return name - i;
    }
    return 0;
}

static uint32_t name_of(struct vt *vt, const char *id, size_t id_n,
                        const char *uri, size_t uri_n)
{
    uint32_t name;
    struct link *link;

    if (vt->links == NULL)
        vt->links = mem_array(LINKS_KEPT, sizeof *vt->links);
    if ((name = known(vt, id, id_n, uri, uri_n)) != 0)
        return name;
    if (++vt->last_link == 0)
        vt->last_link = 1;
    link = slot(vt, vt->last_link);
    drop(link);
    link->name = vt->last_link;
    link->id = copy(id, id_n);
    link->uri = copy(uri, uri_n);
    return link->name;
}

void osc_link(struct vt *vt, unsigned number, const char *text, size_t n)
{
    const char *uri = memchr(text, ';', n), *id;
    size_t uri_n, id_n;

    (void)number;
    if (uri == NULL)
        return;
    id = find_id(text, (size_t)(uri - text), &id_n);
    uri++;
    uri_n = n - (size_t)(uri - text);
    if (uri_n == 0 || uri_n > URI_MAX || id_n > ID_MAX ||
        !printable(uri, uri_n))
        vt->cur.extra.link = 0;
    else
        vt->cur.extra.link = name_of(vt, id, id_n, uri, uri_n);
}
