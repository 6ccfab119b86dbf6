/* fuzz-cast.c - any file as a recording; what is written is read again. */
#include <assert.h>
#include <stdint.h>
#include <string.h>
#include "app/cast.h"
#include "base/err.h"
#include "vt/vt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_line(const char *line, size_t n)
{
    struct cast_head head;
    struct cast_event ev;
    struct buf text = { 0 };
    struct err err;

    if (cast_read_head(line, n, &head, &err))
        assert(head.cols >= 1 && head.cols <= VT_MAX_SIDE && head.rows >= 1 &&
               head.rows <= VT_MAX_SIDE);
    if (cast_read_event(line, n, &ev, &text, &err) && ev.kind == CAST_RESIZE)
        assert(ev.cols >= 1 && ev.cols <= VT_MAX_SIDE && ev.rows >= 1 &&
               ev.rows <= VT_MAX_SIDE);
    buf_free(&text);
}

/* Any output makes a line that can be read. */
static void write_line(const uint8_t *data, size_t size)
{
    struct buf line = { 0 }, held = { 0 }, text = { 0 };
    struct cast_event ev;
    struct err err;
    bool good;

    cast_put_output(&line, 1234, &held, data, size);
    assert(memchr(line.data, '\n', line.len) == line.data + line.len - 1);
    good = cast_read_event((const char *)line.data, line.len - 1, &ev, &text,
                           &err);
    assert(good && ev.at == 1234 && ev.kind == CAST_OUTPUT);
    assert(held.len < 4);
    buf_free(&line);
    buf_free(&held);
    buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t at = 0, end;

    write_line(data, size);
    for (; at < size; at = end + 1) {
        for (end = at; end < size && data[end] != '\n'; end++)
            ;
        read_line((const char *)data + at, end - at);
    }
    return 0;
}
