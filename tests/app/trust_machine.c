/* The host key's verdicts where machines are remembered, and what they do to
 * known_hosts and to the memory. */
#include "app/trust.h"

#include <time.h>
#include "fixture.h"
#include "ui/question.h"

#define JAMMY   "SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.6"
#define NOBLE   "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5"
#define ED      "ssh-ed25519 "
#define EC      "ecdsa-sha2-nistp256 "
#define HERE    "203.0.113.5"
#define THERE   "203.0.113.9"
#define A_HERE  HERE " " ED KEY_A "\n"
#define B_HERE  HERE " " ED KEY_B "\n"
#define A_THERE THERE " " ED KEY_A "\n"
#define GONE    "# vmconnect replaced: "

/* "@y" is a time yesterday, "@2" one two minutes ago. */
#define WEB1_IS(server, key, last)                                     \
    "machine web1\n server " server "\n " key " " ED KEY_B " @y " last \
    "\n address 203.0.113.5 22 @y " last "\n login ubuntu 40 " last    \
    "\n login root 1 " last "\n"
#define WEB1                  WEB1_IS(JAMMY, "key", "@y")
#define AT(host, first, last) " address " host " 22 " first " " last "\n"
#define DB1                                          \
    "machine db1\n server " NOBLE "\n key " ED KEY_A \
    " @y @y\n" AT(THERE, "@y", "@y")
/* It has been in several places. */
#define DB1_AT(places) "machine db1\n key " ED KEY_A " @y @2\n" places
#define EC1_IS(server)                                           \
    "machine ec1\n server " server "\n key " EC KEY_C " @y @y\n" \
    " address 203.0.113.5 22 @y @2\n login root 1 @y\n"
/* Its keys were met one by one. */
#define TWICE(key)                                            \
    "machine ec1\n server " NOBLE "\n key " ED key " @y @y\n" \
    " address 203.0.113.5 22 @y @y\n" EC1_IS(NOBLE)

static const char changed[] = "WARNING: the host key has changed";
static const char unknown[] = "Unknown host key";

static const struct {
    const char *name;
    const char *machines, *known; /* before */
    const char *host, *address;   /* as typed, and where that is; NULL: HERE */
    enum strict strict;
    bool nobody; /* can be asked */
    enum trust_verdict verdict;
    const char *title; /* of the question; or NULL */
    const char *says;  /* in the question, the error or the notes; or NULL */
    bool silent;       /* the notes say nothing of machines */
    const char *typed; /* the answer; or NULL */
    const char *known_after; /* NULL: as before */
    const char *after[4];    /* in the machines' file, in this order */
} cases[] = {
    /* the same address, new keys */
    { "other keys at a known address", .machines = WEB1, .known = B_HERE,
      .verdict = TRUST_ASK, .title = changed,
      .says = "203.0.113.5 was web1 (Ubuntu 22.04, last seen yesterday, 41 "
              "logins). Another machine answers now: Ubuntu 24.04, new keys.\n",
      .typed = "" },
    { "rebuilt: its old keys are retired", .machines = WEB1, .known = B_HERE,
      .verdict = TRUST_ASK, .title = changed, .typed = "replace",
      .known_after = GONE B_HERE A_HERE,
      .after = { "machine web1\n", "    retired " ED KEY_B " ",
                 "    key " ED KEY_A " ", "    login ubuntu 40 " } },
    { "... wherever known_hosts has them", .machines = WEB1,
      .known = B_HERE "web1," THERE " " ED KEY_B "\n" THERE " " ED KEY_C "\n",
      .verdict = TRUST_ASK, .title = changed, .typed = "replace",
      .known_after = GONE B_HERE GONE "web1," THERE " " ED KEY_B "\n" THERE
                                      " " ED KEY_C "\n" A_HERE,
      .after = { "    retired " ED KEY_B " " } },
    { "rebuilt is another word for that", .machines = WEB1, .known = B_HERE,
      .verdict = TRUST_ASK, .title = changed, .typed = "rebuilt",
      .known_after = GONE B_HERE A_HERE,
      .after = { "    retired " ED KEY_B " " } },
    { "by its fingerprint", .machines = WEB1, .known = B_HERE,
      .verdict = TRUST_ASK, .title = changed, .typed = PRINT_A,
      .known_after = GONE B_HERE A_HERE,
      .after = { "    retired " ED KEY_B " " } },
    { "another: it keeps its keys", .machines = WEB1, .known = B_HERE,
      .verdict = TRUST_ASK, .title = changed, .typed = "another",
      .known_after = GONE B_HERE A_HERE,
      .after = { "machine web1\n", "    moved " ED KEY_B " ",
                 "machine 203.0.113.5\n", "    key " ED KEY_A " " } },
    { "another that is known", .machines = WEB1 DB1, .known = B_HERE A_THERE,
      .verdict = TRUST_ASK, .title = changed,
      .says = "Another machine answers now: Ubuntu 24.04.\nYou know this same "
              "key: it is that of db1 (",
      .typed = "another", .known_after = GONE B_HERE A_THERE A_HERE,
      .after = { "machine web1\n", "    moved " ED KEY_B " ", "machine db1\n",
                 "    address 203.0.113.5 22 " } },
    { "a machine called by its name", .machines = WEB1,
      .known = "web1 " ED KEY_B "\n", .host = "web1", .verdict = TRUST_ASK,
      .title = changed,
      .says = "web1 is a machine that you know (Ubuntu 22.04, last seen "
              "yesterday, 41 logins). Another machine",
      .typed = "" },
    { "so soon, and so alike", .machines = WEB1_IS(NOBLE, "key", "@2"),
      .known = B_HERE, .verdict = TRUST_ASK, .title = changed,
      .says = "It identifies itself in the same way.", .typed = "" },
    { "... with nobody to ask", .machines = WEB1_IS(NOBLE, "key", "@2"),
      .known = B_HERE, .nobody = true, .verdict = TRUST_NO,
      .says = "Somebody in between is likely: too soon for a rebuild. " },
    { "... and taken blindly", .machines = WEB1_IS(NOBLE, "key", "@2"),
      .known = B_HERE, .strict = STRICT_NO, .verdict = TRUST_YES,
      .says = " Somebody in between is likely: too soon for a rebuild.\n" },
    { "the whole words only", .machines = WEB1, .known = B_HERE,
      .verdict = TRUST_ASK, .title = changed, .typed = "Replace" },
    { "a is none", .machines = WEB1, .known = B_HERE, .verdict = TRUST_ASK,
      .title = changed, .typed = "a" },
    { "nobody to ask", .machines = WEB1, .known = B_HERE, .nobody = true,
      .verdict = TRUST_NO, .says = " Either the machine was rebuilt or" },
    { "the line in known_hosts is gone: still another machine",
      .machines = WEB1, .known = "", .verdict = TRUST_ASK, .title = changed,
      .says = "the known one is in no known_hosts any more", .typed = "replace",
      .known_after = A_HERE,
      .after = { "    retired " ED KEY_B " ", "    key " ED KEY_A " " } },
    { "then another one is nothing that makes the old one trusted",
      .machines = WEB1, .known = "", .verdict = TRUST_ASK, .title = changed,
      .typed = "another", .known_after = A_HERE,
      .after = { "machine web1\n", "    key " ED KEY_B " ",
                 "machine 203.0.113.5\n", "    key " ED KEY_A " " } },
    { "another port is another place", .machines = WEB1, .known = "",
      .host = "203.0.113.5:2222", .verdict = TRUST_ASK, .title = unknown,
      .typed = "" },
    { "... also with nobody to ask", .machines = WEB1, .known = "",
      .nobody = true, .verdict = TRUST_NO,
      .says = "the host key has changed: 203.0.113.5 was web1 (Ubuntu 22.04, "
              "last seen yesterday, 41 logins). Another machine answers now: "
              "Ubuntu 24.04, new keys. Connect from a terminal to decide, or "
              "with -o RememberMachines=no to go by known_hosts alone (the "
              "server's " },
    { "to accept-new a changed key is no new one", .machines = WEB1,
      .known = "", .strict = STRICT_ACCEPT_NEW, .nobody = true,
      .verdict = TRUST_NO,
      .says = "the host key has changed: 203.0.113.5 was web1 (" },
    { "StrictHostKeyChecking=no goes by known_hosts, and tells",
      .machines = WEB1, .known = "", .strict = STRICT_NO, .nobody = true,
      .verdict = TRUST_YES, .says = "203.0.113.5 was web1 (",
      .known_after = A_HERE },
    /* known keys, a new address */
    { "a known machine at a new address", .machines = DB1, .known = A_THERE,
      .verdict = TRUST_YES,
      .says =
          "This is db1; its address changed from 203.0.113.9 to 203.0.113.5.\n",
      .known_after = A_THERE A_HERE,
      .after = { "machine db1\n", "    key ", "    address 203.0.113.9 22 ",
                 "    address 203.0.113.5 22 " } },
    { "at a new port", .machines = DB1, .known = A_THERE,
      .host = "203.0.113.9:2222", .address = "203.0.113.9", .nobody = true,
      .verdict = TRUST_YES, .known_after = A_THERE },
    { "its line is gone because another machine has its address",
      .machines =
          "machine db1\n moved " ED KEY_A " @y @y\n" AT(THERE, "@y", "@y"),
      .known = "", .strict = STRICT_ACCEPT_NEW, .nobody = true,
      .verdict = TRUST_YES, .says = "This is db1;", .known_after = A_HERE,
      .after = { "    key " ED KEY_A " " } },
    { "by its name", .machines = DB1, .known = A_THERE, .host = "DB1",
      .verdict = TRUST_YES, .says = "This is db1;",
      .known_after = A_THERE "db1 " ED KEY_A "\n" },
    { "by another name it is asked about", .machines = DB1, .known = A_THERE,
      .host = "web2", .verdict = TRUST_ASK, .title = unknown,
      .says =
          "it is that of db1 (Ubuntu 24.04, last seen yesterday, no login).",
      .typed = "a", .known_after = A_THERE "web2 " ED KEY_A "\n",
      .after = { "machine db1\n" } },
    { "the user took its line out", .machines = DB1, .known = "",
      .verdict = TRUST_ASK, .title = unknown, .says = "it is that of db1 (",
      .typed = "o" },
    { "strict checking takes no new address", .machines = DB1, .known = A_THERE,
      .strict = STRICT_YES, .verdict = TRUST_NO },
    { "revoked under another name", .machines = DB1,
      .known = A_THERE "@revoked db1 " ED KEY_A "\n", .verdict = TRUST_ASK,
      .title = unknown, .typed = "" },
    { "a retired key",
      .machines = "machine db1\n retired " ED KEY_A " @y @y\n key " ED KEY_B
                  " @y @y\n" AT(THERE, "@y", "@y"),
      .known = A_THERE, .verdict = TRUST_ASK, .title = unknown,
      .says = "It is the key that db1 had before it was", .typed = "" },
    { "known at two addresses in turn",
      .machines = DB1_AT(AT(THERE, "@y", "@2") AT("203.0.113.8", "@y", "@2")),
      .known = A_THERE, .verdict = TRUST_ASK, .title = unknown,
      .says =
          "It was seen at 203.0.113.9 and 203.0.113.8. If these are several "
          "machines, they were made from one image",
      .typed = "" },
    { "a fourth address",
      .machines = DB1_AT(AT(THERE, "@y", "@y") AT("203.0.113.8", "@y", "@y")
                             AT("203.0.113.7", "@2", "@2")),
      .known = A_THERE, .verdict = TRUST_ASK, .title = unknown,
      .says = "at 203.0.113.9, 203.0.113.8 and 203.0.113.7", .typed = "" },
    { "now it is seen in turn",
      .machines = DB1_AT(AT(HERE, "@y", "@y") AT(THERE, "@2", "@2")),
      .known = A_HERE, .verdict = TRUST_YES,
      .says = "db1 answers at several addresses in turn" },
    /* one server, several keys */
    { "a type that was never seen there is unknown, not changed",
      .machines = EC1_IS(NOBLE), .known = "", .verdict = TRUST_ASK,
      .title = unknown, .says = "A key of another type is known there",
      .typed = "a", .known_after = A_HERE,
      .after = { "machine ec1\n", "    key " EC KEY_C " ",
                 "    key " ED KEY_A " ", "    login root 1 " } },
    { "the identification is another: it may be another machine",
      .machines = EC1_IS(JAMMY), .known = "", .verdict = TRUST_ASK,
      .title = unknown, .says = "A key of another type is known there",
      .typed = "a", .known_after = A_HERE,
      .after = { "machine ec1\n", "    key " EC KEY_C " ", "machine 203.0.113",
                 "    key " ED KEY_A " " } },
    { "accept-new says nothing of that", .machines = EC1_IS(NOBLE), .known = "",
      .strict = STRICT_ACCEPT_NEW, .nobody = true, .verdict = TRUST_YES,
      .known_after = A_HERE, .silent = true,
      .after = { "    key " EC KEY_C " ", "    key " ED KEY_A " " } },
    { "another of the same type is changed, whatever else it has",
      .machines = WEB1_IS(NOBLE, "key", "@y") " key " EC KEY_C " @2 @2\n",
      .known = "", .verdict = TRUST_ASK, .title = changed,
      .says = "known:  " PRINT_B "\nnow:    " PRINT_A "\n", .typed = "" },
    { "two records of one machine", .machines = TWICE(KEY_A), .known = "",
      .verdict = TRUST_ASK, .title = unknown,
      .says = " is unknown:\n  " PRINT_A "\nIt says it is " NOBLE
              ".\nYou know this same key: it is that of ec1 (",
      .typed = "a", .known_after = A_HERE,
      .after = { "machine ec1\n", "    key " ED KEY_A " ", "machine ec1\n",
                 "    key " EC KEY_C " " } },
    { "the one has another key of this type", .machines = TWICE(KEY_B),
      .known = "", .verdict = TRUST_ASK, .title = changed,
      .says = "known:  " PRINT_B "\nnow:    " PRINT_A "\n", .typed = "" },
    /* nothing special */
    { "a new machine", .machines = WEB1, .known = "", .host = "web2",
      .address = "203.0.113.7", .verdict = TRUST_ASK, .title = unknown,
      .typed = "a", .known_after = "web2 " ED KEY_A "\n",
      .after = { "machine web1\n", "machine web2\n", "    key " ED KEY_A " ",
                 "    address 203.0.113.7 22 " } },
};

static void put_time(struct buf *out, int64_t before)
{
    machines_put_time(out, (int64_t)time(NULL) - before);
}

static void write_machines(const char *path, const char *text)
{
    struct buf out = { 0 };

    for (; *text != '\0'; text++) {
        if (text[0] == '@' && (text[1] == 'y' || text[1] == '2'))
            put_time(&out, *++text == 'y' ? 26 * 3600 : 125);
        else
            buf_put_byte(&out, (uint8_t)*text);
    }
    write_file(path, buf_str(&out));
    buf_free(&out);
}

static const char *or_here(const char *place)
{
    return place != NULL ? place : HERE;
}

static void set_up_case(struct fixture *f, size_t i)
{
    set_up(f, KEY_A);
    write_file(f->known, cases[i].known);
    write_machines(f->machines, cases[i].machines);
    options_destination(&f->opt, or_here(cases[i].host), &f->err);
    f->opt.strict = cases[i].strict;
    begin(f);
}

/* Each stands behind the one before. */
static bool has_all(const char *text, const char *const parts[4])
{
    for (size_t i = 0; i < 4 && parts[i] != NULL; i++) {
        text = strstr(text, parts[i]);
        if (text == NULL)
            return false;
        text += strlen(parts[i]);
    }
    return true;
}

static void check_files(struct fixture *f, size_t i)
{
    char *known = read_back(f->known), *machines = read_back(f->machines);
    const char *want =
        cases[i].known_after != NULL ? cases[i].known_after : cases[i].known;

    is_str(known, want, "  known_hosts is as it must be");
    if (!ok(has_all(machines, cases[i].after), "  so is the memory"))
        diag("%s", machines);
    mem_free(known);
    mem_free(machines);
}

static void check(size_t i)
{
    struct fixture f;
    const struct ui_question *q;
    enum trust_verdict verdict;
    const char *said;

    set_up_case(&f, i);
    verdict = judge(&f, or_here(cases[i].address), NOBLE, !cases[i].nobody);
    ok(verdict == cases[i].verdict, "%s", cases[i].name);
    q = trust_question(f.trust);
    if (verdict == TRUST_ASK)
        is_str(q->title, cases[i].title, "  the question");
    said = verdict == TRUST_ASK  ? q->text
           : verdict == TRUST_NO ? f.err.msg
                                 : buf_str(&f.notes.text);
    if (cases[i].says != NULL &&
        !ok(strstr(said, cases[i].says) != NULL, "  and what it says"))
        diag("%s", said);
    if (cases[i].silent &&
        !ok(strstr(said, "machine") == NULL, "  no word of a machine"))
        diag("%s", said);
    if (verdict == TRUST_ASK)
        trust_answer(f.trust, cases[i].typed, &f.err);
    check_files(&f, i);
    tear_down(&f);
}

/* What is taken this once is not verified, and not remembered. */
static void check_once(void)
{
    struct machines_sight sight;
    struct fixture f;

    set_up_case(&f, 0);
    f.opt.host[0] = '3'; /* another place */
    judge(&f, HERE, NOBLE, true);
    ok(trust_answer(f.trust, "o", &f.err) == TRUST_YES &&
           trust_is_unverified(f.trust) && !trust_sight(f.trust, &sight),
       "this once: not verified, and nothing to remember");
    tear_down(&f);
}

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(i);
    check_once();
    return tap_done();
}
