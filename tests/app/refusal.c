/* The account of a failed login, by what is known of it. */
#include "app/refusal.h"

#include "../tap.h"

#define UBUNTU "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13"
#define PLAIN  "SSH-2.0-OpenSSH_9.6"

/* clang-format off */
static const struct {
    const char *name, *want; /* how it ends */
    struct refusals refusals;
    struct refusal_facts facts;
} cases[] = {
    { "a key that the server does not know", "not in ~bob/.ssh/authorized_keys",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = PLAIN, .methods = "publickey" } },
    { "another name than the image's", "on Ubuntu images it is usually ubuntu",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .other = "ubuntu" } },
    { "root on such an image: the key and its modes come first",
      "not in ~root/.ssh/authorized_keys there, or others may write to that "
      "file or to ~root; or root may not log in (on Ubuntu images the user is "
      "usually ubuntu).",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "root", .ident = UBUNTU, .methods = "publickey",
        .other = "ubuntu" } },
    { "the image's name", "not in ~ubuntu/.ssh/authorized_keys",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "ubuntu", .ident = UBUNTU, .methods = "publickey",
        .other = "root" } },
    { "the image's name was refused before",
      "No key is taken for ubuntu or bob, so it is hardly the name: most "
      "likely your key is not installed there, or it is another of yours that "
      "is.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .refused = "ubuntu or bob", .other = "root" } },
    { "... and root too",
      "No key is taken for ubuntu, root or bob, so it is hardly the name: "
      "most likely your key is not installed there, or it is another of yours "
      "that is.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .refused = "ubuntu, root or bob" } },
    { "the image's name is left, after root", "it is usually ubuntu.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .refused = "root or bob", .other = "ubuntu" } },
    { "a name that the machine told",
      "named web, so one of these is wrong: authorized_keys, its modes, or "
      "sshd's configuration.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "web", .ident = UBUNTU, .methods = "publickey",
        .refused = "root or web", .other = "ubuntu", .told = true } },
    { "a server older than the key's type", "older than Ed25519 keys",
      { .counts[REFUSAL_REFUSED] = 1, .ed25519 = true },
      { .user = "bob", .ident = "SSH-2.0-OpenSSH_5.3",
        .methods = "publickey" } },
    { "... Dropbear", "older than Ed25519 keys",
      { .counts[REFUSAL_REFUSED] = 1, .ed25519 = true },
      { .user = "bob", .ident = "SSH-2.0-dropbear_2019.78",
        .methods = "publickey" } },
    { "not older", "authorized_keys",
      { .counts[REFUSAL_REFUSED] = 1, .ed25519 = true },
      { .user = "bob", .ident = "SSH-2.0-dropbear_2020.79",
        .methods = "publickey" } },
    { "a version that is none", "authorized_keys",
      { .counts[REFUSAL_REFUSED] = 1, .ed25519 = true },
      { .user = "bob", .ident = "SSH-2.0-OpenSSH_for_Windows_8.1",
        .methods = "publickey" } },
    { "a short RSA key", "shorter than 2048 bits",
      { .counts[REFUSAL_REFUSED] = 1, .short_rsa = true },
      { .user = "bob", .ident = PLAIN, .methods = "publickey" } },
    { "an agent with too many keys", "one that was not tried",
      { .counts[REFUSAL_REFUSED] = 6 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .left_out = 2 } },
    { "a server that hangs up", "It hangs up after so many keys",
      { .counts[REFUSAL_REFUSED] = 6 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .hung_up = true, .keys_left = true } },
    { "no keys at all", "None came from an SSH agent",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .methods = "publickey",
        .no_keys = true } },
    { "no keys, and none are taken", "It would still take: password.",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .methods = "password",
        .no_keys = true } },
    { "keys are not taken", "It would still take: password.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = PLAIN, .methods = "password" } },
    { "... and a person is there", "It would still take: password, x.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = PLAIN, .methods = "password,x",
        .can_ask = true } },
    { "nothing that can be done from here", "neither keys nor passwords",
      { .counts[REFUSAL_REFUSED] = 0 },
      { .user = "bob", .ident = PLAIN, .no_keys = true,
        .methods = "gssapi-with-mic,hostbased" } },
    { "no algorithm is left", "Change PubkeyAcceptedAlgorithms",
      { .counts[REFUSAL_UNTRIED] = 1 },
      { .user = "bob", .ident = PLAIN, .methods = "publickey" } },
    { "only SHA-1", "Use an Ed25519 or ECDSA key",
      { .counts[REFUSAL_SHA1] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey" } },
    { "... as was learnt in the end", "can be forged; use an Ed25519 or ECDSA",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .takes_sha1 = true } },
    { "no signature of RSA at all", "Use an Ed25519 or ECDSA key",
      { .counts[REFUSAL_ALGORITHM] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey" } },
    { "no passphrase: what happened says it", "It would still take: publickey.",
      { .counts[REFUSAL_UNUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey" } },
    { "a signature of the agent's", "IdentityAgent=none",
      { .counts[REFUSAL_SIGNATURE] = 1 },
      { .user = "bob", .ident = PLAIN, .methods = "publickey",
        .by_agent = true } },
    { "... whose file is known", "file: -i ~/k -o IdentityAgent=none.",
      { .counts[REFUSAL_SIGNATURE] = 1,
        .file = { .data = (uint8_t *)"~/k", .len = 3 } },
      { .user = "bob", .ident = PLAIN, .methods = "publickey",
        .by_agent = true } },
    { "an agent that did not sign, and a wrong password",
      "connect again, and let the SSH agent sign.",
      { .counts[REFUSAL_UNSIGNED] = 1 },
      { .user = "bob", .ident = PLAIN, .methods = "publickey,password",
        .asked = true } },
    { "... with a security key: the agent is the only way",
      "Perhaps the server wants proof of a touch or of the PIN, and this key "
      "was made without; make another: ssh-keygen -t ed25519-sk -O "
      "verify-required.",
      { .counts[REFUSAL_SIGNATURE] = 1, .on_token = true },
      { .user = "bob", .ident = PLAIN, .methods = "publickey",
        .by_agent = true } },
    { "a signature of the file's", "locked or has expired",
      { .counts[REFUSAL_SIGNATURE] = 1 },
      { .user = "bob", .ident = PLAIN, .methods = "publickey" } },
    { "... of root's", "root may not log in there (PermitRootLogin): on Ubuntu "
      "images the user is usually ubuntu.",
      { .counts[REFUSAL_SIGNATURE] = 1 },
      { .user = "root", .ident = UBUNTU, .methods = "publickey",
        .by_agent = true, .other = "ubuntu" } },
    { "... where root was let in before", "locked or has expired",
      { .counts[REFUSAL_SIGNATURE] = 1 },
      { .user = "root", .ident = UBUNTU, .methods = "publickey",
        .remembered = true } },
    { "nothing is taken at all", "It names no way to log in",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "", .can_ask = true } },
    { "a wrong password, a wrong name", "mistyped, or bob is the wrong user name",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .other = "ubuntu", .asked = true } },
    { "... unless that has logged in before", "bob@host: the server took "
      "nothing.",
      { .ed25519 = false },
      { .user = "bob", .ident = UBUNTU, .other = "ubuntu", .known = "",
        .asked = true } },
    { "another key was taken before", "bob was let in here before with another "
      "key, ~/k.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .other = "ubuntu", .known = "~/k",
        .methods = "publickey" } },
    { "... or was in the same file", "before with another key, which was in "
      "~/k then.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .known = "", .replaced = "~/k",
        .methods = "publickey" } },
    { "... unless that was tried", "bob@host: the server took nothing.",
      { .ed25519 = false },
      { .user = "bob", .ident = UBUNTU, .refused = "ubuntu or bob",
        .other = "root", .asked = true } },
    { "the console shows another key", "\"me@old\" (ssh-rsa) for bob, which is "
      "not one of yours.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .installed = "\"me@old\" (ssh-rsa)" } },
    { "... and there is no key to offer", "which is not one of yours.",
      { .ed25519 = false },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .no_keys = true, .installed = "\"me@old\" (ssh-rsa)" } },
    { "... but one was taken", "locked or has expired",
      { .counts[REFUSAL_SIGNATURE] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .installed = "\"me@old\" (ssh-rsa)" } },
    { "the console shows that there is no key", "no key was installed for bob.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .keyless = true } },
    { "a login that worked before", "its modes, or sshd's configuration.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "root", .ident = UBUNTU, .methods = "publickey",
        .worked = true, .keyless = true } },
    { "the console shows that this one was installed",
      "your key was installed for bob, so one of these has changed since, or "
      "is wrong: authorized_keys, its modes, or sshd's configuration.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .own_installed = true, .remembered = true } },
    { "a login that worked in another run", "root was let in before",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "root", .ident = UBUNTU, .methods = "publickey",
        .remembered = true } },
    { "... but the console's newer word", "no key was installed for bob.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .remembered = true, .keyless = true } },
    { "root is never a wrong name", "~root; or root may not log in.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "root", .ident = PLAIN, .methods = "publickey" } },
    { "a password that is withheld", "before its host key is verified.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "root", .ident = UBUNTU, .methods = "publickey,password",
        .can_ask = true, .withheld = true } },
    { "... where no keys are taken", "before its host key is verified.",
      { .ed25519 = false },
      { .user = "root", .ident = UBUNTU, .methods = "password",
        .no_keys = true, .can_ask = true, .withheld = true } },
    { "a key was one step, and another one is to follow",
      "name it with one more -i.",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .partial = true, .key_accepted = true } },
    { "a password was one step, so the name is right",
      "not in ~bob/.ssh/authorized_keys",
      { .counts[REFUSAL_REFUSED] = 1 },
      { .user = "bob", .ident = UBUNTU, .methods = "publickey",
        .partial = true,
        .other = "ubuntu" } },
    { "... and a wrong one is no wrong name", "It would still take: password.",
      { .ed25519 = false },
      { .user = "bob", .ident = UBUNTU, .methods = "password", .asked = true,
        .partial = true, .key_accepted = true,
        .other = "ubuntu" } },
    { "the server's own words are the cause", "It would still take: password.",
      { .ed25519 = false },
      { .user = "bob", .ident = UBUNTU, .methods = "password", .asked = true,
        .spoken = true,
        .other = "ubuntu" } },
    { "a password is preferred, and nobody is there", "Connect from a terminal",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .methods = "publickey,password",
        .unasked = true } },
    { "... or nothing that it takes is allowed",
      "leave out A or B.",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .methods = "publickey,password",
        .forbids = "A or B", .forbids_all = true } },
    { "... or what is left", "to be asked, or leave out A.",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .methods = "publickey,password",
        .unasked = true, .forbids = "A" } },
    { "no keys, and nothing else is allowed", "name one with -i, or leave out "
      "A.",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .methods = "publickey,password",
        .no_keys = true, .can_ask = true, .forbids = "A" } },
    { "a method that is only listed", "To allow what it takes, leave out A.",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .can_ask = true,
        .methods = "publickey,keyboard-interactive,password",
        .refused_unasked = true, .forbids = "A", .forbids_all = true } },
    { "... behind which a password was wrong", "It would still take: password.",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .can_ask = true, .asked = true,
        .methods = "keyboard-interactive,password", .refused_unasked = true } },
    { "... and there is no other", "so its own configuration is wrong.",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .can_ask = true,
        .methods = "keyboard-interactive", .refused_unasked = true } },
    { "wrong passwords, too many", "so many wrong tries",
      { .ed25519 = false },
      { .user = "bob", .ident = PLAIN, .asked = true, .hung_up = true } },
};
/* clang-format on */

/* Whether the name may be the wrong one: see diagnosis_unknown(). */
static void test_certain_name(void)
{
    struct refusals none = { 0 };
    struct refusal_facts facts = {
        .user = "bob", .ident = PLAIN, .methods = "password", .asked = true
    };
    struct buf cause = { 0 };

    is_num(refusals_cause(&none, &facts, &cause), FAULT_ANSWERS,
           "a wrong password: perhaps the name");
    facts.worked = true;
    is_num(refusals_cause(&none, &facts, &cause), FAULT_PASSWORD,
           "... but not if it worked before");
    facts.worked = false;
    facts.partial = true;
    is_num(refusals_cause(&none, &facts, &cause), FAULT_PASSWORD,
           "... nor if a step was accepted");
    buf_free(&cause);
}

int main(void)
{
    struct buf text = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct refusal_facts facts = cases[i].facts;
        struct buf cause = { 0 };
        const char *last;

        facts.what = "bob@host: the server took nothing";
        if (facts.methods == NULL)
            facts.methods = "";
        buf_clear(&text);
        refusals_cause(&cases[i].refusals, &facts, &cause);
        refusals_account(&cases[i].refusals, &facts, buf_str(&cause), &text);
        buf_free(&cause);
        last = strstr(buf_str(&text), cases[i].want);
        if (!ok(last != NULL && strchr(buf_str(&text), '\n') == NULL &&
                    text.data[text.len - 1] == '.' &&
                    strstr(last, ". ") == NULL,
                "%s", cases[i].name))
            diag("%s", buf_str(&text));
    }
    buf_free(&text);
    test_certain_name();
    return tap_done();
}
