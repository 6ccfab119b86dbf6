/*
 * lacking.c - a libcrypto without an algorithm, as under FIPS 140: a passphrase
 * is then not called wrong.  What the library is asked for comes by here first.
 */
#include <dlfcn.h>
#include <openssl/evp.h>
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile.h"
#include "keys/sshkey.h"
#include "tests/keys/samples.h"
#include "tests/tap.h"

static const char *lacking = "";

EVP_MD *EVP_MD_fetch(OSSL_LIB_CTX *ctx, const char *name, const char *wanted)
{
    EVP_MD *(*fetch)(OSSL_LIB_CTX *, const char *, const char *) = NULL;
    void *found = dlsym(RTLD_NEXT, "EVP_MD_fetch");

    memcpy(&fetch, &found, sizeof fetch);
    return strcmp(name, lacking) == 0 ? NULL : fetch(ctx, name, wanted);
}

/* By MD5, of an encrypted PEM. */
int EVP_BytesToKey(const EVP_CIPHER *cipher, const EVP_MD *md,
                   const unsigned char *salt, const unsigned char *data,
                   int len, int count, unsigned char *key, unsigned char *iv)
{
    (void)cipher;
    (void)md;
    (void)salt;
    (void)data;
    (void)len;
    (void)count;
    (void)key;
    (void)iv;
    return 0;
}

/* By openssl ec -aes128, with the passphrase of the other ones. */
static const char pem[] =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "Proc-Type: 4,ENCRYPTED\n"
    "DEK-Info: AES-128-CBC,AC353EBAB2A38580DDA15A59EDBAC511\n"
    "\n"
    "hFKFzC8LH0JRmYn4cceFDEJxAeASDWZF0aSnug2Mbq849CkGnwsvF0VCvGwKEkgC\n"
    "cYgSF/ADMgqty79mrZCq8UpMciGRMxZadzWaDyVdGOEl6Ie4HHN7kEglMyP8uJKA\n"
    "Psa+wQvmdyU7m150tf27x2UV+kikdFqjklxZq5SdPz8=\n"
    "-----END EC PRIVATE KEY-----\n";

static const struct {
    const char *name, *lacking, *text, *says;
} cases[] = {
    { "OpenSSH", "SHA2-512", openssh, "no SHA-512 to decrypt" },
    { "PPK 2", "SHA1", ppk_2, "no SHA-1 to decrypt" },
    { "ssh.com", "MD5", sshcom, "no MD5 to decrypt" },
    { "PEM", "", pem, "no MD5 to decrypt" },
};

int main(void)
{
    struct secret *pass = secret_from("correct horse", 13);
    struct sshkey *key;
    struct err err;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lacking = cases[i].lacking;
        err_clear(&err);
        key = keyfile_decode((const uint8_t *)cases[i].text,
                             strlen(cases[i].text), "key", pass, &err);
        if (!ok(key == NULL && err.code == ERR_UNSUPPORTED &&
                    strstr(err.msg, cases[i].says) != NULL,
                "%s: what is lacking is told", cases[i].name))
            diag("%d %s", (int)err.code, err.msg);
        sshkey_free(key);
    }
    secret_free(pass);
    return tap_done();
}
