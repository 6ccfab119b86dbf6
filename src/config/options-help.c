/* The text of --help, out of the tables that the parser reads. */
#include "config/options.h"

#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "config/flags.h"
#include "config/settings.h"

#define FLAG_WIDTH    14 /* "--console FILE"; one is longer */
#define SETTING_WIDTH 24 /* "PreferredAuthentications"; one is longer */

static void put_heading(struct buf *out, const char *heading, const char *more)
{
    if (heading != NULL)
        buf_printf(out, "\n%s%s:\n", heading, more);
}

static void put_flag(struct buf *out, const struct flag *f)
{
    char left[32];

    if (f->letter == '\0')
        snprintf(left, sizeof left, "--%s%s%s%s", f->name,
                 f->arg == NULL ? ""
                 : f->optional  ? "[="
                                : " ",
                 f->arg != NULL ? f->arg : "", f->optional ? "]" : "");
    else if (f->name != NULL)
        snprintf(left, sizeof left, "-%c, --%s", f->letter, f->name);
    else
        snprintf(left, sizeof left, "-%c %s", f->letter,
                 f->arg != NULL ? f->arg : "");
    buf_printf(out, "  %-*s %s\n", FLAG_WIDTH, left, f->help);
}

/* What a keyword is too long to stand beside goes below it. */
static void put_setting(struct buf *out, const struct setting *s)
{
    bool beside = strlen(s->keyword) <= SETTING_WIDTH;

    buf_printf(out, "  %s", s->keyword);
    buf_printf(out, "%s%*s %s\n", beside ? "" : "\n  ",
               beside ? SETTING_WIDTH - (int)strlen(s->keyword) : SETTING_WIDTH,
               "", s->help);
}

void options_help(struct buf *out)
{
    size_t i;

    buf_put_str(
        out, "Usage: vmconnect [options] [user@]host[:port] [command...]\n"
             "       vmconnect --doctor [--json] [options] [user@]host[:port]\n"
             "       vmconnect --setup [options] [[user@]host[:port]]\n"
             "       vmconnect --replay FILE\n"
             "\n"
             "Opens a shell, or runs a command, on a machine over SSH.\n"
             "An IPv6 address with a port is written [address]:port.\n"
             "Nothing is forwarded, and ~/.ssh/config is not read.\n");
    for (i = 0; i < flags_len; i++) {
        put_heading(out, flags[i].heading, "");
        put_flag(out, &flags[i]);
    }

    for (i = 0; i < settings_len; i++) {
        put_heading(out, settings[i].heading, " settings (-o)");
        put_setting(out, &settings[i]);
    }
}
