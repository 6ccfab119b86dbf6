/*
 * peer-vterm.c - Debian's libvterm as its users drive it: UTF-8, damage merged
 * by scrolls, lines that leave the screen copied into a ring.
 */
#include "peer.h"

#include <string.h>
#include <vterm.h>
#include "base/mem.h"

struct peer {
    VTerm *vterm;
    VTermScreenCell *ring;
    size_t cols, lines, next;
};

const char *peer_name(void)
{
    return "libvterm";
}

static int push_line(int cols, const VTermScreenCell *cells, void *user)
{
    struct peer *p = user;
    size_t n = (size_t)cols < p->cols ? (size_t)cols : p->cols;

    memcpy(p->ring + p->next * p->cols, cells, n * sizeof *cells);
    p->next = (p->next + 1) % p->lines;
    return 1;
}

struct peer *peer_new(unsigned cols, unsigned rows, unsigned lines)
{
    static const VTermScreenCallbacks callbacks = { .sb_pushline = push_line };
    struct peer *p = mem_alloc(sizeof *p);
    VTermScreen *screen;

    p->cols = cols;
    p->lines = lines;
    p->ring = mem_array((size_t)cols * lines, sizeof *p->ring);
    p->vterm = vterm_new((int)rows, (int)cols);
    vterm_set_utf8(p->vterm, 1);
    screen = vterm_obtain_screen(p->vterm);
    vterm_screen_enable_altscreen(screen, 1);
    vterm_screen_set_damage_merge(screen, VTERM_DAMAGE_SCROLL);
    vterm_screen_set_callbacks(screen, &callbacks, p);
    vterm_screen_reset(screen, 1);
    return p;
}

void peer_write(struct peer *p, const void *data, size_t len)
{
    vterm_input_write(p->vterm, data, len);
    vterm_screen_flush_damage(vterm_obtain_screen(p->vterm));
}

void peer_free(struct peer *p)
{
    vterm_free(p->vterm);
    mem_free(p->ring);
    mem_free(p);
}
