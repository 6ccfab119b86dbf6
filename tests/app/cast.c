/* cast.c - lines of recordings, written and read. */
#include "app/cast.h"

#include <string.h>
#include "../tap.h"
#include "base/err.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void test_writing(void)
{
    const struct cast_head head = { 80, 24, 1700000000, 0 };
    struct buf out = { 0 }, held = { 0 };

    cast_put_head(&out, &head, "xterm-256color");
    is_str(buf_str(&out),
           "{\"version\": 2, \"width\": 80, \"height\": 24, "
           "\"timestamp\": 1700000000, \"env\": {\"TERM\": "
           "\"xterm-256color\"}}\n",
           "the head");
    buf_clear(&out);
    cast_put_resize(&out, 61005, 100, 30);
    is_str(buf_str(&out), "[61.005, \"r\", \"100x30\"]\n", "a resize");
    buf_clear(&out);
    cast_put_output(&out, 0, &held, "a\"\\\033\r\n\xff\xc3", 8);
    is_str(buf_str(&out),
           "[0.000, \"o\", \"a\\\"\\\\\\u001b\\r\\n\xef\xbf\xbd\"]\n",
           "output; half a character is held");
    buf_clear(&out);
    cast_put_output(&out, 1, &held, "\xa9", 1);
    is_str(buf_str(&out), "[0.001, \"o\", \"\xc3\xa9\"]\n", "and then written");
    buf_free(&out);
    buf_free(&held);
}

static const struct {
    const char *line;
    bool good;
    struct cast_head head;
} heads[] = {
    { "{\"version\": 2, \"width\": 80, \"height\": 24}",
      true,
      { 80, 24, 0, 0 } },
    { " { \"height\":5,\"width\":7,\"timestamp\":99,\"version\":2 } ",
      true,
      { 7, 5, 0, 0 } },
    { "{\"version\": 2, \"width\": 7, \"height\": 5, "
      "\"idle_time_limit\": 1.5}",
      true,
      { 7, 5, 0, 1500 } },
    { "{\"version\": 2, \"width\": 7, \"height\": 5, "
      "\"idle_time_limit\": null}",
      true,
      { 7, 5, 0, 0 } },
    { "{\"version\": 2.0, \"width\": 8e1, \"height\": 24, \"timestamp\": "
      "1.7e9}",
      true,
      { 80, 24, 0, 0 } },
    { "{\"version\": 2, \"env\": {\"a\": [1, {\"b\": null}]}, \"width\": 1, "
      "\"title\": \"x}\\\"]\", \"height\": 1}",
      true,
      { 1, 1, 0, 0 } },
    { "{\"version\": 1, \"width\": 80, \"height\": 24}", false, { 0 } },
    { "{\"version\": 2, \"width\": 80}", false, { 0 } },
    { "{\"version\": 2, \"width\": 0, \"height\": 24}", false, { 0 } },
    { "{\"version\": 2, \"width\": 1001, \"height\": 24}", false, { 0 } },
    { "{\"width\": 80, \"height\": 24}", false, { 0 } },
    { "[]", false, { 0 } },
    { "", false, { 0 } },
    { "{\"version\": 2, \"x\": [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]], "
      "\"width\": 80, \"height\": 24}",
      false,
      { 0 } },
};

static void test_heads(void)
{
    struct cast_head got;
    struct err err;
    size_t i;

    for (i = 0; i < COUNT(heads); i++) {
        bool good =
            cast_read_head(heads[i].line, strlen(heads[i].line), &got, &err);

        ok(good == heads[i].good &&
               (!good || (got.cols == heads[i].head.cols &&
                          got.rows == heads[i].head.rows &&
                          got.time == heads[i].head.time &&
                          got.idle_limit == heads[i].head.idle_limit)),
           "head: %s", heads[i].line);
    }
}

static const struct {
    const char *line;
    bool good;
    struct cast_event ev;
    const char *text;
} events[] = {
    { "[1.5, \"o\", \"hi\"]", true, { 1500, CAST_OUTPUT, 0, 0 }, "hi" },
    { "[0, \"o\", \"\"]", true, { 0, CAST_OUTPUT, 0, 0 }, "" },
    { "[1.23456, \"o\", \"\"]", true, { 1234, CAST_OUTPUT, 0, 0 }, "" },
    { "[1.5e2, \"o\", \"\"]", true, { 150000, CAST_OUTPUT, 0, 0 }, "" },
    { "[9.3E-05, \"o\", \"\"]", true, { 0, CAST_OUTPUT, 0, 0 }, "" },
    { "[12345678901234567890e-18, \"o\", \"\"]",
      true,
      { 12345, CAST_OUTPUT, 0, 0 },
      "" },
    { "[0.1234567890123456789e+1, \"o\", \"\"]",
      true,
      { 1234, CAST_OUTPUT, 0, 0 },
      "" },
    { "[0e999999999999, \"o\", \"\"]", true, { 0, CAST_OUTPUT, 0, 0 }, "" },
    { "[1e99, \"o\", \"\"]", false, { 0 }, NULL },
    { "[1e, \"o\", \"\"]", false, { 0 }, NULL },
    { "[.5, \"o\", \"\"]", false, { 0 }, NULL },
    { " [ 2 , \"o\" , \"\\u00e9\\ud83d\\ude00\\n\\/\" ] ",
      true,
      { 2000, CAST_OUTPUT, 0, 0 },
      "\xc3\xa9\xf0\x9f\x98\x80\n/" },
    { "[0, \"o\", \"\\ud83dx\"]",
      true,
      { 0, CAST_OUTPUT, 0, 0 },
      "\xef\xbf\xbdx" },
    { "[0, \"o\", \"\\ud83d \\ude00\"]",
      true,
      { 0, CAST_OUTPUT, 0, 0 },
      "\xef\xbf\xbd \xef\xbf\xbd" },
    { "[3, \"r\", \"100x30\"]", true, { 3000, CAST_RESIZE, 100, 30 }, NULL },
    { "[3, \"m\", \"here\"]", true, { 3000, CAST_OTHER, 0, 0 }, "here" },
    { "[3, \"r\", \"0x30\"]", false, { 0 }, NULL },
    { "[3, \"r\", \"100\"]", false, { 0 }, NULL },
    { "[-1, \"o\", \"x\"]", false, { 0 }, NULL },
    { "[1, \"o\", \"x]", false, { 0 }, NULL },
    { "[1, \"o\", \"\\q\"]", false, { 0 }, NULL },
    { "[1, \"o\"]", false, { 0 }, NULL },
    { "[99999999999, \"o\", \"\"]", false, { 0 }, NULL },
    { "", false, { 0 }, NULL },
};

static void test_events(void)
{
    struct buf text = { 0 };
    struct cast_event got;
    struct err err;
    size_t i;

    for (i = 0; i < COUNT(events); i++) {
        bool good = cast_read_event(events[i].line, strlen(events[i].line),
                                    &got, &text, &err);

        ok(good == events[i].good &&
               (!good ||
                (got.at == events[i].ev.at && got.kind == events[i].ev.kind &&
                 got.cols == events[i].ev.cols &&
                 got.rows == events[i].ev.rows)) &&
               (events[i].text == NULL ||
                strcmp(buf_str(&text), events[i].text) == 0),
           "event: %s", events[i].line);
    }
    buf_free(&text);
}

int main(void)
{
    test_writing();
    test_heads();
    test_events();
    return tap_done();
}
