/*
 * escape.h - the escape character of ssh(1): "~." after a newline and the
 * like, found in the stream of typed bytes.
 */
#ifndef APP_ESCAPE_H
#define APP_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CTRL_Z 0x1a

struct buf;

enum escape_action {
    ESCAPE_NONE,
    ESCAPE_DISCONNECT, /* ~. */
    ESCAPE_SUSPEND,    /* ~^Z */
    ESCAPE_HELP        /* ~? */
};

struct escape {
    int character; /* '~'; -1: none */
    enum { ESCAPE_LINE_START, ESCAPE_PENDING, ESCAPE_IN_LINE } state;
};

void escape_init(struct escape *e, int character);

/* Does an escape character, the last that was typed, wait for its command? */
bool escape_waits(const struct escape *e);

/*
 * Append to out what of the typed bytes goes to the server.  Stops behind the
 * first action; *used says how many bytes were looked at.
 */
enum escape_action escape_filter(struct escape *e, const uint8_t *typed,
                                 size_t len, struct buf *out, size_t *used);

/*
 * Pasted bytes are no commands: the caller sends them as they are, but first
 * what this appends to out, an escape character that waited.
 */
void escape_pass(struct escape *e, const uint8_t *pasted, size_t len,
                 struct buf *out);

#endif
