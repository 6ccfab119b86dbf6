/* events.c - what the user does, and the questions it answers. */
#include "ui/ui.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include "base/mem.h"
#include "ui/decode.h"
#include "ui/inside.h"
#include "ui/line.h"
#include "ui/modes.h"

/* ---- questions ---- */

/* The rest of a paste for a question that is gone is for nobody: it may be a
 * passphrase. */
static void free_dialog(struct ui *ui)
{
    dialog_free(ui->dialog);
    ui->dialog = NULL;
    if (ui->paste == PASTE_ASKED)
        ui->paste = PASTE_DROPPED;
}

void ui_ask(struct ui *ui, const struct ui_question *question)
{
    free_dialog(ui);
    ui->dialog = dialog_new(question);
    ui->live = question->live;
    ui->passed = question->passed;
    ui->pastes_pass = question->pastes_pass;
    ui->answered = false;
    ui_arrange(ui);
    ui_refresh(ui);
}

bool ui_asking(const struct ui *ui)
{
    return ui_has_dialog(ui);
}

struct ui_answer ui_take_answer(struct ui *ui)
{
    struct ui_answer answer = { .cancelled = true };

    if (ui->dialog != NULL)
        answer = dialog_take_answer(ui->dialog);
    ui_drop(ui);
    return answer;
}

void ui_drop(struct ui *ui)
{
    bool open = ui_has_dialog(ui);

    free_dialog(ui);
    ui->answered = false;
    if (!open)
        return;
    ui_arrange(ui);
    ui_refresh(ui);
}

const char *ui_typed(struct ui *ui)
{
    size_t cursor;

    return dialog_typed(ui->dialog, &cursor);
}

void ui_set_typed(struct ui *ui, const char *text)
{
    dialog_set_typed(ui->dialog, text);
    ui_refresh(ui);
}

void ui_set_prompt(struct ui *ui, const char *prompt, bool alert)
{
    dialog_set_prompt(ui->dialog, prompt, alert);
    ui_arrange(ui);
    ui_refresh(ui);
}

/* An event for the open question; true if that answers it. */
static bool question_event(struct ui *ui, const struct ui_event *ev)
{
    switch (ev->kind) {
    case UI_KEY: return dialog_key(ui->dialog, &ev->key);
    case UI_PASTE: dialog_paste(ui->dialog, ev->paste, ev->paste_len); break;
    case UI_MOUSE:
        if (ev->mouse.button == VT_WHEEL_UP)
            dialog_scroll(ui->dialog, -VT_WHEEL_LINES);
        else if (ev->mouse.button == VT_WHEEL_DOWN)
            dialog_scroll(ui->dialog, VT_WHEEL_LINES);
        else if (ev->mouse.button == 0 && ev->mouse.press && !ev->mouse.motion)
            return dialog_click(ui->dialog, ev->mouse.row, ev->mouse.col);
        break;
    default: break;
    }
    return false;
}

static bool is_passed(const struct ui *ui, const struct vt_key *key)
{
    int byte = vt_control_byte(key);

    return byte >= 0 && (ui->passed >> byte & 1) != 0;
}

/*
 * The same; what of it is for the owner too, UI_NONE if nothing: the end, the
 * wish to stop, and of a live question each change and the keys that change
 * nothing.
 */
static enum ui_event_kind ask_event(struct ui *ui, const struct ui_event *ev)
{
    size_t len, at, cursor;

    if (!ui->live && ev->kind == UI_KEY && line_is_stop_key(&ev->key))
        return UI_STOP;
    if (ev->kind == UI_KEY && is_passed(ui, &ev->key))
        return UI_KEY;
    if (ui->live && ev->kind == UI_KEY && dialog_passes(ui->dialog, &ev->key))
        return UI_KEY;
    len = strlen(dialog_typed(ui->dialog, &at));
    if (question_event(ui, ev))
        return UI_ANSWER;
    if (!ui->live)
        return UI_NONE;
    if (strlen(dialog_typed(ui->dialog, &cursor)) != len)
        return UI_EDIT;
    return cursor == at && ev->kind == UI_KEY && !dialog_is_menu(ui->dialog)
               ? UI_KEY
               : UI_NONE;
}

static bool is_for_question(const struct ui *ui, const struct ui_event *ev)
{
    if (ev->kind == UI_PASTE)
        return ui->paste == PASTE_ASKED;
    return ui_has_dialog(ui) &&
           (ev->kind == UI_MOUSE ||
            (ev->kind == UI_KEY && ev->key.event != VT_KEY_RELEASE &&
             ev->key.code != VT_KEY_FUNCTIONAL));
}

/* All pieces of a paste go where the first one does; false: nowhere. */
static bool route_paste(struct ui *ui, const struct ui_event *ev)
{
    if (ev->paste_first)
        ui->paste =
            ui_has_dialog(ui) && !ui->pastes_pass ? PASTE_ASKED : PASTE_PASSES;
    return ui->paste != PASTE_DROPPED;
}

/* ---- reading ---- */

void ui_readable(struct ui *ui)
{
    ui->readable = true;
}

static bool waits(struct ui *ui)
{
    struct pollfd pfd = { .fd = STDIN_FILENO, .events = POLLIN };
    bool known = ui->readable;

    ui->readable = false;
    return known || poll(&pfd, 1, 0) == 1;
}

/* Take in what the terminal has for us; never waits. */
static void fill(struct ui *ui, uint64_t now)
{
    uint8_t bytes[4096];
    size_t room = decoder_room(ui->decoder);
    ssize_t n;

    if (room > sizeof bytes)
        room = sizeof bytes;
    if (ui->suspended || room == 0 || !waits(ui))
        return;
    n = read(STDIN_FILENO, bytes, room);
    ui->read_all = n > 0 && (size_t)n < room;
    if (n > 0)
        decoder_feed(ui->decoder, bytes, (size_t)n, now);
    else if (n == 0 || (errno != EINTR && errno != EAGAIN))
        ui->hung_up = true;
    mem_wipe(bytes, n > 0 ? (size_t)n : 0);
}

static struct ui_event next_event(struct ui *ui, uint64_t now)
{
    struct ui_event ev = decoder_next(ui->decoder, now);

    if (ev.kind != UI_NONE)
        return ev;
    if (ui->read_all) { /* what comes from now on is for the next turn */
        ui->read_all = false;
        return ev;
    }
    fill(ui, now);
    ev = decoder_next(ui->decoder, now);
    if (ev.kind == UI_NONE && ui->hung_up)
        ev.kind = UI_HANGUP;
    return ev;
}

/* Is it the answer to modes_ask_double(), and yes? */
static bool can_double(struct ui *ui, const struct ui_event *ev)
{
    if (!ui->double_due || ev->row + 1 != ui->rows)
        return false;
    ui->double_due = false;
    if (ev->col >= (ui->cols + 1) / 2)
        return false;
    canvas_can_double(ui->canvas, ui->named);
    return true;
}

/* Is it the answer that comes behind the colours, and none of them came? */
static bool has_no_colors(struct ui *ui)
{
    bool none = ui->device_due && ui->colors_due == COLORS_ASKED;

    if (ui->device_due)
        ui->colors_due = 0;
    ui->device_due = false;
    return none;
}

/* Does it tell nobody else anything? */
static bool is_our_own(struct ui *ui, const struct ui_event *ev)
{
    if (ev->kind == UI_NAMED) {
        ui->named = !ev->xterm;
        ui->name_due = false;
    }
    return ev->kind == UI_NAMED ||
           (ev->kind == UI_PASTE && !route_paste(ui, ev)) ||
           (ev->kind == UI_PLACE && !can_double(ui, ev)) ||
           (ev->kind == UI_DEVICE && !has_no_colors(ui));
}

struct ui_event ui_read(struct ui *ui, uint64_t now)
{
    struct ui_event ev;
    enum ui_event_kind kind;
    bool changed = false, ours;

    while (ev = next_event(ui, now), ours = is_our_own(ui, &ev),
           ours || is_for_question(ui, &ev)) {
        if (ours)
            continue;
        changed = true;
        kind = ask_event(ui, &ev);
        if (kind == UI_NONE)
            continue;
        ev.kind = kind;
        if (kind == UI_ANSWER) {
            ui->answered = true;
            ui_arrange(ui);
        }
        break;
    }
    if (changed)
        ui_refresh(ui);
    if (ev.kind == UI_MOUSE)
        ev.mouse.row += ui->first; /* of the vt */
    if (ev.kind == UI_COLOR && ui->colors_due != 0)
        ui->colors_due--;
    return ev;
}

uint64_t ui_wake(const struct ui *ui)
{
    return decoder_wake(ui->decoder);
}
