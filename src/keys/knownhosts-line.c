/* knownhosts-line.c - one line of known_hosts: its parts, its names. */
#include "keys/knownhosts-line.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/wire.h"

#define SSH_PORT 22

size_t knownhosts_line_length(const char *text, size_t len)
{
    const char *end = memchr(text, '\n', len);

    return end != NULL ? (size_t)(end - text) + 1 : len;
}

/* ---- cutting ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The next word, ended by NUL; "" at the end of the line. */
static char *next_word(char **at)
{
    char *word = *at, *end;

    while (is_blank(*word))
        word++;
    for (end = word; *end != '\0' && !is_blank(*end); end++)
        ;
    *at = end;
    if (*end != '\0') {
        *end = '\0';
        *at = end + 1;
    }
    return word;
}

static void cut_line_end(char *line, size_t len)
{
    while (len != 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    line[len] = '\0';
}

static bool is_number(const char *s)
{
    return *s != '\0' && s[strspn(s, "0123456789")] == '\0';
}

static bool parse_marker(const char *word, enum knownhosts_marker *out)
{
    if (strcmp(word, "@revoked") == 0)
        *out = KNOWNHOSTS_MARK_REVOKED;
    else if (strcmp(word, "@cert-authority") == 0)
        *out = KNOWNHOSTS_MARK_CA;
    else
        return false;
    return true;
}

static bool decode_20(const char *s, size_t n,
                      uint8_t out[KNOWNHOSTS_HASH_BYTES])
{
    struct buf raw = { 0 };
    bool good = base64_decode(&raw, s, n) && raw.len == KNOWNHOSTS_HASH_BYTES;

    if (good)
        memcpy(out, raw.data, KNOWNHOSTS_HASH_BYTES);
    buf_free(&raw);
    return good;
}

/* "|1|salt|hash" */
static bool parse_hashed(const char *s, struct knownhosts_parsed *out)
{
    const char *salt = s + strlen("|1|"), *bar;

    if (strncmp(s, "|1|", 3) != 0 || (bar = strchr(salt, '|')) == NULL)
        return false;
    return decode_20(salt, (size_t)(bar - salt), out->salt) &&
           decode_20(bar + 1, strlen(bar + 1), out->hash);
}

char *knownhosts_type_of(const uint8_t *blob, size_t len)
{
    struct wire_bytes type;
    struct wire w;

    wire_init(&w, blob, len);
    type = wire_string(&w);
    return mem_strndup((const char *)type.data, type.len);
}

/* The blob must say what the line says. */
static bool parse_key(const char *type, const char *text, struct buf *blob)
{
    size_t before = blob->len;
    struct wire w;

    if (!base64_decode(blob, text, strlen(text)))
        return false;
    wire_init(&w, blob->data + before, blob->len - before);
    if (wire_is(wire_string(&w), type) && w.left != 0)
        return true;
    blob->len = before;
    return false;
}

bool knownhosts_parse(char *line, size_t len, struct knownhosts_parsed *out,
                      struct buf *blob, const char **bad)
{
    char *at = line, *names, *key;

    *bad = NULL;
    memset(out, 0, sizeof *out);
    if (memchr(line, '\0', len) != NULL) {
        *bad = "this line holds a NUL byte";
        return false;
    }
    cut_line_end(line, len);
    names = next_word(&at);
    if (*names == '\0' || *names == '#')
        return false;
    if (*names == '@') {
        if (!parse_marker(names, &out->marker))
            *bad = "unknown marker, neither @revoked nor @cert-authority";
        names = next_word(&at);
    }
    out->type = next_word(&at);
    key = next_word(&at);
    if (*bad != NULL)
        return false;
    if (*names == '|' && !parse_hashed(names, out))
        *bad = "malformed hashed name";
    else if (is_number(out->type))
        *bad = "a key of protocol SSH-1";
    else if (*key == '\0')
        *bad = "it needs a name, a key type and a key";
    else if (!parse_key(out->type, key, blob))
        *bad = "malformed key";
    if (*names != '|') {
        text_lower(names);
        out->names = names;
    }
    return *bad == NULL;
}

/* ---- names ---- */

/* One context for all lines: to set up a new one takes three times as long as
 * the HMAC itself, and a file may have 10,000 lines, each with its own salt. */
struct knownhosts_host {
    char *name;
    EVP_MAC_CTX *hmac;
};

char *knownhosts_full_name(const char *name, unsigned port)
{
    struct buf full = { 0 };
    char *s;

    if (port == SSH_PORT)
        buf_put_str(&full, name);
    else
        buf_printf(&full, "[%s]:%u", name, port);
    s = buf_take_str(&full);
    text_lower(s);
    return s;
}

/* HMAC-SHA1 waiting for its key; NULL if libcrypto has none. */
static EVP_MAC_CTX *hmac_new(void)
{
    char sha1[] = "SHA1";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha1, 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *ctx = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;

    EVP_MAC_free(mac);
    if (ctx != NULL && EVP_MAC_CTX_set_params(ctx, params) != 1) {
        EVP_MAC_CTX_free(ctx);
        ctx = NULL;
    }
    return ctx;
}

struct knownhosts_host *knownhosts_host_new(const char *name, unsigned port)
{
    struct knownhosts_host *host = mem_alloc(sizeof *host);

    host->name = knownhosts_full_name(name, port);
    host->hmac = hmac_new();
    return host;
}

void knownhosts_host_free(struct knownhosts_host *host)
{
    if (host == NULL)
        return;
    EVP_MAC_CTX_free(host->hmac);
    mem_free(host->name);
    mem_free(host);
}

bool knownhosts_hash(struct knownhosts_host *host,
                     const uint8_t salt[KNOWNHOSTS_HASH_BYTES],
                     uint8_t hash[KNOWNHOSTS_HASH_BYTES])
{
    size_t len = 0;

    return host->hmac != NULL &&
           EVP_MAC_init(host->hmac, salt, KNOWNHOSTS_HASH_BYTES, NULL) == 1 &&
           EVP_MAC_update(host->hmac, (const uint8_t *)host->name,
                          strlen(host->name)) == 1 &&
           EVP_MAC_final(host->hmac, hash, &len, KNOWNHOSTS_HASH_BYTES) == 1 &&
           len == KNOWNHOSTS_HASH_BYTES;
}

/* One pattern of the list, in place of its n bytes. */
static bool pattern_matches(const char *pattern, size_t n, const char *name)
{
    char *copy = mem_strndup(pattern, n);
    bool match = text_glob(copy, name);

    mem_free(copy);
    return match;
}

/* A '!' that matches rejects the whole list, wherever it stands. */
static bool list_matches(const char *list, const char *name)
{
    bool match = false;

    while (*list != '\0') {
        size_t n = strcspn(list, ",");
        bool negated = *list == '!';

        if (pattern_matches(list + negated, n - negated, name)) {
            if (negated)
                return false;
            match = true;
        }
        list += n;
        list += *list == ',';
    }
    return match;
}

bool knownhosts_line_names(const struct knownhosts_parsed *line,
                           struct knownhosts_host *host)
{
    uint8_t hash[KNOWNHOSTS_HASH_BYTES];

    if (line->names != NULL)
        return list_matches(line->names, host->name);
    return knownhosts_hash(host, line->salt, hash) &&
           memcmp(hash, line->hash, sizeof hash) == 0;
}
