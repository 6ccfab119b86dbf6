/*
 * bcrypt_pbkdf.c - PBKDF2's plan with bcrypt as its hash, as OpenBSD has it.
 *
 * Two output blocks are computed side by side.  Blowfish is one long chain of
 * dependent look-ups that leaves most of a processor idle; a second chain runs
 * in its gaps, and nearly every cipher needs two blocks.  Indexes here depend
 * on secrets because the algorithm is so defined.
 */
#include "keys/bcrypt_pbkdf.h"

#include <assert.h>
#include <openssl/evp.h>
#include <string.h>
#include "base/mem.h"
#include "base/secret.h"
#include "keys/blowfish-pi.h"

#define LANES        2
#define HASH_BYTES   64 /* SHA-512 */
#define HASH_WORDS   16
#define BLOCK_BYTES  32 /* what one bcrypt hash gives */
#define BLOCK_WORDS  8
#define COST         64 /* expansions, and encryptions of the text */
#define CIPHER_STEPS 16

static const char cipher_text[BLOCK_BYTES + 1] =
    "OxychromaticBlowfishSwatDynamite";

/* All that depends on the passphrase, so that one wipe clears it. */
struct work {
    EVP_MD_CTX *ctx;
    EVP_MD *sha512;
    struct blowfish state[LANES];
    uint32_t pass[HASH_WORDS];
    uint32_t salt[LANES][HASH_WORDS];
    uint8_t hash[HASH_BYTES];
    uint8_t block[LANES][BLOCK_BYTES]; /* the last bcrypt hash */
    uint8_t sum[LANES][BLOCK_BYTES];   /* of all rounds */
};

static uint32_t feistel(const struct blowfish *b, uint32_t x)
{
    return ((b->s[0][x >> 24] + b->s[1][x >> 16 & 0xff]) ^
            b->s[2][x >> 8 & 0xff]) +
           b->s[3][x & 0xff];
}

/* One block of 64 bits in both lanes; x is left, right. */
static inline void encipher(const struct blowfish b[LANES],
                            uint32_t x[LANES][2])
{
    uint32_t l0 = x[0][0] ^ b[0].p[0], r0 = x[0][1];
    uint32_t l1 = x[1][0] ^ b[1].p[0], r1 = x[1][1];

    for (unsigned i = 1; i <= CIPHER_STEPS; i += 2) {
        r0 ^= feistel(&b[0], l0) ^ b[0].p[i];
        r1 ^= feistel(&b[1], l1) ^ b[1].p[i];
        l0 ^= feistel(&b[0], r0) ^ b[0].p[i + 1];
        l1 ^= feistel(&b[1], r1) ^ b[1].p[i + 1];
    }
    x[0][0] = r0 ^ b[0].p[CIPHER_STEPS + 1];
    x[0][1] = l0;
    x[1][0] = r1 ^ b[1].p[CIPHER_STEPS + 1];
    x[1][1] = l1;
}

static void mix_key(struct blowfish *b, const uint32_t key[HASH_WORDS])
{
    for (unsigned i = 0; i < CIPHER_STEPS + 2; i++)
        b->p[i] ^= key[i % HASH_WORDS];
}

/* The key schedule with key and salt; a NULL salt is a salt of zeros. */
static inline void expand(struct work *w, const uint32_t *key[LANES],
                          uint32_t (*salt)[HASH_WORDS])
{
    uint32_t x[LANES][2] = { { 0 } };
    unsigned at = 0;

    for (unsigned lane = 0; lane < LANES; lane++)
        mix_key(&w->state[lane], key[lane]);
    for (unsigned i = 0; i < CIPHER_STEPS + 2 + 4 * 256; i += 2) {
        for (unsigned lane = 0; salt != NULL && lane < LANES; lane++) {
            x[lane][0] ^= salt[lane][at];
            x[lane][1] ^= salt[lane][at + 1];
        }
        at = (at + 2) % HASH_WORDS;
        encipher(w->state, x);
        for (unsigned lane = 0; lane < LANES; lane++) {
            struct blowfish *b = &w->state[lane];
            unsigned s = i - (CIPHER_STEPS + 2);
            uint32_t *to =
                i < CIPHER_STEPS + 2 ? &b->p[i] : &b->s[s / 256][s % 256];

            to[0] = x[lane][0];
            to[1] = x[lane][1];
        }
    }
}

static uint32_t word_at(const void *bytes, unsigned i)
{
    const uint8_t *p = (const uint8_t *)bytes + 4 * (size_t)i;

    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

/* Encrypt the text COST times; the words come out in little-endian order. */
static void encrypt_text(struct work *w)
{
    for (unsigned i = 0; i < BLOCK_WORDS; i += 2) {
        uint32_t x[LANES][2];

        for (unsigned lane = 0; lane < LANES; lane++) {
            x[lane][0] = word_at(cipher_text, i);
            x[lane][1] = word_at(cipher_text, i + 1);
        }
        for (unsigned n = 0; n < COST; n++)
            encipher(w->state, x);
        for (unsigned lane = 0; lane < LANES; lane++)
            for (unsigned j = 0; j < 8; j++)
                w->block[lane][4 * i + j] =
                    (uint8_t)(x[lane][j / 4] >> (8 * (j % 4)));
        mem_wipe(x, sizeof x);
    }
}

/* bcrypt of both lanes' salts, into block. */
static void bcrypt_hash(struct work *w)
{
    const uint32_t *salt[LANES] = { w->salt[0], w->salt[1] };
    const uint32_t *pass[LANES] = { w->pass, w->pass };

    w->state[0] = w->state[1] = blowfish_pi;
    expand(w, pass, w->salt);
    for (unsigned n = 0; n < COST; n++) {
        expand(w, salt, NULL);
        expand(w, pass, NULL);
    }
    encrypt_text(w);
}

/* SHA-512 of two runs, as big-endian words. */
static bool hash_words(struct work *w, struct wire_bytes a, struct wire_bytes b,
                       uint32_t out[HASH_WORDS])
{
    if (EVP_DigestInit_ex(w->ctx, w->sha512, NULL) != 1 ||
        EVP_DigestUpdate(w->ctx, a.data, a.len) != 1 ||
        EVP_DigestUpdate(w->ctx, b.data, b.len) != 1 ||
        EVP_DigestFinal_ex(w->ctx, w->hash, NULL) != 1)
        return false;
    for (unsigned i = 0; i < HASH_WORDS; i++)
        out[i] = word_at(w->hash, i);
    return true;
}

/* The salts of the first round: SHA-512(salt || uint32 block number). */
static bool first_salts(struct work *w, struct wire_bytes salt, size_t block)
{
    for (unsigned lane = 0; lane < LANES; lane++) {
        uint8_t count[4] = { 0, 0, 0, (uint8_t)(block + lane) };

        if (!hash_words(w, salt, (struct wire_bytes){ count, sizeof count },
                        w->salt[lane]))
            return false;
    }
    return true;
}

/* The salts of a later round: SHA-512(the hash before). */
static bool next_salts(struct work *w)
{
    static const struct wire_bytes none = { (const uint8_t *)"", 0 };

    for (unsigned lane = 0; lane < LANES; lane++)
        if (!hash_words(w, (struct wire_bytes){ w->block[lane], BLOCK_BYTES },
                        none, w->salt[lane]))
            return false;
    return true;
}

/* Output blocks number block (from 1) and block + 1, into sum. */
static bool two_blocks(struct work *w, struct wire_bytes salt, unsigned rounds,
                       size_t block)
{
    memset(w->sum, 0, sizeof w->sum);
    for (unsigned round = 0; round < rounds; round++) {
        if (!(round == 0 ? first_salts(w, salt, block) : next_salts(w)))
            return false;
        bcrypt_hash(w);
        for (unsigned lane = 0; lane < LANES; lane++)
            for (unsigned i = 0; i < BLOCK_BYTES; i++)
                w->sum[lane][i] ^= w->block[lane][i];
    }
    return true;
}

/* A block's bytes are not put in a row but dealt out over the whole key. */
static void deal(uint8_t *key, size_t len, size_t blocks, size_t block,
                 const uint8_t sum[BLOCK_BYTES])
{
    size_t share = (len + blocks - 1) / blocks;

    for (size_t i = 0; i < share; i++)
        if (i * blocks + block < len)
            key[i * blocks + block] = sum[i];
}

static bool derive(struct work *w, struct wire_bytes salt, unsigned rounds,
                   uint8_t *key, size_t len)
{
    size_t blocks = (len + BLOCK_BYTES - 1) / BLOCK_BYTES;

    for (size_t block = 0; block < blocks; block += LANES) {
        if (!two_blocks(w, salt, rounds, block + 1))
            return false;
        for (size_t lane = 0; lane < LANES && block + lane < blocks; lane++)
            deal(key, len, blocks, block + lane, w->sum[lane]);
    }
    return true;
}

bool bcrypt_pbkdf(const struct secret *passphrase, struct wire_bytes salt,
                  unsigned rounds, uint8_t *key, size_t len)
{
    static const struct wire_bytes none = { (const uint8_t *)"", 0 };
    struct secret *room = secret_new(sizeof(struct work));
    struct work *w = (struct work *)(void *)room->data;
    bool done;

    assert(rounds >= 1 && len >= 1 && len <= BCRYPT_PBKDF_KEY_MAX);
    w->ctx = EVP_MD_CTX_new();
    w->sha512 = EVP_MD_fetch(NULL, "SHA2-512", NULL);
    done =
        w->ctx != NULL && w->sha512 != NULL &&
        hash_words(w, (struct wire_bytes){ passphrase->data, passphrase->len },
                   none, w->pass) &&
        derive(w, salt, rounds, key, len);
    if (!done)
        mem_wipe(key, len);
    EVP_MD_CTX_free(w->ctx);
    EVP_MD_free(w->sha512);
    secret_free(room);
    return done;
}
