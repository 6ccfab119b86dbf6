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

/*
 * Between quotation marks.  A mark opens if the number of those before it in
 * the line is even.
 */
static bool in_quotes(const struct vt_text *t, size_t i, struct span *s)
{
    uint32_t mark = t->ch[i];
    size_t k, before = 0, last = 0;

    if (mark != '"' && mark != '\'' && mark != '`')
        return false;
    for (k = 0; k < i; k++)
        if (t->ch[k] == mark) {
            before++;
            last = k;
        }
    *s = (struct span){ last + 1, i };
    if (before % 2 == 0) {
        for (k = i + 1; k < t->n && t->ch[k] != mark; k++)
            ;
        if (k == t->n)
            return false;
        *s = (struct span){ i + 1, k };
    }
    return s->end > s->from;
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
