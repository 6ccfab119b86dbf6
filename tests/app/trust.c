/* The host key's verdicts, the answers, and what they do to the files. */
#include "app/trust.h"

#include "fixture.h"
#include "ui/question.h"

#define HERE "203.0.113.5"
#define TEST "SSH-2.0-Test"

static void known(struct fixture *f, const char *text, const char *key)
{
    set_up(f, key);
    if (text != NULL)
        write_file(f->known, text);
    f->opt.host = mem_strdup("Web1.Example");
    begin(f);
}

static const struct {
    const char *name, *known, *key;
    enum strict strict;
    bool can_ask;
    enum trust_verdict verdict;
    const char *says; /* in the sentence of a refusal */
} verdicts[] = {
    { "the known key", "web1.example ssh-ed25519 " KEY_A "\n", KEY_A,
      STRICT_ASK, true, TRUST_YES, NULL },
    { "a known key without a terminal", "web1.example ssh-ed25519 " KEY_A "\n",
      KEY_A, STRICT_YES, false, TRUST_YES, NULL },
    { "unknown: asked", NULL, KEY_A, STRICT_ASK, true, TRUST_ASK, NULL },
    { "unknown, nobody to ask", NULL, KEY_A, STRICT_ASK, false, TRUST_NO,
      "nobody to ask" },
    { "unknown, strict", NULL, KEY_A, STRICT_YES, true, TRUST_NO,
      "StrictHostKeyChecking=yes" },
    { "unknown, accept-new", NULL, KEY_A, STRICT_ACCEPT_NEW, false, TRUST_YES,
      NULL },
    { "unknown, no checking", NULL, KEY_A, STRICT_NO, false, TRUST_YES, NULL },
    { "another type: asked", "web1.example ssh-ed25519 " KEY_A "\n", KEY_C,
      STRICT_ASK, true, TRUST_ASK, NULL },
    { "changed: asked", "web1.example ssh-ed25519 " KEY_B "\n", KEY_A,
      STRICT_ASK, true, TRUST_ASK, NULL },
    { "changed, nobody to ask", "web1.example ssh-ed25519 " KEY_B "\n", KEY_A,
      STRICT_ASK, false, TRUST_NO, "changed" },
    { "changed, accept-new refuses", "web1.example ssh-ed25519 " KEY_B "\n",
      KEY_A, STRICT_ACCEPT_NEW, true, TRUST_NO, "(~/known_hosts, line 1)" },
    { "changed, and neither asked nor allowed to",
      "web1.example ssh-ed25519 " KEY_B "\n", KEY_A, STRICT_YES, false,
      TRUST_NO,
      "Connect from a terminal and with StrictHostKeyChecking=ask to decide" },
    { "changed, no checking goes on", "web1.example ssh-ed25519 " KEY_B "\n",
      KEY_A, STRICT_NO, false, TRUST_YES, NULL },
    { "revoked never connects", "@revoked * ssh-ed25519 " KEY_A "\n", KEY_A,
      STRICT_NO, true, TRUST_NO, "@revoked in ~/known_hosts, line 1;" },
};

static void check_verdict(size_t i)
{
    enum trust_verdict verdict;
    struct fixture f;

    known(&f, verdicts[i].known, verdicts[i].key);
    f.opt.strict = verdicts[i].strict;
    verdict = judge(&f, HERE, TEST, verdicts[i].can_ask);
    ok(verdict == verdicts[i].verdict, "%s", verdicts[i].name);
    if (verdicts[i].says != NULL)
        ok(strstr(f.err.msg, verdicts[i].says) != NULL &&
               f.err.code == ERR_TRUST,
           "%s: %s", verdicts[i].name, f.err.msg);
    tear_down(&f);
}

static const struct {
    const char *name, *known, *typed;
    enum trust_verdict verdict;
    const char *file; /* afterwards; NULL: as before */
} answers[] = {
    { "a accepts and remembers", "# mine\nother ssh-ed25519 " KEY_B, "a",
      TRUST_YES,
      "# mine\nother ssh-ed25519 " KEY_B "\nweb1.example ssh-ed25519 " KEY_A
      "\n" },
    { "o accepts once", "# mine\n", "o", TRUST_YES, NULL },
    { "Enter cancels", "# mine\n", "", TRUST_NO, NULL },
    { "its fingerprint accepts", "# mine\n", " " PRINT_A " ", TRUST_YES,
      "# mine\nweb1.example ssh-ed25519 " KEY_A "\n" },
    { "another fingerprint asks again", "# mine\n",
      "SHA256:50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB9", TRUST_ASK, NULL },
    { "nonsense asks again", "# mine\n", "yes please", TRUST_ASK, NULL },
    { "no cancels", "# mine\n", "no", TRUST_NO, NULL },
    { "the key of another type asks again", "# mine\n",
      "ecdsa-sha2-nistp256 " KEY_C, TRUST_ASK, NULL },
    { "changed: REPLACE is not enough", "web1.example ssh-ed25519 " KEY_B "\n",
      "REPLACE", TRUST_ASK, NULL },
    { "changed: a is not enough", "web1.example ssh-ed25519 " KEY_B "\n", "a",
      TRUST_ASK, NULL },
    { "changed: r is not enough", "web1.example ssh-ed25519 " KEY_B "\n", "r",
      TRUST_ASK, NULL },
    { "changed: Enter cancels", "web1.example ssh-ed25519 " KEY_B "\n", "",
      TRUST_NO, NULL },
};

static void check_answer(size_t i)
{
    enum trust_verdict verdict;
    struct fixture f;
    char *after;

    known(&f, answers[i].known, KEY_A);
    if (judge(&f, HERE, TEST, true) != TRUST_ASK)
        abort();
    verdict = trust_answer(f.trust, answers[i].typed, &f.err);
    ok(verdict == answers[i].verdict, "%s", answers[i].name);
    after = read_back(f.known);
    is_str(after, answers[i].file != NULL ? answers[i].file : answers[i].known,
           "  and the file is as it must be");
    mem_free(after);
    tear_down(&f);
}

static void check_replace(void)
{
    struct fixture f;
    char *after;

    known(&f,
          "# mine\nweb1.example ssh-ed25519 " KEY_B "\nx ssh-ed25519 " KEY_B,
          KEY_A);
    judge(&f, HERE, TEST, true);
    ok(trust_answer(f.trust, "replace", &f.err) == TRUST_YES,
       "changed: the whole word goes on");
    after = read_back(f.known);
    ok(strncmp(after, "# mine\n# ", 9) == 0, "the old line is commented out");
    ok(strstr(buf_str(&f.notes.text), "is commented out in") != NULL,
       "which is said");
    ok(strstr(after, "web1.example ssh-ed25519 " KEY_B "\n") != NULL,
       "and kept");
    ok(strstr(after, "\nx ssh-ed25519 " KEY_B
                     "\nweb1.example ssh-ed25519 " KEY_A "\n") != NULL,
       "the new line follows the untouched rest");
    mem_free(after);
    tear_down(&f);
}

static void check_hashed(void)
{
    struct fixture f;
    char *after;

    known(&f, NULL, KEY_A);
    f.opt.hash_known_hosts = true;
    f.opt.port = 2222;
    judge(&f, HERE, TEST, true);
    trust_answer(f.trust, "a", &f.err);
    after = read_back(f.known);
    ok(strncmp(after, "|1|", 3) == 0 && strstr(after, "web1") == NULL,
       "HashKnownHosts hides the name");
    mem_free(after);
    ok(judge(&f, HERE, TEST, false) == TRUST_YES, "and the key is found again");
    tear_down(&f);
}

/* The port is part of the place. */
static void check_port(void)
{
    struct fixture f;

    known(&f, "[web1.example]:2222 ssh-ed25519 " KEY_B "\n", KEY_A);
    f.opt.port = 2222;
    judge(&f, HERE, TEST, false);
    ok(strncmp(f.err.msg, "web1.example port 2222: the host key has", 40) == 0,
       "a refusal names it: %s", f.err.msg);
    f.opt.strict = STRICT_NO;
    judge(&f, HERE, TEST, false);
    ok(strstr(buf_str(&f.notes.text), "of web1.example port 2222 has") != NULL,
       "and so does a warning");
    tear_down(&f);
}

/* Two clients ask at once; this is the one that is answered last. */
static void check_twice(void)
{
    const char *line = "web1.example ssh-ed25519 " KEY_A "\n";
    struct fixture f;
    char *after;

    known(&f, "", KEY_A);
    ok(judge(&f, HERE, TEST, true) == TRUST_ASK, "nobody knows the key yet");
    write_file(f.known, line);
    ok(trust_answer(f.trust, "a", &f.err) == TRUST_YES, "now somebody does");
    after = read_back(f.known);
    is_str(after, line, "it is remembered once");
    mem_free(after);
    tear_down(&f);
}

/* What it is told to have been judged by, and how closely. */
static void check_compared(void)
{
    struct buf told = { 0 };
    struct fixture f;

    known(&f, "", KEY_A);
    judge(&f, HERE, TEST, true);
    trust_answer(f.trust, "wrong", &f.err);
    ok(!trust_describe(f.trust, &told), "nothing tells that it is the key");
    buf_clear(&told);
    ok(trust_answer(f.trust, PRINT_A, &f.err) == TRUST_YES &&
           trust_describe(f.trust, &told) &&
           strstr(buf_str(&told), ", as was typed (256 bits compared); now "
                                  "remembered in ~/known_hosts") != NULL,
       "what was typed: %s", buf_str(&told));
    buf_clear(&told);
    ok(judge(&f, HERE, TEST, true) == TRUST_YES &&
           trust_describe(f.trust, &told) &&
           strstr(buf_str(&told), "typed") == NULL,
       "the next time it is known: %s", buf_str(&told));
    buf_free(&told);
    tear_down(&f);
}

static void check_question(void)
{
    const struct ui_question *q;
    struct fixture f;

    known(&f, "web2 ssh-ed25519 " KEY_A "\n", KEY_A);
    judge(&f, HERE, TEST, true);
    q = trust_question(f.trust);
    ok(strstr(q->text, PRINT_A) != NULL, "the question shows the fingerprint");
    ok(strstr(q->text, "203.0.113.5") != NULL, "and the address");
    ok(strstr(q->text, "SSH-2.0-Test") != NULL, "and the identification");
    ok(strstr(q->text, "as web2 (~/known_hosts, line 1)") != NULL,
       "and the other name of the same key");
    tear_down(&f);
}

int main(void)
{
    size_t i;

    for (i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        check_verdict(i);
    for (i = 0; i < sizeof answers / sizeof *answers; i++)
        check_answer(i);
    check_replace();
    check_hashed();
    check_port();
    check_twice();
    check_compared();
    check_question();
    return tap_done();
}
