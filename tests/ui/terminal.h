/*
 * terminal.h - a terminal to run the ui on: a pty with our vt reading it.
 *
 * Nothing sleeps: one waits until the screen is as it should be, and gives up
 * after DEADLINE_MS.
 */
#ifndef TESTS_UI_TERMINAL_H
#define TESTS_UI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>
#include "vt/vt.h"

#define DEADLINE_MS 10000u

struct terminal {
    int fd;    /* the master */
    int slave; /* kept open, so that the modes can be asked for */
    pid_t pid; /* 0: ended, and its status is known */
    int status;
    struct vt *vt;
    uint64_t bytes;       /* written by the child so far */
    const char *unknown;  /* as in the setup */
    bool answers;         /* the same */
    size_t matched;       /* bytes of the unknown one that have come */
    struct termios modes; /* before the child ran */
};

struct terminal_setup {
    const char *term, *locale, *colorterm; /* NULL: not set */
    unsigned cols, rows;
    bool clusters;         /* makes one of all graphemes (mode 2027) */
    const char *unknown;   /* a character that it does not know, a blank, and
                              what it has instead; NULL: none */
    bool answers;          /* what it is asked */
    bool tmux;             /* says that it is tmux */
    bool windows;          /* ... or Windows Terminal */
    int (*run)(void *arg); /* in the child, on the terminal */
    void *arg;
};

struct terminal *terminal_start(const struct terminal_setup *setup);
/* Waits for the child to end; its wait status. */
int terminal_wait(struct terminal *t);
/* Kills what is left. */
void terminal_free(struct terminal *t);

void terminal_type(struct terminal *t, const char *bytes, size_t n);
void terminal_resize(struct terminal *t, unsigned cols, unsigned rows);

/* Read until done(t, arg) holds; false at the deadline or the child's end. */
bool terminal_until(struct terminal *t,
                    bool (*done)(const struct terminal *t, const void *arg),
                    const void *arg);
/* Until this text stands somewhere on one row. */
bool terminal_expect(struct terminal *t, const char *text);
/* Until it is all of a row, but for blanks at the end. */
bool terminal_expect_row(struct terminal *t, unsigned row, const char *text);

/* Until it stands nowhere any more. */
bool terminal_expect_gone(struct terminal *t, const char *text);

/* Until the cursor, which is moved last, is in this column. */
bool terminal_expect_column(struct terminal *t, unsigned col);

/* A row as UTF-8 without the blanks at its end, for mem_free(). */
char *terminal_row(const struct vt *vt, unsigned row);
/* The screen as diagnostics. */
void terminal_show(const struct terminal *t);

#endif
