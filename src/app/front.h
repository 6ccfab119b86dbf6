/*
 * front.h - where a session meets the user: the full screen, or plain pipes.
 *
 * The loop (client.c) owns the connection; a front takes in what is typed,
 * shows what comes, and puts questions.  Two implementations.
 */
#ifndef APP_FRONT_H
#define APP_FRONT_H

#include <stdbool.h>
#include <stdint.h>
#include "app/environment.h"
#include "ssh/session.h"

struct buf;
struct err;
struct front;
struct ladder;
struct notes;
struct options;
struct pollset;
struct ui_answer;
struct ui_question;

/* What the user wants of the loop. */
enum front_wish {
    FRONT_NOTHING,
    FRONT_QUIT,      /* end this program */
    FRONT_CANCEL,    /* no longer wait for a connection */
    FRONT_RECONNECT, /* after a lost connection */
    FRONT_SUSPEND,   /* stop as Ctrl-Z does */
    FRONT_TRY_LOGIN, /* test a new login beside the session */
    FRONT_TRY_STOP   /* no more */
};

struct front_state {
    const char *who;      /* "ubuntu@203.0.113.5", cleaned */
    const char *where;    /* ... and the port: "ubuntu@203.0.113.5:2222" */
    const char *progress; /* what is being waited for; NULL once open */
    uint64_t unanswered;  /* ms: since when, if the server has to answer; 0 */
    /* While a machine is waited for: what keeps it, with the time ("connection
     * refused, 0:42 of 5:00"), and in brief; and as a constant; else NULL. */
    const char *waiting, *waiting_brief, *reason;
    /* What else goes on there, once open, and in brief; constants, or NULL. */
    const char *beside, *beside_brief;
    bool ended; /* the session, as it should */
};

struct front_ops {
    void (*free)(struct front *f);

    /* ---- while waiting ---- */
    void (*watch)(struct front *f, struct pollset *set, uint64_t *wake);
    /* May more output be taken now?  If not, wait for the descriptors. */
    bool (*hungry)(const struct front *f);

    /* ---- one turn ---- */
    void (*input)(struct front *f, const struct pollset *set, uint64_t now);
    void (*output)(struct front *f, uint64_t now);
    /* Does output wait for somebody to take it, or is it being read? */
    bool (*showing)(const struct front *f);

    /* ---- the user ---- */
    void (*state)(struct front *f, const struct front_state *state);
    void (*note)(struct front *f, const char *text); /* lines, ended by LF */
    void (*ask)(struct front *f, const struct ui_question *question);
    bool (*answer)(struct front *f, struct ui_answer *out);
    /* Nobody waits for the answer any more: what is typed goes nowhere. */
    void (*unask)(struct front *f);

    /* ---- the connection ---- */
    void (*opened)(struct front *f);
    /*
     * There is none any more, or it came to none; brief says why in a word or
     * two.  Returns false if the front has no way to go on: end the program.
     */
    bool (*lost)(struct front *f, const struct err *err, const char *brief);

    /* The session has ended: append, in lines, what it showed that goes with
     * the front, if it seems not to have been read.  If notes_vanish. */
    void (*unread)(const struct front *f, struct buf *out);

    /* A new login is being tested: what is waited for, or, when it is done,
     * what came of it; NULL: it was stopped.  For a front that wishes it. */
    void (*trial)(struct front *f, const char *text, bool done);

    /* ---- signals ---- */
    void (*resized)(struct front *f);
    void (*suspend)(struct front *f);
    void (*resume)(struct front *f);
};

/* Every front begins with this. */
struct front {
    const struct front_ops *ops;
    const struct options *opt;
    struct ssh_session *session; /* NULL while there is none; borrowed */
    enum front_wish wish;        /* the loop takes it and clears it */
    struct ssh_pty pty;          /* what to ask the server for */
    struct notes *notes;         /* borrowed */
    bool wants_pty;
    enum terminal_text terminal;
    bool deep_colors; /* 24 bits of them are shown */
    bool can_ask;
    bool offers;       /* what may be done about a failed connection is asked */
    bool waited;       /* when it opens: tell by a bell */
    bool notes_vanish; /* what was shown is gone when the front is freed */
};

/* Can the recording that is asked for be begun?  Else what it is for would go
 * on without it.  Nothing is left behind. */
bool front_can_record(const struct options *opt, struct err *err);

/* The one that the options and the terminal call for; what it cannot do is
 * noted.  The ladder outlives it. */
struct front *front_new(const struct options *opt, struct ladder *ladder,
                        struct notes *notes);

/* The full screen; NULL with *err set if this terminal cannot show it. */
struct front *screen_front_new(const struct options *opt, struct err *err);

/* Standard input and output as they are; with a pty, if one is wanted. */
struct front *pipe_front_new(const struct options *opt);

#endif
