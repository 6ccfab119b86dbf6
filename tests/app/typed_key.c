/* What is typed at the host key's question, compared with it. */
#include "app/typed_key.h"

#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "../tap.h"
#include "host-keys.h"

#define ECDSA_LINE                                                    \
    "256 SHA256:VoTzi3CV7sqONmAazSJLcHyELOZri4PAIknbKHjHtv0 root@vm " \
    "(ECDSA)"
#define OTHER_PRINT "SHA256:erTw9AaxrywTUmxoAYRwJbaaXQ7gdCezmJtnPiXgRJc"

static const struct {
    const char *name, *text;
    enum typed_key want;
} cases[] = {
    { "the fingerprint", PRINT_A, TYPED_SAME },
    { "a line of ssh-keygen -l", "256 " PRINT_A " root@vm (ED25519)",
      TYPED_SAME },
    { "the key's line", "ssh-ed25519 " KEY_A " root@vm", TYPED_SAME },
    { "another key of this type", "ssh-ed25519 " KEY_B, TYPED_OTHER },
    { "another fingerprint", OTHER_PRINT, TYPED_OTHER },
    { "... of this type", "256 " OTHER_PRINT " root@vm (ED25519)",
      TYPED_OTHER },
    { "... in MD5", "MD5:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff",
      TYPED_OTHER },
    { "... in base64 alone", "erTw9AaxrywTUmxoAYRwJbaaXQ7gdCezmJtnPiXgRJc",
      TYPED_OTHER },
    { "a fingerprint of another type", ECDSA_LINE, TYPED_OTHER_KIND },
    { "a key of another type", "ecdsa-sha2-nistp256 " KEY_C, TYPED_OTHER_KIND },
    { "both types, this one right",
      ECDSA_LINE "\n256 " PRINT_A " root@vm (ED25519)", TYPED_SAME },
    { "both types, this one wrong",
      ECDSA_LINE "\n256 " OTHER_PRINT " root@vm (ED25519)", TYPED_OTHER },
    { "a part of another", "erTw9Aax", TYPED_OTHER },
    { "... in hex", "00:11:22:33", TYPED_OTHER },
    { "a part that is too short", "erTw9Aa", TYPED_NOTHING },
    { "a part with dots", "SHA256:47H088...", TYPED_NOTHING },
    { "a command", "sudo apt-get install something-that-is-long-enough-here",
      TYPED_NOTHING },
    { "an address", "2001:db8::7", TYPED_NOTHING },
    { "nothing", "", TYPED_NOTHING },
};

int main(void)
{
    struct buf blob = { 0 };
    unsigned bits;
    size_t i;

    base64_decode(&blob, KEY_A, strlen(KEY_A));
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bits = 0;
        ok(typed_key_judge(cases[i].text, blob.data, blob.len, &bits) ==
                   cases[i].want &&
               (cases[i].want == TYPED_SAME) == (bits != 0),
           "%s", cases[i].name);
    }
    buf_free(&blob);
    return tap_done();
}
