/* Which login name an identification string suggests. */
#include "app/loginname.h"

#include <string.h>
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

static const struct {
    const char *said, *name; /* NULL: none is believed */
} told[] = {
    { "Please login as the user \"ubuntu\" rather than the user \"root\".",
      "ubuntu" },
    { "Please login as the ec2-user user rather than root user.", "ec2-user" },
    { "motd\r\nPlease login as the user \"a_b-9\" rather than the user "
      "\"root\".\r\n\r\n",
      "a_b-9" },
    { "Please log in as admin rather than root", "admin" },
    { "login as x; then login as the user \"debian\" rather than", "debian" },
    { "login as the user \"abcdefghijklmnopqrstuvwxyz012345\" rather than",
      "abcdefghijklmnopqrstuvwxyz012345" },
    { "login as the user \"abcdefghijklmnopqrstuvwxyz0123456\" rather than",
      NULL },
    { "Please login as the user \"NONE\" rather than the user \"root\".",
      NULL },
    { "login as the user \"-oProxyCommand=x\" rather than", NULL },
    { "login as the user \"a b\" rather than", NULL },
    { "login as the user \"\" rather than", NULL },
    { "login as the user \"ubuntu\" or not", NULL },
    { "login as the user \"ubuntu\" rather", NULL },
    { "login as", NULL },
    { "", NULL },
};

static void test_told(void)
{
    char name[LOGINNAME_MAX];
    size_t i;
    bool found;

    for (i = 0; i < sizeof told / sizeof *told; i++) {
        found = loginname_told(told[i].said, strlen(told[i].said), name);
        is_str(found ? name : NULL, told[i].name, told[i].said);
    }
}

int main(void)
{
    size_t i;

    test_told();
    is_str(loginname_other(cases[0].ident, "root"), "ubuntu", "another name");
    is_str(loginname_other(cases[0].ident, "ubuntu"), NULL, "the same name");

    for (i = 0; i < sizeof cases / sizeof *cases; i++)
        is_str(loginname_suggest(cases[i].ident), cases[i].name,
               cases[i].ident);
    return tap_done();
}
