/* Which login name an identification string suggests. */
#include "app/loginname.h"

#include "../tap.h"

static const struct {
    const char *ident, *name;
} cases[] = {
    { "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5", "ubuntu" },
    { "SSH-2.0-OpenSSH_5.9p1 Debian-5ubuntu1.4", "ubuntu" },
    { "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3", "debian" },
    { "SSH-2.0-OpenSSH_7.9p1 Raspbian-10+deb10u2+rpt1", "pi" },
    { "SSH-2.0-OpenSSH_9.6 FreeBSD-20240701", "freebsd" },
    { "SSH-2.0-OpenSSH_8.7", NULL },
    { "SSH-2.0-dropbear_2022.83", NULL },
    { "SSH-2.0-Ubuntu-lookalike", NULL },
    { "", NULL },
};

int main(void)
{
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++)
        is_str(loginname_suggest(cases[i].ident), cases[i].name,
               cases[i].ident);
    return tap_done();
}
