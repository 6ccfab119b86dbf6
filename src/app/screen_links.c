/*
 * screen_links.c - the addresses on the screen, picked by labels: those that a
 * program marked as links (OSC 8), and those in plain text.
 *
 * A label in small letters copies its address, in capitals opens it by
 * $BROWSER, without a shell: the address is the server's text.  A link may say
 * one thing and lead to another, so its address is shown first.
 */
#include "app/screen.h"

#include <stdlib.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "sys/launch.h"
#include "vt/urls.h"

#define LETTERS 26u
#define ARGS    32u

/* The letters in the order in which fingers find them. */
static const char letters[] = "asdfghjklqwertyuiopzxcvbnm";

/* ---- finding ---- */

static void add_link(struct screen *s, struct vt_range at, char *uri,
                     bool hidden)
{
    struct screen_links *l = &s->links;

    if (l->len == l->cap) {
        l->cap = l->cap != 0 ? l->cap * 2 : 16;
        l->list = mem_resize(l->list, l->cap, sizeof *l->list);
    }
    l->list[l->len++] =
        (struct screen_link){ .at = at, .uri = uri, .hidden = hidden };
}

/* Is there a link that holds this cell? */
static bool is_linked(const struct screen *s, struct vt_place at)
{
    size_t i;

    for (i = 0; i < s->links.len; i++)
        if (vt_place_compare(at, s->links.list[i].at.from) >= 0 &&
            vt_place_compare(at, s->links.list[i].at.last) <= 0)
            return true;
    return false;
}

/* A cell of a link: one more of the last one, or the first of a new one. */
static void add_cell(struct screen *s, uint32_t *last, uint32_t name,
                     struct vt_place at)
{
    const char *uri;

    if (name != 0 && name == *last) {
        s->links.list[s->links.len - 1].at.last = at;
        return;
    }
    *last = 0;
    if (name == 0 || s->links.len == LETTERS * LETTERS ||
        (uri = vt_link(s->vt, name)) == NULL)
        return;
    add_link(s, (struct vt_range){ at, at }, mem_strdup(uri), true);
    *last = name;
}

/* Those of OSC 8; one that goes on in the next row is the same. */
static void find_marked(struct screen *s)
{
    struct vt_cell *cells = mem_array(vt_cols(s->vt), sizeof *cells);
    struct vt_place at = { screen_top(s), 0 };
    uint64_t end = at.line + vt_rows(s->vt);
    uint32_t last = 0, name;
    long number;

    for (; at.line < end; at.line++) {
        number = vt_line_number(s->vt, at.line);
        vt_line(s->vt, number, cells, NULL);
        for (at.col = 0; at.col < vt_cols(s->vt); at.col++) {
            name = cells[at.col].extra == 0
                       ? 0
                       : vt_extra(s->vt, number, &cells[at.col]).link;
            add_cell(s, &last, name, at);
        }
    }
    mem_free(cells);
}

static char *text_of(const struct vt_text *t, size_t from, size_t end)
{
    struct buf b = { 0 };
    uint8_t enc[4];

    for (; from < end; from++)
        buf_put(&b, enc, utf8_encode(t->ch[from], enc));
    return buf_take_str(&b);
}

static void find_in_text(struct screen *s, const struct vt_text *t)
{
    uint64_t top = screen_top(s);
    size_t at = 0, from, end;
    struct vt_range r;

    for (; vt_url_find(t, at, &from, &end); at = end) {
        r.from = vt_text_place(t, from);
        r.last = vt_text_place(t, end - 1);
        if (r.from.line >= top && r.from.line < top + vt_rows(s->vt) &&
            s->links.len < LETTERS * LETTERS && !is_linked(s, r.from))
            add_link(s, r, text_of(t, from, end), false);
    }
}

static void find_links(struct screen *s)
{
    uint64_t line = screen_top(s), end = line + vt_rows(s->vt);
    struct vt_text t = { 0 };

    while (line < end) {
        vt_text_load(&t, s->vt, line);
        if (t.rows == 0)
            break;
        find_in_text(s, &t);
        line = t.line + t.rows;
    }
    vt_text_free(&t);
}

static int by_place(const void *a, const void *b)
{
    const struct screen_link *x = a, *y = b;

    return vt_place_compare(x->at.from, y->at.from);
}

/* The newest, which are lowest, get the labels that are typed most easily. */
static void label_links(struct screen *s)
{
    size_t n = s->links.len, i, k;
    bool two = n > LETTERS;

    if (n != 0)
        qsort(s->links.list, n, sizeof *s->links.list, by_place);
    for (i = 0; i < n; i++) {
        char *label = s->links.list[i].label;

        k = n - 1 - i;
        label[0] = letters[two ? k / LETTERS : k];
        label[1] = two ? letters[k % LETTERS] : '\0';
        label[2] = '\0';
    }
}

/* ---- begin and end ---- */

void screen_links_free(struct screen *s)
{
    size_t i;

    for (i = 0; i < s->links.len; i++)
        mem_free(s->links.list[i].uri);
    mem_free(s->links.list);
    s->links = (struct screen_links){ 0 };
}

static void leave(struct screen *s)
{
    screen_links_free(s);
    screen_back_to_work(s);
}

void screen_links_begin(struct screen *s)
{
    screen_links_free(s);
    find_marked(s);
    find_links(s);
    label_links(s);
    if (s->links.len == 0)
        screen_say(s, "No address is on the screen");
    else
        screen_set_mode(s, SCREEN_LINKS);
}

/* ---- opening ---- */

/* A browser gets no files, and no schemes that start other programs. */
static bool may_open(const char *uri)
{
    static const char *const schemes[] = { "https://", "http://", "ftp://",
                                           "mailto:" };
    size_t i, n;

    for (i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        n = strlen(schemes[i]);
        if (strlen(uri) > n) {
            char *head = mem_strndup(uri, n);
            bool same = text_same(head, schemes[i]);

            mem_free(head);
            if (same)
                return true;
        }
    }
    return false;
}

/* A word of a command, with the address in place of "%s". */
static char *with_address(const char *word, const char *uri, bool *placed)
{
    const char *here = strstr(word, "%s");
    struct buf out = { 0 };

    if (here == NULL)
        return mem_strdup(word);
    *placed = true;
    buf_put(&out, word, (size_t)(here - word));
    buf_put_str(&out, uri);
    buf_put_str(&out, here + 2);
    return buf_take_str(&out);
}

/*
 * The first command of $BROWSER (they are separated by colons), its words
 * separated by blanks; the address is in place of %s, or behind.
 */
static bool browse(const char *browser, const char *uri, struct err *err)
{
    char *command = mem_strndup(browser, strcspn(browser, ":"));
    char *argv[ARGS + 2], *word, *rest = NULL;
    bool placed = false, ok;
    size_t n = 0;

    for (word = strtok_r(command, " ", &rest); word != NULL && n < ARGS;
         word = strtok_r(NULL, " ", &rest))
        argv[n++] = with_address(word, uri, &placed);
    if (!placed)
        argv[n++] = mem_strdup(uri);
    argv[n] = NULL;
    ok = launch(argv, err);
    while (n != 0)
        mem_free(argv[--n]);
    mem_free(command);
    return ok;
}

/* NULL, and it is said why: this address is not opened. */
static const char *browser_for(struct screen *s, const char *uri)
{
    const char *browser = getenv("BROWSER");

    if (browser != NULL)
        browser += strspn(browser, " :"); /* empty commands */
    if (!may_open(uri))
        screen_say(s, "Only web and mail addresses are opened");
    else if (browser == NULL || *browser == '\0')
        screen_say(s, "BROWSER is not set in the environment");
    else
        return browser;
    return NULL;
}

static void open_link(struct screen *s, const char *uri)
{
    const char *browser = browser_for(s, uri);
    struct err err;

    if (browser == NULL)
        return;
    if (browse(browser, uri, &err))
        screen_say(s, "Opened by BROWSER");
    else
        screen_say(s, "%.120s", err.msg);
}

/* A link of OSC 8: its address is in the text that was shown. */
static void settled(struct screen *s, const char *answer)
{
    char *uri = buf_take_str(&s->shown);

    if (answer != NULL)
        open_link(s, uri);
    mem_free(uri);
}

static void ask_to_open(struct screen *s, const char *uri)
{
    const struct ui_question q = { .title = "Open this address?",
                                   .text = uri,
                                   .confirm = true };

    if (browser_for(s, uri) == NULL)
        return;
    screen_unsettled(s);
    buf_put_str(&s->shown, uri);
    screen_put_question(s, &q, settled);
}

static void copy_link(struct screen *s, const char *uri)
{
    struct buf text = { 0 };

    buf_put_str(&text, uri);
    screen_keep(s, &text);
    buf_free(&text);
}

/* ---- keys ---- */

static void pick(struct screen *s, size_t i, bool open)
{
    char *uri = mem_strdup(s->links.list[i].uri);
    bool hidden = s->links.list[i].hidden;

    leave(s);
    if (open && hidden && may_open(uri))
        ask_to_open(s, uri);
    else if (open)
        open_link(s, uri);
    else
        copy_link(s, uri);
    mem_free(uri);
}

/* Small letters, capitals and their mixture are the same label. */
void screen_links_key(struct screen *s, const struct vt_key *key)
{
    struct screen_links *l = &s->links;
    char ch = (char)(key->ch | 32);
    bool is_letter = key->code == VT_KEY_CHAR &&
                     (key->mods & ~(unsigned)VT_SHIFT) == 0 && key->ch < 0x80 &&
                     strchr(letters, ch) != NULL;
    size_t i;

    for (i = 0; i < l->len && is_letter; i++) {
        const char *label = l->list[i].label;

        if (label[1] == '\0' ? label[0] == ch
                             : label[0] == l->first && label[1] == ch) {
            pick(s, i, key->ch != (uint8_t)ch);
            return;
        }
    }
    if (is_letter && l->len > LETTERS && l->first == '\0') {
        l->first = ch;
        screen_status(s);
    } else {
        leave(s);
    }
}
