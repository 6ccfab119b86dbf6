/*
 * keyfile-ppk-write.c - writing PuTTY's key files, PPK versions 2 and 3, byte
 * for byte as PuTTYgen does.
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "keys/keyfile-format.h"
#include "keys/keyfile-ppk.h"
#include "keys/keyfile-write.h"
#include "keys/keyfile.h"
#include "keys/sshkey-numbers.h"
#include "keys/sshkey.h"

#define LINE_CHARS 64
#define SALT_BYTES 16
#define SHA1_BYTES 20
#define LANES      1
/* The lengths of the private numbers, and what the headers take. */
#define LENGTHS_ROOM 64
#define HEADERS_ROOM 512

/* ---- the private half ---- */

static struct secret *private_blob(const char *type,
                                   const struct sshkey_numbers *k)
{
    struct secret *out = secret_new(LENGTHS_ROOM + k->store->len);

    if (strcmp(type, "ssh-rsa") == 0) {
        keyfile_put_mpint(out, k->d);
        keyfile_put_mpint(out, k->p);
        keyfile_put_mpint(out, k->q);
        keyfile_put_mpint(out, k->iqmp);
    } else if (k->seed.len != 0) {
        keyfile_put_string(out, k->seed); /* RFC 8032's order of bytes */
    } else {
        keyfile_put_mpint(out, k->scalar);
    }
    return out;
}

/* As PuTTY does, with the beginning of the blob's SHA-1; blob is freed. */
static struct secret *padded(const struct ppk *ppk, struct secret *blob)
{
    size_t block = ppk_is_encrypted(ppk) ? ppk->cipher->block : 1;
    size_t n = (block - blob->len % block) % block;
    struct secret *out = secret_new(blob->len + n);
    uint8_t sha1[SHA1_BYTES] = { 0 };

    /* Any bytes will do: the zeros, where the library has no SHA-1. */
    (void)EVP_Digest(blob->data, blob->len, sha1, NULL, EVP_sha1(), NULL);
    keyfile_put(out, blob->data, blob->len);
    keyfile_put(out, sha1, n);
    mem_wipe(sha1, sizeof sha1);
    secret_free(blob);
    return out;
}

/* ---- the text ---- */

static void put_derivation(struct buf *out, const struct ppk *ppk)
{
    if (ppk->version < 3 || !ppk_is_encrypted(ppk))
        return;
    buf_printf(out,
               "Key-Derivation: Argon2id\n"
               "Argon2-Memory: %lu\n"
               "Argon2-Passes: %lu\n"
               "Argon2-Parallelism: %lu\n"
               "Argon2-Salt: ",
               (unsigned long)ppk->argon2.kib,
               (unsigned long)ppk->argon2.passes,
               (unsigned long)ppk->argon2.lanes);
    for (size_t i = 0; i < ppk->argon2.salt.len; i++)
        buf_printf(out, "%02x", ppk->argon2.salt.data[i]);
    buf_put_byte(out, '\n');
}

static void put_public(struct secret *out, const struct ppk *ppk)
{
    struct wire_bytes public = { ppk->public.data, ppk->public.len };
    struct buf head = { 0 };

    buf_printf(&head,
               "PuTTY-User-Key-File-%u: %.*s\nEncryption: %.*s\nComment: ",
               ppk->version, (int)ppk->algorithm.len,
               (const char *)ppk->algorithm.data, (int)ppk->encryption.len,
               (const char *)ppk->encryption.data);
    buf_put(&head, ppk->comment.data, ppk->comment.len);
    buf_printf(&head, "\nPublic-Lines: %zu\n",
               keyfile_lines_count(public.len, LINE_CHARS));
    keyfile_put(out, head.data, head.len);
    keyfile_put_lines(out, public, LINE_CHARS);
    buf_clear(&head);
    put_derivation(&head, ppk);
    keyfile_put(out, head.data, head.len);
    buf_free(&head);
}

static void put_private(struct secret *out, const struct ppk *ppk)
{
    struct wire_bytes private = { ppk->private->data, ppk->private->len };
    struct buf line = { 0 };

    buf_printf(&line, "Private-Lines: %zu\n",
               keyfile_lines_count(private.len, LINE_CHARS));
    keyfile_put(out, line.data, line.len);
    keyfile_put_lines(out, private, LINE_CHARS);
    buf_clear(&line);
    buf_put_str(&line, "Private-MAC: ");
    for (size_t i = 0; i < ppk->mac_len; i++)
        buf_printf(&line, "%02x", ppk->mac[i]);
    buf_put_byte(&line, '\n');
    keyfile_put(out, line.data, line.len);
    buf_free(&line);
}

static struct secret *text_of(const struct ppk *ppk)
{
    struct secret *out =
        secret_new(HEADERS_ROOM + ppk->comment.len +
                   keyfile_lines_room(ppk->public.len, LINE_CHARS) +
                   keyfile_lines_room(ppk->private->len, LINE_CHARS));

    put_public(out, ppk);
    put_private(out, ppk);
    return out;
}

/* ---- the format ---- */

static struct wire_bytes bytes_of(const char *s)
{
    return (struct wire_bytes){ (const uint8_t *)s, strlen(s) };
}

/* The file but for its private half; ppk_close() it in place. */
static void fill(struct ppk *ppk, unsigned version, const struct sshkey *key,
                 const struct keyfile_encoding *how, struct buf *comment)
{
    struct wire_bytes blob;

    memset(ppk, 0, sizeof *ppk);
    ppk->version = version;
    ppk->algorithm = bytes_of(keyfile_public_type(key, how));
    ppk->encryption = bytes_of(how->passphrase != NULL ? "aes256-cbc" : "none");
    ppk->cipher = keyfile_cipher_named(ppk->encryption);
    text_one_line(comment, how->comment.data, how->comment.len);
    ppk->comment = (struct wire_bytes){ comment->data, comment->len };
    blob = keyfile_public_blob(key, how);
    buf_put(&ppk->public, blob.data, blob.len);
    memcpy(ppk->salt, how->random, SALT_BYTES);
    ppk->argon2 = (struct keyfile_argon2){
        .kind = KEYFILE_ARGON2ID,
        .kib = how->argon2_kib,
        .passes = how->argon2_passes,
        .lanes = LANES,
        .salt = { ppk->salt, SALT_BYTES },
    };
}

static bool seal(struct ppk *ppk, const struct secret *plain,
                 const struct secret *passphrase)
{
    struct secret *derived = ppk_derive(ppk, passphrase);

    if (derived != NULL && ppk_mac(ppk, derived, plain))
        ppk->private = keyfile_cipher_encrypt(ppk->cipher, derived, plain);
    secret_free(derived);
    ERR_clear_error();
    return ppk->private != NULL;
}

static struct secret *encode(unsigned version, const struct sshkey *key,
                             const struct keyfile_encoding *how,
                             struct err *err)
{
    struct sshkey_numbers numbers;
    struct secret *plain, *text = NULL;
    struct buf comment = { 0 };
    struct ppk ppk;

    if (!sshkey_numbers_get(key, &numbers, err))
        return NULL;
    fill(&ppk, version, key, how, &comment);
    plain = padded(&ppk, private_blob(sshkey_type(key), &numbers));
    if (seal(&ppk, plain, how->passphrase))
        text = text_of(&ppk);
    else if (version < 3)
        keyfile_cannot_encrypt("SHA-1", err);
    else
        err_set(err, ERR_LIMIT,
                "Argon2 cannot run here with %lu KiB of memory, to encrypt "
                "the private key",
                (unsigned long)how->argon2_kib);
    secret_free(plain);
    sshkey_numbers_free(&numbers);
    ppk_close(&ppk);
    buf_free(&comment);
    return text;
}

struct secret *keyfile_ppk3_encode(const struct sshkey *key,
                                   const struct keyfile_encoding *how,
                                   struct err *err)
{
    return encode(3, key, how, err);
}

struct secret *keyfile_ppk2_encode(const struct sshkey *key,
                                   const struct keyfile_encoding *how,
                                   struct err *err)
{
    return encode(2, key, how, err);
}
