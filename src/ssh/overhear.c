#include "ssh/overhear.h"

#include <stdint.h>
#include "base/wire.h"

enum {
    MSG_IGNORE = 2,
    MSG_EXT_INFO = 7,
    MSG_USERAUTH_FAILURE = 51,
    MSG_USERAUTH_BANNER = 53,
    MSG_USERAUTH_PASSWD_CHANGEREQ = 60,
    MSG_CHANNEL_OPEN_CONFIRMATION = 91,
    MSG_CHANNEL_REQUEST = 98,
    LIST_MAX = 16384, /* bytes of a list of names, amply */
    TEXT_MAX = 65536,
    SIGNAL_MAX = 64,
    FIRST_CHANNEL = 0, /* libssh2 counts from there, on our side */
    EXTENSIONS_MAX = 64,
    CHANNEL_HEAD = 4,    /* the number of the channel, as in its data */
    PACKET_END_MAX = 512 /* padding, MAC */
};

/* A list of names (RFC 4251 section 5), which other blocks' bytes are not. */
static bool is_list(struct wire_bytes b)
{
    size_t i;

    for (i = 0; i < b.len; i++) {
        if (b.data[i] <= ' ' || b.data[i] > '~')
            return false;
    }
    return b.len <= LIST_MAX;
}

static void keep(struct buf *out, struct wire_bytes b)
{
    buf_clear(out);
    buf_put(out, b.data, b.len);
}

static void take_failure(struct ssh_overheard *o, struct wire *w)
{
    struct wire_bytes methods = wire_string(w);
    uint8_t partial = wire_byte(w);

    if (!wire_ok(w) || partial > 1 || !is_list(methods))
        return;
    o->failed = true;
    o->partial = partial == 1;
    keep(&o->methods, methods);
}

static void take_extensions(struct ssh_overheard *o, struct wire *w)
{
    uint32_t n = wire_u32(w);

    if (n > EXTENSIONS_MAX)
        return;
    for (; n != 0 && wire_ok(w); n--) {
        struct wire_bytes name = wire_string(w), value = wire_string(w);

        if (!wire_ok(w) || !wire_is(name, "server-sig-algs") || !is_list(value))
            continue;
        o->lists_signatures = true;
        keep(&o->signatures, value);
    }
}

static void take_text(struct buf *out, struct wire *w)
{
    struct wire_bytes text = wire_string(w);

    wire_string(w); /* its language */
    if (wire_ok(w) && text.len <= TEXT_MAX)
        keep(out, text);
}

/* Other blocks may begin so, but not be as long as they say. */
static void take_ignored(struct ssh_overheard *o, struct wire *w, size_t n)
{
    struct wire_bytes data = wire_string(w);

    if (wire_ok(w) && data.len > CHANNEL_HEAD && data.len + PACKET_END_MAX > n)
        o->ignored += data.len - CHANNEL_HEAD;
}

static void take_request(struct ssh_overheard *o, struct wire *w)
{
    uint32_t channel = wire_u32(w);
    struct wire_bytes request = wire_string(w), name;

    wire_bool(w); /* does it want a reply? */
    if (channel != FIRST_CHANNEL)
        return;
    if (wire_is(request, "exit-status")) {
        wire_u32(w);
        o->exit_status = o->exit_status || wire_ok(w);
    } else if (wire_is(request, "exit-signal")) {
        name = wire_string(w);
        if (wire_ok(w) && name.len <= SIGNAL_MAX)
            keep(&o->exit_signal, name);
    }
}

void ssh_overhear(struct ssh_overheard *o, const void *block, size_t n)
{
    struct wire w;

    wire_init(&w, block, n);
    switch (wire_byte(&w)) {
    case MSG_IGNORE: take_ignored(o, &w, n); break;
    case MSG_EXT_INFO: take_extensions(o, &w); break;
    case MSG_USERAUTH_FAILURE: take_failure(o, &w); break;
    case MSG_USERAUTH_BANNER: take_text(&o->banner, &w); break;
    case MSG_USERAUTH_PASSWD_CHANGEREQ: take_text(&o->new_password, &w); break;
    case MSG_CHANNEL_OPEN_CONFIRMATION: o->opened = true; break;
    case MSG_CHANNEL_REQUEST: take_request(o, &w); break;
    default: break;
    }
}

void ssh_overheard_free(struct ssh_overheard *o)
{
    buf_free(&o->methods);
    buf_free(&o->signatures);
    buf_free(&o->new_password);
    buf_free(&o->banner);
    buf_free(&o->exit_signal);
    *o = (struct ssh_overheard){ .failed = false };
}
