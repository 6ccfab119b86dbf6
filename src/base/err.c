#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "base/text.h"

enum { MSG_SIZE = sizeof(((struct err *)NULL)->msg) };

/* In memory of its own: an argument may be the sentence that is replaced. */
static void format(char text[MSG_SIZE], const char *fmt, va_list ap)
{
    if (vsnprintf(text, MSG_SIZE, fmt, ap) < 0)
        text[0] = '\0';
    text_sanitize(text);
}

/* head, ": " and tail; head is cut as far as tail, up to half, needs it. */
static void join(struct err *err, char head[MSG_SIZE], const char *tail)
{
    size_t need = strlen(": ") + strlen(tail) + 1;
    size_t room = MSG_SIZE - (need < MSG_SIZE / 2 ? need : MSG_SIZE / 2);

    if (strlen(head) > room) {
        head[room] = '\0';
        text_sanitize(head);
    }
    (void)snprintf(err->msg, sizeof err->msg, "%s: %s", head, tail);
    text_sanitize(err->msg);
}

void err_clear(struct err *err)
{
    err->code = ERR_NONE;
    err->msg[0] = '\0';
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
    char text[MSG_SIZE];
    va_list ap;

    va_start(ap, fmt);
    format(text, fmt, ap);
    va_end(ap);
    err->code = code;
    memcpy(err->msg, text, strlen(text) + 1);
    return false;
}

bool err_sys(struct err *err, const char *fmt, ...)
{
    int saved = errno;
    char head[MSG_SIZE];
    va_list ap;

    va_start(ap, fmt);
    format(head, fmt, ap);
    va_end(ap);
    err->code = ERR_SYSTEM;
    join(err, head, strerror(saved));
    errno = saved;
    return false;
}

bool err_prefix(struct err *err, const char *fmt, ...)
{
    char head[MSG_SIZE], tail[MSG_SIZE];
    va_list ap;

    va_start(ap, fmt);
    format(head, fmt, ap);
    va_end(ap);
    memcpy(tail, err->msg, sizeof tail);
    join(err, head, tail);
    return false;
}

bool err_command(struct err *err, const char *command, const char *file,
                 const char *rest)
{
    struct buf word = { 0 };

    text_shell_word(&word, file);
    err_set(err, err->code, "%s %s %s%s%s", err->msg, command, buf_str(&word),
            *rest != '\0' ? " " : "", rest);
    buf_free(&word);
    return false;
}
