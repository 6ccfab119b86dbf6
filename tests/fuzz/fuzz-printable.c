/* fuzz-printable.c - what a log keeps: no control but HT, LF, CR; and the same
 * however the input is split. */
#include <assert.h>
#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "vt/printable.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct vt_printable whole = { 0 }, pieces = { 0 };
    struct buf a = { 0 }, b = { 0 };
    size_t i;

    vt_printable_feed(&whole, data, size, &a);
    vt_printable_end(&whole, &a);
    for (i = 0; i < size; i++)
        vt_printable_feed(&pieces, data + i, 1, &b);
    vt_printable_end(&pieces, &b);
    assert(a.len == b.len && a.len <= size);
    assert(a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
    for (i = 0; i < a.len; i++)
        assert((a.data[i] >= 0x20 && a.data[i] != 0x7f) ||
               strchr("\t\n\r", a.data[i]) != NULL);
    buf_free(&a);
    buf_free(&b);
    return 0;
}
