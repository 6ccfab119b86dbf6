/* trust_ask.c - the questions about a host key. */
#include "app/trusting.h"

#include <string.h>
#include "base/mem.h"
#include "base/text.h"
#include "sys/paths.h"

void trust_put_where(const struct trust *t, struct buf *out)
{
    if (t->port == 22)
        buf_put_str(out, t->name);
    else
        buf_printf(out, "%s port %u", t->name, t->port);
}

void trust_put_line(const struct knownhosts_line *line, struct buf *out)
{
    char *path = paths_tilde(line->path);

    buf_printf(out, "%s, line %zu", path, line->number);
    mem_free(path);
}

/* The same machine under a name that the user has met before? */
static void describe_other_names(struct trust *t)
{
    struct knownhosts_line line;
    char *names;
    size_t i;

    for (i = 0; knownhosts_find_key(t->known, t->sight.blob, t->sight.blob_len,
                                    i, &line);
         i++) {
        if (line.names == NULL)
            continue;
        names = text_cleaned(line.names);
        buf_printf(&t->text, "You know this same key as %s (", names);
        trust_put_line(&line, &t->text);
        buf_put_str(&t->text, ").\n");
        mem_free(names);
        return;
    }
}

static void describe_server(struct trust *t)
{
    if (strcmp(t->sight.host, t->name) != 0)
        buf_printf(&t->text, "Its address is %s. ", t->sight.host);
    buf_printf(&t->text, "It says it is %s.\n", t->sight.server);
    if (t->whose != NULL)
        trust_put_whose(t, &t->text);
    else
        describe_other_names(t);
}

/* The fingerprint first, for a small screen.  Against the console only another
 * one helps, so the first two answers are for where that is silent. */
void trust_ask_unknown(struct trust *t)
{
    static const struct ui_choice choices[] = {
        { "a", "accept and remember it" },
        { "o", "accept it this once" },
        { "SHA256:...", "a fingerprint to compare" },
        { "Enter", "cancel: nothing is sent" },
    };
    bool other = t->shown == CONSOLE_OTHER;
    size_t skipped = other ? 2 : 0;

    buf_clear(&t->text);
    if (other && console_is_bare(t->console))
        buf_printf(&t->text,
                   "THE FINGERPRINT OF --console IS ANOTHER KEY'S. If it is "
                   "that of a key of type %s, somebody else answers: cancel.\n",
                   t->type);
    else if (other)
        buf_put_str(&t->text,
                    "THE CONSOLE SHOWS ANOTHER KEY. If that is this machine's "
                    "console, and not one from before it was rebuilt, "
                    "somebody else answers: cancel.\n");
    buf_printf(&t->text, "The %s key of ", t->type);
    trust_put_where(t, &t->text);
    buf_printf(&t->text, " is unknown:\n  %s\n", t->print);
    if (trust_is_new_type(t))
        buf_put_str(&t->text,
                    "A key of another type is known there: a server that got "
                    "a new kind of key looks like this, and so does a "
                    "different machine.\n");
    describe_server(t);
    if (!other)
        buf_put_str(&t->text, "Your provider's panel or console may show the "
                              "fingerprint: if it is the same, this is your "
                              "machine. A part of it, of 8 characters or "
                              "more, will do, and so will the console's "
                              "whole log.");
    t->question = (struct ui_question){
        .title = "Unknown host key",
        .text = buf_str(&t->text),
        .prompt = "Your answer: ",
        .echo = true,
        .multiline = true,
        .alert = other,
        .choices = choices + skipped,
        .choices_len = sizeof choices / sizeof *choices - skipped,
    };
}

/* First, for a small screen: of 40x12 they take four of five rows, but two
 * where what is likely stands above them. */
static void describe_keys(struct trust *t)
{
    char old[SSHKEY_FINGERPRINT_MAX];

    sshkey_fingerprint(t->sight.old, t->sight.old_len, old);
    buf_printf(&t->text, "known:  %s\nnow:    %s\n", old, t->print);
}

static void describe_known_one(struct trust *t)
{
    const struct knownhosts_line *line = &t->result.line;

    buf_printf(&t->text, "Both are %s; the known one is in ", t->type);
    if (line->path != NULL)
        trust_put_line(line, &t->text);
    else
        buf_put_str(&t->text, "no known_hosts any more, but remembered");
    buf_put_str(&t->text, ".\n");
}

static void describe_change(struct trust *t)
{
    if (trust_is_suspect(t))
        buf_put_str(&t->text, TRUST_LIKELY "\n");
    describe_keys(t);
    if (t->before != NULL) {
        trust_put_before(t, &t->text);
    } else {
        buf_put_str(&t->text, "The key of ");
        trust_put_where(t, &t->text);
        buf_put_str(&t->text, " is not the one you know.\n");
        trust_put_whose(t, &t->text);
    }
    describe_known_one(t);
}

void trust_ask_changed(struct trust *t)
{
    static const struct ui_choice choices[] = {
        { "replace", "I rebuilt it" },
        { "another", "it is another machine" },
        { "SHA256:...", "a fingerprint to compare" },
        { "Enter", "cancel: nothing is sent" },
    };

    buf_clear(&t->text);
    describe_change(t);
    buf_put_str(&t->text,
                "Either the machine was rebuilt, or its address given to "
                "another one; or somebody in between answers in its place, and "
                "would see all you type. If you did not rebuild it, cancel. "
                "The first two answers are to be typed in full.");
    if (t->before == NULL)
        buf_printf(&t->text, "\nIt says it is %s.", t->sight.server);
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
        .multiline = true,
        .alert = true,
        .choices = choices,
        .choices_len = sizeof choices / sizeof *choices,
    };
}
