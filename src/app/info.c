#include "app/info.h"

#include <stdint.h>
#include "base/buf.h"
#include "config/options.h"
#include "keys/sshkey.h"
#include "ssh/session.h"

void info_help(struct buf *out, const struct options *opt)
{
    if (opt->prefix >= 0)
        buf_printf(out,
                   "Ctrl-%c ?      this help\n"
                   "Ctrl-%c .      disconnect\n"
                   "Ctrl-%c i      about this connection\n"
                   "Ctrl-%c s      status line on or off\n"
                   "Ctrl-%c z      suspend\n"
                   "Ctrl-%c PgUp   scroll back; PgDn, Up, Down, Home, End\n"
                   "Ctrl-%c Ctrl-%c send Ctrl-%c itself\n",
                   opt->prefix + '@', opt->prefix + '@', opt->prefix + '@',
                   opt->prefix + '@', opt->prefix + '@', opt->prefix + '@',
                   opt->prefix + '@', opt->prefix + '@', opt->prefix + '@');
    buf_put_str(out, "Shift-PgUp    scroll back; also the mouse wheel\n");
    if (opt->escape >= 0)
        buf_printf(out,
                   "After Enter:\n"
                   "%c.            disconnect\n"
                   "%c Ctrl-Z      suspend\n"
                   "%c?            this help\n"
                   "%c%c            send %c itself\n",
                   opt->escape, opt->escape, opt->escape, opt->escape,
                   opt->escape, opt->escape);
}

static void host_key(struct buf *out, const struct ssh_session *session)
{
    char print[SSHKEY_FINGERPRINT_MAX];
    size_t len;
    const uint8_t *blob = ssh_session_host_key(session, &len);

    if (blob == NULL)
        return;
    sshkey_fingerprint(blob, len, print);
    buf_printf(out, "Fingerprint   %s\n", print);
}

void info_session(struct buf *out, const char *who,
                  const struct ssh_session *session)
{
    struct ssh_facts facts;

    buf_printf(out, "Login         %s\n", who);
    if (session == NULL) {
        buf_put_str(out, "Not connected.\n");
        return;
    }
    facts = ssh_session_facts(session);
    buf_printf(out,
               "Server        %s\n"
               "Key exchange  %s\n"
               "Host key      %s\n",
               ssh_session_ident(session), facts.kex, facts.host_key);
    host_key(out, session);
    buf_printf(out,
               "Cipher        %s\n"
               "MAC           %s\n"
               "Received      %llu bytes\n"
               "Sent          %llu bytes\n",
               facts.cipher, facts.mac, (unsigned long long)facts.received,
               (unsigned long long)facts.sent);
}
