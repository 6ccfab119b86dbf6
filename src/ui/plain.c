#include "ui/plain.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "base/width.h"
#include "sys/tty.h"
#include "sys/typed.h"
#include "ui/decode.h"
#include "ui/line.h"
#include "ui/locale.h"
#include "ui/page.h"

#define COLS_DEFAULT 80u
#define COLS_MIN     10u
#define COLS_MAX     100u /* longer lines are hard to read */

struct plain {
    struct tty *tty;
    struct page page; /* the question's; empty between questions */
    struct line *line;
    struct decoder *decoder;
    bool asking;
    bool listening;
    bool lines;    /* a pasted text of lines answers the question, so ... */
    bool brackets; /* ... the terminal is asked to mark it */
    bool wants_stop;
    bool dropped; /* what was typed, at a pause */
    unsigned cols;
    unsigned shown; /* columns the typed text takes on the screen */
    unsigned at;    /* and where among them the cursor is */
    struct ui_answer answer;
};

struct plain *plain_open(void)
{
    struct tty *tty = tty_open();
    struct plain *p;

    if (tty == NULL)
        return NULL;
    p = mem_alloc(sizeof *p);
    p->tty = tty;
    p->answer.cancelled = true;
    return p;
}

static void forget(struct plain *p)
{
    page_free(&p->page);
    line_free(p->line);
    decoder_free(p->decoder);
    p->line = NULL;
    p->decoder = NULL;
}

/* Bracketed paste, where it may be known, while keys are read. */
static void set_raw(struct plain *p, bool raw)
{
    const char *term = getenv("TERM");
    bool wants = raw && p->lines && term != NULL && strcmp(term, "dumb") != 0;

    if (wants != p->brackets)
        tty_print(p->tty, wants ? "\033[?2004h" : "\033[?2004l");
    p->brackets = wants;
    tty_raw(p->tty, raw);
}

void plain_drop(struct plain *p)
{
    if (!p->asking)
        return;
    tty_drop_input(p->tty);
    tty_print(p->tty, "\n");
    set_raw(p, false);
    p->asking = false;
    forget(p);
}

void plain_close(struct plain *p)
{
    if (p == NULL)
        return;
    plain_drop(p);
    forget(p);
    tty_close(p->tty);
    secret_free(p->answer.line);
    mem_free(p);
}

int plain_fd(const struct plain *p)
{
    return tty_fd(p->tty);
}

/* ---- writing ---- */

/* Text in the locale's encoding, or nearly. */
static void put_text(struct buf *out, const char *text, size_t n)
{
    size_t at, used;
    uint32_t ch;

    for (at = 0; at < n; at += used) {
        used = utf8_decode((const uint8_t *)text + at, n - at, &ch);
        if (used == 0)
            break;
        locale_put(out, ch);
    }
}

static void put_repeated(struct buf *out, char c, size_t n)
{
    while (n-- != 0)
        buf_put_byte(out, (uint8_t)c);
}

static void put_row(struct buf *out, const struct page_row *row)
{
    size_t col = 0;

    if (row->word != NULL) {
        put_repeated(out, ' ', row->word_col);
        put_text(out, row->word, strlen(row->word));
        col = row->word_col + width_of_text(row->word, strlen(row->word));
    }
    if (row->len == 0)
        return;
    put_repeated(out, ' ', col < row->col ? row->col - col : col != 0);
    put_text(out, row->text, row->len);
}

static void print(struct plain *p, struct buf *text)
{
    tty_print(p->tty, buf_str(text));
    mem_wipe(text->base, text->cap);
    buf_free(text);
}

static void put_title(const struct page *page, struct buf *out)
{
    if (page->title == NULL)
        return;
    buf_put_str(out, page->alert ? "\n*** " : "\n");
    put_text(out, page->title, strlen(page->title));
    buf_put_str(out, page->alert ? " ***\n\n" : "\n\n");
}

/* The rows from first on; the cursor stays behind the prompt. */
static void print_rows(struct plain *p, size_t first)
{
    struct buf out = { 0 };
    size_t i;

    if (first == 0)
        put_title(&p->page, &out);
    for (i = first; i < p->page.len; i++) {
        put_row(&out, &p->page.rows[i]);
        if (i + 1 != p->page.len || p->page.prompt == NULL)
            buf_put_byte(&out, '\n');
        else if (p->page.input_col != 0)
            buf_put_byte(&out, ' ');
    }
    if (p->page.prompt == NULL)
        buf_put_str(&out, "(press a key) ");
    print(p, &out);
}

static void put_cells(struct buf *out, const struct vt_cell *cells, unsigned n)
{
    unsigned i;

    for (i = 0; i < n; i++)
        if (cells[i].width != 0)
            locale_put(out, cells[i].ch);
}

/*
 * The typed text once more, over what was there.  It stays on one row: a
 * long line shows the part around the cursor.
 */
static void print_line(struct plain *p)
{
    struct vt_cell cells[COLS_MAX] = { 0 };
    struct cells row = { .cells = cells, .len = p->cols - 1 };
    const struct cell_style style = { 0 };
    unsigned from = p->page.input_col, cursor, end = row.len, over;
    struct buf out = { 0 };

    if (p->line == NULL || !p->page.echo || from >= row.len)
        return;
    cells_clear(&row, style);
    cursor = line_draw(p->line, &row, from, row.len, style);
    while (end > cursor && cells[end - 1].ch == ' ')
        end--;
    over = p->shown > end - from ? p->shown - (end - from) : 0;
    put_repeated(&out, '\b', p->at);
    put_cells(&out, cells + from, end - from);
    put_repeated(&out, ' ', over);
    put_repeated(&out, '\b', over + end - cursor);
    p->shown = end - from;
    p->at = cursor - from;
    mem_wipe(cells, sizeof cells);
    print(p, &out);
}

/* ---- asking ---- */

static void fit(struct plain *p)
{
    unsigned rows;

    if (!tty_size(tty_fd(p->tty), &p->cols, &rows))
        p->cols = COLS_DEFAULT;
    if (p->cols < COLS_MIN)
        p->cols = COLS_MIN;
    if (p->cols > COLS_MAX)
        p->cols = COLS_MAX;
    page_fit(&p->page, p->cols - 1);
}

/* Show the question, or only its prompt, and listen. */
static void show(struct plain *p, bool only_prompt)
{
    size_t first = 0;

    fit(p);
    /* The prompt's first row is blank if there is a text before it. */
    if (only_prompt && p->page.foot != 0 && p->page.foot < p->page.len)
        first = p->page.len - p->page.foot + 1;
    p->shown = p->at = 0;
    set_raw(p, true);
    print_rows(p, first);
    print_line(p);
}

static struct decoder *new_decoder(void)
{
    const struct decoder_options opt = {
        .decode = typed_is_8bit() ? typed_decode : utf8_decode,
        .erase = 0x08, /* either of the two: Ctrl-H rubs out anyway */
    };

    return decoder_new(&opt);
}

/* Without what stands above. */
static void init_page(struct page *page, const struct ui_question *question)
{
    struct ui_question q = *question;
    struct buf text = { 0 };

    if (q.again_len != 0) {
        buf_put(&text, q.text, q.again);
        buf_put_str(&text, q.text + q.again + q.again_len);
        q.text = buf_str(&text);
    }
    page_init(page, &q);
    buf_free(&text);
}

void plain_ask(struct plain *p, const struct ui_question *question)
{
    plain_listen(p, false);
    forget(p);
    secret_free(p->answer.line);
    p->answer = (struct ui_answer){ .cancelled = true };
    init_page(&p->page, question);
    if (question->prompt != NULL)
        p->line = line_new(question->echo, question->multiline);
    p->decoder = new_decoder();
    p->lines = question->multiline;
    p->asking = true;
    show(p, false);
}

void plain_listen(struct plain *p, bool on)
{
    bool ours = tty_is_ours(p->tty); /* not to be stopped for an Esc */

    on = on && ours;
    if (p->asking || p->listening == on)
        return;
    p->listening = on;
    p->lines = false;
    if (ours)
        set_raw(p, on);
    if (on)
        p->decoder = new_decoder();
    else
        forget(p);
}

bool plain_listens(const struct plain *p)
{
    return p->listening;
}

void plain_pause(struct plain *p)
{
    if (p->line != NULL && line_pause(p->line))
        p->dropped = true;
    if (p->asking || p->listening)
        set_raw(p, false);
}

void plain_redraw(struct plain *p)
{
    if (p->asking) {
        if (p->dropped)
            tty_print(p->tty, LINE_DROPPED "\n");
        p->dropped = false;
        show(p, true);
    } else if (p->listening) {
        p->listening = tty_is_ours(p->tty); /* it may go on in the background */
        if (p->listening)
            set_raw(p, true);
    }
}

/* ---- reading ---- */

static enum line_state take_event(struct plain *p, const struct ui_event *ev)
{
    if (ev->kind == UI_PASTE && p->line != NULL)
        line_paste(p->line, ev->paste, ev->paste_len);
    if (ev->kind != UI_KEY)
        return LINE_OPEN;
    if (line_is_stop_key(&ev->key)) {
        p->wants_stop = true;
        return LINE_OPEN;
    }
    if (p->line != NULL)
        return line_key(p->line, &ev->key);
    if (p->listening && !line_is_cancel_key(&ev->key))
        return LINE_OPEN;
    return line_is_cancel_key(&ev->key) ? LINE_CANCELLED : LINE_ENTERED;
}

/* Done: the answer is kept, the terminal as it was. */
static void finish(struct plain *p, bool cancelled)
{
    p->answer.cancelled = cancelled;
    if (!cancelled)
        p->answer.line =
            p->line != NULL ? line_take(p->line) : secret_from("", 0);
    tty_print(p->tty, "\n");
    set_raw(p, false);
    p->asking = false;
    forget(p);
}

/* An ESC byte may begin a key's sequence: the rest of it comes at once. */
static bool more_comes(struct plain *p)
{
    struct pollfd pfd = { .fd = tty_fd(p->tty), .events = POLLIN };

    return decoder_wake(p->decoder) != 0 &&
           poll(&pfd, 1, (int)DECODER_ESC_MS) == 1;
}

/* What was typed, as bytes; false at the terminal's end. */
static bool fill(struct plain *p)
{
    uint8_t bytes[512];
    ssize_t n = read(tty_fd(p->tty), bytes, sizeof bytes);

    if (n > 0)
        decoder_feed(p->decoder, bytes, (size_t)n, 0);
    mem_wipe(bytes, sizeof bytes);
    return n > 0 || (n == -1 && (errno == EINTR || errno == EAGAIN));
}

/* All keys that have come; a pause makes an ESC byte the Esc key. */
static enum line_state take_keys(struct plain *p, uint64_t now)
{
    enum line_state state = LINE_OPEN;
    struct ui_event ev;

    while (state == LINE_OPEN &&
           (ev = decoder_next(p->decoder, now)).kind != UI_NONE)
        state = take_event(p, &ev);
    return state;
}

static enum line_state read_keys(struct plain *p)
{
    enum line_state state = LINE_OPEN;

    do {
        if (!fill(p))
            state = LINE_CANCELLED;
        else
            state = take_keys(p, 0);
    } while (state == LINE_OPEN && more_comes(p));
    return state == LINE_OPEN ? take_keys(p, DECODER_SEQUENCE_MS) : state;
}

bool plain_stopped(struct plain *p)
{
    return p->listening && read_keys(p) == LINE_CANCELLED;
}

bool plain_read(struct plain *p)
{
    enum line_state state;

    if (!p->asking)
        return false;
    state = read_keys(p);
    print_line(p);
    if (state == LINE_OPEN)
        return false;
    finish(p, state == LINE_CANCELLED);
    return true;
}

bool plain_wants_stop(struct plain *p)
{
    bool wants = p->wants_stop;

    p->wants_stop = false;
    return wants;
}

struct ui_answer plain_take_answer(struct plain *p)
{
    struct ui_answer answer = p->answer;

    p->answer = (struct ui_answer){ .cancelled = true };
    return answer;
}
