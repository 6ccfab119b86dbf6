/* bell.c - which of many bells ring. */
#include "app/bell.h"

#include "../tap.h"

static const struct {
    const char *name;
    uint64_t at[12]; /* ms */
    const char *rings;
} cases[] = {
    { "one", { 1000 }, "r" },
    { "five at once", { 1000, 1001, 1002, 1003, 1004 }, "rrrrr" },
    { "the sixth within two seconds",
      { 1000, 1400, 1800, 2200, 2600, 2999 },
      "rrrrr." },
    { "the sixth is later", { 1000, 1400, 1800, 2200, 2600, 3000 }, "rrrrrr" },
    { "silent while they go on",
      { 1000, 1001, 1002, 1003, 1004, 1005, 5000, 9000 },
      "rrrrr..." },
    { "until there was none for five seconds",
      { 1000, 1001, 1002, 1003, 1004, 1005, 6005, 6006 },
      "rrrrr.rr" },
};

int main(void)
{
    char got[13];
    size_t i, k;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bell bell = { 0 };

        for (k = 0; cases[i].rings[k] != '\0'; k++)
            got[k] = bell_rings(&bell, cases[i].at[k]) ? 'r' : '.';
        got[k] = '\0';
        is_str(got, cases[i].rings, cases[i].name);
    }
    return tap_done();
}
