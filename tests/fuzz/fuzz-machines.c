/* fuzz-machines.c - any bytes as the file of machines. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "keys/machines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t blob[] = "\0\0\0\13ssh-ed25519\0\0\0\1a";
static const uint8_t other[] = "\0\0\0\13ssh-ed25519\0\0\0\1b";
#define BLOB_LEN (sizeof blob - 1)

static void check_change(struct machines *ms, enum machines_change change)
{
    struct machines_sight s = { .blob = blob,
                                .blob_len = BLOB_LEN,
                                .name = "vm",
                                .named = true,
                                .host = "192.0.2.1",
                                .port = 22,
                                .server = "SSH-2.0-x",
                                .now = 1800000000,
                                .old = other,
                                .old_len = BLOB_LEN };
    const struct machine_key *key;
    const struct machine *m;

    machines_see(ms, &s, change);
    machines_logged_in(ms, &s, "me", &(struct machines_way){ .file = NULL });
    m = machines_find_key(ms, blob, BLOB_LEN, &key);
    assert(m != NULL && key->state == MACHINE_KEY && machine_logins(m) != 0);
    assert(machine_hosts(m, "192.0.2.1") <= m->addresses_len);
    (void)machine_in_turn(m, "192.0.2.1", s.now);
    assert(machine_place(m) != NULL && machine_last_login(m) != NULL);
}

/* What was read and written once is read as it is. */
static void check_again(const struct machines *ms)
{
    struct machines *again = machines_new();
    struct buf once = { 0 }, twice = { 0 };

    machines_format(ms, &once);
    machines_parse(again, once.data, once.len);
    assert(machines_note(again, 0) == NULL);
    assert(machines_count(again) == machines_count(ms));
    machines_format(again, &twice);
    assert(once.len == twice.len &&
           memcmp(once.data, twice.data, once.len) == 0);
    buf_free(&once);
    buf_free(&twice);
    machines_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct machines *ms = machines_new();

    machines_parse(ms, data, size);
    for (size_t i = 0; machines_note(ms, i) != NULL; i++)
        assert(strlen(machines_note(ms, i)) > 3);
    for (size_t i = 0; i < machines_count(ms); i++)
        assert(machines_get(ms, i)->keys_len <= 64);
    (void)machines_named(ms, "web1", 22);
    (void)machines_at(ms, "203.0.113.5", 22);
    check_again(ms);
    check_change(ms, (enum machines_change)(size % 4));
    check_again(ms);
    machines_free(ms);
    return 0;
}
