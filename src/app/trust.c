/*
 * The host key's verdict and what follows from it.  The user's files are
 * touched only when the user (or StrictHostKeyChecking) said so: a new key is
 * one appended line; a replaced one comments the old line out.
 */
#include "app/trust.h"

#include <string.h>
#include "app/notes.h"
#include "app/typed_key.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/options.h"
#include "keys/console.h"
#include "keys/knownhosts.h"
#include "keys/machines.h"
#include "keys/sshkey.h"
#include "sys/file.h"
#include "sys/lookup.h"
#include "sys/paths.h"
#include "sys/random.h"
#include "ui/question.h"

#define KNOWN_HOSTS_MAX (64u * 1024u * 1024u)
#define USER_FILES      "~/.ssh/known_hosts\n~/.ssh/known_hosts2"
#define GLOBAL_FILES    "/etc/ssh/ssh_known_hosts\n/etc/ssh/ssh_known_hosts2"
#define TYPES_MAX       16
#define SALT_LEN        20
#define SAFE_BITS       80 /* nobody makes a key for so many that are given */

struct trust {
    const struct options *opt;
    const struct console *console; /* or NULL */
    struct memory *memory;
    struct notes *notes;
    struct knownhosts *known;
    char *name;    /* what known_hosts calls the server */
    unsigned port; /* 22 with an alias, which stands without a port */
    char *file;    /* where new keys are remembered; NULL: nowhere */
    const char *types[TYPES_MAX];
    size_t types_len;
    /* The server being judged. */
    struct trust_server server;
    const uint8_t *blob; /* its key */
    size_t blob_len;
    char type[64];
    char print[SSHKEY_FINGERPRINT_MAX];
    struct knownhosts_result result;
    bool accepted; /* by the user, a file, or the console: not blindly */
    enum console_verdict shown; /* on the console */
    unsigned bits;              /* of that, if it matches */
    struct buf text;            /* of the question */
    struct buf again; /* the same, behind what was wrong with the answer */
    struct ui_question question;
};

/* ---- reading ---- */

/* The next path of a list of lines, expanded; NULL at its end. */
static char *next_path(const char **list)
{
    char *word, *path;
    size_t n;

    *list += strspn(*list, "\n");
    n = strcspn(*list, "\n");
    if (n == 0)
        return NULL;
    word = mem_strndup(*list, n);
    *list += n;
    path = paths_expand(word);
    mem_free(word);
    return path;
}

static void read_files(struct trust *t, const char *list)
{
    struct buf text = { 0 };
    struct err err;
    char *path;

    while ((path = next_path(&list)) != NULL) {
        buf_clear(&text);
        if (file_read(path, KNOWN_HOSTS_MAX, &text, &err))
            knownhosts_add(t->known, path, text.data, text.len);
        else if (err.code != ERR_NOT_FOUND)
            notes_add(t->notes, NOTE_NORMAL, "%s", err.msg);
        mem_free(path);
    }
    buf_free(&text);
}

static const char *user_files(const struct options *opt)
{
    return opt->user_known_hosts != NULL ? opt->user_known_hosts : USER_FILES;
}

struct trust *trust_new(const struct options *opt,
                        const struct console *console, struct memory *memory,
                        struct notes *notes)
{
    struct trust *t = mem_alloc(sizeof *t);
    const char *list, *note;
    size_t i;

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
    list = user_files(opt);
    t->file = next_path(&list);
    if (t->file != NULL && strcmp(t->file, "/dev/null") == 0) {
        mem_free(t->file); /* the usual way to say: remember nothing */
        t->file = NULL;
    }
    read_files(t, user_files(opt));
    read_files(t, opt->global_known_hosts != NULL ? opt->global_known_hosts
                                                  : GLOBAL_FILES);
    for (i = 0; (note = knownhosts_note(t->known, i)) != NULL; i++)
        notes_add(notes, NOTE_NORMAL, "%s", note);
    t->types_len =
        knownhosts_types(t->known, t->name, t->port, t->types, TYPES_MAX);
    if (t->types_len == 0 && console != NULL)
        t->types_len = console_types(console, t->types, TYPES_MAX);
    return t;
}

void trust_free(struct trust *t)
{
    if (t == NULL)
        return;
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

/* ---- writing ---- */

static bool format_line(const struct trust *t, struct buf *out)
{
    uint8_t salt[SALT_LEN];

    if (t->opt->hash_known_hosts)
        random_fill(salt, sizeof salt);
    return knownhosts_format(out, t->name, t->port, t->blob, t->blob_len,
                             t->opt->hash_known_hosts ? salt : NULL);
}

/* A key that cannot be remembered is no reason to refuse it: it is noted. */
static void remember(struct trust *t)
{
    struct buf line = { 0 };
    struct err err;
    char *shown;

    if (t->file == NULL)
        return;
    shown = paths_tilde(t->file);
    if (!format_line(t, &line))
        notes_add(t->notes, NOTE_NORMAL,
                  "The key is not remembered: %s cannot stand in known_hosts.",
                  t->name);
    else if (file_append_line(t->file, line.data, line.len, &err))
        notes_add(t->notes, NOTE_NORMAL, "%s key of %s remembered in %s.",
                  t->type, t->name, shown);
    else
        notes_add(t->notes, NOTE_NORMAL, "The key could not be remembered: %s",
                  err.msg);
    mem_free(shown);
    buf_free(&line);
}

/* Comment out this host's old keys of the type in one of the user's files. */
static bool retire_in(struct trust *t, const char *path, struct err *err)
{
    struct buf text = { 0 }, edited = { 0 };
    size_t lines = 0;
    char *shown;
    bool ok = true;

    if (!file_read(path, KNOWN_HOSTS_MAX, &text, err))
        ok = err->code == ERR_NOT_FOUND;
    else
        lines = knownhosts_comment_out(&edited, text.data, text.len, t->name,
                                       t->port, t->blob, t->blob_len);
    if (lines != 0)
        ok = file_replace(path, edited.data, edited.len, err);
    if (lines != 0 && ok) {
        shown = paths_tilde(path);
        notes_add(t->notes, NOTE_NORMAL,
                  "The old key of %s is commented out in %s.", t->name, shown);
        mem_free(shown);
    }
    buf_free(&text);
    buf_free(&edited);
    return ok;
}

static bool replace(struct trust *t, struct err *err)
{
    const char *list = user_files(t->opt);
    bool ok = true;
    char *path;

    while (ok && (path = next_path(&list)) != NULL) {
        ok = retire_in(t, path, err);
        mem_free(path);
    }
    if (ok)
        remember(t);
    return ok;
}

/* ---- the questions ---- */

static void describe_where(const struct trust *t, struct buf *out)
{
    if (t->port == 22)
        buf_put_str(out, t->name);
    else
        buf_printf(out, "%s port %u", t->name, t->port);
}

/* The same machine under a name that the user has met before? */
static void describe_other_names(struct trust *t)
{
    struct knownhosts_line line;
    char *names;
    size_t i;

    for (i = 0; knownhosts_find_key(t->known, t->blob, t->blob_len, i, &line);
         i++) {
        if (line.names == NULL)
            continue;
        names = text_cleaned(line.names);
        buf_printf(&t->text, "You know this same key as %s (%s line %zu).\n",
                   names, line.path, line.number);
        mem_free(names);
        return;
    }
}

static void describe_server(struct trust *t, const struct trust_server *server)
{
    buf_printf(&t->text, "It shows this %s key:\n  %s\n", t->type, t->print);
    if (server->address != NULL && strcmp(server->address, t->name) != 0)
        buf_printf(&t->text, "Its address is %s. ", server->address);
    buf_printf(&t->text, "It says it is %s.\n", server->ident);
    describe_other_names(t);
}

/* Against the console only a fingerprint helps, so the first two answers are
 * for where it is silent. */
static void ask_unknown(struct trust *t, const struct trust_server *server)
{
    static const struct ui_choice choices[] = {
        { "a", "accept this key and remember it" },
        { "o", "accept it this once" },
        { "SHA256:...", "a fingerprint that you have, to compare it" },
        { "Enter", "cancel: nothing is sent" },
    };
    bool other = t->shown == CONSOLE_OTHER;
    size_t skipped = other ? 2 : 0;

    buf_clear(&t->text);
    if (other)
        buf_put_str(&t->text,
                    "THE CONSOLE SHOWS ANOTHER KEY. If that is this machine's "
                    "console, and not one from before it was rebuilt, "
                    "somebody else answers: cancel.\n");
    describe_where(t, &t->text);
    if (t->result.verdict == KNOWNHOSTS_OTHER_TYPE)
        buf_put_str(&t->text,
                    " is known by a key of another type only: a server that "
                    "got a new kind of key looks like this, and so does a "
                    "different machine.\n");
    else
        buf_put_str(&t->text, " is not among your known hosts.\n");
    describe_server(t, server);
    if (!other)
        buf_put_str(&t->text, "Your provider's panel or console may show the "
                              "fingerprint: if it is the same, this is your "
                              "machine. A part of it, of 8 characters or "
                              "more, will do.");
    t->question = (struct ui_question){
        .title = "Unknown host key",
        .text = buf_str(&t->text),
        .prompt = "Your answer: ",
        .echo = true,
        .alert = other,
        .choices = choices + skipped,
        .choices_len = sizeof choices / sizeof *choices - skipped,
    };
}

static void ask_changed(struct trust *t, const struct trust_server *server)
{
    static const struct ui_choice choices[] = {
        { "replace", "typed in full: I rebuilt it; trust the new key" },
        { "SHA256:...", "a fingerprint that you have, to compare it" },
        { "Enter", "cancel: nothing is sent" },
    };
    char old[SSHKEY_FINGERPRINT_MAX];

    sshkey_fingerprint(t->result.line.blob, t->result.line.blob_len, old);
    buf_clear(&t->text);
    buf_put_str(&t->text, "The key of ");
    describe_where(t, &t->text);
    buf_printf(&t->text,
               " is not the one you know.\n"
               "known: %s\n"
               "now:   %s  (%s)\n"
               "The known one is in %s, line %zu.\n"
               "Either the machine was rebuilt, or its address given to "
               "another one; or somebody in between answers in its place, and "
               "would see all you type. If you did not rebuild it, cancel.\n",
               old, t->print, t->type, t->result.line.path,
               t->result.line.number);
    if (server != NULL)
        buf_printf(&t->text, "It says it is %s.", server->ident);
    if (t->shown == CONSOLE_MATCH)
        buf_printf(&t->text,
                   "\nThe console shows this new key (%u bits compared): if "
                   "it is this machine's, so is the key.",
                   t->bits);
    t->question = (struct ui_question){
        .title = "WARNING: the host key has changed",
        .text = buf_str(&t->text),
        .prompt = "Your answer: ",
        .echo = true,
        .alert = true,
        .choices = choices,
        .choices_len = sizeof choices / sizeof *choices,
    };
}

const struct ui_question *trust_question(const struct trust *t)
{
    return &t->question;
}

/* ---- the verdict ---- */

static enum trust_verdict refuse(struct trust *t, struct err *err,
                                 const char *why)
{
    struct buf where = { 0 };

    describe_where(t, &where);
    err_set(err, ERR_TRUST, "%s: %s (it shows the %s key %s)", buf_str(&where),
            why, t->type, t->print);
    buf_free(&where);
    return TRUST_NO;
}

static enum trust_verdict judge_revoked(struct trust *t, struct err *err)
{
    err_set(err, ERR_TRUST,
            "%s: its key %s is marked @revoked in %s, line %zu; never "
            "connecting to it",
            t->name, t->print, t->result.line.path, t->result.line.number);
    return TRUST_NO;
}

static enum trust_verdict judge_changed(struct trust *t,
                                        const struct trust_server *server,
                                        bool can_ask, struct err *err)
{
    char old[SSHKEY_FINGERPRINT_MAX];

    if (t->opt->strict == STRICT_NO) {
        notes_add(t->notes, NOTE_NORMAL,
                  "WARNING: the host key of %s has changed; going on, as "
                  "StrictHostKeyChecking=no says.",
                  t->name);
        return TRUST_YES;
    }
    if (can_ask && t->opt->strict == STRICT_ASK) {
        ask_changed(t, server);
        return TRUST_ASK;
    }
    sshkey_fingerprint(t->result.line.blob, t->result.line.blob_len, old);
    err_set(err, ERR_TRUST,
            "%s: the host key has changed: %s is known (%s, line %zu), the "
            "server now shows %s; either the machine was rebuilt or somebody "
            "is in between; connect %s to decide",
            t->name, old, t->result.line.path, t->result.line.number, t->print,
            can_ask ? "with StrictHostKeyChecking=ask" : "from a terminal");
    return TRUST_NO;
}

/* A key that nobody knew yet, and that the console shows. */
static enum trust_verdict take_console(struct trust *t)
{
    t->accepted = true;
    notes_add(t->notes, NOTE_NORMAL,
              "The console shows this host key, %s (%u bits compared).",
              t->print, t->bits);
    remember(t);
    return TRUST_YES;
}

static enum trust_verdict judge_unknown(struct trust *t,
                                        const struct trust_server *server,
                                        bool can_ask, struct err *err)
{
    if (t->shown == CONSOLE_MATCH)
        return take_console(t);
    if (t->shown == CONSOLE_OTHER && (!can_ask || t->opt->strict != STRICT_ASK))
        return refuse(t, err,
                      "the console shows another host key: this is another "
                      "machine, or the console is from before it was rebuilt");
    if (t->opt->strict == STRICT_NO || t->opt->strict == STRICT_ACCEPT_NEW) {
        t->accepted = t->opt->strict == STRICT_ACCEPT_NEW;
        remember(t);
        return TRUST_YES;
    }
    if (t->opt->strict == STRICT_YES)
        return refuse(t, err,
                      "unknown host key, and StrictHostKeyChecking=yes takes "
                      "none; add it to your known_hosts first");
    if (!can_ask)
        return refuse(t, err,
                      "unknown host key, and there is nobody to ask; connect "
                      "once from a terminal, or use "
                      "-o StrictHostKeyChecking=accept-new");
    ask_unknown(t, server);
    return TRUST_ASK;
}

bool trust_describe(const struct trust *t, struct buf *out)
{
    char *path;

    buf_printf(out, "%s %s, ", t->type, t->print);
    if (t->result.line.path == NULL) {
        buf_put_str(out, "was not known");
        return false;
    }
    path = paths_tilde(t->result.line.path);
    buf_printf(out, "%s %s, line %zu",
               t->result.verdict == KNOWNHOSTS_MATCH ? "as in"
                                                     : "which differs from",
               path, t->result.line.number);
    mem_free(path);
    return t->result.verdict == KNOWNHOSTS_MATCH;
}

bool trust_sight(const struct trust *t, struct machines_sight *out)
{
    const struct options *opt = t->opt;
    const char *const names[] = { opt->host, opt->host_key_alias,
                                  opt->hostname };
    struct lookup_result numeric;
    size_t i;

    *out = (struct machines_sight){
        .blob = t->blob,
        .blob_len = t->blob_len,
        .name = t->server.address,
        .host = t->server.address,
        .port = opt->port,
        .server = t->server.ident,
    };
    for (i = 0; i < sizeof names / sizeof *names && !out->named; i++) {
        out->named =
            names[i] != NULL && !lookup_numeric(names[i], opt->port, &numeric);
        if (out->named)
            out->name = names[i];
    }
    return t->accepted;
}

bool trust_in_spite(const struct trust *t)
{
    return t->opt->strict == STRICT_NO &&
           t->result.verdict == KNOWNHOSTS_CHANGED;
}

enum trust_verdict trust_judge(struct trust *t,
                               const struct trust_server *server, bool can_ask,
                               struct err *err)
{
    t->server = *server;
    t->blob = server->blob;
    t->blob_len = server->blob_len;
    sshkey_blob_type(t->blob, t->blob_len, t->type, sizeof t->type);
    sshkey_fingerprint(t->blob, t->blob_len, t->print);
    t->result =
        knownhosts_check(t->known, t->name, t->port, t->blob, t->blob_len);
    if (t->console != NULL)
        t->shown = console_judge(t->console, t->blob, t->blob_len, &t->bits);
    t->accepted = t->result.verdict == KNOWNHOSTS_MATCH;
    switch (t->result.verdict) {
    case KNOWNHOSTS_MATCH: return TRUST_YES;
    case KNOWNHOSTS_REVOKED: return judge_revoked(t, err);
    case KNOWNHOSTS_CHANGED: return judge_changed(t, server, can_ask, err);
    case KNOWNHOSTS_OTHER_TYPE:
    case KNOWNHOSTS_UNKNOWN: break;
    }
    return judge_unknown(t, server, can_ask, err);
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
                  bits < SAFE_BITS
                      ? "; with much work another key can be made like it"
                      : "");
}

static enum trust_verdict accept_new(struct trust *t, struct err *err)
{
    t->accepted = true;
    if (t->result.verdict != KNOWNHOSTS_CHANGED) {
        remember(t);
        return TRUST_YES;
    }
    return replace(t, err) ? TRUST_YES : TRUST_NO;
}

/* It is none of the answers: what is it? */
static enum trust_verdict compare(struct trust *t, const char *typed,
                                  struct err *err)
{
    bool changed = t->result.verdict == KNOWNHOSTS_CHANGED;
    unsigned bits;

    switch (typed_key_judge(typed, t->blob, t->blob_len, &bits)) {
    case TYPED_SAME: note_compared(t, bits); return accept_new(t, err);
    case TYPED_OTHER:
        ask_again(t, "THAT IS NOT THIS KEY'S FINGERPRINT. If it came from "
                     "your provider, this is not your machine: cancel.");
        t->question.alert = true;
        break;
    case TYPED_OTHER_KIND:
        ask_again(t, "That is a key of another kind than the one shown here: "
                     "a machine has several. Take the line of this kind.");
        break;
    case TYPED_NOTHING:
        ask_again(t, changed ? "Type one of the answers below; going on needs "
                               "the whole word."
                             : "Type one of the answers below.");
        break;
    }
    return TRUST_ASK;
}

enum trust_verdict trust_answer(struct trust *t, const char *typed,
                                struct err *err)
{
    bool changed = t->result.verdict == KNOWNHOSTS_CHANGED;
    char *word = mem_strdup(typed + strspn(typed, " "));
    enum trust_verdict verdict;
    bool takes_as_is = !changed && t->shown != CONSOLE_OTHER;
    size_t n = strlen(word);

    while (n != 0 && word[n - 1] == ' ')
        word[--n] = '\0';
    if (n == 0 || text_same(word, "n") || text_same(word, "no")) {
        err_set(err, ERR_CANCELLED, "cancelled: the host key was not accepted");
        verdict = TRUST_NO;
    } else if ((changed && strcmp(word, "replace") == 0) ||
               (takes_as_is && text_same(word, "a"))) {
        verdict = accept_new(t, err);
    } else if (takes_as_is && text_same(word, "o")) {
        verdict = TRUST_YES;
    } else {
        verdict = compare(t, word, err);
    }
    mem_free(word);
    return verdict;
}
