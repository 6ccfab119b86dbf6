#include "app/trial.h"

#include "app/connect.h"
#include "app/diagnosis.h"
#include "app/keyadd.h"
#include "app/ladder.h"
#include "app/notes.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "config/options.h"
#include "ssh/session.h"
#include "sys/clock.h"
#include "sys/pollset.h"

#define SLOW 2 /* seconds from which on the time is told */

struct trial {
    struct options opt; /* strings are the other session's */
    struct notes notes;
    struct ladder ladder;
    struct connect *connect;
    uint64_t begun;         /* ms */
    uint64_t asked, person; /* ms: since when one is asked, or 0; waited for */
};

struct trial *trial_new(const struct options *opt, const char *user,
                        const struct secret *piped, bool can_ask)
{
    struct trial *t = mem_alloc(sizeof *t);
    struct connect_params params = { .opt = &t->opt,
                                     .user = user,
                                     .user_is_known = true,
                                     .user_worked = true,
                                     .notes = &t->notes,
                                     .ladder = &t->ladder,
                                     .answer_limit = CONNECT_EXAMINED,
                                     .can_ask = can_ask,
                                     .piped = piped };

    t->opt = *opt;
    t->opt.no_command = true;
    t->opt.command = NULL;
    t->opt.add_keys = ADD_KEYS_NO;
    notes_init(&t->notes, NOTE_NORMAL);
    t->begun = clock_ms();
    ladder_begin(&t->ladder, t->begun);
    t->connect = connect_new(&params);
    return t;
}

void trial_free(struct trial *t)
{
    if (t == NULL)
        return;
    connect_free(t->connect);
    notes_free(&t->notes);
    ladder_free(&t->ladder);
    mem_free(t);
}

void trial_watch(const struct trial *t, struct pollset *set)
{
    connect_watch(t->connect, set);
}

/* ms that it has taken, without a person's. */
static uint64_t age(const struct trial *t, uint64_t now)
{
    return now - t->begun - t->person;
}

uint64_t trial_wake(const struct trial *t)
{
    uint64_t now = clock_ms();

    return pollset_earlier(connect_wake(t->connect),
                           now + 1000 - age(t, now) % 1000);
}

void trial_progress(const struct trial *t, uint64_t now, struct buf *out)
{
    uint64_t seconds = age(t, now) / 1000;

    buf_put_str(out, connect_progress(t->connect));
    if (seconds >= SLOW && t->asked == 0)
        buf_printf(out, ", %u s", (unsigned)seconds);
}

struct connect *trial_connect(const struct trial *t)
{
    return t->connect;
}

static void tell_success(struct trial *t, uint64_t now, const char *who,
                         struct buf *out)
{
    uint64_t tenths = (age(t, now) + 50) / 100;

    buf_printf(out,
               "A new login as %s works; it took %u.%u seconds.\n"
               "The session that is open was not touched.",
               who, (unsigned)(tenths / 10), (unsigned)(tenths % 10));
}

/* That the machine runs is certain here, so not all of the usual words hold.
 * NULL: they do. */
static const char *beside_session(enum fault fault)
{
    if (fault == FAULT_REFUSED)
        return "The connection is refused, and the machine runs: so its SSH "
               "server listens there no more, or a firewall turns new "
               "connections away.\n"
               "  What to do: look in this session whether the server runs "
               "(systemctl status ssh sshd), and whether its configuration is "
               "sound (sudo sshd -t).\n";
    if (fault == FAULT_NO_ANSWER)
        return "There is no answer, and the machine runs: so a firewall drops "
               "new connections.\n"
               "  What to do: look at the machine's firewall in this session, "
               "and at the provider's in its panel.\n";
    return NULL;
}

static void tell_failure(struct trial *t, const char *who,
                         const struct err *err, struct buf *out)
{
    const char *account = connect_account(t->connect);
    const char *beside = beside_session(connect_fault(t->connect));

    if (err->code == ERR_CANCELLED) {
        buf_printf(out, "The test of a new login as %s was cancelled.", who);
        return;
    }
    buf_printf(out,
               "A new login as %s does not work. Keep this session open until "
               "it does.\n",
               who);
    if (beside != NULL) {
        buf_put_str(out, beside);
        return;
    }
    buf_printf(
        out, "%s%s%s\n", t->notes.text.len != 0 ? buf_str(&t->notes.text) : "",
        account != NULL ? account : err->msg, account != NULL ? "" : ".");
    connect_advise(t->connect, out);
}

/* What a person takes is none of the server's time. */
static void time_person(struct trial *t, uint64_t now, bool asks)
{
    if (asks && t->asked == 0)
        t->asked = now;
    if (asks || t->asked == 0)
        return;
    t->person += now - t->asked;
    t->asked = 0;
}

enum trial_state trial_step(struct trial *t, uint64_t now, const char *who,
                            struct buf *out)
{
    enum connect_state state;
    struct err err;

    err_clear(&err);
    state = connect_step(t->connect, now, &err);
    time_person(t, now, state == CONNECT_ASK);
    switch (state) {
    case CONNECT_WAIT: return TRIAL_WAIT;
    case CONNECT_ASK: return TRIAL_ASK;
    case CONNECT_OPEN:
        ssh_session_free(connect_take_session(t->connect));
        tell_success(t, now, who, out);
        break;
    case CONNECT_FAILED: tell_failure(t, who, &err, out); break;
    }
    return TRIAL_DONE;
}
