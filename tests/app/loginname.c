/* Which login name an identification string suggests. */
#include "app/loginname.h"

#include <string.h>
#include "base/mem.h"
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
    { "Please login as the user \\\"web\\\" rather than the user "
      "\\\"root\\\".",
      "web" },
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

/* Names that are tried, separated by blanks. */
/* clang-format off */
static const struct {
    const char *ident, *names;
} guesses[] = {
    { "SSH-2.0-OpenSSH_6.6.1p1 Ubuntu-2ubuntu2.13", "ubuntu root" },
    { "SSH-2.0-OpenSSH_7.6p1 Ubuntu-4ubuntu0.7", "ubuntu root" },
    { "SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.10", "ubuntu root" },
    { "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5", "ubuntu root" },
    { "SSH-2.0-OpenSSH_10.0p2 Ubuntu-5ubuntu5", "ubuntu root" },
    { "SSH-2.0-OpenSSH_5.9p1 Debian-5ubuntu1.4", "ubuntu root" },
    { "SSH-2.0-OpenSSH_7.4p1 Debian-10+deb9u7", "debian root admin" },
    { "SSH-2.0-OpenSSH_8.4p1 Debian-5+deb11u3", "debian root admin" },
    { "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3", "debian root admin" },
    { "SSH-2.0-OpenSSH_10.0p2 Debian-7+deb13u4", "debian root admin" },
    { "SSH-2.0-OpenSSH_7.9p1 Raspbian-10+deb10u2+rpt1", "pi root" },
    { "SSH-2.0-OpenSSH_7.9 FreeBSD-20200214", "freebsd root ec2-user" },
    { "SSH-2.0-OpenSSH_9.6 FreeBSD-20240701", "freebsd root ec2-user" },
    { "SSH-2.0-OpenSSH_9.0 NetBSD_Secure_Shell-20230101", "netbsd root" },
    { "SSH-2.0-OpenSSH_7.4", "root ec2-user" }, /* CentOS 7, Amazon Linux 2 */
    { "SSH-2.0-OpenSSH_8.0", "root ec2-user" }, /* Rocky 8 */
    { "SSH-2.0-OpenSSH_8.7", "root ec2-user" }, /* Alma 9, Amazon 2023 */
    { "SSH-2.0-OpenSSH_9.9", "root ec2-user" }, /* Fedora, Arch, Alpine */
    { "SSH-2.0-OpenSSH_for_Windows_9.5", "" },
    { "SSH-2.0-dropbear_2022.83", "root" },
    { "SSH-2.0-Go", "" },
    { "SSH-2.0-libssh_0.9.6", "" },
    { "SSH-2.0-Tailscale", "" },
    { "SSH-2.0-Cisco-1.25", "" },
    { "SSH-2.0-ROSSSH", "" },
    { "", "" },
};

static const struct {
    const char *what, *known, *local, *comment, *names;
} hinted[] = {
    { "what worked before is the first", "web", NULL, NULL, "web root ubuntu" },
    { "... and counts once", "root", NULL, NULL, "root ubuntu" },
    { "this side's user", NULL, "me", "x@y", "me root ubuntu" },
    { "a name may be any", NULL, "J. Doe", NULL, "J. Doe root ubuntu" },
    { "the key's comment", NULL, NULL, "anna@laptop", "ubuntu root anna" },
    { "... that is no address", NULL, NULL, "my key", "ubuntu root" },
    { "... that is a word", NULL, NULL, "anna", "ubuntu root" },
    { "... that is no name", NULL, NULL, "Anna@laptop", "ubuntu root" },
    { "... that is one in part", NULL, NULL, "a.b@laptop", "ubuntu root" },
    { "... that is an option", NULL, NULL, "-o@laptop", "ubuntu root" },
    { "... that is too long", NULL, NULL,
      "abcdefghijklmnopqrstuvwxyz0123456@x", "ubuntu root" },
    { "... that is long", NULL, NULL, "abcdefghijklmnopqrstuvwxyz012345@x",
      "ubuntu root abcdefghijklmnopqrstuvwxyz012345" },
    { "... that is tried anyway", NULL, NULL, "root@vm", "ubuntu root" },
    { "three are enough", "web", "me", "anna@laptop", "web root me" },
};
/* clang-format on */

static void is_guess(const struct loginname_hints *hints, const char *want,
                     const char *what)
{
    char *names[LOGINNAME_TRIES], line[200] = "";
    size_t i, n = loginname_guess(hints, names);

    for (i = 0; i < n; i++) {
        strcat(line, i != 0 ? " " : "");
        strcat(line, names[i]);
        mem_free(names[i]);
    }
    is_str(line, want, what);
}

static void test_guess(void)
{
    const char *debian = "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3";
    size_t i;

    for (i = 0; i < sizeof guesses / sizeof *guesses; i++) {
        struct loginname_hints hints = { .ident = guesses[i].ident };

        is_guess(&hints, guesses[i].names, guesses[i].ident);
    }
    for (i = 0; i < sizeof hinted / sizeof *hinted; i++) {
        struct loginname_hints hints = { .ident = guesses[0].ident,
                                         .known = hinted[i].known,
                                         .local = hinted[i].local,
                                         .comment = hinted[i].comment };

        is_guess(&hints, hinted[i].names, hinted[i].what);
    }
    is_guess(
        &(struct loginname_hints){ .ident = debian, .comment = "anna@laptop" },
        "debian root admin", "a system's own names before the comment's");
    is_guess(&(struct loginname_hints){ .ident = debian,
                                        .known = "admin",
                                        .comment = "anna@laptop" },
             "admin root debian", "... what worked before too");
    is_guess(&(struct loginname_hints){ .ident = "", .known = "web" }, "web",
             "what worked before needs no other hint");
}

static void test_untried(void)
{
    const char *ubuntu = guesses[0].ident;
    const char *debian = "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3";
    const char *tried[] = { "bob", "ubuntu", "debian", "root" };

    is_str(loginname_untried(ubuntu, tried, 1), "ubuntu", "the usual name");
    is_str(loginname_untried(ubuntu, tried, 2), "root", "... was tried");
    is_str(loginname_untried(ubuntu, tried, 4), NULL, "... and root, too");
    is_str(loginname_untried(debian, tried, 4), "admin",
           "a name that some providers give");
    is_str(loginname_untried("SSH-2.0-OpenSSH_8.7", tried, 3), "root",
           "a server that tells no system");
    is_str(loginname_untried("SSH-2.0-Go", tried, 0), NULL,
           "a server that has no shell");
}

static const struct {
    const char *said;
    enum loginname_heard heard;
} hearings[] = {
    { "", LOGINNAME_PERHAPS },
    { "\r\n \n", LOGINNAME_PERHAPS },
    { "P", LOGINNAME_PERHAPS },
    { "\nPlease log", LOGINNAME_PERHAPS },
    { "Please login as the user \"ubuntu\" rather than", LOGINNAME_PERHAPS },
    { "Please login as the user \"ubuntu\" rather than the user \"root\".\n",
      LOGINNAME_TOLD },
    { "Please login as the user \\\"ubuntu\\\" rather than the user "
      "\\\"root\\\".\n",
      LOGINNAME_TOLD },
    { "\r\nPlease log in as admin rather than root\r\n", LOGINNAME_TOLD },
    { "Please login as the user \"NONE\" rather than the user \"root\".\n",
      LOGINNAME_NOTHING },
    { "Please wait\n", LOGINNAME_NOTHING },
    { "please", LOGINNAME_NOTHING },
    { "$ ", LOGINNAME_NOTHING },
    { "Welcome\nPlease login as the user \"ubuntu\" rather than root\n",
      LOGINNAME_NOTHING },
};

static void test_hear(void)
{
    char name[LOGINNAME_MAX];
    size_t i;

    for (i = 0; i < sizeof hearings / sizeof *hearings; i++)
        ok(loginname_hear(hearings[i].said, strlen(hearings[i].said), name) ==
               hearings[i].heard,
           "heard: %s", hearings[i].said);
    ok(loginname_hear("Please\0", 7, name) == LOGINNAME_NOTHING,
       "a NUL is no part of it");
}

int main(void)
{
    size_t i;

    test_told();
    test_guess();
    test_hear();
    test_untried();
    for (i = 0; i < sizeof cases / sizeof *cases; i++)
        is_str(loginname_suggest(cases[i].ident), cases[i].name,
               cases[i].ident);
    return tap_done();
}
