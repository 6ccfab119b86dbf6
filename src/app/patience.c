#include "app/patience.h"

#include "base/buf.h"

#define EVERY     4000  /* ms between the beginnings of two attempts */
#define PAUSE     1000  /* ms at least between an end and a beginning */
#define LAST      500   /* ms that the last attempt has, before the end */
#define KEYS_TIME 60000 /* ms that a server may take to know its keys */

/* After so many refusals of the key the next attempt waits so long, in ms:
 * not as often as fail2ban (5 in 10 minutes) or OpenSSH's penalties allow. */
static const unsigned key_pauses[] = { 5000, 10000, 20000 };
#define KEY_PAUSES (sizeof key_pauses / sizeof *key_pauses)

/* What passes by itself while a machine boots. */
/* clang-format off */
static const struct patience_reason reasons[FAULTS] = {
    [FAULT_REFUSED]        = { "connection refused", "refused" },
    [FAULT_NO_ANSWER]      = { "no answer", "no answer" },
    [FAULT_NO_ROUTE]       = { "no route to it", "no route" },
    [FAULT_RESET]          = { "connection reset", "reset" },
    [FAULT_CLOSED_EARLY]   = { "it closes the connection", "closed" },
    [FAULT_MUTE]           = { "it says nothing yet", "silent" },
    [FAULT_STARTUPS]       = { "it has too many logins under way", "full" },
    [FAULT_KEX]            = { "the key exchange breaks off", "broken off" },
    [FAULT_LOGIN]          = { "it closes the login", "login closed" },
    [FAULT_SILENT]         = { "it stops answering in the login", "login hangs" },
    [FAULT_BOOTING]        = { "it lets nobody in yet", "not ready" },
    [FAULT_NOT_AUTHORIZED] = { "the key is refused", "key refused" },
};
/* clang-format on */

void patience_begin(struct patience *p, unsigned seconds, uint64_t now)
{
    *p = (struct patience){
        .on = true,
        .from = now,
        .until = now + seconds * UINT64_C(1000),
    };
}

static bool is_key_fault(enum fault fault)
{
    return fault == FAULT_NOT_AUTHORIZED || fault == FAULT_WRONG_USER ||
           fault == FAULT_NO_NAME_LEFT || fault == FAULT_INSTALLED ||
           fault == FAULT_CHANGED || fault == FAULT_NOT_THERE ||
           fault == FAULT_TOO_MANY_KEYS;
}

static const struct patience_reason *reason_of(enum fault fault)
{
    return &reasons[is_key_fault(fault) ? FAULT_NOT_AUTHORIZED : fault];
}

static uint64_t later(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t after_refusal(const struct patience *p, uint64_t now)
{
    size_t n = p->refusals < KEY_PAUSES ? p->refusals : KEY_PAUSES - 1;

    return now + key_pauses[n];
}

bool patience_hopes(const struct patience *p, uint64_t now)
{
    uint64_t since = p->listening != 0 ? p->listening : now;

    return now - since <= KEYS_TIME && after_refusal(p, now) + LAST <= p->until;
}

bool patience_dares(const struct patience *p, enum fault fault, uint64_t now)
{
    return is_key_fault(fault) && p->refusals < KEY_PAUSES &&
           patience_hopes(p, now);
}

bool patience_goes_on(struct patience *p, enum fault fault, bool reached,
                      bool guessed, uint64_t began, uint64_t now)
{
    const struct patience_reason *reason = reason_of(fault);

    if (!p->on || reason->words == NULL)
        return false;
    if (!reached)
        p->listening = 0;
    else if (p->listening == 0)
        p->listening = now;
    p->due = later(began + EVERY, now + PAUSE);
    if (is_key_fault(fault)) {
        if (!guessed && !patience_dares(p, fault, now))
            return false;
        p->due = after_refusal(p, now);
        p->refusals++;
    } else if (p->due + LAST > p->until && now + PAUSE + LAST <= p->until) {
        p->due = p->until - LAST;
    }
    if (p->due + LAST > p->until)
        return false;
    p->reason = reason;
    return true;
}

static void put_time(struct buf *out, uint64_t ms)
{
    unsigned long long s = ms / 1000;

    buf_printf(out, "%llu:%02llu", s / 60, s % 60);
}

const struct patience_reason *patience_words(const struct patience *p,
                                             enum fault silence)
{
    static const struct patience_reason none = { "no answer yet", "no answer" };
    static const struct patience_reason kex = { "the key exchange hangs",
                                                "silent" };

    if (silence == FAULT_KEX)
        return &kex;
    if (silence == FAULT_MUTE || silence == FAULT_SILENT)
        return &reasons[silence];
    return p->reason != NULL ? p->reason : &none;
}

void patience_line(const struct patience *p, const struct patience_reason *why,
                   uint64_t now, struct buf *out)
{
    buf_printf(out, "%s, ", why->words);
    put_time(out, now - p->from);
    buf_put_str(out, " of ");
    put_time(out, p->until - p->from);
}

void patience_brief(const struct patience *p, const struct patience_reason *why,
                    uint64_t now, struct buf *out)
{
    buf_printf(out, "%s ", why->brief);
    put_time(out, now - p->from);
}

uint64_t patience_wake(const struct patience *p, uint64_t now)
{
    uint64_t second = now + 1000 - (now - p->from) % 1000;

    return p->due > now && p->due < second ? p->due : second;
}
