/*
 * trusting.h - inside of trust.h: the state that its files share.
 *
 * trust.c          the verdict, and what follows from an answer
 * trust_ask.c      the questions
 * trust_files.c    known_hosts, read and written
 * trust_machine.c  which machine it is, as far as one is remembered
 */
#ifndef APP_TRUSTING_H
#define APP_TRUSTING_H

#include "app/trust.h"
#include "base/buf.h"
#include "keys/console.h"
#include "keys/knownhosts.h"
#include "keys/machines.h"
#include "keys/sshkey.h"
#include "ui/question.h"

#define TRUST_TYPES_MAX 16
#define TRUST_TYPE_SIZE 64

struct trust {
    const struct options *opt;
    const struct console *console; /* or NULL */
    struct memory *memory;
    struct notes *notes;
    struct knownhosts *known;
    char *name;    /* what known_hosts calls the server */
    unsigned port; /* 22 with an alias, which stands without a port */
    char *file;    /* where new keys are remembered; NULL: nowhere */
    const char *types[TRUST_TYPES_MAX];
    size_t types_len;
    char remembered[TRUST_TYPES_MAX][TRUST_TYPE_SIZE]; /* of them, in memory */
    /* The server being judged. */
    struct machines_sight sight;
    uint8_t *blob; /* copies for it */
    char *host, *server;
    uint8_t *old; /* its old key, if it is of the memory; or NULL */
    char type[TRUST_TYPE_SIZE];
    char print[SSHKEY_FINGERPRINT_MAX];
    struct knownhosts_result result;
    enum console_verdict shown; /* on the console */
    unsigned bits;              /* of that, if it matches */
    unsigned typed_bits;        /* of what the user typed, if that does */
    /* What is remembered, until the memory changes. */
    const struct machine *whose; /* the key's machine; NULL: nobody's */
    const struct machine_key *whose_key;
    const struct machine *before; /* another one, known here; or NULL */
    bool changed;     /* another of its type is known for this place */
    bool accepted;    /* by the user, a file or the console: not blindly */
    bool moved;       /* ... as that of a machine at another address */
    bool once;        /* ... not even that: the user goes on this once */
    bool remembers;   /* it was added to the file */
    struct buf text;  /* of the question */
    struct buf again; /* the same, behind what was wrong with the answer */
    struct ui_question question;
};

/* ---- trust_files.c ---- */

void trust_read_files(struct trust *t);
/*
 * Append the key to the first file, as HashKnownHosts says, unless it has come
 * there meanwhile.  A key that cannot be remembered is no reason to refuse it:
 * that is noted.  what: a sentence without its full stop to note in place of
 * the usual one; or NULL.
 */
void trust_add_key(struct trust *t, const char *what);
/* And comment out all other keys of this host in the user's files; and the old
 * keys of a machine that was rebuilt (NULL: none was) wherever they stand. */
bool trust_replace_key(struct trust *t, const struct machine *rebuilt,
                       struct err *err);

/* ---- trust_machine.c ---- */

/* Add the key types of the machine that was seen here last. */
void trust_recall_types(struct trust *t);
/* Who shows this key, and who was here before? */
void trust_recall(struct trust *t);
/* Keys are known here, all of other types. */
bool trust_is_new_type(const struct trust *t);
/* ... and this is one more of them, as far as can be told. */
bool trust_is_one_more(const struct trust *t);
/* It is a machine that the user knows, and only its address is another. */
bool trust_is_moved(const struct trust *t);
/* The key is accepted: remember it so, and look at no machine any more. */
void trust_learn(struct trust *t, enum machines_change change);
/* That the machine's address changed, in a sentence for trust_add_key(). */
void trust_put_move(const struct trust *t, struct buf *out);
/* Tell, once, that it begins to be seen at several addresses in turn. */
void trust_note_turn(const struct trust *t);
/* In whole lines: whose key that is; nothing if it is nobody's. */
void trust_put_whose(const struct trust *t, struct buf *out);
/* Other keys answer so shortly after the machine was seen, and so alike, that
 * this is likely. */
bool trust_is_sudden(const struct trust *t);
/* ... and no console shows its key. */
bool trust_is_suspect(const struct trust *t);
#define TRUST_LIKELY "Somebody in between is likely: too soon for a rebuild."
/* The same of who was here before, where other keys are known. */
void trust_put_before(const struct trust *t, struct buf *out);

/* ---- trust_ask.c ---- */

/* "web1 port 2222" */
void trust_put_where(const struct trust *t, struct buf *out);
/* "~/.ssh/known_hosts, line 3"; of a line that is in a file. */
void trust_put_line(const struct knownhosts_line *line, struct buf *out);
void trust_ask_unknown(struct trust *t);
void trust_ask_changed(struct trust *t);

#endif
