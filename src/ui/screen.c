/*
 * screen.c - taking the terminal over, and giving it back.
 *
 * The order matters: the way back is armed before anything is changed, and
 * what we change ourselves is changed after curses took the screen, and given
 * back before it leaves it.
 */
#include "ui/ui.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "sys/tty.h"
#include "sys/typed.h"
#include "ui/decode.h"
#include "ui/inside.h"
#include "ui/modes.h"
#include "ui/rescue.h"

#define COLS_DEFAULT 80u
#define ROWS_DEFAULT 24u

/* ---- life ---- */

static void learn_size(struct ui *ui)
{
    if (!tty_size(STDOUT_FILENO, &ui->cols, &ui->rows) || ui->cols == 0 ||
        ui->rows == 0) {
        ui->cols = COLS_DEFAULT;
        ui->rows = ROWS_DEFAULT;
    }
    if (ui->cols > VT_MAX_SIDE)
        ui->cols = VT_MAX_SIDE;
    if (ui->rows > VT_MAX_SIDE)
        ui->rows = VT_MAX_SIDE;
}

static void arm_rescue(const struct ui *ui)
{
    struct buf bytes = { 0 };

    modes_rescue(&ui->outer, ui->keys, &bytes);
    rescue_arm(STDOUT_FILENO, &ui->modes, bytes.data, bytes.len);
    buf_free(&bytes);
}

static void enter(struct ui *ui)
{
    struct buf bytes = { 0 };

    modes_enter(&ui->outer, &bytes);
    modes_mouse(&ui->outer, ui->mouse_wanted, ui->mouse, &bytes);
    if (ui->keypad)
        modes_keypad(&ui->outer, true, &bytes);
    modes_keys(&ui->outer, (struct vt_key_wishes){ 0 }, ui->keys, &bytes);
    if (ui->title != NULL)
        modes_title(&ui->outer, ui->title, &bytes);
    ui_send(ui, &bytes);
    buf_free(&bytes);
    ui->cursor.usual = true;
}

/*
 * A terminal that keeps what it shows: our rows go, and what comes then begins
 * on a row of its own.
 */
static void erase_ours(struct ui *ui)
{
    static const struct canvas_place nowhere;

    canvas_place(ui->canvas, CANVAS_BOX, nowhere);
    canvas_place(ui->canvas, CANVAS_BAR, nowhere);
    canvas_flush(ui->canvas);
}

static void begin_row(struct ui *ui)
{
    struct buf bytes = { 0 };

    if (!ui->outer.alternate && ui_body_rows(ui) == ui->rows)
        buf_put_str(&bytes, "\r\n");
    ui_send(ui, &bytes);
    buf_free(&bytes);
}

static void leave(struct ui *ui)
{
    struct buf bytes = { 0 };

    if (ui->outer.keeps)
        erase_ours(ui);
    if (ui->cursor.colored) {
        ui->cursor.colored = false;
        modes_cursor_color(&ui->outer, &ui->cursor, &bytes);
    }
    modes_leave(&ui->outer, ui->keys, &bytes);
    ui_send(ui, &bytes);
    buf_free(&bytes);
}

static void make_decoder(struct ui *ui)
{
    const struct decoder_options opt = {
        .decode = typed_is_8bit() ? typed_decode : utf8_decode,
        .erase = (uint8_t)ui->modes.c_cc[VERASE],
    };

    ui->decoder = decoder_new(&opt);
    outer_teach(ui->decoder);
}

struct ui *ui_open(const struct ui_options *opt, struct err *err)
{
    struct ui *ui = mem_alloc(sizeof *ui);

    ui->status_line = opt->status_line;
    ui->mouse_wanted = !opt->no_mouse;
    ui->repaint = true;
    if (!isatty(STDIN_FILENO) || tcgetattr(STDOUT_FILENO, &ui->modes) == -1) {
        err_set(
            err, ERR_UNSUPPORTED,
            "the full screen needs a terminal on standard input and output");
        goto fail;
    }
    if (!outer_learn(&ui->outer, STDOUT_FILENO, err))
        goto fail;
    make_decoder(ui);
    arm_rescue(ui);
    /* Curses opens terminfo anew. */
    outer_done();
    ui->canvas = canvas_open(&ui->outer, err);
    mem_free(ui->outer.description);
    ui->outer.description = NULL;
    if (ui->canvas == NULL)
        goto fail;
    ui_resized(ui);
    canvas_flush(ui->canvas);
    enter(ui);
    return ui;
fail:
    outer_free(&ui->outer);
    rescue_disarm();
    decoder_free(ui->decoder);
    mem_free(ui);
    return NULL;
}

bool ui_vanishes(const struct ui *ui)
{
    return ui->outer.alternate;
}

bool ui_is_deep(const struct ui *ui)
{
    return ui->outer.truecolor;
}

void ui_close(struct ui *ui)
{
    if (ui == NULL)
        return;
    if (!ui->suspended)
        leave(ui);
    canvas_close(ui->canvas);
    begin_row(ui);
    /* What is still to be read was not typed for the program that comes now;
     * it may be a part of a passphrase. */
    tcsetattr(STDOUT_FILENO, TCSAFLUSH, &ui->modes);
    rescue_disarm();
    decoder_free(ui->decoder);
    dialog_free(ui->dialog);
    outer_free(&ui->outer);
    mem_free(ui->left);
    mem_free(ui->state);
    mem_free(ui->right);
    mem_free(ui->title);
    mem_free(ui->cells);
    mem_free(ui);
}

void ui_suspend(struct ui *ui)
{
    if (ui->suspended)
        return;
    if (ui->dialog != NULL)
        dialog_pause(ui->dialog);
    leave(ui);
    canvas_suspend(ui->canvas);
    begin_row(ui);
    tcsetattr(STDOUT_FILENO, TCSADRAIN, &ui->modes);
    rescue_disarm();
    ui->suspended = true;
}

void ui_resume(struct ui *ui)
{
    if (!ui->suspended)
        return;
    ui->suspended = false;
    arm_rescue(ui);
    canvas_resume(ui->canvas);
    enter(ui);
    ui_resized(ui);
}

/* ---- size ---- */

int ui_fd(const struct ui *ui)
{
    (void)ui;
    return STDIN_FILENO;
}

unsigned ui_body_rows(const struct ui *ui)
{
    return ui->status_line && ui->rows > 1 ? ui->rows - 1 : ui->rows;
}

void ui_size(const struct ui *ui, unsigned *cols, unsigned *rows)
{
    *cols = ui->cols;
    *rows = ui_body_rows(ui);
}

void ui_cell_size(const struct ui *ui, unsigned *width, unsigned *height)
{
    (void)ui;
    if (!tty_cell_size(STDOUT_FILENO, width, height))
        *width = *height = 0;
}

void ui_resized(struct ui *ui)
{
    learn_size(ui);
    canvas_resize(ui->canvas, ui->cols, ui->rows);
    ui->repaint = true;
    ui_arrange(ui);
}

/* ---- beside curses ---- */

void ui_send(struct ui *ui, struct buf *bytes)
{
    ssize_t n;

    while (bytes->len != 0 && !ui->suspended) {
        n = write(STDOUT_FILENO, bytes->data, bytes->len);
        if (n == -1 && errno != EINTR)
            break; /* the terminal is gone: ui_read() will tell */
        if (n > 0)
            buf_consume(bytes, (size_t)n);
    }
    buf_clear(bytes);
}

void ui_guess_colors(const struct ui *ui, struct vt *vt)
{
    vt_set_default_color(vt, VT_DEFAULT_FG, ui->outer.guess[VT_DEFAULT_FG]);
    vt_set_default_color(vt, VT_DEFAULT_BG, ui->outer.guess[VT_DEFAULT_BG]);
}

void ui_ask_colors(struct ui *ui, struct vt *vt)
{
    struct buf bytes = { 0 };

    modes_ask_colors(&ui->outer, &bytes);
    ui->colors_due = bytes.len != 0 ? COLORS_ASKED : 0;
    ui->device_due = bytes.len != 0;
    if (bytes.len == 0)
        ui_guess_colors(ui, vt);
    ui_send(ui, &bytes);
    buf_free(&bytes);
}

/* A screen that is pushed once more also pushes the title once more. */
void ui_deepen(struct ui *ui, bool styles)
{
    struct buf bytes = { 0 };

    if (ui->outer.deeper == NULL || ui->suspended)
        return;
    outer_deepen(&ui->outer, styles);
    canvas_restart(ui->canvas, &ui->outer);
    ui->double_asked = false;
    if (outer_string("smcup") != NULL &&
        strstr(outer_string("smcup"), "\033[22;0;0t") != NULL)
        buf_put_str(&bytes, "\033[23;0;0t");
    mem_free(ui->outer.description);
    ui->outer.description = NULL;
    ui_send(ui, &bytes);
    buf_free(&bytes);
    ui_resized(ui);
}

unsigned ui_answers_due(const struct ui *ui)
{
    if (ui->suspended || ui->hung_up)
        return 0;
    return ui->colors_due + (ui->device_due ? 1 : 0) +
           (ui->double_due ? 1 : 0) + (ui->name_due ? 1 : 0);
}

void ui_beep(struct ui *ui)
{
    canvas_beep(ui->canvas);
}

void ui_title(struct ui *ui, const char *title)
{
    struct buf bytes = { 0 };

    mem_free(ui->title);
    ui->title = text_cleaned(title);
    modes_title(&ui->outer, ui->title, &bytes);
    ui_send(ui, &bytes);
    buf_free(&bytes);
}

void ui_flash(struct ui *ui)
{
    canvas_flash(ui->canvas);
}

bool ui_has_clipboard(void)
{
    return outer_has_clipboard(STDOUT_FILENO);
}

bool ui_clipboard(struct ui *ui, const void *text, size_t len)
{
    struct buf bytes = { 0 };
    bool sent = modes_clipboard(&ui->outer, text, len, &bytes);

    ui_send(ui, &bytes);
    buf_free(&bytes);
    return sent;
}

static void send_mouse(struct ui *ui)
{
    struct buf bytes = { 0 };

    modes_mouse(&ui->outer, ui->mouse_wanted, ui->mouse, &bytes);
    ui_send(ui, &bytes);
    buf_free(&bytes);
}

bool ui_has_mouse(const struct ui *ui)
{
    return ui->outer.mouse;
}

bool ui_tells_pastes(const struct ui *ui)
{
    return ui->outer.xterm_like;
}

void ui_set_mouse(struct ui *ui, enum vt_mouse mode)
{
    if (ui->mouse == mode)
        return;
    ui->mouse = mode;
    send_mouse(ui);
}

void ui_set_keypad(struct ui *ui, bool application)
{
    struct buf bytes = { 0 };

    if (ui->keypad == application)
        return;
    ui->keypad = application;
    modes_keypad(&ui->outer, application, &bytes);
    ui_send(ui, &bytes);
    buf_free(&bytes);
}

void ui_set_keys(struct ui *ui, struct vt_key_wishes wishes)
{
    struct buf bytes = { 0 };

    if (ui->keys.other == wishes.other && ui->keys.kitty == wishes.kitty)
        return;
    modes_keys(&ui->outer, ui->keys, wishes, &bytes);
    if (modes_apart(wishes) && !ui->name_asked) {
        ui->name_asked = true;
        ui->name_due = modes_ask_name(&ui->outer, &bytes);
    }
    decoder_apart(ui->decoder, modes_apart(wishes));
    ui->keys = wishes;
    if (!ui->suspended)
        arm_rescue(ui);
    ui_send(ui, &bytes);
    buf_free(&bytes);
}

void ui_want_mouse(struct ui *ui, bool wanted)
{
    ui->mouse_wanted = wanted;
    send_mouse(ui);
}
