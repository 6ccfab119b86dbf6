#include "app/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
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
    char line[4096];
    va_list ap;

    if (level > n->level)
        return;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    text_clean(&n->text, line, strlen(line), true);
    buf_put_byte(&n->text, '\n');
}
