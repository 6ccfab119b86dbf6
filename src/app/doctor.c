/*
 * doctor.c - a front around the plain one, which asks the questions: what
 * comes from the server is looked at and not shown, nothing is sent to it.
 */
#include "app/doctor.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>
#include "app/front.h"
#include "app/json.h"
#include "app/ladder.h"
#include "app/loginname.h"
#include "app/outlet.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/wrap.h"
#include "config/options.h"
#include "sys/clock.h"
#include "sys/pollset.h"
#include "sys/tty.h"

#define MARK     "vmconnect-shell"
#define SAID_MAX (64u * 1024) /* bytes that a shell may say */
#define LINE_MAX 200          /* of those, in a sentence */
#define PATIENCE 10000        /* ms that the shell may take */
#define SLOW     2000         /* ms from which on it is told what is awaited */

/* The login shell may be any; it is asked for nothing but to run sh. */
const char doctor_command[] =
    "sh -c 'echo " MARK "; command -v cloud-init >/dev/null && "
    "cloud-init status 2>/dev/null; exit 0'";

struct doctor {
    struct front front; /* first */
    struct front *plain;
    struct ladder *ladder;
    struct outlet out;
    char *who;         /* as front_state has it */
    unsigned shown;    /* rungs */
    bool asking;       /* no rung is put into a question */
    struct buf said;   /* by the shell */
    uint64_t deadline; /* 0: the shell has not begun */
    char other[LOGINNAME_MAX];
    struct err err; /* of the shell */
    enum fault fault;
};

static struct doctor *self(struct front *f)
{
    return (struct doctor *)f;
}

/* ---- showing ---- */

static void put_wrapped(struct buf *out, const char *text)
{
    unsigned cols, rows;

    if (tty_size(STDOUT_FILENO, &cols, &rows))
        wrap_text(out, text, cols);
    else
        buf_put_str(out, text);
}

/* The rungs that are decided by now: up to the first that is open, or all. */
static void put_rungs(struct doctor *d, bool all, struct buf *out)
{
    struct buf text = { 0 };

    if (d->front.opt->json)
        return;
    for (; d->shown < RUNGS; d->shown++) {
        if (d->ladder->rung[d->shown].state != RUNG_OPEN)
            ladder_put_rung(d->ladder, (enum rung)d->shown, &text);
        else if (!all)
            break;
    }
    put_wrapped(out, buf_str(&text));
    buf_free(&text);
}

static void show_rungs(struct doctor *d)
{
    struct buf text = { 0 };

    put_rungs(d, false, &text);
    outlet_put(&d->out, text.data, text.len);
    buf_free(&text);
}

/* ---- a rung that takes long ---- */

static bool awaits(const struct doctor *d)
{
    return ladder_next(d->ladder) != RUNGS && !d->asking;
}

static bool is_slow(const struct doctor *d, uint64_t now)
{
    return awaits(d) && now >= d->ladder->since + SLOW;
}

static uint64_t waiting_wake(const struct doctor *d, uint64_t now)
{
    if (is_slow(d, now))
        return now + 1000 - (now - d->ladder->since) % 1000;
    return awaits(d) ? d->ladder->since + SLOW : 0;
}

/* On a terminal, in a line that goes away again. */
static void show_waiting(struct doctor *d, uint64_t now)
{
    enum rung next = ladder_next(d->ladder);
    unsigned seconds = (unsigned)((now - d->ladder->since) / 1000);
    struct front_state state = { .who = d->who };
    struct buf line = { 0 }, brief = { 0 };

    if (is_slow(d, now) && isatty(STDERR_FILENO)) {
        state.reason = ladder_name(next);
        buf_printf(&line, "%s, %u:%02u", state.reason, seconds / 60,
                   seconds % 60);
        buf_printf(&brief, "%s %u:%02u", state.reason, seconds / 60,
                   seconds % 60);
        state.waiting = buf_str(&line);
        state.waiting_brief = buf_str(&brief);
    }
    d->plain->ops->state(d->plain, &state);
    buf_free(&line);
    buf_free(&brief);
}

/* ---- the last rungs ---- */

static void end(struct doctor *d)
{
    d->front.wish = FRONT_QUIT;
}

/* The first line with something in it, cleaned, to be quoted. */
static void first_words(struct doctor *d, struct buf *out)
{
    const char *p = buf_str(&d->said);
    size_t n;

    p += strspn(p, "\r\n ");
    n = strcspn(p, "\r\n");
    text_clean(out, p, n < LINE_MAX ? n : LINE_MAX, false);
    text_cut_stop(out);
}

static void shell_broken(struct doctor *d, bool late, uint64_t now)
{
    struct buf words = { 0 };

    first_words(d, &words);
    d->fault =
        d->other[0] != '\0' ? FAULT_TOLD_USER : fault_of_shell(buf_str(&words));
    if (d->other[0] != '\0')
        err_set(&d->err, ERR_AUTH,
                "the key is right, but the name is not: this machine wants "
                "its users to log in as %s",
                d->other);
    else if (words.len != 0)
        err_set(&d->err, ERR_PROTOCOL,
                "logged in, but no command runs; the server says \"%s\"",
                buf_str(&words));
    else
        err_set(&d->err, ERR_PROTOCOL, "logged in, but %s, and nothing is said",
                late ? "no command has run by now" : "no command runs");
    if (late && d->fault == FAULT_SHELL)
        d->fault = FAULT_SHELL_HANGS;
    ladder_decide(d->ladder, RUNG_SHELL, RUNG_BROKEN, now, "%s", d->err.msg);
    buf_free(&words);
    end(d);
}

static const struct {
    const char *said, *text;
    enum rung_state state;
} clouds[] = {
    { "status: done", "has finished", RUNG_GOOD },
    { "status: running", "still sets the machine up", RUNG_NOTED },
    { "status: not ", "has not begun to set the machine up", RUNG_NOTED },
    { "status: error", "has failed: see cloud-init status --long there",
      RUNG_NOTED },
    { "status: degraded", "has failed in part: see cloud-init status --long",
      RUNG_NOTED },
    { "status: disabled", "is switched off", RUNG_GOOD },
};

static void judge_cloud(struct doctor *d, bool late, uint64_t now)
{
    const char *said = buf_str(&d->said);
    size_t i, n = sizeof clouds / sizeof *clouds;

    for (i = 0; i < n && strstr(said, clouds[i].said) == NULL; i++)
        ;
    if (i < n)
        ladder_decide(d->ladder, RUNG_CLOUD_INIT, clouds[i].state, now, "%s",
                      clouds[i].text);
    else if (late)
        ladder_decide(d->ladder, RUNG_CLOUD_INIT, RUNG_NOTED, now,
                      "does not say how far it is");
    else
        ladder_decide(d->ladder, RUNG_CLOUD_INIT, RUNG_GOOD, now,
                      "is not on this machine");
}

/* over: no more comes, or not in time. */
static void judge_shell(struct doctor *d, bool over, bool late, uint64_t now)
{
    bool runs = strstr(buf_str(&d->said), MARK) != NULL;

    if (runs)
        ladder_decide(d->ladder, RUNG_SHELL, RUNG_GOOD, now, "runs commands");
    else if (over || loginname_told(d->said.data, d->said.len, d->other))
        shell_broken(d, late, now);
    if (runs && over)
        judge_cloud(d, late, now);
}

static void listen_to_shell(struct doctor *d, uint64_t now)
{
    static const enum ssh_stream streams[] = { SSH_STDOUT, SSH_STDERR };
    bool late = d->deadline != 0 && now >= d->deadline;
    uint8_t chunk[4096];
    size_t i, before = d->said.len;
    long n;

    for (i = 0; i < 2; i++)
        while ((n = ssh_session_read(d->front.session, streams[i], chunk,
                                     sizeof chunk)) > 0)
            if (d->said.len < SAID_MAX)
                buf_put(&d->said, chunk, (size_t)n);
    if (d->said.len != before || late)
        judge_shell(d, late, late, now);
    if (late)
        end(d);
}

/* ---- the front ---- */

static void doctor_free(struct front *f)
{
    struct doctor *d = self(f);

    d->plain->ops->free(d->plain);
    outlet_free(&d->out);
    buf_free(&d->said);
    mem_free(d->who);
    mem_free(d);
}

static void doctor_watch(struct front *f, struct pollset *set, uint64_t *wake)
{
    struct doctor *d = self(f);

    d->plain->ops->watch(d->plain, set, wake);
    if (d->out.waiting.len != 0)
        pollset_add(set, d->out.fd, POLLOUT);
    *wake = pollset_earlier(*wake, d->deadline);
    *wake = pollset_earlier(*wake, waiting_wake(d, clock_ms()));
}

static bool doctor_hungry(const struct front *f)
{
    (void)f;
    return true;
}

static void doctor_input(struct front *f, const struct pollset *set,
                         uint64_t now)
{
    struct doctor *d = self(f);

    d->plain->ops->input(d->plain, set, now);
    if (d->plain->wish == FRONT_QUIT && f->session != NULL)
        d->deadline = now; /* the shell is not waited for any longer */
    else if (d->plain->wish != FRONT_NOTHING)
        f->wish = d->plain->wish;
    d->plain->wish = FRONT_NOTHING;
}

static void doctor_output(struct front *f, uint64_t now)
{
    struct doctor *d = self(f);

    if (f->session != NULL)
        listen_to_shell(d, now);
    show_waiting(d, now);
    if (!d->asking)
        show_rungs(d);
    outlet_flush(&d->out);
    d->plain->ops->output(d->plain, now);
}

static bool doctor_showing(const struct front *f)
{
    const struct doctor *d = (const struct doctor *)f;

    return d->out.waiting.len != 0 || d->plain->ops->showing(d->plain);
}

static void doctor_state(struct front *f, const struct front_state *state)
{
    struct doctor *d = self(f);

    mem_free(d->who);
    d->who = mem_strdup(state->who);
}

static void doctor_note(struct front *f, const char *text)
{
    self(f)->plain->ops->note(self(f)->plain, text);
}

static void doctor_ask(struct front *f, const struct ui_question *question)
{
    struct doctor *d = self(f);

    show_rungs(d);
    outlet_finish(&d->out);
    d->asking = true;
    d->plain->ops->ask(d->plain, question);
}

static bool doctor_answer(struct front *f, struct ui_answer *out)
{
    struct doctor *d = self(f);
    bool answered = d->plain->ops->answer(d->plain, out);

    d->asking = d->asking && !answered;
    return answered;
}

static void doctor_unask(struct front *f)
{
    self(f)->asking = false;
    self(f)->plain->ops->unask(self(f)->plain);
}

static void doctor_opened(struct front *f)
{
    struct doctor *d = self(f);
    uint64_t now = clock_ms();

    d->deadline = now + PATIENCE;
    if (!f->wants_pty)
        ladder_decide(d->ladder, RUNG_PTY, RUNG_GOOD, now, "none is asked for");
    else if (ssh_session_facts(f->session).pty_refused)
        ladder_decide(d->ladder, RUNG_PTY, RUNG_NOTED, now,
                      "the server gives none");
    else
        ladder_decide(d->ladder, RUNG_PTY, RUNG_GOOD, now,
                      "the server gives one");
}

static bool doctor_lost(struct front *f, const struct err *err,
                        const char *brief)
{
    (void)f;
    (void)err;
    (void)brief;
    return false;
}

static void doctor_resized(struct front *f)
{
    (void)f; /* each text is wrapped for the size of its time */
}

static void doctor_suspend(struct front *f)
{
    self(f)->plain->ops->suspend(self(f)->plain);
}

static void doctor_resume(struct front *f)
{
    self(f)->plain->ops->resume(self(f)->plain);
}

static const struct front_ops doctor_ops = {
    .free = doctor_free,
    .watch = doctor_watch,
    .hungry = doctor_hungry,
    .input = doctor_input,
    .output = doctor_output,
    .showing = doctor_showing,
    .state = doctor_state,
    .note = doctor_note,
    .ask = doctor_ask,
    .answer = doctor_answer,
    .unask = doctor_unask,
    .opened = doctor_opened,
    .lost = doctor_lost,
    .resized = doctor_resized,
    .suspend = doctor_suspend,
    .resume = doctor_resume,
};

struct front *doctor_front_new(const struct options *opt, struct ladder *ladder)
{
    struct doctor *d = mem_alloc(sizeof *d);

    d->ladder = ladder;
    d->plain = pipe_front_new(opt);
    outlet_init(&d->out, STDOUT_FILENO);
    d->front = (struct front){
        .ops = &doctor_ops,
        .opt = opt,
        .wants_pty = opt->tty != TTY_NO,
        .can_ask = d->plain->can_ask,
        .pty = d->plain->pty,
    };
    d->plain->wants_pty = false;
    return &d->front;
}

/* ---- the end ---- */

static void put_member(struct buf *out, const char *name, struct buf *value)
{
    buf_printf(out, ", \"%s\": ", name);
    json_put_string(out, value->len != 0 ? buf_str(value) : NULL);
}

static void put_json(const struct ladder *ladder, enum fault fault,
                     const struct diagnosis_names *names, struct buf *cause,
                     struct buf *out)
{
    struct buf remedy = { 0 }, unknown = { 0 };

    (void)diagnosis_remedy(fault, names, &remedy);
    (void)diagnosis_unknown(fault, names, &unknown);
    buf_put_str(out, "{\"host\": ");
    json_put_string(out, names->host);
    buf_printf(out, ", \"port\": %u, \"user\": ", names->port);
    json_put_string(out, names->user);
    buf_printf(out, ", \"ok\": %s", cause->len == 0 ? "true" : "false");
    put_member(out, "cause", cause);
    put_member(out, "remedy", &remedy);
    put_member(out, "unknown", &unknown);
    buf_put_str(out, ",\n");
    ladder_put_json(ladder, out);
    buf_put_str(out, "}\n");
    buf_free(&remedy);
    buf_free(&unknown);
}

static void put_verdict(struct doctor *d, const struct diagnosis_names *names,
                        struct buf *cause, struct buf *out)
{
    struct buf text = { 0 };

    put_rungs(d, true, out);
    ladder_put_open(d->ladder, &text);
    if (cause->len == 0) {
        buf_put_str(&text, "Nothing is broken.\n");
    } else {
        buf_printf(&text, "%s.\n", buf_str(cause));
        diagnosis_lines(d->fault, names, &text);
    }
    put_wrapped(out, buf_str(&text));
    buf_free(&text);
}

bool doctor_report(struct front *f, enum fault fault, const struct err *err,
                   const struct diagnosis_names *names, struct buf *out)
{
    struct doctor *d = self(f);
    struct diagnosis_names told = *names;
    struct buf cause = { 0 };
    bool good;

    if (d->deadline != 0 && fault == FAULT_LOGIN)
        ladder_decide(d->ladder, RUNG_SHELL, RUNG_BROKEN, clock_ms(), "%s",
                      err->msg);
    else if (d->deadline != 0 && d->err.code == ERR_NONE)
        judge_shell(d, true, false, clock_ms());
    if (d->err.code == ERR_NONE) {
        d->err = *err;
        d->fault = fault;
    }
    if (d->other[0] != '\0')
        told.other = d->other;
    good = d->err.code == ERR_NONE;
    buf_put_str(&cause, d->err.msg);
    if (f->opt->json)
        put_json(d->ladder, d->fault, &told, &cause, out);
    else
        put_verdict(d, &told, &cause, out);
    buf_free(&cause);
    return good;
}

void doctor_put_refusal(const struct options *opt, const struct err *err,
                        struct buf *out)
{
    struct diagnosis_names names = diagnosis_names_of(opt);
    struct ladder none = { 0 };
    struct buf cause = { 0 };

    buf_put_str(&cause, err->msg);
    put_json(&none, FAULT_OTHER, &names, &cause, out);
    buf_free(&cause);
}
