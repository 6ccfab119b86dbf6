#include "vt/words.h"

enum kind { BLANK, WORD, OTHER };

static enum kind kind_of(uint32_t ch, bool big)
{
    if (ch == ' ' || ch == '\t' || ch == 0xa0)
        return BLANK;
    if (big || ch >= 0x80 || ch == '_' || (ch >= '0' && ch <= '9') ||
        ((ch | 32) >= 'a' && (ch | 32) <= 'z'))
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
