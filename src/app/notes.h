/* notes.h - what happened, in lines for the user, until somebody shows it. */
#ifndef APP_NOTES_H
#define APP_NOTES_H

#include "base/attr.h"
#include "base/buf.h"

enum note_level {
    NOTE_QUIET = -1,
    NOTE_NORMAL = 0,  /* shown unless -q */
    NOTE_VERBOSE = 1, /* -v */
    NOTE_DEBUG = 2    /* -v -v: each line with its time, too */
};

struct notes {
    enum note_level level; /* notes above it are dropped */
    uint64_t begun;        /* ms: what the times of debugging count from */
    struct buf text;       /* harmless UTF-8, lines ended by LF */
    struct buf last;       /* likewise, for the end */
    size_t kept;           /* bytes of it that are of no single attempt */
    struct buf log; /* all of them whatever the level, but for debugging, each
                       with its time; the oldest go when it becomes long */
};

/* The clock of debugging's times begins. */
void notes_init(struct notes *n, enum note_level level);
/* Its texts; n itself is the caller's. */
void notes_free(struct notes *n);

/* Add a line (or some): control characters become harmless. */
void notes_add(struct notes *n, enum note_level level, const char *fmt, ...)
    ATTR_PRINTF(3, 4);

/* What is there by now stays when an attempt that failed is forgotten. */
void notes_keep(struct notes *n);
void notes_forget(struct notes *n);
/* All of it was shown. */
void notes_clear(struct notes *n);

/* Into the log, and for the end: the session goes on, and its screen goes. */
void notes_at_end(struct notes *n, const char *line);

/* Into the log only. */
void notes_log(struct notes *n, const char *fmt, ...) ATTR_PRINTF(2, 3);

#endif
