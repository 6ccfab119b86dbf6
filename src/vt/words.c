#include "vt/words.h"

#include <string.h>
#include "vt/urls.h"

enum kind { BLANK, WORD, OTHER };

static enum kind kind_of(uint32_t ch, bool big)
{
    if (ch == ' ' || ch == '\t' || ch == 0xa0 || ch == 0x3000)
        return BLANK;
    if (big || (ch >= 0x80 && !vt_text_breaks(ch)) || ch == '_' ||
        (ch >= '0' && ch <= '9') || ((ch | 32) >= 'a' && (ch | 32) <= 'z'))
        return WORD;
    return OTHER;
}

/* Where the word that holds character i ends. */
static size_t end_of_run(const struct vt_text *t, size_t i, bool big)
{
    enum kind kind = kind_of(t->ch[i], big);

    while (i < t->n && kind_of(t->ch[i], big) == kind)
        i++;
    return i;
}

static size_t end_of_blanks(const struct vt_text *t, size_t i)
{
    while (i < t->n && kind_of(t->ch[i], false) == BLANK)
        i++;
    return i;
}

struct vt_place vt_word_next(const struct vt *vt, struct vt_place from,
                             bool big)
{
    struct vt_text t = { 0 };
    struct vt_place at = from;
    size_t i;

    vt_text_load(&t, vt, from.line);
    i = vt_text_find(&t, from);
    if (i < t.n)
        i = end_of_blanks(&t, end_of_run(&t, i, big));
    while (i >= t.n && t.line + t.rows < vt_end_line(vt)) {
        vt_text_load(&t, vt, t.line + t.rows);
        i = end_of_blanks(&t, 0);
        at = (struct vt_place){ t.line, 0 };
        if (t.n == 0) /* an empty line is a word, to vi */
            break;
    }
    if (i < t.n)
        at = vt_text_place(&t, i);
    else if (t.n != 0)
        at = vt_text_place(&t, t.n - 1);
    vt_text_free(&t);
    return at;
}

struct vt_place vt_word_end(const struct vt *vt, struct vt_place from, bool big)
{
    struct vt_text t = { 0 };
    struct vt_place at = from;
    size_t i;

    vt_text_load(&t, vt, from.line);
    i = vt_text_find(&t, from);
    i = end_of_blanks(&t, i < t.n ? i + 1 : i);
    while (i >= t.n && t.line + t.rows < vt_end_line(vt)) {
        vt_text_load(&t, vt, t.line + t.rows);
        i = end_of_blanks(&t, 0);
        at = (struct vt_place){ t.line, 0 };
    }
    if (i < t.n)
        at = vt_text_place(&t, end_of_run(&t, i, big) - 1);
    else if (t.n != 0)
        at = vt_text_place(&t, t.n - 1);
    vt_text_free(&t);
    return at;
}

/* The beginning of the last word that begins before character i, or n. */
static size_t word_before(const struct vt_text *t, size_t i, bool big)
{
    enum kind kind;

    while (i > 0 && kind_of(t->ch[i - 1], big) == BLANK)
        i--;
    if (i == 0)
        return t->n;
    kind = kind_of(t->ch[i - 1], big);
    while (i > 0 && kind_of(t->ch[i - 1], big) == kind)
        i--;
    return i;
}

struct vt_place vt_word_back(const struct vt *vt, struct vt_place from,
                             bool big)
{
    struct vt_text t = { 0 };
    struct vt_place at = from;
    size_t i;

    vt_text_load(&t, vt, from.line);
    i = word_before(&t, vt_text_find(&t, from), big);
    while (i == t.n && t.line > vt_first_line(vt)) {
        vt_text_load(&t, vt, t.line - 1);
        at = (struct vt_place){ t.line, 0 };
        if (t.n == 0)
            break;
        i = word_before(&t, t.n, big);
    }
    if (i < t.n)
        at = vt_text_place(&t, i);
    else if (t.n != 0)
        at = (struct vt_place){ t.line, 0 };
    vt_text_free(&t);
    return at;
}

struct vt_place vt_line_indent(const struct vt *vt, uint64_t line)
{
    struct vt_place at = { line, 0 };
    struct vt_text t = { 0 };
    size_t i;

    vt_text_load(&t, vt, line);
    i = end_of_blanks(&t, vt_text_find(&t, at));
    if (i < t.n && vt_text_place(&t, i).line == line)
        at = vt_text_place(&t, i);
    vt_text_free(&t);
    return at;
}

struct vt_place vt_text_indent(const struct vt *vt, uint64_t line)
{
    struct vt_text t = { 0 };
    struct vt_place at;
    size_t i;

    vt_text_load(&t, vt, line);
    at = (struct vt_place){ t.line, 0 };
    i = end_of_blanks(&t, 0);
    if (i < t.n)
        at = vt_text_place(&t, i);
    vt_text_free(&t);
    return at;
}

/* ---- the word at a place ---- */

struct span {
    size_t from, end;
};

static bool in_url(const struct vt_text *t, size_t i, struct span *s)
{
    size_t at = 0;

    while (vt_url_find(t, at, &s->from, &s->end) && s->from <= i) {
        if (i < s->end)
            return true;
        at = s->end;
    }
    return false;
}

/* "don't" is no quotation. */
static bool is_apostrophe(const struct vt_text *t, size_t i)
{
    return (t->ch[i] == '\'' || t->ch[i] == 0x2019) && i > 0 && i + 1 < t->n &&
           kind_of(t->ch[i - 1], false) == WORD &&
           kind_of(t->ch[i + 1], false) == WORD;
}

static bool is_mark(const struct vt_text *t, size_t i, uint32_t mark)
{
    return t->ch[i] == mark && !is_apostrophe(t, i);
}

/* From behind a mark that opens to its partner. */
static bool from_mark(const struct vt_text *t, size_t i, uint32_t partner,
                      struct span *s)
{
    *s = (struct span){ i + 1, i + 1 };
    while (s->end < t->n && !is_mark(t, s->end, partner))
        s->end++;
    return s->end < t->n && s->end > s->from;
}

/* To a mark that closes from behind its partner, where no other one closes. */
static bool to_mark(const struct vt_text *t, size_t i, uint32_t partner,
                    struct span *s)
{
    *s = (struct span){ i, i };
    while (s->from > 0 && !is_mark(t, s->from - 1, partner) &&
           !is_mark(t, s->from - 1, t->ch[i]))
        s->from--;
    return s->from > 0 && is_mark(t, s->from - 1, partner) && s->end > s->from;
}

/* Between marks that are one character: one opens if the number of those before
 * it in the line is even. */
static bool in_plain_quotes(const struct vt_text *t, size_t i, struct span *s)
{
    uint32_t mark = t->ch[i];
    size_t k;
    bool opens = true;

    if (mark != '"' && mark != '\'' && mark != '`')
        return false;
    for (k = 0; k < i; k++)
        if (is_mark(t, k, mark))
            opens = !opens;
    return opens ? from_mark(t, i, mark, s) : to_mark(t, i, mark, s);
}

static bool in_quotes(const struct vt_text *t, size_t i, struct span *s)
{
    /* What closes in German opens in English: so it is looked at first. */
    static const uint16_t pairs[][2] = {
        { 0x201e, 0x201c }, { 0x201a, 0x2018 }, { 0x201c, 0x201d },
        { 0x2018, 0x2019 }, { 0x00ab, 0x00bb }, { 0x2039, 0x203a },
    };
    size_t k;

    if (is_apostrophe(t, i))
        return false;
    for (k = 0; k < sizeof pairs / sizeof pairs[0]; k++)
        if ((t->ch[i] == pairs[k][1] && to_mark(t, i, pairs[k][0], s)) ||
            (t->ch[i] == pairs[k][0] && from_mark(t, i, pairs[k][1], s)))
            return true;
    return in_plain_quotes(t, i, s);
}

static bool is_path_char(uint32_t ch)
{
    return kind_of(ch, false) == WORD ||
           (ch < 0x80 && ch != 0 && strchr("-./~+@%#", (int)ch) != NULL);
}

static struct span path(const struct vt_text *t, size_t i)
{
    struct span s = { i, i + 1 };

    while (s.from > 0 && is_path_char(t->ch[s.from - 1]))
        s.from--;
    while (s.end < t->n && is_path_char(t->ch[s.end]))
        s.end++;
    while (s.end > i + 1 && t->ch[s.end - 1] == '.')
        s.end--;
    return s;
}

static struct span blanks(const struct vt_text *t, size_t i)
{
    struct span s = { i, end_of_blanks(t, i) };

    while (s.from > 0 && kind_of(t->ch[s.from - 1], false) == BLANK)
        s.from--;
    return s;
}

static struct span word(const struct vt_text *t, size_t i)
{
    struct span s = { i, i + 1 };

    if (in_url(t, i, &s) || in_quotes(t, i, &s))
        return s;
    if (is_path_char(t->ch[i]))
        return path(t, i);
    if (kind_of(t->ch[i], false) == BLANK)
        return blanks(t, i);
    return (struct span){ i, i + 1 };
}

struct vt_range vt_word_at(const struct vt *vt, struct vt_place at)
{
    struct vt_range r = { at, at };
    struct vt_text t = { 0 };
    struct span s;
    size_t i;

    at = vt_place_clamp(vt, at);
    vt_text_load(&t, vt, at.line);
    i = vt_text_find(&t, at);
    if (i < t.n && vt_place_compare(vt_text_place(&t, i), at) == 0) {
        s = word(&t, i);
        r.from = vt_text_place(&t, s.from);
        r.last = vt_text_place(&t, s.end - 1);
    }
    vt_text_free(&t);
    return r;
}
