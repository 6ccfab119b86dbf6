/*
 * screen_search.c - a pattern being typed, and from match to match.
 *
 * While it is typed, the cursor goes to the nearest match from where it began;
 * cancelled, it goes back there.
 */
#include "app/screen.h"

#include <stdio.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"

#define CTRL_R 0x12

/* ---- the prompt ---- */

static void set_prompt(struct screen *s, const char *trouble)
{
    struct screen_finder *f = &s->find;
    char text[160];
    unsigned cols, rows;

    ui_size(s->ui, &cols, &rows);
    snprintf(text, sizeof text,
             "%s%s%s%s%s:", trouble != NULL ? trouble : "Find",
             f->regex ? " regex" : " text", f->back ? " above" : " below",
             cols < UI_NARROW ? "" : " (Ctrl-R ",
             cols < UI_NARROW ? ""
             : f->regex       ? "text)"
                              : "regex)");
    ui_set_prompt(s->ui, text, trouble != NULL);
}

void screen_search_anew(struct screen *s)
{
    s->find.begin = s->read.at;
    s->find.top = screen_top(s);
    s->find.found = false;
}

void screen_search_begin(struct screen *s, bool back)
{
    struct ui_question q = { .prompt = "", .echo = true, .live = true };

    if (s->front.opt->prefix >= 0)
        q.passed = 1u << s->front.opt->prefix;
    s->find.begun_reading = s->read.on;
    s->find.begun_back = s->scroll != 0;
    screen_read_begin(s);
    s->find.was_back = s->find.back;
    s->find.back = back;
    screen_search_anew(s);
    s->find.recalled = 0;
    screen_set_mode(s, SCREEN_SEARCH);
    ui_ask(s->ui, &q);
    set_prompt(s, NULL);
}

/* ---- going ---- */

static void go_back(struct screen *s)
{
    screen_show_from(s, s->find.top);
    screen_read_go(s, s->find.begin);
}

static void drop_search(struct screen *s)
{
    search_free(s->find.search);
    s->find.search = NULL;
    s->find.found = false;
}

/* From a place on, and then from the other end; *wrapped tells of that. */
static bool find_from(struct screen *s, struct vt_place from, bool back,
                      bool *wrapped)
{
    struct screen_finder *f = &s->find;
    struct vt_place end = { back ? UINT64_MAX : 0, 0 };

    *wrapped = false;
    if (!back)
        from.col++;
    f->found = search_next(f->search, s->vt, from, back, &f->here);
    if (!f->found)
        *wrapped = f->found =
            search_next(f->search, s->vt, end, back, &f->here);
    return f->found;
}

static void go_to_match(struct screen *s)
{
    screen_read_go(s, s->find.here.from);
    s->read.col = s->read.at.col;
}

/* What is typed so far: show where it is. */
static void try_pattern(struct screen *s)
{
    const char *typed = ui_typed(s->ui);
    const char *trouble = NULL;
    struct err err;
    bool wrapped;

    drop_search(s);
    if (*typed == '\0') {
        go_back(s);
    } else if ((s->find.search = search_new(typed, s->find.regex, &err)) ==
               NULL) {
        trouble = "Unfinished"; /* a bracket will be closed yet */
    } else if (!find_from(s, s->find.begin, s->find.back, &wrapped)) {
        trouble = "No such";
        go_back(s);
    } else {
        go_to_match(s);
    }
    set_prompt(s, trouble);
    screen_touch(s);
}

/* ---- the end of typing ---- */

/* The last one that was entered. */
static void recall(struct screen *s)
{
    const struct screen_pattern *last = &s->find.past[0];
    struct err err;

    drop_search(s);
    s->find.regex = last->regex;
    if (last->text != NULL)
        s->find.search = search_new(last->text, last->regex, &err);
}

/* One that was entered before comes to the front. */
static void remember(struct screen *s, const char *pattern)
{
    struct screen_pattern *past = s->find.past;
    size_t at = 0;

    while (at + 1 < SCREEN_PATTERNS && past[at].text != NULL &&
           strcmp(past[at].text, pattern) != 0)
        at++;
    mem_free(past[at].text);
    memmove(past + 1, past, at * sizeof *past);
    past[0] = (struct screen_pattern){ mem_strdup(pattern), s->find.regex };
}

/* Those that were entered are gone through as in less(1). */
static void browse(struct screen *s, bool older)
{
    struct screen_finder *f = &s->find;
    size_t at = f->recalled;

    if (older && at < SCREEN_PATTERNS && f->past[at].text != NULL)
        at++;
    else if (!older && at != 0)
        at--;
    if (at == f->recalled)
        return;
    f->recalled = at;
    if (at != 0)
        f->regex = f->past[at - 1].regex;
    ui_set_typed(s->ui, at != 0 ? f->past[at - 1].text : "");
    try_pattern(s);
}

static void cancel(struct screen *s)
{
    recall(s);
    s->find.back = s->find.was_back;
    go_back(s);
    screen_set_mode(s, SCREEN_READ);
    if (s->find.begun_reading)
        return;
    if (s->find.begun_back) {
        s->read.on = false;
        screen_back_to_work(s);
    } else {
        screen_read_end(s);
    }
}

static void enter(struct screen *s, const char *pattern)
{
    struct err err;

    screen_set_mode(s, SCREEN_READ);
    if (*pattern == '\0') {
        recall(s);
        screen_search_again(s, false, 1);
        return;
    }
    drop_search(s);
    remember(s, pattern);
    s->find.search = search_new(pattern, s->find.regex, &err);
    s->read.at = s->find.begin;
    if (s->find.search != NULL) {
        screen_search_again(s, false, 1);
    } else {
        go_back(s);
        screen_say(s, "%.100s", err.msg);
    }
    screen_status(s);
}

static void answered(struct screen *s)
{
    struct ui_answer answer = ui_take_answer(s->ui);

    if (answer.cancelled)
        cancel(s);
    else
        enter(s, (const char *)answer.line->data);
    secret_free(answer.line);
}

static void prompt_key(struct screen *s, const struct vt_key *key)
{
    bool prefix = screen_is_prefix(s, key);

    if (prefix || key->code == VT_KEY_BACKSPACE) { /* nothing left to delete */
        ui_drop(s->ui);
        cancel(s);
        if (prefix)
            screen_menu_begin(s);
    } else if (vt_control_byte(key) == CTRL_Z) {
        s->front.wish = FRONT_SUSPEND;
    } else if (vt_control_byte(key) == CTRL_R) {
        s->find.regex = !s->find.regex;
        try_pattern(s);
    } else if (key->code == VT_KEY_UP || key->code == VT_KEY_DOWN) {
        browse(s, key->code == VT_KEY_UP);
    }
}

void screen_search_event(struct screen *s, const struct ui_event *ev)
{
    if (ev->kind == UI_EDIT)
        try_pattern(s);
    else if (ev->kind == UI_ANSWER)
        answered(s);
    else if (ev->kind == UI_KEY)
        prompt_key(s, &ev->key);
}

/* One step; true if there may be another before it begins anew. */
static bool search_on(struct screen *s, bool back)
{
    bool wrapped;

    if (!find_from(s, s->read.at, back, &wrapped)) {
        screen_say(s, "Not found");
        return false;
    }
    if (wrapped)
        screen_say(s, "From %s again", back ? "the end" : "the top");
    go_to_match(s);
    return !wrapped;
}

void screen_search_again(struct screen *s, bool against, unsigned count)
{
    bool back = s->find.back != against;

    if (s->find.search == NULL)
        screen_say(s, "Nothing was searched for");
    else
        while (count != 0 && search_on(s, back))
            count--;
    screen_status(s);
}

void screen_search_free(struct screen *s)
{
    size_t i;

    drop_search(s);
    for (i = 0; i < SCREEN_PATTERNS; i++)
        mem_free(s->find.past[i].text);
}
