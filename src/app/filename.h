/* filename.h - names of log files, with time and host in them.  Pure. */
#ifndef APP_FILENAME_H
#define APP_FILENAME_H

#include <time.h>

struct buf;

struct filename_facts {
    struct tm time;
    const char *host;
    unsigned port;
};

/*
 * Append a pattern with its &-words replaced, as PuTTY does: &Y the year, &M
 * the month, &D the day, &T the time (HHMMSS), &H the host, &P the port; && is
 * one &.  In capitals or not.  Of the host, what cannot stand in a file's name
 * becomes an underscore.
 */
void filename_expand(struct buf *out, const char *pattern,
                     const struct filename_facts *facts);

#endif
