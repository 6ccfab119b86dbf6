/* machines-time.c - times in UTC as text (RFC 3339), without a library's
 * calendar: that one looks at the environment. */
#include "keys/machines.h"

#include <inttypes.h>
#include <string.h>
#include "base/buf.h"

#define DAY        86400
#define FORM       "0000-00-00T00:00:00Z"
#define LATEST     INT64_C(253402300799) /* the end of the year 9999 */
#define ERA_DAYS   146097                /* in 400 years */
#define EPOCH_DAYS 719468                /* from the 1st of March of year 0 */

/*
 * Years begin in March here, so that a leap day is the last of its year, and
 * month m begins on day (153 m + 2) / 5.
 */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = year - (month <= 2), m = month > 2 ? month - 3 : month + 9;

    return y / 400 * ERA_DAYS + y % 400 * 365 + y % 400 / 4 - y % 400 / 100 +
           (153 * m + 2) / 5 + day - 1 - EPOCH_DAYS;
}

static void date_of(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    int64_t n = days + EPOCH_DAYS, era = n / ERA_DAYS, in_era = n % ERA_DAYS;
    int64_t y =
        (in_era - in_era / 1460 + in_era / 36524 - in_era / (ERA_DAYS - 1)) /
        365;
    int64_t in_year = in_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * in_year + 2) / 153;

    *day = in_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = era * 400 + y + (*month <= 2);
}

static int64_t number(const char *text, size_t at, size_t n)
{
    int64_t value = 0;

    while (n-- != 0)
        value = 10 * value + (text[at++] - '0');
    return value;
}

int64_t machines_time(const char *text)
{
    static const char form[] = FORM;
    int64_t year, month, day, days, y, m, d;
    size_t i;

    if (strlen(text) != sizeof form - 1)
        return 0;
    for (i = 0; form[i] != '\0'; i++)
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9'
                           : text[i] != form[i])
            return 0;
    year = number(text, 0, 4);
    month = number(text, 5, 2);
    day = number(text, 8, 2);
    if (year < 1970 || month < 1 || month > 12 || number(text, 11, 2) > 23 ||
        number(text, 14, 2) > 59 || number(text, 17, 2) > 59)
        return 0;
    days = days_of(year, month, day);
    date_of(days, &y, &m, &d);
    if (d != day || m != month) /* the 31st of February */
        return 0;
    return days * DAY + number(text, 11, 2) * 3600 + number(text, 14, 2) * 60 +
           number(text, 17, 2);
}

void machines_put_time(struct buf *out, int64_t time)
{
    int64_t year, month, day, s;

    time = time < 1 ? 1 : time > LATEST ? LATEST : time;
    s = time % DAY;
    date_of(time / DAY, &year, &month, &day);
    buf_printf(out,
               "%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64
               ":%02" PRId64 ":%02" PRId64 "Z",
               year, month, day, s / 3600, s / 60 % 60, s % 60);
}
