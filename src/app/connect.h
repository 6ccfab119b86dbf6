/*
 * connect.h - from a host name to an open session, as a state machine.
 *
 * Dials, judges the host key, offers the keys.  Knows no screen: what it
 * wants to ask comes up as a question, what happened comes up as notes.
 */
#ifndef APP_CONNECT_H
#define APP_CONNECT_H

#include <stdbool.h>
#include <stdint.h>
#include "app/environment.h"
#include "app/diagnosis.h"

struct buf;
struct connect;
struct err;
struct keyadd;
struct ladder;
struct memory;
struct notes;
struct options;
struct patience;
struct pollset;
struct secret;
struct ssh_pty;
struct ssh_session;
struct ui_question;

enum connect_state {
    CONNECT_WAIT,
    CONNECT_ASK,  /* put connect_question(), then connect_answer() */
    CONNECT_OPEN, /* connect_take_session() */
    CONNECT_FAILED
};

struct connect_params {
    const struct options *opt; /* outlives the connect */
    const char *user;      /* the login name, copied; NULL: try some, or ask */
    bool user_is_known;    /* it is not to be doubted */
    bool user_worked;      /* a login as it did before, in this run */
    struct notes *notes;   /* likewise */
    struct ladder *ladder; /* likewise; it has been begun */
    const struct ssh_pty *pty; /* NULL: no pty */
    const char *command;       /* likewise; NULL: a shell */
    /* How long, in ms, the server may take for one answer in the login, where
     * somebody only wants to know; 0: as long as servers do. */
    unsigned answer_limit;
    bool survey;  /* ask about every key before one is used, for the doctor */
    bool can_ask; /* somebody is there to answer ... */
    bool by_program; /* ... by SSH_ASKPASS */
    enum terminal_text terminal;
    bool deep_colors; /* the terminal shows 24 bits of them */
    /* The key of "-i -", which came on standard input; outlives it too. */
    const struct secret *piped;
};

#define CONNECT_EXAMINED 30000 /* ms: an answer_limit */

/* As systemd has pam_nologin say it: "System is booting up." */
#define CONNECT_BOOTS "booting up"

/* Starts; a fault shows at the first step. */
struct connect *connect_new(const struct connect_params *params);
/*
 * The attempts will be repeated with this patience, which outlives the connect:
 * each is shorter, and a key that has been opened stays so.
 */
void connect_repeat(struct connect *c, const struct patience *patience);
/* What another attempt would be, after one that failed. */
enum connect_turn {
    TURN_AGAIN, /* the same once more */
    TURN_NAME,  /* for the next login name: what was noted stands */
    TURN_NONE   /* all names were tried, or the command may have run */
};
enum connect_turn connect_turn(const struct connect *c);
/* After FAILED: once more, with what was learnt and typed. */
void connect_restart(struct connect *c);
/* Cancels; NULL is allowed. */
void connect_free(struct connect *c);

void connect_watch(struct connect *c, struct pollset *set);
/* When to step at the latest, in ms of clock_ms(); 0: no timer; 1: at once. */
uint64_t connect_wake(const struct connect *c);
enum connect_state connect_step(struct connect *c, uint64_t now,
                                struct err *err);

/* After FAILED: if nobody was let in, the whole account of it, in one paragraph
 * that begins as *err does; else NULL.  Borrowed. */
const char *connect_account(struct connect *c);

/* The question to put; borrowed until the answer. */
const struct ui_question *connect_question(const struct connect *c);
/* typed is borrowed; NULL: cancelled. */
void connect_answer(struct connect *c, const struct secret *typed);

/* "connecting to 203.0.113.5 port 22": for a status line. */
const char *connect_progress(const struct connect *c);
/* ms: since when the server is to answer and says nothing; 0: it is not. */
uint64_t connect_unanswered(const struct connect *c);
/*
 * What it would be if the server stayed silent: FAULT_NO_ANSWER, FAULT_MUTE,
 * FAULT_KEX or FAULT_SILENT; FAULT_OTHER: it is not its turn.  *since: when it
 * was heard last, in ms; 0: not yet.
 */
enum fault connect_silence(const struct connect *c, uint64_t *since);

/* It is a key here that takes its time, and not the server. */
bool connect_opens_key(const struct connect *c);

/* After OPEN: the session, the caller's from now on. */
struct ssh_session *connect_take_session(struct connect *c);
/* err is how s failed.  True, with *err in those words, if it was closed behind
 * the login, or reset, before it came to anything: that is FAULT_LOGIN. */
bool connect_stillborn(struct ssh_session *s, struct err *err);
/* And what is still being done for the SSH agent, likewise; or NULL. */
struct keyadd *connect_take_adding(struct connect *c);
/* And what remembers the machine: for memory_leave(), when the session ends, and
 * memory_free(). */
struct memory *connect_take_memory(struct connect *c);
/* After FAILED: of what kind it was. */
enum fault connect_fault(const struct connect *c);
/* ... and it was the survey that the server hung up at. */
bool connect_survey_failed(const struct connect *c);
/* ... and what may be done about it: append it in lines. */
void connect_advise(const struct connect *c, struct buf *out);
/* The keys' file, if there is but one, or that they are the agent's; borrowed.
 * A file that names has already stays. */
void connect_name_key(const struct connect *c, struct diagnosis_names *names);
/* Another login name that is known there or fits the server, and was not tried;
 * NULL: none; borrowed. */
const char *connect_other_name(const struct connect *c);
/* The login name; NULL while none is known, or one only tried.  Borrowed. */
const char *connect_user(const struct connect *c);

#endif
