/*
 * fuzz-vt.c - any bytes, with resizes, keys, pastes and reads in between.
 *
 * The input is a list of steps: a byte that says what to do (the top bit is
 * for the amount) and its operand.  After each step the invariants must hold.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "../vt/invariants.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "vt/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    const uint8_t *p;
    size_t n;
};

static unsigned take(struct input *in)
{
    if (in->n == 0)
        return 0;
    in->n--;
    return *in->p++;
}

static void write_some(struct vt *vt, struct input *in, size_t n)
{
    if (n > in->n)
        n = in->n;
    if (n % 2 != 0 && vt_scrollback(vt) != 0)
        n = vt_write_keeping(vt, in->p, n);
    else
        vt_write(vt, in->p, n);
    in->p += n;
    in->n -= n;
}

static void send_input(struct vt *vt, struct input *in, struct buf *out)
{
    unsigned kind = take(in), value = take(in);
    struct vt_key key = { .code = kind % (VT_KEY_FUNCTIONAL + 1),
                          .ch = value | (kind & 1 ? 0x1f300u : 0),
                          .mods = take(in),
                          .event = take(in) % 3,
                          .number = kind & 4 ? 57344u + value : 0,
                          .locks = kind & 8 ? VT_CAPS_LOCK : 0,
                          .base = kind & 2 ? value : 0 };
    struct vt_mouse_event ev = { value,    take(in), kind & 0x43,
                                 kind & 4, kind & 8, kind >> 5 };

    vt_encode_key(vt, &key, out);
    vt_encode_mouse(vt, &ev, out);
    vt_encode_focus(vt, kind & 1, out);
    vt_encode_paste(vt, in->p, in->n < 9 ? in->n : 9, kind & 1, kind & 2, out);
}

/* All that a drawer asks of the lines around the top of the screen. */
static void read_lines(const struct vt *vt)
{
    struct vt_cell *cells = mem_array(vt_cols(vt), sizeof *cells);
    unsigned col;
    long line;

    for (line = -3; line < 3; line++) {
        vt_line(vt, line, cells, NULL);
        if (vt_line_size(vt, line) > VT_LINE_BOTTOM_HALF)
            abort();
        for (col = 0; col < vt_cols(vt); col++)
            vt_link(vt, vt_extra(vt, line, &cells[col]).link);
    }
    mem_free(cells);
}

/* A text is the same in bytes as in characters. */
static void read_text(const struct vt *vt, uint64_t line)
{
    struct buf bytes = { 0 };
    struct vt_text t = { 0 }, same = { 0 };
    size_t at = 0, i;
    uint8_t enc[4];

    vt_text_load(&t, vt, line);
    if (vt_text_bytes(&same, vt, line, &bytes)) {
        if (same.line != t.line || same.rows != t.rows)
            abort();
        for (i = 0; i < t.n; i++) {
            size_t n = utf8_encode(t.ch[i], enc);

            if (bytes.len - at < n || memcmp(bytes.data + at, enc, n) != 0)
                abort();
            at += n;
        }
        if (at != bytes.len)
            abort();
    }
    vt_text_free(&t);
    buf_free(&bytes);
}

static void look(struct vt *vt)
{
    struct buf out = { 0 };
    size_t n;

    vt_take_reply(vt, &out);
    vt_take_events(vt);
    vt_clipboard(vt, &n);
    vt_set_default_color(vt, VT_DEFAULT_BG, (uint32_t)vt_lines_pushed(vt));
    vt_set_cell_size(vt, vt_rows(vt), vt_cols(vt));
    if (out.len > REPLY_MAX || vt_damage_scroll(vt) > vt_rows(vt))
        abort();
    read_lines(vt);
    read_text(vt, vt_first_line(vt));
    read_text(vt, vt_lines_pushed(vt) - 1);
    vt_damage_clear(vt);
    buf_free(&out);
}

static void step(struct vt *vt, struct input *in, struct buf *out)
{
    unsigned what = take(in);

    switch (what & 7) {
    case 0: vt_resize(vt, take(in) % 100, take(in) % 40); break;
    case 1: send_input(vt, in, out); break;
    case 2: look(vt); break;
    case 3: write_some(vt, in, 1 + (what >> 3)); break;
    case 4:
        if (what == 0xfc)
            vt_reset(vt);
        else if (what == 0xf4)
            vt_clear_scrollback(vt);
        else if (what == 0xec || what == 0xe4)
            vt_hold_scrollback(vt, what == 0xec);
        break;
    default: write_some(vt, in, 8 * (1 + (what >> 3))); break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = { data, size };
    struct vt_options opt = { .cols = take(&in) % 90,
                              .rows = take(&in) % 30,
                              .scrollback = take(&in),
                              .answerback = "answer",
                              .screen_reports = true };
    struct vt *vt = vt_new(&opt);
    struct buf out = { 0 };
    const char *why;

    while (in.n > 0) {
        step(vt, &in, &out);
        if ((why = vt_broken(vt, 3)) != NULL) {
            fprintf(stderr, "not so: %s\n", why);
            abort();
        }
    }
    if ((why = vt_broken(vt, 300)) != NULL) {
        fprintf(stderr, "not so above: %s\n", why);
        abort();
    }
    buf_free(&out);
    vt_free(vt);
    return 0;
}
