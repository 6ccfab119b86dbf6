/*
 * screen_menu.c - the menu behind the prefix key: all commands, each with a key
 * that works at once; and the settings of this session.
 */
#include "app/screen.h"

#include <stdio.h>
#include <string.h>
#include "app/info.h"
#include "app/notes.h"
#include "base/secret.h"
#include "config/options.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* ---- notices ---- */

static void notice(struct screen *s, const char *title, const char *text)
{
    struct ui_question q = { .title = title, .text = text };

    screen_put_question(s, &q, NULL);
}

/* A text that y copies, when it is answered. */
static void copied(struct screen *s, const char *answer)
{
    if (answer != NULL)
        screen_keep(s, &s->shown);
    buf_free(&s->shown);
}

static void show_kept(struct screen *s, const char *title, bool at_end)
{
    struct ui_question q = { .title = title,
                             .text = buf_str(&s->shown),
                             .confirm = true,
                             .at_end = at_end,
                             .hint = "y copies \xc2\xb7 Esc closes" };

    screen_put_question(s, &q, copied);
}

void screen_show_text(struct screen *s, const char *title, const char *text)
{
    screen_unsettled(s);
    buf_put_str(&s->shown, text);
    show_kept(s, title, false);
}

static void show_info(struct screen *s)
{
    struct info_facts facts = { .who = s->where,
                                .session = s->front.session,
                                .opened = s->opened_at };

    screen_unsettled(s);
    info_session(&s->shown, &facts);
    show_kept(s, "This connection", false);
}

static void show_events(struct screen *s)
{
    const struct buf *log = &s->front.notes->log;

    screen_unsettled(s);
    if (log->len == 0)
        buf_put_str(&s->shown, "Nothing has happened yet.");
    else
        buf_put(&s->shown, log->data, log->len);
    show_kept(s, "Event log", true);
}

/* ---- commands ---- */

static void find(struct screen *s)
{
    screen_search_begin(s, true);
}

static void clear_scrollback(struct screen *s)
{
    screen_select_clear(s);
    vt_clear_scrollback(s->vt);
    screen_read_end(s);
    screen_scroll_live(s);
    screen_announce(s, "The lines above are forgotten");
}

static void reset(struct screen *s)
{
    /* RIS from wherever it is, and the titles, which that leaves. */
    static const char ris[] = "\030\033<\033c\033]0;\a";

    screen_read_end(s);
    screen_write_own(s, ris, sizeof ris - 1);
    ui_set_mouse(s->ui, vt_mouse(s->vt));
    screen_announce(s, "The terminal is reset");
}

static void toggle_status(struct screen *s)
{
    s->status_on = !s->status_on;
    ui_show_status(s->ui, s->status_on);
    screen_fit(s);
    screen_status(s);
}

static void disconnect(struct screen *s)
{
    s->front.wish = FRONT_QUIT;
}

static void suspend(struct screen *s)
{
    s->front.wish = FRONT_SUSPEND;
}

/* 0x1d is Ctrl-], 0x02 is Ctrl-b. */
static void send_prefix(struct screen *s)
{
    struct vt_key key = { .code = VT_KEY_CHAR, .mods = VT_CTRL };

    key.ch = (uint32_t)s->front.opt->prefix + '@';
    if (key.ch >= 'A' && key.ch <= 'Z')
        key.ch |= 32;
    screen_read_end(s);
    screen_send_key(s, &key);
}

static void show_settings(struct screen *s);
static void help(struct screen *s);

/* What is no single character is a key of its own: see key_of(). */
static const struct command {
    const char *word, *label;
    void (*run)(struct screen *s);
} commands[] = {
    { "[", "scroll mode", screen_read_begin },
    { "/", "find text above", find },
    { "PgUp", "look back by a screen", screen_look_back },
    { "l", "pick an address (link)", screen_links_begin },
    { "c", "copy all", screen_copy_all },
    { "]", "paste what was copied", screen_paste_kept },
    { "L", "log to a file, or end it", screen_log_toggle },
    { "e", "event log", show_events },
    { "i", "this connection", show_info },
    { "m", "this machine", screen_about_begin },
    { "T", "test a new login", screen_trial_toggle },
    { "t", "terminal settings", show_settings },
    { "s", "status line on or off", toggle_status },
    { "C", "clear the scrollback", clear_scrollback },
    { "R", "reset the terminal", reset },
    { "z", "suspend", suspend },
    { "?", "keys and mouse", help },
    { ".", "disconnect", disconnect },
};

#define PREFIX_LABEL "send this key itself"

static const char *label_of(const struct screen *s, size_t i)
{
    return commands[i].run == help && !ui_has_mouse(s->ui) ? "keys"
                                                           : commands[i].label;
}

static void help(struct screen *s)
{
    char name[INFO_KEY_NAME];
    struct buf text = { 0 };
    size_t i;

    if (s->front.opt->prefix >= 0) {
        info_key_name(name, s->front.opt->prefix);
        buf_printf(&text, "%-14s the menu of commands\n", name);
        for (i = 0; i < COUNT(commands); i++)
            info_row(&text, name, commands[i].word, label_of(s, i));
        info_row(&text, name, name, PREFIX_LABEL);
    }
    info_help(&text, s->front.opt, ui_has_mouse(s->ui));
    notice(s, "Keys", buf_str(&text));
    buf_free(&text);
}

void screen_escape_help(struct screen *s)
{
    char name[INFO_KEY_NAME];
    struct buf text = { 0 };

    if (s->front.opt->prefix < 0) { /* no other way to it */
        help(s);
        return;
    }
    info_key_name(name, s->front.opt->prefix);
    info_escape_help(&text, s->front.opt);
    buf_put_str(&text, "\nAt any time:\n");
    info_row(&text, name, "?",
             ui_has_mouse(s->ui) ? "all keys and the mouse" : "all keys");
    notice(s, "Keys", buf_str(&text));
    buf_free(&text);
}

static void ask(struct screen *s, const char *title, struct ui_choice *choices,
                size_t n, size_t selected)
{
    const struct ui_question q = { .title = title,
                                   .menu = true,
                                   .live = true,
                                   .selected = selected,
                                   .choices = choices,
                                   .choices_len = n };

    screen_unsettled(s);
    screen_set_mode(s, SCREEN_COMMAND);
    ui_ask(s->ui, &q);
}

void screen_menu_begin(struct screen *s)
{
    struct ui_choice choices[COUNT(commands) + 1];
    char name[INFO_KEY_NAME];
    size_t i;

    for (i = 0; i < COUNT(commands); i++)
        choices[i] = (struct ui_choice){ commands[i].word, label_of(s, i) };
    if (s->front.opt->prefix >= 0) {
        info_key_name(name, s->front.opt->prefix);
        choices[i++] = (struct ui_choice){ name, PREFIX_LABEL };
    }
    s->in_settings = false;
    ask(s, "Menu", choices, i, 0);
}

/* ---- settings ---- */

static void next_bell(struct screen *s)
{
    s->bell_kind = s->bell_kind == BELL_OFF ? BELL_PASS : s->bell_kind + 1;
}

static const char *bell_value(const struct screen *s)
{
    static const char *const names[] = { "passed on", "visual", "off" };

    return names[s->bell_kind];
}

static void next_clipboard(struct screen *s)
{
    s->clipboard =
        s->clipboard == CLIPBOARD_NO ? CLIPBOARD_ASK : s->clipboard + 1;
}

static const char *clipboard_value(const struct screen *s)
{
    static const char *const names[] = { "ask", "yes", "no" };

    return names[s->clipboard];
}

static void next_mouse(struct screen *s)
{
    s->no_mouse = !s->no_mouse;
    ui_want_mouse(s->ui, !s->no_mouse);
}

static const char *mouse_value(const struct screen *s)
{
    if (!ui_has_mouse(s->ui))
        return "none in this terminal";
    return s->no_mouse ? "left to the outer terminal" : "used";
}

static void next_paste(struct screen *s)
{
    s->paste.unasked = !s->paste.unasked;
}

static const char *paste_value(const struct screen *s)
{
    if (s->paste.unasked)
        return "sent at once";
    return ui_tells_pastes(s->ui) ? "shown first"
                                  : "shown first, but for this terminal's own";
}

static void next_log(struct screen *s)
{
    screen_log_as(s, s->log_type == LOG_ALL ? LOG_PRINTABLE : LOG_ALL);
}

static const char *log_value(const struct screen *s)
{
    return s->log_type == LOG_ALL ? "all as it comes" : "printable text";
}

static const char *status_value(const struct screen *s)
{
    return s->status_on ? "shown" : "hidden";
}

static const struct setting_row {
    const char *word, *label;
    void (*next)(struct screen *s);
    const char *(*value)(const struct screen *s);
} setting_rows[] = {
    { "s", "status line", toggle_status, status_value },
    { "b", "bell", next_bell, bell_value },
    { "m", "mouse", next_mouse, mouse_value },
    { "p", "pasted lines", next_paste, paste_value },
    { "c", "programs' clipboard", next_clipboard, clipboard_value },
    { "l", "log", next_log, log_value },
};

static void ask_settings(struct screen *s, size_t selected)
{
    struct ui_choice choices[COUNT(setting_rows)];
    struct buf labels[COUNT(setting_rows)] = { { 0 } };
    size_t i;

    for (i = 0; i < COUNT(setting_rows); i++) {
        buf_printf(&labels[i], "%s: %s", setting_rows[i].label,
                   setting_rows[i].value(s));
        choices[i] =
            (struct ui_choice){ setting_rows[i].word, buf_str(&labels[i]) };
    }
    s->in_settings = true;
    ask(s, "Settings of this session", choices, COUNT(choices), selected);
    for (i = 0; i < COUNT(setting_rows); i++)
        buf_free(&labels[i]);
}

static void show_settings(struct screen *s)
{
    ask_settings(s, 0);
}

/* ---- what was chosen ---- */

/* The rows of the menu that is open; behind those of the commands is the prefix
 * key's. */
static size_t rows(const struct screen *s)
{
    return s->in_settings ? COUNT(setting_rows) : COUNT(commands);
}

/* The row with this word; rows() if there is none. */
static size_t find_row(const struct screen *s, const char *word)
{
    size_t i;

    for (i = 0; i < rows(s); i++)
        if (strcmp(s->in_settings ? setting_rows[i].word : commands[i].word,
                   word) == 0)
            break;
    return i;
}

static void run(struct screen *s, const char *word)
{
    size_t i = find_row(s, word);

    if (i == rows(s)) {
        send_prefix(s);
    } else if (s->in_settings) {
        setting_rows[i].next(s);
        ask_settings(s, i);
    } else {
        commands[i].run(s);
    }
}

/* The word of a key that is typed; "" for one that has none. */
static void key_of(const struct screen *s, const struct vt_key *key,
                   char word[INFO_KEY_NAME])
{
    word[0] = word[1] = '\0';
    if (screen_is_prefix(s, key))
        info_key_name(word, s->front.opt->prefix);
    else if (key->code == VT_KEY_PAGE_UP)
        snprintf(word, INFO_KEY_NAME, "PgUp");
    else if (key->code == VT_KEY_CHAR && key->ch < 0x7f &&
             (key->mods & ~(unsigned)VT_SHIFT) == 0)
        word[0] = (char)key->ch;
}

/* Closed by a key that picks a row, or begins the menu of commands anew. */
static void typed(struct screen *s, const struct vt_key *key)
{
    char word[INFO_KEY_NAME];
    bool prefix = screen_is_prefix(s, key);

    key_of(s, key, word);
    if (!prefix && find_row(s, word) == rows(s)) {
        ui_beep(s->ui); /* on a narrow screen the menu may cover what is said */
        screen_say(s, "No command has this key; Esc closes");
        return;
    }
    ui_drop(s->ui);
    screen_back_to_work(s);
    if (prefix && s->in_settings)
        screen_menu_begin(s);
    else
        run(s, word);
}

void screen_menu_event(struct screen *s, const struct ui_event *ev)
{
    struct ui_answer answer;

    s->say[0] = '\0';
    if (ev->kind == UI_KEY) {
        typed(s, &ev->key);
        return;
    }
    answer = ui_take_answer(s->ui);
    screen_back_to_work(s);
    if (!answer.cancelled)
        run(s, (const char *)answer.line->data);
    secret_free(answer.line);
}
