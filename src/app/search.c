/*
 * A text (wrapped lines joined) is matched as an array of characters when the
 * pattern is plain, and as UTF-8 when it is an expression.  Most texts of a
 * long scrollback have no match, which is seen on their stored bytes without
 * unpacking them.
 */
#include "app/search.h"

#include <regex.h>
#include <string.h>
#include <wctype.h>
#include "app/needle.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"

struct search {
    bool fold; /* both cases */
    bool is_regex;
    regex_t regex;
    uint32_t *ch; /* the plain pattern, n characters, folded */
    size_t n;
    struct needle *needle; /* the same; NULL: there is no such short cut */

    /* The text at hand: */
    struct vt_text text;
    struct buf utf8; /* for the expression, NUL behind it */
    uint32_t *start; /* where each character begins in utf8 */
    size_t start_cap;
};

/* A match as characters of the text. */
struct hit {
    size_t from, end;
};

/* ---- patterns ---- */

static bool has_capitals(const char *pattern)
{
    const uint8_t *p = (const uint8_t *)pattern;
    size_t n = strlen(pattern), used;
    uint32_t ch;

    for (; n != 0; p += used, n -= used) {
        used = utf8_decode(p, n, &ch);
        if (used == 0)
            break;
        if (iswupper((wint_t)ch))
            return true;
    }
    return false;
}

static uint32_t fold(const struct search *s, uint32_t ch)
{
    return s->fold ? needle_fold(ch) : ch;
}

static bool compile(struct search *s, const char *pattern, struct err *err)
{
    char why[128];
    int code =
        regcomp(&s->regex, pattern, REG_EXTENDED | (s->fold ? REG_ICASE : 0));

    if (code == 0) {
        s->is_regex = true;
        return true;
    }
    regerror(code, &s->regex, why, sizeof why);
    return err_set(err, ERR_USAGE, "%s", why);
}

static void take_plain(struct search *s, const char *pattern)
{
    const uint8_t *p = (const uint8_t *)pattern;
    size_t len = strlen(pattern), used;
    uint32_t ch;

    s->ch = mem_array(len, sizeof *s->ch);
    for (; len != 0; p += used, len -= used) {
        used = utf8_decode(p, len, &ch);
        if (used == 0)
            break;
        s->ch[s->n++] = fold(s, ch);
    }
    s->needle = needle_new(s->ch, s->n, s->fold);
}

struct search *search_new(const char *pattern, bool regex, struct err *err)
{
    struct search *s = mem_alloc(sizeof *s);

    s->fold = !has_capitals(pattern);
    if (!regex) {
        take_plain(s, pattern);
    } else if (!compile(s, pattern, err)) {
        search_free(s);
        return NULL;
    }
    return s;
}

void search_free(struct search *s)
{
    if (s == NULL)
        return;
    if (s->is_regex)
        regfree(&s->regex);
    mem_free(s->ch);
    needle_free(s->needle);
    mem_free(s->start);
    buf_free(&s->utf8);
    vt_text_free(&s->text);
    mem_free(s);
}

/* ---- one text ---- */

static void load_utf8(struct search *s)
{
    const struct vt_text *t = &s->text;
    uint8_t enc[4];
    size_t i;

    if (t->n + 1 > s->start_cap) {
        s->start_cap = (t->n + 1) * 2;
        s->start = mem_resize(s->start, s->start_cap, sizeof *s->start);
    }
    buf_clear(&s->utf8);
    for (i = 0; i < t->n; i++) {
        s->start[i] = (uint32_t)s->utf8.len;
        buf_put(&s->utf8, enc, utf8_encode(t->ch[i], enc));
    }
    s->start[t->n] = (uint32_t)s->utf8.len;
    buf_str(&s->utf8);
}

static void load(struct search *s, const struct vt *vt, uint64_t line)
{
    vt_text_load(&s->text, vt, line);
    if (s->is_regex)
        load_utf8(s);
}

/* The character that holds a byte of utf8. */
static size_t char_of(const struct search *s, size_t byte)
{
    size_t low = 0, high = s->text.n, middle;

    while (low < high) {
        middle = low + (high - low + 1) / 2;
        if (s->start[middle] <= byte)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* The first match at or behind a byte of utf8. */
#ifdef REG_STARTEND
static bool match_from(const struct search *s, size_t at, regmatch_t *m)
{
    m->rm_so = (regoff_t)at; /* what is before it is not out of sight */
    m->rm_eo = (regoff_t)s->start[s->text.n];
    return regexec(&s->regex, (const char *)s->utf8.data, 1, m, REG_STARTEND) ==
           0;
}
#else /* a word may seem to begin there */
static bool match_from(const struct search *s, size_t at, regmatch_t *m)
{
    if (regexec(&s->regex, (const char *)s->utf8.data + at, 1, m,
                at != 0 ? REG_NOTBOL : 0) != 0)
        return false;
    m->rm_so += (regoff_t)at;
    m->rm_eo += (regoff_t)at;
    return true;
}
#endif

static bool find_regex(const struct search *s, size_t from, struct hit *hit)
{
    regmatch_t m;

    *hit = (struct hit){ from, from };
    for (; from < s->text.n; from = hit->end + 1) {
        if (!match_from(s, s->start[from], &m))
            return false;
        hit->from = char_of(s, (size_t)m.rm_so);
        hit->end = char_of(s, (size_t)m.rm_eo);
        if (m.rm_eo > m.rm_so) {
            if (hit->end == hit->from)
                hit->end++; /* a part of a character, in the C locale */
            return true;
        }
    }
    return false;
}

static bool matches_at(const struct search *s, size_t at)
{
    size_t i;

    for (i = 0; i < s->n; i++)
        if (fold(s, s->text.ch[at + i]) != s->ch[i])
            return false;
    return true;
}

static bool find_plain(const struct search *s, size_t from, struct hit *hit)
{
    if (s->n == 0)
        return false;
    for (; from + s->n <= s->text.n; from++) {
        if (matches_at(s, from)) {
            *hit = (struct hit){ from, from + s->n };
            return true;
        }
    }
    return false;
}

/* The first hit that begins at or behind a character. */
static bool find(const struct search *s, size_t from, struct hit *hit)
{
    return s->is_regex ? find_regex(s, from, hit) : find_plain(s, from, hit);
}

static struct vt_range match_of(const struct search *s, const struct hit *hit)
{
    return (struct vt_range){ vt_text_place(&s->text, hit->from),
                              vt_text_place(&s->text, hit->end - 1) };
}

/* ---- all texts ---- */

/*
 * Is it certain, without unpacking, that the text with this line has no match?
 * Then text.line and text.rows say which it is.
 */
static bool is_hopeless(struct search *s, const struct vt *vt, uint64_t line)
{
    if (s->needle == NULL && !s->is_regex)
        return false;
    if (!vt_text_bytes(&s->text, vt, line, &s->utf8))
        return false;
    if (s->is_regex)
        return regexec(&s->regex, buf_str(&s->utf8), 0, NULL, 0) != 0;
    return !needle_in(s->needle, s->utf8.data, s->utf8.len);
}

/* The first hit at or behind a place, in the text that is loaded. */
static bool hit_behind(const struct search *s, struct vt_place from,
                       struct vt_range *out)
{
    struct hit hit;

    if (!find(s, vt_text_find(&s->text, from), &hit))
        return false;
    *out = match_of(s, &hit);
    return true;
}

/* The last hit before a place. */
static bool hit_before(const struct search *s, struct vt_place from,
                       struct vt_range *out)
{
    struct vt_range m;
    struct hit hit;
    size_t at = 0;
    bool found = false;

    for (; find(s, at, &hit); at = hit.end) {
        m = match_of(s, &hit);
        if (vt_place_compare(m.from, from) >= 0)
            break;
        *out = m;
        found = true;
    }
    return found;
}

static bool search_down(struct search *s, const struct vt *vt,
                        struct vt_place from, struct vt_range *out)
{
    uint64_t line = from.line, end = vt_end_line(vt);

    while (line < end) {
        if (!is_hopeless(s, vt, line)) {
            load(s, vt, line);
            if (hit_behind(s, from, out))
                return true;
        }
        line = s->text.line + s->text.rows;
    }
    return false;
}

static bool search_up(struct search *s, const struct vt *vt,
                      struct vt_place from, struct vt_range *out)
{
    uint64_t line = from.line, first = vt_first_line(vt);

    for (;;) {
        if (!is_hopeless(s, vt, line)) {
            load(s, vt, line);
            if (hit_before(s, from, out))
                return true;
        }
        if (s->text.line <= first)
            return false;
        line = s->text.line - 1;
    }
}

bool search_next(struct search *s, const struct vt *vt, struct vt_place from,
                 bool back, struct vt_range *out)
{
    if (from.line < vt_first_line(vt))
        from = (struct vt_place){ vt_first_line(vt), 0 };
    if (from.line >= vt_end_line(vt))
        from = (struct vt_place){ vt_end_line(vt) - 1, VT_MAX_SIDE };
    return back ? search_up(s, vt, from, out) : search_down(s, vt, from, out);
}

size_t search_within(struct search *s, const struct vt *vt, uint64_t first,
                     uint64_t end, struct vt_range *out, size_t max)
{
    uint64_t line = first > vt_first_line(vt) ? first : vt_first_line(vt);
    struct hit hit;
    size_t n = 0, at;

    for (; line < end && n < max; line = s->text.line + s->text.rows) {
        load(s, vt, line);
        if (s->text.rows == 0)
            break;
        for (at = 0; n < max && find(s, at, &hit); at = hit.end) {
            out[n] = match_of(s, &hit);
            if (out[n].last.line >= first && out[n].from.line < end)
                n++;
        }
    }
    return n;
}
