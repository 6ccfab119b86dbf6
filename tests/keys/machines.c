/* machines.c - the collection of machines: its text, its changes, its times. */
#include "keys/machines.h"

#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "tests/keys/blobs.h"
#include "tests/tap.h"

#define HEAD "# Machines that vmconnect has met: see vmconnect(1), MACHINES.\n"
#define DAY1 "2026-11-01T10:00:00Z"
#define DAY2 "2026-11-25T09:12:44Z"

#define WEB1                                              \
    "\nmachine web1\n"                                    \
    "    server SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13\n" \
    "    key " ED_A_64 " " DAY1 " " DAY2 "\n"             \
    "    address 203.0.113.5 22 " DAY1 " " DAY2 "\n"      \
    "    login ubuntu 41 " DAY2 " /home/me/my%20key\n"

static struct machines *parsed(const char *text, size_t len)
{
    struct machines *ms = machines_new();

    machines_parse(ms, text, len);
    return ms;
}

static char *formatted(const struct machines *ms)
{
    struct buf out = { 0 };

    machines_format(ms, &out);
    return buf_take_str(&out);
}

/* ---- text ---- */

static const struct {
    const char *name, *in;
    const char *out; /* NULL: the same */
    const char *note;
} texts[] = {
    { "nothing", "", HEAD, NULL },
    { "one machine", HEAD WEB1, NULL, NULL },
    { "its own comments at the head", "# mine\n" WEB1, NULL, NULL },
    { "CR LF, tabs, no last newline",
      "machine web1\r\n\taddress\t::1 22 " DAY1 "  " DAY2,
      HEAD "\nmachine web1\n    address ::1 22 " DAY1 " " DAY2 "\n", NULL },
    { "kinds of lines from a later version",
      HEAD WEB1 "    tag blue\n    # a comment\n", NULL, NULL },
    { "which key it was", HEAD WEB1 "    with ubuntu SHA256:abc certificate\n",
      NULL, NULL },
    { "... of a login that is not there",
      HEAD WEB1 "    with root SHA256:abc\n",
      HEAD WEB1 "    # damaged: with root SHA256:abc\n",
      "8: a login's user and a fingerprint are expected" },
    { "... with no fingerprint", HEAD WEB1 "    with ubuntu abc\n",
      HEAD WEB1 "    # damaged: with ubuntu abc\n",
      "8: a login's user and a fingerprint are expected" },
    { "all states of keys",
      HEAD "\nmachine x\n    key " ED_A_64 " " DAY1 " " DAY2
           "\n    moved " ED_B_64 " " DAY1 " " DAY2 "\n    retired " RSA_A_64
           " " DAY1 " " DAY2 "\n",
      NULL, NULL },
    { "a bad key is kept as a comment, and the rest is read",
      HEAD "\nmachine x\n    key ssh-ed25519 A?A " DAY1 " " DAY2
           "\n    login me 1 " DAY1 "\n",
      HEAD "\nmachine x\n    login me 1 " DAY1
           "\n    # damaged: key ssh-ed25519 A?A " DAY1 " " DAY2 "\n",
      "4: malformed key" },
    { "a key of another type than it says",
      "machine x\n key ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAAWE= " DAY1 " " DAY2,
      HEAD "\nmachine x\n    # damaged: key ssh-rsa "
           "AAAAC3NzaC1lZDI1NTE5AAAAAWE= " DAY1 " " DAY2 "\n",
      "2: malformed key" },
    { "a bad time", "machine x\n key " ED_A_64 " " DAY1 " soon\n",
      HEAD "\nmachine x\n    # damaged: key " ED_A_64 " " DAY1 " soon\n",
      "2: two times are expected" },
    { "a bad port", "machine x\n address h 0 " DAY1 " " DAY1 "\n",
      HEAD "\nmachine x\n    # damaged: address h 0 " DAY1 " " DAY1 "\n",
      "2: an address and a port are expected" },
    { "a bad count", "machine x\n login me -1 " DAY1 "\n",
      HEAD "\nmachine x\n    # damaged: login me -1 " DAY1 "\n",
      "2: a user, a number and a time are expected" },
    { "a damaged head takes no lines to the machine before",
      "machine x\nmachin y\n login me 1 " DAY1 "\n",
      HEAD "\nmachine x\n\nmachine ?\n    login me 1 " DAY1
           "\n    # damaged: machin y\n",
      "2: \"machine\" and a name are expected" },
    { "a line before the first machine", " login me 1 " DAY1 "\n",
      "# damaged: login me 1 " DAY1 "\n", "1: it belongs to no machine" },
    { "words in disguise",
      "machine a%20b%25%0a%zz\n login x%00%1by 1 " DAY1 "\n",
      HEAD "\nmachine a%20b%25\357\277\275%25zz\n"
           "    login x%2500\357\277\275y 1 " DAY1 "\n",
      NULL },
};

static void check_text(size_t i)
{
    struct machines *ms = parsed(texts[i].in, strlen(texts[i].in)), *again;
    char *out = formatted(ms), *twice;
    const char *want = texts[i].out != NULL ? texts[i].out : texts[i].in;

    is_str(out, want, texts[i].name);
    is_str(machines_note(ms, 0), texts[i].note, "  and what is noted");
    again = parsed(out, strlen(out));
    twice = formatted(again);
    ok(strcmp(out, twice) == 0 && machines_note(again, 0) == NULL,
       "  and its own text is read as it is");
    mem_free(twice);
    mem_free(out);
    machines_free(again);
    machines_free(ms);
}

static void check_fields(void)
{
    struct machines *ms = parsed(WEB1, strlen(WEB1));
    const struct machine_key *key;
    const struct machine *m = machines_find_key(ms, BLOB(ED_A), &key);

    ok(machines_count(ms) == 1 && m == machines_get(ms, 0) &&
           key == &m->keys[0] && key->state == MACHINE_KEY,
       "the machine is found by its key");
    ok(machines_find_key(ms, BLOB(ED_B), &key) == NULL && key == NULL,
       "and not by another");
    ok(machines_named(ms, "WEB1", 22) == m &&
           machines_named(ms, "web1", 23) == NULL &&
           machines_named(ms, "web", 22) == NULL,
       "by its name");
    ok(machines_at(ms, "203.0.113.5", 22) == m &&
           machines_at(ms, "203.0.113.5", 23) == NULL &&
           machines_at(ms, "203.0.113.4", 22) == NULL,
       "by its address");
    is_str(machine_last_login(m)->file, "/home/me/my key", "its key file");
    ok(machine_logins(m) == 41 && machine_last(m) == machines_time(DAY2) &&
           strcmp(machine_place(m)->host, "203.0.113.5") == 0,
       "its logins, its last time, its place");
    machines_free(ms);
}

static void check_limit(void)
{
    struct buf text = { 0 };
    struct machines *ms;

    buf_put_str(&text, "machine x\n");
    for (unsigned i = 0; i < 70; i++)
        buf_printf(&text, " address h%u 22 " DAY1 " " DAY1 "\n", i);
    ms = parsed(buf_str(&text), text.len);
    ok(machines_get(ms, 0)->addresses_len == 64 &&
           strcmp(machines_note(ms, 0), "66: there are too many of these") ==
               0 &&
           machines_note(ms, 6) == NULL,
       "a list is bounded");
    buf_free(&text);
    machines_free(ms);
}

/* ---- changes ---- */

#define T0 INT64_C(1800000000)

static struct machines_sight sight(const char *host, int64_t now)
{
    return (struct machines_sight){ .blob = (const uint8_t *)ED_A,
                                    .blob_len = sizeof ED_A - 1,
                                    .name = host,
                                    .host = host,
                                    .port = 22,
                                    .server = "SSH-2.0-A",
                                    .now = now };
}

static void check_learning(void)
{
    const struct machines_way way = { "/k", "SHA256:x", true };
    struct machines *ms = machines_new();
    struct machines_sight s = sight("192.0.2.1", T0);
    const struct machine *m;

    machines_see(ms, &s, MACHINES_SEEN);
    s.now++;
    machines_logged_in(ms, &s, "me", &way);
    m = machines_get(ms, 0);
    ok(machines_count(ms) == 1 && m->keys_len == 1 && m->addresses_len == 1 &&
           m->keys[0].first == T0 && m->keys[0].last == T0 + 1 &&
           m->addresses[0].first == T0 && m->addresses[0].last == T0 + 1,
       "seen and logged in: one machine, one key, one address");
    ok(m->logins_len == 1 && m->logins[0].count == 1 &&
           strcmp(m->logins[0].user, "me") == 0 &&
           strcmp(m->logins[0].file, "/k") == 0 &&
           strcmp(m->logins[0].print, "SHA256:x") == 0 &&
           m->logins[0].certified,
       "and one login");
    is_str(m->name, "192.0.2.1", "an address is its name");
    s.named = true;
    s.name = "web1";
    s.host = "192.0.2.2";
    s.port = 2222;
    machines_logged_in(ms, &s, "me", &(struct machines_way){ .file = NULL });
    is_str(m->name, "web1", "until there is a better one");
    ok(m->addresses_len == 2 && m->logins[0].count == 2 &&
           m->logins[0].file == NULL && m->logins[0].print == NULL,
       "another address is another place of it");
    s.name = "web2";
    machines_see(ms, &s, MACHINES_SEEN);
    is_str(m->name, "web1", "a name stays");
    machines_free(ms);
}

static void check_leaving(void)
{
    struct machines *ms = machines_new();
    struct machines_sight s = sight("192.0.2.1", T0);
    const struct machine *m;

    machines_logged_in(ms, &s, "me", &(struct machines_way){ .file = NULL });
    m = machines_get(ms, 0);
    s = (struct machines_sight){ .blob = s.blob,
                                 .blob_len = s.blob_len,
                                 .host = "192.0.2.1",
                                 .port = 22,
                                 .now = T0 + 100 };
    machines_leave(ms, &s);
    ok(m->keys[0].first == T0 && m->keys[0].last == T0 + 100 &&
           m->addresses[0].last == T0 + 100 && m->logins[0].last == T0 &&
           strcmp(m->server, "SSH-2.0-A") == 0,
       "a machine is seen until it is left");
    s.port = 23;
    s.now++;
    machines_leave(ms, &s);
    ok(m->addresses_len == 1 && m->keys[0].last == T0 + 100,
       "what is not known is not learnt so");
    s.blob = (const uint8_t *)ED_B;
    machines_leave(ms, &s);
    ok(machines_count(ms) == 1 && m->keys_len == 1, "nor is a machine");
    machines_free(ms);
}

/* The state of ED_A and ED_B, and whose they are. */
static void check_change(enum machines_change change, size_t machines,
                         enum machine_key_state old_state, const char *name)
{
    struct machines *ms = machines_new();
    struct machines_sight s = sight("192.0.2.1", T0);
    const struct machine *old, *new;
    const struct machine_key *old_key, *new_key;

    machines_see(ms, &s, MACHINES_SEEN);
    s.old = s.blob;
    s.old_len = s.blob_len;
    s.blob = (const uint8_t *)ED_B;
    machines_see(ms, &s, change);
    old = machines_find_key(ms, BLOB(ED_A), &old_key);
    new = machines_find_key(ms, BLOB(ED_B), &new_key);
    ok(machines_count(ms) == machines && (old == new) == (machines == 1) &&
           old_key->state == old_state && new_key->state == MACHINE_KEY &&
           machines_at(ms, "192.0.2.1", 22) == new,
       "%s", name);
    machines_free(ms);
}

static void check_return(void)
{
    static const char text[] = "machine x\n retired " ED_A_64 " " DAY1 " " DAY1
                               "\n key " ED_B_64 " " DAY1 " " DAY1 "\n";
    struct machines *ms = parsed(text, sizeof text - 1);
    struct machines_sight s = sight("192.0.2.1", T0);

    s.old = (const uint8_t *)ED_B;
    s.old_len = sizeof ED_B - 1;
    machines_see(ms, &s, MACHINES_REBUILT);
    ok(machines_get(ms, 0)->keys[0].state == MACHINE_KEY &&
           machines_get(ms, 0)->keys[1].state == MACHINE_KEY_RETIRED,
       "a restored machine has its retired key again");
    machines_free(ms);
}

static void check_forgetting(void)
{
    struct machines *ms = machines_new();
    struct machines_sight s = sight("192.0.2.1", T0);
    uint8_t blob[sizeof ED_A + 3] = ED_A;
    const struct machine_key *key;

    s.blob = blob;
    blob[14] = 5; /* four more bytes in its second string */
    s.blob_len = sizeof ED_A - 1 + 4;
    for (unsigned i = 0; i < 2001; i++, s.now++) {
        blob[sizeof ED_A] = (uint8_t)(i >> 8);
        blob[sizeof ED_A + 1] = (uint8_t)i;
        machines_see(ms, &s, MACHINES_SEEN);
    }
    blob[sizeof ED_A] = blob[sizeof ED_A + 1] = 0;
    ok(machines_count(ms) == 2000 &&
           machines_find_key(ms, blob, s.blob_len, &key) == NULL,
       "of too many machines the one met longest ago is forgotten");
    machines_free(ms);
}

static void check_full_lists(void)
{
    struct machines *ms = machines_new();
    struct machines_sight s = sight("192.0.2.1", T0);
    const struct machine *m;
    char host[16], user[16];

    for (unsigned i = 0; i < 70; i++, s.now++) {
        snprintf(host, sizeof host, "192.0.2.%u", i);
        snprintf(user, sizeof user, "u%u", i);
        s.host = host;
        machines_logged_in(ms, &s, user,
                           &(struct machines_way){ .file = NULL });
    }
    m = machines_get(ms, 0);
    ok(m->addresses_len == 64 && m->logins_len == 64 &&
           strcmp(machine_place(m)->host, "192.0.2.69") == 0 &&
           strcmp(machine_last_login(m)->user, "u69") == 0,
       "in a full list the oldest gives way");
    machines_free(ms);
}

/* ---- one machine or several ---- */

static const struct {
    const char *name, *hosts[4]; /* where it is seen, one after the other */
    bool in_turn;
    size_t count; /* of hosts of the last one's family */
} walks[] = {
    { "it stays", { "192.0.2.1", "192.0.2.1" }, false, 1 },
    { "it moves", { "192.0.2.1", "192.0.2.1", "192.0.2.2" }, false, 2 },
    { "it moves on",
      { "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4" },
      false,
      4 },
    { "in turn",
      { "192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.2" },
      true,
      2 },
    { "a machine has two families",
      { "192.0.2.1", "2001:db8::1", "192.0.2.1", "2001:db8::1" },
      false,
      1 },
};

static void check_walk(size_t i)
{
    struct machines *ms = machines_new();
    const char *host = "";
    const struct machine *m;
    int64_t now = T0;

    for (size_t j = 0; j < 4 && walks[i].hosts[j] != NULL; j++) {
        struct machines_sight s = sight(walks[i].hosts[j], now++);

        host = s.host;
        machines_see(ms, &s, MACHINES_SEEN);
    }
    m = machines_get(ms, 0);
    ok(machine_in_turn(m, NULL, 0) == walks[i].in_turn &&
           machine_hosts(m, host) == walks[i].count,
       "%s", walks[i].name);
    machines_free(ms);
}

static void check_turn_now(void)
{
    struct machines *ms = machines_new();
    struct machines_sight s = sight("192.0.2.1", T0);

    machines_see(ms, &s, MACHINES_SEEN);
    s.host = "192.0.2.2";
    s.now += 10;
    machines_see(ms, &s, MACHINES_SEEN);
    ok(!machine_in_turn(machines_get(ms, 0), NULL, 0) &&
           !machine_in_turn(machines_get(ms, 0), "192.0.2.2", T0 + 20),
       "it moved");
    s.now += 10;
    ok(!machine_in_turn(machines_get(ms, 0), "192.0.2.1", T0 + 5) &&
           machine_in_turn(machines_get(ms, 0), "192.0.2.1", T0 + 20),
       "and would be seen in turn, if it were at its first address now");
    machines_free(ms);
}

/* ---- times ---- */

static const struct {
    const char *text;
    int64_t time;
} times[] = {
    /* date -u -d TEXT +%s */
    { "1970-01-01T00:00:01Z", 1 },
    { "2000-02-29T23:59:59Z", 951868799 },
    { "2026-11-25T09:12:44Z", 1795597964 },
    { "2100-03-01T00:00:00Z", 4107542400 },
    { "9999-12-31T23:59:59Z", 253402300799 },
};

static const char *const bad_times[] = {
    "",
    "2026-11-25",
    "2026-11-25 09:12:44Z",
    "2026-11-25T09:12:44z",
    "2026-13-01T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:60Z",
    "1969-12-31T23:59:59Z",
    "2026-1a-01T00:00:00Z",
    "2026-11-25T09:12:44Z ",
};

static void check_times(void)
{
    struct buf out = { 0 };

    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        buf_clear(&out);
        machines_put_time(&out, times[i].time);
        ok(machines_time(times[i].text) == times[i].time &&
               strcmp(buf_str(&out), times[i].text) == 0,
           "%s", times[i].text);
    }
    for (size_t i = 0; i < sizeof bad_times / sizeof *bad_times; i++)
        ok(machines_time(bad_times[i]) == 0, "no time: \"%s\"", bad_times[i]);
    for (int64_t day = 0; day < 60000; day++) {
        buf_clear(&out);
        machines_put_time(&out, day * 86400 + 1);
        if (machines_time(buf_str(&out)) != day * 86400 + 1)
            ok(false, "day %ld: %s", (long)day, buf_str(&out));
    }
    buf_free(&out);
}

int main(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_text(i);
    check_fields();
    check_limit();
    check_learning();
    check_leaving();
    check_change(MACHINES_ALSO, 1, MACHINE_KEY, "another key of the same one");
    check_change(MACHINES_REBUILT, 1, MACHINE_KEY_RETIRED, "rebuilt");
    check_change(MACHINES_ANOTHER, 2, MACHINE_KEY_MOVED, "another machine");
    check_return();
    check_forgetting();
    check_full_lists();
    for (size_t i = 0; i < sizeof walks / sizeof *walks; i++)
        check_walk(i);
    check_turn_now();
    check_times();
    return tap_done();
}
