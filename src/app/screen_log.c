/*
 * screen_log.c - the session's output into a file: what was printable of it,
 * or all.
 *
 * A file that exists is asked about, unless a setting says what to do.  A log
 * that cannot be written ends, and says so.
 */
#include "app/screen.h"

#include <string.h>
#include <unistd.h>
#include "app/filename.h"
#include "base/err.h"
#include "base/mem.h"
#include "config/options.h"
#include "sys/output.h"
#include "sys/paths.h"

#define DEFAULT_NAME "vmconnect-&H-&Y&M&D-&T.log"
#define EARLY_MAX    (16u * 1024 * 1024) /* bytes kept for an answer */

static bool is_on(const struct screen *s)
{
    return s->log.path != NULL && s->log.fd != -1;
}

const char *screen_log_mark(const struct screen *s)
{
    return s->log.failed ? "log failed" : is_on(s) ? "log" : "";
}

/* ---- ending ---- */

static void forget(struct screen *s)
{
    if (is_on(s))
        close(s->log.fd);
    mem_free(s->log.path);
    buf_free(&s->log.early);
    s->log = (struct screen_log){ .fd = -1, .begun = s->log.begun };
}

/* After it was told why: a mark stays, until another log is begun. */
static void fail(struct screen *s)
{
    forget(s);
    s->log.failed = true;
    screen_status(s);
}

static void put(struct screen *s, const struct buf *text)
{
    struct err err;

    if (output_write(s->log.fd, text->data, text->len, &err))
        return;
    screen_warn(s, "The log has ended: %s: %s", err.msg, s->log.path);
    fail(s);
}

/* What the filter holds back. */
static void put_rest(struct screen *s)
{
    struct buf rest = { 0 };

    vt_printable_end(&s->log.filter, &rest);
    if (is_on(s))
        put(s, &rest);
    buf_free(&rest);
}

void screen_log_free(struct screen *s)
{
    put_rest(s);
    forget(s);
}

void screen_log_as(struct screen *s, enum log_type type)
{
    put_rest(s);
    s->log_type = type;
}

static void stop(struct screen *s)
{
    screen_announce(s, "The log has ended: %s", s->log.path);
    screen_log_free(s);
    screen_status(s); /* without its mark */
}

/* ---- beginning ---- */

/* A name as it is typed or set: with &-words and perhaps "~". */
static char *path_of(const struct screen *s, const char *pattern)
{
    struct filename_facts facts = { .host = s->front.opt->host,
                                    .port = s->front.opt->port };
    time_t now = time(NULL);
    struct buf name = { 0 };
    char *path;

    localtime_r(&now, &facts.time);
    filename_expand(&name, pattern, &facts);
    path = paths_expand(buf_str(&name));
    buf_free(&name);
    return path;
}

/* What is printable begins on a line of its own, with the time, behind what an
 * earlier session left. */
static void put_heading(struct screen *s)
{
    struct buf text = { 0 };
    time_t now = time(NULL);
    char when[32];
    struct tm tm;

    if (s->log_type == LOG_ALL || output_is_empty(s->log.fd))
        return;
    localtime_r(&now, &tm);
    strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &tm);
    buf_printf(&text, "\n---- %s ----\n", when);
    put(s, &text);
    buf_free(&text);
}

/* With the file that was opened; fd is -1 if it was not, and err says why. */
static void begin(struct screen *s, int fd, const struct err *err)
{
    struct buf early = s->log.early;
    bool gap = s->log.gap;

    if (fd == -1) {
        screen_warn(s, "No log: %s: %s", err->msg, s->log.path);
        fail(s);
        return;
    }
    s->log.early = (struct buf){ 0 };
    s->log.fd = fd;
    screen_announce(s, "Logging to %s", s->log.path);
    put_heading(s);
    screen_log_output(s, early.data, early.len);
    if (gap && is_on(s))
        screen_warn(s,
                    "The log lacks what came after %u MiB, before the answer",
                    EARLY_MAX / (1024 * 1024));
    buf_free(&early);
}

static void open_and_begin(struct screen *s, enum output_mode mode)
{
    struct err err;
    int fd = output_open(s->log.path, mode, &err);

    begin(s, fd, &err);
}

static void ask_about(struct screen *s, const char *says);

static void settled(struct screen *s, const char *answer)
{
    if (answer != NULL && strcmp(answer, "a") == 0) {
        open_and_begin(s, OUTPUT_APPEND);
    } else if (answer != NULL && strcmp(answer, "o") == 0) {
        open_and_begin(s, OUTPUT_OVERWRITE);
    } else if (answer != NULL && answer[0] != '\0') {
        ask_about(s, "Type one of the answers below.\n\n");
    } else {
        forget(s);
        if (s->lost) /* nobody has answered: the next session asks again */
            s->log.begun = false;
        screen_say(s, "No log is written");
    }
}

/* With a sentence before it, or "". */
static void ask_about(struct screen *s, const char *says)
{
    static const struct ui_choice choices[] = {
        { "a", "append to it" },
        { "o", "overwrite it" },
        { "Enter", "write no log" },
    };
    struct ui_question q = { .title = "The log file exists",
                             .prompt = "Your answer:",
                             .echo = true,
                             .choices = choices,
                             .choices_len = 3 };
    struct buf text = { 0 };

    buf_printf(&text, "%s%s", says, s->log.path);
    q.text = buf_str(&text);
    screen_put_question(s, &q, settled);
    buf_free(&text);
}

static void start(struct screen *s, const char *pattern)
{
    enum log_exists exists = s->front.opt->log_exists;
    enum output_mode mode = exists == LOG_APPEND      ? OUTPUT_APPEND
                            : exists == LOG_OVERWRITE ? OUTPUT_OVERWRITE
                                                      : OUTPUT_NEW;
    struct err err;
    int fd;

    forget(s);
    s->log.path = path_of(s, pattern);
    fd = output_open(s->log.path, mode, &err);
    if (fd == -1 && err.code == ERR_LIMIT && s->front.can_ask)
        ask_about(s, "");
    else
        begin(s, fd, &err);
}

void screen_log_first(struct screen *s)
{
    const char *pattern = s->front.opt->log_file;

    if (pattern == NULL || s->log.begun)
        return;
    start(s, pattern);
    s->log.begun = true;
}

/* The name that Enter alone takes. */
static const char *preset(const struct screen *s)
{
    const char *pattern = s->front.opt->log_file;

    return pattern != NULL ? pattern : DEFAULT_NAME;
}

static void named(struct screen *s, const char *answer)
{
    if (answer == NULL) {
        s->log.failed = false; /* known, and so ended */
        screen_status(s);
        return;
    }
    start(s, *answer != '\0' ? answer : preset(s));
    s->log.begun = true;
}

void screen_log_toggle(struct screen *s)
{
    struct buf text = { 0 };
    struct ui_question q = {
        .title = "Log this session to a file", .prompt = "File:", .echo = true
    };

    if (is_on(s)) {
        stop(s);
        return;
    }
    buf_printf(&text,
               "What the server sends is written to it, %s control sequences "
               "(terminal settings: log).  &H, &P, &Y, &M, &D and &T in its "
               "name stand for host, port, year, month, day and time.\n\n"
               "Enter alone takes %s.",
               s->log_type == LOG_ALL ? "with its" : "without", preset(s));
    q.text = buf_str(&text);
    screen_put_question(s, &q, named);
    buf_free(&text);
}

/* ---- output ---- */

/* There is one gap at most. */
static void keep_early(struct screen *s, const void *bytes, size_t len)
{
    if (len > EARLY_MAX - s->log.early.len)
        s->log.gap = true;
    if (!s->log.gap)
        buf_put(&s->log.early, bytes, len);
}

void screen_log_output(struct screen *s, const void *bytes, size_t len)
{
    struct buf text = { 0 };

    /* Whether this is to be written is being asked. */
    if (s->log.path != NULL && s->log.fd == -1)
        keep_early(s, bytes, len);
    if (!is_on(s))
        return;
    if (s->log_type == LOG_ALL)
        buf_put(&text, bytes, len);
    else
        vt_printable_feed(&s->log.filter, bytes, len, &text);
    put(s, &text);
    buf_free(&text);
}
