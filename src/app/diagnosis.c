#include "app/diagnosis.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "app/connect.h"
#include "base/buf.h"
#include "base/text.h"
#include "config/options.h"

#define USUAL_PORT 22

#define ANSWERS_UNKNOWN                                                  \
    "whether %u exists: a wrong name and a wrong password are answered " \
    "alike"

#define ADD_KEY                                                             \
    "print the key's line with %y; from the provider's console add it to "  \
    "~%u/.ssh/authorized_keys if it is not there, and run: chmod go-w ~%u " \
    "~%u/.ssh ~%u/.ssh/authorized_keys"

/* In the sentences %h is the host, %p the port, %u the user, %n another name
 * for it, %a what to log in to with that name, %y the command that prints its
 * key's line, %i the option that names a key. */
static const struct {
    const char *remedy, *unknown;
} sentences[FAULTS] = {
    [FAULT_NAME] = { "use the IP address that the provider's panel shows",
                     "whether the name will be known later: a new one can "
                     "take hours" },
    [FAULT_LOOKUP] = { "use the machine's IP address",
                       "whether the name exists: no name server has answered" },
    [FAULT_OFFLINE] = { "check this computer's own network first",
                        "anything about the machine: nothing was sent to it" },
    [FAULT_REFUSED] = { "try again in a minute, or with --wait; if it stays "
                        "so, "
                        "look at the provider's console whether the machine "
                        "has booted and its SSH server runs",
                        "which of these it is: all three answer alike" },
    [FAULT_RESET] = { "try again in a minute, then from another network",
                      "who closed it: the machine, or a firewall before it" },
    [FAULT_NO_ANSWER] = { "look in the provider's panel whether the machine "
                          "runs, has this address, and lets port %p in",
                          "which of these it is: none of them answers" },
    [FAULT_NO_ROUTE] = { "look in the provider's panel whether the machine "
                         "runs and has this address",
                         "which of these it is: only something on the way has "
                         "answered" },
    [FAULT_FORBIDDEN] = { "let vmconnect through this computer's firewall",
                          "anything about the machine: nothing was sent to "
                          "it" },
    [FAULT_CLOSED_EARLY] = { "try again in a minute, or with --wait",
                             "why it closed: a server that starts, one that "
                             "is full and one that bans this address "
                             "(fail2ban) do the same" },
    [FAULT_MUTE] = { "look at the provider's console whether the machine has "
                     "booted, and check the port",
                     "whether an SSH server is behind this port at all" },
    [FAULT_NOT_SSH] = { "name the port of the SSH server with -p",
                        "which port that is" },
    [FAULT_PENALTY] = { "wait some minutes, then try once, with the right key "
                        "(%i)",
                        "how long that lasts: the server does not say" },
    [FAULT_STARTUPS] = { "wait a minute and try again",
                         "whose logins these are: robots that guess passwords "
                         "fill a server too" },
    [FAULT_ALGORITHMS] = { "from the provider's console, update the machine's "
                           "SSH server, or let its sshd_config offer more",
                           NULL },
    [FAULT_TINYSSH] = { "log in with ssh and an Ed25519 key, or install "
                        "another SSH server from the provider's console: "
                        "TinySSH has this one cipher and no settings",
                        NULL },
    [FAULT_KEX] = { "try again; if it stays so, try from another network",
                    "who stopped: the server, or something on the way" },
    [FAULT_HOST_KEY] = { "get the fingerprint from the provider's panel or "
                         "console, and compare it with the one above",
                         "whether this is your machine: only a fingerprint "
                         "that came by another way tells" },
    [FAULT_REVOKED] = { "make new host keys on the machine, from the "
                        "provider's console; or, if the mark is an error, "
                        "delete that line",
                        NULL },
    [FAULT_CONSOLE] = { "save the whole console log from the provider's panel "
                        "in a file, and name that one; or leave --console out",
                        NULL },
    [FAULT_KEY_FILE] = { NULL, NULL },
    [FAULT_PASSPHRASE] = { "if the passphrase is lost, make another key "
                           "with vmconnect-keygen and add it in the "
                           "provider's panel",
                           NULL },
    [FAULT_AGENT] = { "say yes where the SSH agent asks, or add the key to it "
                      "anew (ssh-add FILE), and connect again; or log in with "
                      "the key's own file: %i FILE",
                      "why the agent did not sign: it does not say" },
    [FAULT_TOKEN] = { "plug the security key in, connect again, and touch it "
                      "when it blinks",
                      "why the agent did not sign: it does not say" },
    [FAULT_NO_KEY] = { "name your key with %i, or make one with "
                       "vmconnect-keygen and add it in the provider's panel",
                       NULL },
    [FAULT_NOT_AUTHORIZED] = { ADD_KEY,
                               "whether %u exists: a wrong name, a missing key "
                               "and wrong modes of ~/.ssh are answered alike" },
    [FAULT_WRONG_USER] = { "try another user: %a",
                           "whether %u exists: a wrong name, a missing key and "
                           "wrong modes of ~/.ssh are answered alike" },
    [FAULT_NO_NAME_LEFT] = { "look in the provider's panel which key the "
                             "machine has, and name that one with %i; or print "
                             "your key's line with %y, "
                             "and add it from the panel's console to "
                             "~/.ssh/authorized_keys of the user there",
                             "whether these users exist: a wrong name, a "
                             "missing key and wrong modes of ~/.ssh are "
                             "answered alike" },
    [FAULT_OTHER_KEY] = { "use that key with %i, or add yours in the "
                          "provider's panel",
                          "whether the keys were changed since that boot" },
    [FAULT_KNOWN_KEY] = { "use that key with %i, or with it add this one to "
                          "~%u/.ssh/authorized_keys",
                          NULL },
    [FAULT_REPLACED] = { "print this one's line with %y, and add it to "
                         "~%u/.ssh/authorized_keys from the provider's console",
                         NULL },
    [FAULT_KEYLESS] = { "add your key in the provider's panel, or to "
                        "~%u/.ssh/authorized_keys from its console",
                        "whether the keys were changed since that boot" },
    [FAULT_INSTALLED] = { "look there at ~%u/.ssh/authorized_keys, at its "
                          "modes and those of ~%u/.ssh and ~%u, and at sshd's "
                          "configuration: sudo sshd -T",
                          "which of them it is, and whether that log is older "
                          "than the machine: all are answered alike" },
    [FAULT_CHANGED] = { "look there at ~%u/.ssh/authorized_keys, at its modes "
                        "and those of ~%u/.ssh and ~%u, and at sshd's "
                        "configuration: sudo sshd -T",
                        "which of them it is: all are answered alike" },
    [FAULT_NOT_THERE] = { ADD_KEY,
                          "which of them it is: both are answered alike" },
    [FAULT_WITHHELD] = { "get the host key's fingerprint from the provider's "
                         "panel or console, connect again, and type it when "
                         "asked",
                         "whether %u has a password: a server asks for one in "
                         "any case" },
    [FAULT_TOO_MANY_KEYS] = { "name the right key with %i",
                              "whether the server takes one of the others: it "
                              "hung up before they were tried" },
    [FAULT_OLD_SERVER] = { "make another key: vmconnect-keygen -t rsa", NULL },
    [FAULT_KEY_TYPE] = { "make another key: vmconnect-keygen", NULL },
    [FAULT_WEAK_RSA] = { "make another key: vmconnect-keygen, or "
                         "vmconnect-keygen "
                         "-t ecdsa for old software",
                         NULL },
    [FAULT_NO_KEYS_TAKEN] = { "connect from a terminal, and without "
                              "BatchMode, to be asked",
                              "whether %u has a password: a server asks for "
                              "one in any case" },
    [FAULT_SHUT] = { "look from the provider's console at sshd's "
                     "configuration: sudo sshd -T",
                     NULL },
    [FAULT_SIGNATURE] = { "look from the provider's console at the server's "
                          "log: journalctl -u ssh -u sshd",
                          "why: the server tells its log and not us" },
    [FAULT_ROOT] = { "log in as another user: %a; or, from the provider's "
                     "console, set PermitRootLogin prohibit-password in "
                     "sshd's configuration",
                     "why: the server tells its log and not us" },
    [FAULT_USER_OR_ANSWERS] = { "try again, or another user: %a",
                                ANSWERS_UNKNOWN },
    [FAULT_ANSWERS] = { "try again, or set the password anew from the "
                        "provider's panel",
                        ANSWERS_UNKNOWN },
    [FAULT_PASSWORD] = { "try again, or set the password anew from the "
                         "provider's panel",
                         NULL },
    [FAULT_LOGIN] = { "try again in a minute, or with --wait",
                      "why it closed: a machine that boots, one that shuts "
                      "down and a ban do the same" },
    [FAULT_LATE] = { "connect again, with the answer at hand: servers give a "
                     "login two minutes or so",
                     NULL },
    [FAULT_SILENT] = { "try again; if it stays so, look at the provider's "
                       "console whether the machine still runs",
                       "who stopped: the server, or something on the way" },
    [FAULT_TOLD] = { "look from the provider's console why %u may not log in",
                     NULL },
    [FAULT_BOOTING] = { "try again in a minute, or with --wait", NULL },
    [FAULT_TOLD_USER] = { "log in as %n: %a", NULL },
    [FAULT_SHELL] = { "look from the provider's console at the login shell of "
                      "%u (getent passwd %u), and for a command that "
                      "~%u/.ssh/authorized_keys or sshd's configuration "
                      "(sudo sshd -T) forces on it",
                      "why the shell ends: the server does not say" },
    [FAULT_SHELL_HANGS] = { "look from the provider's console at what a login "
                            "of %u runs: ~%u/.profile, ~%u/.bashrc, the login "
                            "shell (getent passwd %u), or a command that "
                            "~%u/.ssh/authorized_keys or sshd's configuration "
                            "(sudo sshd -T) forces on it",
                            "why it hangs: the server does not say" },
    [FAULT_SHELL_TOLD] = { "look from the provider's console where these words "
                           "come from: /etc/nologin, the login shell of %u "
                           "(getent passwd %u), or a command that "
                           "~%u/.ssh/authorized_keys or sshd's configuration "
                           "(sudo sshd -T) forces on it",
                           NULL },
};

static const struct {
    int error;
    enum fault fault;
} dial_faults[] = {
    { ECONNREFUSED, FAULT_REFUSED }, { ECONNRESET, FAULT_RESET },
    { ETIMEDOUT, FAULT_NO_ANSWER },  { EHOSTUNREACH, FAULT_NO_ROUTE },
    { EHOSTDOWN, FAULT_NO_ROUTE },   { ENETUNREACH, FAULT_OFFLINE },
    { ENETDOWN, FAULT_OFFLINE },     { EADDRNOTAVAIL, FAULT_OFFLINE },
    { EAFNOSUPPORT, FAULT_OFFLINE }, { EACCES, FAULT_FORBIDDEN },
    { EPERM, FAULT_FORBIDDEN },
};

enum fault fault_of_dial(int error, enum err_code code)
{
    size_t i;

    if (error == 0)
        return code == ERR_NOT_FOUND ? FAULT_NAME
               : code == ERR_USAGE   ? FAULT_OTHER
                                     : FAULT_LOOKUP;
    for (i = 0; i < sizeof dial_faults / sizeof *dial_faults; i++)
        if (dial_faults[i].error == error)
            return dial_faults[i].fault;
    return FAULT_OTHER;
}

enum fault fault_of_session(enum ssh_fault fault)
{
    switch (fault) {
    case SSH_FAULT_CLOSED_EARLY: return FAULT_CLOSED_EARLY;
    case SSH_FAULT_MUTE: return FAULT_MUTE;
    case SSH_FAULT_NOT_SSH: return FAULT_NOT_SSH;
    case SSH_FAULT_PENALTY: return FAULT_PENALTY;
    case SSH_FAULT_STARTUPS: return FAULT_STARTUPS;
    case SSH_FAULT_ALGORITHMS: return FAULT_ALGORITHMS;
    case SSH_FAULT_KEX: return FAULT_KEX;
    case SSH_FAULT_LOGIN: return FAULT_LOGIN;
    case SSH_FAULT_SILENT: return FAULT_SILENT;
    case SSH_FAULT_TOLD: return FAULT_TOLD;
    case SSH_FAULT_START: return FAULT_SHELL;
    case SSH_FAULT_CLOSED: return FAULT_CLOSED;
    case SSH_FAULT_OTHER: break;
    }
    return FAULT_OTHER;
}

enum fault fault_of_shell(const char *said)
{
    if (strstr(said, CONNECT_BOOTS) != NULL)
        return FAULT_BOOTING;
    return said[0] != '\0' ? FAULT_SHELL_TOLD : FAULT_SHELL;
}

/* ---- the sentences ---- */

/* The line of authorized_keys is its key's. */
static bool names_certificate(const char *file)
{
    static const char ending[] = "-cert.pub";
    size_t len = strlen(file), n = strlen(ending);

    return len > n && strcmp(file + len - n, ending) == 0;
}

struct diagnosis_names diagnosis_names_of(const struct options *opt)
{
    bool one = opt->identities == 1 && strcmp(opt->identity[0], "-") != 0 &&
               !names_certificate(opt->identity[0]);

    return (struct diagnosis_names){ .host = opt->host,
                                     .port = opt->port,
                                     .user = opt->user,
                                     .file = one ? opt->identity[0] : NULL };
}

const char *diagnosis_option(bool second_key)
{
    return second_key ? "a second -i" : "-i";
}

/* In sentences that are pasted into a root's shell: it takes a name, and nothing
 * else that it knows. */
static const char *plain_user(const struct diagnosis_names *names)
{
    static const char known[] = " !\"#$%&'()*,/:;<=>?[\\]^`{|}~";

    if (names->user == NULL)
        return "the user";
    return strpbrk(names->user, known) == NULL ? names->user : "USER";
}

static void put_printing(struct buf *out, const struct diagnosis_names *names)
{
    struct buf word = { 0 };

    if (names->file == NULL && names->agent_key) {
        buf_put_str(out, "ssh-add -L");
        return;
    }
    buf_put_str(out, "vmconnect-keygen -y ");
    text_shell_word(&word, names->file != NULL ? names->file : "FILE");
    text_clean(out, word.data, word.len, false);
    buf_free(&word);
}

void diagnosis_put_login(const char *user, const char *host, unsigned port,
                         struct buf *out)
{
    buf_printf(out, "%s@%s", user, host);
    if (port != USUAL_PORT)
        buf_printf(out, " -p %u", port);
}

static void put_name(struct buf *out, char which,
                     const struct diagnosis_names *names)
{
    switch (which) {
    case 'h': buf_put_str(out, names->host); break;
    case 'p': buf_printf(out, "%u", names->port); break;
    case 'a':
        diagnosis_put_login(names->other != NULL ? names->other : "USER",
                            names->host, names->port, out);
        break;
    case 'y': put_printing(out, names); break;
    case 'i': buf_put_str(out, diagnosis_option(names->second_key)); break;
    case 'u': buf_put_str(out, plain_user(names)); break;
    default:
        buf_put_str(out, names->other != NULL ? names->other : "USER");
        break;
    }
}

/* Root exists everywhere. */
static const char root_unknown[] =
    "whether root may log in: PermitRootLogin, a missing key and wrong modes "
    "of ~/.ssh are answered alike";
static const char root_answers_unknown[] =
    "whether root may log in this way: PermitRootLogin and a wrong password "
    "are answered alike";

static bool is_root(const struct diagnosis_names *names)
{
    return names->user != NULL && strcmp(names->user, "root") == 0;
}

/* What else to do where the remedy was to wait. */
static const char look_whether[] = "look at the provider's console whether the "
                                   "machine has booted and its SSH server "
                                   "runs, and check the port";
static const char look_why[] = "look at the provider's console whether the "
                               "machine has booted, and at its SSH server's "
                               "log: journalctl -u ssh -u sshd";
static const char look_who[] = "look from the provider's console who logs in, "
                               "and start the SSH server anew";
static const char *const after_wait[FAULTS] = {
    [FAULT_REFUSED] = look_whether,
    [FAULT_RESET] = "try from another network",
    [FAULT_CLOSED_EARLY] = look_why,
    [FAULT_STARTUPS] = look_who,
    [FAULT_KEX] = "try from another network",
    [FAULT_LOGIN] = look_why,
    [FAULT_SILENT] = "look at the provider's console whether it still runs",
    [FAULT_BOOTING] = "look at the provider's console what still keeps it",
};

static bool put(const char *sentence, const struct diagnosis_names *names,
                struct buf *out)
{
    if (sentence == NULL)
        return false;
    for (; *sentence != '\0'; sentence++) {
        if (*sentence == '%')
            put_name(out, *++sentence, names);
        else
            buf_put_byte(out, (uint8_t)*sentence);
    }
    return true;
}

/* Two digits are likelier an address's own, unless they are SSH's. */
static bool may_be_port(const char *s)
{
    size_t len = strspn(s, "0123456789");
    long port = strtol(s, NULL, 10);

    return s[len] == '\0' && s[0] != '0' && len <= strlen("65535") &&
           port <= UINT16_MAX && (len > 2 || port == USUAL_PORT);
}

/* Behind an IPv6 address without brackets a port reads as one group more,
 * behind what is an address too.  NULL: there is none. */
static const char *port_at_end(const struct diagnosis_names *names)
{
    const char *colon = strrchr(names->host, ':');
    char before[INET6_ADDRSTRLEN] = "";
    struct in6_addr ignored;

    if (colon == NULL || names->port != USUAL_PORT || !may_be_port(colon + 1) ||
        (size_t)(colon - names->host) >= sizeof before)
        return NULL;
    memcpy(before, names->host, (size_t)(colon - names->host));
    return inet_pton(AF_INET6, before, &ignored) == 1 ? colon + 1 : NULL;
}

static void put_brackets(enum fault fault, const struct diagnosis_names *names,
                         struct buf *out)
{
    bool unreached = fault >= FAULT_NAME && fault <= FAULT_FORBIDDEN;
    const char *port = unreached ? port_at_end(names) : NULL;

    if (port != NULL)
        buf_printf(out, "; or, if %s is the port, write [%.*s]:%s", port,
                   (int)(port - 1 - names->host), names->host, port);
}

bool diagnosis_remedy(enum fault fault, const struct diagnosis_names *names,
                      struct buf *out)
{
    bool in_vain = names->waited && after_wait[fault] != NULL;

    if (!put(in_vain ? after_wait[fault] : sentences[fault].remedy, names, out))
        return false;
    put_brackets(fault, names, out);
    if (names->other != NULL &&
        (fault == FAULT_NOT_AUTHORIZED || fault == FAULT_NO_NAME_LEFT))
        (void)put("; or try another user: %a", names, out);
    return true;
}

bool diagnosis_unknown(enum fault fault, const struct diagnosis_names *names,
                       struct buf *out)
{
    if (fault == FAULT_NOT_AUTHORIZED && is_root(names))
        return put(root_unknown, names, out);
    if ((fault == FAULT_ANSWERS || fault == FAULT_PASSWORD) && is_root(names))
        return put(root_answers_unknown, names, out);
    return put(sentences[fault].unknown, names, out);
}

const char *diagnosis_brief(enum fault fault, enum err_code code)
{
    static const char *const by_fault[FAULTS] = {
        [FAULT_NAME] = "no such name",
        [FAULT_LOOKUP] = "no name server",
        [FAULT_OFFLINE] = "no network here",
        [FAULT_REFUSED] = "refused",
        [FAULT_RESET] = "reset",
        [FAULT_NO_ANSWER] = "no answer",
        [FAULT_NO_ROUTE] = "no way there",
        [FAULT_FORBIDDEN] = "firewall here",
        [FAULT_CLOSED_EARLY] = "closed at once",
        [FAULT_NOT_SSH] = "no SSH there",
        [FAULT_PENALTY] = "refused a while",
        [FAULT_STARTUPS] = "server is full",
        [FAULT_ALGORITHMS] = "too different",
        [FAULT_TINYSSH] = "too different",
        [FAULT_KEX] = "key exchange cut",
        [FAULT_LOGIN] = "login cut off",
        [FAULT_LATE] = "waited too long",
        [FAULT_HOST_KEY] = "host key",
        [FAULT_REVOKED] = "revoked key",
        [FAULT_CONSOLE] = "console log",
        [FAULT_KEY_FILE] = "key file",
        [FAULT_SHELL] = "no shell",
        [FAULT_SHELL_HANGS] = "no shell",
        [FAULT_SHELL_TOLD] = "no shell",
        [FAULT_TOLD] = "closed by server",
        [FAULT_CLOSED] = "closed by server",
    };

    if (code == ERR_CANCELLED)
        return "cancelled";
    if (code == ERR_TIMEOUT)
        return "no answer";
    if (by_fault[fault] != NULL)
        return by_fault[fault];
    return code == ERR_AUTH || code == ERR_PASSPHRASE ? "not logged in"
                                                      : "connection broke";
}

void diagnosis_lines(enum fault fault, const struct diagnosis_names *names,
                     struct buf *out)
{
    struct buf line = { 0 };

    if (diagnosis_remedy(fault, names, &line))
        buf_printf(out, "  What to do: %s.\n", buf_str(&line));
    buf_clear(&line);
    if (diagnosis_unknown(fault, names, &line))
        buf_printf(out, "  What cannot be known from outside: %s.\n",
                   buf_str(&line));
    buf_free(&line);
}
