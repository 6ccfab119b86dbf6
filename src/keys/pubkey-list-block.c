/*
 * pubkey-list-block.c - blocks with marks, private keys, and other things that
 * people paste where a public key should be.
 */
#include "keys/pubkey-list-block.h"

#include <string.h>
#include "base/mem.h"
#include "base/text.h"
#include "keys/keyfile-format.h"
#include "keys/pubkey-line.h"
#include "keys/pubkey-rfc4716.h"
#include "keys/sshkey.h"

/* clang-format off */
static const struct opening {
    const char *begins; /* the line, in lower case */
    enum pubkey_block_kind kind;
    const char *end; /* stands in the last line; NULL: one line */
    const char *what;
} openings[] = {
    { "---- begin ssh2 public key", PUBKEY_BLOCK_RFC4716, "---- end", NULL },
    { "-----begin public key-----", PUBKEY_BLOCK_PEM, "-----end", NULL },
    { "-----begin rsa public key-----", PUBKEY_BLOCK_PEM, "-----end", NULL },
    { "putty-user-key-file-", PUBKEY_BLOCK_PRIVATE, "private-mac:", NULL },
    { "private-lines:", PUBKEY_BLOCK_PRIVATE, "private-mac:", NULL },
    { "b3blbnnzac1rzxktdje", PUBKEY_BLOCK_PRIVATE, "-----end", NULL },
    { "ssh private key file format 1.1", PUBKEY_BLOCK_PRIVATE, "-----end",
      NULL }, /* binary, to the end of the file */
    { "-----begin certificate", PUBKEY_BLOCK_OTHER, "-----end",
      "an X.509 certificate, which SSH does not use" },
    { "-----begin pgp", PUBKEY_BLOCK_OTHER, "-----end",
      "an OpenPGP key, which SSH does not use" },
    { "-----begin ", PUBKEY_BLOCK_OTHER, "-----end",
      "no public key of SSH" },
    { "<!doctype", PUBKEY_BLOCK_OTHER, "</html",
      "a web page (HTML): the download or the copying went wrong" },
    { "<html", PUBKEY_BLOCK_OTHER, "</html",
      "a web page (HTML): the download or the copying went wrong" },
    { "<", PUBKEY_BLOCK_OTHER, NULL, "a part of a web page (HTML)" },
    { "sha256:", PUBKEY_BLOCK_OTHER, NULL,
      "the fingerprint of a key and not the key" },
    { "md5:", PUBKEY_BLOCK_OTHER, NULL,
      "the fingerprint of a key and not the key" },
};
/* clang-format on */

/* Shorter lines of base64 could be words. */
#define ARMOUR_MIN 40

static const char headless[] =
    "a part of a key, perhaps of a private one: its first line is missing; "
    "copy the whole public key again";

/* The line in lower case, for forget(). */
static char *look_at(struct wire_bytes line)
{
    char *s = mem_strndup((const char *)line.data, line.len);

    text_lower(s);
    return s;
}

/* It may be a line of a private key. */
static void forget(char *s)
{
    mem_wipe(s, strlen(s));
    mem_free(s);
}

/* Any line "... BEGIN ... PRIVATE KEY-----", and the end of one. */
static bool is_private_mark(const char *s, struct opening *out)
{
    if (strstr(s, "private key-") == NULL && strstr(s, "private key -") == NULL)
        return false;
    out->kind = PUBKEY_BLOCK_PRIVATE;
    if (strstr(s, "begin ssh2") != NULL)
        out->end = "---- end";
    else if (strstr(s, "begin ") != NULL)
        out->end = "-----end";
    return true;
}

static bool is_number(struct wire_bytes word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.data[i] < '0' || word.data[i] > '9')
            return false;
    return word.len != 0;
}

/* "2048 SHA256:... comment (RSA)", "1024 35 1234567... comment" */
static const char *numbered(struct wire_bytes line)
{
    struct wire_bytes second;
    bool has_key;

    if (!is_number(pubkey_line_word(&line)))
        return NULL;
    second = pubkey_line_word(&line);
    has_key = is_number(second) && is_number(pubkey_line_word(&line));
    if (has_key)
        return "a key of protocol SSH-1, which no server takes any "
               "more; " SSHKEY_NEW_KEY;
    if (keyfile_begins(second, "SHA256:") || keyfile_begins(second, "MD5:"))
        return "the fingerprint of a key and not the key";
    return NULL;
}

/* Does a line open anything, so that what came before must have ended? */
static bool opens(struct wire_bytes line)
{
    return keyfile_begins(line, "-----BEGIN ") ||
           keyfile_begins(line, "---- BEGIN ") ||
           keyfile_begins(line, "PuTTY-User-Key-File-") ||
           pubkey_is_type(pubkey_line_word(&line));
}

/* Lines to the one with the end mark, or before what opens another. */
static size_t lines_until(struct wire_bytes text, const char *end)
{
    struct wire_bytes line;
    bool ended = end == NULL;
    size_t lines = 0;
    char *s;

    while (keyfile_next_line(&text, &line) && (lines == 0 || !opens(line))) {
        lines++;
        s = look_at(line);
        ended = end == NULL || strstr(s, end) != NULL;
        forget(s);
        if (ended)
            break;
    }
    return lines;
}

/*
 * Lines of armour that lost their first one.  They may be those of a private
 * key, so no message must quote them.
 */
static size_t lines_of_base64(struct wire_bytes text)
{
    struct wire_bytes line;
    size_t lines = 0;

    while (keyfile_next_line(&text, &line) && pubkey_line_is_base64(line) &&
           !pubkey_line_is_blob(line) && (lines != 0 || line.len >= ARMOUR_MIN))
        lines++;
    return lines;
}

static struct opening opening_of(struct wire_bytes line, const char *s)
{
    struct opening o = { "", PUBKEY_BLOCK_NONE, NULL, NULL };

    if (is_private_mark(s, &o))
        return o;
    if ((o.what = numbered(line)) != NULL) {
        o.kind = PUBKEY_BLOCK_OTHER;
        return o;
    }
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++)
        if (strncmp(s, openings[i].begins, strlen(openings[i].begins)) == 0)
            return openings[i];
    return o;
}

struct pubkey_block pubkey_block_find(struct wire_bytes text)
{
    struct wire_bytes rest = text, line;
    struct opening o;
    size_t lines;
    char *s;

    keyfile_next_line(&rest, &line);
    s = look_at(line);
    o = opening_of(line, s);
    forget(s);
    if (o.kind != PUBKEY_BLOCK_NONE)
        return (struct pubkey_block){ o.kind, lines_until(text, o.end),
                                      o.what };
    lines = lines_of_base64(text);
    if (lines == 0)
        return (struct pubkey_block){ PUBKEY_BLOCK_NONE, 1, NULL };
    return (struct pubkey_block){ PUBKEY_BLOCK_OTHER, lines, headless };
}
