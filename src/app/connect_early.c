/*
 * connect_early.c - a login that comes too early, while a machine is waited
 * for.
 *
 * A machine that boots may let somebody in and end the session at once: sshd
 * without PAM looks at /etc/nologin when the session is there, prints it and
 * ends with 254, a login shell's own scripts with 1; or the connection is
 * closed behind the login.  So until a session has lasted for a moment nobody
 * gets it: nothing that it prints is shown, and nothing is sent to it.  A
 * command is not run twice: it is asked for once more only where the server was
 * not asked to start it, or has nothing but these words to say.
 */
#include "app/connecting.h"

#include <string.h>
#include "base/mem.h"
#include "base/text.h"
#include "config/options.h"
#include "sys/clock.h"
#include "sys/pollset.h"

#define SILENT  3000 /* ms that a session may be silent */
#define LASTS   300 /* ms from its first words to its end, if that is at once */
#define AT_ONCE 5000 /* ms from its opening to its loss, likewise */

bool connect_outlasts(const struct connect *c)
{
    return c->until == 0 || c->opt->no_command || c->outlasts;
}

bool connect_may_have_run(const struct connect *c)
{
    return c->command != NULL && c->opt->mode == RUN_CONNECT &&
           c->session != NULL && ssh_session_asked_to_start(c->session);
}

bool connect_came_early(const struct connect *c, const struct err *err)
{
    return c->until != 0 && err->code == ERR_NETWORK &&
           ssh_session_opened(c->session) != 0 && !connect_may_have_run(c);
}

/* Before it had started, or soon after. */
static bool came_to_nothing(struct ssh_session *s)
{
    enum ssh_fault fault = ssh_session_fault(s);
    uint64_t opened = ssh_session_opened(s);
    bool ended;

    if (fault == SSH_FAULT_START)
        return true;
    return (fault == SSH_FAULT_CLOSED || fault == SSH_FAULT_OTHER) &&
           opened != 0 && clock_ms() - opened < AT_ONCE &&
           ssh_session_first(s, SSH_STDOUT, &ended)->len == 0 &&
           ssh_session_first(s, SSH_STDERR, &ended)->len == 0;
}

bool connect_stillborn(struct ssh_session *s, struct err *err)
{
    if (err->code != ERR_NETWORK || !came_to_nothing(s))
        return false;
    err_set(err, ERR_NETWORK,
            "the login worked, and the connection was closed at once");
    return true;
}

void connect_explain_stillborn(struct connect *c, struct err *err)
{
    static const char once[] = "; it is not tried again, as the command may "
                               "have run";
    struct err plain;

    if (c->session == NULL || !connect_stillborn(c->session, err))
        return;
    c->fault = FAULT_LOGIN;
    plain = *err;
    if (c->until != 0 && connect_may_have_run(c))
        err_set(err, plain.code, "%s%s", plain.msg, once);
}

/* ---- its words ---- */

static const struct buf *first(const struct connect *c, enum ssh_stream stream)
{
    bool ended;

    return ssh_session_first(c->session, stream, &ended);
}

/* The line of it that says that the machine boots, for mem_free(); NULL: there
 * is none, or what a command prints does not begin with it. */
static char *boots(const struct connect *c, const struct buf *said)
{
    struct buf text = { 0 };
    const char *begin, *at;
    char *line = NULL;

    text_clean(&text, said->data, said->len, true);
    begin = buf_str(&text);
    begin += strspn(begin, "\n ");
    at = strstr(begin, CONNECT_BOOTS);
    if (at != NULL) {
        while (at != begin && at[-1] != '\n')
            at--;
        if (at == begin || c->command == NULL)
            line = mem_strndup(at, strcspn(at, "\n"));
    }
    buf_free(&text);
    return line;
}

/* A command's own output is none of them, but on a terminal. */
static char *heard(const struct connect *c)
{
    const struct buf *out = first(c, SSH_STDOUT);
    char *line;

    if (c->command != NULL && c->pty == NULL && out->len != 0)
        return NULL;
    line = boots(c, out);
    return line != NULL ? line : boots(c, first(c, SSH_STDERR));
}

static bool is_nologin(const struct ssh_exit *ended)
{
    return !ended->known || (ended->signal[0] == '\0' &&
                             (ended->status == 1 || ended->status == 254));
}

static enum connect_state too_early(struct connect *c, const char *line,
                                    struct err *err)
{
    c->fault = FAULT_BOOTING;
    err_set(err, ERR_NETWORK,
            "the server ended the session at once, and said: %s", line);
    return connect_explain(c, err);
}

/* ---- its end ---- */

/* From its first words on it is waited for its end. */
static bool may_still_end(struct connect *c, bool silent, uint64_t now)
{
    uint64_t *until = &c->naming.listens;

    if (*until == 0)
        *until = now + SILENT;
    if (!silent && !c->heard)
        *until = pollset_earlier(*until, now + LASTS);
    c->heard = !silent;
    return now < *until;
}

enum connect_state connect_outlast(struct connect *c, uint64_t now,
                                   struct err *err)
{
    struct ssh_exit ended;
    bool silent =
        first(c, SSH_STDOUT)->len == 0 && first(c, SSH_STDERR)->len == 0;
    bool over = ssh_session_over(c->session, &ended);
    bool lost = !over && ssh_session_fd(c->session) == -1;
    char *line = (over || lost) && is_nologin(&ended) ? heard(c) : NULL;
    enum connect_state state;

    if (line != NULL) {
        state = too_early(c, line, err);
        mem_free(line);
        return state;
    }
    if (!over && !lost && may_still_end(c, silent, now))
        return CONNECT_WAIT;
    c->naming.listens = 0;
    if (!lost || !silent) /* else the next step says why */
        c->outlasts = true;
    return connect_go_on(c);
}
