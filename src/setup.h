/* setup.h - --setup: from nothing to what a connection needs. */
#ifndef SETUP_H
#define SETUP_H

#include <stdbool.h>

struct err;
struct options;

/*
 * A key, made if there is none; its line for the provider's panel on standard
 * output; then the machine's address, asked for, goes into *opt, with a wait
 * for its boot.  say shows lines for the user.  False: *err says why.
 */
bool setup_run(struct options *opt, void (*say)(const char *text),
               struct err *err);

#endif
