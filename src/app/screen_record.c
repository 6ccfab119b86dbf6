/* screen_record.c - the session with its times into a file (--record). */
#include "app/screen.h"

#include <time.h>
#include <unistd.h>
#include "app/cast.h"
#include "base/err.h"
#include "config/options.h"
#include "sys/output.h"

static void stop(struct screen *s)
{
    if (s->record.fd != -1)
        close(s->record.fd);
    s->record.fd = -1;
}

static void put(struct screen *s, struct buf *lines)
{
    struct err err;

    if (!output_write(s->record.fd, lines->data, lines->len, &err)) {
        stop(s);
        s->record.failed = true;
        screen_warn(s, "The recording has ended: %s: %s", err.msg,
                    s->front.opt->record);
    }
    buf_free(lines);
}

static uint64_t since_begin(const struct screen *s)
{
    return s->now - s->record.begun_at;
}

void screen_record_begin(struct screen *s)
{
    const char *path = s->front.opt->record;
    const struct cast_head head = { .cols = vt_cols(s->vt),
                                    .rows = vt_rows(s->vt),
                                    .time = (uint64_t)time(NULL) };
    struct buf line = { 0 };
    struct err err;

    if (path == NULL || s->record.begun)
        return;
    s->record.begun = true;
    s->record.begun_at = s->now;
    s->record.fd = output_open(path, OUTPUT_NEW, &err);
    if (s->record.fd == -1) {
        s->record.failed = true;
        screen_warn(s, "No recording: %s: %s", err.msg, path);
        return;
    }
    cast_put_head(&line, &head, s->front.opt->terminal_type);
    put(s, &line);
    screen_announce(s, "Recording to %s", path);
}

const char *screen_record_mark(const struct screen *s)
{
    return s->record.failed ? "rec failed" : s->record.fd != -1 ? "rec" : "";
}

void screen_record_output(struct screen *s, const void *bytes, size_t len)
{
    struct buf line = { 0 };

    if (s->record.fd == -1)
        return;
    cast_put_output(&line, since_begin(s), &s->record.held, bytes, len);
    put(s, &line);
}

void screen_write_own(struct screen *s, const char *text, size_t len)
{
    screen_release(s);
    vt_write(s->vt, text, len);
    screen_record_output(s, text, len);
    screen_took_output(s);
}

void screen_record_size(struct screen *s)
{
    struct buf line = { 0 };

    if (s->record.fd == -1)
        return;
    cast_put_resize(&line, since_begin(s), vt_cols(s->vt), vt_rows(s->vt));
    put(s, &line);
}

void screen_record_free(struct screen *s)
{
    stop(s);
    buf_free(&s->record.held);
}
