/* Why a session failed: the sentence, and of what kind it was. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "ssh/internal.h"
#include "base/mem.h"
#include "base/text.h"

/* bytes that a peer may say while a question is open */
enum { ANSWER_BYTES = 1 << 18 };

static enum ssh_fault fault_in(enum ssh_stage stage, enum err_code code)
{
    if (stage >= STAGE_OPEN)
        return SSH_FAULT_OTHER;
    if (stage == STAGE_HANDSHAKE)
        return SSH_FAULT_KEX;
    if (code == ERR_TIMEOUT)
        return SSH_FAULT_SILENT;
    if (stage >= STAGE_OPEN_CHANNEL)
        return SSH_FAULT_START;
    /* Against its protocol it is we who close. */
    return code == ERR_PROTOCOL ? SSH_FAULT_OTHER : SSH_FAULT_LOGIN;
}

enum ssh_want ssh_fail(struct ssh_session *s, enum err_code code,
                       const char *fmt, ...)
{
    char sentence[sizeof s->why.msg];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(sentence, sizeof sentence, fmt, ap);
    va_end(ap);
    err_set(&s->why, code, "%s", sentence);
    if (s->fault == SSH_FAULT_OTHER)
        s->fault = fault_in(s->stage, code);
    s->stage = STAGE_FAILED;
    return SSH_FAILED;
}

/* "; it had been silent for 12 s", when that says something. */
static void put_since(const struct ssh_session *s, char *out, size_t size)
{
    uint64_t silent = (s->tp.now - s->tp.last_received) / 1000;

    out[0] = '\0';
    if (s->tp.last_received != 0 && silent > 1)
        (void)snprintf(out, size, "; it had been silent for %llu s",
                       (unsigned long long)silent);
}

/* Its last words, on one line. */
static char *put_together(const struct buf *words)
{
    struct buf line = { 0 };
    char *clean;

    text_one_line(&line, words->data, words->len);
    text_cut_stop(&line);
    clean = text_cleaned(buf_str(&line));
    buf_free(&line);
    return clean;
}

static enum ssh_want closed(struct ssh_session *s, const char *doing)
{
    char *words, since[64];

    ssh_last_words(s);
    words = put_together(&s->last_words);
    put_since(s, since, sizeof since);
    if (words[0] != '\0') {
        s->fault = SSH_FAULT_TOLD;
        ssh_fail(s, ERR_NETWORK,
                 "the server closed the connection %s, and said: %s", doing,
                 words);
    } else {
        ssh_fail(s, ERR_NETWORK, "the server closed the connection %s%s", doing,
                 since);
    }
    mem_free(words);
    return SSH_FAILED;
}

/* Linux says of a peer that was silent for too long what a router has said of
 * it meanwhile. */
static bool is_silence(int error)
{
    return error == ETIMEDOUT || error == EHOSTUNREACH || error == ENETUNREACH;
}

enum ssh_want ssh_lost(struct ssh_session *s, const char *doing)
{
    int error = s->tp.error != 0 ? s->tp.error : s->tp.write_error;
    char since[64];

    if (s->stage >= STAGE_OPEN && error == 0)
        s->fault = SSH_FAULT_CLOSED;
    if (s->disconnect != NULL && s->disconnect[0] != '\0')
        return ssh_fail(s, ERR_NETWORK, "the server said goodbye %s: %s", doing,
                        s->disconnect);
    if (error == 0)
        return closed(s, doing);
    put_since(s, since, sizeof since);
    return ssh_fail(s, is_silence(error) ? ERR_TIMEOUT : ERR_NETWORK,
                    "the connection broke %s: %s%s", doing, strerror(error),
                    since);
}

enum ssh_want ssh_broken(struct ssh_session *s, int code, const char *doing)
{
    char *text = NULL;
    char *clean;

    if (s->disconnect != NULL || ssh_transport_ended(&s->tp))
        return ssh_lost(s, doing);
    if (code == LIBSSH2_ERROR_TIMEOUT)
        return ssh_fail(s, ERR_TIMEOUT, "the server stopped answering %s",
                        doing);
    libssh2_session_last_error(s->lib, &text, NULL, 0);
    clean = text_cleaned(text != NULL ? text : "");
    ssh_fail(s, ERR_PROTOCOL, "the SSH protocol was violated %s: %s (%d)",
             doing, clean, code);
    mem_free(clean);
    return SSH_FAILED;
}

enum ssh_want ssh_ask(struct ssh_session *s, enum ssh_want question)
{
    ssh_transport_fill(&s->tp);
    if (s->tp.closed || s->tp.error != 0)
        return ssh_lost(s, "while it waited for the login");
    if (s->tp.in.len > ANSWER_BYTES)
        return ssh_fail(s, ERR_PROTOCOL,
                        "the server sends data before the login");
    return question;
}

enum ssh_fault ssh_session_fault(const struct ssh_session *s)
{
    return s->fault;
}
