/*
 * The decoder's queue, its plain characters, and its pastes; escape
 * sequences are in sequence.c.
 */
#include "ui/decode.h"

#include <assert.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "ui/sequence.h"

#define QUEUE_SIZE 4096u
#define PASTE_SIZE 4096u
#define OWN_MAX    192u

static const char paste_end[] = "\033[201~";
#define PASTE_END_LEN (sizeof paste_end - 1)

struct own_key {
    const char *seq;
    size_t len;
    struct vt_key key;
};

struct decoder {
    struct decoder_options opt;
    struct own_key own[OWN_MAX];
    size_t own_len;
    bool asked_apart, can_apart; /* as decoder_apart() has it */

    uint8_t queue[QUEUE_SIZE];
    size_t len;
    uint64_t fed; /* when the last byte came */

    bool pasting;
    bool paste_begun; /* a piece of this paste was handed out */
    uint8_t paste[PASTE_SIZE];
    size_t paste_len;
};

struct decoder *decoder_new(const struct decoder_options *opt)
{
    struct decoder *d = mem_alloc(sizeof *d);

    d->opt = *opt;
    return d;
}

void decoder_free(struct decoder *d)
{
    size_t i;

    if (d == NULL)
        return;
    for (i = 0; i < d->own_len; i++)
        mem_free((void *)(uintptr_t)d->own[i].seq);
    mem_wipe(d->queue, sizeof d->queue);
    mem_wipe(d->paste, sizeof d->paste);
    mem_free(d);
}

void decoder_add(struct decoder *d, const char *seq, struct vt_key key)
{
    struct own_key *own;

    if (seq[0] == '\0' || seq[1] == '\0' || sequence_has_modifier(seq))
        return;
    if (d->own_len == OWN_MAX)
        return;
    own = &d->own[d->own_len++];
    own->seq = mem_strdup(seq);
    own->len = strlen(seq);
    own->key = key;
}

void decoder_apart(struct decoder *d, bool asked)
{
    d->asked_apart = asked;
}

size_t decoder_room(const struct decoder *d)
{
    return QUEUE_SIZE - d->len;
}

void decoder_feed(struct decoder *d, const uint8_t *p, size_t n, uint64_t now)
{
    assert(n <= decoder_room(d));
    if (n == 0)
        return;
    memcpy(d->queue + d->len, p, n);
    d->len += n;
    d->fed = now;
}

/* Typed bytes may be a passphrase: none stays behind. */
static void take(struct decoder *d, size_t n)
{
    memmove(d->queue, d->queue + n, d->len - n);
    d->len -= n;
    mem_wipe(d->queue + d->len, n);
}

/* ---- pastes ---- */

/* As far as it has come. */
static bool begins(const uint8_t *p, size_t n, const char *what)
{
    size_t len = strlen(what);

    return memcmp(p, what, n < len ? n : len) == 0;
}

/*
 * Move the paste's next character from p[0..n) to the piece, as UTF-8.
 * Returns the bytes it took; 0 if it is not all there yet.
 */
static size_t paste_char(struct decoder *d, const uint8_t *p, size_t n)
{
    uint32_t ch;
    size_t used = d->opt.decode(p, n, &ch);

    if (used != 0)
        d->paste_len += utf8_encode(ch, d->paste + d->paste_len);
    return used;
}

/* The next piece of a paste: as much as came, up to PASTE_SIZE. */
static struct ui_event paste_piece(struct decoder *d)
{
    struct ui_event ev = { .kind = UI_NONE };
    size_t at = 0, used;

    while (at < d->len && d->paste_len + 4 <= PASTE_SIZE && d->pasting) {
        if (begins(d->queue + at, d->len - at, paste_end)) {
            if (d->len - at < PASTE_END_LEN)
                break;
            at += PASTE_END_LEN;
            d->pasting = false;
            break;
        }
        if ((used = paste_char(d, d->queue + at, d->len - at)) == 0)
            break;
        at += used;
    }
    take(d, at);
    if (d->pasting && d->paste_len == 0)
        return ev;
    ev.kind = UI_PASTE;
    ev.paste = d->paste;
    ev.paste_len = d->paste_len;
    ev.paste_first = !d->paste_begun;
    ev.paste_last = !d->pasting;
    d->paste_begun = true;
    return ev;
}

/* ---- keys ---- */

static void set_key(struct ui_event *ev, enum vt_key_code code, uint32_t ch,
                    unsigned mods)
{
    ev->kind = UI_KEY;
    ev->key.code = code;
    ev->key.ch = ch;
    ev->key.mods = mods;
}

static void control(const struct decoder *d, uint8_t c, struct ui_event *ev)
{
    switch (c) {
    case '\t': set_key(ev, VT_KEY_TAB, 0, 0); return;
    case '\r': set_key(ev, VT_KEY_ENTER, 0, 0); return;
    case 0x1b: set_key(ev, VT_KEY_ESCAPE, 0, 0); return;
    case 0x7f: set_key(ev, VT_KEY_BACKSPACE, 0, 0); return;
    case 0x00:
        set_key(ev, VT_KEY_CHAR, ' ', VT_CTRL);
        ev->key.by_nul = true;
        return;
    default: break;
    }
    if (c == 0x08 && d->opt.erase == 0x08)
        set_key(ev, VT_KEY_BACKSPACE, 0, 0);
    else if (c == 0x08 && d->asked_apart && d->can_apart)
        set_key(ev, VT_KEY_BACKSPACE, 0, VT_CTRL);
    else if (c < 0x1b)
        set_key(ev, VT_KEY_CHAR, c + 0x60u, VT_CTRL);
    else
        set_key(ev, VT_KEY_CHAR, c + 0x40u, VT_CTRL);
}

/* One typed character; 0 if the rest of it has not come. */
static size_t plain(const struct decoder *d, const uint8_t *p, size_t n,
                    struct ui_event *ev)
{
    uint32_t ch;
    size_t used;

    if (p[0] < 0x20 || p[0] == 0x7f) {
        control(d, p[0], ev);
        return 1;
    }
    used = d->opt.decode(p, n, &ch);
    /* In UTF-8 xterm has a C1 for Ctrl and Alt with a letter.  What else is no
     * character was not typed: line noise, a wrong encoding. */
    if (used != 0 && ch >= 0x20 && (ch < 0x7f || ch > 0x9f || used > 1) &&
        ch != UTF8_REPLACEMENT)
        set_key(ev, VT_KEY_CHAR, ch, 0);
    return used;
}

/* This terminal's own sequences; *partial: one may be on its way. */
static size_t own_key(const struct decoder *d, const uint8_t *p, size_t n,
                      struct ui_event *ev, bool *partial)
{
    const struct own_key *own;
    size_t i;

    *partial = false;
    for (i = 0; i < d->own_len; i++) {
        own = &d->own[i];
        if (!begins(p, n, own->seq))
            continue;
        if (n < own->len) {
            *partial = true;
            continue;
        }
        ev->kind = UI_KEY;
        ev->key = own->key;
        return own->len;
    }
    return 0;
}

/* ESC ] and ESC P are Alt with a key, unless they begin an answer (OSC 10 and
 * 11; DECRQSS, XTVERSION). */
static bool is_introducer(const uint8_t *p, size_t n)
{
    return p[1] == '[' || p[1] == 'O' || begins(p, n, "\033]1") ||
           begins(p, n, "\033P1$r") || begins(p, n, "\033P>|");
}

/* Behind an ESC: Alt with the key, or Esc if none came in time. */
static size_t after_esc(const struct decoder *d, const uint8_t *p, size_t n,
                        bool late, struct ui_event *ev)
{
    size_t used = 0;

    if (n == 1 && !late)
        return 0;
    if (n == 1 || (p[1] == 0x1b && (n == 2 || !is_introducer(p + 1, n - 1)))) {
        if (n == 2 && !late)
            return 0;
        set_key(ev, VT_KEY_ESCAPE, 0, 0);
        return 1;
    }
    if (is_introducer(p, n) && !(late && n == 2))
        return sequence_parse(p, n, ev);
    if (p[1] == 0x1b)
        used = n == 3 && late ? 0 : sequence_parse(p + 1, n - 1, ev);
    else
        used = plain(d, p + 1, n - 1, ev);
    if (used == 0)
        return 0;
    if (ev->kind == UI_KEY) {
        ev->key.mods |= VT_ALT;
        ev->key.by_esc = true;
    }
    return used + 1;
}

/*
 * The event at the head of the queue.  Returns the bytes it took, 0 to wait;
 * late: nothing more came in time, so a beginning is all there is.
 */
static size_t parse(const struct decoder *d, bool late, struct ui_event *ev)
{
    const uint8_t *p = d->queue;
    bool partial;
    size_t used = own_key(d, p, d->len, ev, &partial);

    if (used != 0)
        return used;
    if (partial && !late)
        return 0;
    if (p[0] != 0x1b)
        return plain(d, p, d->len, ev);
    used = after_esc(d, p, d->len, late, ev);
    if (used == 0 && late)
        return d->len; /* a sequence that never ended */
    return used;
}

/* How long the head of the queue may wait for the rest of it. */
static unsigned patience(const struct decoder *d)
{
    return d->len > 2 ? DECODER_SEQUENCE_MS : DECODER_ESC_MS;
}

/* Only an escape sequence waits for a time; a cut character waits. */
static bool is_timed(const struct decoder *d)
{
    return d->len != 0 && !d->pasting && d->queue[0] < 0x20;
}

/* Does an event of so many bytes show what decoder_apart() wants to know? */
static bool shows_apart(const struct ui_event *ev, size_t used)
{
    if (ev->kind == UI_NAMED)
        return ev->xterm;
    return ev->kind == UI_KEY && ev->key.code == VT_KEY_CHAR &&
           ev->key.ch == 'h' && ev->key.mods == VT_CTRL && used > 1;
}

struct ui_event decoder_next(struct decoder *d, uint64_t now)
{
    struct ui_event ev;
    bool late;
    size_t used;

    mem_wipe(d->paste, d->paste_len);
    d->paste_len = 0;
    for (;;) {
        memset(&ev, 0, sizeof ev);
        if (d->pasting)
            return paste_piece(d);
        late = is_timed(d) && now >= d->fed + patience(d);
        if (d->len == 0 || (used = parse(d, late, &ev)) == 0)
            return ev;
        take(d, used);
        d->can_apart = d->can_apart || shows_apart(&ev, used);
        if (ev.kind == UI_PASTE) {
            d->pasting = true;
            d->paste_begun = false;
        } else if (ev.kind != UI_NONE) {
            return ev;
        }
    }
}

uint64_t decoder_wake(const struct decoder *d)
{
    return is_timed(d) ? d->fed + patience(d) : 0;
}
