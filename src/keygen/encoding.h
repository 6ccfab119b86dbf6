/* encoding.h - how this program writes private keys. */
#ifndef KEYGEN_ENCODING_H
#define KEYGEN_ENCODING_H

#include <stdbool.h>

struct buf;
struct err;
struct keyfile_encoding;
struct keyfile_info;
struct secret;
struct sshkey;

/*
 * The format's name in struct keyfile_info for a word of --format ("ppk");
 * NULL stands for OpenSSH's.  NULL: ERR_USAGE.
 */
const char *encoding_format(const char *word, struct err *err);

/*
 * As the file was encrypted that info describes: its cipher, and not less
 * work.  It must outlive *how, which takes its certificate along.
 */
void encoding_like(struct keyfile_encoding *how,
                   const struct keyfile_info *info);

/*
 * Fill in the passphrase (borrowed), fresh random bytes, and for PuTTY's
 * format as many passes of Argon2 as take about 100 ms here, but no fewer than
 * *how has.  format is a name in struct keyfile_info.
 */
void encoding_prepare(struct keyfile_encoding *how, const char *format,
                      const struct secret *passphrase);

/*
 * Append a line on what is weak about a file of this format, or on who does not
 * read this key in it, with the option that avoids it; in_place: with those
 * that write another file.  Nothing, if there is nothing to say.
 */
void encoding_put_drawback(const char *format, const struct sshkey *key,
                           bool encrypted, bool in_place, struct buf *out);

#endif
