/*
 * internal.h - the session's inside, shared by the files of this room only.
 *
 * A session is in one stage.  Each stage has one function, which does what
 * can be done without waiting and returns what the session needs; a stage
 * that ends sets the next one.  libssh2 says LIBSSH2_ERROR_EAGAIN for "not
 * yet", and every call that said so is repeated with the same arguments.
 */
#ifndef SSH_INTERNAL_H
#define SSH_INTERNAL_H

#include <libssh2.h>
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "ssh/alloc.h"
#include "ssh/overhear.h"
#include "ssh/session.h"
#include "ssh/transport.h"

enum ssh_stage {
    STAGE_HANDSHAKE,    /* identification, key exchange */
    STAGE_HOST_KEY,     /* question: is this the right host? */
    STAGE_KEY,          /* question: which key next? */
    STAGE_OFFER,        /* a key is offered, or its signature judged */
    STAGE_SIGNATURE,    /* question: sign this */
    STAGE_RECHECK,      /* what we gave did not log us in: what is left? */
    STAGE_CHOOSE,       /* wait for the methods; which next? */
    STAGE_ATTEMPT,      /* a login by prompts is on its way */
    STAGE_PROMPTS,      /* question: the server's prompts */
    STAGE_OPEN_CHANNEL, /* logged in */
    STAGE_REQUESTS,     /* environment, terminal, program */
    STAGE_OPEN,
    STAGE_DONE,
    STAGE_FAILED,
    STAGES
};

/* Of a request whose answer may be waited for later. */
enum ssh_progress { NOT_SENT, SENT, ANSWERED };

enum ssh_method { METHOD_KEY, METHOD_PROMPTS, METHOD_PASSWORD, METHODS };

enum { SSH_SIGNALS = 8, SSH_SIGNAL_NAME = 32 };

/* What starts the program, in the order of asking. */
enum ssh_request { REQUEST_ENV, REQUEST_PTY, REQUEST_START, REQUESTS };

/* The second channel. */
struct ssh_exec {
    LIBSSH2_CHANNEL *channel;
    enum ssh_exec_state state;
    char *command;
    struct buf output;
    bool untried; /* no step was made for it yet */
    bool started, eof_sent;
    bool dropped; /* nobody wants it any more, but it is half begun */
    bool closing;
};

/* A terminal's input: see channel-hold.c. */
struct ssh_hold {
    size_t sent;      /* bytes since the last step */
    size_t bytes;     /* before it, that are not known to have come there */
    uint64_t since;   /* ms: the last of them were sent, or told of */
    size_t told;      /* bytes, by SSH_MSG_IGNORE; 0: this terminal does not */
    size_t output;    /* that was read since the last of these */
    unsigned answers; /* to pings behind the input, and the one to come */
    unsigned doubled; /* times that no answer came by SSH_MSG_IGNORE */
    unsigned probes; /* that went since one of these, and the last one's size */
    size_t probe;
    bool matched; /* the last that told was of the size of a probe */
};

struct ssh_session {
    LIBSSH2_SESSION *lib;
    LIBSSH2_CHANNEL *channel;
    struct ssh_alloc alloc;
    struct ssh_transport tp;
    struct ssh_overheard heard;
    enum ssh_stage stage;
    enum ssh_stage last_stage; /* of the step before */
    uint64_t waits_since;      /* for an answer in a login */
    struct err why;            /* at STAGE_FAILED */
    enum ssh_fault fault;

    /* Copies of the parameters. */
    char *user, *command, *term;
    char **env;
    size_t envs;
    struct buf modes;
    bool no_command, has_pty, ctr_first;
    bool compression_open; /* asked for; the server's list decides */
    unsigned cols, rows;
    unsigned alive_interval, alive_count;
    uint64_t deadline;

    /* The peer. */
    char *ident;           /* cleaned; NULL before it came */
    struct buf host_key;   /* blob, once the keys are agreed */
    char *disconnect;      /* why it says goodbye, cleaned; or NULL */
    struct buf last_words; /* of a failed login: another banner, raw */

    /* Login. */
    enum ssh_progress service; /* ssh-userauth */
    enum ssh_progress none;    /* the request that lists the methods */
    char *methods;             /* cleaned; NULL before it came */
    struct buf blob;           /* the key on offer */
    struct buf to_sign;        /* empty: no signature asked for */
    char *algorithm;           /* of the signature asked for */
    struct buf signature;      /* empty: none given */
    char *rsa_signatures;      /* what an RSA key may be offered with */
    struct buf refused_rsa;    /* the first RSA key that was refused */
    bool offer_sent;
    bool refuses_signature; /* the user does not sign this one */
    bool sha1_only;         /* the server asked for a SHA-1 signature */
    bool signature_sent;
    bool probing; /* at the end: is SHA-1 taken? */
    bool takes_sha1;
    unsigned offered, unsigned_keys;
    enum ssh_key_answer answer; /* to the key offered last */

    /* Which way to log in. */
    enum ssh_method order[METHODS];
    size_t order_len;
    enum ssh_method method; /* the one being tried */
    bool given_up[METHODS];
    bool refused_unasked;      /* keyboard-interactive, without a question */
    bool denied;               /* the last answers were wrong */
    unsigned refused[METHODS]; /* wrong answers; not counted for keys */
    unsigned tries;
    unsigned accepted; /* steps that were right and not enough */
    enum ssh_method last_accepted;

    /* An attempt by prompts. */
    struct ssh_aside *aside;
    unsigned rounds;       /* of questions in this attempt */
    bool asks;             /* it is held until the answers are given */
    const char *objection; /* it is held for good: the server asks ... */
    struct ssh_prompts asked;
    struct ssh_prompt prompts[SSH_PROMPTS_MAX];
    LIBSSH2_USERAUTH_KBDINT_RESPONSE given[SSH_PROMPTS_MAX];

    /* The channel. */
    size_t next_env;
    enum ssh_progress requests[REQUESTS];
    bool pty_refused;
    struct buf chunk; /* input on its way into the channel */
    bool eof_wanted, eof_sent;
    bool resize_wanted, resize_trying;
    unsigned tried_cols, tried_rows;
    char signals[SSH_SIGNALS][SSH_SIGNAL_NAME];
    unsigned signals_len;
    uint64_t opened_at;      /* ms; 0: not yet */
    uint64_t alive_at;       /* when silence is looked at; 0: never */
    uint64_t alive_received; /* bytes, when last looked */
    unsigned alive_asked;    /* pings since anything came */
    bool pinging;            /* one is on its way */
    uint64_t asked_at;       /* ms: since when there is no answer; or 0 */
    uint64_t typed_at;       /* ms: nothing came since it was typed; or 0 */
    uint64_t drained_at[2];  /* tp.received when the stream was last empty */
    uint64_t pushed_at;      /* ... when input was last pushed */
    bool ended[2];           /* the stream's end was reported */
    bool end_is_news;        /* ... since the last step */
    bool consumed;           /* the caller has read since the last step */
    struct buf first[2];     /* each stream's beginning */
    size_t first_read[2];    /* bytes of it that the caller has read */
    struct ssh_hold hold;
    struct ssh_exit exit;

    struct ssh_exec exec;
};

/* ---- for every stage ---- */

/* To STAGE_FAILED; the sentence reaches the caller by ssh_session_step(). */
enum ssh_want ssh_fail(struct ssh_session *s, enum err_code code,
                       const char *fmt, ...) ATTR_PRINTF(3, 4);
/* The same for a connection that ended; doing says meanwhile what. */
enum ssh_want ssh_lost(struct ssh_session *s, const char *doing);
/* A call of libssh2 failed with this code: lost, or a violation. */
enum ssh_want ssh_broken(struct ssh_session *s, int code, const char *doing);

/* A question is open and nothing is read: has the peer gone meanwhile? */
enum ssh_want ssh_ask(struct ssh_session *s, enum ssh_want question);

/* Has the peer filled so much memory that nothing more is read for now? */
bool ssh_overfull(const struct ssh_session *s);

/* Is the name, of n bytes, one of the names separated by commas? */
bool ssh_lists(const char *names, const char *name, size_t n);

/* Are the answers to what was sent before the first key there? */
bool ssh_caught_up(const struct ssh_session *s);
/*
 * Take those that have come, in order; send what has not been sent.
 * SSH_FAILED, or SSH_WAIT; the stage may have changed.
 */
enum ssh_want ssh_catch_up(struct ssh_session *s);

/* The server has judged our signature or answers, and it was no login. */
enum ssh_want ssh_not_let_in(struct ssh_session *s);

/* To the queue, if the peer is there. */
void ssh_say_goodbye(struct ssh_session *s);
/* The login has failed: hear what the server has said and libssh2 has not read
 * (last_words).  Nothing can be sent any more. */
void ssh_last_words(struct ssh_session *s);

/* Nothing is left to try.  True, in STAGE_OFFER, if one thing is to be learnt
 * of the server before STAGE_CHOOSE comes to that once more. */
bool ssh_probe_begin(struct ssh_session *s);

/* To STAGE_ATTEMPT, by keyboard-interactive or password. */
void ssh_prompts_begin(struct ssh_session *s, enum ssh_method method);

/* The open channel's signs of life: looked for from now on; in each step; when
 * to look at the latest, in ms; 0: never. */
void ssh_alive_begin(struct ssh_session *s);
void ssh_alive_step(struct ssh_session *s);
uint64_t ssh_alive_wake(const struct ssh_session *s);
/* Ask, or see whether the answer has come: s->pinging. */
void ssh_alive_ping(struct ssh_session *s);

/* ---- channel-hold.c ---- */

/* Is a terminal's input to wait? */
bool ssh_hold_is(const struct ssh_session *s);
void ssh_hold_step(struct ssh_session *s);
/* How much of these n bytes is sent now. */
size_t ssh_hold_take(struct ssh_session *s, const void *data, size_t n);
/* If it is to wait: until when at the latest; else 0. */
uint64_t ssh_hold_wake(const struct ssh_session *s);

/* The second channel's part of a step, and of the end. */
void ssh_exec_step(struct ssh_session *s);
void ssh_exec_free(struct ssh_session *s);

/* ---- the stages ---- */

enum ssh_want ssh_stage_handshake(struct ssh_session *s);
enum ssh_want ssh_stage_host_key(struct ssh_session *s);
enum ssh_want ssh_stage_key(struct ssh_session *s);
enum ssh_want ssh_stage_offer(struct ssh_session *s);
enum ssh_want ssh_stage_signature(struct ssh_session *s);
enum ssh_want ssh_stage_recheck(struct ssh_session *s);
enum ssh_want ssh_stage_choose(struct ssh_session *s);
enum ssh_want ssh_stage_attempt(struct ssh_session *s);
enum ssh_want ssh_stage_prompts(struct ssh_session *s);
enum ssh_want ssh_stage_open_channel(struct ssh_session *s);
enum ssh_want ssh_stage_requests(struct ssh_session *s);
enum ssh_want ssh_stage_open(struct ssh_session *s);

#endif
