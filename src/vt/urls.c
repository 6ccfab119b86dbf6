#include "vt/urls.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const char *const schemes[] = {
    "https://", "http://", "ftp://", "ftps://", "sftp://",
    "ssh://",   "file://", "git://", "mailto:",
};

static bool is_alnum(uint32_t ch)
{
    return (ch >= '0' && ch <= '9') || ((ch | 32) >= 'a' && (ch | 32) <= 'z');
}

static bool in_set(uint32_t ch, const char *set)
{
    return ch < 0x80 && ch != 0 && strchr(set, (int)ch) != NULL;
}

static bool is_url_char(uint32_t ch)
{
    return is_alnum(ch) || (ch > 0xa0 && !vt_text_breaks(ch)) ||
           in_set(ch, "-._~:/?#[]@!$&'()*+,;=%");
}

/* The length of the scheme that character i begins with; 0 if none. */
static size_t scheme_at(const struct vt_text *t, size_t i)
{
    size_t s, k;

    for (s = 0; s < COUNT(schemes); s++) {
        for (k = 0; schemes[s][k] != '\0' && i + k < t->n; k++) {
            uint32_t ch = t->ch[i + k];

            if ((is_alnum(ch) ? ch | 32 : ch) != (uint8_t)schemes[s][k])
                break;
        }
        if (schemes[s][k] == '\0')
            return k;
    }
    return 0;
}

/* Without the punctuation at the end, and without closing brackets there that
 * are the partners of none inside. */
static size_t trim(const struct vt_text *t, size_t from, size_t end)
{
    long round = 0, square = 0; /* opened and not closed */
    size_t i;

    for (i = from; i < end; i++) {
        round += (t->ch[i] == '(') - (t->ch[i] == ')');
        square += (t->ch[i] == '[') - (t->ch[i] == ']');
    }
    for (; end > from; end--) {
        uint32_t ch = t->ch[end - 1];

        if (ch == ')' && round < 0)
            round++;
        else if (ch == ']' && square < 0)
            square++;
        else if (!in_set(ch, ".,;:!?'*"))
            break;
    }
    return end;
}

bool vt_url_find(const struct vt_text *t, size_t i, size_t *from, size_t *end)
{
    size_t scheme, e;

    for (; i < t->n; i++) {
        if ((i > 0 && is_alnum(t->ch[i - 1])) ||
            (scheme = scheme_at(t, i)) == 0)
            continue;
        for (e = i + scheme; e < t->n && is_url_char(t->ch[e]); e++)
            ;
        e = trim(t, i, e);
        if (e <= i + scheme)
            continue;
        *from = i;
        *end = e;
        return true;
    }
    return false;
}
