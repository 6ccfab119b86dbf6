#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "base/text.h"

static void format(struct err *err, size_t at, const char *fmt, va_list ap)
{
    int n;

    if (at >= sizeof err->msg)
        return;
    n = vsnprintf(err->msg + at, sizeof err->msg - at, fmt, ap);
    if (n < 0)
        err->msg[at] = '\0';
    text_sanitize(err->msg);
}

void err_clear(struct err *err)
{
    err->code = ERR_NONE;
    err->msg[0] = '\0';
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
    va_list ap;

    err->code = code;
    va_start(ap, fmt);
    format(err, 0, fmt, ap);
    va_end(ap);
    return false;
}

bool err_sys(struct err *err, const char *fmt, ...)
{
    int saved = errno;
    va_list ap;
    size_t n;

    err->code = ERR_SYSTEM;
    va_start(ap, fmt);
    format(err, 0, fmt, ap);
    va_end(ap);
    n = strlen(err->msg);
    snprintf(err->msg + n, sizeof err->msg - n, ": %s", strerror(saved));
    text_sanitize(err->msg);
    errno = saved;
    return false;
}

bool err_prefix(struct err *err, const char *fmt, ...)
{
    char old[sizeof err->msg];
    va_list ap;
    size_t n;

    memcpy(old, err->msg, sizeof old);
    va_start(ap, fmt);
    format(err, 0, fmt, ap);
    va_end(ap);
    n = strlen(err->msg);
    snprintf(err->msg + n, sizeof err->msg - n, ": %s", old);
    text_sanitize(err->msg);
    return false;
}
