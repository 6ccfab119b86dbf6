/* The file of machines: when it is written, and what is asked of it.  The
 * clock is ours. */
#include "app/memory.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "app/notes.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/mem.h"
#include "config/options.h"
#include "sys/file.h"
#include "../tap.h"
#include "files.h"
#include "host-keys.h"

static time_t now = 1795597964; /* 2026-11-25T09:12:44Z */

time_t time(time_t *out)
{
    if (out != NULL)
        *out = now;
    return now;
}

struct fixture {
    char dir[64], file[128];
    struct options opt;
    struct notes notes;
    struct memory *memory;
    struct buf blob;
    struct machines_sight sight;
};

static void set_up(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    strcpy(f->dir, "/tmp/vmconnect-memory-XXXXXX");
    if (mkdtemp(f->dir) == NULL)
        abort();
    snprintf(f->file, sizeof f->file, "%s/vmconnect/machines", f->dir);
    setenv("XDG_STATE_HOME", f->dir, 1);
    options_init(&f->opt);
    notes_init(&f->notes, NOTE_NORMAL);
    base64_decode(&f->blob, KEY_A, strlen(KEY_A));
    f->sight = (struct machines_sight){ .blob = f->blob.data,
                                        .blob_len = f->blob.len,
                                        .name = "192.0.2.1",
                                        .host = "192.0.2.1",
                                        .port = 22,
                                        .server = "SSH-2.0-A" };
}

static void tear_down(struct fixture *f)
{
    memory_free(f->memory);
    options_free(&f->opt);
    notes_free(&f->notes);
    buf_free(&f->blob);
    unlink(f->file);
    strcat(f->file, ".lock");
    unlink(f->file);
    *strrchr(f->file, '/') = '\0';
    rmdir(f->file);
    ok(rmdir(f->dir) == 0, "  nothing else is left");
}

static bool file_has(const struct fixture *f, const char *text)
{
    char *all = read_back(f->file);
    bool has = strstr(all, text) != NULL;

    mem_free(all);
    return has;
}

static void check_visit(void)
{
    struct fixture f;

    set_up(&f);
    f.memory = memory_new(&f.opt, &f.notes);
    memory_leave(f.memory);
    ok(!file_exists(f.file), "nobody was visited");
    memory_logged_in(f.memory, &f.sight, "me", NULL);
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

    set_up(&f);
    f.memory = memory_new(&f.opt, &f.notes);
    ok(memory_login(f.memory, f.blob.data, f.blob.len) == NULL,
       "nobody has logged in yet");
    memory_logged_in(f.memory, &f.sight, "root", NULL);
    now++;
    memory_logged_in(f.memory, &f.sight, "ubuntu", NULL);
    is_str(memory_login(f.memory, f.blob.data, f.blob.len)->user, "ubuntu",
           "the name that worked last");
    ok(memory_login(f.memory, &other, 1) == NULL, "is that of one machine");
    now++;
    memory_logged_in(f.memory, &f.sight, "-oops", NULL);
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

    set_up(&f);
    if (switches[i].known_hosts != NULL)
        f.opt.user_known_hosts = mem_strdup(switches[i].known_hosts);
    f.opt.remember_machines = switches[i].remember;
    f.memory = memory_new(&f.opt, &f.notes);
    memory_see(f.memory, &f.sight, MACHINES_SEEN);
    ok(file_exists(f.file) == switches[i].written, "%s, %d",
       switches[i].known_hosts != NULL ? switches[i].known_hosts : "(default)",
       switches[i].remember);
    tear_down(&f);
}

static void check_unwritable(void)
{
    const char *first;
    struct fixture f;

    set_up(&f);
    setenv("XDG_STATE_HOME", "/dev/null", 1);
    f.memory = memory_new(&f.opt, &f.notes);
    memory_see(f.memory, &f.sight, MACHINES_SEEN);
    memory_logged_in(f.memory, &f.sight, "me", NULL);
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

    set_up(&f);
    f.memory = memory_new(&f.opt, &f.notes);
    other = memory_new(&f.opt, &f.notes);
    memory_logged_in(other, &f.sight, "one", NULL);
    memory_logged_in(f.memory, &f.sight, "two", NULL);
    memory_logged_in(other, &f.sight, "one", NULL);
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
