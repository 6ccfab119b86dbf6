/* fuzz-console.c - any console log. */
#include <assert.h>
#include <stdint.h>
#include <string.h>
#include "keys/console.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz_0123456789-.";
    struct console *c = console_parse(data, size);
    const char *user = console_user(c), *types[16];
    struct console_key key;
    unsigned bits = 0;
    size_t i, n;

    if (user != NULL) {
        n = strlen(user);
        assert(n != 0 && n < CONSOLE_USER_MAX && strspn(user, allowed) == n);
    }
    for (i = 0; console_key(c, i, &key); i++)
        (void)console_key_is(c, i, data, size);
    assert(console_types(c, types, 16) <= console_hosts(c));
    if (console_judge(c, data, size, &bits) == CONSOLE_MATCH)
        assert(bits == 128 || bits == 256);
    (void)console_keyless(c, "ubuntu");
    console_free(c);
    return 0;
}
