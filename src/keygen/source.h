/* source.h - a key file that is read: its text, what it shows, its key. */
#ifndef KEYGEN_SOURCE_H
#define KEYGEN_SOURCE_H

#include <stdbool.h>
#include "base/buf.h"
#include "base/err.h"
#include "keys/keyfile.h"

struct keygen;
struct secret;
struct sshkey;

struct source {
    const char *path;
    struct secret *text;
    struct keyfile_info info;
    struct err exposed;        /* ERR_PERMISSION: its mode is too open */
    struct secret *passphrase; /* that opened it; empty if it needs none */
    struct sshkey *key;        /* the private key, once it is opened */
    struct buf remark;         /* its comment as it is, once it is opened */
};

/* If the file that the command line names is a pipe, or "-" for standard input,
 * keep what it gives: that can be read only once. */
bool source_read_pipe(struct keygen *k, struct err *err);

/*
 * The text of that file, for secret_free(), with *exposed as
 * file_read_private() has it; NULL with *err set.
 */
struct secret *source_text(const struct keygen *k, struct err *exposed,
                           struct err *err);

/*
 * Read the file that the command line names and look at it.  If true the
 * caller closes the source, and info holds.
 */
bool source_read(struct source *s, const struct keygen *k, struct err *err);
void source_close(struct source *s);

/*
 * source_read(), and open its private half, with -P or after asking for the
 * passphrase, to write the key again in this format; NULL stands for the
 * file's own.  What cannot be written is refused before anything is asked, and
 * so is a file whose mode is too open.
 */
bool source_open(struct source *s, const struct keygen *k, const char *format,
                 struct err *err);

/* Put the command that writes it in another format behind the sentence.
 * Returns false. */
bool source_remedy_convert(const struct source *s, struct err *err);

/*
 * Append its public line, without a newline.  Where the format hides the
 * public half the passphrase is asked for; one that is given with -P must be
 * right in any case.
 */
bool source_put_line(struct source *s, const struct keygen *k, struct buf *out,
                     struct err *err);

/*
 * Append its comment, as its bytes are or fit to be shown.  One that only the
 * passphrase would show is taken from FILE.pub, if that is of the same key.
 */
void source_put_remark(const struct source *s, struct buf *out);
void source_put_comment(const struct source *s, struct buf *out);

/*
 * The text of a file in this format with the key that was opened, for
 * secret_free(); NULL with *err set.  What protects it gets no weaker.
 */
struct secret *source_encode(const struct source *s, const char *format,
                             const struct buf *comment,
                             const struct secret *passphrase, struct err *err);

#endif
