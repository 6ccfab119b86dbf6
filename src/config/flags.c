#include "config/flags.h"

#include <string.h>
#include "config/options.h"
#include "config/settings.h"

#define COUNT(a)    (sizeof(a) / sizeof(a)[0])
#define VERBOSE_MAX 3

static void mark(struct options *opt, const char *keyword)
{
    setting_mark(opt, setting_find(keyword));
}

/* Twice means: even if standard input is no terminal. */
static void run_tty(struct options *opt)
{
    bool again = opt->tty == TTY_YES || opt->tty == TTY_FORCE;

    opt->tty = again ? TTY_FORCE : TTY_YES;
    mark(opt, "RequestTTY");
}

static void run_no_command(struct options *opt)
{
    opt->no_command = true;
}

static void run_verbose(struct options *opt)
{
    opt->quiet = false;
    if (opt->verbose < VERBOSE_MAX)
        opt->verbose++;
    mark(opt, "LogLevel");
}

static void run_version(struct options *opt)
{
    opt->mode = RUN_VERSION;
}

static void run_help(struct options *opt)
{
    opt->mode = RUN_HELP;
}

/* clang-format off */
const struct flag flags[] = {
    { "Connection", 'i', NULL, "FILE", "IdentityFile", NULL, NULL,
      "the private key to log in with (may be repeated)" },
    { NULL, 'l', NULL, "USER", "User", NULL, NULL,
      "the login name, if it is not written before the host" },
    { NULL, 'p', NULL, "PORT", "Port", NULL, NULL,
      "the server's port (22)" },
    { NULL, '4', NULL, NULL, "AddressFamily", "inet", NULL,
      "connect over IPv4 only" },
    { NULL, '6', NULL, NULL, "AddressFamily", "inet6", NULL,
      "connect over IPv6 only" },
    { NULL, 'C', NULL, NULL, "Compression", "yes", NULL,
      "compress what is sent" },
    { "Session", 't', NULL, NULL, NULL, NULL, run_tty,
      "a terminal for a command too; -tt even without one here" },
    { NULL, 'T', NULL, NULL, "RequestTTY", "no", NULL,
      "no terminal on the server" },
    { NULL, 'N', NULL, NULL, NULL, NULL, run_no_command,
      "log in, but run nothing" },
    { "Other", 'q', NULL, NULL, "LogLevel", "QUIET", NULL,
      "say less" },
    { NULL, 'v', NULL, NULL, NULL, NULL, run_verbose,
      "say more; -vv and -vvv still more" },
    { NULL, 'o', NULL, "KEY=VALUE", NULL, NULL, NULL,
      "a setting, see below (may be repeated)" },
    { NULL, 'V', "version", NULL, NULL, NULL, run_version,
      "print the version" },
    { NULL, 'h', "help", NULL, NULL, NULL, run_help,
      "print this" },
};
/* clang-format on */

const size_t flags_len = COUNT(flags);

const struct flag *flag_find(char letter)
{
    size_t i;

    for (i = 0; i < COUNT(flags); i++) {
        if (flags[i].letter == letter)
            return &flags[i];
    }
    return NULL;
}

const struct flag *flag_named(const char *name)
{
    size_t i;

    for (i = 0; i < COUNT(flags); i++) {
        if (flags[i].name != NULL && strcmp(flags[i].name, name) == 0)
            return &flags[i];
    }
    return NULL;
}
