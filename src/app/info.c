#include "app/info.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "config/options.h"
#include "keys/sshkey.h"
#include "ssh/session.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define KEY_NAME 16

struct row {
    const char *key, *what;
};

static const struct row prefix_rows[] = {
    { "?", "this help" },
    { ".", "disconnect" },
    { "i", "about this connection" },
    { "s", "status line on or off" },
    { "z", "suspend" },
    { "[", "scroll mode: keys of less and vi, Esc or q leaves it" },
    { "/", "the same, and look for text above" },
    { "l", "links: pick an address on the screen" },
    { "L", "session log: begin, or end it" },
    { "]", "paste what was copied last" },
    { "PgUp", "scroll back; then PgDn, Up, Down, Home, End" },
};

static const struct row escape_rows[] = {
    { ".", "disconnect" },
    { "Ctrl-Z", "suspend" },
    { "?", "this help" },
};

/* A key's name: "~", "Ctrl-]". */
static void key_name(char out[KEY_NAME], int byte)
{
    if (byte < 0x20)
        snprintf(out, KEY_NAME, "Ctrl-%c", byte + '@');
    else
        snprintf(out, KEY_NAME, "%c", byte);
}

static void row(struct buf *out, const char *before, const char *key,
                const char *what)
{
    char keys[32];

    snprintf(keys, sizeof keys, "%s %s", before, key);
    buf_printf(out, "%-14s %s\n", keys, what);
}

static void rows(struct buf *out, int prefix, const struct row *list, size_t n)
{
    char name[KEY_NAME];
    size_t i;

    key_name(name, prefix);
    for (i = 0; i < n; i++)
        row(out, name, list[i].key, list[i].what);
    row(out, name, name, "send it itself");
}

static const struct row mouse_rows[] = {
    { "drag", "select and copy; with Alt a rectangle" },
    { "double click", "a word, a path, an address, a quotation" },
    { "triple click", "a line" },
    { "right button", "extend the selection" },
    { "middle button", "paste what was copied last" },
    { "Shift", "the same, where a program uses the mouse" },
};

static const struct row read_rows[] = {
    { "j k d u", "by a line, by half a screen; also the arrows" },
    { "Space b", "by a screen; also PgDn, PgUp" },
    { "g G", "the oldest line, the newest" },
    { "h l 0 ^ $", "in the line" },
    { "w W B", "from word to word" },
    { "/ ?", "look below, above; Ctrl-R: regular expression" },
    { "n N", "the next match, the one before" },
    { "v V Ctrl-V", "select: text, lines, a rectangle; o: the other end" },
    { "y", "copy the selection, or the line" },
    { "Esc q", "back" },
};

static void plain_rows(struct buf *out, const char *heading,
                       const struct row *list, size_t n)
{
    size_t i;

    buf_printf(out, "\n%s:\n", heading);
    for (i = 0; i < n; i++)
        buf_printf(out, "%-14s %s\n", list[i].key, list[i].what);
}

void info_escape_help(struct buf *out, const struct options *opt)
{
    if (opt->escape < 0)
        return;
    buf_put_str(out, "After Enter:\n");
    rows(out, opt->escape, escape_rows, COUNT(escape_rows));
}

void info_help(struct buf *out, const struct options *opt)
{
    if (opt->prefix >= 0)
        rows(out, opt->prefix, prefix_rows, COUNT(prefix_rows));
    row(out, "Shift", "PgUp", "scroll back, PgDn forward; or the mouse wheel");
    buf_put_byte(out, '\n');
    info_escape_help(out, opt);
    plain_rows(out, "In scroll mode", read_rows, COUNT(read_rows));
    plain_rows(out, "Mouse", mouse_rows, COUNT(mouse_rows));
}

static void host_key(struct buf *out, const struct ssh_session *session)
{
    char print[SSHKEY_FINGERPRINT_MAX];
    size_t len;
    const uint8_t *blob = ssh_session_host_key(session, &len);

    if (blob == NULL)
        return;
    sshkey_fingerprint(blob, len, print);
    buf_printf(out, "Fingerprint   %s\n", print);
}

void info_session(struct buf *out, const char *who,
                  const struct ssh_session *session)
{
    struct ssh_facts facts;

    buf_printf(out, "Login         %s\n", who);
    if (session == NULL) {
        buf_put_str(out, "Not connected.\n");
        return;
    }
    facts = ssh_session_facts(session);
    buf_printf(out,
               "Server        %s\n"
               "Key exchange  %s\n"
               "Host key      %s\n",
               ssh_session_ident(session), facts.kex, facts.host_key);
    host_key(out, session);
    buf_printf(out,
               "Cipher        %s\n"
               "MAC           %s\n"
               "Received      %llu bytes\n"
               "Sent          %llu bytes\n",
               facts.cipher,
               strncmp(facts.mac, "INTEGRATED", 10) == 0 ? "within the cipher"
                                                         : facts.mac,
               (unsigned long long)facts.received,
               (unsigned long long)facts.sent);
}
