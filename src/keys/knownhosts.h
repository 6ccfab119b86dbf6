/*
 * knownhosts.h - OpenSSH's known_hosts, judged and edited as text.
 *
 * Pure: the caller reads and writes the files.  Lookup follows sshd(8),
 * "SSH_KNOWN_HOSTS FILE FORMAT".  An edit keeps every other byte.
 */
#ifndef KEYS_KNOWNHOSTS_H
#define KEYS_KNOWNHOSTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum knownhosts_verdict {
    KNOWNHOSTS_UNKNOWN,    /* no line names this host */
    KNOWNHOSTS_OTHER_TYPE, /* the host is known, but by keys of other types */
    KNOWNHOSTS_CHANGED,    /* a line has another key of the same type */
    KNOWNHOSTS_MATCH,      /* a line has this key */
    KNOWNHOSTS_REVOKED     /* a @revoked line has this key */
};

struct knownhosts;

/* An empty collection; files are added one by one. */
struct knownhosts *knownhosts_new(void);
/* NULL is allowed. */
void knownhosts_free(struct knownhosts *kh);

/*
 * Add a file's text (copied).  path is for messages.  Bad lines are skipped
 * and noted; they never lose the rest.
 */
void knownhosts_add(struct knownhosts *kh, const char *path, const void *text,
                    size_t len);

/* Notes on skipped lines, "PATH:LINE: reason"; i from 0, NULL at the end.  The
 * tenth is the last, and says that there may be more. */
const char *knownhosts_note(const struct knownhosts *kh, size_t i);

struct knownhosts_line {
    const char *path;    /* as given to knownhosts_add(), borrowed */
    size_t number;       /* from 1 */
    const uint8_t *blob; /* the key on that line, borrowed */
    size_t blob_len;
    const char *names; /* its comma list in lower case, borrowed and untrusted
                          (clean it); NULL: the names are hashed */
};

struct knownhosts_result {
    enum knownhosts_verdict verdict;
    /* The line that decided: the match, the changed key, the revocation, or
     * one of other type.  path is NULL for KNOWNHOSTS_UNKNOWN. */
    struct knownhosts_line line;
};

/*
 * Judge a host key blob.  host is a name or an address as the user gave it
 * (letter case is folded); port 22 looks for "host", others for
 * "[host]:port", and if that has no such key for "host", as OpenSSH.
 */
struct knownhosts_result knownhosts_check(const struct knownhosts *kh,
                                          const char *host, unsigned port,
                                          const uint8_t *blob, size_t len);

/*
 * The key types (blob names: "ssh-ed25519", ...) known for the host, into
 * types[], in file order without repeats.  Returns how many.
 */
size_t knownhosts_types(const struct knownhosts *kh, const char *host,
                        unsigned port, const char *types[], size_t max);

/*
 * Under which other names is this key known?  The i-th line (from 0) that has
 * it; false when there are no more.  @revoked and @cert-authority lines are
 * left out.
 */
bool knownhosts_find_key(const struct knownhosts *kh, const uint8_t *blob,
                         size_t len, size_t i, struct knownhosts_line *out);

/* Does some line revoke this key, for whatever host? */
bool knownhosts_revokes(const struct knownhosts *kh, const uint8_t *blob,
                        size_t len);

/*
 * Append to out the line that remembers this key, with its newline; hashed
 * (salt of 20 random bytes given by the caller) or plain when salt is NULL.
 * False, and nothing is appended, if host cannot stand in a plain line (it
 * has a blank or a character of patterns) or the blob names no type.
 */
bool knownhosts_format(struct buf *out, const char *host, unsigned port,
                       const uint8_t *blob, size_t len, const uint8_t *salt);

/*
 * Append to out a copy of a file's text in which each line that names the
 * host with another key than blob, of whatever type, is commented out
 * ("# vmconnect replaced: ..."; a line naming several hosts too: the new line
 * follows anyway).  A machine that was rebuilt has none of its keys any more.
 * @revoked and @cert-authority lines stay.  Returns how many.
 */
size_t knownhosts_comment_out(struct buf *out, const void *text, size_t len,
                              const char *host, unsigned port,
                              const uint8_t *blob, size_t blob_len);

/* The same with each line that has the key, whatever host it names. */
size_t knownhosts_comment_out_key(struct buf *out, const void *text, size_t len,
                                  const uint8_t *blob, size_t blob_len);

/*
 * Append to out a copy of a file's text in which each line that names the
 * host, by whatever key, is commented out ("# vmconnect removed: ...");
 * @revoked and @cert-authority lines stay.  Returns how many.
 */
size_t knownhosts_remove_host(struct buf *out, const void *text, size_t len,
                              const char *host, unsigned port);

struct knownhosts_named {
    size_t number;    /* of the line, from 1; 0: none yet */
    const char *line; /* in the text, without its end */
    size_t len;
    bool revoked, authority; /* its marker */
};

/*
 * The next line of a file's text behind *line, which is all zero at first,
 * that names the host, by whatever key; also one whose key is damaged.  False
 * when there are no more: *line stays.
 */
bool knownhosts_find_host(const void *text, size_t len, const char *host,
                          unsigned port, struct knownhosts_named *line);

#endif
