/*
 * sessions.c - what programs sent, replayed: sessions/NAME.bytes, with what
 * must show after so many bytes of it in sessions/NAME.screens.
 *
 * The bytes were recorded from the programs of Debian 12 with TERM set to
 * xterm-256color; the screens are what xterm 379 shows for them, which
 * sessions/against-xterm.sh compares again.  A file of screens begins with
 * "size COLUMNS ROWS"; behind each "at BYTES" come the rows, a bar before each,
 * without the blanks at their ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../tap.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "invariants.h"

static const char *const names[] = {
    "dialog", "emacs", "fzf", "htop", "less", "mc", "tmux", "vim",
};

static void load(const char *name, const char *end, struct buf *out)
{
    const char *top = getenv("top_srcdir");
    struct buf path = { 0 };
    char piece[4096];
    size_t n;
    FILE *f;

    buf_printf(&path, "%s/tests/vt/sessions/%s.%s", top != NULL ? top : ".",
               name, end);
    f = fopen(buf_str(&path), "rb");
    if (f == NULL) {
        perror(buf_str(&path));
        exit(1);
    }
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_put(out, piece, n);
    fclose(f);
    buf_free(&path);
}

static void put_row(const struct vt *vt, unsigned row, struct buf *out)
{
    const struct vt_cell *cells = vt_row(vt, row);
    size_t end;
    unsigned i;

    buf_put_byte(out, '|');
    end = out->len;
    for (i = 0; i < vt_cols(vt); i++) {
        uint8_t enc[4];
        size_t n, k;
        const uint32_t *ch = vt_cluster(vt, &cells[i], &n);

        for (k = 0; k < n && cells[i].width != 0; k++)
            buf_put(out, enc, utf8_encode(ch[k], enc));
        if (ch[0] != ' ' || n > 1)
            end = out->len;
    }
    out->len = end;
    buf_put_byte(out, '\n');
}

/* Bytes [from, to), so many at once; with looks at the rows in between. */
static void feed(struct vt *vt, const struct buf *bytes, size_t from, size_t to,
                 size_t piece)
{
    for (; from < to; from += piece) {
        vt_write(vt, bytes->data + from, to - from < piece ? to - from : piece);
        vt_row(vt, vt_cursor(vt).row);
    }
}

/* Replay up to each mark and say what is there, as the file of screens does. */
static void replay(const struct buf *bytes, const char *screens, size_t piece,
                   struct buf *got)
{
    struct vt_options opt = { .scrollback = 100 };
    unsigned long at, done = 0;
    struct vt *vt;
    unsigned row;

    sscanf(screens, "size %u %u", &opt.cols, &opt.rows);
    buf_printf(got, "size %u %u\n", opt.cols, opt.rows);
    vt = vt_new(&opt);
    while ((screens = strstr(screens, "\nat ")) != NULL) {
        at = strtoul(screens + 4, NULL, 10);
        feed(vt, bytes, done, at, piece);
        done = at;
        buf_printf(got, "at %lu\n", at);
        for (row = 0; row < opt.rows; row++)
            put_row(vt, row, got);
        if (vt_broken(vt, 100) != NULL)
            buf_printf(got, "not so: %s\n", vt_broken(vt, 100));
        screens++;
    }
    vt_free(vt);
}

/* The window changes its size all the time: nothing may break. */
static void storm(const char *name, const struct buf *bytes)
{
    struct vt_options opt = { .cols = 80, .rows = 24, .scrollback = 100 };
    struct vt *vt = vt_new(&opt);
    const char *why = NULL;
    unsigned n = 0;
    size_t at;

    for (at = 0; at + 13 <= bytes->len && why == NULL; at += 13) {
        vt_write(vt, bytes->data + at, 13);
        n = n * 1103515245u + 12345u;
        vt_resize(vt, 1 + (n >> 16) % 120, 1 + (n >> 8) % 50);
        why = vt_broken(vt, 100);
    }
    if (!ok(why == NULL, "%s, in a storm of sizes", name))
        diag("not so: %s", why);
    vt_free(vt);
}

static void run(const char *name)
{
    static const size_t pieces[] = { 65536, 1, 7 };
    struct buf bytes = { 0 }, screens = { 0 }, got = { 0 };
    size_t i;

    load(name, "bytes", &bytes);
    load(name, "screens", &screens);
    for (i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        buf_clear(&got);
        replay(&bytes, buf_str(&screens), pieces[i], &got);
        if (!ok(strcmp(buf_str(&got), buf_str(&screens)) == 0,
                "%s, %zu bytes at once", name, pieces[i]))
            diag("%s", buf_str(&got));
    }
    storm(name, &bytes);
    buf_free(&bytes);
    buf_free(&screens);
    buf_free(&got);
}

int main(void)
{
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++)
        run(names[i]);
    return tap_done();
}
