/* fuzz-loginname.c - the name that a server tells to log in as. */
#include <assert.h>
#include <stdint.h>
#include <string.h>
#include "app/loginname.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz_0123456789-";
    char name[LOGINNAME_MAX], again[LOGINNAME_MAX];
    size_t n;

    if (loginname_told(data, size, name)) {
        n = strlen(name);
        assert(n != 0 && n < LOGINNAME_MAX && strspn(name, allowed) == n);
        assert(strchr("0123456789-", name[0]) == NULL);
    } else {
        assert(name[0] == '\0');
    }
    if (loginname_hear(data, size, name) == LOGINNAME_TOLD)
        assert(loginname_told(data, size, again) && strcmp(name, again) == 0);
    return 0;
}
