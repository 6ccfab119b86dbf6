/*
 * options.h - what the user asked for: the command line and ssh_config text.
 *
 * Pure: files are read by the caller.  Every setting is a row of one table
 * (name, kind, default, where it lives) that the command line, -o and
 * ssh_config text share.  The first value wins, as in ssh_config(5), so the
 * command line is applied first.
 */
#ifndef CONFIG_OPTIONS_H
#define CONFIG_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;

enum tristate { OPT_UNSET, OPT_NO, OPT_YES };
enum strict { STRICT_ASK, STRICT_YES, STRICT_ACCEPT_NEW, STRICT_NO };
enum family { FAMILY_ANY, FAMILY_INET, FAMILY_INET6 };
enum request_tty { TTY_AUTO, TTY_NO, TTY_YES, TTY_FORCE };
enum run_mode { RUN_CONNECT, RUN_HELP, RUN_VERSION };

#define OPTIONS_MAX_IDENTITIES 16
#define OPTIONS_MAX_ENV        64

struct options {
    enum run_mode mode;
    char *host;     /* as typed, without brackets */
    char *user;     /* NULL: not said */
    unsigned port;  /* 22 */
    char *hostname; /* HostName: where to connect; NULL: host */
    char *command;  /* remote command, words joined by blanks; NULL: shell */
    char *identity[OPTIONS_MAX_IDENTITIES]; /* -i, IdentityFile, in order */
    size_t identities;
    char *env[OPTIONS_MAX_ENV]; /* SetEnv, "NAME=value" */
    size_t envs;
    char *user_known_hosts;   /* blank-separated paths; NULL: the default */
    char *global_known_hosts; /* likewise */
    char *host_key_alias;
    char *terminal_type; /* TerminalType; "xterm-256color" */
    enum strict strict;
    enum family family;
    enum request_tty tty; /* -t -T, RequestTTY */
    bool hash_known_hosts;
    bool batch; /* BatchMode: ask nothing */
    bool compression;
    bool no_command;           /* -N */
    bool quiet;                /* -q */
    bool status_line;          /* StatusLine; on */
    unsigned verbose;          /* -v, counted */
    unsigned connect_timeout;  /* seconds; 20 */
    unsigned alive_interval;   /* ServerAliveInterval, seconds; 15; 0: off */
    unsigned alive_count;      /* ServerAliveCountMax; 3 */
    unsigned scrollback;       /* Scrollback, lines; 10,000 */
    unsigned passphrase_tries; /* NumberOfPasswordPrompts; 3 */
    int escape;                /* EscapeChar for lines: '~'; -1: none */
    int prefix;                /* PrefixKey: 0x1d (Ctrl-]); -1: none */
};

/* All defaults. */
void options_init(struct options *opt);
void options_free(struct options *opt);

/*
 * Apply a command line.  ERR_USAGE with a sentence that names the word.
 * Destination: [user@]host, [user@][v6addr]:port, ssh://[user@]host[:port].
 * Options after the destination are taken until the first word of a command.
 */
bool options_argv(struct options *opt, int argc, char *const argv[],
                  struct err *err);

/* One "Keyword=value" or "Keyword value", as for -o. */
bool options_set(struct options *opt, const char *setting, struct err *err);

/* The text of --help. */
void options_help(struct buf *out);

#endif
