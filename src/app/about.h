/* about.h - what kind of machine is this? */
#ifndef APP_ABOUT_H
#define APP_ABOUT_H

#include <stddef.h>
#include <stdint.h>

struct buf;

#define ABOUT_MS      5000 /* the longest that an answer is waited for ... */
#define ABOUT_WAIT_MS (ABOUT_MS + ABOUT_MS / 10) /* ... with its way here */

/* What the command ends with, of OWN_STATUS_MIN to OWN_STATUS_MAX. */
#define ABOUT_STATUS 80

/* What its first row begins with. */
#define ABOUT_FIRST "System "

/*
 * Append a command for any login shell that only reads, and ends by itself
 * after ABOUT_MS: it prints rows of a name and what was found, for people.
 * blob: of the public key that the login was by, which is told from the others
 * that are authorized; len 0: it was by none.
 */
void about_put_command(struct buf *out, const uint8_t *blob, size_t len);

#endif
