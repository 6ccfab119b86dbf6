#include "app/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "base/mem.h"
#include "base/text.h"
#include "sys/clock.h"

#define LOG_MAX (64u * 1024) /* bytes */

void notes_init(struct notes *n, enum note_level level)
{
    n->level = level;
    n->begun = clock_ms();
    buf_init(&n->text);
    buf_init(&n->last);
    n->kept = 0;
    buf_init(&n->log);
}

void notes_free(struct notes *n)
{
    buf_free(&n->text);
    buf_free(&n->last);
    buf_free(&n->log);
}

void notes_keep(struct notes *n)
{
    n->kept = n->text.len;
}

void notes_forget(struct notes *n)
{
    n->text.len = n->kept;
}

void notes_clear(struct notes *n)
{
    buf_clear(&n->text);
    n->kept = 0;
}

static char *formatted(const char *fmt, va_list ap)
{
    va_list again;
    size_t size;
    char *line;

    va_copy(again, ap);
    size = (size_t)vsnprintf(NULL, 0, fmt, ap) + 1; /* a banner is long */
    line = mem_alloc(size);
    vsnprintf(line, size, fmt, again);
    va_end(again);
    return line;
}

static void drop_oldest(struct buf *log)
{
    const uint8_t *end;

    while (log->len > LOG_MAX) {
        end = memchr(log->data, '\n', log->len);
        if (end == NULL) {
            buf_clear(log);
            return;
        }
        buf_consume(log, (size_t)(end - log->data) + 1);
    }
}

static void add_to_log(struct notes *n, const char *line)
{
    time_t now = time(NULL);
    struct buf clean = { 0 };
    struct tm tm;
    char text[16];

    localtime_r(&now, &tm);
    strftime(text, sizeof text, "%H:%M:%S  ", &tm);
    buf_put_str(&n->log, text);
    text_clean(&clean, line, strlen(line), true);
    for (line = buf_str(&clean); *line != '\0'; line++) {
        buf_put_byte(&n->log, (uint8_t)*line);
        if (*line == '\n') /* more of it stands below its beginning */
            buf_printf(&n->log, "%*s", (int)strlen(text), "");
    }
    buf_put_byte(&n->log, '\n');
    buf_free(&clean);
    drop_oldest(&n->log);
}

void notes_log(struct notes *n, const char *fmt, ...)
{
    va_list ap;
    char *line;

    va_start(ap, fmt);
    line = formatted(fmt, ap);
    va_end(ap);
    add_to_log(n, line);
    mem_free(line);
}

void notes_at_end(struct notes *n, const char *line)
{
    add_to_log(n, line);
    if (n->level < NOTE_NORMAL)
        return;
    text_clean(&n->last, line, strlen(line), false);
    buf_put_byte(&n->last, '\n');
}

/* "0.142 s  " */
static void put_time(struct notes *n)
{
    uint64_t ms = clock_ms() - n->begun;

    buf_printf(&n->text, "%llu.%03u s  ", (unsigned long long)(ms / 1000),
               (unsigned)(ms % 1000));
}

void notes_add(struct notes *n, enum note_level level, const char *fmt, ...)
{
    va_list ap;
    char *line;

    va_start(ap, fmt);
    line = formatted(fmt, ap);
    va_end(ap);
    if (level < NOTE_DEBUG)
        add_to_log(n, line);
    if (level <= n->level) {
        if (n->level == NOTE_DEBUG)
            put_time(n);
        text_clean(&n->text, line, strlen(line), true);
        buf_put_byte(&n->text, '\n');
    }
    mem_free(line);
}
