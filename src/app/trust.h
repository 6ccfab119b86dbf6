/*
 * trust.h - is this the server's key?  Judged against known_hosts and, where
 * the user may be asked, by question.
 */
#ifndef APP_TRUST_H
#define APP_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct console;
struct err;
struct machines_sight;
struct memory;
struct notes;
struct options;
struct trust;
struct ui_question;

enum trust_verdict { TRUST_YES, TRUST_NO, TRUST_ASK };

/*
 * Reads the known_hosts files that the options name; bad lines are noted.
 * console: what the machine's console shows; or NULL.  What is passed outlives
 * it.
 */
struct trust *trust_new(const struct options *opt,
                        const struct console *console, struct memory *memory,
                        struct notes *notes);
/* NULL is allowed. */
void trust_free(struct trust *t);

/* Key types known for this host (by known_hosts, else by the console, else of
 * its machine), to be preferred in the key exchange. */
const char *const *trust_types(const struct trust *t, size_t *len);

struct trust_server {
    const uint8_t *blob; /* the host key */
    size_t blob_len;
    const char *address; /* numeric */
    const char *ident;   /* identification string, cleaned */
};

/*
 * Judge.  TRUST_ASK: put trust_question() to the user and hand what was typed
 * to trust_answer().  TRUST_NO: *err (ERR_TRUST) says why and what to do.
 * can_ask is false where nobody can answer.
 */
enum trust_verdict trust_judge(struct trust *t,
                               const struct trust_server *server, bool can_ask,
                               struct err *err);

/* Was the key that trust_judge() saw marked @revoked? */
bool trust_is_revoked(const struct trust *t);

/* The key was taken this once, or has changed and only StrictHostKeyChecking=no
 * took it. */
bool trust_is_unverified(const struct trust *t);

/*
 * What may be remembered of the server that was judged; false: nothing, for its
 * key was taken this once, or without being looked at.
 */
bool trust_sight(const struct trust *t, struct machines_sight *out);

/*
 * Append what became of the key that was judged, "ED25519 SHA256:..., as in
 * ~/.ssh/known_hosts, line 3"; false if nothing that is known tells that it is
 * the right one.
 */
bool trust_describe(const struct trust *t, struct buf *out);

/* Borrowed until the next call. */
const struct ui_question *trust_question(const struct trust *t);

/* TRUST_ASK again: the question has changed, put it once more. */
enum trust_verdict trust_answer(struct trust *t, const char *typed,
                                struct err *err);
/* Answers of the SSH_ASKPASS program were none, too often: *err says so. */
void trust_refuse_answers(struct trust *t, struct err *err);

#endif
