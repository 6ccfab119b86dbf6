/*
 * The key decoder: any bytes, cut anywhere, with any pauses.  The first byte
 * says how: its low bits the pieces' length, its high bit a pause after each.
 */
#include <stdlib.h>
#include "base/utf8.h"
#include "ui/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct ui_event *ev)
{
    if (ev->kind == UI_PASTE && ev->paste == NULL)
        abort();
    if (ev->kind == UI_KEY &&
        (ev->key.code > VT_KEY_FUNCTIONAL || ev->key.ch > 0x10ffff ||
         ev->key.base > 0x10ffff || ev->key.unshifted > 0x10ffff ||
         (ev->key.mods & ~63u) != 0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct decoder_options opt = { .decode = utf8_decode, .erase = 0x7f };
    const struct vt_key f5 = { .code = VT_KEY_F1 + 4 };
    struct decoder *d = decoder_new(&opt);
    size_t at, n, chunk = size != 0 ? 1 + (data[0] & 0x7fu) : 1;
    uint64_t now = 1;
    struct ui_event ev;

    decoder_add(d, "\033Ot", f5);
    decoder_add(d, "\x01@\r", f5);
    for (at = 1; at < size; at += n) {
        n = size - at < chunk ? size - at : chunk;
        decoder_feed(d, data + at, n, now);
        now += (data[0] & 0x80) != 0 ? DECODER_ESC_MS : 1;
        while ((ev = decoder_next(d, now)).kind != UI_NONE)
            check(&ev);
        if (decoder_room(d) < 128)
            abort();
    }
    decoder_free(d);
    return 0;
}
