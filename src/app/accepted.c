#include "app/accepted.h"

#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/wire.h"

static const char certificate[] = "-cert-v01@openssh.com";

/* An RSA key's type is the name of none of its algorithms (RFC 8332). */
static const struct {
    const char *type, *algorithm;
} rsa[] = {
    { "ssh-rsa", "rsa-sha2-512" },
    { "ssh-rsa", "rsa-sha2-256" },
    { "ssh-rsa-cert-v01@openssh.com", "rsa-sha2-512-cert-v01@openssh.com" },
    { "ssh-rsa-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com" },
};

static bool makes(struct wire_bytes type, const char *name, size_t n)
{
    size_t i;

    if (type.len == n && memcmp(type.data, name, n) == 0)
        return true;
    for (i = 0; i < sizeof rsa / sizeof rsa[0]; i++)
        if (wire_is(type, rsa[i].type) && strlen(rsa[i].algorithm) == n &&
            memcmp(rsa[i].algorithm, name, n) == 0)
            return true;
    return false;
}

bool accepted_key(const char *list, const uint8_t *blob, size_t len)
{
    struct wire_bytes type;
    struct wire w;

    if (list == NULL)
        return true;
    wire_init(&w, blob, len);
    type = wire_string(&w);
    while (*list != '\0') {
        size_t n = strcspn(list, ",");

        if (makes(type, list, n))
            return true;
        list += n + (list[n] == ',');
    }
    return false;
}

/* "rsa-sha2-512" of it and of its certificate's name; 0 if it is none. */
static size_t rsa_name(const char *name, size_t n)
{
    size_t tail = sizeof certificate - 1;

    if (n > tail && memcmp(name + n - tail, certificate, tail) == 0)
        n -= tail;
    return n > 4 && memcmp(name, "rsa-", 4) == 0 ? n : 0;
}

static bool has(struct buf *names, const char *name)
{
    return strstr(buf_str(names), name) != NULL;
}

char *accepted_rsa(const char *list)
{
    struct buf out = { 0 };

    for (; list != NULL && *list != '\0'; list += *list == ',') {
        size_t n = strcspn(list, ",");
        char *name = mem_strndup(list, rsa_name(list, n));

        if (name[0] != '\0' && !has(&out, name))
            buf_printf(&out, "%s%s", out.len != 0 ? "," : "", name);
        mem_free(name);
        list += n;
    }
    return out.len != 0 ? buf_take_str(&out) : NULL;
}
