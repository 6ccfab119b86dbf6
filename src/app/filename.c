#include "app/filename.h"

#include <stdbool.h>
#include "base/buf.h"

static void put_time(struct buf *out, const char *format, const struct tm *tm)
{
    char text[16];

    buf_put(out, text, strftime(text, sizeof text, format, tm));
}

static void put_host(struct buf *out, const char *host)
{
    const char *p;

    for (p = host; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        bool plain = c > ' ' && c != '/' && c != '\\' && c != 0x7f &&
                     !(c == '.' && p == host);

        buf_put_byte(out, plain ? c : '_');
    }
}

/* False if the letter means nothing. */
static bool put_word(struct buf *out, char letter,
                     const struct filename_facts *facts)
{
    switch (letter | 32) {
    case 'y': put_time(out, "%Y", &facts->time); break;
    case 'm': put_time(out, "%m", &facts->time); break;
    case 'd': put_time(out, "%d", &facts->time); break;
    case 't': put_time(out, "%H%M%S", &facts->time); break;
    case 'h': put_host(out, facts->host); break;
    case 'p': buf_printf(out, "%u", facts->port); break;
    default: return false;
    }
    return true;
}

void filename_expand(struct buf *out, const char *pattern,
                     const struct filename_facts *facts)
{
    const char *p;

    for (p = pattern; *p != '\0'; p++) {
        if (*p == '&' && p[1] == '&') {
            buf_put_byte(out, '&');
            p++;
        } else if (*p == '&' && put_word(out, p[1], facts)) {
            p++;
        } else {
            buf_put_byte(out, (uint8_t)*p);
        }
    }
}
