/*
 * tap.h - the Test Anything Protocol for one test program.
 *
 * A check prints its line at once; tap_done() prints the plan and gives the
 * exit status.  Names are printf formats.
 */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/attr.h"

static struct {
    unsigned run, failed;
} tap;

static inline bool ok(bool pass, const char *name, ...) ATTR_PRINTF(2, 3);
static inline void diag(const char *fmt, ...) ATTR_PRINTF(1, 2);

static inline bool ok(bool pass, const char *name, ...)
{
    va_list ap;

    printf("%sok %u - ", pass ? "" : "not ", ++tap.run);
    va_start(ap, name);
    vprintf(name, ap);
    va_end(ap);
    putchar('\n');
    fflush(stdout);
    if (!pass)
        tap.failed++;
    return pass;
}

static inline void diag(const char *fmt, ...)
{
    va_list ap;

    fputs("# ", stdout);
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
}

static inline bool is_str(const char *got, const char *want, const char *name)
{
    bool same =
        got == want || (got != NULL && want != NULL && strcmp(got, want) == 0);

    if (!ok(same, "%s", name)) {
        diag("got:  %s", got != NULL ? got : "(null)");
        diag("want: %s", want != NULL ? want : "(null)");
    }
    return same;
}

static inline bool is_num(long long got, long long want, const char *name)
{
    if (!ok(got == want, "%s", name)) {
        diag("got:  %lld", got);
        diag("want: %lld", want);
    }
    return got == want;
}

static inline int tap_done(void)
{
    printf("1..%u\n", tap.run);
    if (tap.failed != 0)
        diag("%u of %u failed", tap.failed, tap.run);
    return tap.failed == 0 ? 0 : 1;
}

#endif
