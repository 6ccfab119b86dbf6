/* How long ago something was, and what a server's system is, in words. */
#include "app/moment.h"

#include <string.h>
#include "app/greeting.h"
#include "base/buf.h"
#include "../tap.h"

#define NOW INT64_C(1795597964) /* 2026-11-25T09:12:44Z */

static const struct {
    int64_t ago; /* s */
    const char *words;
} moments[] = {
    { 0, "less than a minute ago" }, { 59, "less than a minute ago" },
    { 60, "1 minute ago" },          { 3599, "59 minutes ago" },
    { 3600, "1 hour ago" },          { 86399, "23 hours ago" },
    { 86400, "yesterday" },          { 2 * 86400 - 1, "yesterday" },
    { 2 * 86400, "2 days ago" },     { 30 * 86400 - 1, "29 days ago" },
    { 30 * 86400, "on 2026-10-26" }, { -86400, "on 2026-11-26" },
};

static const struct {
    const char *ident, *words;
} systems[] = {
    { "SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.6", "Ubuntu 22.04" },
    { "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5", "Ubuntu 24.04" },
    { "SSH-2.0-OpenSSH_10.0p2 Ubuntu-5ubuntu5", "Ubuntu 25.10" },
    { "SSH-2.0-OpenSSH_5.9p1 Debian-5ubuntu1.4", "Ubuntu" },
    { "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3", "Debian 12" },
    { "SSH-2.0-OpenSSH_10.0p2 Debian-7", "Debian" },
    { "SSH-2.0-OpenSSH_9.6 FreeBSD-20240701", "FreeBSD" },
    { "SSH-2.0-OpenSSH_8.7", "OpenSSH_8.7" },
    { "SSH-1.99-x", "SSH-1.99-x" },
};

int main(void)
{
    struct buf out = { 0 };

    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        buf_clear(&out);
        moment_put(&out, NOW - moments[i].ago, NOW);
        is_str(buf_str(&out), moments[i].words, moments[i].words);
    }
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        buf_clear(&out);
        greeting_put_system(&out, systems[i].ident);
        is_str(buf_str(&out), systems[i].words, systems[i].ident);
    }
    buf_free(&out);
    return tap_done();
}
