/* Which failures are waited out, how often, and the line about it. */
#include "app/patience.h"

#include "../tap.h"
#include "base/buf.h"

#define LONG 300 /* seconds */

static void test_pace(void)
{
    struct patience p;

    patience_begin(&p, LONG, 1000);
    ok(patience_goes_on(&p, FAULT_REFUSED, false, false, 1000, 1002),
       "a refused connection");
    is_num((long long)p.due, 5000, "the next one four seconds after it began");
    ok(patience_goes_on(&p, FAULT_NO_ANSWER, false, false, 5000, 10000),
       "no answer");
    is_num((long long)p.due, 11000, "... or a second after it ended");
    ok(patience_goes_on(&p, FAULT_SILENT, true, false, 5000, 10000),
       "a silent login");
    ok(!patience_goes_on(&p, FAULT_NOT_SSH, true, false, 5000, 5001),
       "what is no SSH server stays none");
    ok(!patience_goes_on(&p, FAULT_PENALTY, true, false, 5000, 5001),
       "nor is a penalty made longer");
    ok(!patience_goes_on(&p, FAULT_OTHER, true, false, 5000, 5001),
       "what is not understood is told");
    ok(!patience_goes_on(&p, FAULT_REFUSED, false, false, 300000, 301000),
       "the time is up");
}

/* No attempt begins when there is no time for it. */
static void test_end(void)
{
    struct patience p;

    patience_begin(&p, 10, 0);
    ok(patience_goes_on(&p, FAULT_REFUSED, false, false, 4000, 4001),
       "in time");
    is_num((long long)p.due, 8000, "... at the usual pace");
    ok(patience_goes_on(&p, FAULT_REFUSED, false, false, 8000, 8001),
       "the last one");
    is_num((long long)p.due, 9500, "... comes sooner");
    ok(!patience_goes_on(&p, FAULT_REFUSED, false, false, 9500, 9501),
       "none goes beyond the end");
    patience_begin(&p, 10, 0);
    ok(!patience_goes_on(&p, FAULT_REFUSED, false, false, 8600, 8601),
       "nor does one follow too fast");
    patience_begin(&p, 4, 0);
    ok(!patience_goes_on(&p, FAULT_NOT_AUTHORIZED, true, false, 1, 1),
       "a key is not offered sooner");
}

static void test_keys(void)
{
    struct patience p;
    uint64_t now = 20000;
    unsigned tries = 1;

    patience_begin(&p, LONG, 0);
    while (patience_goes_on(&p, FAULT_NOT_AUTHORIZED, true, false, now, now) &&
           tries < 99) {
        tries++;
        now = p.due;
    }
    is_num(tries, 4, "a key is not offered as often as servers ban for");
    ok(now <= 80000, "... within a minute");
    patience_begin(&p, LONG, 0);
    ok(patience_goes_on(&p, FAULT_CHANGED, true, false, 1, 1),
       "what worked before may come late too");
    patience_begin(&p, LONG, 0);
    ok(patience_goes_on(&p, FAULT_CLOSED_EARLY, true, false, 1, 1) &&
           !patience_goes_on(&p, FAULT_WRONG_USER, true, false, 60002, 60002),
       "after a minute a refusal is one");
    patience_begin(&p, LONG, 0);
    ok(patience_goes_on(&p, FAULT_MUTE, true, false, 1, 1) &&
           patience_goes_on(&p, FAULT_REFUSED, false, false, 50000, 50000) &&
           patience_goes_on(&p, FAULT_WRONG_USER, true, false, 90000, 90000),
       "... from when the port opened for good");
}

/* Its caller counts the attempts for names that nobody gave. */
static void test_names(void)
{
    struct patience p;
    unsigned n;

    patience_begin(&p, LONG, 0);
    ok(patience_hopes(&p, 30000), "a first refusal may be early");
    ok(patience_goes_on(&p, FAULT_NO_NAME_LEFT, true, true, 1000, 1000) &&
           patience_hopes(&p, 61000) && !patience_hopes(&p, 61001),
       "a key may come within a minute");
    for (n = 0; n < 9; n++)
        if (!patience_goes_on(&p, FAULT_NO_NAME_LEFT, true, true, 90000, 90000))
            break;
    is_num(n, 9, "another name is tried at any time");
    is_num((long long)p.due, 110000, "... at the slowest pace by then");
    patience_begin(&p, 30, 0);
    ok(patience_hopes(&p, 24500) && !patience_hopes(&p, 24501),
       "there is no hope when there is no time for an attempt");
}

/* What the attempt that is being made has come to goes before the last one. */
static void test_words(void)
{
    static const struct {
        const char *name, *words;
        enum fault last, silence;
    } cases[] = {
        { "a first attempt", "no answer yet", FAULT_OTHER, FAULT_NO_ANSWER },
        { "... that is taken", "it says nothing yet", FAULT_OTHER, FAULT_MUTE },
        { "between two attempts", "connection refused", FAULT_REFUSED,
          FAULT_OTHER },
        { "one that comes no further", "connection refused", FAULT_REFUSED,
          FAULT_NO_ANSWER },
        { "one that is taken", "it says nothing yet", FAULT_REFUSED,
          FAULT_MUTE },
        { "a key exchange", "the key exchange hangs", FAULT_REFUSED,
          FAULT_KEX },
        { "a login", "it stops answering in the login", FAULT_REFUSED,
          FAULT_SILENT },
    };
    struct patience p;
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        patience_begin(&p, LONG, 0);
        if (cases[i].last != FAULT_OTHER)
            patience_goes_on(&p, cases[i].last, false, false, 0, 1);
        is_str(patience_words(&p, cases[i].silence)->words, cases[i].words,
               cases[i].name);
    }
}

static void test_line(void)
{
    struct patience p;
    struct buf line = { 0 };

    patience_begin(&p, LONG, 500);
    patience_goes_on(&p, FAULT_KEX, true, false, 500, 700);
    patience_line(&p, patience_words(&p, FAULT_OTHER), 92700, &line);
    is_str(buf_str(&line), "the key exchange breaks off, 1:32 of 5:00",
           "the line");
    buf_clear(&line);
    patience_brief(&p, patience_words(&p, FAULT_OTHER), 92700, &line);
    is_str(buf_str(&line), "broken off 1:32", "... where there is little room");
    is_num((long long)patience_wake(&p, 3700), 4500, "it changes each second");
    is_num((long long)patience_wake(&p, 4499), 4500, "... on the second");
    buf_free(&line);
}

int main(void)
{
    test_pace();
    test_end();
    test_keys();
    test_names();
    test_words();
    test_line();
    return tap_done();
}
