/*
 * agent-msg.c - the agent's messages: tables of answers, good and bad.
 *
 * Types and flags are those of OpenSSH's PROTOCOL.agent; tests/app/test-agent.py
 * talks to the real one.
 */
#include "keys/agent-msg.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/wire.h"
#include "keys/sshkey-make.h"
#include "keys/sshkey.h"
#include "tests/tap.h"

/* A C string's bytes, with NULs in it. */
#define BYTES(s) s, sizeof(s) - 1

static const struct {
    const char *algorithm;
    uint8_t flags;
} flag_cases[] = {
    { "rsa-sha2-256", 2 },
    { "rsa-sha2-512", 4 },
    { "rsa-sha2-512-cert-v01@openssh.com", 4 },
    { "ssh-ed25519", 0 },
    { "ecdsa-sha2-nistp384", 0 },
};

static void test_questions(void)
{
    static const char sign[] = "\15\0\0\0\4blob\0\0\0\2to\0\0\0";
    struct buf b = { 0 };
    size_t i;

    agent_msg_list(&b);
    ok(b.len == 1 && b.data[0] == 11, "the list is asked for with type 11");
    for (i = 0; i < sizeof flag_cases / sizeof *flag_cases; i++) {
        buf_clear(&b);
        agent_msg_sign(&b, (const uint8_t *)"blob", 4, flag_cases[i].algorithm,
                       (const uint8_t *)"to", 2);
        ok(b.len == sizeof sign && memcmp(b.data, sign, b.len - 1) == 0 &&
               b.data[b.len - 1] == flag_cases[i].flags,
           "%s is asked for with flags %u", flag_cases[i].algorithm,
           flag_cases[i].flags);
    }
    buf_free(&b);
}

static const struct {
    const char *name, *msg;
    size_t len;
    enum err_code code;
    size_t count;
    const char *comment; /* of the last key */
} list_cases[] = {
    { "no keys", BYTES("\14\0\0\0\0"), ERR_NONE, 0, NULL },
    { "two keys", BYTES("\14\0\0\0\2\0\0\0\1a\0\0\0\1x\0\0\0\2bc\0\0\0\3y z"),
      ERR_NONE, 2, "y z" },
    { "an empty blob and comment", BYTES("\14\0\0\0\1\0\0\0\0\0\0\0\0"),
      ERR_NONE, 1, "" },
    { "control characters in a comment",
      BYTES("\14\0\0\0\1\0\0\0\1a\0\0\0\5\33[2J\n"), ERR_NONE, 1,
      "\xef\xbf\xbd" },
    { "a NUL in a comment", BYTES("\14\0\0\0\1\0\0\0\1a\0\0\0\3x\0y"), ERR_NONE,
      1, "x\xef\xbf\xbdy" },
    { "nothing", BYTES(""), ERR_PROTOCOL, 0, NULL },
    { "failure", BYTES("\5"), ERR_AUTH, 0, NULL },
    { "failure of ssh.com's agent", BYTES("\146"), ERR_AUTH, 0, NULL },
    { "another type", BYTES("\6"), ERR_PROTOCOL, 0, NULL },
    { "no count", BYTES("\14"), ERR_PROTOCOL, 0, NULL },
    { "fewer keys than counted", BYTES("\14\0\0\0\2\0\0\0\1a\0\0\0\1x"),
      ERR_PROTOCOL, 0, NULL },
    { "a cut-off key", BYTES("\14\0\0\0\1\0\0\0\1a\0\0\0\2x"), ERR_PROTOCOL, 0,
      NULL },
    { "more than counted", BYTES("\14\0\0\0\1\0\0\0\1a\0\0\0\1xy"),
      ERR_PROTOCOL, 0, NULL },
    { "a length beyond the end", BYTES("\14\0\0\0\1\377\377\377\377a\0\0\0\0"),
      ERR_PROTOCOL, 0, NULL },
    { "256 keys that are not there", BYTES("\14\0\0\1\0"), ERR_PROTOCOL, 0,
      NULL },
    { "257 keys", BYTES("\14\0\0\1\1"), ERR_LIMIT, 0, NULL },
    { "four thousand million keys", BYTES("\14\377\377\377\377"), ERR_LIMIT, 0,
      NULL },
};

static void test_lists(void)
{
    struct agent_keys keys;
    struct err err;
    size_t i;
    bool taken;

    for (i = 0; i < sizeof list_cases / sizeof *list_cases; i++) {
        err_clear(&err);
        taken = agent_msg_keys((const uint8_t *)list_cases[i].msg,
                               list_cases[i].len, &keys, &err);
        ok(taken == (list_cases[i].code == ERR_NONE) &&
               err.code == list_cases[i].code &&
               keys.count == list_cases[i].count,
           "a list: %s: %s", list_cases[i].name, err.msg);
        if (keys.count != 0)
            is_str(keys.list[keys.count - 1].comment, list_cases[i].comment,
                   "the last one's comment");
        agent_keys_free(&keys);
    }
}

#define ED "\0\0\0\13ssh-ed25519"
/* Of a security key, with flags 1 and counter 2 behind the signature. */
#define SK       "sk-ssh-ed25519@openssh.com"
#define SK_NAMED "\0\0\0\32" SK
#define SK_SIGN  "\0\0\0\3abc\1\0\0\0\2"

static const struct {
    const char *name, *algorithm, *msg;
    size_t len;
    enum err_code code;
    const char *says; /* the signature, or part of the sentence */
    size_t sig_len;
} other_cases[] = {
    { "for a certificate", "ssh-ed25519-cert-v01@openssh.com",
      BYTES("\16\0\0\0\26" ED "\0\0\0\3abc"), ERR_NONE, "abc", 3 },
    { "named as the certificate", "ssh-ed25519-cert-v01@openssh.com",
      BYTES("\16\0\0\0\53\0\0\0\40ssh-ed25519-cert-v01@openssh.com"
            "\0\0\0\3abc"),
      ERR_PROTOCOL, "with ssh-ed25519, it made one with", 0 },
    { "a security key's", SK, BYTES("\16\0\0\0\52" SK_NAMED SK_SIGN), ERR_NONE,
      "", 12 },
    { "a security key's, for a certificate",
      "sk-ssh-ed25519-cert-v01@openssh.com",
      BYTES("\16\0\0\0\52" SK_NAMED SK_SIGN), ERR_NONE, "", 12 },
    { "a security key's without flags", SK,
      BYTES("\16\0\0\0\45" SK_NAMED "\0\0\0\3abc"), ERR_PROTOCOL, "malformed",
      0 },
    { "a security key's that is empty", SK,
      BYTES("\16\0\0\0\47" SK_NAMED "\0\0\0\0\1\0\0\0\2"), ERR_PROTOCOL,
      "malformed", 0 },
    { "a security key's with more behind it", SK,
      BYTES("\16\0\0\0\53" SK_NAMED SK_SIGN "x"), ERR_PROTOCOL, "malformed",
      0 },
};

static void test_other_signatures(void)
{
    struct buf sig = { 0 };
    struct err err;
    size_t i;
    bool taken;

    for (i = 0; i < sizeof other_cases / sizeof *other_cases; i++) {
        err_clear(&err);
        buf_clear(&sig);
        taken = agent_msg_signature((const uint8_t *)other_cases[i].msg,
                                    other_cases[i].len,
                                    other_cases[i].algorithm, &sig, &err);
        ok(taken == (other_cases[i].code == ERR_NONE) &&
               err.code == other_cases[i].code &&
               sig.len == other_cases[i].sig_len &&
               strstr(taken ? buf_str(&sig) : err.msg, other_cases[i].says) !=
                   NULL,
           "a signature %s: %s", other_cases[i].name, err.msg);
    }
    ok(sig.len == 0, "nothing of a malformed one is kept");
    buf_free(&sig);
}

static const struct {
    const char *name, *msg;
    size_t len;
    enum err_code code;
    const char *says; /* the signature, or part of the sentence */
} signature_cases[] = {
    { "as asked for", BYTES("\16\0\0\0\26" ED "\0\0\0\3abc"), ERR_NONE, "abc" },
    { "another algorithm", BYTES("\16\0\0\0\22\0\0\0\7ssh-rsa\0\0\0\3abc"),
      ERR_PROTOCOL, "ssh-rsa" },
    { "an algorithm with control characters",
      BYTES("\16\0\0\0\15\0\0\0\2\7c\0\0\0\3abc"), ERR_PROTOCOL,
      "\"\xef\xbf\xbd" },
    { "a longer name that begins so",
      BYTES("\16\0\0\0\27\0\0\0\14ssh-ed25519-\0\0\0\3abc"), ERR_PROTOCOL,
      "ssh-ed25519-" },
    { "refused", BYTES("\5"), ERR_AUTH, "refuses to sign" },
    { "a list instead", BYTES("\14\0\0\0\0"), ERR_PROTOCOL, "type 12" },
    { "nothing", BYTES(""), ERR_PROTOCOL, "empty" },
    { "an empty signature", BYTES("\16\0\0\0\23" ED "\0\0\0\0"), ERR_PROTOCOL,
      "malformed" },
    { "no signature", BYTES("\16\0\0\0\17" ED), ERR_PROTOCOL, "malformed" },
    { "more behind the signature", BYTES("\16\0\0\0\27" ED "\0\0\0\3abcd"),
      ERR_PROTOCOL, "malformed" },
    { "more behind the blob", BYTES("\16\0\0\0\26" ED "\0\0\0\3abcd"),
      ERR_PROTOCOL, "malformed" },
    { "cut off", BYTES("\16\0\0\0\26" ED "\0\0\0\3ab"), ERR_PROTOCOL,
      "malformed" },
};

static void test_signatures(void)
{
    struct err err;
    struct buf sig = { 0 };
    size_t i;
    bool taken;

    for (i = 0; i < sizeof signature_cases / sizeof *signature_cases; i++) {
        err_clear(&err);
        buf_clear(&sig);
        taken = agent_msg_signature((const uint8_t *)signature_cases[i].msg,
                                    signature_cases[i].len, "ssh-ed25519", &sig,
                                    &err);
        ok(taken == (signature_cases[i].code == ERR_NONE) &&
               err.code == signature_cases[i].code && (sig.len != 0) == taken &&
               strstr(taken ? buf_str(&sig) : err.msg,
                      signature_cases[i].says) != NULL,
           "a signature: %s: %s", signature_cases[i].name, err.msg);
    }
    buf_free(&sig);
}

/* RFC 8032, section 7.1, TEST 1. */
static const uint8_t seed[32] = {
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a,
    0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32,
    0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
};
static const uint8_t public[32] = {
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe,
    0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6,
    0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
};

static const struct {
    const char *name;
    struct agent_limits limits;
    uint8_t type;
    const char *tail;
    size_t len;
} add_cases[] = {
    { "for good", { 0, false }, 17, BYTES("") },
    { "for a time", { 0x01020304, false }, 25, BYTES("\1\1\2\3\4") },
    { "to be confirmed", { 0, true }, 25, BYTES("\2") },
    { "both", { 60, true }, 25, BYTES("\1\0\0\0\74\2") },
};

static void put_fields(struct buf *out, const char *certificate)
{
    struct buf pair = { 0 };

    buf_put(&pair, seed, sizeof seed);
    buf_put(&pair, public, sizeof public);
    if (certificate != NULL) {
        wire_put_cstr(out, "ssh-ed25519-cert-v01@openssh.com");
        wire_put_string(out, certificate, 40);
    } else {
        wire_put_cstr(out, "ssh-ed25519");
    }
    wire_put_string(out, public, sizeof public);
    wire_put_string(out, pair.data, pair.len);
    wire_put_cstr(out, "a comment");
    buf_free(&pair);
}

static void test_adding(void)
{
    /* Its first string and 4 bytes more. */
    static const char certificate[] =
        "\0\0\0\40ssh-ed25519-cert-v01@openssh.com"
        "more";
    struct err err = { ERR_NONE, "" };
    struct wire_bytes none = { seed, 0 };
    struct wire_bytes cert = { (const uint8_t *)certificate, 40 };
    struct wire_bytes private = { seed, sizeof seed };
    struct sshkey *key = sshkey_make_eddsa("ssh-ed25519", none, private, &err);
    struct secret *got;
    struct buf want = { 0 };

    for (size_t i = 0; i < 2 * sizeof add_cases / sizeof *add_cases; i++) {
        size_t row = i / 2;

        buf_clear(&want);
        buf_put_byte(&want, add_cases[row].type);
        put_fields(&want, i % 2 != 0 ? certificate : NULL);
        buf_put(&want, add_cases[row].tail, add_cases[row].len);
        got = agent_msg_add(key, i % 2 != 0 ? cert : none, "a comment",
                            &add_cases[row].limits, &err);
        ok(got != NULL && got->len == want.len &&
               memcmp(got->data, want.data, want.len) == 0,
           "a key%s, %s", i % 2 != 0 ? " by its certificate" : "",
           add_cases[row].name);
        secret_free(got);
    }
    buf_free(&want);
    sshkey_free(key);
}

static const struct {
    const char *msg;
    size_t len;
    enum err_code code;
} added_cases[] = {
    { BYTES("\6"), ERR_NONE },       { BYTES("\5"), ERR_AUTH },
    { BYTES("\36"), ERR_AUTH },      { BYTES(""), ERR_PROTOCOL },
    { BYTES("\6\0"), ERR_PROTOCOL }, { BYTES("\14"), ERR_PROTOCOL },
};

static void test_added(void)
{
    struct err err;
    bool kept;

    for (size_t i = 0; i < sizeof added_cases / sizeof *added_cases; i++) {
        err_clear(&err);
        kept = agent_msg_added((const uint8_t *)added_cases[i].msg,
                               added_cases[i].len, &err);
        ok(kept == (added_cases[i].code == ERR_NONE) &&
               err.code == added_cases[i].code,
           "an answer to it, row %zu: %s", i, err.msg);
    }
}

int main(void)
{
    test_questions();
    test_adding();
    test_added();
    test_lists();
    test_signatures();
    test_other_signatures();
    return tap_done();
}
