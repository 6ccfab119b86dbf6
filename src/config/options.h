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
#include <stdint.h>

struct buf;
struct err;

enum tristate { OPT_UNSET, OPT_NO, OPT_YES };
enum strict { STRICT_ASK, STRICT_YES, STRICT_ACCEPT_NEW, STRICT_NO };
enum family { FAMILY_ANY, FAMILY_INET, FAMILY_INET6 };
enum request_tty { TTY_AUTO, TTY_NO, TTY_YES, TTY_FORCE };
enum bell_kind { BELL_PASS, BELL_VISUAL, BELL_OFF };
enum clipboard_writes { CLIPBOARD_ASK, CLIPBOARD_YES, CLIPBOARD_NO };
enum add_keys { ADD_KEYS_NO, ADD_KEYS_YES, ADD_KEYS_ASK, ADD_KEYS_CONFIRM };
enum log_type { LOG_PRINTABLE, LOG_ALL };
enum log_exists { LOG_ASK, LOG_APPEND, LOG_OVERWRITE };
enum run_mode {
    RUN_CONNECT,
    RUN_INSTALL_KEY, /* --install-key */
    RUN_PROVE_KEY,   /* its second login; no option's */
    RUN_ABOUT_VM,    /* --about-vm */
    RUN_DOCTOR,      /* --doctor */
    RUN_SETUP,       /* --setup; this and the rest need no host */
    RUN_REPLAY,
    RUN_HELP, /* from here on nothing else on the command line matters */
    RUN_VERSION
};

#define OPTIONS_MAX_IDENTITIES 16
#define OPTIONS_MAX_ENV        64

/* Strings are the options' own; those for which no default is said are NULL
 * unless they were given. */
struct options {
    enum run_mode mode;
    unsigned modes; /* all that were asked for, a bit each */
    char *host;     /* as typed, without brackets */
    char *user;     /* NULL: not said */
    unsigned port;  /* 22 */
    char *hostname; /* HostName: where to connect; NULL: host */
    char *command;  /* remote command, words joined by blanks; NULL: shell */
    char *identity[OPTIONS_MAX_IDENTITIES]; /* -i, IdentityFile, in order */
    size_t identities;
    char *certificate[OPTIONS_MAX_IDENTITIES]; /* CertificateFile, in order */
    size_t certificates;
    char *env[OPTIONS_MAX_ENV]; /* SetEnv, "NAME=value" */
    size_t envs;
    char *send_env[OPTIONS_MAX_ENV]; /* SendEnv, patterns, in order */
    size_t send_envs;
    char *user_known_hosts;   /* paths, one a line; NULL: the default */
    char *global_known_hosts; /* likewise; "none" became /dev/null */
    char *host_key_alias;
    char *identity_agent;            /* IdentityAgent; NULL: $SSH_AUTH_SOCK */
    char *terminal_type;             /* TerminalType; "xterm-256color" */
    char *charset;                   /* Charset, a name for iconv; "UTF-8" */
    enum bell_kind bell;             /* Bell */
    enum clipboard_writes clipboard; /* ClipboardWrites */
    char *record;                    /* --record FILE; NULL: none */
    char *replay;                    /* --replay FILE, with RUN_REPLAY */
    char *log_file; /* SessionLog, a pattern: see app/filename.h */
    enum log_type log_type;
    enum log_exists log_exists;
    enum strict strict;
    enum family family;
    enum request_tty tty; /* -t -T, RequestTTY */
    bool identities_only; /* IdentitiesOnly: no keys that only an agent has */
    bool pubkey;          /* PubkeyAuthentication; on */
    /* PubkeyAcceptedAlgorithms, by commas, best first; NULL: all of ours; ""
     * if it leaves none. */
    char *pubkey_algorithms;
    enum add_keys add_keys; /* AddKeysToAgent */
    unsigned add_lifetime;  /* seconds that the agent keeps it; 0: for good */
    char *console;          /* --console FILE; NULL: none */
    unsigned wait;          /* --wait, seconds; 0: do not */
    bool json; /* --json, with RUN_DOCTOR: its report for programs */
    bool hash_known_hosts;
    bool remember_machines; /* RememberMachines; on */
    bool batch;             /* BatchMode: ask nothing */
    bool password;          /* PasswordAuthentication; on */
    bool kbd_interactive;   /* KbdInteractiveAuthentication; on */
    char *preferred;        /* PreferredAuthentications, by commas */
    bool compression;
    bool no_command;           /* -N */
    bool no_input;             /* -n: standard input is /dev/null */
    bool quiet;                /* -q, LogLevel; verbose is 0 then */
    bool status_line;          /* StatusLine; on */
    bool screen_reports;       /* ScreenReports: DECRQCRA is answered */
    unsigned verbose;          /* -v, counted to 2; LogLevel */
    unsigned connect_timeout;  /* seconds; 20; 0: no limit */
    unsigned alive_interval;   /* ServerAliveInterval, seconds; 15; 0: off */
    unsigned alive_count;      /* ServerAliveCountMax; 3 */
    unsigned scrollback;       /* Scrollback, lines; 100,000 */
    unsigned passphrase_tries; /* NumberOfPasswordPrompts; 3 */
    int escape;                /* EscapeChar for lines: '~'; -1: none */
    int prefix;                /* PrefixKey: 0x1d (Ctrl-]); -1: none */
    /* private: */
    uint64_t given; /* settings that have their value already, a bit each */
};

/* All defaults. */
void options_init(struct options *opt);
void options_free(struct options *opt);

/*
 * Apply a command line; argv[0] is the program's name.  ERR_USAGE with a
 * sentence that names the word.  Destination: [user@]host[:port],
 * [user@][v6addr]:port, a bare v6addr, ssh://[user@]host[:port].  Options
 * after the destination are taken until the first word of a command.
 *
 * The first value wins, but a later -4, -6, -C, -T, -q beats an earlier one
 * of them, as with ssh.  From RUN_SETUP on, host may be NULL.
 *
 * On failure json tells whether a report for programs was asked for, anywhere
 * on the line; and host, user and port are what was understood by then.
 */
bool options_argv(struct options *opt, int argc, char *const argv[],
                  struct err *err);

/* Apply a destination, as on the command line. */
bool options_destination(struct options *opt, const char *word,
                         struct err *err);

/*
 * One "Keyword=value" or "Keyword value", as for -o; a value in double quotes
 * may hold blanks.  ERR_USAGE for an unknown keyword or a value it cannot
 * have.
 */
bool options_set(struct options *opt, const char *setting, struct err *err);

/* The text of --help. */
void options_help(struct buf *out);

#endif
