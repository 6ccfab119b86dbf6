/* about.h - what kind of machine is this? */
#ifndef APP_ABOUT_H
#define APP_ABOUT_H

#include <stdint.h>

#define ABOUT_MS 5000 /* the longest that an answer is waited for */

/*
 * A command for any login shell that only reads, and ends by itself after
 * ABOUT_MS: it prints rows of a name and what was found, for people.
 */
extern const char about_command[];

#endif
