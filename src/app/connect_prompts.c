/*
 * connect_prompts.c - the logins in which a person answers: the server's
 * prompts, and passwords.
 *
 * What the server says is shown as the server's, cleaned and cut to what a
 * screen takes.  Answers stay in secrets until the round is complete.
 */
#include "app/connecting.h"

#include <stdio.h>
#include <string.h>
#include "app/notes.h"
#include "app/patience.h"
#include "app/trust.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "config/options.h"
#include "ssh/session.h"
#include "sys/clock.h"

enum {
    SHOWN_MAX = 2000,  /* bytes of one text of the server's */
    PROMPT_WIDTH = 60, /* bytes of a prompt that stands before the answer */
    CHANGES_MAX = 3    /* new passwords that were not the same twice */
};

static const char no_key[] = "the server accepted no key";

/* ---- which methods ---- */

static bool is_method(const char *name, size_t n, const char *method)
{
    return strlen(method) == n && memcmp(name, method, n) == 0;
}

/* Something is typed for it, if somebody is there. */
static bool is_typed(const struct connect *c, const char *name, size_t n)
{
    if (is_method(name, n, SSH_METHOD_PROMPTS))
        return c->opt->kbd_interactive &&
               !ssh_session_refused_unasked(c->session);
    return is_method(name, n, SSH_METHOD_PASSWORD) && c->opt->password;
}

static bool allowed(const struct connect *c, const char *name, size_t n)
{
    if (is_method(name, n, SSH_METHOD_KEY))
        return c->opt->pubkey;
    return c->can_ask && is_typed(c, name, n) && !trust_is_unverified(c->trust);
}

static const char *preferred(const struct connect *c)
{
    return c->opt->preferred != NULL ? c->opt->preferred
                                     : SSH_METHOD_KEY "," SSH_METHOD_PROMPTS
                                                      "," SSH_METHOD_PASSWORD;
}

/* Is the name one of these, which commas separate? */
static bool is_one_of(const char *list, const char *name, size_t n)
{
    for (; *list != '\0'; list += *list == ',') {
        if (strcspn(list, ",") == n && memcmp(list, name, n) == 0)
            return true;
        list += strcspn(list, ",");
    }
    return false;
}

static bool lists_keys(const char *list)
{
    return is_one_of(list, SSH_METHOD_KEY, strlen(SSH_METHOD_KEY));
}

bool connect_allows_keys(const struct connect *c)
{
    return c->opt->pubkey && lists_keys(preferred(c));
}

bool connect_takes_keys(const struct connect *c)
{
    const char *methods = ssh_session_methods(c->session);

    return methods == NULL || lists_keys(methods);
}

/* The server would take what is typed. */
static bool wants_typing(const struct connect *c)
{
    const char *p = ssh_session_methods(c->session);

    for (; p != NULL && *p != '\0'; p += *p == ',') {
        size_t n = strcspn(p, ",");

        if (is_typed(c, p, n) && is_one_of(preferred(c), p, n))
            return true;
        p += n;
    }
    return false;
}

bool connect_withholds(const struct connect *c)
{
    return c->can_ask && wants_typing(c) && trust_is_unverified(c->trust);
}

bool connect_takes_typing(const struct connect *c)
{
    return c->can_ask && wants_typing(c) && !trust_is_unverified(c->trust);
}

bool connect_lacks_person(const struct connect *c)
{
    return !c->can_ask && wants_typing(c);
}

/* ---- what options forbid ---- */

struct forbidding {
    const char *options[5]; /* each once */
    size_t n;
    bool together; /* one of them alone allows nothing */
};

static void forbid(struct forbidding *f, const char *option)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->options[i], option) == 0)
            return;
    f->options[f->n++] = option;
}

/* "A or B", "A, B and C" */
static void put_options(const struct forbidding *f, struct buf *out)
{
    const char *last = f->together ? " and " : " or ";

    for (size_t i = 0; i < f->n; i++)
        buf_printf(out, "%s%s",
                   i == 0          ? ""
                   : i + 1 == f->n ? last
                                   : ", ",
                   f->options[i]);
}

bool connect_put_forbidding(const struct connect *c, struct buf *out)
{
    const struct {
        const char *name, *option;
        bool on, hollow, more;
    } ways[] = {
        { SSH_METHOD_KEY, "PubkeyAuthentication=no", c->opt->pubkey, false,
          connect_bars_agent(c) },
        { SSH_METHOD_PROMPTS, "KbdInteractiveAuthentication=no",
          c->opt->kbd_interactive, ssh_session_refused_unasked(c->session),
          false },
        { SSH_METHOD_PASSWORD, "PasswordAuthentication=no", c->opt->password,
          false, false },
    };
    const char *methods = ssh_session_methods(c->session);
    struct forbidding f = { .n = 0 };
    bool all = true;

    if (methods == NULL || c->opt->mode == RUN_PROVE_KEY) /* our own choice */
        return false;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t len = strlen(ways[i].name);
        bool named = is_one_of(preferred(c), ways[i].name, len);

        if (!is_one_of(methods, ways[i].name, len) || ways[i].hollow)
            continue;
        all = all && !(named && ways[i].on);
        if (named && ways[i].on)
            continue;
        if (!named)
            forbid(&f, "PreferredAuthentications");
        if (!ways[i].on)
            forbid(&f, ways[i].option);
        if (ways[i].more)
            forbid(&f, "IdentitiesOnly");
        f.together = f.together || (!named && !ways[i].on) || ways[i].more;
    }
    put_options(&f, out);
    return all;
}

void connect_set_methods(struct connect *c)
{
    const char *p = preferred(c);
    struct buf list = { 0 };

    for (; *p != '\0'; p += *p == ',') {
        size_t n = strcspn(p, ",");

        if (allowed(c, p, n))
            buf_printf(&list, "%s%.*s", list.len != 0 ? "," : "", (int)n, p);
        p += n;
    }
    if (trust_is_unverified(c->trust) && c->naming.used_len == 1)
        notes_add(c->notes, NOTE_NORMAL,
                  "Only keys are tried: no password is sent to a host key "
                  "that is not verified.");
    notes_add(c->notes, NOTE_VERBOSE,
              "Will log in by %s, as far as the server takes it.",
              buf_str(&list));
    ssh_session_set_methods(c->session, buf_str(&list),
                            c->opt->passphrase_tries);
    buf_free(&list);
}

void connect_note_accepted(struct connect *c)
{
    const char *last;
    unsigned n = ssh_session_accepted(c->session, &last);

    if (n == c->accepted)
        return;
    c->accepted = n;
    c->key_accepted = c->id != NULL;
    c->pleased = c->id == NULL && c->prompted;
    if (c->id != NULL)
        c->spent = c->next_id;
    connect_drop_key(c);
    /* A key that was refused as the first step may do for the next. */
    c->next_id = 0;
    refusals_free(&c->refusals);
    notes_add(c->notes, NOTE_NORMAL, "%c%s; the server also wants: %s.",
              last[0] - 'a' + 'A', last + 1, ssh_session_methods(c->session));
}

/* ---- what the server says ---- */

/* Append its text, cleaned, without blanks at the end. */
static void put_said(struct buf *out, const struct ssh_prompt *said)
{
    size_t n = said->len < SHOWN_MAX ? said->len : SHOWN_MAX;
    size_t start = out->len;

    text_clean(out, said->text, n, true);
    if (n < said->len)
        buf_put_str(out, " ...");
    while (out->len != start &&
           (out->data[out->len - 1] == '\n' || out->data[out->len - 1] == ' '))
        out->len--;
}

static void put_paragraph(struct buf *out, const struct ssh_prompt *said)
{
    size_t start = out->len;

    put_said(out, said);
    if (out->len != start)
        buf_put_str(out, "\n");
}

/* The prompt's last line stands before the answer, if it is short enough. */
static void put_prompt(struct connect *c, const struct ssh_prompt *said)
{
    struct buf whole = { 0 };
    const char *text, *last;

    put_said(&whole, said);
    text = buf_str(&whole);
    last = strrchr(text, '\n');
    last = last != NULL ? last + 1 : text;
    if (strlen(last) > PROMPT_WIDTH || last[0] == '\0') {
        buf_printf(&c->text, "%s\n", text);
        last = "Answer:";
    } else {
        buf_put(&c->text, text, (size_t)(last - text));
    }
    /* A long text may have scrolled away whose words these are. */
    buf_printf(&c->prompt, "(%s@%s) %s ", c->user, c->address, last);
    buf_free(&whole);
}

/* ---- the questions ---- */

static void forget_answers(struct connect *c)
{
    while (c->answers_len != 0)
        secret_free(c->answers[--c->answers_len]);
}

void connect_free_prompts(struct connect *c)
{
    forget_answers(c);
}

static void put_whose_words(struct connect *c)
{
    buf_printf(&c->text, "These are the words of the server, %s:\n\n",
               c->address);
}

/* What has become of the keys, and whether the name is likely wrong. */
static void put_refused(struct connect *c)
{
    refusals_put_refused(&c->refusals, &c->text);
    if (c->refusals.counts[REFUSAL_SIGNATURE] != 0)
        buf_put_str(&c->text, " It knows a key that was offered, but refused "
                              "its signature.");
    connect_doubt_name(c, &c->text);
}

static void ask_server_prompt(struct connect *c, const struct ssh_prompts *p)
{
    const struct ssh_prompt *said = &p->prompt[c->answers_len];
    bool tells = c->refusals.refused_keys != 0 ||
                 c->refusals.counts[REFUSAL_SIGNATURE] != 0;

    if (tells && c->answers_len == 0 && !c->question.alert) {
        buf_printf(&c->text, "The server asks before it lets %s in.", c->user);
        put_refused(c);
        buf_put_byte(&c->text, '\n');
    }
    put_whose_words(c);
    c->question.again = c->text.len;
    put_paragraph(&c->text, &p->name);
    put_paragraph(&c->text, &p->instruction);
    if (c->answers_len != 0)
        c->question.again_len = c->text.len - c->question.again;
    put_prompt(c, said);
    c->question.title = "The server asks";
    c->question.echo = said->echo;
}

static void ask_password(struct connect *c)
{
    buf_printf(&c->text, "The server wants the password of %s.", c->user);
    put_refused(c);
    buf_put_str(&c->prompt, "Password: ");
    c->question.title = "Password";
}

static void ask_new_password(struct connect *c, const struct ssh_prompts *p)
{
    buf_printf(&c->text,
               "The password of %s has expired; the server wants a new one.\n",
               c->user);
    if (p->instruction.len != 0) {
        put_whose_words(c);
        put_paragraph(&c->text, &p->instruction);
    }
    buf_put_str(&c->prompt,
                c->answers_len == 0 ? "New password: " : "The same again: ");
    c->question.title = "New password";
}

/* why: what was wrong with the last answer; NULL for nothing. */
static enum connect_state ask(struct connect *c, const char *why)
{
    const struct ssh_prompts *p = ssh_session_prompts(c->session);

    buf_clear(&c->text);
    buf_clear(&c->prompt);
    c->question = (struct ui_question){ .alert = why != NULL };
    if (why != NULL)
        buf_printf(&c->text, "%s\n", why);
    switch (p->kind) {
    case SSH_PROMPTS_SERVER: ask_server_prompt(c, p); break;
    case SSH_PROMPTS_PASSWORD: ask_password(c); break;
    case SSH_PROMPTS_NEW_PASSWORD: ask_new_password(c, p); break;
    }
    c->question.text = buf_str(&c->text);
    c->question.prompt = buf_str(&c->prompt);
    return connect_ask(c, TOPIC_PROMPT);
}

void connect_note_words(struct connect *c, const char *raw)
{
    struct buf clean = { 0 }, lines = { 0 };
    const char *text;
    size_t n, end;

    text_clean(&clean, raw, strlen(raw), true);
    text = buf_str(&clean);
    end = clean.len;
    while (end != 0 && (text[end - 1] == '\n' || text[end - 1] == ' '))
        end--;
    for (; end != 0; text += n, end -= n) {
        n = strcspn(text, "\n");
        n = n < end ? n + 1 : end;
        buf_printf(&lines, "\n  %.*s", (int)(text[n - 1] == '\n' ? n - 1 : n),
                   text);
    }
    if (lines.len != 0) {
        notes_add(c->notes, NOTE_NORMAL, "The server says:%s", buf_str(&lines));
        c->spoken = true;
    }
    buf_free(&lines);
    buf_free(&clean);
}

/* Nothing to answer: what the server says becomes a note. */
static enum connect_state only_show(struct connect *c,
                                    const struct ssh_prompts *p)
{
    struct buf text = { 0 };

    put_paragraph(&text, &p->name);
    put_said(&text, &p->instruction);
    connect_note_words(c, buf_str(&text));
    buf_free(&text);
    ssh_session_answer_prompts(c->session, NULL, 0);
    return connect_go_on(c);
}

/* All keys have been tried where the server takes keys, and none got in: is it
 * one with a mistake that should have?  Then nothing is typed in its place. */
static bool ends_by_mistake(const struct connect *c, struct err *err)
{
    const struct err *mistake = connect_mistake(c);

    if (mistake == NULL || !c->keys_ended || c->key_accepted || c->prompted ||
        !connect_takes_keys(c))
        return false;
    *err = *mistake;
    return true;
}

/* A machine that boots may not have its keys yet: that is waited for, before
 * anything is typed in their place. */
static bool key_may_come(struct connect *c)
{
    struct err why;

    if (c->until == 0 || c->patience == NULL || c->prompted ||
        c->naming.undecided || c->accepted != 0 ||
        c->refusals.counts[REFUSAL_REFUSED] == 0)
        return false;
    err_set(&why, ERR_AUTH, "%s", no_key);
    connect_account_keys(c, &why);
    return patience_dares(c->patience, c->fault, clock_ms());
}

enum connect_state connect_prompts(struct connect *c, struct err *err)
{
    const struct ssh_prompts *p = ssh_session_prompts(c->session);
    char why[80];

    connect_note_refusal(c);
    if (key_may_come(c)) {
        err_set(err, ERR_AUTH, "%s", no_key);
        return connect_explain(c, err);
    }
    if (ends_by_mistake(c, err)) {
        connect_account_keys(c, err);
        return CONNECT_FAILED;
    }
    c->prompted = true;
    c->pleased = false;
    c->changes = 0;
    if (p->n == 0)
        return only_show(c, p);
    c->spoken = false;
    if (p->kind == SSH_PROMPTS_NEW_PASSWORD && p->changes != 0)
        return ask(c, "The server did not take that new password.");
    if (p->wrong == c->wrong_told)
        return ask(c, NULL);
    c->wrong_told = p->wrong;
    if (p->refused == 0)
        return ask(c, "The server did not accept that. It takes this instead:");
    (void)snprintf(why, sizeof why, "%s Try %u of %u.",
                   p->changes != 0 ? "The password was not changed."
                                   : "The server did not accept that.",
                   p->refused + 1, c->opt->passphrase_tries);
    return ask(c, why);
}

/* ---- the answers ---- */

static enum connect_state give(struct connect *c, size_t n)
{
    ssh_session_answer_prompts(c->session, c->answers, n);
    forget_answers(c);
    return connect_go_on(c);
}

static enum connect_state judge_new(struct connect *c, struct err *err)
{
    const struct secret *one = c->answers[0], *two = c->answers[1];
    bool same =
        one->len == two->len && mem_equal_ct(one->data, two->data, one->len);

    if (same && one->len != 0)
        return give(c, 1);
    forget_answers(c);
    if (++c->changes < CHANGES_MAX)
        return ask(c, same ? "The new password is empty."
                           : "These were two different passwords.");
    err_set(err, ERR_CANCELLED, "no new password, so not logged in");
    return CONNECT_FAILED;
}

enum connect_state connect_answer_prompt(struct connect *c,
                                         const struct secret *typed,
                                         struct err *err)
{
    const struct ssh_prompts *p = ssh_session_prompts(c->session);
    size_t wanted = p->kind == SSH_PROMPTS_NEW_PASSWORD ? 2 : p->n;

    c->answers[c->answers_len++] = secret_from(typed->data, typed->len);
    if (c->answers_len < wanted)
        return ask(c, NULL);
    return p->kind == SSH_PROMPTS_NEW_PASSWORD ? judge_new(c, err)
                                               : give(c, p->n);
}
