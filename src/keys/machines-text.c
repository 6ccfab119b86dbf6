/* machines-text.c - the collection as text, and back. */
#include "keys/machines.h"

#include <limits.h>
#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "keys/knownhosts-line.h"
#include "keys/machines-inside.h"

#define BLANKS    " \t\r"
#define NOTES_MAX 20
#define HEAD      "# Machines that vmconnect has met: see vmconnect(1), MACHINES."

static const char certificate[] = "certificate";

/* In the order of enum machine_key_state. */
static const char *const states[] = { "key", "moved", "retired" };

/* ---- words ---- */

/* The next word of the line, ended by NUL; "" at its end. */
static char *next_word(char **at)
{
    char *word = *at + strspn(*at, BLANKS), *end = word + strcspn(word, BLANKS);

    *at = end + (*end != '\0');
    *end = '\0';
    return word;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *p = c != '\0' ? strchr(digits, c) : NULL;

    return p != NULL ? (int)(p - digits) : -1;
}

/* As much text as there was, but harmless; for mem_free(). */
static char *harmless(const char *text)
{
    struct buf out = { 0 };

    text_expose(&out, text, strlen(text), false);
    return buf_take_str(&out);
}

/* What a word means; for mem_free(). */
static char *meaning(const char *word)
{
    struct buf raw = { 0 };
    char *text;

    for (; *word != '\0'; word++) {
        int high = *word == '%' ? hex_digit(word[1]) : -1;
        int low = high != -1 ? hex_digit(word[2]) : -1;

        if (low != -1 && high + low != 0) {
            buf_put_byte(&raw, (uint8_t)(16 * high + low));
            word += 2;
        } else {
            buf_put_byte(&raw, (uint8_t)*word);
        }
    }
    text = harmless(buf_str(&raw));
    buf_free(&raw);
    return text;
}

static void put_word(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        uint8_t c = (uint8_t)*text;

        if (c <= ' ' || c == '%' || c == 0x7f)
            buf_printf(out, "%%%02x", c);
        else
            buf_put_byte(out, c);
    }
}

/* ---- lines of a machine: what is wrong with one, or NULL ---- */

static const char too_many[] = "there are too many of these";

static const char *take_times(char *at, int64_t *first, int64_t *last)
{
    *first = machines_time(next_word(&at));
    *last = machines_time(next_word(&at));
    return *first != 0 && *last != 0 ? NULL : "two times are expected";
}

static const char *take_server(struct machine *m, char *at)
{
    mem_free(m->server);
    m->server = harmless(at + strspn(at, BLANKS));
    return NULL;
}

static const char *take_key(struct machine *m, enum machine_key_state state,
                            char *at)
{
    char *type = next_word(&at), *key = next_word(&at), *named;
    struct buf blob = { 0 };
    const char *bad = "malformed key";
    struct machine_key *k;
    int64_t first, last;

    if (m->keys_len == MACHINE_LIST_MAX)
        return too_many;
    if (*type != '\0' && base64_decode(&blob, key, strlen(key))) {
        named = knownhosts_type_of(blob.data, blob.len);
        if (strcmp(named, type) == 0)
            bad = take_times(at, &first, &last);
        mem_free(named);
    }
    if (bad == NULL) {
        k = machine_add_key(m);
        *k = (struct machine_key){ .blob = mem_dup(blob.data, blob.len),
                                   .blob_len = blob.len,
                                   .state = state,
                                   .first = first,
                                   .last = last };
    }
    buf_free(&blob);
    return bad;
}

static const char *take_address(struct machine *m, char *at)
{
    char *host = next_word(&at), *port = next_word(&at);
    struct machine_address *a;
    unsigned long number;
    int64_t first, last;
    const char *bad;

    if (m->addresses_len == MACHINE_LIST_MAX)
        return too_many;
    if (!text_number(port, 1, 65535, &number))
        return "an address and a port are expected";
    if ((bad = take_times(at, &first, &last)) != NULL)
        return bad;
    a = machine_add_address(m);
    *a = (struct machine_address){ meaning(host), (unsigned)number, first,
                                   last };
    return NULL;
}

static const char *take_login(struct machine *m, char *at)
{
    char *user = next_word(&at), *times = next_word(&at);
    int64_t last = machines_time(next_word(&at));
    char *file = next_word(&at);
    struct machine_login *l;
    unsigned long number;

    if (m->logins_len == MACHINE_LIST_MAX)
        return too_many;
    if (!text_number(times, 0, UINT_MAX, &number) || last == 0)
        return "a user, a number and a time are expected";
    l = machine_add_login(m);
    *l = (struct machine_login){ .user = meaning(user),
                                 .count = number,
                                 .last = last,
                                 .file = *file != '\0' ? meaning(file) : NULL };
    return NULL;
}

/* Of the login before it. */
static const char *take_with(struct machine *m, char *at)
{
    struct machine_login *l =
        m->logins_len != 0 ? &m->logins[m->logins_len - 1] : NULL;
    char *user = meaning(next_word(&at));
    const char *print = next_word(&at);
    bool good = l != NULL && l->file != NULL && strcmp(l->user, user) == 0 &&
                strncmp(print, "SHA256:", 7) == 0;

    mem_free(user);
    if (!good)
        return "a login's user and a fingerprint are expected";
    mem_free(l->print);
    l->print = meaning(print);
    l->certified = strcmp(next_word(&at), certificate) == 0;
    return NULL;
}

/* ---- reading ---- */

struct reader {
    struct machines *ms;
    struct machine *m; /* NULL: before the first */
    struct buf others; /* of m, or of the collection */
    size_t number;     /* of the line */
};

static void keep(struct reader *r, const char *before, const char *line)
{
    buf_printf(&r->others, "%s%s\n", before, line);
}

static void end_machine(struct reader *r)
{
    char **place = r->m != NULL ? &r->m->others : &r->ms->others;

    if (r->others.len != 0)
        *place = buf_take_str(&r->others);
}

static void refuse(struct reader *r, const char *line, const char *why)
{
    struct machines *ms = r->ms;
    struct buf note = { 0 };

    keep(r, "# damaged: ", line);
    if (ms->notes_len == NOTES_MAX)
        return;
    buf_printf(&note, "%zu: %s", r->number, why);
    ms->notes = mem_resize(ms->notes, ms->notes_len + 1, sizeof *ms->notes);
    ms->notes[ms->notes_len++] = buf_take_str(&note);
}

/* copy: the line, to be cut. */
static void begin_machine(struct reader *r, const char *line, char *copy)
{
    char *at = copy;
    bool good = strcmp(next_word(&at), "machine") == 0;
    char *name = next_word(&at);

    good = good && *name != '\0';
    end_machine(r);
    r->m = machines_add(r->ms,
                        good ? meaning(name) : mem_strdup(machines_nameless));
    if (!good)
        refuse(r, line, "\"machine\" and a name are expected");
}

static void take_fact(struct reader *r, const char *line, char *copy)
{
    char *at = copy, *word = next_word(&at);
    const char *bad = NULL;
    size_t i;

    if (r->m == NULL) {
        refuse(r, line, "it belongs to no machine");
        return;
    }
    for (i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(word, states[i]) == 0)
            break;
    if (i < sizeof states / sizeof *states)
        bad = take_key(r->m, (enum machine_key_state)i, at);
    else if (strcmp(word, "address") == 0)
        bad = take_address(r->m, at);
    else if (strcmp(word, "login") == 0)
        bad = take_login(r->m, at);
    else if (strcmp(word, "with") == 0)
        bad = take_with(r->m, at);
    else if (strcmp(word, "server") == 0)
        bad = take_server(r->m, at);
    else
        keep(r, "", line);
    if (bad != NULL)
        refuse(r, line, bad);
}

static void take_line(struct reader *r, const char *text, size_t len)
{
    struct buf whole = { 0 };
    char *line, *copy, *start;
    size_t n;

    text_one_line(&whole, text, len);
    line = buf_take_str(&whole);
    for (n = strlen(line); n != 0 && strchr(BLANKS, line[n - 1]) != NULL;)
        line[--n] = '\0';
    start = line + strspn(line, BLANKS);
    copy = mem_strdup(start);
    if (*start == '#')
        keep(r, "", start);
    else if (*start != '\0' && start == line)
        begin_machine(r, start, copy);
    else if (*start != '\0')
        take_fact(r, start, copy);
    mem_free(copy);
    mem_free(line);
}

void machines_parse(struct machines *ms, const void *text, size_t len)
{
    struct reader r = { .ms = ms };
    const char *at = text;

    for (size_t n; len != 0; at += n, len -= n) {
        const char *end = memchr(at, '\n', len);

        n = end != NULL ? (size_t)(end - at) : len;
        r.number++;
        take_line(&r, at, n);
        n += end != NULL;
    }
    end_machine(&r);
    buf_free(&r.others);
}

/* ---- writing ---- */

static void put_times(struct buf *out, int64_t first, int64_t last)
{
    buf_put_str(out, " ");
    machines_put_time(out, first);
    buf_put_str(out, " ");
    machines_put_time(out, last);
    buf_put_str(out, "\n");
}

static void put_key(struct buf *out, const struct machine_key *k)
{
    char *type = knownhosts_type_of(k->blob, k->blob_len);

    buf_printf(out, "    %s %s ", states[k->state], type);
    base64_encode(out, k->blob, k->blob_len, true);
    put_times(out, k->first, k->last);
    mem_free(type);
}

static void put_login(struct buf *out, const struct machine_login *l)
{
    buf_put_str(out, "    login ");
    put_word(out, l->user);
    buf_printf(out, " %lu ", l->count);
    machines_put_time(out, l->last);
    if (l->file != NULL) {
        buf_put_str(out, " ");
        put_word(out, l->file);
    }
    buf_put_str(out, "\n");
    if (l->print == NULL)
        return;
    buf_put_str(out, "    with ");
    put_word(out, l->user);
    buf_put_str(out, " ");
    put_word(out, l->print);
    buf_printf(out, "%s%s\n", l->certified ? " " : "",
               l->certified ? certificate : "");
}

static void put_others(struct buf *out, const char *indent, const char *lines)
{
    while (lines != NULL && *lines != '\0') {
        size_t n = strcspn(lines, "\n");

        buf_printf(out, "%s%.*s\n", indent, (int)n, lines);
        lines += n + 1;
    }
}

static void put_machine(struct buf *out, const struct machine *m)
{
    buf_put_str(out, "\nmachine ");
    put_word(out, m->name);
    buf_put_str(out, "\n");
    if (m->server != NULL)
        buf_printf(out, "    server %s\n", m->server);
    for (size_t i = 0; i < m->keys_len; i++)
        put_key(out, &m->keys[i]);
    for (size_t i = 0; i < m->addresses_len; i++) {
        buf_put_str(out, "    address ");
        put_word(out, m->addresses[i].host);
        buf_printf(out, " %u", m->addresses[i].port);
        put_times(out, m->addresses[i].first, m->addresses[i].last);
    }
    for (size_t i = 0; i < m->logins_len; i++)
        put_login(out, &m->logins[i]);
    put_others(out, "    ", m->others);
}

void machines_format(const struct machines *ms, struct buf *out)
{
    put_others(out, "", ms->others != NULL ? ms->others : HEAD "\n");
    for (size_t i = 0; i < ms->len; i++)
        put_machine(out, &ms->all[i]);
}
