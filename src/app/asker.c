#include "app/asker.h"

#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "sys/askpass.h"
#include "sys/typed.h"
#include "ui/question.h"

struct asker {
    const char *program;
    struct askpass *running; /* NULL: no question is open */
    bool confirm;            /* it is one of yes and no */
};

struct asker *asker_new(bool terminal)
{
    const char *program = askpass_program(terminal);
    struct asker *a;

    if (program == NULL)
        return NULL;
    a = mem_alloc(sizeof *a);
    a->program = program;
    return a;
}

void asker_drop(struct asker *a)
{
    askpass_free(a->running);
    a->running = NULL;
}

void asker_free(struct asker *a)
{
    if (a == NULL)
        return;
    asker_drop(a);
    mem_free(a);
}

void asker_watch(const struct asker *a, struct pollset *set)
{
    if (a->running != NULL)
        askpass_watch(a->running, set);
}

uint64_t asker_wake(const struct asker *a, uint64_t now)
{
    return a->running != NULL ? askpass_wake(a->running, now) : 0;
}

/* "y" or nothing. */
static bool is_confirm(const struct ui_question *q)
{
    return q->choices_len == 2 && strcmp(q->choices[0].word, "y") == 0;
}

static void put_question(struct buf *out, const struct ui_question *q)
{
    size_t i;

    if (q->title != NULL)
        buf_printf(out, "%s\n\n", q->title);
    if (q->text != NULL)
        buf_printf(out, "%s\n\n", q->text);
    for (i = 0; i < q->choices_len && !is_confirm(q); i++)
        buf_printf(out, "%s: %s\n", q->choices[i].word, q->choices[i].label);
    if (q->prompt != NULL)
        buf_put_str(out, q->prompt);
}

void asker_ask(struct asker *a, const struct ui_question *question)
{
    struct buf text = { 0 };

    asker_drop(a);
    put_question(&text, question);
    a->confirm = is_confirm(question);
    a->running = askpass_start(a->program, buf_str(&text), a->confirm);
    buf_free(&text);
}

/*
 * A program that does not know such questions prints what was typed, which
 * may be "no".  ssh(1) takes nothing and "yes" for one.
 */
static bool is_affirmed(const struct secret *line)
{
    const char *word = (const char *)line->data;

    return line->len == 0 || text_same(word, "yes") || text_same(word, "y");
}

static void take_answer(struct asker *a, struct ui_answer *out)
{
    struct secret *line = typed_utf8(askpass_take(a->running));

    out->cancelled = a->confirm && !is_affirmed(line);
    if (!a->confirm) {
        out->line = line;
        return;
    }
    secret_free(line);
    if (!out->cancelled)
        out->line = secret_from("y", 1);
}

enum asker_state asker_step(struct asker *a, struct ui_answer *out,
                            struct err *err)
{
    *out = (struct ui_answer){ .cancelled = true };
    if (a->running == NULL)
        return ASKER_WAIT;
    switch (askpass_step(a->running, err)) {
    case ASKPASS_WAIT: return ASKER_WAIT;
    case ASKPASS_FAILED: return ASKER_FAILED;
    case ASKPASS_CANCELLED: break;
    case ASKPASS_ANSWERED: take_answer(a, out); break;
    }
    asker_drop(a);
    return ASKER_ANSWERED;
}
