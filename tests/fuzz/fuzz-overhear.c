/* What libssh2 releases, whole packets of the server's among it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "ssh/overhear.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_list(const struct buf *list)
{
    size_t i;

    for (i = 0; i < list->len; i++) {
        if (list->data[i] <= ' ' || list->data[i] > '~')
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ssh_overheard heard = { 0 };

    ssh_overhear(&heard, data, size);
    ssh_overhear(&heard, data + size / 2, size - size / 2);
    if (heard.partial && !heard.failed)
        abort();
    check_list(&heard.methods);
    check_list(&heard.signatures);
    ssh_overheard_free(&heard);
    return 0;
}
