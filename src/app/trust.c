/* trust.c - the verdict, and what follows from an answer. */
#include "app/trust.h"

#include <string.h>
#include <time.h>
#include "app/notes.h"
#include "app/trusting.h"
#include "app/typed_key.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/options.h"
#include "sys/lookup.h"
#include "sys/paths.h"

#define EASY_BITS 48 /* below, a key takes days on one computer */
#define SAFE_BITS 80 /* nobody makes a key for so many that are given */

/* ---- life ---- */

/* What the user calls the machine: the word that was typed, if it is a name. */
static void choose_name(struct trust *t)
{
    const struct options *opt = t->opt;
    const char *const names[] = { opt->host, opt->host_key_alias,
                                  opt->hostname };
    struct machines_sight *s = &t->sight;
    struct lookup_result numeric;
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names && !s->named; i++) {
        s->named =
            names[i] != NULL && !lookup_numeric(names[i], opt->port, &numeric);
        if (s->named)
            s->name = names[i];
    }
}

/* Of the place as it was typed: its address is not known yet. */
static void recall_types(struct trust *t)
{
    const struct options *opt = t->opt;

    t->sight.host = opt->hostname != NULL ? opt->hostname : opt->host;
    t->sight.port = opt->port;
    choose_name(t);
    trust_recall_types(t);
}

struct trust *trust_new(const struct options *opt,
                        const struct console *console, struct memory *memory,
                        struct notes *notes)
{
    struct trust *t = mem_alloc(sizeof *t);

    t->opt = opt;
    t->console = console;
    t->memory = memory;
    t->notes = notes;
    t->known = knownhosts_new();
    t->port = opt->host_key_alias != NULL ? 22 : opt->port;
    if (opt->host_key_alias != NULL)
        t->name = mem_strdup(opt->host_key_alias);
    else
        t->name = mem_strdup(opt->hostname != NULL ? opt->hostname : opt->host);
    text_lower(t->name);
    trust_read_files(t);
    t->types_len =
        knownhosts_types(t->known, t->name, t->port, t->types, TRUST_TYPES_MAX);
    if (t->types_len == 0 && console != NULL)
        t->types_len = console_types(console, t->types, TRUST_TYPES_MAX);
    if (t->types_len == 0)
        recall_types(t);
    return t;
}

/* The server that was judged. */
static void forget_server(struct trust *t)
{
    mem_free(t->blob);
    mem_free(t->host);
    mem_free(t->server);
    mem_free(t->old);
    t->blob = t->old = NULL;
    t->host = t->server = NULL;
    t->typed_bits = 0;
    t->accepted = t->moved = t->once = t->remembers = false;
}

void trust_free(struct trust *t)
{
    if (t == NULL)
        return;
    forget_server(t);
    knownhosts_free(t->known);
    buf_free(&t->text);
    buf_free(&t->again);
    mem_free(t->name);
    mem_free(t->file);
    mem_free(t);
}

const char *const *trust_types(const struct trust *t, size_t *len)
{
    *len = t->types_len;
    return t->types;
}

const struct ui_question *trust_question(const struct trust *t)
{
    return &t->question;
}

/* ---- the verdict ---- */

/* *err is why not; of whom stands before it. */
static enum trust_verdict no(struct trust *t, struct err *err)
{
    struct buf where = { 0 };

    trust_put_where(t, &where);
    err_prefix(err, "%s", buf_str(&where));
    buf_free(&where);
    return TRUST_NO;
}

static enum trust_verdict refuse(struct trust *t, struct err *err,
                                 const char *why)
{
    err_set(err, ERR_TRUST, "%s (the server's %s key is %s)", why, t->type,
            t->print);
    return no(t, err);
}

static enum trust_verdict judge_revoked(struct trust *t, struct err *err)
{
    struct buf line = { 0 };

    trust_put_line(&t->result.line, &line);
    err_set(err, ERR_TRUST,
            "its key %s is marked @revoked in %s; never connecting to it",
            t->print, buf_str(&line));
    buf_free(&line);
    return no(t, err);
}

bool trust_is_revoked(const struct trust *t)
{
    return t->result.verdict == KNOWNHOSTS_REVOKED;
}

static enum trust_verdict take_changed_blindly(struct trust *t)
{
    struct buf where = { 0 };

    trust_put_where(t, &where);
    notes_add(t->notes, NOTE_NORMAL,
              "WARNING: the host key of %s has changed; going on, as "
              "StrictHostKeyChecking=no says.%s",
              buf_str(&where), trust_is_suspect(t) ? " " TRUST_LIKELY : "");
    buf_free(&where);
    return TRUST_YES;
}

/* What keeps the question from being put, the other way round. */
static void put_how_to_decide(const struct trust *t, bool can_ask,
                              struct buf *out)
{
    bool asks = t->opt->strict == STRICT_ASK;

    if (!can_ask)
        buf_put_str(out, t->opt->batch ? "from a terminal without BatchMode"
                                       : "from a terminal");
    if (!can_ask && !asks)
        buf_put_str(out, " and ");
    if (!asks)
        buf_put_str(out, "with StrictHostKeyChecking=ask");
}

static enum trust_verdict judge_changed(struct trust *t, bool can_ask,
                                        struct err *err)
{
    char old[SSHKEY_FINGERPRINT_MAX];
    struct buf line = { 0 }, how = { 0 };

    if (t->opt->strict == STRICT_NO)
        return take_changed_blindly(t);
    if (can_ask && t->opt->strict == STRICT_ASK) {
        trust_ask_changed(t);
        return TRUST_ASK;
    }
    sshkey_fingerprint(t->result.line.blob, t->result.line.blob_len, old);
    trust_put_line(&t->result.line, &line);
    put_how_to_decide(t, can_ask, &how);
    err_set(err, ERR_TRUST,
            "the host key has changed: %s is known (%s), the server now shows "
            "%s. %s Connect %s to decide",
            old, buf_str(&line), t->print,
            trust_is_suspect(t) ? TRUST_LIKELY
            : t->shown == CONSOLE_MATCH
                ? "The console shows that one: if it is this machine's, so is "
                  "the key."
                : "Either the machine was rebuilt or somebody is in between.",
            buf_str(&how));
    buf_free(&line);
    buf_free(&how);
    return no(t, err);
}

/* The key was not known here, and is from now on.  what: see trust_add_key() */
static enum trust_verdict take_new(struct trust *t, const char *what)
{
    bool one_more = trust_is_one_more(t);

    t->accepted = true;
    trust_add_key(t, what);
    trust_learn(t, one_more ? MACHINES_ALSO : MACHINES_SEEN);
    return TRUST_YES;
}

/* A key that nobody knew yet, and that the console shows. */
static enum trust_verdict take_console(struct trust *t)
{
    notes_add(t->notes, NOTE_NORMAL,
              "The console shows this host key, %s (%u bits compared).",
              t->print, t->bits);
    return take_new(t, NULL);
}

/* A key that this user knows, of a machine at a new address. */
static enum trust_verdict take_moved(struct trust *t)
{
    struct buf what = { 0 };

    trust_put_move(t, &what);
    t->moved = true;
    take_new(t, buf_str(&what));
    buf_free(&what);
    return TRUST_YES;
}

/* Where known_hosts names nobody, a machine with other keys is remembered. */
static bool has_changed(const struct trust *t)
{
    return t->changed && t->before != NULL;
}

/* Nobody looks at it. */
static enum trust_verdict take_blindly(struct trust *t)
{
    struct buf text = { 0 };

    if (has_changed(t)) {
        if (trust_is_suspect(t))
            buf_put_str(&text, TRUST_LIKELY "\n");
        trust_put_before(t, &text);
        notes_add(t->notes, NOTE_NORMAL, "%.*s", (int)(text.len - 1),
                  buf_str(&text));
        buf_free(&text);
    }
    if (t->opt->strict == STRICT_ACCEPT_NEW)
        return take_new(t, NULL);
    trust_add_key(t, NULL);
    return TRUST_YES;
}

/* known_hosts names nobody, but a machine with other keys is remembered. */
static enum trust_verdict refuse_changed(struct trust *t, struct err *err)
{
    struct buf before = { 0 };
    char *line;

    trust_put_before(t, &before);
    line = mem_strdup(buf_str(&before));
    for (char *p = line; (p = strchr(p, '\n')) != NULL;)
        *p = ' ';
    err_set(
        err, ERR_TRUST,
        "the host key has changed: %sConnect from a terminal to decide, or "
        "with -o RememberMachines=no to go by known_hosts alone (the server's "
        "%s key is %s)",
        line, t->type, t->print);
    mem_free(line);
    buf_free(&before);
    return TRUST_NO;
}

static enum trust_verdict refuse_unknown(struct trust *t, struct err *err)
{
    if (t->opt->strict == STRICT_YES)
        return refuse(t, err,
                      "unknown host key, and StrictHostKeyChecking=yes takes "
                      "none; add it to your known_hosts first");
    if (has_changed(t))
        return refuse_changed(t, err);
    return refuse(t, err,
                  "unknown host key, and there is nobody to ask; connect "
                  "once from a terminal, or use "
                  "-o StrictHostKeyChecking=accept-new");
}

static enum trust_verdict refuse_other(struct trust *t, struct err *err)
{
    if (console_is_bare(t->console))
        return refuse(t, err,
                      "the fingerprint of --console is another host key's: "
                      "this is another machine, or that is its key of another "
                      "type");
    return refuse(t, err,
                  "the console shows another host key: this is another "
                  "machine, or the console is from before it was rebuilt");
}

static enum trust_verdict judge_unknown(struct trust *t, bool can_ask,
                                        struct err *err)
{
    /* A key that has changed is no new one. */
    bool new = t->opt->strict == STRICT_ACCEPT_NEW && !has_changed(t);
    bool asks = can_ask && (t->opt->strict == STRICT_ASK ||
                            (t->opt->strict == STRICT_ACCEPT_NEW && !new));

    if (t->shown == CONSOLE_MATCH)
        return take_console(t);
    if (t->shown == CONSOLE_OTHER && !asks)
        return refuse_other(t, err);
    if (t->shown != CONSOLE_OTHER && t->opt->strict != STRICT_YES &&
        trust_is_moved(t))
        return take_moved(t);
    if (t->opt->strict == STRICT_NO || new)
        return take_blindly(t);
    if (!asks)
        return refuse_unknown(t, err);
    if (t->changed)
        trust_ask_changed(t);
    else
        trust_ask_unknown(t);
    return TRUST_ASK;
}

static void look_at(struct trust *t, const struct trust_server *server)
{
    forget_server(t);
    t->blob = mem_dup(server->blob, server->blob_len);
    t->host = mem_strdup(server->address);
    t->server = mem_strdup(server->ident);
    t->sight = (struct machines_sight){ .blob = t->blob,
                                        .blob_len = server->blob_len,
                                        .name = t->host,
                                        .host = t->host,
                                        .port = t->opt->port,
                                        .server = t->server,
                                        .now = (int64_t)time(NULL) };
    choose_name(t);
}

enum trust_verdict trust_judge(struct trust *t,
                               const struct trust_server *server, bool can_ask,
                               struct err *err)
{
    const uint8_t *blob = server->blob;
    size_t len = server->blob_len;

    look_at(t, server);
    sshkey_blob_type(blob, len, t->type, sizeof t->type);
    sshkey_fingerprint(blob, len, t->print);
    t->result = knownhosts_check(t->known, t->name, t->port, blob, len);
    if (t->console != NULL)
        t->shown = console_judge(t->console, blob, len, &t->bits);
    trust_recall(t);
    switch (t->result.verdict) {
    case KNOWNHOSTS_MATCH:
        t->accepted = true;
        trust_note_turn(t);
        return TRUST_YES;
    case KNOWNHOSTS_REVOKED: return judge_revoked(t, err);
    case KNOWNHOSTS_CHANGED: return judge_changed(t, can_ask, err);
    case KNOWNHOSTS_OTHER_TYPE:
    case KNOWNHOSTS_UNKNOWN: break;
    }
    return judge_unknown(t, can_ask, err);
}

/* ---- what was judged ---- */

bool trust_is_unverified(const struct trust *t)
{
    return t->once || (t->opt->strict == STRICT_NO &&
                       t->result.verdict == KNOWNHOSTS_CHANGED);
}

bool trust_sight(const struct trust *t, struct machines_sight *out)
{
    *out = t->sight;
    return t->accepted;
}

/* Where it is known from; false: from nowhere. */
static bool put_source(const struct trust *t, struct buf *out)
{
    enum knownhosts_verdict verdict = t->result.verdict;
    bool known = verdict == KNOWNHOSTS_MATCH;

    if (t->typed_bits != 0) {
        buf_printf(out, "as was typed (%u bits compared)", t->typed_bits);
        return true;
    }
    if (!known && verdict != KNOWNHOSTS_CHANGED && t->shown == CONSOLE_MATCH) {
        buf_printf(out, "as the console shows (%u bits compared)", t->bits);
        return true;
    }
    if (t->result.line.path == NULL) {
        buf_put_str(out,
                    t->moved ? "known from another address" : "was not known");
        return t->moved;
    }
    buf_put_str(out, known ? "as in " : "which differs from ");
    trust_put_line(&t->result.line, out);
    return known;
}

bool trust_describe(const struct trust *t, struct buf *out)
{
    bool known;
    char *file;

    buf_printf(out, "%s %s, ", t->type, t->print);
    known = put_source(t, out);
    if (t->remembers) {
        file = paths_tilde(t->file);
        buf_printf(out, "; now remembered in %s", file);
        mem_free(file);
    }
    return known;
}

/* ---- the answer ---- */

static enum trust_verdict ask_again(struct trust *t, const char *why)
{
    buf_clear(&t->again);
    buf_printf(&t->again, "%s\n\n%s", why, buf_str(&t->text));
    t->question.text = buf_str(&t->again);
    return TRUST_ASK;
}

static void note_compared(struct trust *t, unsigned bits)
{
    if (bits == 256 || bits == 128)
        notes_add(t->notes, NOTE_NORMAL,
                  "The fingerprints are the same (%u bits compared).", bits);
    else
        notes_add(t->notes, NOTE_NORMAL,
                  "This part of the fingerprint is the same (%u bits "
                  "compared%s).",
                  bits,
                  bits < EASY_BITS ? "; with some work another key can be made "
                                     "like it"
                  : bits < SAFE_BITS
                      ? "; with much work another key can be made like it"
                      : "");
}

/*
 * Another key than the known one.  That the machine before is another one is
 * remembered as such only if its line in known_hosts goes by this: of a line
 * that the user took out nothing shall be trusted.
 */
static enum trust_verdict take_changed(struct trust *t,
                                       enum machines_change change,
                                       struct err *err)
{
    bool rebuilt = change == MACHINES_REBUILT;

    if (!trust_replace_key(t, rebuilt ? t->before : NULL, err))
        return TRUST_NO;
    if (change == MACHINES_ANOTHER && t->result.verdict != KNOWNHOSTS_CHANGED)
        change = MACHINES_SEEN;
    t->accepted = true;
    trust_learn(t, change);
    return TRUST_YES;
}

/* A fingerprint was the same.  It does not tell whether the old machine is
 * still there, so its keys are not to be trusted further. */
static enum trust_verdict take_compared(struct trust *t, struct err *err)
{
    if (!t->changed)
        return take_new(t, NULL);
    return take_changed(
        t, t->whose != NULL ? MACHINES_ANOTHER : MACHINES_REBUILT, err);
}

/* A machine has several keys, and what was typed may be another one's. */
static void say_differs(struct trust *t)
{
    struct buf why = { 0 };

    buf_printf(&why,
               "THAT IS NOT THIS KEY'S FINGERPRINT. If your provider shows it "
               "for a key of type %s, this is not your machine: cancel.",
               t->type);
    ask_again(t, buf_str(&why));
    t->question.alert = true;
    buf_free(&why);
}

/* It is none of the answers: what is it? */
static enum trust_verdict compare(struct trust *t, const char *typed,
                                  struct err *err)
{
    unsigned bits;

    switch (typed_key_judge(typed, t->sight.blob, t->sight.blob_len, &bits)) {
    case TYPED_SAME:
        note_compared(t, bits);
        t->typed_bits = bits;
        return take_compared(t, err);
    case TYPED_OTHER: say_differs(t); break;
    case TYPED_OTHER_KIND:
        ask_again(t, "That is a key of another kind than the one shown here: "
                     "a machine has several. Take the line of this kind.");
        break;
    case TYPED_NOTHING:
        ask_again(t, strchr(typed, '\n') != NULL
                         ? "No host key is in this text. cloud-init prints "
                           "them at the end of the first boot: copy the "
                           "console's log once more."
                     : t->changed ? "Type one of the answers below; going on "
                                    "needs the whole word."
                                  : "Type one of the answers below.");
        break;
    }
    return TRUST_ASK;
}

static enum trust_verdict answer_changed(struct trust *t, const char *word,
                                         struct err *err)
{
    if (strcmp(word, "replace") == 0 || strcmp(word, "rebuilt") == 0)
        return take_changed(t, MACHINES_REBUILT, err);
    if (strcmp(word, "another") == 0)
        return take_changed(t, MACHINES_ANOTHER, err);
    return compare(t, word, err);
}

static enum trust_verdict answer_unknown(struct trust *t, const char *word,
                                         struct err *err)
{
    bool as_is = t->shown != CONSOLE_OTHER;

    if (as_is && (text_same(word, "a") || text_same(word, "yes")))
        return take_new(t, NULL);
    t->once = as_is && text_same(word, "o");
    return t->once ? TRUST_YES : compare(t, word, err);
}

void trust_refuse_answers(struct trust *t, struct err *err)
{
    refuse(t, err,
           "the host key was not accepted: the answers of the SSH_ASKPASS "
           "program were none of those that were asked for");
}

enum trust_verdict trust_answer(struct trust *t, const char *typed,
                                struct err *err)
{
    char *word = mem_strdup(typed + strspn(typed, " "));
    enum trust_verdict verdict = TRUST_NO;
    size_t n = strlen(word);

    while (n != 0 && word[n - 1] == ' ')
        word[--n] = '\0';
    if (n == 0 || text_same(word, "n") || text_same(word, "no"))
        err_set(err, ERR_CANCELLED, "cancelled: the host key was not accepted");
    else if (t->changed)
        verdict = answer_changed(t, word, err);
    else
        verdict = answer_unknown(t, word, err);
    mem_free(word);
    return verdict;
}
