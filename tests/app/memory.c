/* The file of machines: when it is written, and what is asked of it.  The
 * clock is ours. */
#include "app/memory.h"

#include <time.h>
#include "fixture.h"

static time_t now = 1795597964; /* 2026-11-25T09:12:44Z */

time_t time(time_t *out)
{
    if (out != NULL)
        *out = now;
    return now;
}

static struct machines_sight sight_of(const struct fixture *f)
{
    return (struct machines_sight){ .blob = f->blob.data,
                                    .blob_len = f->blob.len,
                                    .name = "192.0.2.1",
                                    .host = "192.0.2.1",
                                    .port = 22,
                                    .server = "SSH-2.0-A" };
}

static void see(struct fixture *f)
{
    const struct machines_sight sight = sight_of(f);

    memory_see(f->memory, &sight, MACHINES_SEEN);
}

static void log_in(struct fixture *f, struct memory *m, const char *user)
{
    const struct machines_sight sight = sight_of(f);

    memory_logged_in(m, &sight, user, &(struct machines_way){ .file = NULL });
}

static bool file_has(const struct fixture *f, const char *text)
{
    char *all = read_back(f->machines);
    bool has = strstr(all, text) != NULL;

    mem_free(all);
    return has;
}

static void check_visit(void)
{
    struct fixture f;

    set_up(&f, KEY_A);
    begin(&f);
    memory_leave(f.memory);
    ok(!file_exists(f.machines), "nobody was visited");
    log_in(&f, f.memory, "me");
    ok(file_has(&f, " 2026-11-25T09:12:44Z 2026-11-25T09:12:44Z\n"),
       "a login is written at once");
    now += 59;
    memory_leave(f.memory);
    ok(!file_has(&f, "09:13:43Z"), "the end of a short visit is no news");
    now += 1;
    memory_leave(f.memory);
    ok(file_has(&f, " 2026-11-25T09:12:44Z 2026-11-25T09:13:44Z\n"),
       "that of a longer one is written");
    ok(file_has(&f, "login me 1 2026-11-25T09:12:44Z\n"),
       "and is no other login");
    is_str(buf_str(&f.notes.text), "", "there is nothing to tell");
    tear_down(&f);
}

static void check_user(void)
{
    struct fixture f;
    uint8_t other = 0;

    set_up(&f, KEY_A);
    begin(&f);
    ok(memory_login(f.memory, f.blob.data, f.blob.len) == NULL,
       "nobody has logged in yet");
    log_in(&f, f.memory, "root");
    now++;
    log_in(&f, f.memory, "ubuntu");
    is_str(memory_login(f.memory, f.blob.data, f.blob.len)->user, "ubuntu",
           "the name that worked last");
    ok(memory_login(f.memory, &other, 1) == NULL, "is that of one machine");
    now++;
    log_in(&f, f.memory, "-oops");
    ok(memory_login(f.memory, f.blob.data, f.blob.len) == NULL,
       "what cannot be a name is none, whoever wrote it");
    tear_down(&f);
}

/* known_hosts, RememberMachines, and whether anything is remembered */
static const struct {
    const char *known_hosts;
    bool remember, written;
} switches[] = {
    { NULL, true, true },
    { NULL, false, false },
    { "/tmp/x", true, true },
    { "/dev/null", true, false },
    { "/dev/null\n/tmp/x", true, false },
    { "/dev/nullx", true, true },
    { "/tmp/x\n/dev/null", true, true },
};

static void check_switch(size_t i)
{
    struct fixture f;

    set_up(&f, KEY_A);
    mem_free(f.opt.user_known_hosts);
    f.opt.user_known_hosts = switches[i].known_hosts != NULL
                                 ? mem_strdup(switches[i].known_hosts)
                                 : NULL;
    f.opt.remember_machines = switches[i].remember;
    begin(&f);
    see(&f);
    ok(file_exists(f.machines) == switches[i].written, "%s, %d",
       switches[i].known_hosts != NULL ? switches[i].known_hosts : "(default)",
       switches[i].remember);
    tear_down(&f);
}

static void check_unwritable(void)
{
    const char *first;
    struct fixture f;

    set_up(&f, KEY_A);
    setenv("XDG_STATE_HOME", "/dev/null", 1);
    begin(&f);
    see(&f);
    log_in(&f, f.memory, "me");
    first = strstr(buf_str(&f.notes.text), "is not remembered: /dev/null");
    ok(first != NULL && strstr(first + 1, "is not remembered") == NULL,
       "what cannot be written is told once");
    tear_down(&f);
}

/* What another program wrote meanwhile stays. */
static void check_two(void)
{
    struct memory *other;
    struct fixture f;

    set_up(&f, KEY_A);
    begin(&f);
    other = memory_new(&f.opt, &f.notes);
    log_in(&f, other, "one");
    log_in(&f, f.memory, "two");
    log_in(&f, other, "one");
    memory_free(other);
    ok(file_has(&f, "login one 2 ") && file_has(&f, "login two 1 "),
       "two programs lose nothing of each other's");
    tear_down(&f);
}

int main(void)
{
    size_t i;

    check_visit();
    check_user();
    for (i = 0; i < sizeof switches / sizeof *switches; i++)
        check_switch(i);
    check_two();
    check_unwritable();
    return tap_done();
}
