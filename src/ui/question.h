/*
 * question.h - one question to the user, the same on the full screen
 * (ui.h) and on a plain terminal (plain.h).
 *
 * A title, a text, and a line to type; what may be typed is listed.  It never
 * blocks: its owner feeds it what the user types.  Esc, Ctrl-C and Ctrl-D on
 * an empty line cancel.
 */
#ifndef UI_QUESTION_H
#define UI_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

struct secret;

/* Columns: fewer are a narrow screen, where a box takes all of them, also the
 * status line's row, and long hints have no room. */
#define UI_NARROW 60u

struct ui_choice {
    const char *word;  /* what to type: "a" */
    const char *label; /* "accept and remember this key" */
};

struct ui_question {
    const char *title; /* NULL: a one-line question, nothing but prompt */
    const char *text;  /* paragraphs separated by \n, cleaned; wrapped */
    const char
        *prompt;  /* before the typed line; NULL: a notice, any key ends */
    bool confirm; /* without a prompt: y is yes, Enter too if there is no hint;
                     n or Esc is no, any other key too if there is a hint */
    bool echo;    /* show what is typed */
    bool multiline;   /* what is pasted may be a text of lines, of up to 1 MiB;
                     they come with LF between them, without empty ones */
    bool live;        /* the full screen tells each change: see UI_EDIT */
    bool alert;       /* a warning: draw it so that it is noticed */
    bool menu;        /* without a prompt: one of the choices is picked, and its
                     word is the answer; with live, keys that do not move come
                     as UI_KEY */
    unsigned passed;  /* bit n is a control character n whose key is not the
                     question's, but comes as UI_KEY */
    bool pastes_pass; /* what is pasted is not the question's, but comes as
                     UI_PASTE */
    size_t selected;  /* the choice that a menu begins at */
    unsigned below;   /* rows of the screen, from the top, that led to it: a box
                     goes below them if there is room */
    bool at_end;      /* of a text that is too long, show the end first */
    size_t again;     /* from this byte of text on ... */
    size_t again_len; /* ... so many were in the question before: on a plain
                         terminal they stand above, and are left out */
    const char *hint; /* what the keys do, in the border; NULL: the usual */
    const struct ui_choice *choices; /* listed below the text */
    size_t choices_len;
};

struct ui_answer {
    bool cancelled;
    struct secret *line; /* what was typed, for secret_free(); NULL if
                            cancelled */
};

#endif
