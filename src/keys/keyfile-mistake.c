/*
 * keyfile-mistake.c - what people give instead of a private key.
 *
 * Nearly every failed first login is one of these, so each has a sentence that
 * says what the file is and what to do.
 */
#include "keys/keyfile-mistake.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "keys/keyfile-format.h"
#include "keys/pubkey.h"
#include "keys/pubkey-options.h"
#include "keys/sshkey.h"

#define BEGIN     "-----BEGIN "
#define RFC_4716  "---- BEGIN SSH2 PUBLIC KEY"
#define LABEL_MAX 40 /* bytes of a PEM label that are shown */
#define GIVE_KEY  "give the private key, which was made together with it"
#define SSH_1                                                     \
    "this is a key of protocol SSH-1, which no server takes any " \
    "more; " SSHKEY_NEW_KEY
#define CERTIFICATE "this is an X.509 certificate, not a private key; " GIVE_KEY
#define ARCHIVE     "this is a packed file (ZIP, gzip); unpack the key first"
#define UTF_16 \
    "this is UTF-16 text; save it again as plain text (UTF-8 or ANSI)"
#define REQUEST \
    "this is a request for an X.509 certificate, not a private key; " GIVE_KEY
#define NO_BEGIN                                                       \
    "the first line of this private key (-----BEGIN ...) is missing; " \
    "copy the whole file again"
#define NO_PPK_BEGIN                                                 \
    "the first line of this PuTTY key (PuTTY-User-Key-File-...) is " \
    "missing; copy the whole file again"

/* First lines of public keys, by far the most frequent mistake. */
static const char *const publics[] = {
    "ssh-",
    "ecdsa-sha2-",
    "sk-ssh-",
    "sk-ecdsa-",
    RFC_4716,
    "-----BEGIN PUBLIC KEY-----",
    "-----BEGIN RSA PUBLIC KEY-----",
};

/* Lines that begin as keys do, or nearly, and were meant for a shell. */
static const char *const commands[] = {
    "ssh ", "ssh-keygen", "ssh-add", "ssh-copy-id", "vmconnect",
};

/* A blob in base64, behind options or a host's name: its type and length. */
static const char *const public_blobs[] = {
    "AAAAB3NzaC1", "AAAAC3NzaC1", "AAAAE2VjZHNh", "AAAAGnNrLX", "AAAAInNrLX",
};

/* clang-format off */
static const struct mistake {
    const char *opening; /* how the first line begins; letter case counts */
    enum err_code code;
    const char *what;
    const char *run, *args; /* a command around the file's name, or NULL */
} mistakes[] = {
    { "PuTTY-User-Key-File-", ERR_UNSUPPORTED,
      "this version of PuTTY's key files (PPK) is not supported; convert it:",
      "puttygen", "-O private-openssh -o KEY" },
    { "SSH PRIVATE KEY FILE FORMAT 1.1", ERR_UNSUPPORTED, SSH_1, NULL, NULL },
    { "-----BEGIN DSA PRIVATE KEY-----", ERR_UNSUPPORTED, SSHKEY_DSA_REFUSED,
      NULL, NULL },
    { "-----BEGIN CERTIFICATE REQUEST", ERR_UNSUPPORTED,
      REQUEST, NULL, NULL },
    { "-----BEGIN NEW CERTIFICATE REQUEST", ERR_UNSUPPORTED,
      REQUEST, NULL, NULL },
    { "-----BEGIN CERTIFICATE", ERR_UNSUPPORTED,
      CERTIFICATE, NULL, NULL },
    { "-----BEGIN TRUSTED CERTIFICATE", ERR_UNSUPPORTED,
      CERTIFICATE, NULL, NULL },
    { "-----BEGIN X509 CERTIFICATE", ERR_UNSUPPORTED,
      CERTIFICATE, NULL, NULL },
    { "-----BEGIN PGP", ERR_UNSUPPORTED,
      "this is OpenPGP's, not an SSH private key; " SSHKEY_NEW_KEY,
      NULL, NULL },
    { "-----BEGIN EC PARAMETERS", ERR_FORMAT,
      "only the parameters of a key are here, the private key is missing; "
      "copy the whole file again",
      NULL, NULL },
    { "-----END ", ERR_FORMAT, NO_BEGIN, NULL, NULL },
    { "Proc-Type: ", ERR_FORMAT, NO_BEGIN, NULL, NULL },
    { "b3BlbnNzaC1rZXktdjE", ERR_FORMAT, NO_BEGIN, NULL, NULL },
    { "Encryption: ", ERR_FORMAT, NO_PPK_BEGIN, NULL, NULL },
    { "<", ERR_FORMAT,
      "this is a web page (HTML), not a private key; download the key again",
      NULL, NULL },
    { "{\\rtf", ERR_FORMAT,
      "this is rich text (RTF), not a private key; save it as plain text",
      NULL, NULL },
    { "{", ERR_FORMAT,
      "this is JSON, not a private key; save the key's text alone",
      NULL, NULL },
    { "PK\3\4", ERR_UNSUPPORTED, ARCHIVE, NULL, NULL },
    { "\x1f\x8b", ERR_UNSUPPORTED, ARCHIVE, NULL, NULL },
    { "\xff\xfe", ERR_FORMAT, UTF_16, NULL, NULL },
    { "\xfe\xff", ERR_FORMAT, UTF_16, NULL, NULL },
};
/* clang-format on */

static const struct mistake unknown = {
    "",
    ERR_FORMAT,
    KEYFILE_UNKNOWN
    "its first line should be like "
    "-----BEGIN OPENSSH PRIVATE KEY----- or PuTTY-User-Key-File-3: ssh-rsa",
    NULL,
    NULL,
};

static const struct mistake headless = {
    "", ERR_FORMAT, NO_BEGIN, NULL, NULL,
};

/* By programs for mail and text: quoted, or with typographic dashes. */
static const struct mistake dressed_up = {
    "",
    ERR_FORMAT,
    "a program changed the first line of this private key: it must be like "
    "-----BEGIN OPENSSH PRIVATE KEY-----, with five hyphens at either end and "
    "nothing before it; copy the file again",
    NULL,
    NULL,
};

/* Its public half: "1024 65537 1234567... comment". */
static const struct mistake ssh_1 = {
    "", ERR_UNSUPPORTED, SSH_1, NULL, NULL,
};

static const struct mistake command = {
    "",
    ERR_FORMAT,
    "this is a command, not a private key; give the key file that it writes or "
    "names",
    NULL,
    NULL,
};

/* Found beside the key, in the same directory. */
static const struct mistake hosts = {
    "",
    ERR_FORMAT,
    "these are the keys of servers, as in known_hosts, not a private key; give "
    "the file of your own key, ~/.ssh/id_ed25519 or the like",
    NULL,
    NULL,
};

/* ---- binary files ---- */

/* What begins a file in DER. */
static const struct mistake pkcs12 = {
    "",
    ERR_UNSUPPORTED,
    "this is a PKCS#12 file (.p12, .pfx); take the key out of it:",
    "openssl pkcs12 -nocerts -in",
    "-out KEY",
};
static const struct mistake dropbear = {
    "",
    ERR_UNSUPPORTED,
    "this is a key of Dropbear's, in binary form; convert it:",
    "dropbearconvert dropbear openssh",
    "KEY",
};
static const struct mistake der_key = {
    "",
    ERR_UNSUPPORTED,
    "this looks like a key in binary form (DER); convert it:",
    "openssl pkey -inform DER -in",
    "-out KEY",
};
static const struct mistake der_other = {
    "",
    ERR_UNSUPPORTED,
    "this looks like a certificate or a public key in binary form (DER), not "
    "a private key; " GIVE_KEY,
    NULL,
    NULL,
};

/* PBES2 and the like, PKCS#12's: an encrypted private key. */
static bool is_encryption(struct wire *w)
{
    static const uint8_t pkcs[] = { 0x06, 0,    0x2a, 0x86, 0x48,
                                    0x86, 0xf7, 0x0d, 0x01 };
    struct wire_bytes oid;
    uint8_t length;

    wire_byte(w); /* SEQUENCE, shorter than 128 bytes */
    wire_byte(w);
    if (wire_byte(w) != pkcs[0])
        return false;
    length = wire_byte(w);
    oid = wire_raw(w, sizeof pkcs - 2);
    if (length < sizeof pkcs || memcmp(oid.data, pkcs + 2, oid.len) != 0)
        return false;
    length = wire_byte(w);
    return wire_ok(w) && (length == 5 || length == 12);
}

/* A file of Dropbear's begins as a public key's blob does. */
bool keyfile_is_dropbear(struct wire_bytes all)
{
    struct wire w;

    wire_init(&w, all.data, all.len);
    return pubkey_is_type(wire_string(&w)) && wire_ok(&w);
}

/* NULL if the file does not begin as a SEQUENCE (X.690) of its length. */
static const struct mistake *binary(struct wire_bytes all)
{
    struct wire w;
    uint8_t length, version;
    size_t bytes = 0;

    wire_init(&w, all.data, all.len);
    if (wire_byte(&w) != 0x30)
        return NULL;
    length = wire_byte(&w);
    if (length > 0x80 && length <= 0x84)
        for (length -= 0x80; length != 0; length--)
            bytes = bytes << 8 | wire_byte(&w);
    else
        bytes = length;
    if (!wire_ok(&w) || bytes == 0 || bytes != w.left)
        return NULL;
    if (w.next[0] == 0x30)
        return is_encryption(&w) ? &der_key : &der_other;
    if (wire_byte(&w) != 0x02 || wire_byte(&w) != 1)
        return NULL;
    version = wire_byte(&w);
    return version == 3 ? &pkcs12 : &der_key;
}

/* ---- texts ---- */

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

static bool has(struct wire_bytes text, const char *s)
{
    return memmem(text.data, text.len, s, strlen(s)) != NULL;
}

/* A line like the first or the last of a private key; mark is "BEGIN " or
 * "END ". */
static bool has_mark(struct wire_bytes rest, const char *mark)
{
    struct wire_bytes line;

    while (keyfile_next_line(&rest, &line))
        if (has(line, mark) && has(line, " PRIVATE KEY"))
            return true;
    return false;
}

/* A first line that was cut off. */
static bool is_begin_of_armour(struct wire_bytes line)
{
    size_t n = strlen(BEGIN);

    return keyfile_begins(line, BEGIN) &&
           !has((struct wire_bytes){ line.data + n, line.len - n }, "-----");
}

static bool has_blob(struct wire_bytes line)
{
    for (size_t i = 0; i < sizeof public_blobs / sizeof public_blobs[0]; i++)
        if (has(line, public_blobs[i]))
            return true;
    return false;
}

static bool is_command(struct wire_bytes line)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (keyfile_begins(line, commands[i]))
            return true;
    return false;
}

/* In a .pub, or in authorized_keys, behind options or not; or without its
 * type. */
static bool is_public(struct wire_bytes line)
{
    struct wire_bytes options = { line.data, pubkey_options_length(line) };
    struct err unused;

    for (size_t i = 0; i < sizeof publics / sizeof publics[0]; i++)
        if (keyfile_begins(line, publics[i]))
            return true;
    for (size_t i = 0; i < sizeof public_blobs / sizeof public_blobs[0]; i++)
        if (keyfile_begins(line, public_blobs[i]))
            return true;
    return has_blob(line) && pubkey_options_check(options, &unused);
}

/* Bits, exponent and modulus. */
static bool is_ssh_1_public(struct wire_bytes line)
{
    unsigned numbers = 0;

    while (numbers < 3 && line.len != 0 && line.data[0] >= '1' &&
           line.data[0] <= '9') {
        while (line.len != 0 && line.data[0] >= '0' && line.data[0] <= '9') {
            line.data++;
            line.len--;
        }
        numbers++;
        if (line.len != 0 && line.data[0] == ' ') {
            line.data++;
            line.len--;
        }
    }
    return numbers == 3;
}

/* Of a line that is not public. */
static const struct mistake *mistake_of(struct wire_bytes line,
                                        struct wire_bytes all)
{
    const struct mistake *m =
        keyfile_is_dropbear(all) ? &dropbear : binary(all);

    if (m != NULL)
        return m;
    if (has_blob(line))
        return &hosts;
    if (is_command(line))
        return &command;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        if (keyfile_begins(line, mistakes[i].opening))
            return &mistakes[i];
    if (is_ssh_1_public(line))
        return &ssh_1;
    if (is_base64_line(line))
        return &headless;
    if (has_mark(all, "BEGIN ") || is_begin_of_armour(line))
        return &dressed_up;
    return has_mark(all, "END ") ? &headless : &unknown;
}

/* "-----BEGIN X-----" of another X. */
static bool other_armour(const char *name, struct wire_bytes line,
                         struct err *err)
{
    struct wire_bytes label = { line.data + strlen(BEGIN), 0 };
    struct buf clean = { 0 };

    while (label.len < LABEL_MAX &&
           label.data + label.len != line.data + line.len &&
           label.data[label.len] != '-')
        label.len++;
    text_clean(&clean, label.data, label.len, false);
    err_set(err, ERR_FORMAT,
            "%s: this is a file of the kind \"%s\", not a "
            "private key for SSH",
            name, buf_str(&clean));
    buf_free(&clean);
    return false;
}

static bool public_half(const char *name, struct wire_bytes line,
                        struct err *err)
{
    if (keyfile_begins(line, RFC_4716))
        return err_set(err, ERR_PUBLIC_HALF,
                       "%s: this is the public half of a key (RFC 4716), as "
                       "\"Save public key\" in PuTTYgen writes it; give the "
                       "private half, which \"Save private key\" writes",
                       name);
    return err_set(err, ERR_PUBLIC_HALF,
                   "%s: this is the public half of a key, which belongs on the "
                   "server; give the private half, which was made together "
                   "with it",
                   name);
}

bool keyfile_mistake(const char *name, struct wire_bytes line,
                     struct wire_bytes all, struct err *err)
{
    const struct mistake *m;

    if (!is_command(line) && is_public(line))
        return public_half(name, line, err);
    m = mistake_of(line, all);
    if (m == &unknown && keyfile_begins(line, BEGIN))
        return other_armour(name, line, err);
    err_set(err, m->code, "%s: %s", name, m->what);
    return m->run != NULL && err_command(err, m->run, name, m->args);
}
