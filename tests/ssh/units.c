/* The parts of the room that need no server: lists, KEXINIT, memory. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/wire.h"
#include "ssh/algorithms.h"
#include "ssh/alloc.h"
#include "ssh/overhear.h"
#include "../tap.h"

static const char ours[] =
    "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
    "rsa-sha2-512,rsa-sha2-256";

static const struct {
    const char *name, *known[2], *want;
} list_cases[] = {
    { "nothing known: our order", { NULL }, ours },
    { "RSA known: both its algorithms first",
      { "ssh-rsa" },
      "rsa-sha2-512,rsa-sha2-256,ssh-ed25519,ecdsa-sha2-nistp256,"
      "ecdsa-sha2-nistp384,ecdsa-sha2-nistp521" },
    { "two known: in our order",
      { "ecdsa-sha2-nistp384", "ssh-ed25519" },
      "ssh-ed25519,ecdsa-sha2-nistp384,ecdsa-sha2-nistp256,"
      "ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256" },
    { "an unknown type changes nothing", { "ssh-dss" }, ours },
};

static void is_list(enum ssh_algorithm sort, struct ssh_preferences prefer,
                    const char *want, const char *name)
{
    struct buf list = { 0 };

    ssh_algorithms_list(&list, sort, &prefer);
    is_str(buf_str(&list), want, name);
    buf_free(&list);
}

static void test_lists(void)
{
    struct ssh_preferences prefer = { 0 };
    size_t i;

    for (i = 0; i < sizeof list_cases / sizeof list_cases[0]; i++) {
        prefer.known = list_cases[i].known;
        for (prefer.known_len = 0;
             prefer.known_len < 2 && prefer.known[prefer.known_len] != NULL;)
            prefer.known_len++;
        is_list(SSH_ALG_HOST_KEY, prefer, list_cases[i].want,
                list_cases[i].name);
    }
    is_list(SSH_ALG_CIPHER, (struct ssh_preferences){ 0 },
            "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,"
            "aes192-ctr,aes256-ctr",
            "GCM first");
    is_list(SSH_ALG_CIPHER, (struct ssh_preferences){ .ctr_first = true },
            "aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,"
            "aes256-gcm@openssh.com",
            "or CTR");
    is_list(SSH_ALG_COMPRESSION, (struct ssh_preferences){ 0 }, "none",
            "nothing is packed");
    is_list(SSH_ALG_COMPRESSION,
            (struct ssh_preferences){ .compression = true },
            "zlib@openssh.com,none", "or it is if it can be");
    ok(ssh_algorithms_weak_signature("ssh-rsa"), "ssh-rsa is SHA-1");
    ok(!ssh_algorithms_weak_signature("rsa-sha2-256"), "rsa-sha2-256 is not");
    ok(!ssh_algorithms_allow(SSH_ALG_CIPHER, "aes256-cbc"), "no CBC");
}

static void test_strength(void)
{
    struct ssh_preferences none = { .known_len = 0 };
    char names[512];
    struct buf list = { 0 };
    char *name, *rest = names;

    ok(ssh_algorithms_strength("curve25519-sha256", "aes256-ctr") == 128,
       "the key exchange is the weaker part");
    ok(ssh_algorithms_strength("ecdh-sha2-nistp521", "aes192-ctr") == 192,
       "the cipher is");
    ok(ssh_algorithms_strength("curve25519-sha256", "3des-cbc") == 0,
       "one that is not ours");
    ssh_algorithms_list(&list, SSH_ALG_KEX, &none);
    snprintf(names, sizeof names, "%s", buf_str(&list));
    while ((name = strtok_r(rest, ",", &rest)) != NULL)
        ok(ssh_algorithms_strength(name, "aes256-ctr") != 0, "%s has one",
           name);
    buf_free(&list);
}

static const struct {
    const char *name;
    const char *lists[6]; /* kex, host key, ciphers, MACs */
    const char *says;     /* NULL: they agree */
} common_cases[] = {
    { "AES-GCM needs no MAC",
      { "curve25519-sha256", "ssh-ed25519", "aes128-gcm@openssh.com",
        "aes256-gcm@openssh.com", "", "" },
      NULL },
    { "CTR needs one",
      { "curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes128-ctr",
        "hmac-md5", "hmac-md5" },
      "MAC" },
    { "a later name fits",
      { "x,y,ecdh-sha2-nistp256", "ssh-rsa,rsa-sha2-256", "aes128-ctr",
        "aes128-ctr", "hmac-md5,hmac-sha2-256", "hmac-sha2-256" },
      NULL },
    { "no key exchange",
      { "diffie-hellman-group1-sha1", "ssh-ed25519", "", "", "", "" },
      "key exchange algorithm in common: the server offers only "
      "diffie-hellman-group1-sha1" },
    { "extensions are no algorithms",
      { "ext-info-s,x,y,kex-strict-s-v00@openssh.com", "", "", "", "", "" },
      "the server offers only x,y, and" },
    { "a part of a name is no name",
      { "curve25519-sha256", "ssh-ed2551", "aes128-ctr", "aes128-ctr", "", "" },
      "host key" },
    { "an empty list",
      { "curve25519-sha256", "ssh-ed25519", "", "aes128-ctr", "", "" },
      "cipher" },
};

static const char *const both_ciphers[] = {
    "curve25519-sha256",
    "ssh-ed25519",
    "aes128-ctr,aes128-gcm@openssh.com",
    "aes128-ctr,aes128-gcm@openssh.com",
    "hmac-md5",
    "hmac-md5",
};

/* The first n lists of a KEXINIT. */
static void put_kexinit(struct buf *out, const char *const *lists, size_t n)
{
    static const uint8_t cookie[16];
    size_t i;

    buf_clear(out);
    buf_put_byte(out, 20);
    buf_put(out, cookie, sizeof cookie);
    for (i = 0; i < n; i++)
        wire_put_cstr(out, lists[i]);
}

static void test_common(void)
{
    struct buf packet = { 0 };
    struct err err;
    size_t i, n;

    for (i = 0; i < sizeof common_cases / sizeof common_cases[0]; i++) {
        bool agree;

        put_kexinit(&packet, common_cases[i].lists, 6);
        err_clear(&err);
        agree = ssh_algorithms_common(packet.data, packet.len, false, &err);
        if (common_cases[i].says == NULL)
            ok(agree, "%s", common_cases[i].name);
        else
            ok(!agree && strstr(err.msg, common_cases[i].says) != NULL, "%s",
               common_cases[i].name);
        if (err.code != ERR_NONE)
            diag("%s", err.msg);
    }
    put_kexinit(&packet, common_cases[0].lists, 6);
    for (n = 0; n < packet.len; n++)
        if (ssh_algorithms_common(packet.data, n, false, &err))
            break;
    ok(n == packet.len, "no beginning of a KEXINIT passes for a whole one");
    put_kexinit(&packet, both_ciphers, 6);
    ok(ssh_algorithms_common(packet.data, packet.len, false, &err) &&
           !ssh_algorithms_common(packet.data, packet.len, true, &err),
       "with CTR first a MAC is needed, with AES-GCM first it is not");
    buf_free(&packet);
}

static void test_compression(void)
{
    static const struct {
        const char *to_peer, *to_us;
        bool same;
    } cases[] = {
        { "none", "none", true },
        { "none,zlib@openssh.com", "zlib@openssh.com", true },
        { "zlib,none", "none", true },
        { "none", "zlib@openssh.com,zlib,none", false },
        { "zlib@openssh.com,none", "none", false },
    };
    const char *lists[8] = { "a", "b", "c", "d", "e", "f" };
    struct buf packet = { 0 };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lists[6] = cases[i].to_peer;
        lists[7] = cases[i].to_us;
        put_kexinit(&packet, lists, 8);
        ok(ssh_algorithms_same_compression(packet.data, packet.len) ==
               cases[i].same,
           "compression: %s, %s", cases[i].to_peer, cases[i].to_us);
    }
    ok(!ssh_algorithms_same_compression(packet.data, packet.len - 1),
       "compression: a KEXINIT without its end");
    buf_free(&packet);
}

static void test_memory(void)
{
    struct ssh_alloc a = { 0 };
    char *p, *q;

    a.slack = SSH_ALLOC_SLACK;
    p = ssh_alloc_get(&a, 34);
    memset(p, 'x', 34 + 40000); /* the sanitizer watches */
    ok(p[34 + 39999] == 'x', "a block has room for a packet more");
    ok(ssh_alloc_size(p) == 34, "which is nothing that anybody put there");
    a.slack = 0;
    q = ssh_alloc_resize(&a, p, 16);
    ok(memcmp(q, "xxxxxxxxxxxxxxxx", 16) == 0, "shrinking keeps the bytes");
    q = ssh_alloc_resize(&a, q, 100000);
    memset(q + 16, 'y', 100000 - 16);
    ok(q[15] == 'x', "growing keeps the bytes");
    ssh_alloc_release(&a, ssh_alloc_get(&a, 0));
    ssh_alloc_release(&a, NULL);
    p = ssh_alloc_resize(&a, NULL, 10);
    ssh_alloc_release(&a, q);
    ssh_alloc_release_all(&a);
    ok(p != NULL && a.first == NULL, "what was forgotten is released");
}

/* clang-format off */
static const struct {
    const char *name;
    const char *bytes;
    size_t n;
    const char *methods; /* NULL: not heard */
    bool partial;
} failures[] = {
    { "a failure", "\063\0\0\0\010password\0", 14, "password", false },
    { "a partial success", "\063\0\0\0\010password\1", 14, "password", true },
    { "... without methods", "\063\0\0\0\0\1", 6, "", true },
    { "more behind it", "\063\0\0\0\1x\1yz", 9, "x", true },
    { "a failure cut short", "\063\0\0\0\010password", 13, NULL, false },
    { "one that is longer than it is", "\063\377\377\377\377x\0", 7, NULL,
      false },
    { "neither partial nor not", "\063\0\0\0\1x\2", 7, NULL, false },
    { "methods with an escape", "\063\0\0\0\2\033x\0", 8, NULL, false },
    { "its type alone", "\063", 1, NULL, false },
    { "nothing", "", 0, NULL, false },
    { "a success", "\064", 1, NULL, false },
};
/* clang-format on */

static void test_failures(void)
{
    size_t i;

    for (i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        struct ssh_overheard heard = { 0 };

        ssh_overhear(&heard, failures[i].bytes, failures[i].n);
        ok(heard.failed == (failures[i].methods != NULL) &&
               heard.partial == failures[i].partial &&
               (!heard.failed ||
                strcmp(buf_str(&heard.methods), failures[i].methods) == 0),
           "heard: %s", failures[i].name);
        ssh_overheard_free(&heard);
    }
}

static void put_extension(struct buf *b, const char *name, const char *value)
{
    wire_put_cstr(b, name);
    wire_put_cstr(b, value);
}

static void test_overheard(void)
{
    struct ssh_overheard heard = { 0 };
    struct buf packet = { 0 };

    buf_put_byte(&packet, 7); /* EXT_INFO */
    wire_put_u32(&packet, 3);
    put_extension(&packet, "no-flow-control", "p");
    put_extension(&packet, "server-sig-algs", "ssh-ed25519,rsa-sha2-512");
    put_extension(&packet, "delay-compression", "\001");
    ssh_overhear(&heard, packet.data, packet.len);
    is_str(buf_str(&heard.signatures), "ssh-ed25519,rsa-sha2-512",
           "heard: the signatures that are taken");
    buf_clear(&packet);
    buf_put_byte(&packet, 7);
    wire_put_u32(&packet, 0xffffffff);
    put_extension(&packet, "server-sig-algs", "x");
    ssh_overhear(&heard, packet.data, packet.len);
    is_str(buf_str(&heard.signatures), "ssh-ed25519,rsa-sha2-512",
           "not heard: extensions without end");
    buf_clear(&packet);
    buf_put_byte(&packet, 60); /* PASSWD_CHANGEREQ */
    put_extension(&packet, "Twelve letters", "en");
    ssh_overhear(&heard, packet.data, packet.len);
    is_str(buf_str(&heard.new_password), "Twelve letters",
           "heard: what a new password must be");
    buf_clear(&packet);
    buf_put_byte(&packet, 53); /* BANNER */
    put_extension(&packet, "Booting", "");
    ssh_overhear(&heard, packet.data, packet.len);
    is_str(buf_str(&heard.banner), "Booting", "heard: a banner");
    ok(!heard.failed, "and no failure");
    buf_free(&packet);
    ssh_overheard_free(&heard);
}

/* Append a channel's number and a request that wants no reply. */
static void put_request(struct buf *out, uint32_t channel, const char *name)
{
    buf_clear(out);
    buf_put_byte(out, 98);
    wire_put_u32(out, channel);
    wire_put_string(out, name, strlen(name));
    buf_put_byte(out, 0);
}

static void test_overheard_ignored(void)
{
    struct ssh_overheard heard = { 0 };
    const uint8_t text[104] = { 0 };
    struct buf packet = { 0 };

    buf_put_byte(&packet, 2);
    wire_put_string(&packet, text, sizeof text);
    ssh_overhear(&heard, packet.data, packet.len - 1);
    is_num((long long)heard.ignored, 0,
           "not heard: an ignored packet that is cut off");
    ssh_overhear(&heard, packet.data, packet.len);
    is_num((long long)heard.ignored, 100,
           "heard: input that came to a terminal");
    buf_reserve(&packet, 1000);
    memset(packet.data + packet.len, 0, 1000);
    ssh_overhear(&heard, packet.data, packet.len + 1000);
    is_num((long long)heard.ignored, 100,
           "not heard: a block that only begins so");
    buf_free(&packet);
}

static void test_overheard_end(void)
{
    struct ssh_overheard heard = { 0 };
    struct buf packet = { 0 };

    put_request(&packet, 1, "exit-status");
    wire_put_u32(&packet, 0);
    ssh_overhear(&heard, packet.data, packet.len);
    ok(!heard.exit_status, "not heard: that of the second channel");
    put_request(&packet, 0, "exit-status");
    ssh_overhear(&heard, packet.data, packet.len);
    ok(!heard.exit_status, "not heard: one that is not there");
    wire_put_u32(&packet, 0);
    ssh_overhear(&heard, packet.data, packet.len);
    ok(heard.exit_status, "heard: an exit status");
    put_request(&packet, 0, "exit-signal");
    wire_put_u32(&packet, 100);
    buf_put_str(&packet, "TERM");
    ssh_overhear(&heard, packet.data, packet.len);
    ok(heard.exit_signal.len == 0, "not heard: a name that is cut off");
    put_request(&packet, 0, "exit-signal");
    wire_put_string(&packet, "TERM", 4);
    ssh_overhear(&heard, packet.data, packet.len);
    is_str(buf_str(&heard.exit_signal), "TERM", "heard: a signal");
    buf_free(&packet);
    ssh_overheard_free(&heard);
}

int main(void)
{
    test_lists();
    test_strength();
    test_common();
    test_compression();
    test_memory();
    test_failures();
    test_overheard();
    test_overheard_ignored();
    test_overheard_end();
    return tap_done();
}
