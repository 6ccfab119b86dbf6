/*
 * connect_files.c - the key files.
 *
 * They are read first, so that a mistake there costs no connection.  Where
 * there is a remedy the user is asked, and they are read again.
 */
#include "app/connecting.h"

#include "app/keyagent.h"
#include "base/mem.h"
#include "base/text.h"
#include "sys/agent.h"
#include "sys/file.h"
#include "sys/paths.h"

static bool is_one_of_several(const struct connect *c)
{
    return c->opt->identities != 1;
}

static enum connect_state ask_mode(struct connect *c, const struct err *err)
{
    static const struct ui_choice only[] = {
        { "y", "make it private (chmod 600) and go on" },
        { "Enter", "cancel" },
    };
    static const struct ui_choice among[] = {
        { "y", "make it private (chmod 600) and go on" },
        { "Enter", "go on without this key" },
    };

    buf_printf(&c->text,
               "%s\nSomebody with another account on this computer may "
               "already have read or changed it.",
               err->msg);
    c->question = (struct ui_question){
        .title = "Private key open to others",
        .text = buf_str(&c->text),
        .prompt = "Make it private? ",
        .echo = true,
        .alert = true,
        .choices = is_one_of_several(c) ? among : only,
        .choices_len = sizeof only / sizeof *only,
    };
    return connect_ask(c, TOPIC_FILE);
}

static enum connect_state ask_other_file(struct connect *c, const char *title,
                                         const struct err *err)
{
    static const struct ui_choice choices[] = {
        { "y", "log in with that file" },
        { "Enter", "cancel" },
    };
    char *name = paths_tilde(c->remedy.path);

    buf_put_str(&c->text, err->msg);
    buf_clear(&c->prompt);
    buf_printf(&c->prompt, "Use %s? ", name);
    mem_free(name);
    c->question = (struct ui_question){
        .title = title,
        .text = buf_str(&c->text),
        .prompt = buf_str(&c->prompt),
        .echo = true,
        .choices = choices,
        .choices_len = sizeof choices / sizeof *choices,
    };
    return connect_ask(c, TOPIC_FILE);
}

enum connect_state connect_load_keys(struct connect *c, struct err *err)
{
    char *agent = agent_path(c->opt->identity_agent);

    c->files.agent = agent != NULL;
    /* Who is in already was asked on the way. */
    c->files.can_ask = c->can_ask && !c->user_worked;
    mem_free(agent);
    mem_free(c->remedy.path);
    c->ids = identities_load(c->opt, &c->files, c->notes, &c->remedy, err);
    if (c->ids != NULL) {
        c->agent = keyagent_new(c->opt, c->notes);
        return connect_go_on(c);
    }
    if (!c->can_ask)
        return CONNECT_FAILED;
    buf_clear(&c->text);
    switch (c->remedy.cure) {
    case CURE_MAKE_PRIVATE: return ask_mode(c, err);
    case CURE_PRIVATE_HALF:
        return ask_other_file(c, "Public half of a key", err);
    case CURE_NEIGHBOUR: return ask_other_file(c, "No such file", err);
    case CURE_NONE: break;
    }
    return CONNECT_FAILED;
}

enum connect_state connect_answer_file(struct connect *c, const char *typed,
                                       struct err *err)
{
    struct identity_remedy *remedy = &c->remedy;

    if (!text_same(typed, "y") && !text_same(typed, "yes")) {
        if (remedy->cure == CURE_MAKE_PRIVATE && is_one_of_several(c)) {
            c->files.left[remedy->index] = true;
            return connect_go_on(c);
        }
        if (remedy->cure == CURE_MAKE_PRIVATE) {
            err_set(err, ERR_CANCELLED, "%s: left as it is, and not used",
                    remedy->path);
            return CONNECT_FAILED;
        }
        err_set(err, ERR_CANCELLED, "cancelled; log in with the private key:");
        err_command(err, "-i", remedy->path, "");
        return CONNECT_FAILED;
    }
    if (remedy->cure != CURE_MAKE_PRIVATE) {
        mem_free(c->files.instead[remedy->index]);
        c->files.instead[remedy->index] = remedy->path;
        remedy->path = NULL;
    } else if (!file_make_private(remedy->path, err)) {
        return CONNECT_FAILED;
    }
    return connect_go_on(c);
}

bool connect_bars_agent(const struct connect *c)
{
    const char *name;
    bool bars =
        c->files.agent && c->opt->identities_only && c->opt->identities == 0;

    for (size_t i = 0; bars && (name = identity_default_file(i)) != NULL; i++) {
        char *path = paths_expand(name);

        bars = !file_exists(path);
        mem_free(path);
    }
    return bars;
}

void connect_free_files(struct connect *c)
{
    size_t i;

    mem_free(c->remedy.path);
    for (i = 0; i < OPTIONS_MAX_IDENTITIES; i++)
        mem_free(c->files.instead[i]);
}
