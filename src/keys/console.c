#include "keys/console.h"

#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "keys/sshkey.h"

#define HOSTS_MAX 64 /* a log may show some boots */
#define KEYS_MAX  64
#define PRINT_MAX 128  /* bytes of a fingerprint, with its NUL */
#define TOKEN_MAX 2048 /* bytes of a word: a key of RSA with 8192 bits fits */

struct print {
    enum sshkey_fingerprint_form form;
    /* As sshkey_fingerprint_as() writes it, but MD5 bare. */
    char text[PRINT_MAX];
};

struct host {
    const char *kind; /* "ED25519"; NULL: that is not told */
    unsigned bits;    /* of the key; likewise 0 */
    struct print print;
};

struct installed {
    char user[CONSOLE_USER_MAX];
    struct print print;
    char *type, *comment;
};

struct console {
    struct host hosts[HOSTS_MAX];
    size_t hosts_len;
    struct installed keys[KEYS_MAX];
    size_t keys_len;
    char keyless[CONSOLE_USER_MAX]; /* "" if there is none */
    /* While parsing. */
    char user[CONSOLE_USER_MAX]; /* whose table it is in; "" outside */
    bool whole_keys;             /* between the lines that frame host keys */
};

/* ---- words ---- */

struct line {
    const char *p, *end;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Past a blank, or a control sequence of a terminal (ECMA-48 5.4), which a
 * console that is captured has; p itself if there is none. */
static const char *past_blank(const char *p, const char *end)
{
    if (p < end && is_blank(*p))
        return p + 1;
    if (end - p < 2 || p[0] != '\033' || p[1] != '[')
        return p;
    for (p += 2; p < end && *p >= 0x20 && *p < 0x40; p++)
        ;
    return p < end ? p + 1 : p;
}

/* The next word, cut if it is too long; false at the end of the line. */
static bool next_word(struct line *l, char word[TOKEN_MAX])
{
    size_t n = 0;
    const char *past;

    while ((past = past_blank(l->p, l->end)) != l->p)
        l->p = past;
    for (; l->p < l->end && past_blank(l->p, l->end) == l->p; l->p++)
        if (n < TOKEN_MAX - 1)
            word[n++] = *l->p != '\0' ? *l->p : '?';
    word[n] = '\0';
    return n != 0;
}

/* Past the phrase, if it is in the rest of the line. */
static bool find_phrase(struct line *l, const char *phrase)
{
    size_t n = strlen(phrase);
    const char *p;

    for (p = l->p; (size_t)(l->end - p) >= n; p++) {
        if (memcmp(p, phrase, n) == 0) {
            l->p = p + n;
            return true;
        }
    }
    return false;
}

/* ---- fingerprints ---- */

/* "0a:67:..." of n pairs, in small letters into out. */
static bool take_pairs(const char *s, size_t n, char *out)
{
    size_t len = strlen(s), i;

    if (len != n * 3 - 1)
        return false;
    for (i = 0; i < len; i++)
        if ((i % 3 == 2) != (s[i] == ':') ||
            (s[i] != ':' && strchr("0123456789abcdefABCDEF", s[i]) == NULL))
            return false;
    memcpy(out, s, i + 1);
    text_lower(out);
    return true;
}

static bool take_base64(const char *s, struct print *out)
{
    struct buf raw = { 0 };
    bool good =
        strlen(s) <= 44 && base64_decode(&raw, s, strlen(s)) && raw.len == 32;

    if (good) {
        struct buf text = { 0 };

        buf_put_str(&text, "SHA256:");
        base64_encode(&text, raw.data, raw.len, false);
        memcpy(out->text, buf_str(&text), text.len + 1);
        buf_free(&text);
        out->form = SSHKEY_SHA256;
    }
    buf_free(&raw);
    return good;
}

static bool take_print(const char *word, struct print *out)
{
    if (strncmp(word, "SHA256:", 7) == 0)
        return take_base64(word + 7, out);
    if (strncmp(word, "MD5:", 4) == 0)
        word += 4;
    out->form = SSHKEY_MD5;
    if (take_pairs(word, 16, out->text))
        return true;
    out->form = SSHKEY_SHA256_HEX;
    return take_pairs(word, 32, out->text);
}

/* Of n pairs in hex, without their colons. */
static bool take_digits(const char *s, size_t n, char *out)
{
    char pairs[PRINT_MAX];
    size_t i;

    if (strlen(s) != 2 * n)
        return false;
    for (i = 0; i < n; i++) {
        memcpy(pairs + 3 * i, s + 2 * i, 2);
        pairs[3 * i + 2] = ':';
    }
    pairs[3 * n - 1] = '\0';
    return take_pairs(pairs, n, out);
}

/* A word that stands alone may lack what else tells the form. */
static bool take_bare(const char *word, struct print *out)
{
    const char *digits = strncmp(word, "MD5:", 4) == 0 ? word + 4 : word;

    if (take_print(word, out))
        return true;
    out->form = SSHKEY_MD5;
    if (take_digits(digits, 16, out->text))
        return true;
    out->form = SSHKEY_SHA256_HEX;
    return take_digits(word, 32, out->text) || take_base64(word, out);
}

static bool print_is(const struct print *print, const uint8_t *blob, size_t len)
{
    struct buf text = { 0 };
    const char *own;
    bool same;

    sshkey_fingerprint_as(&text, print->form, blob, len);
    own = buf_str(&text);
    if (print->form == SSHKEY_MD5)
        own += strlen("MD5:");
    same = strcmp(own, print->text) == 0;
    buf_free(&text);
    return same;
}

/* ---- host keys ---- */

static void add_host(struct console *c, const struct host *host)
{
    if (c->hosts_len < HOSTS_MAX)
        c->hosts[c->hosts_len++] = *host;
}

/* "(ED25519)": the kind, a constant; NULL if it is none. */
static const char *kind_of(const char *word)
{
    static const char *const kinds[] = { "ED25519", "ECDSA", "RSA" };
    size_t i, n;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        n = strlen(kinds[i]);
        if (word[0] == '(' && strncmp(word + 1, kinds[i], n) == 0 &&
            word[n + 1] == ')')
            return kinds[i];
    }
    return NULL;
}

/* BITS FINGERPRINT anything (KIND), behind any prefix. */
static void take_host_print(struct console *c, struct line l)
{
    struct host host = { .kind = NULL };
    char word[TOKEN_MAX] = ""; /* for the analyser */
    unsigned long bits;
    bool found = false;

    while (!found) {
        unsigned long before = host.bits;

        if (!next_word(&l, word))
            return;
        host.bits = text_number(word, 1, 65536, &bits) ? (unsigned)bits : 0;
        found = before != 0 && take_print(word, &host.print);
        if (found)
            host.bits = (unsigned)before;
    }
    while (host.kind == NULL && next_word(&l, word))
        host.kind = kind_of(word);
    if (host.kind != NULL)
        add_host(c, &host);
}

/* All there is: a panel's fingerprint, saved in a file. */
static void take_only_print(struct console *c, struct line l)
{
    struct host host = { .kind = NULL };
    char word[TOKEN_MAX] = "", more[TOKEN_MAX]; /* for the analyser */

    while (l.p < l.end && (is_blank(*l.p) || *l.p == '\n'))
        l.p++;
    while (l.p < l.end && (is_blank(l.end[-1]) || l.end[-1] == '\n'))
        l.end--;
    if (next_word(&l, word) && !next_word(&l, more) &&
        take_bare(word, &host.print))
        add_host(c, &host);
}

static bool is_type(const char *word)
{
    return strcmp(word, "ssh-ed25519") == 0 || strcmp(word, "ssh-rsa") == 0 ||
           strncmp(word, "ecdsa-sha2-nistp", 16) == 0;
}

/* TYPE BASE64 comment: the key itself, behind any prefix. */
static void take_host_key(struct console *c, struct line l)
{
    char type[TOKEN_MAX], word[TOKEN_MAX];
    struct buf blob = { 0 }, text = { 0 };
    struct sshkey *key = NULL;
    struct host host;
    struct err err;

    while (next_word(&l, type) && !is_type(type))
        ;
    if (is_type(type) && next_word(&l, word) &&
        base64_decode(&blob, word, strlen(word)))
        key = sshkey_from_blob(blob.data, blob.len, &err);
    if (key != NULL && strcmp(sshkey_type(key), type) == 0) {
        host = (struct host){ .kind = sshkey_kind(key),
                              .bits = sshkey_bits(key),
                              .print.form = SSHKEY_SHA256 };
        sshkey_fingerprint_as(&text, SSHKEY_SHA256, blob.data, blob.len);
        memcpy(host.print.text, buf_str(&text), text.len + 1);
        add_host(c, &host);
    }
    sshkey_free(key);
    buf_free(&text);
    buf_free(&blob);
}

static bool next_line(struct line *rest, struct line *l)
{
    const char *eol;

    if (rest->p == rest->end)
        return false;
    eol = memchr(rest->p, '\n', (size_t)(rest->end - rest->p));
    *l = (struct line){ rest->p, eol != NULL ? eol : rest->end };
    rest->p = eol != NULL ? eol + 1 : rest->end;
    return true;
}

/* "[HOST] TYPE BASE64 ..."; false: it is something else. */
static bool take_key_line(struct console *c, struct line l)
{
    char word[TOKEN_MAX];
    struct line at = l;
    size_t before = c->hosts_len;

    if (!next_word(&at, word) || word[0] == '#')
        return true;
    if (!is_type(word) && (!next_word(&at, word) || !is_type(word)))
        return false;
    take_host_key(c, l);
    return c->hosts_len != before;
}

/* All there is: FILE.pub of host keys, or what ssh-keyscan prints. */
static void take_only_keys(struct console *c, struct line text)
{
    struct line l;

    while (next_line(&text, &l)) {
        if (!take_key_line(c, l)) {
            c->hosts_len = 0;
            return;
        }
    }
}

/* ---- users and their keys ---- */

/* Up to a blank or '+', but for a full stop; "" if it is no name that we
 * believe. */
static void take_user(struct line l, char user[CONSOLE_USER_MAX])
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyz_";
    static const char more[] = "abcdefghijklmnopqrstuvwxyz_0123456789-.";
    size_t n = 0;

    while (l.p < l.end && is_blank(*l.p))
        l.p++;
    while (l.p < l.end && *l.p != '\0' && n < CONSOLE_USER_MAX - 1 &&
           strchr(n == 0 ? first : more, *l.p) != NULL)
        user[n++] = *l.p++;
    if (l.p < l.end && !is_blank(*l.p) && *l.p != '+')
        n = 0;
    while (n != 0 && user[n - 1] == '.')
        n--;
    user[n] = '\0';
}

/* A cell of the table, without the blanks around it; false: no more. */
static bool next_cell(struct line *l, struct line *cell)
{
    const char *bar = memchr(l->p, '|', (size_t)(l->end - l->p));

    if (bar == NULL)
        return false;
    *cell = (struct line){ l->p, bar };
    l->p = bar + 1;
    while (cell->p < cell->end && is_blank(*cell->p))
        cell->p++;
    while (cell->p < cell->end && is_blank(cell->end[-1]))
        cell->end--;
    return true;
}

static char *cell_text(const struct line *cell)
{
    size_t n = (size_t)(cell->end - cell->p);

    if (n == 1 && *cell->p == '-') /* an empty one */
        n = 0;
    return mem_strndup(cell->p, n);
}

/* | TYPE | FINGERPRINT | options | comment | */
static void take_row(struct console *c, struct line l)
{
    struct line cells[4];
    struct installed key;
    char word[TOKEN_MAX];
    size_t i;

    if (c->keys_len == KEYS_MAX || !find_phrase(&l, "|"))
        return;
    for (i = 0; i < 4; i++)
        if (!next_cell(&l, &cells[i]))
            return;
    if (!next_word(&cells[1], word) || !take_print(word, &key.print))
        return;
    memcpy(key.user, c->user, sizeof key.user);
    key.type = cell_text(&cells[0]);
    key.comment = cell_text(&cells[3]);
    c->keys[c->keys_len++] = key;
}

/* ---- lines ---- */

static void take_line(struct console *c, struct line l)
{
    struct line at = l;

    if (find_phrase(&at, "BEGIN SSH HOST KEY KEYS")) {
        c->whole_keys = true;
    } else if (find_phrase(&at, "END SSH HOST KEY KEYS")) {
        c->whole_keys = false;
    } else if (find_phrase(&at, "Authorized keys from ")) {
        c->user[0] = '\0';
        if (find_phrase(&at, " for user "))
            take_user(at, c->user);
    } else if (find_phrase(&at, "keys fingerprints found for user ")) {
        take_user(at, c->keyless);
    } else if (c->whole_keys) {
        take_host_key(c, l);
    } else if (c->user[0] != '\0' && find_phrase(&at, "ci-info: ")) {
        take_row(c, at);
    } else {
        c->user[0] = '\0';
        take_host_print(c, l);
    }
}

struct console *console_parse(const void *text, size_t len)
{
    struct console *c = mem_alloc(sizeof *c);
    const struct line all = { text, (const char *)text + len };
    struct line rest = all, l;

    while (next_line(&rest, &l))
        take_line(c, l);
    if (c->hosts_len == 0)
        take_only_print(c, all);
    if (c->hosts_len == 0)
        take_only_keys(c, all);
    return c;
}

void console_free(struct console *c)
{
    if (c == NULL)
        return;
    while (c->keys_len != 0) {
        struct installed *key = &c->keys[--c->keys_len];

        mem_free(key->type);
        mem_free(key->comment);
    }
    mem_free(c);
}

/* ---- answers ---- */

size_t console_hosts(const struct console *c)
{
    return c->hosts_len;
}

enum console_verdict console_judge(const struct console *c, const uint8_t *blob,
                                   size_t len, unsigned *bits)
{
    enum console_verdict verdict = CONSOLE_SILENT;
    struct err err;
    struct sshkey *key = sshkey_from_blob(blob, len, &err);
    size_t i;

    for (i = 0; key != NULL && i < c->hosts_len; i++) {
        const struct host *host = &c->hosts[i];

        if (host->kind != NULL && (strcmp(host->kind, sshkey_kind(key)) != 0 ||
                                   host->bits != sshkey_bits(key)))
            continue;
        if (verdict != CONSOLE_MATCH)
            verdict = CONSOLE_OTHER;
        if (print_is(&host->print, blob, len)) {
            *bits = host->print.form == SSHKEY_MD5 ? 128 : 256;
            verdict = CONSOLE_MATCH;
            if (*bits == 256)
                break;
        }
    }
    sshkey_free(key);
    return verdict;
}

bool console_is_bare(const struct console *c)
{
    return c->hosts_len != 0 && c->hosts[0].kind == NULL;
}

static const char *type_of(const struct host *host)
{
    if (strcmp(host->kind, "ED25519") == 0)
        return "ssh-ed25519";
    if (strcmp(host->kind, "RSA") == 0)
        return "ssh-rsa";
    return host->bits == 256   ? "ecdsa-sha2-nistp256"
           : host->bits == 384 ? "ecdsa-sha2-nistp384"
                               : "ecdsa-sha2-nistp521";
}

size_t console_types(const struct console *c, const char *types[], size_t max)
{
    size_t i, j, n = 0;

    for (i = 0; i < c->hosts_len && n < max; i++) {
        const char *type;

        if (c->hosts[i].kind == NULL)
            continue;
        type = type_of(&c->hosts[i]);
        for (j = 0; j < n && strcmp(types[j], type) != 0; j++)
            ;
        if (j == n)
            types[n++] = type;
    }
    return n;
}

const char *console_user(const struct console *c)
{
    const char *user = NULL;
    size_t i;

    for (i = 0; i < c->keys_len; i++)
        if (user == NULL || strcmp(user, "root") == 0)
            user = c->keys[i].user;
    if (user == NULL && c->keyless[0] != '\0')
        user = c->keyless;
    return user;
}

bool console_key(const struct console *c, size_t i, struct console_key *out)
{
    if (i >= c->keys_len)
        return false;
    *out = (struct console_key){ c->keys[i].user, c->keys[i].type,
                                 c->keys[i].comment };
    return true;
}

bool console_key_is(const struct console *c, size_t i, const uint8_t *blob,
                    size_t len)
{
    return i < c->keys_len && print_is(&c->keys[i].print, blob, len);
}

bool console_keyless(const struct console *c, const char *user)
{
    return c->keyless[0] != '\0' && strcmp(c->keyless, user) == 0;
}
