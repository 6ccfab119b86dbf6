/*
 * client_wait.c - a machine that boots: one attempt after the other.
 *
 * The failed connection stays while the next attempt is waited for, with the
 * key that was opened for it; what an attempt that failed had to note is
 * dropped, but for the last one's, and where another login name is next.
 */
#include "app/client_inside.h"

#include "app/connect.h"
#include "app/front.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "config/options.h"
#include "sys/clock.h"
#include "sys/pollset.h"
#include "ui/question.h"

#define OFFERED 300  /* seconds */
#define SLOW    2000 /* ms */

void client_wait_begin(struct client *c)
{
    uint64_t now = clock_ms();

    c->attempt_at = now;
    if (c->opt->wait != 0 && !c->patience.on && !c->was_open)
        patience_begin(&c->patience, c->opt->wait, now);
    if (c->patience.on)
        connect_repeat(c->connect, &c->patience);
}

/* ---- the offer ---- */

/* Only where somebody sits before a screen that is there for nothing else. */
static bool may_offer(const struct client *c)
{
    return c->front->offers && c->asker == NULL && !c->was_open &&
           !c->patience.on &&
           (c->fault == FAULT_REFUSED || c->fault == FAULT_NO_ANSWER ||
            c->fault == FAULT_MUTE);
}

static void offer(struct client *c)
{
    static const struct ui_choice choices[] = {
        { "y", "wait for it, five minutes at most" },
        { "Enter", "leave" },
    };
    struct ui_question q = {
        .title = "No connection",
        .prompt = "Wait for it? ",
        .echo = true,
        .choices = choices,
        .choices_len = sizeof choices / sizeof *choices,
    };

    notes_log(&c->notes, "No connection: %s.", c->loss.msg);
    buf_clear(&c->offer);
    buf_printf(&c->offer, "%s.\n%s", c->loss.msg, c->advice);
    q.text = buf_str(&c->offer);
    c->front->ops->ask(c->front, &q);
    c->asking = true;
    c->pause = PAUSE_OFFER;
}

static bool is_yes(const struct ui_answer *answer)
{
    const char *text =
        answer->cancelled ? "" : (const char *)answer->line->data;

    return text_same(text, "y") || text_same(text, "yes");
}

static void take_offer(struct client *c)
{
    uint64_t now = clock_ms();
    struct ui_answer answer;
    struct err why = c->loss;

    if (!c->front->ops->answer(c->front, &answer))
        return;
    c->asking = false;
    c->pause = PAUSE_NONE;
    if (is_yes(&answer)) {
        patience_begin(&c->patience, OFFERED, now);
        (void)patience_goes_on(&c->patience, c->fault, false, false,
                               c->attempt_at, now);
        connect_repeat(c->connect, &c->patience);
        c->pause = PAUSE_WAIT;
        notes_log(&c->notes, "Waiting for it.");
    } else {
        client_lost(c, &why);
    }
    secret_free(answer.line);
}

/* ---- the attempts ---- */

static bool goes_on(struct client *c)
{
    const struct patience_reason *before = c->patience.reason;
    bool reached = c->ladder.rung[RUNG_TCP].state != RUNG_OPEN &&
                   c->ladder.rung[RUNG_TCP].state != RUNG_BROKEN;
    enum connect_turn turn = connect_turn(c->connect);

    if (turn == TURN_NONE ||
        !patience_goes_on(&c->patience, c->fault, reached, turn == TURN_NAME,
                          c->attempt_at, clock_ms()))
        return false;
    if (c->patience.reason != before)
        notes_log(&c->notes, "Waiting for it: %s.", c->loss.msg);
    client_unask(c);
    c->pause = PAUSE_WAIT;
    return true;
}

/* How long it was in vain stands before the last reason. */
static void give_up(struct client *c)
{
    uint64_t s = (clock_ms() - c->patience.from) / 1000;

    c->patience.on = false;
    if (c->patience.reason == NULL)
        return; /* the first attempt told all */
    err_prefix(&c->loss, "waited %llu:%02llu", (unsigned long long)(s / 60),
               (unsigned long long)(s % 60));
}

bool client_waits(struct client *c)
{
    if (c->patience.on && c->loss.code != ERR_CANCELLED) {
        if (goes_on(c))
            return true;
        give_up(c);
    } else if (may_offer(c)) {
        offer(c);
        return true;
    }
    return false;
}

void client_step_pause(struct client *c)
{
    if (c->pause == PAUSE_OFFER) {
        take_offer(c);
    } else if (clock_ms() >= c->patience.due) {
        if (connect_turn(c->connect) != TURN_NAME)
            notes_forget(&c->notes);
        c->pause = PAUSE_NONE;
        c->patience.due = 0;
        c->attempt_at = clock_ms();
        connect_restart(c->connect);
    }
}

/* ---- what is shown ---- */

static bool may_wait(const struct client *c)
{
    return (c->patience.on || client_is_doctor(c)) && c->connect != NULL &&
           !c->asking;
}

/* When the silence of the attempt that is being made becomes a wait, in ms;
 * 0: there is none.  *stage as connect_silence() has it. */
static uint64_t wait_begins(const struct client *c, enum fault *stage)
{
    uint64_t since;

    *stage = FAULT_OTHER;
    if (!may_wait(c) || c->pause != PAUSE_NONE)
        return 0;
    *stage = connect_silence(c->connect, &since);
    return (since > c->attempt_at ? since : c->attempt_at) + SLOW;
}

/* Nothing has come for a while: *stage is what is waited for, or OTHER, where
 * it is not the server's turn. */
static bool stands_still(const struct client *c, enum fault *stage)
{
    uint64_t begins = wait_begins(c, stage);

    if (begins != 0 && clock_ms() >= begins)
        return true;
    *stage = FAULT_OTHER;
    return false;
}

/* An answer may come after the time is up: then the line ends. */
static bool is_waiting(const struct client *c, enum fault *silence)
{
    bool still = stands_still(c, silence);

    return may_wait(c) && !connect_opens_key(c->connect) &&
           clock_ms() < c->patience.until &&
           ((still && *silence != FAULT_OTHER) || c->patience.reason != NULL);
}

static const char *silence_sentence(enum fault silence)
{
    switch (silence) {
    case FAULT_MUTE: return "the connection is taken, but nothing is said yet";
    case FAULT_KEX:
        return "the server has stopped answering during the key exchange";
    case FAULT_SILENT: return "the server has stopped answering in the login";
    default: return "there is no answer yet";
    }
}

bool client_wait_unanswered(struct client *c)
{
    enum fault silence;

    if (!stands_still(c, &silence) || silence == FAULT_OTHER ||
        (silence == FAULT_NO_ANSWER && c->patience.reason != NULL))
        return false;
    err_set(&c->loss, ERR_TIMEOUT, "%s: %s", c->where,
            silence_sentence(silence));
    client_advise(c, silence, NULL);
    c->fault = silence;
    ladder_decide(&c->ladder, ladder_next(&c->ladder), RUNG_BROKEN, clock_ms(),
                  "%s", c->loss.msg);
    return true;
}

static void put_waiting(const struct client *c, struct front_state *state,
                        struct buf *line, struct buf *brief)
{
    uint64_t now = clock_ms();
    const struct patience_reason *why;
    enum fault silence;

    if (!is_waiting(c, &silence))
        return;
    why = patience_words(&c->patience, silence);
    patience_line(&c->patience, why, now, line);
    patience_brief(&c->patience, why, now, brief);
    state->waiting = buf_str(line);
    state->waiting_brief = buf_str(brief);
    state->reason = why->words;
}

void client_show_state(struct client *c)
{
    struct front_state state = { .who = c->who,
                                 .where = c->where,
                                 .ended = c->finished };
    struct buf line = { 0 }, brief = { 0 };

    put_waiting(c, &state, &line, &brief);
    if (c->cloudinit.words != NULL) {
        state.beside = c->cloudinit.words->full;
        state.beside_brief = c->cloudinit.words->brief;
    }
    if (c->connect != NULL) {
        state.progress = c->pause == PAUSE_OFFER ? "no connection"
                                                 : connect_progress(c->connect);
        state.unanswered = connect_unanswered(c->connect);
    }
    c->front->ops->state(c->front, &state);
    buf_free(&line);
    buf_free(&brief);
}

uint64_t client_wait_wake(const struct client *c)
{
    enum fault stage;
    uint64_t now = clock_ms(), begins = wait_begins(c, &stage);
    uint64_t wake =
        is_waiting(c, &stage) ? patience_wake(&c->patience, now) : 0;

    return begins > now ? pollset_earlier(wake, begins) : wake;
}
