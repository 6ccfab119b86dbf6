#include "ui/page.h"

#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/width.h"
#include "base/wrap.h"

#define INDENT      2u  /* before a choice's word, and before its label */
#define INDENT_FROM 38u /* narrower pages have none */
#define INPUT_MIN   8u  /* a shorter rest of a row: type on the next */
#define PROMPT_ROWS 4u  /* longer prompts are cut */

static char *copy(const char *s)
{
    return s != NULL ? mem_strdup(s) : NULL;
}

void page_init(struct page *p, const struct ui_question *q)
{
    size_t i;

    memset(p, 0, sizeof *p);
    p->title = copy(q->title);
    p->text = copy(q->text);
    p->prompt = copy(q->prompt);
    p->echo = q->echo;
    p->alert = q->alert;
    p->confirm = q->confirm;
    p->menu = q->menu;
    p->hint = copy(q->hint);
    p->choices = mem_array(q->choices_len, sizeof *p->choices);
    p->choices_len = q->choices_len;
    for (i = 0; i < q->choices_len; i++) {
        p->choices[i].word = copy(q->choices[i].word);
        p->choices[i].label = copy(q->choices[i].label);
    }
}

void page_free(struct page *p)
{
    size_t i;

    for (i = 0; i < p->choices_len; i++) {
        mem_free(p->choices[i].word);
        mem_free(p->choices[i].label);
    }
    mem_free(p->choices);
    mem_free(p->title);
    mem_free(p->text);
    mem_free(p->prompt);
    mem_free(p->hint);
    mem_free(p->rows);
    memset(p, 0, sizeof *p);
}

void page_say(struct page *p, const char *words)
{
    const char *old = p->text != NULL ? p->text : "";
    struct buf text = { 0 };

    if (strncmp(old, words, strlen(words)) == 0)
        return;
    buf_printf(&text, "%s\n%s", words, old);
    mem_free(p->text);
    p->text = buf_take_str(&text);
}

static void add_row(struct page *p, const char *text, size_t len, unsigned col)
{
    if (p->len == p->cap) {
        p->cap = p->cap != 0 ? p->cap * 2 : 16;
        p->rows = mem_resize(p->rows, p->cap, sizeof *p->rows);
    }
    p->rows[p->len++] =
        (struct page_row){ .text = text, .len = len, .col = col };
}

static void add_wrapped(struct page *p, const char *text, unsigned col,
                        unsigned width)
{
    size_t n = strlen(text), used, len;
    unsigned room = width > col ? width - col : 1, hang = 0;
    bool begins = true;

    while (n != 0) {
        len = wrap_line(text, n, room - hang, &used);
        add_row(p, text, len, col + hang);
        if (begins)
            hang = (unsigned)wrap_hang(text, room);
        begins = text[used - 1] == '\n';
        if (begins)
            hang = 0;
        text += used;
        n -= used;
    }
}

/* Two columns: the words, as wide as the widest, and the labels. */
static void add_choices(struct page *p, unsigned width)
{
    unsigned words = 0, indent = width >= INDENT_FROM ? INDENT : 0;
    size_t i, w, first;

    for (i = 0; i < p->choices_len; i++) {
        w = width_of_text(p->choices[i].word, strlen(p->choices[i].word));
        if (w > words)
            words = (unsigned)(w < width / 2 ? w : width / 2);
    }
    for (i = 0; i < p->choices_len; i++) {
        first = p->len;
        add_wrapped(p, p->choices[i].label, indent + words + INDENT, width);
        if (p->len == first)
            add_row(p, "", 0, 0);
        p->rows[first].word = p->choices[i].word;
        p->rows[first].word_col = indent;
        for (; first < p->len; first++)
            p->rows[first].choice = i + 1;
    }
}

/* The prompt, and where typing begins: behind it if there is room. */
static void add_prompt(struct page *p, unsigned width)
{
    const struct page_row *last;
    size_t first = p->len;

    add_wrapped(p, p->prompt, 0, width);
    if (p->len > first + PROMPT_ROWS)
        p->len = first + PROMPT_ROWS;
    p->input_col = 0;
    if (p->len == first) {
        add_row(p, "", 0, 0);
        return;
    }
    last = &p->rows[p->len - 1];
    p->input_col = (unsigned)width_of_text(last->text, last->len) + 1;
    if (p->input_col + (p->echo ? INPUT_MIN : 1) > width) {
        add_row(p, "", 0, 0);
        p->input_col = 0;
    }
}

void page_fit(struct page *p, unsigned width)
{
    size_t above, text;

    p->len = 0;
    if (p->text != NULL)
        add_wrapped(p, p->text, 0, width);
    text = p->len;
    if (p->choices_len != 0 && p->len != 0)
        add_row(p, "", 0, 0);
    add_choices(p, width);
    above = p->len;
    if (p->prompt != NULL) {
        if (above != 0)
            add_row(p, "", 0, 0);
        add_prompt(p, width);
    }
    p->foot = p->len - above;
    p->answers = p->prompt != NULL ? p->len - text : 0;
}

/* One of the last rows goes if it is blank. */
static void drop_blank(struct page *p, size_t *of_last)
{
    struct page_row *row = p->rows + (p->len - *of_last);

    if (*of_last < 2 || row->len != 0 || row->word != NULL)
        return;
    memmove(row, row + 1, (*of_last - 1) * sizeof *row);
    p->len--;
    (*of_last)--;
}

void page_tighten(struct page *p)
{
    size_t foot = p->foot;

    drop_blank(p, &p->foot);
    p->answers -= foot - p->foot;
    drop_blank(p, &p->answers);
}

void page_cut_foot(struct page *p, size_t rows)
{
    struct page_row *foot = p->rows + (p->len - p->foot);

    if (p->foot <= rows)
        return;
    memmove(foot, p->rows + (p->len - rows), rows * sizeof *foot);
    p->len -= p->foot - rows;
    p->foot = rows;
}
