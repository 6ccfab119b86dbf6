#include "app/moment.h"

#include <inttypes.h>
#include "base/buf.h"
#include "keys/machines.h"

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static void put_count(struct buf *out, int64_t n, const char *unit)
{
    buf_printf(out, "%" PRId64 " %s%s ago", n, unit, n == 1 ? "" : "s");
}

void moment_put(struct buf *out, int64_t then, int64_t now)
{
    int64_t gone = now - then;
    struct buf date = { 0 };

    if (gone < 0 || gone >= 30 * DAY) {
        machines_put_time(&date, then);
        buf_printf(out, "on %.10s", buf_str(&date));
        buf_free(&date);
    } else if (gone < MINUTE) {
        buf_put_str(out, "less than a minute ago");
    } else if (gone < HOUR) {
        put_count(out, gone / MINUTE, "minute");
    } else if (gone < DAY) {
        put_count(out, gone / HOUR, "hour");
    } else if (gone < 2 * DAY) {
        buf_put_str(out, "yesterday");
    } else {
        put_count(out, gone / DAY, "day");
    }
}
