/* The peer's lists of algorithms, which we read to explain a failure and to
 * decide about compression. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "base/err.h"
#include "ssh/algorithms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err;
    int ctr_first;

    for (ctr_first = 0; ctr_first <= 1; ctr_first++) {
        err_clear(&err);
        if (!ssh_algorithms_common(data, size, ctr_first, &err) &&
            (err.code != ERR_PROTOCOL || err.msg[0] == '\0'))
            abort();
    }
    (void)ssh_algorithms_same_compression(data, size);
    return 0;
}
