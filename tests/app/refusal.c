/* The likeliest cause of a refusal, by what is known of it. */
#include "app/refusal.h"

#include "../tap.h"

#define UBUNTU "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13"
#define PLAIN  "SSH-2.0-OpenSSH_9.6"

/* clang-format off */
static const struct {
    const char *name, *want; /* a part of the cause; NULL: there is none */
    struct refusals refusals;
    struct refusal_facts facts;
} cases[] = {
    { "a key that the server does not know", "not in ~bob/.ssh/authorized_keys",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = PLAIN, .takes_keys = true } },
    { "another name than the image's", "on Ubuntu images it is usually ubuntu",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .takes_keys = true } },
    { "root on such an image", "root may not log in there",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "root", .ident = UBUNTU, .takes_keys = true } },
    { "the image's name", "not in ~ubuntu/.ssh/authorized_keys",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "ubuntu", .ident = UBUNTU, .takes_keys = true } },
    { "a server older than the key's type", "older than Ed25519 keys",
      { .counts[REFUSAL_REFUSED] = 1, .ed25519 = true },
      { .user = "bob", .ident = "SSH-2.0-OpenSSH_5.3", .takes_keys = true } },
    { "... Dropbear", "older than Ed25519 keys",
      { .counts[REFUSAL_REFUSED] = 1, .ed25519 = true },
      { .user = "bob", .ident = "SSH-2.0-dropbear_2019.78",
        .takes_keys = true } },
    { "not older", "authorized_keys",
      { .counts[REFUSAL_REFUSED] = 1, .ed25519 = true },
      { .user = "bob", .ident = "SSH-2.0-dropbear_2020.79",
        .takes_keys = true } },
    { "a version that is none", "authorized_keys",
      { .counts[REFUSAL_REFUSED] = 1, .ed25519 = true },
      { .user = "bob", .ident = "SSH-2.0-OpenSSH_for_Windows_8.1",
        .takes_keys = true } },
    { "a short RSA key", "shorter than 2048 bits",
      { .counts[REFUSAL_REFUSED] = 1, .short_rsa = true },
      { .user = "bob", .ident = PLAIN, .takes_keys = true } },
    { "an agent with too many keys", "one that was not tried",
      { .counts[REFUSAL_REFUSED] = 6 },
      { .user = "bob", .ident = UBUNTU, .takes_keys = true, .left_out = 2 } },
    { "a server that hangs up", "name the right one with -i",
      { .counts[REFUSAL_REFUSED] = 6 },
      { .user = "bob", .ident = UBUNTU, .takes_keys = true, .hung_up = true } },
    { "no keys at all", "None is in an SSH agent",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .takes_keys = true, .no_keys = true } },
    { "no keys, and none are taken", "Connect from a terminal",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .no_keys = true } },
    { "keys are not taken", "Connect from a terminal",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = PLAIN } },
    { "... and a person is there", NULL,
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = PLAIN, .can_ask = true } },
    { "no algorithm is left", "Change PubkeyAcceptedAlgorithms",
      { .counts[REFUSAL_UNTRIED] = 1 },
      { .user = "bob", .ident = PLAIN, .takes_keys = true } },
    { "only SHA-1: the session says it", NULL,
      { .counts[REFUSAL_SHA1] = 1 },
      { .user = "bob", .ident = UBUNTU, .takes_keys = true } },
    { "no passphrase: the key's error says it", NULL,
      { .counts[REFUSAL_UNUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .takes_keys = true } },
    { "a signature of the agent's", "IdentityAgent=none",
      { .counts[REFUSAL_SIGNATURE] = 1 },
      { .user = "bob", .ident = PLAIN, .takes_keys = true, .by_agent = true } },
    { "a signature of the file's", "locked or has expired",
      { .counts[REFUSAL_SIGNATURE] = 1 },
      { .user = "bob", .ident = PLAIN, .takes_keys = true } },
    { "a wrong password, a wrong name", "the wrong user name",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .asked = true } },
    { "wrong passwords, too many", "so many wrong tries",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .asked = true, .hung_up = true } },
};
/* clang-format on */

int main(void)
{
    struct buf cause = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        buf_clear(&cause);
        refusals_cause(&cases[i].refusals, &cases[i].facts, &cause);
        if (!ok(cases[i].want == NULL
                    ? cause.len == 0
                    : strstr(buf_str(&cause), cases[i].want) != NULL,
                "%s", cases[i].name))
            diag("%s", buf_str(&cause));
    }
    buf_free(&cause);
    return tap_done();
}
