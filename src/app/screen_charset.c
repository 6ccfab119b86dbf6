/*
 * screen_charset.c - a server whose programs do not speak UTF-8.
 *
 * The vt, the log and the recording know only UTF-8: what comes is converted
 * before they get it, and what is typed or pasted after the vt has encoded it.
 * Reports to the server are ASCII, or bytes that are no text.
 */
#include "app/screen.h"

#include <strings.h>
#include "config/options.h"
#include "sys/codeset.h"

bool screen_charset_open(struct screen *s, const char *name, struct err *err)
{
    if (strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0)
        return true;
    s->charset = codeset_open(name, err);
    return s->charset != NULL;
}

void screen_charset_free(struct screen *s)
{
    codeset_free(s->charset);
    buf_free(&s->converted);
}

const uint8_t *screen_charset_in(struct screen *s, const uint8_t *bytes,
                                 size_t *n)
{
    if (s->charset == NULL)
        return bytes;
    buf_clear(&s->converted);
    codeset_decode(s->charset, bytes, *n, &s->converted);
    *n = s->converted.len;
    return s->converted.data;
}

void screen_charset_out(struct screen *s, struct buf *bytes)
{
    struct buf out = { 0 };
    size_t missing;

    if (s->charset == NULL)
        return;
    missing = codeset_encode(s->charset, bytes->data, bytes->len, &out);
    buf_free(bytes);
    *bytes = out;
    if (missing == 0)
        return;
    ui_beep(s->ui);
    screen_say(s, "%zu character%s left out: not in %.40s", missing,
               missing == 1 ? "" : "s", codeset_name(s->charset));
}
