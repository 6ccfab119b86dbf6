/* hosts.c - a host in known_hosts: found, and put out of use. */
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "keygen/keygen.h"
#include "keys/knownhosts.h"
#include "sys/file.h"
#include "sys/paths.h"

#define USUAL_FILE    "~/.ssh/known_hosts"
#define FILE_SIZE_MAX (16u * 1024 * 1024)
#define SSH_PORT      22

struct search {
    char *path;
    struct buf text;
    char *host; /* without its port */
    unsigned port;
};

static bool bad_host(const char *word, struct err *err)
{
    return err_set(err, ERR_USAGE,
                   "%s: give a host's name or address, with a port as "
                   "[host]:port",
                   word);
}

/* "[host]:port" as known_hosts has it; else a name or an address. */
static bool take_host(struct search *s, const char *word, struct err *err)
{
    const char *end = strrchr(word, ']'), *colon = strchr(word, ':');
    unsigned long port = SSH_PORT;

    if (word[0] == '[' && end != NULL) {
        if (end[1] != '\0' &&
            (end[1] != ':' || !text_number(end + 2, 1, 65535, &port)))
            return bad_host(word, err);
        s->host = mem_strndup(word + 1, (size_t)(end - word) - 1);
    } else if (*word == '\0' ||
               (colon != NULL && strchr(colon + 1, ':') == NULL)) {
        return bad_host(word, err); /* an IPv6 address has two colons */
    } else {
        s->host = mem_strdup(word);
    }
    s->port = (unsigned)port;
    return true;
}

/* The caller closes it in any case. */
static bool search_init(struct search *s, const struct keygen *k,
                        struct err *err)
{
    memset(s, 0, sizeof *s);
    s->path = paths_expand(k->file != NULL ? k->file : USUAL_FILE);
    return take_host(s, k->subject, err);
}

static void search_close(struct search *s)
{
    mem_free(s->path);
    mem_free(s->host);
    buf_free(&s->text);
}

static bool next_line(const struct search *s, struct knownhosts_named *line)
{
    return knownhosts_find_host(s->text.data, s->text.len, s->host, s->port,
                                line);
}

/* ssh-keygen's words, which programs read. */
static void put_found(struct keygen *k, const struct knownhosts_named *line)
{
    buf_printf(&k->out, "# Host %s found: line %zu%s\n", k->subject,
               line->number,
               line->revoked     ? " REVOKED"
               : line->authority ? " CA"
                                 : "");
}

/* "FILE: no line names HOST\n" */
static void put_none(struct buf *out, const struct search *s, const char *host)
{
    char *shown = paths_tilde(s->path);

    buf_printf(out, "%s: no line names %s\n", shown, host);
    mem_free(shown);
}

/* Programs read the output, and people what is said of none. */
static void say_none(const struct keygen *k, const struct search *s)
{
    struct buf text = { 0 };

    put_none(&text, s, k->subject);
    if (!k->quiet)
        k->say(buf_str(&text));
    buf_free(&text);
}

enum keygen_status keygen_find_host(struct keygen *k, struct err *err)
{
    enum keygen_status status = KEYGEN_ERROR;
    struct knownhosts_named line = { 0 };
    struct search s;

    if (search_init(&s, k, err) &&
        file_read(s.path, FILE_SIZE_MAX, &s.text, err)) {
        status = KEYGEN_NO;
        while (next_line(&s, &line)) {
            put_found(k, &line);
            buf_put(&k->out, line.line, line.len);
            buf_put_str(&k->out, "\n");
            status = KEYGEN_DONE;
        }
        if (status == KEYGEN_NO)
            say_none(k, &s);
    }
    search_close(&s);
    return status;
}

/* Which lines, for the output, before they are written. */
static void put_removed(struct keygen *k, const struct search *s)
{
    struct knownhosts_named line = { 0 };

    while (next_line(s, &line)) {
        if (line.revoked || line.authority)
            buf_printf(&k->out, "# Line %zu stays: it is marked %s\n",
                       line.number,
                       line.revoked ? "@revoked" : "@cert-authority");
        else
            put_found(k, &line);
    }
}

struct removal {
    struct keygen *k;
    struct search *s;
    size_t count;
};

/* A file_edit_text; the last call counts. */
static bool comment_out(struct buf *out, const void *text, size_t len,
                        void *context)
{
    struct removal *r = context;

    buf_clear(&r->s->text);
    buf_put(&r->s->text, text, len);
    r->count = knownhosts_remove_host(out, text, len, r->s->host, r->s->port);
    buf_clear(&r->k->out);
    put_removed(r->k, r->s);
    return r->count != 0;
}

enum keygen_status keygen_remove_host(struct keygen *k, struct err *err)
{
    struct search s;
    struct removal r = { k, &s, 0 };
    char *shown;
    bool done = search_init(&s, k, err) &&
                file_edit(s.path, FILE_SIZE_MAX, comment_out, &r, err);

    shown = paths_tilde(s.path);
    if (done && r.count != 0)
        buf_printf(&k->out, "%s: %zu line%s commented out\n", shown, r.count,
                   r.count == 1 ? "" : "s");
    else if (done)
        put_none(&k->out, &s, k->subject);
    mem_free(shown);
    search_close(&s);
    if (!done)
        return KEYGEN_ERROR;
    return r.count != 0 ? KEYGEN_DONE : KEYGEN_NO;
}
