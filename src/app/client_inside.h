/*
 * client_inside.h - inside of client.h: the state that its files share.
 *
 * client.c       the loop, and the way from a connection to a session
 * client_end.c   how it ends
 * client_own.c   commands of our own: --about-vm, --install-key
 * client_wait.c  --wait: one attempt after the other, and what is shown
 */
#ifndef APP_CLIENT_INSIDE_H
#define APP_CLIENT_INSIDE_H

#include <stdbool.h>
#include "app/client.h"
#include "app/cloudinit.h"
#include "app/diagnosis.h"
#include "app/ladder.h"
#include "app/loginname.h"
#include "app/notes.h"
#include "app/patience.h"
#include "base/buf.h"
#include "base/err.h"

struct asker;
struct connect;
struct front;
struct keyadd;
struct memory;
struct secret;
struct ssh_session;
struct trial;

#define STATUS_ERROR  255
#define STATUS_SIGNAL 128

/* A connection that has failed, and what is waited for. */
enum pause {
    PAUSE_NONE,
    PAUSE_OFFER, /* the user's answer: is the machine to be waited for? */
    PAUSE_WAIT   /* the next attempt */
};

struct client {
    const struct options *opt;
    struct front *front;
    struct asker *asker;  /* puts the questions; NULL: the front does */
    struct ladder ladder; /* of the connection being made, or the last one */
    struct notes notes;
    struct buf vanishing;    /* shown and perhaps not read: a screen that closes
                             takes it away, so it is told again */
    struct secret *piped;    /* the key of "-i -", or NULL */
    struct connect *connect; /* while connecting */
    struct ssh_session *session; /* once open */
    struct memory *memory;       /* of its machine */
    struct keyadd *adding;       /* a key that the agent is to keep; or NULL */
    struct trial *trial;         /* a new login beside the session; or NULL */
    struct cloudinit cloudinit;  /* of a machine that was waited for */
    uint64_t answer_due; /* ms: a command of ours has no longer; 0: for ever */
    bool survey;         /* for the doctor: every key is asked about */
    enum pause pause;
    struct patience patience;
    uint64_t attempt_at; /* ms: when the last attempt began */
    struct buf offer;    /* the text of the question */
    bool asking;
    bool was_open;    /* a reconnect that fails is no reason to leave */
    struct err loss;  /* why there is no connection, while the front goes on */
    char *advice;     /* what may be done about that, in lines; or NULL */
    enum fault fault; /* of that, if it was never there */
    char *other;      /* another login name that may do; or NULL */
    char *key_file;   /* see connect_name_key() */
    bool agent_key;
    char *user;  /* the login name, once known; NULL: to be asked */
    char *who;   /* user@host, cleaned */
    char *where; /* ... and the port, if it is not the usual one */
    bool finished;
    bool at_once; /* leave without showing what still waits to be shown */
    int status;
    struct err err; /* why it ended; ERR_NONE: as the user or server wished */
    char *account;  /* the whole of it, if there is more to say; or NULL */
    int killed_by;  /* the signal that ends us, or 0 */
};

/* ---- client_end.c ---- */

bool client_is_doctor(const struct client *c);
void client_finish(struct client *c, int status);
/* The connection that fails is to be made once more: what it asked is not to be
 * answered any more. */
void client_unask(struct client *c);
/* Neither a connection nor a session any more. */
void client_drop(struct client *c);
/* The channel closed, all it said is read. */
void client_remote_ended(struct client *c);
/* The connection is gone, or could not be made. */
void client_lost(struct client *c, const struct err *err);
/* The session's connection is gone. */
void client_session_failed(struct client *c, struct err *err);
/* The user leaves. */
void client_quit(struct client *c);
/* The user waits no longer for a connection: the first one is all there is;
 * after a loss the screen stays. */
void client_cancel(struct client *c);
/* What may be done about a connection that failed, or the doctor's words. */
void client_put_words(struct client *c, struct client_end *end);
/* What a diagnosis names. */
struct diagnosis_names client_names(const struct client *c);
/* The advice is for this fault; other: a login name that may do, or NULL. */
void client_advise(struct client *c, enum fault fault, const char *other);
/* The session begins with the words that another name is to be used. */
bool client_hears_name(const struct client *c, char name[LOGINNAME_MAX]);

/* ---- client_own.c ---- */

/* Is the command that runs one of ours?  What follows is for those only, and
 * for the login that proves a key. */
bool client_runs_own(const struct client *c);
/* The session is open. */
void client_begin_own(struct client *c);
void client_step_own(struct client *c, uint64_t now);
/* What runs there has ended. */
void client_end_own(struct client *c, int status);

/* ---- client_wait.c ---- */

/* A connection is being made: is it one that will be repeated? */
void client_wait_begin(struct client *c);
/* It has failed with c->loss: true if there will be another attempt, or the
 * user is asked about it. */
bool client_waits(struct client *c);
void client_step_pause(struct client *c);
/* The user leaves while an attempt is silent: that becomes the loss.  False: it
 * is not, or has come no further than the one before. */
bool client_wait_unanswered(struct client *c);
/* Tell the front what is being waited for. */
void client_show_state(struct client *c);
/* When to look at it again, in ms of clock_ms(); 0: no timer. */
uint64_t client_wait_wake(const struct client *c);

#endif
