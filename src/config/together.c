/* together.c - no option is passed over in silence where it has no use. */
#include "config/together.h"

#include <stddef.h>
#include "base/err.h"
#include "config/options.h"

#define BIT(mode) (1u << (mode))

/* ---- the modes ---- */

static const char *const names[RUN_HELP] = {
    [RUN_INSTALL_KEY] = "--install-key", [RUN_ABOUT_VM] = "--about-vm",
    [RUN_DOCTOR] = "--doctor",           [RUN_SETUP] = "--setup",
    [RUN_REPLAY] = "--replay",
};

static bool check_one(const struct options *opt, struct err *err)
{
    unsigned mode, others = opt->modes & ~BIT(opt->mode);

    for (mode = RUN_CONNECT + 1; mode < RUN_HELP; mode++)
        if ((others & BIT(mode)) != 0)
            return err_set(err, ERR_USAGE,
                           "%s and %s do not go together; leave one of them "
                           "out",
                           names[mode], names[opt->mode]);
    return true;
}

/* ---- one option in one mode ---- */

static bool waits(const struct options *opt)
{
    return opt->wait != 0;
}

static bool records(const struct options *opt)
{
    return opt->record != NULL;
}

static bool runs_nothing(const struct options *opt)
{
    return opt->no_command;
}

static bool reads_nothing(const struct options *opt)
{
    return opt->no_input;
}

static bool has_terminal(const struct options *opt)
{
    return opt->tty == TTY_YES || opt->tty == TTY_FORCE;
}

#define COMMANDS (BIT(RUN_DOCTOR) | BIT(RUN_INSTALL_KEY) | BIT(RUN_ABOUT_VM))

/* clang-format off */
static const struct {
    unsigned modes;
    bool (*given)(const struct options *opt);
    const char *option, *why;
} useless[] = {
    { BIT(RUN_DOCTOR), waits, "--wait", "does not wait" },
    { COMMANDS, records, "--record", "has no full screen" },
    { COMMANDS, runs_nothing, "-N", "runs a command of its own" },
    { BIT(RUN_SETUP), reads_nothing, "-n", "asks" },
    { BIT(RUN_INSTALL_KEY) | BIT(RUN_ABOUT_VM), has_terminal, "-t",
      "needs no terminal on the server" },
};
/* clang-format on */

static bool check_options(const struct options *opt, struct err *err)
{
    size_t i;

    for (i = 0; i < sizeof useless / sizeof *useless; i++)
        if ((useless[i].modes & BIT(opt->mode)) != 0 && useless[i].given(opt))
            return err_set(err, ERR_USAGE, "%s %s; leave %s out",
                           names[opt->mode], useless[i].why, useless[i].option);
    return true;
}

/* A recording is played without any connection. */
static bool is_alone(const struct options *opt)
{
    return opt->given == 0 && opt->host == NULL && opt->record == NULL &&
           opt->console == NULL && opt->wait == 0 && !opt->json &&
           !opt->no_command && !opt->no_input;
}

bool together_check(const struct options *opt, struct err *err)
{
    const char *name = names[opt->mode];

    if (!check_one(opt, err))
        return false;
    if (opt->mode == RUN_REPLAY)
        return is_alone(opt) ||
               err_set(err, ERR_USAGE,
                       "--replay plays a recording and connects to nothing; "
                       "leave the rest out");
    if (opt->json && opt->mode != RUN_DOCTOR)
        return err_set(err, ERR_USAGE,
                       "--json is for --doctor only; try: vmconnect --help");
    if (opt->no_command && name == NULL)
        name = "-N";
    if (opt->command != NULL && name != NULL)
        return err_set(err, ERR_USAGE,
                       "%s runs no command, but \"%s\" is given; leave it out",
                       name, opt->command);
    return check_options(opt, err);
}
