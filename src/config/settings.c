/*
 * The one table of settings, and how a value reaches its field: by a word of
 * the command line, or by a line "Keyword value".
 */
#include "config/settings.h"

#include <stdint.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/destination.h"
#include "config/nearest.h"
#include "config/options.h"
#include "config/take.h"
#include "config/words.h"

#define COUNT(a)  (sizeof(a) / sizeof(a)[0])
#define AT(field) offsetof(struct options, field)

/* clang-format off */
static const struct setting_choice stricts[] = {
    { "ask", STRICT_ASK },
    { "yes", STRICT_YES },
    { "accept-new", STRICT_ACCEPT_NEW },
    { "no", STRICT_NO },
    { "off", STRICT_NO },
    { NULL, 0 }
};

static const struct setting_choice bells[] = {
    { "pass", BELL_PASS },
    { "visual", BELL_VISUAL },
    { "off", BELL_OFF },
    { NULL, 0 }
};

static const struct setting_choice clipboard_writes[] = {
    { "ask", CLIPBOARD_ASK },
    { "yes", CLIPBOARD_YES },
    { "no", CLIPBOARD_NO },
    { NULL, 0 }
};

static const struct setting_choice log_types[] = {
    { "printable", LOG_PRINTABLE },
    { "all", LOG_ALL },
    { NULL, 0 }
};

static const struct setting_choice logs_exist[] = {
    { "ask", LOG_ASK },
    { "append", LOG_APPEND },
    { "overwrite", LOG_OVERWRITE },
    { NULL, 0 }
};

static const struct setting_choice families[] = {
    { "any", FAMILY_ANY },
    { "inet", FAMILY_INET },
    { "inet6", FAMILY_INET6 },
    { NULL, 0 }
};

static const struct setting_choice ttys[] = {
    { "auto", TTY_AUTO },
    { "no", TTY_NO },
    { "yes", TTY_YES },
    { "force", TTY_FORCE },
    { NULL, 0 }
};

/* What ssh calls DEBUG is what our -v shows; below 0 is quiet. */
static const struct setting_choice levels[] = {
    { "QUIET", -1 },
    { "FATAL", -1 },
    { "ERROR", -1 },
    { "INFO", 0 },
    { "VERBOSE", 1 },
    { "DEBUG", 1 },
    { "DEBUG1", 1 },
    { "DEBUG2", 2 },
    { "DEBUG3", 2 },
    { NULL, 0 }
};

const struct setting settings[] = {
    { .heading = "Connection",
      .keyword = "HostName", .take = take_text, .at = AT(hostname),
      .check = destination_check_host,
      .help = "the name or address to connect to instead of host" },
    { .keyword = "User", .take = take_text, .at = AT(user),
      .check = destination_check_user,
      .help = "the login name, as -l" },
    { .keyword = "Port", .take = take_unsigned, .at = AT(port),
      .preset = "22", .min = 1, .max = 65535,
      .help = "as -p (22)" },
    { .keyword = "IdentityFile", .take = take_identity, .adds = true,
      .help = "a private key, as -i" },
    { .keyword = "CertificateFile", .take = take_certificate, .adds = true,
      .help = "an OpenSSH certificate of one of the keys" },
    { .keyword = "IdentityAgent", .take = take_text, .at = AT(identity_agent),
      .check = check_printable,
      .help = "the SSH agent's socket ($SSH_AUTH_SOCK); none" },
    { .keyword = "IdentitiesOnly", .take = take_bool,
      .at = AT(identities_only), .preset = "no",
      .help = "yes: no keys that only the agent has (no)" },
    { .keyword = "PubkeyAuthentication", .take = take_bool, .at = AT(pubkey),
      .preset = "yes",
      .help = "no: offer no keys (yes)" },
    { .keyword = "PubkeyAcceptedAlgorithms", .take = take_algorithms,
      .help = "a list, or what +, - or ^ does to ours" },
    { .keyword = "AddKeysToAgent", .take = take_add_keys, .words = WHOLE_LINE,
      .preset = "no",
      .help = "no, yes, ask, confirm, a time (no)" },
    { .keyword = "AddressFamily", .take = take_choice, .at = AT(family),
      .choices = families, .preset = "any",
      .help = "any, inet as -4, inet6 as -6 (any)" },
    { .keyword = "ConnectTimeout", .take = take_seconds,
      .at = AT(connect_timeout), .preset = "20",
      .help = "seconds until the server must be ready (20); none" },
    { .keyword = "Compression", .take = take_bool, .at = AT(compression),
      .preset = "no",
      .help = "yes as -C, or no (no)" },
    { .keyword = "BatchMode", .take = take_bool, .at = AT(batch),
      .preset = "no",
      .help = "yes: ask nothing, fail instead (no)" },
    { .keyword = "NumberOfPasswordPrompts", .take = take_unsigned,
      .at = AT(passphrase_tries), .preset = "3", .min = 1, .max = 100,
      .help = "tries for a passphrase or a password (3)" },
    { .keyword = "PreferredAuthentications", .take = take_text,
      .at = AT(preferred), .check = check_printable,
      .help = "the ways to log in, best first, with commas" },
    { .keyword = "PasswordAuthentication", .take = take_bool,
      .at = AT(password), .preset = "yes",
      .help = "no: never ask for the account's password (yes)" },
    { .keyword = "KbdInteractiveAuthentication", .take = take_bool,
      .at = AT(kbd_interactive), .preset = "yes",
      .help = "no: never put the server's questions (yes)" },
    { .keyword = "ServerAliveInterval", .take = take_seconds,
      .at = AT(alive_interval), .preset = "15",
      .help = "seconds of silence before we ask the server (15)" },
    { .keyword = "ServerAliveCountMax", .take = take_unsigned,
      .at = AT(alive_count), .preset = "3", .min = 1, .max = 1000,
      .help = "questions without an answer before we give up (3)" },
    { .heading = "Host key",
      .keyword = "StrictHostKeyChecking", .take = take_choice,
      .at = AT(strict), .choices = stricts, .preset = "ask",
      .help = "of an unknown host: ask, yes, accept-new or no (ask)" },
    { .keyword = "UserKnownHostsFile", .take = take_paths,
      .at = AT(user_known_hosts), .words = MORE_WORDS,
      .help = "files of host keys (~/.ssh/known_hosts); none" },
    { .keyword = "GlobalKnownHostsFile", .take = take_paths,
      .at = AT(global_known_hosts), .words = MORE_WORDS,
      .help = "the same of this machine (/etc/ssh/ssh_known_hosts)" },
    { .keyword = "HostKeyAlias", .take = take_text, .at = AT(host_key_alias),
      .check = destination_check_host,
      .help = "the name to look for in those files" },
    { .keyword = "HashKnownHosts", .take = take_bool,
      .at = AT(hash_known_hosts), .preset = "no",
      .help = "yes: hide the names written there (no)" },
    { .keyword = "RememberMachines", .take = take_bool,
      .at = AT(remember_machines), .preset = "yes",
      .help = "no: neither read nor write what is known of VMs (yes)" },
    { .heading = "Session",
      .keyword = "RequestTTY", .take = take_choice, .at = AT(tty),
      .choices = ttys, .preset = "auto",
      .help = "auto, no as -T, yes as -t, force as -tt (auto)" },
    { .keyword = "RemoteCommand", .take = take_command, .at = AT(command),
      .words = WHOLE_LINE,
      .help = "what to run if the command line names no command" },
    { .keyword = "SetEnv", .take = take_env, .words = MORE_WORDS, .adds = true,
      .help = "NAME=value ... to set on the server, if it allows" },
    { .keyword = "SendEnv", .take = take_send_env, .words = MORE_WORDS,
      .adds = true,
      .help = "names of variables to send, *, -NAME (LANG)" },
    { .keyword = "LogLevel", .take = take_level, .choices = levels,
      .preset = "INFO",
      .help = "QUIET, ERROR, INFO, VERBOSE, DEBUG to DEBUG3 (INFO)" },
    { .heading = "Key and screen",
      .keyword = "EscapeChar", .take = take_character, .at = AT(escape),
      .preset = "~",
      .help = "starts a command at the beginning of a line (~); none" },
    { .keyword = "PrefixKey", .take = take_control, .at = AT(prefix),
      .preset = "^]",
      .help = "opens our menu in the full screen (^]); none" },
    { .keyword = "TerminalType", .take = take_text, .at = AT(terminal_type),
      .preset = "xterm-256color", .check = check_terminal,
      .help = "TERM on the server (xterm-256color)" },
    { .keyword = "Charset", .take = take_text, .at = AT(charset),
      .preset = "UTF-8", .check = check_charset,
      .help = "of programs there: ISO-8859-1, CP437 ... (UTF-8)" },
    { .keyword = "Scrollback", .take = take_unsigned, .at = AT(scrollback),
      .preset = "100000", .min = 0, .max = 1000000,
      .help = "lines kept above the screen (100000)" },
    { .keyword = "ScreenReports", .take = take_bool, .at = AT(screen_reports),
      .preset = "no",
      .help = "yes: programs there may read the screen (no)" },
    { .keyword = "Bell", .take = take_choice, .at = AT(bell),
      .choices = bells, .preset = "pass",
      .help = "pass it on, visual or off (pass)" },
    { .keyword = "ClipboardWrites", .take = take_choice, .at = AT(clipboard),
      .choices = clipboard_writes, .preset = "ask",
      .help = "may programs set the clipboard: ask, yes, no (ask)" },
    { .keyword = "SessionLog", .take = take_text, .at = AT(log_file),
      .check = check_printable,
      .help = "a file for the output; &H &P &Y &M &D &T in its name" },
    { .keyword = "SessionLogType", .take = take_choice, .at = AT(log_type),
      .choices = log_types, .preset = "printable",
      .help = "printable or all (printable)" },
    { .keyword = "SessionLogExists", .take = take_choice,
      .at = AT(log_exists), .choices = logs_exist, .preset = "ask",
      .help = "a log that exists: ask, append, overwrite (ask)" },
    { .keyword = "StatusLine", .take = take_bool, .at = AT(status_line),
      .preset = "yes",
      .help = "yes or no: our line below the screen (yes)" },
};
/* clang-format on */

const size_t settings_len = COUNT(settings);

_Static_assert(COUNT(settings) <= 64, "options.given has a bit for each");

const struct setting *setting_find(const char *keyword)
{
    size_t i;

    for (i = 0; i < COUNT(settings); i++) {
        if (text_same(settings[i].keyword, keyword))
            return &settings[i];
    }
    return NULL;
}

const char *setting_nearest(const char *keyword)
{
    struct nearest n;

    nearest_begin(&n, keyword);
    for (size_t i = 0; i < COUNT(settings); i++)
        nearest_try(&n, settings[i].keyword);
    return n.name;
}

/* ---- values ---- */

static uint64_t bit_of(const struct setting *s)
{
    return UINT64_C(1) << (s - settings);
}

void setting_mark(struct options *opt, const struct setting *s)
{
    opt->given |= bit_of(s);
}

/* A value that comes too late must be right all the same. */
static bool only_check(const struct setting *s, char *const words[], size_t n,
                       struct err *err)
{
    struct options scratch = { 0 };
    bool ok = true;
    size_t i;

    for (i = 0; i < n && ok; i++)
        ok = s->take(&scratch, s, words[i], err);
    options_free(&scratch);
    return ok;
}

static bool take_all(struct options *opt, const struct setting *s,
                     char *const words[], size_t n, struct err *err)
{
    size_t i;

    for (i = 0; i < n; i++) {
        if (!s->take(opt, s, words[i], err))
            return false;
    }
    setting_mark(opt, s);
    return true;
}

static bool apply(struct options *opt, const struct setting *s,
                  char *const words[], size_t n, struct err *err)
{
    if ((opt->given & bit_of(s)) != 0 && !s->adds)
        return only_check(s, words, n, err);
    return take_all(opt, s, words, n, err);
}

bool setting_apply_word(struct options *opt, const struct setting *s,
                        const char *label, const char *word, bool override,
                        struct err *err)
{
    char *copy = mem_strdup(word);
    bool ok;

    if (override)
        opt->given &= ~bit_of(s);
    ok = apply(opt, s, &copy, 1, err);
    mem_free(copy);
    return ok || err_prefix(err, "%s", label);
}

bool setting_apply_line(struct options *opt, const struct setting *s,
                        const char *line, struct err *err)
{
    char *words[WORDS_MAX];
    size_t n = 0;
    bool ok = false;

    if (s->words == WHOLE_LINE)
        return setting_apply_word(opt, s, s->keyword, line, false, err);
    if (words_split(line, words, &n, err)) {
        if (n == 0)
            err_set(err, ERR_USAGE, "no value is given");
        else if (n > 1 && s->words == ONE_WORD)
            err_set(err, ERR_USAGE,
                    "\"%s\" is more than one word; put it in double quotes",
                    line);
        else
            ok = apply(opt, s, words, n, err);
    }
    words_free(words, n);
    return ok || err_prefix(err, "%s", s->keyword);
}
