/*
 * plain.h - questions and notes on a plain terminal, outside the full screen.
 *
 * Uses /dev/tty, so standard input and output stay the remote command's.  Any
 * terminal will do: no escape sequence is written but for bracketed paste,
 * where lines may be pasted and TERM is not "dumb".
 */
#ifndef UI_PLAIN_H
#define UI_PLAIN_H

#include <stdbool.h>
#include "ui/question.h"

struct plain;

/* NULL if this process has no terminal to ask on. */
struct plain *plain_open(void);
/* NULL is allowed.  An open question is cancelled, the modes given back. */
void plain_close(struct plain *p);

/* Poll for POLLIN while asking. */
int plain_fd(const struct plain *p);

/* Ask; the texts are copied. */
void plain_ask(struct plain *p, const struct ui_question *question);

/* Take in what was typed; true when the question is answered. */
bool plain_read(struct plain *p);
struct ui_answer plain_take_answer(struct plain *p);
/* The open question is none any more, and half an answer nobody else's. */
void plain_drop(struct plain *p);

/*
 * Without a question: are keys listened for?  plain_stopped() takes in what
 * was typed and tells whether a key that would cancel a question was.  A
 * question ends the listening.
 */
void plain_listen(struct plain *p, bool on);
bool plain_listens(const struct plain *p);
bool plain_stopped(struct plain *p);

/* Was Ctrl-Z typed at the question, or while listening?  Told once. */
bool plain_wants_stop(struct plain *p);

/* Before a stop: the modes given back.  After it: the prompt once more. */
void plain_pause(struct plain *p);
void plain_redraw(struct plain *p);

#endif
