/* Which variables go to the server. */
#include "app/environment.h"

#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "../tap.h"

enum { FEW = 4 };

static const struct {
    const char *name;
    const char *here[FEW];     /* the environment */
    const char *settings[FEW]; /* -o */
    enum terminal_text text;
    const char *want; /* in order, by blanks */
} cases[] = {
    { "nothing is known here", { NULL }, { NULL }, TEXT_AS_HERE, "" },
    { "UTF-8 for our own terminal",
      { NULL },
      { NULL },
      TEXT_UTF8,
      "LC_CTYPE=C.UTF-8" },
    { "a language",
      { "LANG=de_DE.UTF-8" },
      { NULL },
      TEXT_UTF8,
      "LANG=de_DE.UTF-8" },
    { "LC_ALL counts most",
      { "LANG=de_DE.UTF-8", "LC_CTYPE=fr_FR.UTF-8", "LC_ALL=C.utf8" },
      { NULL },
      TEXT_UTF8,
      "LANG=C.utf8" },
    { "an empty one does not count",
      { "LANG=C.UTF-8", "LC_ALL=" },
      { NULL },
      TEXT_AS_HERE,
      "LANG=C.UTF-8" },
    { "Latin 1 is not our terminal's",
      { "LANG=de_DE.ISO-8859-1" },
      { NULL },
      TEXT_UTF8,
      "LC_CTYPE=C.UTF-8" },
    { "... but the user's",
      { "LANG=de_DE.ISO-8859-1" },
      { NULL },
      TEXT_AS_HERE,
      "LANG=de_DE.ISO-8859-1" },
    { "a Mac's",
      { "LC_CTYPE=UTF-8" },
      { NULL },
      TEXT_UTF8,
      "LC_CTYPE=C.UTF-8" },
    { "C", { "LANG=C" }, { NULL }, TEXT_AS_HERE, "" },
    { "no locale at all", { "LANG=a_b;reboot" }, { NULL }, TEXT_AS_HERE, "" },
    { "another character set there",
      { "LANG=de_DE.UTF-8" },
      { NULL },
      TEXT_OTHER,
      "" },
    { "SetEnv has the word",
      { "LANG=de_DE.UTF-8" },
      { "SetEnv=LANG=C A=b" },
      TEXT_UTF8,
      "LANG=C A=b" },
    { "of any of them",
      { "LANG=de_DE.UTF-8" },
      { "SetEnv=LC_TIME=C" },
      TEXT_UTF8,
      "LC_TIME=C" },
    { "SetEnv goes first",
      { "LANG=de_DE.UTF-8" },
      { "SetEnv=A=b" },
      TEXT_UTF8,
      "A=b LANG=de_DE.UTF-8" },
    { "SendEnv",
      { "AB=1", "AC=2", "B=3" },
      { "SendEnv=A* B" },
      TEXT_UTF8,
      "AB=1 AC=2 B=3" },
    { "without some",
      { "AB=1", "AC=2", "B=3" },
      { "SendEnv=A* B", "SendEnv=-AC" },
      TEXT_UTF8,
      "AB=1 B=3" },
    { "SetEnv counts more",
      { "AB=1" },
      { "SendEnv=AB", "SetEnv=AB=2" },
      TEXT_UTF8,
      "AB=2" },
    { "none", { "LANG=de_DE.UTF-8" }, { "SendEnv=-*" }, TEXT_UTF8, "" },
};

static void check(size_t i)
{
    struct environment e;
    struct options opt;
    struct buf got = { 0 };
    struct err err;
    size_t j;

    clearenv();
    for (j = 0; j < FEW && cases[i].here[j] != NULL; j++)
        putenv((char *)(uintptr_t)cases[i].here[j]);
    options_init(&opt);
    for (j = 0; j < FEW && cases[i].settings[j] != NULL; j++)
        if (!options_set(&opt, cases[i].settings[j], &err))
            diag("%s", err.msg);
    environment_choose(&e, &opt, cases[i].text);
    for (j = 0; j < e.len; j++)
        buf_printf(&got, "%s%s", j == 0 ? "" : " ", e.list[j]);
    is_str(buf_str(&got), cases[i].want, cases[i].name);
    environment_free(&e);
    options_free(&opt);
    buf_free(&got);
}

static const struct {
    const char *ident, *setting;
    bool sent;
} colors[] = {
    { "SSH-2.0-OpenSSH_10.0p2 Debian-7", NULL, true },
    { "SSH-2.0-OpenSSH_10.0p2 Ubuntu-5ubuntu5", NULL, true },
    { "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3", NULL, false },
    { "SSH-2.0-OpenSSH_10.0", NULL, false },
    { "SSH-2.0-dropbear_2024.86", NULL, false },
    { "", NULL, false },
    { "SSH-2.0-OpenSSH_10.0p2 Debian-7", "SetEnv=COLORTERM=no", false },
    { "SSH-2.0-OpenSSH_10.0p2 Debian-7", "SetEnv=COLOR=no", true },
    { "SSH-2.0-OpenSSH_10.0p2 Debian-7", "SendEnv=LANG", false },
};

static void check_colors(size_t i)
{
    struct options opt;
    struct err err;
    const char *got;

    options_init(&opt);
    if (colors[i].setting != NULL &&
        !options_set(&opt, colors[i].setting, &err))
        diag("%s", err.msg);
    got = environment_colors(&opt, colors[i].ident);
    ok((got != NULL) == colors[i].sent, "COLORTERM for \"%s\"",
       colors[i].ident);
    options_free(&opt);
}

int main(void)
{
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(i);
    for (i = 0; i < sizeof colors / sizeof colors[0]; i++)
        check_colors(i);
    return tap_done();
}
