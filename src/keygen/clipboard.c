#include "keygen/clipboard.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "sys/ask.h"
#include "sys/launch.h"

bool clipboard_check(struct err *err)
{
    return ask_has_terminal() ||
           err_set(err, ERR_USAGE,
                   "there is no terminal whose clipboard --copy could fill");
}

void clipboard_copy(const void *p, size_t n)
{
    struct buf sequence = { 0 };

    buf_put_str(&sequence, "\033]52;c;");
    base64_encode(&sequence, p, n, true);
    buf_put_str(&sequence, "\a");
    (void)ask_show(buf_str(&sequence));
    buf_free(&sequence);
    launch_tmux_copy(p, n);
}
