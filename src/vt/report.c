/*
 * report.c - answers to the server's questions.
 *
 * We say that we are a VT420 (64) with selective erasure (6), horizontal
 * scrolling (21), colour (22) and rectangles (28): what programs then use is
 * all here.  The second answer is that of an xterm new enough for SGR mouse
 * reports, for editors look at its number.  What would let a server put text
 * of its choice into our input (the title) is answered empty.
 */
#include <stdarg.h>
#include <stdio.h>
#include "base/mem.h"
#include "vt/csi.h"
#include "vt/screen.h"

void reply_printf(struct vt *vt, const char *fmt, ...)
{
    char text[256];
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    if ((size_t)n >= sizeof text)
        n = sizeof text - 1;
    if ((size_t)n <= REPLY_MAX - vt->reply.len)
        buf_put(&vt->reply, text, (size_t)n);
}

void op_da(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 0)
        reply_printf(vt, "\033[?64;6;21;22;28c");
}

void op_da2(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 0)
        reply_printf(vt, "\033[>41;300;0c");
}

void op_da3(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 0)
        reply_printf(vt, "\033P!|00000000\033\\");
}

void op_xtversion(struct vt *vt, const struct vt_params *p)
{
    if (param(p, 0, 0) == 0)
        reply_printf(vt, "\033P>|vmconnect\033\\");
}

/* CPR; in origin mode it counts from the margins. */
static void report_cursor(struct vt *vt, const char *prefix)
{
    unsigned row = vt->cur.row, col = vt->cur.col;

    if (vt->cur.origin) {
        row -= row >= vt->top ? vt->top : row;
        col -= col >= vt->left ? vt->left : col;
    }
    reply_printf(vt, "\033[%s%u;%uR", prefix, row + 1, col + 1);
}

void op_dsr(struct vt *vt, const struct vt_params *p)
{
    switch (param(p, 0, 0)) {
    case 5: reply_printf(vt, "\033[0n"); break;
    case 6: report_cursor(vt, ""); break;
    default: break;
    }
}

void op_dec_dsr(struct vt *vt, const struct vt_params *p)
{
    switch (param(p, 0, 0)) {
    case 6: report_cursor(vt, "?"); break;
    case 15: reply_printf(vt, "\033[?13n"); break;       /* no printer */
    case 25: reply_printf(vt, "\033[?21n"); break;       /* no user keys */
    case 26: reply_printf(vt, "\033[?27;1;0;0n"); break; /* US keyboard */
    case 53:
    case 55: reply_printf(vt, "\033[?50n"); break;   /* no locator */
    case 56: reply_printf(vt, "\033[?57;0n"); break; /* ... of any kind */
    case 75: reply_printf(vt, "\033[?70n"); break;   /* no errors */
    default: break;
    }
}

/* ---- XTWINOPS: sizes in cells, titles ---- */

static void push_title(struct vt *vt)
{
    unsigned i;

    if (vt->n_titles == TITLE_STACK_MAX) {
        mem_free(vt->titles[0]);
        for (i = 1; i < TITLE_STACK_MAX; i++)
            vt->titles[i - 1] = vt->titles[i];
        vt->n_titles--;
    }
    vt->titles[vt->n_titles++] = mem_strdup(vt->title);
}

static void pop_title(struct vt *vt)
{
    if (vt->n_titles == 0)
        return;
    mem_free(vt->title);
    vt->title = vt->titles[--vt->n_titles];
    vt->events |= VT_EVENT_TITLE;
}

void op_window(struct vt *vt, const struct vt_params *p)
{
    /* 0: window and icon title, 1: the icon's, which we have not. */
    bool window = param(p, 1, 0) != 1;

    switch (param(p, 0, 0)) {
    case 18:
        reply_printf(vt, "\033[8;%u;%ut", vt->grid->rows, vt->grid->cols);
        break;
    case 19:
        reply_printf(vt, "\033[9;%u;%ut", vt->grid->rows, vt->grid->cols);
        break;
    case 20: reply_printf(vt, "\033]L\033\\"); break;
    case 21: reply_printf(vt, "\033]l\033\\"); break;
    case 22:
        if (window)
            push_title(vt);
        break;
    case 23:
        if (window)
            pop_title(vt);
        break;
    default: break;
    }
}
