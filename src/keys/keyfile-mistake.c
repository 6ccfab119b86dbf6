/*
 * keyfile-mistake.c - what people give instead of a private key.
 *
 * Nearly every failed first login is one of these, so each has a sentence that
 * says what the file is and what to do.
 */
#include "keys/keyfile-mistake.h"

#include <string.h>
#include "base/err.h"
#include "keys/keyfile-format.h"

#define NEW_KEY     "make a new key: ssh-keygen -t ed25519"
#define BINARY      "this looks like a key in binary form (DER); convert it"
#define OPENSSL_DER "openssl pkey -inform DER -in", " -out KEY"
#define CERTIFICATE "this is an X.509 certificate, not a private key"
#define NO_BEGIN                                                       \
    "the first line of this private key (-----BEGIN ...) is missing; " \
    "copy the whole file again"

/* First lines of public keys, by far the most frequent mistake. */
static const char *const publics[] = {
    "ssh-",
    "ecdsa-sha2-",
    "sk-ssh-",
    "sk-ecdsa-",
    "---- BEGIN SSH2 PUBLIC KEY", /* RFC 4716: PuTTYgen, Save public key */
    "-----BEGIN PUBLIC KEY-----",
    "-----BEGIN RSA PUBLIC KEY-----",
};

/* clang-format off */
static const struct mistake {
    const char *opening; /* how the first line begins; letter case counts */
    enum err_code code;
    const char *what;
    const char *run, *args; /* a command around the file's name, or NULL */
} mistakes[] = {
    { "PuTTY-User-Key-File-", ERR_UNSUPPORTED,
      "this version of PuTTY's key files (PPK) is not supported; convert it",
      "puttygen", " -O private-openssh -o KEY" },
    { "SSH PRIVATE KEY FILE FORMAT 1.1", ERR_UNSUPPORTED,
      "a key of protocol SSH-1, which no server takes any more; " NEW_KEY,
      NULL, NULL },
    { "-----BEGIN DSA PRIVATE KEY-----", ERR_UNSUPPORTED,
      "a DSA key, which servers no longer take; " NEW_KEY, NULL, NULL },
    { "-----BEGIN CERTIFICATE REQUEST", ERR_FORMAT,
      "this is a request for an X.509 certificate, not a private key",
      NULL, NULL },
    { "-----BEGIN NEW CERTIFICATE REQUEST", ERR_FORMAT,
      "this is a request for an X.509 certificate, not a private key",
      NULL, NULL },
    { "-----BEGIN CERTIFICATE", ERR_FORMAT, CERTIFICATE, NULL, NULL },
    { "-----BEGIN TRUSTED CERTIFICATE", ERR_FORMAT, CERTIFICATE, NULL, NULL },
    { "-----BEGIN X509 CERTIFICATE", ERR_FORMAT, CERTIFICATE, NULL, NULL },
    { "-----BEGIN PGP", ERR_FORMAT,
      "this is OpenPGP's, not an SSH private key", NULL, NULL },
    { "-----BEGIN EC PARAMETERS", ERR_FORMAT,
      "only the parameters of a key are here, the private key is missing",
      NULL, NULL },
    { "-----END ", ERR_FORMAT, NO_BEGIN, NULL, NULL },
    { "b3BlbnNzaC1rZXktdjE", ERR_FORMAT, NO_BEGIN, NULL, NULL },
    { "<", ERR_FORMAT,
      "this is a web page (HTML), not a private key; the download went wrong",
      NULL, NULL },
    { "{", ERR_FORMAT,
      "this is JSON, not a private key; save the key's text alone",
      NULL, NULL },
    { "\xff\xfe", ERR_FORMAT,
      "this is UTF-16 text; save it again as plain text (UTF-8 or ANSI)",
      NULL, NULL },
    { "\xfe\xff", ERR_FORMAT,
      "this is UTF-16 text; save it again as plain text (UTF-8 or ANSI)",
      NULL, NULL },
    { "\x30\x82", ERR_UNSUPPORTED, BINARY, OPENSSL_DER }, /* RSA */
    { "\x30\x81", ERR_UNSUPPORTED, BINARY, OPENSSL_DER }, /* ECDSA */
    { "\x30\x77\x02\x01", ERR_UNSUPPORTED, BINARY, OPENSSL_DER },
    { "\x30\x2e\x02\x01", ERR_UNSUPPORTED, BINARY, OPENSSL_DER },
};
/* clang-format on */

static const struct mistake unknown = {
    "",
    ERR_FORMAT,
    "this is no private key: its first line should be like "
    "-----BEGIN OPENSSH PRIVATE KEY-----",
    NULL,
    NULL,
};

static const struct mistake headless = {
    "", ERR_FORMAT, NO_BEGIN, NULL, NULL,
};

static bool is_base64_char(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
}

/* As long as the lines of armour are, and nothing but base64. */
static bool is_base64_line(struct wire_bytes line)
{
    if (line.len < 48 || line.len > 76)
        return false;
    for (size_t i = 0; i < line.len; i++)
        if (!is_base64_char(line.data[i]))
            return false;
    return true;
}

static const struct mistake *mistake_of(struct wire_bytes line)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        if (keyfile_begins(line, mistakes[i].opening))
            return &mistakes[i];
    return is_base64_line(line) ? &headless : &unknown;
}

static bool is_public(struct wire_bytes line)
{
    for (size_t i = 0; i < sizeof publics / sizeof publics[0]; i++)
        if (keyfile_begins(line, publics[i]))
            return true;
    return false;
}

static bool public_half(const char *name, struct err *err)
{
    static const char ending[] = ".pub";
    size_t n = strlen(name), cut = sizeof ending - 1;

    if (n > cut && strcmp(name + n - cut, ending) == 0)
        return err_set(err, ERR_FORMAT,
                       "%s: this is the public half of a key, which belongs on "
                       "the server; give the private half, most likely %.*s",
                       name, (int)(n - cut), name);
    return err_set(err, ERR_FORMAT,
                   "%s: this is the public half of a key, which belongs on the "
                   "server; give the private half",
                   name);
}

bool keyfile_mistake(const char *name, struct wire_bytes line, struct err *err)
{
    const struct mistake *m;

    if (is_public(line))
        return public_half(name, err);
    m = mistake_of(line);
    if (m->run != NULL)
        return err_set(err, m->code, "%s: %s: %s %s%s", name, m->what, m->run,
                       name, m->args);
    return err_set(err, m->code, "%s: %s", name, m->what);
}
