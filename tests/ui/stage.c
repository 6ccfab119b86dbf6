#include "stage.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/err.h"
#include "base/secret.h"
#include "describe.h"
#include "sys/clock.h"
#include "sys/pollset.h"
#include "sys/signals.h"
#include "ui/ui.h"

struct run {
    struct ui *ui;
    struct vt *vt;
    const struct stage *stage;
    unsigned step;
    size_t scroll;
    bool status_on;
    bool done;
};

static const struct ui_choice choices[] = {
    { "a", "accept and remember this key" },
    { "once", "this once" },
};

static const struct ui_question host = {
    .title = "Unknown host",
    .text = "The key of example.org is not known, so that nobody can tell "
            "whether this is the right machine.\n\nED25519 SHA256:abc",
    .prompt = "Your choice:",
    .echo = true,
    .choices = choices,
    .choices_len = 2,
};
static const struct ui_question passphrase = { .prompt = "Passphrase:" };
static const struct ui_question notice = {
    .title = "Changed key",
    .text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n"
            "19\n20\n21\n22\n23\n24\n25\nthe end",
    .alert = true,
};

static void show(struct run *r, const char *text)
{
    vt_write(r->vt, text, strlen(text));
}

static void next_step(struct run *r)
{
    if (r->step < STAGE_STEPS && r->stage->steps[r->step] != NULL)
        show(r, r->stage->steps[r->step++]);
}

static void set_status(struct run *r)
{
    const struct ui_status status = { .left = "ubuntu@203.0.113.5",
                                      .state = "connected",
                                      .right = "Ctrl-] menu",
                                      .alert = r->stage->alert };

    ui_set_status(r->ui, &status);
}

static void fit(struct run *r)
{
    unsigned cols, rows;

    ui_size(r->ui, &cols, &rows);
    vt_resize(r->vt, cols, rows);
}

/* ---- keys ---- */

static void do_host(struct run *r)
{
    ui_ask(r->ui, &host);
}

static void do_passphrase(struct run *r)
{
    ui_ask(r->ui, &passphrase);
}

static void do_notice(struct run *r)
{
    ui_ask(r->ui, &notice);
}

static void do_status(struct run *r)
{
    r->status_on = !r->status_on;
    ui_show_status(r->ui, r->status_on);
    fit(r);
}

static void do_suspend(struct run *r)
{
    ui_suspend(r->ui);
    printf("suspended\n");
    fflush(stdout);
    getchar(); /* a line, as the modes are the shell's again */
    ui_resume(r->ui);
    vt_damage_all(r->vt);
}

static void do_crash(struct run *r)
{
    (void)r;
    raise(SIGILL);
}

static void do_exit(struct run *r)
{
    (void)r;
    exit(3);
}

static void do_title(struct run *r)
{
    ui_title(r->ui, "new title\033[31m");
}

static void do_mouse(struct run *r)
{
    ui_set_mouse(r->ui, VT_MOUSE_ANY);
}

static void do_scroll(struct run *r)
{
    r->scroll = r->scroll != 0 ? 0 : vt_scrollback(r->vt);
}

static void do_end(struct run *r)
{
    r->done = true;
}

static const struct {
    enum vt_key_code code;
    void (*run)(struct run *r);
} commands[] = {
    { VT_KEY_F1, do_end },
    { VT_KEY_F1 + 1, do_host },
    { VT_KEY_F1 + 2, do_passphrase },
    { VT_KEY_F1 + 3, do_notice },
    { VT_KEY_F1 + 4, do_status },
    { VT_KEY_F1 + 5, do_suspend },
    { VT_KEY_F1 + 6, do_crash },
    { VT_KEY_F1 + 7, do_exit },
    { VT_KEY_F1 + 8, do_title },
    { VT_KEY_F1 + 9, do_mouse },
    { VT_KEY_F1 + 10, do_scroll },
    { VT_KEY_F1 + 11, next_step },
};

static bool command(struct run *r, const struct ui_event *ev)
{
    size_t i;

    if (ev->kind != UI_KEY || ev->key.mods != 0)
        return false;
    for (i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (commands[i].code == ev->key.code) {
            commands[i].run(r);
            return true;
        }
    return false;
}

static void answer(struct run *r)
{
    struct ui_answer a = ui_take_answer(r->ui);

    show(r, a.cancelled ? "cancelled" : "answered ");
    if (a.line != NULL)
        vt_write(r->vt, a.line->data, a.line->len);
    show(r, "\r\n");
    secret_free(a.line);
}

static void event(struct run *r, const struct ui_event *ev)
{
    struct buf text = { 0 };

    if (command(r, ev))
        return;
    if (ev->kind == UI_ANSWER) {
        answer(r);
    } else if (ev->kind == UI_HANGUP) {
        r->done = true;
    } else if (ev->kind == UI_PLACE) {
        vt_damage_all(r->vt);
    } else if (ev->kind == UI_DEPTH) {
        ui_deepen(r->ui, ev->styles);
        vt_damage_all(r->vt);
    } else if (ev->kind != UI_COLOR && ev->kind != UI_DEVICE) {
        describe_event(ev, &text);
        vt_write(r->vt, text.data, text.len);
        if (ev->kind != UI_PASTE || ev->paste_last)
            show(r, "\r\n");
        buf_free(&text);
    }
}

static void loop(struct run *r)
{
    struct pollset set;
    struct ui_event ev;
    int sig;

    while (!r->done) {
        while (!ui_draw(r->ui, r->vt, r->scroll, NULL))
            continue;
        pollset_clear(&set);
        pollset_add(&set, ui_fd(r->ui), POLLIN);
        pollset_add(&set, signals_fd(), POLLIN);
        pollset_wait(&set, ui_wake(r->ui));
        while (!r->done && (ev = ui_read(r->ui, clock_ms())).kind != UI_NONE)
            event(r, &ev);
        while ((sig = signals_take()) != 0) {
            if (sig != SIGWINCH)
                continue;
            ui_resized(r->ui);
            fit(r);
        }
    }
}

int stage_run(void *arg)
{
    struct run r = { .stage = arg };
    const struct ui_options opt = { .status_line = !r.stage->no_status,
                                    .no_mouse = r.stage->no_mouse };
    struct vt_options vt_opt = { .scrollback = 1000 };
    struct err err = { 0 };

    signals_start();
    signals_on_crash(ui_emergency);
    r.ui = ui_open(&opt, &err);
    if (r.ui == NULL) {
        printf("cannot open: %s\n", err.msg);
        return 1;
    }
    ui_size(r.ui, &vt_opt.cols, &vt_opt.rows);
    r.vt = vt_new(&vt_opt);
    r.status_on = opt.status_line;
    set_status(&r);
    if (r.stage->asks)
        ui_ask_colors(r.ui, r.vt);
    next_step(&r);
    loop(&r);
    ui_close(r.ui);
    vt_free(r.vt);
    printf("the end\n");
    return 0;
}
