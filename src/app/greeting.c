#include "app/greeting.h"

#include <stdlib.h>
#include <string.h>
#include "app/loginname.h"
#include "base/buf.h"

#define DIGITS "0123456789"

/* A release of Ubuntu keeps the version of OpenSSH that it came with. */
static const struct {
    const char *openssh, *ubuntu;
} releases[] = {
    { "OpenSSH_6.6.1p1 ", "14.04" }, { "OpenSSH_7.2p2 ", "16.04" },
    { "OpenSSH_7.6p1 ", "18.04" },   { "OpenSSH_8.2p1 ", "20.04" },
    { "OpenSSH_8.9p1 ", "22.04" },   { "OpenSSH_9.6p1 ", "24.04" },
    { "OpenSSH_9.9p1 ", "25.04" },   { "OpenSSH_10.0p2 ", "25.10" },
};

static void put_release(struct buf *out, const char *system, const char *ident)
{
    const char *deb = strstr(ident, "+deb");
    size_t i;

    if (strcmp(system, "Ubuntu") == 0) {
        for (i = 0; i < sizeof releases / sizeof *releases; i++)
            if (strstr(ident, releases[i].openssh) != NULL)
                buf_printf(out, " %s", releases[i].ubuntu);
    } else if (deb != NULL && strspn(deb + 4, DIGITS) != 0) {
        buf_printf(out, " %.*s", (int)strspn(deb + 4, DIGITS), deb + 4);
    }
}

void greeting_put_system(struct buf *out, const char *ident)
{
    const char *system = loginname_system(ident);

    if (system == NULL) {
        buf_put_str(out,
                    strncmp(ident, "SSH-2.0-", 8) == 0 ? ident + 8 : ident);
        return;
    }
    buf_put_str(out, system);
    put_release(out, system, ident);
}

bool greeting_takes_colorterm(const char *ident)
{
    static const char openssh[] = "SSH-2.0-OpenSSH_";
    const char *system = loginname_system(ident);

    return system != NULL &&
           (strcmp(system, "Debian") == 0 || strcmp(system, "Ubuntu") == 0) &&
           strncmp(ident, openssh, strlen(openssh)) == 0 &&
           strtol(ident + strlen(openssh), NULL, 10) >= 10;
}
