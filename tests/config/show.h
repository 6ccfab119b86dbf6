/* show.h - options as one line of text: what differs from the defaults. */
#ifndef TESTS_CONFIG_SHOW_H
#define TESTS_CONFIG_SHOW_H

#include <stddef.h>
#include "base/buf.h"
#include "config/options.h"

static inline void show_text(struct buf *out, const char *name,
                             const char *value)
{
    if (value != NULL)
        buf_printf(out, " %s=%s", name, value);
}

static inline void show_number(struct buf *out, const char *name, long value,
                               long usual)
{
    if (value != usual)
        buf_printf(out, " %s=%ld", name, value);
}

static inline void show_list(struct buf *out, const char *name,
                             char *const *list, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        show_text(out, name, list[i]);
}

static inline void show_words(struct buf *out, const struct options *o,
                              const struct options *usual)
{
    show_text(out, "host", o->host);
    show_text(out, "log", o->log_file);
    show_text(out, "record", o->record);
    show_text(out, "replay", o->replay);
    show_text(out, "console", o->console);
    show_text(out, "user", o->user);
    show_number(out, "port", o->port, usual->port);
    show_text(out, "hostname", o->hostname);
    show_text(out, "command", o->command);
    show_list(out, "key", o->identity, o->identities);
    show_list(out, "certificate", o->certificate, o->certificates);
    show_list(out, "env", o->env, o->envs);
    show_text(out, "known", o->user_known_hosts);
    show_text(out, "global", o->global_known_hosts);
    show_text(out, "alias", o->host_key_alias);
    show_text(out, "agent", o->identity_agent);
    show_text(out, "preferred", o->preferred);
    show_text(out, "algorithms", o->pubkey_algorithms);
    if (strcmp(o->terminal_type, usual->terminal_type) != 0)
        show_text(out, "term", o->terminal_type);
    if (strcmp(o->charset, usual->charset) != 0)
        show_text(out, "charset", o->charset);
}

static const char *const modes[] = {
    [RUN_INSTALL_KEY] = "install-key",
    [RUN_ABOUT_VM] = "about-vm",
    [RUN_DOCTOR] = "doctor",
    [RUN_SETUP] = "setup",
    [RUN_HELP] = "help",
    [RUN_VERSION] = "version",
    [RUN_REPLAY] = "replay",
};

static inline void show_numbers(struct buf *out, const struct options *o,
                                const struct options *usual)
{
    show_number(out, "json", o->json, usual->json);
    show_number(out, "wait", o->wait, usual->wait);
    if (o->mode != usual->mode)
        buf_printf(out, " mode=%s", modes[o->mode]);
    show_number(out, "bell", o->bell, usual->bell);
    show_number(out, "clipboard", o->clipboard, usual->clipboard);
    show_number(out, "logtype", o->log_type, usual->log_type);
    show_number(out, "logexists", o->log_exists, usual->log_exists);
    show_number(out, "strict", o->strict, usual->strict);
    show_number(out, "family", o->family, usual->family);
    show_number(out, "tty", o->tty, usual->tty);
    show_number(out, "only", o->identities_only, usual->identities_only);
    show_number(out, "hash", o->hash_known_hosts, usual->hash_known_hosts);
    show_number(out, "password", o->password, usual->password);
    show_number(out, "kbd", o->kbd_interactive, usual->kbd_interactive);
    show_number(out, "pubkey", o->pubkey, usual->pubkey);
    show_number(out, "add", o->add_keys, usual->add_keys);
    show_number(out, "lifetime", o->add_lifetime, usual->add_lifetime);
    show_number(out, "batch", o->batch, usual->batch);
    show_number(out, "compression", o->compression, usual->compression);
    show_number(out, "nocommand", o->no_command, usual->no_command);
    show_number(out, "quiet", o->quiet, usual->quiet);
    show_number(out, "status", o->status_line, usual->status_line);
    show_number(out, "reports", o->screen_reports, usual->screen_reports);
    show_number(out, "verbose", o->verbose, usual->verbose);
    show_number(out, "timeout", o->connect_timeout, usual->connect_timeout);
    show_number(out, "alive", o->alive_interval, usual->alive_interval);
    show_number(out, "alivecount", o->alive_count, usual->alive_count);
    show_number(out, "scrollback", o->scrollback, usual->scrollback);
    show_number(out, "tries", o->passphrase_tries, usual->passphrase_tries);
    show_number(out, "escape", o->escape, usual->escape);
    show_number(out, "prefix", o->prefix, usual->prefix);
}

/* " host=h port=2222"; for mem_free(). */
static inline char *show_options(const struct options *opt)
{
    struct buf out = { 0 };
    struct options usual;

    options_init(&usual);
    show_words(&out, opt, &usual);
    show_numbers(&out, opt, &usual);
    options_free(&usual);
    return buf_take_str(&out);
}

#endif
