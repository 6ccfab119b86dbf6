#include "ui/line.h"

#include <stdio.h>
#include <string.h>
#include "base/mem.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "base/width.h"

struct line {
    struct secret *text;
    size_t at; /* the cursor, in bytes */
    bool echo;
    bool lines;
    size_t breaks; /* line ends in text */
    bool at_break; /* a paste has come to one; it counts when more follows */
};

struct line *line_new(bool echo, bool lines)
{
    struct line *l = mem_alloc(sizeof *l);

    l->text = secret_new(lines ? LINES_MAX_BYTES : LINE_MAX_BYTES);
    l->echo = echo;
    l->lines = lines;
    return l;
}

void line_free(struct line *l)
{
    if (l == NULL)
        return;
    secret_free(l->text);
    mem_free(l);
}

/* ---- editing ---- */

static void insert(struct line *l, const uint8_t *p, size_t n)
{
    size_t tail = l->text->len - l->at;

    if (!secret_put(l->text, p, n))
        return;
    memmove(l->text->data + l->at + n, l->text->data + l->at, tail);
    memcpy(l->text->data + l->at, p, n);
    l->at += n;
}

static void insert_char(struct line *l, uint32_t ch)
{
    uint8_t enc[4];

    insert(l, enc, utf8_encode(ch, enc));
    mem_wipe(enc, sizeof enc);
}

/* Where the character before or behind the cursor begins. */
static size_t before(const struct line *l, size_t at)
{
    while (at != 0 && (l->text->data[--at] & 0xc0) == 0x80)
        ;
    return at;
}

static size_t behind(const struct line *l, size_t at)
{
    if (at < l->text->len)
        at++;
    while (at < l->text->len && (l->text->data[at] & 0xc0) == 0x80)
        at++;
    return at;
}

static void cut(struct line *l, size_t from, size_t to)
{
    struct secret *s = l->text;

    memmove(s->data + from, s->data + to, s->len - to);
    secret_cut(s, s->len - (to - from));
    l->at = from;
}

static size_t word_start(const struct line *l)
{
    size_t at = l->at;

    while (at != 0 && l->text->data[at - 1] == ' ')
        at--;
    while (at != 0 && l->text->data[at - 1] != ' ')
        at--;
    return at;
}

/* ---- keys ---- */

static bool is_control(const struct vt_key *key, uint32_t ch)
{
    return key->code == VT_KEY_CHAR && key->mods == VT_CTRL && key->ch == ch;
}

bool line_is_cancel_key(const struct vt_key *key)
{
    return key->code == VT_KEY_ESCAPE || is_control(key, 'c') ||
           is_control(key, 'd');
}

bool line_is_stop_key(const struct vt_key *key)
{
    return is_control(key, 'z');
}

static enum line_state control_key(struct line *l, uint32_t ch)
{
    switch (ch) {
    case 'j':
    case 'm': return LINE_ENTERED;
    case 'c':
    case 'g': return LINE_CANCELLED;
    case 'd':
        if (l->text->len == 0)
            return LINE_CANCELLED;
        if (l->echo)
            cut(l, l->at, behind(l, l->at));
        break;
    case 'h': cut(l, before(l, l->at), l->at); break;
    case 'u': cut(l, 0, l->at); break;
    case 'w': cut(l, l->echo ? word_start(l) : 0, l->at); break;
    case 'k':
        if (l->echo)
            cut(l, l->at, l->text->len);
        break;
    case 'a': l->at = l->echo ? 0 : l->at; break;
    case 'e': l->at = l->text->len; break;
    default: break;
    }
    return LINE_OPEN;
}

/* Moving in a line that is not shown would only lead astray. */
static void motion_key(struct line *l, enum vt_key_code code)
{
    if (!l->echo)
        return;
    switch (code) {
    case VT_KEY_LEFT: l->at = before(l, l->at); break;
    case VT_KEY_RIGHT: l->at = behind(l, l->at); break;
    case VT_KEY_HOME: l->at = 0; break;
    case VT_KEY_END: l->at = l->text->len; break;
    case VT_KEY_DELETE: cut(l, l->at, behind(l, l->at)); break;
    default: break;
    }
}

static void clear(struct line *l)
{
    secret_clear(l->text);
    l->at = 0;
    l->breaks = 0;
    l->at_break = false;
}

/* A text of lines is not edited: Backspace takes it away. */
static bool clears(const struct line *l, const struct vt_key *key)
{
    return l->breaks != 0 &&
           (key->code == VT_KEY_BACKSPACE || is_control(key, 'h') ||
            is_control(key, 'w') || is_control(key, 'u'));
}

enum line_state line_key(struct line *l, const struct vt_key *key)
{
    l->at_break = false;
    if (clears(l, key)) {
        clear(l);
        return LINE_OPEN;
    }
    if (l->breaks != 0)
        l->at = l->text->len;
    switch (key->code) {
    case VT_KEY_ENTER:
    case VT_KEY_KP_ENTER: return LINE_ENTERED;
    case VT_KEY_ESCAPE: return LINE_CANCELLED;
    case VT_KEY_BACKSPACE: cut(l, before(l, l->at), l->at); break;
    case VT_KEY_CHAR:
        if ((key->mods & VT_CTRL) != 0)
            return control_key(l, key->ch | ((key->mods & VT_SHIFT) ? 32 : 0));
        if ((key->mods & VT_ALT) == 0 && !utf8_is_c1(key->ch))
            insert_char(l, key->ch);
        break;
    default: motion_key(l, key->code); break;
    }
    return LINE_OPEN;
}

/* Of a text of lines; empty ones are left out. */
static void paste_byte(struct line *l, uint8_t byte)
{
    if (byte == '\r' || byte == '\n')
        l->at_break = true;
    if (byte == '\t')
        byte = ' ';
    if (byte < 0x20 || byte == 0x7f)
        return;
    if (l->at_break && l->text->len != 0) {
        insert(l, (const uint8_t *)"\n", 1);
        l->breaks++;
    }
    l->at_break = false;
    insert(l, &byte, 1);
}

void line_paste(struct line *l, const uint8_t *text, size_t n)
{
    size_t at;

    for (at = 0; l->lines && at < n; at++)
        paste_byte(l, text[at]);
    if (l->lines)
        return;

    for (at = 0; at < n; at++) {
        bool end = text[at] == '\n' || text[at] == '\r';

        if (end && !l->echo && l->text->len != 0)
            return; /* a password is one line */
        /* A line end inside stays visible as what it is: a blank. */
        if (text[at] == '\t' || (end && l->echo && at + 1 < n))
            insert(l, (const uint8_t *)" ", 1);
        else if (text[at] >= 0x20 && text[at] != 0x7f)
            insert(l, text + at, 1);
    }
}

void line_set(struct line *l, const char *text)
{
    clear(l);
    insert(l, (const uint8_t *)text, strlen(text));
}

bool line_pause(struct line *l)
{
    if (l->echo || l->text->len == 0)
        return false;
    clear(l);
    return true;
}

/* ---- showing ---- */

/* Where to begin so that the cursor is in view; a long line is not measured
 * from its start. */
static size_t shown_from(const struct line *l, unsigned room)
{
    const char *text = (const char *)l->text->data;
    size_t most = (size_t)room * 16; /* bytes, where marks combine */
    size_t from = l->at > most ? behind(l, l->at - most) : 0;

    while (width_of_text(text + from, l->at - from) >= room)
        from = behind(l, from);
    return from;
}

unsigned line_draw(const struct line *l, struct cells *row, unsigned col,
                   unsigned end, struct cell_style style)
{
    const char *text = (const char *)l->text->data;
    unsigned room = end > col ? end - col : 0;
    size_t from;
    char count[48];

    if (!l->echo || room == 0)
        return col;
    if (l->breaks != 0) {
        snprintf(count, sizeof count, "%zu lines pasted", l->breaks + 1);
        return cells_text(row, col, end, count, strlen(count), style);
    }
    from = shown_from(l, room);
    cells_text(row, col, end, text + from, l->text->len - from, style);
    return col + (unsigned)width_of_text(text + from, l->at - from);
}

struct secret *line_take(struct line *l)
{
    struct secret *s = secret_from(l->text->data, l->text->len);

    clear(l);
    return s;
}

const struct secret *line_text(const struct line *l, size_t *cursor)
{
    *cursor = l->at;
    return l->text;
}
