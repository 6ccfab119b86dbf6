/* The trial of ciphers: its work is done, and an answer comes. */
#include "app/ciphers.h"
#include "keys/packet-work.h"
#include "../tap.h"

int main(void)
{
    ok(packet_work(PACKET_GCM), "AES-GCM");
    ok(packet_work(PACKET_CTR_ETM), "AES-CTR with HMAC");
    diag("CTR is cheaper here: %s", ciphers_ctr_is_cheaper() ? "yes" : "no");
    return tap_done();
}
