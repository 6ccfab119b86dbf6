#include "keys/packet-work.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PACKET = 8192,
    BLOCK = 16,
    LENGTH_FIELD = 4, /* of the packet: GCM authenticates it in the clear */
};

static bool cipher_bytes(EVP_CIPHER_CTX *ctx, uint8_t *p, int n)
{
    uint8_t out[BLOCK];

    return EVP_Cipher(ctx, out, p, (unsigned)n) >= 0;
}

/* The rest of the packet after its first bytes, a block a call. */
static bool cipher_rest(EVP_CIPHER_CTX *ctx, uint8_t *packet, size_t at)
{
    for (; at + BLOCK <= PACKET; at += BLOCK)
        if (!cipher_bytes(ctx, packet + at, BLOCK))
            return false;
    return true;
}

/* The first block is short by the length field: no later one is aligned to
 * the cipher's own blocks, which is what makes GCM dear here. */
static bool gcm(EVP_CIPHER_CTX *ctx, uint8_t *packet)
{
    return EVP_Cipher(ctx, NULL, packet, LENGTH_FIELD) >= 0 &&
           cipher_bytes(ctx, packet + LENGTH_FIELD, BLOCK - LENGTH_FIELD) &&
           cipher_rest(ctx, packet, BLOCK);
}

static bool ctr_etm(EVP_CIPHER_CTX *ctx, uint8_t *packet)
{
    static const uint8_t key[32];
    uint8_t mac[EVP_MAX_MD_SIZE];

    return cipher_rest(ctx, packet, 0) &&
           HMAC(EVP_sha256(), key, sizeof key, packet, PACKET, mac, NULL) !=
               NULL;
}

bool packet_work(enum packet_cipher cipher)
{
    static const uint8_t key[16], iv[16];
    uint8_t packet[PACKET] = { 0 };
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    bool is_gcm = cipher == PACKET_GCM, good;

    good =
        ctx != NULL &&
        EVP_DecryptInit_ex(ctx, is_gcm ? EVP_aes_128_gcm() : EVP_aes_128_ctr(),
                           NULL, key, iv) == 1 &&
        (is_gcm ? gcm(ctx, packet) : ctr_etm(ctx, packet));
    EVP_CIPHER_CTX_free(ctx);
    return good;
}
