/* filename.c - patterns of log files. */
#include "app/filename.h"

#include "../tap.h"
#include "base/buf.h"

static const struct {
    const char *pattern, *host, *want;
} cases[] = {
    { "log", "vm", "log" },
    { "&Y-&M-&D", "vm", "2026-03-09" },
    { "&y&m&d-&t", "vm", "20260309-070503" },
    { "&H.&P.log", "vm", "vm.2222.log" },
    { "a&&b&H", "vm", "a&bvm" },
    { "&x and &", "vm", "&x and &" },
    { "/var/log/&h", "../../etc/x", "/var/log/_._.._etc_x" },
    { "&h", "2001:db8::7%eth0", "2001:db8::7%eth0" },
    { "&h", "&y", "&y" },
};

int main(void)
{
    struct filename_facts facts = {
        .time = { .tm_year = 126,
                  .tm_mon = 2,
                  .tm_mday = 9,
                  .tm_hour = 7,
                  .tm_min = 5,
                  .tm_sec = 3 },
        .port = 2222,
    };
    struct buf out = { 0 };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        facts.host = cases[i].host;
        buf_clear(&out);
        filename_expand(&out, cases[i].pattern, &facts);
        is_str(buf_str(&out), cases[i].want, cases[i].pattern);
    }
    buf_free(&out);
    return tap_done();
}
