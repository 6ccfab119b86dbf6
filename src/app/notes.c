#include "app/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include "base/mem.h"
#include "base/text.h"

void notes_init(struct notes *n, enum note_level level)
{
    n->level = level;
    buf_init(&n->text);
}

void notes_free(struct notes *n)
{
    buf_free(&n->text);
}

void notes_add(struct notes *n, enum note_level level, const char *fmt, ...)
{
    va_list ap, again;
    size_t size;
    char *line;

    if (level > n->level)
        return;
    va_start(ap, fmt);
    va_copy(again, ap);
    size = (size_t)vsnprintf(NULL, 0, fmt, ap) + 1; /* a banner is long */
    line = mem_alloc(size);
    vsnprintf(line, size, fmt, again);
    va_end(again);
    va_end(ap);
    text_clean(&n->text, line, size - 1, true);
    buf_put_byte(&n->text, '\n');
    mem_free(line);
}
