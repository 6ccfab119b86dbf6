/*
 * residue.c - what is left in memory once a key has signed, was made or was
 * written: nothing.
 *
 * After everything is freed the test reads its own writable memory, freed heap
 * and old stack included, and looks for pieces of the secret numbers and of
 * the passphrase.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile.h"
#include "keys/pubkey-list.h"
#include "keys/sshkey-generate.h"
#include "keys/sshkey-numbers.h"
#include "keys/sshkey.h"
#include "tests/keys/samples.h"
#include "tests/memory.h"
#include "tests/tap.h"

/* Pieces of the secrets.  The last two are learnt as the test runs. */
static struct memory_piece pieces[] = {
    { "seed of Ed25519",
      { 0x92, 0x48, 0xef, 0x36, 0xd1, 0x91, 0x19, 0x30, 0xcd, 0xb8, 0xfa,
        0xaa } },
    { "seed of PPK",
      { 0x1e, 0x3a, 0x62, 0x1d, 0x2a, 0x10, 0x73, 0xca, 0x24, 0xef, 0x58,
        0x2c } },
    { "d of RSA",
      { 0x5b, 0x01, 0x17, 0xaf, 0x5e, 0xe0, 0xa3, 0x97, 0x47, 0x0b, 0x52,
        0xa7 } },
    { "p of RSA",
      { 0xa8, 0x79, 0xd8, 0x02, 0x1a, 0x6f, 0x17, 0x36, 0x9d, 0xb0, 0x19,
        0xcc } },
    { "scalar of P-256",
      { 0x03, 0x3f, 0x2b, 0x46, 0x09, 0x5a, 0x0c, 0x08, 0x71, 0x22, 0x29,
        0x34 } },
    { "passphrase",
      { 0xc6, 0xca, 0xd7, 0xd7, 0xc0, 0xc6, 0xd1, 0x85, 0xcd, 0xca, 0xd7,
        0xd6 } },
    { "number of the new key", { 0 } },
    { "line of the key's text", { 0 } },
};

enum { NEW_NUMBER = 6, TEXT_LINE = 7 };

#define PIECES (sizeof pieces / sizeof pieces[0])

static const struct {
    const char *name, *text, *passphrase, *algorithm;
} cases[] = {
    { "OpenSSH", openssh, "dpssfdu!ipstf", "ssh-ed25519" },
    { "PKCS#1", pkcs1, NULL, "rsa-sha2-512" },
    { "SEC1", sec1, NULL, "ecdsa-sha2-nistp256" },
    { "PKCS#8", pkcs8, "dpssfdu!ipstf", "ecdsa-sha2-nistp256" },
    { "PKCS#8, scrypt", pkcs8_scrypt, "dpssfdu!ipstf", "ecdsa-sha2-nistp256" },
    { "PPK 3 of Ed25519", ppk_ed25519, "dpssfdu!ipstf", "ssh-ed25519" },
    { "PPK 3 of RSA", ppk_rsa, "dpssfdu!ipstf", "rsa-sha2-512" },
    { "PPK 2", ppk_2, "dpssfdu!ipstf", "rsa-sha2-512" },
    { "ssh.com", sshcom, "dpssfdu!ipstf", "rsa-sha2-512" },
};

/* A letter less than what is written, so that the source is no residue. */
static struct secret *passphrase_from(const char *shifted)
{
    struct secret *s;

    if (shifted == NULL)
        return NULL;
    s = secret_from(shifted, strlen(shifted));
    for (size_t i = 0; i < s->len; i++)
        s->data[i]--;
    return s;
}

static bool use(const char *text, const char *shifted, const char *algorithm)
{
    struct secret *pass = passphrase_from(shifted);
    struct err err = { ERR_NONE, "" };
    struct buf sig = { 0 };
    struct sshkey *key =
        keyfile_decode((const uint8_t *)text, strlen(text), "key", pass, &err);
    bool made =
        key != NULL &&
        sshkey_sign(key, algorithm, (const uint8_t *)"data", 4, &sig, &err);

    if (!made)
        diag("%s", err.msg);
    sshkey_free(key);
    secret_free(pass);
    buf_free(&sig);
    return made;
}

static void learn(unsigned slot, const uint8_t *piece)
{
    memory_mask(&pieces[slot], piece);
}

static bool search(unsigned found[])
{
    return memory_search(pieces, PIECES, found);
}

/* The search itself must be able to find something. */
static void test_search(void)
{
    struct secret *planted = secret_new(MEMORY_PIECE);
    unsigned found[PIECES];

    for (size_t i = 0; i < MEMORY_PIECE; i++)
        planted->data[i] = (uint8_t)(pieces[0].masked[i] ^ MEMORY_MASK);
    search(found);
    is_num(found[0], 1, "a planted piece is found");
    secret_free(planted);
    search(found);
    is_num(found[0], 0, "and wiped with its secret");
}

static void check_nothing_left(const char *after)
{
    unsigned found[PIECES];

    search(found);
    for (size_t j = 0; j < PIECES; j++)
        if (!ok(found[j] == 0, "%s: no %s is left", after, pieces[j].name))
            diag("%u pieces", found[j]);
}

/* ---- keys that are written ---- */

static const char *const formats[] = { "OpenSSH", "PuTTY PPK 3", "PuTTY PPK 2",
                                       "PKCS#8", "PEM" };

/* Two thirds into the text of a file there are secret numbers. */
static bool write_one(const char *format, const struct sshkey *key,
                      const struct secret *pass)
{
    struct keyfile_encoding how;
    struct secret *text;
    struct err err;
    bool made;

    keyfile_encoding_init(&how);
    how.passphrase = pass;
    how.bcrypt_rounds = how.argon2_passes = 1;
    how.pbkdf2_iterations = 10;
    text = keyfile_encode(format, key, &how, &err);
    made = text != NULL;
    if (made && pass == NULL)
        learn(TEXT_LINE, text->data + text->len * 2 / 3);
    secret_free(text);
    return made;
}

static void write_all(const struct sshkey *key, const char *name)
{
    struct secret *pass = passphrase_from("dpssfdu!ipstf");
    unsigned written = 0, want = 0;
    struct err err;

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (!keyfile_can_hold(formats[i], sshkey_type(key), &err))
            continue;
        want += 2;
        written += write_one(formats[i], key, NULL);
        written += write_one(formats[i], key, pass);
    }
    secret_free(pass);
    ok(written == want, "%s: written in every format", name);
}

static void test_written(size_t i)
{
    struct secret *pass = passphrase_from(cases[i].passphrase);
    struct err err = { ERR_NONE, "" };
    struct sshkey *key =
        keyfile_decode((const uint8_t *)cases[i].text, strlen(cases[i].text),
                       "key", pass, &err);
    char after[64];

    secret_free(pass);
    write_all(key, cases[i].name);
    sshkey_free(key);
    snprintf(after, sizeof after, "%s, written", cases[i].name);
    check_nothing_left(after);
}

/* ---- keys that are made ---- */

static const struct {
    const char *kind;
    unsigned bits;
} made[] = {
    { "ed25519", 256 }, { "ecdsa", 256 }, { "ecdsa", 521 }, { "rsa", 2048 }
};

/* Of the scalar or seed the middle; of RSA the middle of p, which has half of
 * its room. */
static bool learn_number(const struct sshkey *key)
{
    struct sshkey_numbers n;
    struct err err;

    if (!sshkey_numbers_get(key, &n, &err))
        return false;
    learn(NEW_NUMBER, n.p.len != 0 ? n.p.data + n.p.len * 3 / 4
                                   : n.store->data + n.store->len / 2);
    sshkey_numbers_free(&n);
    return true;
}

static void test_made(size_t i)
{
    struct err err = { ERR_NONE, "" };
    struct sshkey *key = sshkey_generate(made[i].kind, made[i].bits, &err);
    char after[64];

    ok(key != NULL && learn_number(key), "%s of %u bits is made", made[i].kind,
       made[i].bits);
    write_all(key, made[i].kind);
    sshkey_free(key);
    snprintf(after, sizeof after, "%s of %u bits, new", made[i].kind,
             made[i].bits);
    check_nothing_left(after);
}

/* ---- a private key pasted into a list of public ones ---- */

static void test_list(void)
{
    struct secret *text = secret_from(pkcs1, strlen(pkcs1));
    struct pubkey_list *list =
        pubkey_list_read((struct wire_bytes){ text->data, text->len });
    const struct pubkey_item *item = pubkey_list_item(list, 0);

    ok(item != NULL && item->verdict == PUBKEY_EXPOSED,
       "a private key in a list is told");
    learn(TEXT_LINE, text->data + text->len * 2 / 3);
    pubkey_list_free(list);
    secret_free(text);
    check_nothing_left("a list");
}

int main(void)
{
    unsigned found[PIECES];

    if (!search(found)) {
        puts("1..0 # SKIP this system does not show a process its memory");
        return 0;
    }
    test_search();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ok(use(cases[i].text, cases[i].passphrase, cases[i].algorithm),
           "%s: decoded, signed, freed", cases[i].name);
        check_nothing_left(cases[i].name);
        test_written(i);
    }
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++)
        test_made(i);
    test_list();
    return tap_done();
}
