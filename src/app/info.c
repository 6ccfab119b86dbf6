#include "app/info.h"

#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include "base/buf.h"
#include "config/options.h"
#include "keys/sshkey.h"
#include "ssh/session.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct row {
    const char *key, *what;
};

static const struct row escape_rows[] = {
    { ".", "disconnect" },
    { "Ctrl-Z", "suspend" },
    { "?", "this help" },
};

void info_key_name(char out[INFO_KEY_NAME], int byte)
{
    if (byte < 0x20)
        snprintf(out, INFO_KEY_NAME, "Ctrl-%c", byte + '@');
    else
        snprintf(out, INFO_KEY_NAME, "%c", byte);
}

void info_row(struct buf *out, const char *before, const char *key,
              const char *what)
{
    char keys[32];

    snprintf(keys, sizeof keys, "%s %s", before, key);
    buf_printf(out, "%-14s %s\n", keys, what);
}

static void rows(struct buf *out, int prefix, const struct row *list, size_t n)
{
    char name[INFO_KEY_NAME];
    size_t i;

    info_key_name(name, prefix);
    for (i = 0; i < n; i++)
        info_row(out, name, list[i].key, list[i].what);
    info_row(out, name, name, "send it itself");
}

static const struct row mouse_rows[] = {
    { "drag", "select and copy; with Alt a rectangle" },
    { "double click", "a word, a path, an address, a quotation" },
    { "triple click", "a line" },
    { "right button", "extend the selection" },
    { "middle button", "paste what was copied last" },
    { "Shift", "the same, where a program uses the mouse" },
    { "status line", "a click opens the menu" },
};

static const struct row read_rows[] = {
    { "j k d u", "by a line, by half a screen; also the arrows" },
    { "Space b", "by a screen; also PgDn, PgUp" },
    { "g G", "the oldest line, the newest; 42G: that line" },
    { "1 to 9", "begin a count: 10k is ten lines up" },
    { "h l 0 ^ $", "in the line" },
    { "w W B e E", "from word to word" },
    { "H M L", "the first line in view, the middle one, the last" },
    { "{ }", "the prompt before, the next, where the shell marks them" },
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

void info_help(struct buf *out, const struct options *opt, bool mouse)
{
    info_row(out, "Shift", "PgUp",
             mouse ? "scroll back, PgDn forward; or the mouse wheel"
                   : "scroll back, PgDn forward");
    buf_put_byte(out, '\n');
    info_escape_help(out, opt);
    plain_rows(out, "In scroll mode", read_rows, COUNT(read_rows));
    if (mouse)
        plain_rows(out, "Mouse", mouse_rows, COUNT(mouse_rows));
}

/* NULL: there is none. */
static void fingerprint(struct buf *out, const char *name, const uint8_t *blob,
                        size_t len)
{
    char print[SSHKEY_FINGERPRINT_MAX];

    if (blob == NULL)
        return;
    sshkey_fingerprint(blob, len, print);
    buf_printf(out, "%-13s %s\n", name, print);
}

/* Both ends, as numbers. */
static void addresses(struct buf *out, int fd)
{
    static const char *const names[] = { "Address", "Own address" };
    struct sockaddr_storage ss;
    char host[64], port[8];
    socklen_t len;
    int i;

    for (i = 0; i < 2; i++) {
        len = sizeof ss;
        if ((i == 0 ? getpeername(fd, (struct sockaddr *)&ss, &len)
                    : getsockname(fd, (struct sockaddr *)&ss, &len)) == 0 &&
            getnameinfo((struct sockaddr *)&ss, len, host, sizeof host, port,
                        sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) == 0)
            buf_printf(out, "%-13s %s port %s\n", names[i], host, port);
    }
}

static void duration(struct buf *out, time_t opened)
{
    long long s = (long long)(time(NULL) - opened);
    struct tm tm;
    char text[32];

    localtime_r(&opened, &tm);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
    buf_printf(out, "Open since    %s (%lld:%02lld:%02lld)\n", text, s / 3600,
               s / 60 % 60, s % 60);
}

void info_session(struct buf *out, const struct info_facts *f)
{
    struct ssh_facts facts;
    const uint8_t *blob;
    size_t len;

    buf_printf(out, "Login         %s\n", f->who);
    if (f->session == NULL) {
        buf_put_str(out, "Not connected.\n");
        return;
    }
    facts = ssh_session_facts(f->session);
    blob = ssh_session_signed_key(f->session, &len);
    fingerprint(out, "Signed with", blob, len);
    addresses(out, ssh_session_fd(f->session));
    duration(out, f->opened);
    buf_printf(out,
               "Server        %s\n"
               "Key exchange  %s\n"
               "Host key      %s\n",
               ssh_session_ident(f->session), facts.kex, facts.host_key);
    blob = ssh_session_host_key(f->session, &len);
    fingerprint(out, "Fingerprint", blob, len);
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
