/*
 * knownhosts.c - known_hosts by tables.  known.py asks ssh-keygen -F the same
 * questions about the same lines.
 */
#include "keys/knownhosts.h"

#include <string.h>
#include <time.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/mem.h"
#include "tests/keys/blobs.h"
#include "tests/tap.h"

/* Made by ssh-keygen -H. */
#define HASH_VM   "|1|B4WBrMu6wuaHyC2eAj4inCBgNdw=|Kq2yJiwUYUXsvMkHeo/1PScDsWE="
#define HASH_2222 "|1|eUBHXYCUf/fJB7SyBdOWA8e734g=|iqBL9XkIYxxTT2Q0Nskb/XoGfvU="

static const struct {
    const char *name, *text, *host;
    unsigned port;
    enum knownhosts_verdict verdict; /* about ED_A */
    unsigned line;
} cases[] = {
    { "nothing known", "", "vm", 22, KNOWNHOSTS_UNKNOWN, 0 },
    { "another host", "vn " ED_A_64 "\n", "vm", 22, KNOWNHOSTS_UNKNOWN, 0 },
    { "this host", "vm " ED_A_64 "\n", "vm", 22, KNOWNHOSTS_MATCH, 1 },
    { "no last newline", "vm " ED_A_64, "vm", 22, KNOWNHOSTS_MATCH, 1 },
    { "CR LF", "# x\r\nvm " ED_A_64 "\r\n", "vm", 22, KNOWNHOSTS_MATCH, 2 },
    { "tabs", "vm\t" ED_A_64 "\tme\n", "vm", 22, KNOWNHOSTS_MATCH, 1 },
    { "leading blanks", " \tvm " ED_A_64 "\n", "vm", 22, KNOWNHOSTS_MATCH, 1 },
    { "a comment behind", "vm " ED_A_64 " a b # c\n", "vm", 22,
      KNOWNHOSTS_MATCH, 1 },
    { "commented out", "#vm " ED_A_64 "\n", "vm", 22, KNOWNHOSTS_UNKNOWN, 0 },
    { "letter case of the line", "VM.Example " ED_A_64 "\n", "vm.example", 22,
      KNOWNHOSTS_MATCH, 1 },
    { "letter case of the name", "vm " ED_A_64 "\n", "VM", 22, KNOWNHOSTS_MATCH,
      1 },
    { "a list", "a,vm,b " ED_A_64 "\n", "vm", 22, KNOWNHOSTS_MATCH, 1 },
    { "part of a name", "vmx,xvm " ED_A_64 "\n", "vm", 22, KNOWNHOSTS_UNKNOWN,
      0 },
    { "a star", "*.example " ED_A_64 "\n", "a.b.example", 22, KNOWNHOSTS_MATCH,
      1 },
    { "a question mark", "vm? " ED_A_64 "\n", "vm1", 22, KNOWNHOSTS_MATCH, 1 },
    { "a question mark is one", "vm? " ED_A_64 "\n", "vm12", 22,
      KNOWNHOSTS_UNKNOWN, 0 },
    { "negated after", "*.example,!bad.example " ED_A_64 "\n", "bad.example",
      22, KNOWNHOSTS_UNKNOWN, 0 },
    { "negated before", "!bad.example,*.example " ED_A_64 "\n", "bad.example",
      22, KNOWNHOSTS_UNKNOWN, 0 },
    { "another is negated", "*.example,!bad.example " ED_A_64 "\n",
      "ok.example", 22, KNOWNHOSTS_MATCH, 1 },
    { "only negated", "!other " ED_A_64 "\n", "vm", 22, KNOWNHOSTS_UNKNOWN, 0 },
    { "empty patterns", ",,vm,, " ED_A_64 "\n", "vm", 22, KNOWNHOSTS_MATCH, 1 },
    { "a port", "[vm]:2222 " ED_A_64 "\n", "vm", 2222, KNOWNHOSTS_MATCH, 1 },
    { "another port", "[vm]:2222 " ED_A_64 "\n", "vm", 2223, KNOWNHOSTS_UNKNOWN,
      0 },
    { "port 22 has no brackets", "[vm]:22 " ED_A_64 "\n", "vm", 22,
      KNOWNHOSTS_UNKNOWN, 0 },
    { "the plain name also, if it has this key", "vm " ED_A_64 "\n", "vm", 2222,
      KNOWNHOSTS_MATCH, 1 },
    { "... and the port none", "vm " ED_A_64 "\n[vm]:2222 " ED_B_64 "\n", "vm",
      2222, KNOWNHOSTS_CHANGED, 2 },
    { "the plain name has another key", "vm " ED_B_64 "\n", "vm", 2222,
      KNOWNHOSTS_UNKNOWN, 0 },
    { "an IPv6 address", "2001:db8::1 " ED_A_64 "\n", "2001:DB8::1", 22,
      KNOWNHOSTS_MATCH, 1 },
    { "hashed", HASH_VM " " ED_A_64 "\n", "203.0.113.5", 22, KNOWNHOSTS_MATCH,
      1 },
    { "hashed, other host", HASH_VM " " ED_A_64 "\n", "203.0.113.6", 22,
      KNOWNHOSTS_UNKNOWN, 0 },
    { "hashed with port", HASH_2222 " " ED_A_64 "\n", "203.0.113.5", 2222,
      KNOWNHOSTS_MATCH, 1 },
    { "hashed with port, other port", HASH_2222 " " ED_A_64 "\n", "203.0.113.5",
      22, KNOWNHOSTS_UNKNOWN, 0 },
    { "another key", "vm " ED_B_64 "\n", "vm", 22, KNOWNHOSTS_CHANGED, 1 },
    { "a key of another type", "vm " RSA_A_64 "\n", "vm", 22,
      KNOWNHOSTS_OTHER_TYPE, 1 },
    { "changed beats other type",
      "vm " RSA_A_64 "\nvm " ED_B_64 "\nvm " RSA_A_64 "\n", "vm", 22,
      KNOWNHOSTS_CHANGED, 2 },
    { "a match beats changed, after", "vm " ED_B_64 "\nvm " ED_A_64 "\n", "vm",
      22, KNOWNHOSTS_MATCH, 2 },
    { "a match beats changed, before", "vm " ED_A_64 "\nvm " ED_B_64 "\n", "vm",
      22, KNOWNHOSTS_MATCH, 1 },
    { "the first changed line is shown", "vm " ED_B_64 "\n* " ED_B_64 "\n",
      "vm", 22, KNOWNHOSTS_CHANGED, 1 },
    { "revoked", "@revoked vm " ED_A_64 "\n", "vm", 22, KNOWNHOSTS_REVOKED, 1 },
    { "revoked beats a match", "vm " ED_A_64 "\n@revoked * " ED_A_64 "\n", "vm",
      22, KNOWNHOSTS_REVOKED, 2 },
    { "revoked, hashed", "@revoked " HASH_VM " " ED_A_64 "\n", "203.0.113.5",
      22, KNOWNHOSTS_REVOKED, 1 },
    { "revoked, with a tab", "@revoked\t*\t" ED_A_64 "\n", "vm", 22,
      KNOWNHOSTS_REVOKED, 1 },
    { "another key is revoked", "@revoked * " ED_B_64 "\nvm " ED_A_64 "\n",
      "vm", 22, KNOWNHOSTS_MATCH, 2 },
    { "a revoked line knows nobody", "@revoked vm " ED_B_64 "\n", "vm", 22,
      KNOWNHOSTS_UNKNOWN, 0 },
    { "revoked for another host", "@revoked vn " ED_A_64 "\n", "vm", 22,
      KNOWNHOSTS_UNKNOWN, 0 },
    { "an authority's key is no host's", "@cert-authority vm " ED_A_64 "\n",
      "vm", 22, KNOWNHOSTS_UNKNOWN, 0 },
    { "nor is it another key", "@cert-authority vm " ED_B_64 "\n", "vm", 22,
      KNOWNHOSTS_UNKNOWN, 0 },
};

static void test_check(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct knownhosts *kh = knownhosts_new();
        struct knownhosts_result r;

        knownhosts_add(kh, "file", cases[i].text, strlen(cases[i].text));
        r = knownhosts_check(kh, cases[i].host, cases[i].port, BLOB(ED_A));
        if (!ok(r.verdict == cases[i].verdict &&
                    r.line.number == cases[i].line &&
                    (r.line.path != NULL) == (cases[i].line != 0),
                "%s", cases[i].name))
            diag("verdict %d, line %zu", (int)r.verdict, r.line.number);
        ok(knownhosts_note(kh, 0) == NULL, "without a note");
        knownhosts_free(kh);
    }
}

/* Bad lines are noted, and the good one after them is still found. */
static const struct {
    const char *line, *note;
} bad_lines[] = {
    { "vm", "f:1: it needs a name, a key type and a key" },
    { "vm ssh-ed25519", "f:1: it needs a name, a key type and a key" },
    { "vm ssh-ed25519 !!!", "f:1: malformed key" },
    { "vm ssh-ed25519 AAAA", "f:1: malformed key" },
    { "vm ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAAWE=", "f:1: malformed key" },
    { "vm ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", "f:1: malformed key" },
    { "vm 1024 35 1234567", "f:1: a key of protocol SSH-1" },
    { "@what vm " ED_A_64,
      "f:1: unknown marker, neither @revoked nor @cert-authority" },
    { "@revoked", "f:1: it needs a name, a key type and a key" },
    { "|2|AAAA|AAAA " ED_A_64, "f:1: malformed hashed name" },
    { "|1|AAAA|AAAA " ED_A_64, "f:1: malformed hashed name" },
    { "|1|B4WBrMu6wuaHyC2eAj4inCBgNdw= " ED_A_64,
      "f:1: malformed hashed name" },
};

static void test_notes(void)
{
    static const char nul[] = "vm\0 " ED_A_64 "\n";
    struct knownhosts *kh;

    for (size_t i = 0; i < sizeof bad_lines / sizeof bad_lines[0]; i++) {
        struct buf text = { 0 };

        kh = knownhosts_new();
        buf_printf(&text, "%s\nvm " ED_A_64 "\n", bad_lines[i].line);
        knownhosts_add(kh, "f", text.data, text.len);
        is_str(knownhosts_note(kh, 0), bad_lines[i].note, bad_lines[i].line);
        ok(knownhosts_note(kh, 1) == NULL, "one note");
        is_num(
            (long long)knownhosts_check(kh, "vm", 22, BLOB(ED_A)).line.number,
            2, "the next line counts");
        knownhosts_free(kh);
        buf_free(&text);
    }
    kh = knownhosts_new();
    knownhosts_add(kh, "f", nul, sizeof nul - 1);
    is_str(knownhosts_note(kh, 0), "f:1: this line holds a NUL byte",
           "a NUL byte cannot hide the rest of a line");
    knownhosts_free(kh);
    kh = knownhosts_new();
    for (size_t i = 0; i < 1000; i++)
        knownhosts_add(kh, "f", "bad\n", 4);
    ok(knownhosts_note(kh, 9) != NULL && knownhosts_note(kh, 10) == NULL &&
           strstr(knownhosts_note(kh, 9), "further lines") != NULL,
       "a file of bad lines is told in ten");
    knownhosts_free(kh);
}

static void test_two_files(void)
{
    static const char one[] = "vm " RSA_A_64 "\na " ED_A_64 "\n";
    static const char two[] = "\nvm,VM2 " ED_A_64 "\n" HASH_VM " " ED_A_64
                              "\n@revoked z " ED_A_64 "\nvm " RSA_A_64 "\n";
    struct knownhosts *kh = knownhosts_new();
    struct knownhosts_result r;
    struct knownhosts_line line;
    const char *types[4];

    knownhosts_add(kh, "one", one, strlen(one));
    knownhosts_add(kh, "two", two, strlen(two));
    r = knownhosts_check(kh, "vm", 22, BLOB(ED_A));
    is_num(r.verdict, KNOWNHOSTS_MATCH, "the second file is searched");
    is_str(r.line.path, "two", "its path");
    is_num((long long)r.line.number, 2, "its line");
    ok(r.line.blob_len == sizeof ED_A - 1 &&
           memcmp(r.line.blob, ED_A, r.line.blob_len) == 0,
       "its key");
    is_num((long long)knownhosts_types(kh, "vm", 22, types, 4), 2,
           "two types are known");
    is_str(types[0], "ssh-rsa", "in the order of the files");
    is_str(types[1], "ssh-ed25519", "without repeats");
    is_num((long long)knownhosts_types(kh, "vm", 22, types, 1), 1,
           "no more than there is room for");
    is_num((long long)knownhosts_types(kh, "vm", 23, types, 4), 2,
           "the same for a port that has none");
    ok(knownhosts_find_key(kh, BLOB(ED_A), 0, &line), "the key is known");
    is_str(line.names, "a", "as a");
    ok(knownhosts_find_key(kh, BLOB(ED_A), 1, &line), "and");
    is_str(line.names, "vm,vm2", "as vm and vm2");
    ok(knownhosts_find_key(kh, BLOB(ED_A), 2, &line) && line.names == NULL &&
           line.number == 3,
       "and on a hashed line");
    ok(!knownhosts_find_key(kh, BLOB(ED_A), 3, &line) && line.path == NULL,
       "but the revoked line is left out");
    knownhosts_free(kh);
}

/* ---- writing ---- */

static const uint8_t salt[20] = { 0x07, 0x85, 0x81, 0xac, 0xcb, 0xba, 0xc2,
                                  0xe6, 0x87, 0xc8, 0x2d, 0x9e, 0x02, 0x3e,
                                  0x22, 0x9c, 0x20, 0x60, 0x35, 0xdc };

static const struct {
    const char *host;
    unsigned port;
    bool hashed;
    const char *line; /* NULL: refused */
} formats[] = {
    { "vm", 22, false, "vm " ED_A_64 "\n" },
    { "VM.Example", 22, false, "vm.example " ED_A_64 "\n" },
    { "vm", 2222, false, "[vm]:2222 " ED_A_64 "\n" },
    { "2001:db8::1", 2222, false, "[2001:db8::1]:2222 " ED_A_64 "\n" },
    { "203.0.113.5", 22, true, HASH_VM " " ED_A_64 "\n" },
    { "a*", 22, false, NULL },
    { "a,b", 22, false, NULL },
    { "!a", 22, false, NULL },
    { "#a", 22, false, NULL },
    { "@revoked", 22, false, NULL },
    { "a b", 22, false, NULL },
    { "a\nb", 22, false, NULL },
    { "", 22, false, NULL },
};

static void test_format(void)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct buf out = { 0 };
        bool good;

        good = knownhosts_format(&out, formats[i].host, formats[i].port,
                                 BLOB(ED_A), formats[i].hashed ? salt : NULL);
        if (formats[i].line != NULL)
            is_str(buf_str(&out), formats[i].line, formats[i].host);
        else
            ok(!good && out.len == 0, "no line for \"%s\"", formats[i].host);
        buf_free(&out);
    }
}

#define OUT "# vmconnect replaced: "

static const struct {
    const char *name, *before, *after;
    unsigned count;
} edits[] = {
    { "an empty file", "", "", 0 },
    { "the changed line", "vm " ED_B_64 "\n", OUT "vm " ED_B_64 "\n", 1 },
    { "no last newline", "x\nvm " ED_B_64, "x\n" OUT "vm " ED_B_64, 1 },
    { "CR LF stays", "# c\r\nvm " ED_B_64 "\r\n\r\n",
      "# c\r\n" OUT "vm " ED_B_64 "\r\n\r\n", 1 },
    { "odd blanks stay", "  vm\t " ED_B_64 "  x \n",
      OUT "  vm\t " ED_B_64 "  x \n", 1 },
    { "the same key stays", "vm " ED_A_64 "\n", "vm " ED_A_64 "\n", 0 },
    { "another type", "vm " RSA_A_64 "\n", OUT "vm " RSA_A_64 "\n", 1 },
    { "another host stays", "vn " ED_B_64 "\n", "vn " ED_B_64 "\n", 0 },
    { "another port stays", "[vm]:2222 " ED_B_64 "\n",
      "[vm]:2222 " ED_B_64 "\n", 0 },
    { "a revocation stays", "@revoked vm " ED_B_64 "\n",
      "@revoked vm " ED_B_64 "\n", 0 },
    { "an authority stays", "@cert-authority vm " ED_B_64 "\n",
      "@cert-authority vm " ED_B_64 "\n", 0 },
    { "a bad line stays", "vm ssh-ed25519 zzz\n\x01\xff\n",
      "vm ssh-ed25519 zzz\n\x01\xff\n", 0 },
    { "a list and a second line", "a,vm " ED_B_64 "\nvm " ED_B_64 "\nb c\n",
      OUT "a,vm " ED_B_64 "\n" OUT "vm " ED_B_64 "\nb c\n", 2 },
};

static void test_comment_out(void)
{
    static const char keyed[] =
        "vm " ED_A_64 "\nvm " ED_B_64 "\na,*.b " ED_A_64 "\n@revoked * " ED_A_64
        "\nvm ssh-ed25519 zzz\n";
    static const char nul[] = "a\0b\nvm " ED_B_64 "\n";
    struct buf out = { 0 };

    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        buf_clear(&out);
        is_num((long long)knownhosts_comment_out(&out, edits[i].before,
                                                 strlen(edits[i].before), "vm",
                                                 22, BLOB(ED_A)),
               edits[i].count, edits[i].name);
        is_str(buf_str(&out), edits[i].after, "the text");
    }
    buf_clear(&out);
    is_num((long long)knownhosts_comment_out_key(&out, keyed, strlen(keyed),
                                                 BLOB(ED_A)),
           2, "a key, whatever its hosts");
    is_str(buf_str(&out),
           OUT "vm " ED_A_64 "\nvm " ED_B_64 "\n" OUT "a,*.b " ED_A_64
               "\n@revoked * " ED_A_64 "\nvm ssh-ed25519 zzz\n",
           "... and no other");
    buf_clear(&out);
    knownhosts_comment_out(&out, nul, sizeof nul - 1, "vm", 22, BLOB(ED_A));
    ok(out.len == sizeof nul - 1 + strlen(OUT) &&
           memcmp(out.data, "a\0b\n" OUT, 4 + strlen(OUT)) == 0,
       "a NUL byte stays");
    buf_free(&out);
}

/* ---- size ---- */

#define MANY 10000

/* Limit with room for a sanitizer's build on a busy machine. */
static void test_many_hashed_lines(void)
{
    struct knownhosts *kh = knownhosts_new();
    uint8_t salts[20] = { 0 };
    struct buf text = { 0 };
    char name[32];
    struct knownhosts_result r;
    double ms;
    clock_t begin;

    for (unsigned i = 0; i < MANY; i++) {
        salts[0] = (uint8_t)i;
        salts[1] = (uint8_t)(i >> 8);
        snprintf(name, sizeof name, "host%u", i);
        knownhosts_format(&text, name, 22, BLOB(ED_A), salts);
    }
    begin = clock();
    knownhosts_add(kh, "many", text.data, text.len);
    ms = (double)(clock() - begin) * 1000 / CLOCKS_PER_SEC;
    diag("%d hashed lines read in %.1f ms", MANY, ms);
    begin = clock();
    r = knownhosts_check(kh, "host9999", 22, BLOB(ED_A));
    ms = (double)(clock() - begin) * 1000 / CLOCKS_PER_SEC;
    diag("the last one found in %.1f ms", ms);
    is_num((long long)r.line.number, MANY, "the last of many hashed lines");
    ok(ms < 200, "is found quickly");
    knownhosts_free(kh);
    buf_free(&text);
}

/* The lines before the cut are judged as ever, and the cut one never matches
 * another key. */
static void test_truncated(void)
{
    static const char text[] =
        "vm,203.0.113.5 " ED_A_64 " root@vm\n" HASH_2222 " " ED_A_64 "\n"
        "@revoked * " RSA_A_64 "\n"
        "[2001:db8::1]:2222 " ED_A_64 "\n";
    size_t first = strcspn(text, "\n"), bad = 0;

    for (size_t n = 0; n < sizeof text; n++) {
        struct knownhosts *kh = knownhosts_new();
        char *cut = mem_dup(text, n); /* so that a read behind it is seen */
        enum knownhosts_verdict a, b;

        knownhosts_add(kh, "f", cut, n);
        a = knownhosts_check(kh, "vm", 22, BLOB(ED_A)).verdict;
        b = knownhosts_check(kh, "203.0.113.5", 2222, BLOB(ED_B)).verdict;
        if ((n >= first && a != KNOWNHOSTS_MATCH) || b == KNOWNHOSTS_MATCH) {
            diag("at byte %zu: %d, %d", n, (int)a, (int)b);
            bad++;
        }
        mem_free(cut);
        knownhosts_free(kh);
    }
    is_num((long long)bad, 0, "cut at every byte");
}

int main(void)
{
    test_check();
    test_truncated();
    test_notes();
    test_two_files();
    test_format();
    test_comment_out();
    test_many_hashed_lines();
    knownhosts_free(NULL);
    return tap_done();
}
