/* The ladder as text and as JSON, and what is said of a broken rung. */
#include "app/ladder.h"

#include <errno.h>
#include <string.h>
#include "../tap.h"
#include "app/diagnosis.h"
#include "app/json.h"
#include "base/buf.h"
#include "base/mem.h"

static void climb(struct ladder *l)
{
    ladder_begin(l, 1000);
    ladder_decide(l, RUNG_NAME, RUNG_GOOD, 1003, "%s", "192.0.2.1");
    ladder_exclude(l, 500); /* somebody thought */
    ladder_decide(l, RUNG_TCP, RUNG_NOTED, 1510, "odd\001");
    ladder_decide(l, RUNG_TCP, RUNG_GOOD, 1600, "twice");
}

static void note_key(struct ladder *l, const char *name, const char *answer,
                     bool by_agent)
{
    struct ladder_key key = {
        .name = mem_strdup(name),
        .description = mem_strdup("ED25519 SHA256:x"),
        .user = mem_strdup("bob"),
        .answer = answer,
        .by_agent = by_agent,
    };

    ladder_note_key(l, &key);
}

static void test_text(void)
{
    struct ladder l = { 0 };
    struct buf out = { 0 };

    climb(&l);
    is_num(ladder_next(&l), RUNG_IDENT, "the next rung is the first open one");
    note_key(&l, "~/a", "refused", false);
    note_key(&l, "~/b", "taken", true);
    note_key(&l, "~/a", "taken", false);
    ladder_decide(&l, RUNG_KEYS, RUNG_BROKEN, 1512, "the reason");
    ladder_put_rung(&l, RUNG_NAME, &out);
    ladder_put_rung(&l, RUNG_TCP, &out);
    ladder_put_rung(&l, RUNG_KEYS, &out);
    ladder_put_open(&l, &out);
    is_str(buf_str(&out),
           "  ok      name: 192.0.2.1 (3 ms)\n"
           "  look    TCP: odd\357\277\275 (7 ms)\n"
           "  BROKEN  your keys (2 ms)\n"
           "          ~/a: taken for bob\n"
           "            ED25519 SHA256:x\n"
           "          ~/b (in the SSH agent): taken for bob\n"
           "            ED25519 SHA256:x\n"
           "  -       not reached: what answers, key exchange, host key, ways "
           "to log in, login, terminal, shell, cloud-init\n",
           "a ladder in lines; a key's last answer counts");
    ladder_free(&l);
    buf_free(&out);
}

static void test_json(void)
{
    struct ladder l = { 0 };
    struct buf out = { 0 };

    climb(&l);
    note_key(&l, "~/\"a\"", "taken", true);
    ladder_put_json(&l, &out);
    ok(strstr(buf_str(&out), "{\"name\": \"tcp\", \"state\": \"noted\", "
                             "\"text\": \"odd\357\277\275\", "
                             "\"ms\": 7}") != NULL,
       "a rung in JSON");
    ok(strstr(buf_str(&out), "{\"name\": \"login\", \"state\": "
                             "\"not reached\", \"text\": null}") != NULL,
       "one that is open");
    ok(strstr(buf_str(&out), "{\"name\": \"~/\\\"a\\\"\", \"key\": "
                             "\"ED25519 SHA256:x\", \"user\": \"bob\", "
                             "\"answer\": \"taken\", \"agent\": true}") != NULL,
       "a key in JSON");
    buf_clear(&out);
    json_put_string(&out, "a\\\n\001\377");
    is_str(buf_str(&out), "\"a\\\\\\n\\u0001\357\277\275\"",
           "a string in JSON");
    buf_free(&out);
    ladder_free(&l);
}

static const struct {
    int error;
    enum err_code code;
    enum fault fault;
} dialled[] = {
    { 0, ERR_NOT_FOUND, FAULT_NAME },
    { 0, ERR_NETWORK, FAULT_LOOKUP },
    { ECONNREFUSED, ERR_NETWORK, FAULT_REFUSED },
    { ETIMEDOUT, ERR_TIMEOUT, FAULT_NO_ANSWER },
    { ENETUNREACH, ERR_NETWORK, FAULT_OFFLINE },
    { EIO, ERR_NETWORK, FAULT_OTHER },
};

static const char *const odd_users[] = {
    "bob;reboot",    "reboot*",  "bob!reboot",
    "bob/../reboot", "reboot\\", "reboot#",
};

static void test_faults(void)
{
    struct diagnosis_names names = {
        .host = "vm.example", .port = 2222, .user = "bob", .other = "ubuntu"
    };
    struct diagnosis_names bare = { .host = "vm.example", .port = 22 };
    struct diagnosis_names waited = { .host = "vm.example", .waited = true };
    struct buf out = { 0 };
    size_t i;
    unsigned f;

    for (i = 0; i < sizeof dialled / sizeof *dialled; i++)
        is_num(fault_of_dial(dialled[i].error, dialled[i].code),
               dialled[i].fault, "what a failed dial means");
    diagnosis_lines(FAULT_WRONG_USER, &names, &out);
    is_str(buf_str(&out),
           "  What to do: try another user: ubuntu@vm.example -p 2222.\n"
           "  What cannot be known from outside: whether bob exists: a wrong "
           "name, a missing key and wrong modes of ~/.ssh are answered "
           "alike.\n",
           "names stand in the sentences");
    buf_clear(&out);
    names.user = "root";
    diagnosis_lines(FAULT_NOT_AUTHORIZED, &names, &out);
    ok(strstr(buf_str(&out), "chmod go-w ~root ~root/.ssh ~root/.ssh/auth") !=
               NULL &&
           strstr(buf_str(&out), "keys; or try another user: ubuntu@vm.exam") !=
               NULL &&
           strstr(buf_str(&out), "whether root may log in: ") != NULL,
       "root exists everywhere: its key and modes come first");
    buf_clear(&out);
    diagnosis_lines(FAULT_ANSWERS, &names, &out);
    ok(strstr(buf_str(&out), "whether root may log in this way: ") != NULL,
       "... whatever it was that was refused");
    for (i = 0; i < sizeof odd_users / sizeof *odd_users; i++) {
        buf_clear(&out);
        names.user = odd_users[i];
        diagnosis_lines(FAULT_NOT_AUTHORIZED, &names, &out);
        ok(strstr(buf_str(&out), "reboot") == NULL &&
               strstr(buf_str(&out), "chmod go-w ~USER ~USER/.ssh ") != NULL,
           "%s: what a shell would not take for a name is in no command",
           odd_users[i]);
    }
    buf_clear(&out);
    names.other = NULL;
    diagnosis_lines(FAULT_NO_NAME_LEFT, &names, &out);
    ok(strstr(buf_str(&out), "which key the machine has") != NULL &&
           strstr(buf_str(&out), "another user") == NULL,
       "no name is left to try");
    for (f = 0; f < FAULTS; f++) {
        buf_clear(&out);
        diagnosis_lines(f, &bare, &out);
        ok(strchr(buf_str(&out), '%') == NULL &&
               strstr(buf_str(&out), "..") == NULL,
           "sentences %u, without a user", f);
        buf_clear(&out);
        (void)diagnosis_remedy(f, &waited, &out);
        ok(strstr(buf_str(&out), "wait") == NULL || f == FAULT_PENALTY,
           "... and without the advice to wait, after a wait");
        ok(strlen(diagnosis_brief(f, ERR_NETWORK)) <= DIAGNOSIS_BRIEF,
           "the same in a few words: %s", diagnosis_brief(f, ERR_NETWORK));
    }
    buf_clear(&out);
    bare.file = "~/my \001keys/id";
    diagnosis_lines(FAULT_NOT_AUTHORIZED, &bare, &out);
    ok(strstr(buf_str(&out), " -y ~/'my \xef\xbf\xbdkeys/id'; from") != NULL,
       "the key's file is one word of the shell");
    is_str(diagnosis_brief(FAULT_CLOSED, ERR_NETWORK), "closed by server",
           "an open session is closed");
    is_str(diagnosis_brief(FAULT_OTHER, ERR_TIMEOUT), "no answer",
           "... or silent");
    buf_free(&out);
}

/* A port behind an IPv6 address that has no brackets. */
static const struct {
    const char *host;
    unsigned port;
    enum fault fault;
    const char *hint; /* NULL: none */
} ports[] = {
    { "::1:22", 22, FAULT_NO_ROUTE, "if 22 is the port, write [::1]:22" },
    { "::1:2222", 22, FAULT_REFUSED, "if 2222 is the port, write [::1]:2222" },
    { "2001:db8::1:222", 22, FAULT_OFFLINE, "write [2001:db8::1]:222" },
    { "2001:db8:1:2:3:4:5:6:2222", 22, FAULT_NAME,
      "write [2001:db8:1:2:3:4:5:6]:2222" },
    { "::1:65535", 22, FAULT_NAME, "write [::1]:65535" },
    { "::1:65536", 22, FAULT_NAME, NULL },
    { "::1:222222", 22, FAULT_NAME, NULL },
    { "::1", 22, FAULT_REFUSED, NULL },
    { "::1:10", 22, FAULT_REFUSED, NULL },
    { "::1:0222", 22, FAULT_REFUSED, NULL },
    { "::1:22ab", 22, FAULT_REFUSED, NULL },
    { "2001:db8::2222", 22, FAULT_REFUSED, NULL },
    { "2001:db8:1:2:3:4:5:2222", 22, FAULT_REFUSED, NULL },
    { "::1:", 22, FAULT_NAME, NULL },
    { "::1:2222", 2200, FAULT_REFUSED, NULL },
    { "::1:2222", 22, FAULT_NOT_AUTHORIZED, NULL },
    { "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:2222", 22,
      FAULT_NAME, NULL },
};

static void test_ports(void)
{
    struct diagnosis_names names = { 0 };
    struct buf out = { 0 };
    size_t i;

    for (i = 0; i < sizeof ports / sizeof *ports; i++) {
        names.host = ports[i].host;
        names.port = ports[i].port;
        buf_clear(&out);
        ok(diagnosis_remedy(ports[i].fault, &names, &out),
           "%s port %u has a remedy", ports[i].host, ports[i].port);
        ok(ports[i].hint != NULL ? strstr(buf_str(&out), ports[i].hint) != NULL
                                 : strchr(buf_str(&out), '[') == NULL,
           "... which is: %s", buf_str(&out));
    }
    buf_clear(&out);
    names = (struct diagnosis_names){ .host = "::1:2222",
                                      .port = 22,
                                      .waited = true };
    (void)diagnosis_remedy(FAULT_REFUSED, &names, &out);
    ok(strstr(buf_str(&out), "check the port; or, if 2222 is the port, write ["
                             "::1]:2222") != NULL,
       "the same after a wait");
    buf_free(&out);
}

int main(void)
{
    test_text();
    test_json();
    test_faults();
    test_ports();
    return tap_done();
}
