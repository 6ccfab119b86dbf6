/*
 * keytool.c - the room on the command line, for formats.py, which compares it
 * with other people's tools.
 *
 *   keytool inspect FILE               format, encrypted, public half
 *   keytool certificate FILE           what a certificate says
 *   keytool decode FILE PASSPHRASE     public half and signatures
 *   keytool torture FILE PASSPHRASE    cut and flip every byte
 *   keytool corrupt FILE               change every length within armour
 *   keytool known FILE HOST PORT BLOB  verdict and line (BLOB in base64)
 *   keytool named FILE HOST PORT       numbers of the lines that name a host
 *   keytool remove FILE HOST PORT      the text without them
 *   keytool list FILE                  the items of a list of public keys
 *   keytool repair FILE                the list repaired
 *   keytool rfc4716 FILE               the keys of a list in RFC 4716's form
 *   keytool forms FILE                 their fingerprints in all forms
 *   keytool serve                      all of these, of standard input
 *
 * An empty PASSPHRASE means none.  Errors: "error CODE SENTENCE", status 1.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile.h"
#include "keys/knownhosts.h"
#include "keys/pubkey-list.h"
#include "keys/pubkey-mend.h"
#include "keys/pubkey-rfc4716.h"
#include "keys/sshcert.h"
#include "keys/sshkey.h"

static struct buf read_file(const char *path)
{
    struct buf text = { 0 };
    FILE *f = fopen(path, "rb");
    size_t n;

    if (f == NULL) {
        perror(path);
        exit(2);
    }
    while ((n = fread(buf_reserve(&text, 4096), 1, 4096, f)) != 0)
        buf_commit(&text, n);
    fclose(f);
    return text;
}

static const char *code_name(enum err_code code)
{
    switch (code) {
    case ERR_FORMAT: return "FORMAT";
    case ERR_UNSUPPORTED: return "UNSUPPORTED";
    case ERR_PUBLIC_HALF: return "PUBLIC_HALF";
    case ERR_PASSPHRASE: return "PASSPHRASE";
    case ERR_LIMIT: return "LIMIT";
    default: return "OTHER";
    }
}

static int show_error(const struct err *err)
{
    printf("error %s %s\n", code_name(err->code), err->msg);
    return 1;
}

static void show_public(const struct sshkey *key)
{
    char fingerprint[SSHKEY_FINGERPRINT_MAX];
    struct buf text = { 0 };
    const uint8_t *blob;
    size_t len;

    blob = sshkey_blob(key, &len);
    base64_encode(&text, blob, len, true);
    sshkey_fingerprint(blob, len, fingerprint);
    printf("public %s %s\n", sshkey_type(key), buf_str(&text));
    printf("fingerprint %u %s %s\n", sshkey_bits(key), fingerprint,
           sshkey_kind(key));
    buf_free(&text);
}

static void show_certificate(const struct sshcert *cert)
{
    struct buf names = { 0 };

    sshcert_put_names(cert, &names);
    printf("certificate %s %s %s %llu\n", cert->type,
           cert->use == SSHCERT_USER ? "user" : "host", cert->authority,
           (unsigned long long)cert->serial);
    printf("id %s\nnames %s\nvalid %llu %llu\n", cert->id, buf_str(&names),
           (unsigned long long)cert->valid_from,
           (unsigned long long)cert->valid_till);
    buf_free(&names);
}

static int inspect(const char *path)
{
    struct buf text = read_file(path);
    struct keyfile_info info;
    struct err err;
    int status = 0;

    if (!keyfile_inspect(text.data, text.len, path, &info, &err)) {
        status = show_error(&err);
    } else {
        printf("format %s\nencrypted %s\ncomment %s\n", info.format,
               info.encrypted ? "yes" : "no", info.comment);
        if (info.public != NULL) {
            show_public(info.public);
            printf("private %s\n",
                   sshkey_is_private(info.public) ? "yes" : "no");
        }
        if (info.certificate != NULL)
            show_certificate(info.certificate);
        keyfile_info_free(&info);
    }
    buf_free(&text);
    return status;
}

/* "TYPE BASE64 COMMENT", as ssh-keygen -s writes it. */
static int certificate(const char *path)
{
    struct buf text = read_file(path), blob = { 0 };
    const char *base64 = strchr(buf_str(&text), ' ');
    struct sshcert *cert = NULL;
    struct err err;
    int status = 0;

    if (base64 == NULL ||
        !base64_decode(&blob, base64 + 1, strcspn(base64 + 1, " \n")))
        exit(2);
    cert = sshcert_from_blob(blob.data, blob.len, &err);
    if (cert != NULL) {
        show_certificate(cert);
        show_public(cert->key);
    } else {
        status = show_error(&err);
    }
    sshcert_free(cert);
    buf_free(&blob);
    buf_free(&text);
    return status;
}

static struct secret *passphrase_from(const char *s)
{
    return *s != '\0' ? secret_from(s, strlen(s)) : NULL;
}

static const char *const algorithms[] = {
    "ssh-ed25519",         "rsa-sha2-256",        "rsa-sha2-512",
    "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
};

static void show_signatures(const struct sshkey *key)
{
    static const char data[] = "the bytes to be signed";
    struct buf sig = { 0 }, text = { 0 };
    struct err err;

    for (size_t i = 0; i < sizeof algorithms / sizeof algorithms[0]; i++) {
        buf_clear(&sig);
        buf_clear(&text);
        if (!sshkey_sign(key, algorithms[i], (const uint8_t *)data,
                         strlen(data), &sig, &err))
            continue;
        base64_encode(&text, sig.data, sig.len, true);
        printf("signature %s %s\n", algorithms[i], buf_str(&text));
    }
    buf_free(&sig);
    buf_free(&text);
}

static int decode(const char *path, const char *passphrase)
{
    struct secret *pass = passphrase_from(passphrase);
    struct buf text = read_file(path);
    struct sshkey *key;
    struct err err;
    int status = 0;

    key = keyfile_decode(text.data, text.len, path, pass, &err);
    if (key == NULL) {
        status = show_error(&err);
    } else {
        show_public(key);
        show_signatures(key);
    }
    sshkey_free(key);
    secret_free(pass);
    buf_free(&text);
    return status;
}

/* ---- every way to damage a file by one cut or one byte ---- */

struct tally {
    unsigned same, other, refused, silent;
};

/* The copy is exactly as long as the text: reading past it is caught. */
static void try_text(const struct buf *text, const struct secret *pass,
                     const struct sshkey *want, struct tally *t)
{
    uint8_t *copy = mem_dup(text->data, text->len);
    struct keyfile_info info;
    struct err err = { ERR_NONE, "" };
    struct sshkey *key = keyfile_decode(copy, text->len, "k", pass, &err);

    if (key != NULL && sshkey_equal_public(key, want))
        t->same++;
    else if (key != NULL)
        t->other++;
    else if (err.code == ERR_NONE || strncmp(err.msg, "k: ", 3) != 0)
        t->silent++;
    else
        t->refused++;
    sshkey_free(key);
    if (keyfile_inspect(copy, text->len, "k", &info, &err))
        keyfile_info_free(&info);
    mem_free(copy);
}

static int torture(const char *path, const char *passphrase)
{
    struct secret *pass = passphrase_from(passphrase);
    struct tally cut = { 0 }, flip = { 0 };
    struct buf text = read_file(path);
    struct sshkey *want;
    struct err err;
    size_t len = text.len;

    want = keyfile_decode(text.data, len, path, pass, &err);
    if (want == NULL)
        return show_error(&err);
    for (text.len = 0; text.len < len; text.len++)
        try_text(&text, pass, want, &cut);
    for (size_t i = 0; i < len; i++) {
        text.data[i] ^= 1;
        try_text(&text, pass, want, &flip);
        text.data[i] ^= 1;
    }
    printf("cut same %u other %u refused %u silent %u\n", cut.same, cut.other,
           cut.refused, cut.silent);
    printf("flip same %u other %u refused %u silent %u\n", flip.same,
           flip.other, flip.refused, flip.silent);
    sshkey_free(want);
    secret_free(pass);
    buf_free(&text);
    return 0;
}

/* ---- every way to damage the bytes within armour ---- */

/* A file as head, base64 and tail; false if it is none of that kind. */
static bool find_body(const struct buf *text, struct wire_bytes *body)
{
    struct wire_bytes rest = { text->data, text->len }, line;
    const uint8_t *end = text->data + text->len;

    *body = (struct wire_bytes){ end, 0 };
    while (keyfile_next_line(&rest, &line)) {
        bool mark = keyfile_begins(line, "----");

        if (mark && body->data != end) {
            body->len = (size_t)(line.data - body->data);
            return true;
        }
        if (mark || memchr(line.data, ':', line.len) != NULL)
            body->data = rest.data;
    }
    return false;
}

static void try_bytes(const struct buf *text, struct wire_bytes body,
                      const struct buf *raw, const struct sshkey *want,
                      struct tally *t)
{
    const uint8_t *after = body.data + body.len;
    struct buf changed = { 0 };

    buf_put(&changed, text->data, (size_t)(body.data - text->data));
    base64_encode(&changed, raw->data, raw->len, true);
    buf_put_byte(&changed, '\n');
    buf_put(&changed, after, (size_t)(text->data + text->len - after));
    try_text(&changed, NULL, want, t);
    buf_free(&changed);
}

/* What lengths and tags may be, and must not. */
static const uint32_t bad_words[] = { 0, 1, 0x7fffffff, 0x80000000,
                                      0xffffffff };
static const uint8_t bad_bytes[] = { 0x00, 0x01, 0x7f, 0x80, 0x84, 0xff };

static void put_word(uint8_t *at, uint32_t word)
{
    for (int i = 3; i >= 0; i--, word >>= 8)
        at[i] = (uint8_t)word;
}

/* Each byte, and each four of them, replaced; put back again. */
static void try_all_bytes(const struct buf *text, struct wire_bytes body,
                          struct buf *raw, const struct sshkey *want,
                          struct tally *t)
{
    uint8_t kept[4];

    for (size_t at = 0; at + sizeof kept <= raw->len; at++) {
        memcpy(kept, raw->data + at, sizeof kept);
        for (size_t i = 0; i < sizeof bad_bytes; i++) {
            raw->data[at] = bad_bytes[i];
            try_bytes(text, body, raw, want, t);
        }
        for (size_t i = 0; i < sizeof bad_words / sizeof bad_words[0]; i++) {
            put_word(raw->data + at, bad_words[i]);
            try_bytes(text, body, raw, want, t);
        }
        memcpy(raw->data + at, kept, sizeof kept);
        raw->data[at]++; /* one more, one less */
        try_bytes(text, body, raw, want, t);
        raw->data[at] = (uint8_t)(kept[0] - 1);
        try_bytes(text, body, raw, want, t);
        raw->data[at] = kept[0];
    }
}

/* Of a file that is not encrypted. */
static int corrupt(const char *path)
{
    struct buf text = read_file(path), raw = { 0 };
    struct tally t = { 0 };
    struct wire_bytes body;
    struct sshkey *want;
    struct err err;

    want = keyfile_decode(text.data, text.len, path, NULL, &err);
    if (want == NULL)
        return show_error(&err);
    if (!find_body(&text, &body) ||
        !base64_decode(&raw, (const char *)body.data, body.len))
        exit(2);
    try_all_bytes(&text, body, &raw, want, &t);
    printf("bytes same %u other %u refused %u silent %u\n", t.same, t.other,
           t.refused, t.silent);
    sshkey_free(want);
    buf_free(&raw);
    buf_free(&text);
    return 0;
}

static int known(const char *path, const char *host, const char *port,
                 const char *base64)
{
    static const char *const verdicts[] = { "UNKNOWN", "OTHER_TYPE", "CHANGED",
                                            "MATCH", "REVOKED" };
    struct knownhosts *kh = knownhosts_new();
    struct buf text = read_file(path), blob = { 0 };
    struct knownhosts_result r;

    knownhosts_add(kh, path, text.data, text.len);
    if (!base64_decode(&blob, base64, strlen(base64)))
        exit(2);
    r = knownhosts_check(kh, host, (unsigned)atoi(port), blob.data, blob.len);
    printf("%s %zu\n", verdicts[r.verdict], r.line.number);
    knownhosts_free(kh);
    buf_free(&blob);
    buf_free(&text);
    return 0;
}

static int named(const char *path, const char *host, const char *port)
{
    struct buf text = read_file(path);
    struct knownhosts_named line = { 0 };

    while (knownhosts_find_host(text.data, text.len, host, (unsigned)atoi(port),
                                &line))
        printf("%zu %s%.*s\n", line.number,
               line.revoked     ? "REVOKED "
               : line.authority ? "CA "
                                : "",
               (int)line.len, line.line);
    buf_free(&text);
    return 0;
}

static int without(const char *path, const char *host, const char *port)
{
    struct buf text = read_file(path), out = { 0 };

    knownhosts_remove_host(&out, text.data, text.len, host,
                           (unsigned)atoi(port));
    fwrite(out.data, 1, out.len, stdout);
    buf_free(&out);
    buf_free(&text);
    return 0;
}

/* ---- lists of public keys ---- */

static void show_item(const struct pubkey_item *item)
{
    char fingerprint[SSHKEY_FINGERPRINT_MAX];
    struct buf words = { 0 };

    printf("%zu-%zu %s", item->first, item->last,
           pubkey_verdict_name(item->verdict));
    if (item->has_key) {
        sshkey_fingerprint(item->key.plain.data, item->key.plain.len,
                           fingerprint);
        printf(" %u %s %s (%s)", item->key.bits, fingerprint, item->comment,
               item->key.kind);
    }
    if (item->options != NULL && item->options[0] != '\0')
        printf(" options %s", item->options);
    if (item->same_as != 0)
        printf(" same as %zu", item->same_as);
    pubkey_mend_words(&words, item->repairs);
    if (words.len != 0)
        printf(" repaired: %s", buf_str(&words));
    if (item->reason != NULL)
        printf(": %s", item->reason);
    putchar('\n');
    buf_free(&words);
}

static void show_line(const struct pubkey_item *item)
{
    if (pubkey_item_is_kept(item))
        puts(item->line);
}

static void show_rfc4716(const struct pubkey_item *item)
{
    struct buf out = { 0 };

    if (item->has_key)
        pubkey_rfc4716_write(&out, item->key.blob.data, item->key.blob.len,
                             item->comment);
    fputs(buf_str(&out), stdout);
    buf_free(&out);
}

static void show_forms(const struct pubkey_item *item)
{
    const struct buf *plain = &item->key.plain;
    struct buf out = { 0 };

    for (int form = SSHKEY_SHA256; form <= SSHKEY_SHA256_HEX; form++) {
        sshkey_fingerprint_as(&out, (enum sshkey_fingerprint_form)form,
                              plain->data, plain->len);
        buf_put_str(&out, "\n");
    }
    sshkey_randomart(&out, SSHKEY_SHA256, item->key.kind, item->key.bits,
                     plain->data, plain->len);
    sshkey_randomart(&out, SSHKEY_MD5, item->key.kind, item->key.bits,
                     plain->data, plain->len);
    fputs(buf_str(&out), stdout);
    buf_free(&out);
}

static int each_item(const char *path,
                     void (*show)(const struct pubkey_item *item))
{
    struct buf text = read_file(path);
    struct pubkey_list *list =
        pubkey_list_read((struct wire_bytes){ text.data, text.len });
    const struct pubkey_item *item;

    for (size_t i = 0; (item = pubkey_list_item(list, i)) != NULL; i++)
        show(item);
    pubkey_list_free(list);
    buf_free(&text);
    return 0;
}

static const struct {
    const char *name;
    void (*show)(const struct pubkey_item *item);
} list_commands[] = {
    { "list", show_item },
    { "repair", show_line },
    { "rfc4716", show_rfc4716 },
    { "forms", show_forms },
};

static int command(int argc, char **argv)
{
    if (argc == 3)
        for (size_t i = 0; i < sizeof list_commands / sizeof list_commands[0];
             i++)
            if (strcmp(argv[1], list_commands[i].name) == 0)
                return each_item(argv[2], list_commands[i].show);
    if (argc == 5 && strcmp(argv[1], "named") == 0)
        return named(argv[2], argv[3], argv[4]);
    if (argc == 5 && strcmp(argv[1], "remove") == 0)
        return without(argv[2], argv[3], argv[4]);
    if (argc == 3 && strcmp(argv[1], "inspect") == 0)
        return inspect(argv[2]);
    if (argc == 3 && strcmp(argv[1], "certificate") == 0)
        return certificate(argv[2]);
    if (argc == 4 && strcmp(argv[1], "decode") == 0)
        return decode(argv[2], argv[3]);
    if (argc == 4 && strcmp(argv[1], "torture") == 0)
        return torture(argv[2], argv[3]);
    if (argc == 3 && strcmp(argv[1], "corrupt") == 0)
        return corrupt(argv[2]);
    if (argc == 6 && strcmp(argv[1], "known") == 0)
        return known(argv[2], argv[3], argv[4], argv[5]);
    fputs(
        "usage: keytool inspect|certificate|decode|torture|corrupt|known ...\n",
        stderr);
    return 2;
}

enum { WORDS_MAX = 8 };

/* Requests: the number of words, then the words, each with a NUL behind it;
 * the answer ends in one.  Thousands of requests need one process. */
static int serve(char *program)
{
    char *words[WORDS_MAX + 1] = { program };
    size_t sizes[WORDS_MAX + 1] = { 0 };
    char *number = NULL;
    size_t size = 0;

    while (getdelim(&number, &size, '\0', stdin) > 0) {
        int n = atoi(number);

        if (n < 1 || n > WORDS_MAX)
            return 2;
        for (int i = 1; i <= n; i++)
            if (getdelim(&words[i], &sizes[i], '\0', stdin) < 0)
                return 2;
        command(n + 1, words);
        putchar('\0');
        fflush(stdout);
    }
    for (int i = 1; i <= WORDS_MAX; i++)
        free(words[i]);
    free(number);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "serve") == 0)
        return serve(argv[0]);
    return command(argc, argv);
}
