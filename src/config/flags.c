#include "config/flags.h"

#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "config/nearest.h"
#include "config/options.h"
#include "config/settings.h"
#include "config/take.h"

#define COUNT(a)    (sizeof(a) / sizeof(a)[0])
#define VERBOSE_MAX 2
#define WAIT_MAX    86400 /* seconds */

static void mark(struct options *opt, const char *keyword)
{
    setting_mark(opt, setting_find(keyword));
}

static void set_mode(struct options *opt, enum run_mode mode)
{
    opt->mode = mode;
    opt->modes |= 1u << mode;
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

static void run_no_input(struct options *opt)
{
    opt->no_input = true;
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
    set_mode(opt, RUN_VERSION);
}

static void run_help(struct options *opt)
{
    set_mode(opt, RUN_HELP);
}

static void run_install_key(struct options *opt)
{
    set_mode(opt, RUN_INSTALL_KEY);
}

static void run_setup(struct options *opt)
{
    set_mode(opt, RUN_SETUP);
}

static void run_about_vm(struct options *opt)
{
    set_mode(opt, RUN_ABOUT_VM);
}

static void run_doctor(struct options *opt)
{
    set_mode(opt, RUN_DOCTOR);
}

static void run_json(struct options *opt)
{
    opt->json = true;
}

static bool take_record(struct options *opt, const char *value, struct err *err)
{
    (void)err;
    mem_free(opt->record);
    opt->record = mem_strdup(value);
    return true;
}

static bool take_replay(struct options *opt, const char *value, struct err *err)
{
    (void)err;
    mem_free(opt->replay);
    opt->replay = mem_strdup(value);
    set_mode(opt, RUN_REPLAY);
    return true;
}

static bool take_console(struct options *opt, const char *value,
                         struct err *err)
{
    (void)err;
    mem_free(opt->console);
    opt->console = mem_strdup(value);
    return true;
}

static bool take_wait(struct options *opt, const char *value, struct err *err)
{
    long seconds = take_parse_seconds(value);

    if (seconds <= 0 || seconds > WAIT_MAX)
        return err_set(err, ERR_USAGE,
                       "--wait=%s: not a time up to a day, such as 90 or 5m",
                       value);
    opt->wait = (unsigned)seconds;
    return true;
}

/* clang-format off */
const struct flag flags[] = {
    { .heading = "Connection",
      .letter = 'i', .arg = "FILE", .keyword = "IdentityFile",
      .help = "the private key to log in with (repeatable); - is stdin" },
    { .letter = 'l', .arg = "USER", .keyword = "User",
      .help = "the login name; without any, the usual ones are tried" },
    { .letter = 'p', .arg = "PORT", .keyword = "Port",
      .help = "the server's port (22)" },
    { .letter = '4', .keyword = "AddressFamily", .value = "inet",
      .help = "connect over IPv4 only" },
    { .letter = '6', .keyword = "AddressFamily", .value = "inet6",
      .help = "connect over IPv6 only" },
    { .letter = 'C', .keyword = "Compression", .value = "yes",
      .help = "compress what is sent" },
    { .name = "console", .arg = "FILE", .text = take_console,
      .help = "the machine's console log: checks its host key by it" },
    { .name = "wait", .arg = "TIME", .optional = true, .value = "5m",
      .text = take_wait,
      .help = "wait for a machine that boots (5m)" },
    { .heading = "Session",
      .letter = 't', .run = run_tty,
      .help = "a terminal for a command too; -tt even without one here" },
    { .letter = 'T', .keyword = "RequestTTY", .value = "no",
      .help = "no terminal on the server" },
    { .letter = 'N', .run = run_no_command,
      .help = "log in, but run nothing" },
    { .letter = 'n', .run = run_no_input,
      .help = "read nothing from standard input, as in a loop of a script" },
    { .name = "record", .arg = "FILE", .text = take_record,
      .help = "record the full screen, with its times (asciicast)" },
    { .name = "replay", .arg = "FILE", .text = take_replay,
      .help = "play such a recording; needs no host" },
    { .heading = "Set-up",
      .name = "setup", .run = run_setup,
      .help = "from nothing: a key, its line for the panel, the way in" },
    { .name = "install-key", .run = run_install_key,
      .help = "add a public key to the account, and log in with it" },
    { .name = "about-vm", .run = run_about_vm,
      .help = "tell what machine it is, and run nothing else" },
    { .heading = "When it does not work",
      .name = "doctor", .run = run_doctor,
      .help = "go the whole way to a shell and say where it breaks" },
    { .name = "json", .run = run_json,
      .help = "with --doctor: its report for programs" },
    { .heading = "Other",
      .letter = 'q', .keyword = "LogLevel", .value = "QUIET",
      .help = "say less" },
    { .letter = 'v', .run = run_verbose,
      .help = "say more; -vv still more, and when" },
    { .letter = 'o', .arg = "KEY=VALUE",
      .help = "a setting, see below (may be repeated)" },
    { .letter = 'V', .name = "version", .run = run_version,
      .help = "print the version" },
    { .letter = 'h', .name = "help", .run = run_help,
      .help = "print this" },
};
/* clang-format on */

const size_t flags_len = COUNT(flags);

const struct flag *flag_find(char letter)
{
    size_t i;

    for (i = 0; i < COUNT(flags); i++) {
        if (letter != '\0' && flags[i].letter == letter)
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

const char *flag_nearest(const char *name)
{
    struct nearest n;

    nearest_begin(&n, name);
    for (size_t i = 0; i < COUNT(flags); i++)
        if (flags[i].name != NULL)
            nearest_try(&n, flags[i].name);
    return n.name;
}
