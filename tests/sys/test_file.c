/* test_file.c - files are read within bounds and written whole or not. */
#include "../tap.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "sys/file.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define ROOM     1000
#define NOBODY   65534 /* a user with no rights */

/* ---- a directory of our own, which is the working directory ---- */

static char home[PATH_MAX];

static void enter_directory(void)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(home, sizeof home, "%s/file-test.XXXXXX",
             tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(home) == NULL || chdir(home) == -1) {
        printf("Bail out! no temporary directory: %s\n", strerror(errno));
        exit(99);
    }
}

static unsigned count_entries(void)
{
    DIR *dir = opendir(".");
    unsigned n = 0;

    while (readdir(dir) != NULL)
        n++;
    closedir(dir);
    return n - 2;
}

static void put(const char *path, const char *text, mode_t mode)
{
    size_t n = strlen(text);
    int fd;

    unlink(path); /* the one before may be read-only */
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (fd == -1 || write(fd, text, n) != (ssize_t)n ||
        fchmod(fd, mode) == -1) {
        printf("Bail out! %s: %s\n", path, strerror(errno));
        exit(99);
    }
    close(fd);
}

/* Compare by plain calls, not by the ones under test. */
static void is_file(const char *path, const char *want, const char *name)
{
    char got[ROOM] = "";
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, got, sizeof got - 1);

    close(fd);
    is_str(n == -1 ? NULL : got, want, name);
}

static unsigned mode_of(const char *path)
{
    struct stat st;

    return lstat(path, &st) == -1 ? 0 : (unsigned)st.st_mode & 07777;
}

static bool has(const struct err *err, enum err_code code, const char *text,
                const char *name)
{
    bool pass = err->code == code && strstr(err->msg, text) != NULL;

    if (!ok(pass, "%s", name))
        diag("got %d: %s", (int)err->code, err->msg);
    return pass;
}

/* ---- reading ---- */

static void test_read(void)
{
    struct buf out = { 0 };
    struct err err;

    put("a", "one\ntwo", 0644);
    buf_put_str(&out, "<");
    ok(file_read("a", 7, &out, &err), "a file of just the limit");
    is_str(buf_str(&out), "<one\ntwo", "is appended");
    ok(!file_read("a", 6, &out, &err), "one byte less");
    has(&err, ERR_LIMIT, "a: is larger than 6 bytes", "is too little");
    is_str(buf_str(&out), "<one\ntwo", "and nothing is appended");
    ok(!file_read("none", 9, &out, &err), "no file");
    has(&err, ERR_NOT_FOUND, "none: no such file", "is told apart");
    ok(!file_read("a/b", 9, &out, &err), "a file as a directory");
    has(&err, ERR_NOT_FOUND, "a/b: no such file", "holds none");
    ok(!file_read(".", 9, &out, &err), "a directory");
    has(&err, ERR_FORMAT, "is a directory", "is no file");
    mkfifo("fifo", 0600);
    ok(!file_read("fifo", 9, &out, &err), "a FIFO does not hold us up");
    has(&err, ERR_FORMAT, "not a regular file", "and is no file");
    ok(file_read("/dev/null", 0, &out, &err), "/dev/null is an empty file");
    ok(!file_read("/dev/zero", 9, &out, &err), "/dev/zero is none");
    is_str(buf_str(&out), "<one\ntwo", "nothing of it all is appended");
    put("empty", "", 0600);
    ok(file_read("empty", 0, &out, &err), "an empty file");
    unlink("fifo");
    unlink("empty");
    unlink("a");
    buf_free(&out);
}

/* As root, who may read anything, this is tried as another user. */
static bool reads_its_own(struct err *err)
{
    struct buf out = { 0 };
    bool root = getuid() == 0, got;

    if (root && (chmod(home, 0711) == -1 || chown("a", NOBODY, NOBODY) == -1 ||
                 seteuid(NOBODY) == -1))
        return true;
    got = file_read("a", ROOM, &out, err);
    if (root && seteuid(0) == -1)
        exit(99);
    buf_free(&out);
    return got;
}

static void test_unreadable(void)
{
    struct err err;

    put("a", "mine", 0000);
    ok(!reads_its_own(&err), "a file that its owner may not read");
    has(&err, ERR_SYSTEM,
        "a: it is yours, but its mode (0000) does not let you read it; run: "
        "chmod 600 a",
        "has a remedy");
    unlink("a");
}

static void test_large(void)
{
    const size_t size = 100000;
    char *data = mem_alloc(size);
    struct buf out = { 0 };
    struct err err;
    size_t i;

    for (i = 0; i < size; i++)
        data[i] = (char)(i * 7);
    ok(file_replace("large", data, size, &err), "100,000 bytes written");
    ok(file_read("large", size, &out, &err) && out.len == size &&
           memcmp(out.data, data, size) == 0,
       "and read again, NUL bytes too");
    unlink("large");
    buf_free(&out);
    mem_free(data);
}

/* ---- private keys ---- */

static void test_private(void)
{
    static const struct {
        mode_t mode;
        const char *refused; /* a part of the sentence */
    } cases[] = {
        { 0600, NULL },
        { 0400, NULL },
        { 0700, NULL },
        { 0644, "key: other users can read this private key (mode 0644); "
                "run: chmod 600 key" },
        { 0640, "can read this private key (mode 0640)" },
        { 0620, "can change this private key (mode 0620)" },
        { 0602, "can change this private key (mode 0602)" },
        { 0660, "can read and change this private key (mode 0660)" },
        { 0642, "can read and change this private key (mode 0642)" },
        { 0610, "can execute this private key (mode 0610)" },
    };
    struct err exposed, err;
    struct secret *s;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        put("key", "secret\n", cases[i].mode);
        s = file_read_private("key", ROOM, &exposed, &err);
        is_str(s != NULL ? (const char *)s->data : NULL, "secret\n",
               "a key is read whatever its mode");
        if (cases[i].refused == NULL)
            ok(exposed.code == ERR_NONE, "mode %04o is private",
               (unsigned)cases[i].mode);
        else
            has(&exposed, ERR_PERMISSION, cases[i].refused, "is told");
        secret_free(s);
    }
    ok(file_make_private("key", &err), "made private");
    is_num(mode_of("key"), 0600, "its mode");
    s = file_read_private("key", 7, &exposed, &err);
    ok(s != NULL && s->len == 7, "a key of just the limit");
    secret_free(s);
    ok(file_read_private("key", 6, &exposed, &err) == NULL, "one byte less");
    has(&err, ERR_LIMIT, "larger than 6 bytes", "is too little");
    unlink("key");
    ok(file_read_private("key", 6, &exposed, &err) == NULL, "no key");
    has(&err, ERR_NOT_FOUND, "key: no such file", "is told apart");
    ok(!file_make_private("key", &err), "and cannot be made private");
    has(&err, ERR_SYSTEM, "key: cannot change its mode: No such", "so it says");
}

/* A link to a key: the key's mode counts, and it is the key that is mended. */
static void test_private_link(void)
{
    struct err exposed, err;
    struct secret *s;

    put("key", "k", 0644);
    ok(symlink("key", "link") == 0, "a link to a key");
    s = file_read_private("link", ROOM, &exposed, &err);
    ok(exposed.code == ERR_PERMISSION, "the key's mode counts");
    secret_free(s);
    ok(file_make_private("link", &err) && mode_of("key") == 0600,
       "the key is mended");
    s = file_read_private("link", ROOM, &exposed, &err);
    ok(s != NULL && exposed.code == ERR_NONE, "and read");
    secret_free(s);
    unlink("link");
    unlink("key");
}

/* ---- appending ---- */

static void test_append_new(void)
{
    mode_t old = umask(0);
    struct err err;

    ok(file_append_line("dir/hosts", "a\n", 2, NULL, NULL, &err),
       "all is missing");
    umask(old);
    is_num(mode_of("dir"), 0700, "the directory's mode");
    is_num(mode_of("dir/hosts"), 0600, "the file's mode");
    ok(file_append_line("dir/hosts", "b\n", 2, NULL, NULL, &err),
       "a second line");
    is_file("dir/hosts", "a\nb\n", "both are there");
    ok(!file_append_line("no/such/hosts", "a\n", 2, NULL, NULL, &err),
       "too much missing");
    has(&err, ERR_SYSTEM, "no/such: cannot make this directory", "so it says");
    ok(!file_append_line("dir/hosts/x", "a\n", 2, NULL, NULL, &err),
       "a file in a file");
    unlink("dir/hosts");
    rmdir("dir");
}

static void test_append_keeps(void)
{
    static const struct {
        const char *name, *before, *after;
    } cases[] = {
        { "an empty file", "", "new\n" },
        { "a whole line", "old\n", "old\nnew\n" },
        { "a line without its end", "old", "old\nnew\n" },
        { "CR LF", "# x\r\nold\r\n", "# x\r\nold\r\nnew\n" },
        { "blank lines", "\n\n", "\n\nnew\n" },
    };
    struct err err;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        put("hosts", cases[i].before, 0644);
        ok(file_append_line("hosts", "new\n", 4, NULL, NULL, &err), "%s",
           cases[i].name);
        is_file("hosts", cases[i].after, "every byte is kept");
        is_num(mode_of("hosts"), 0644, "and the mode");
    }
    ok(symlink("hosts", "link") == 0 &&
           file_append_line("link", "more\n", 5, NULL, NULL, &err),
       "through a link");
    is_file("hosts", "\n\nnew\nmore\n", "the file has it");
    ok(file_append_line("/dev/null", "x\n", 2, NULL, NULL, &err),
       "/dev/null takes all");
    unlink("link");
    unlink("hosts");
}

static bool has_line(const void *text, size_t len, const void *context)
{
    const char *line = context;
    struct buf b = { 0 };
    bool has;

    buf_put(&b, text, len);
    has = strstr(buf_str(&b), line) != NULL;
    buf_free(&b);
    return has;
}

static bool append_once(const char *line)
{
    struct err err;

    return file_append_line("hosts", line, strlen(line), has_line, line, &err);
}

/* While the file is looked at, another program appends the same: it has to wait
 * (nobody can see that it does, so for a moment it is given time). */
static bool lets_another_try(const void *text, size_t len, const void *context)
{
    struct pollfd over = { .events = POLLIN };
    int fds[2];

    if (pipe(fds) == -1)
        exit(99);
    if (fork() == 0)
        _exit(append_once(context) ? 0 : 1);
    close(fds[1]);
    over.fd = fds[0];
    poll(&over, 1, 50);
    close(fds[0]);
    return has_line(text, len, context);
}

static void test_append_once(void)
{
    struct err err;
    int status;

    put("hosts", "old\n", 0600);
    ok(append_once("old\n"), "a line that is there");
    is_file("hosts", "old\n", "is not written again");
    ok(file_append_line("hosts", "new\n", 4, lets_another_try, "new\n", &err),
       "two programs append the same at once");
    ok(wait(&status) != -1 && status == 0, "and both are content");
    is_file("hosts", "old\nnew\n", "it is there once");
    unlink("hosts");
}

/* As file_edit() does: another file comes to the place while it is held. */
static void test_append_moved(void)
{
    struct err err;
    int lock, status;

    put("hosts", "old\n", 0600);
    put("new", "edited\n", 0600);
    lock = file_lock("hosts", 1000, &err);
    if (fork() == 0)
        _exit(append_once("more\n") ? 0 : 1);
    poll(NULL, 0, 50); /* nobody can see that it waits */
    ok(rename("new", "hosts") == 0, "a file is replaced while it is held");
    file_unlock(lock);
    ok(wait(&status) != -1 && status == 0, "who waited to append is content");
    is_file("hosts", "edited\nmore\n", "and the line is in the new one");
    unlink("hosts");
}

/* The file may grow to this size and no further. */
static void limit_size(rlim_t size)
{
    struct rlimit now;

    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &now);
    now.rlim_cur = size;
    setrlimit(RLIMIT_FSIZE, &now);
}

static void test_append_full(void)
{
    static const char *const before[] = { "old\n", "old" };
    struct err err;
    bool done;
    size_t i;

    for (i = 0; i < COUNT(before); i++) {
        put("hosts", before[i], 0600);
        limit_size(6); /* two or three bytes fit, the line does not */
        done = file_append_line("hosts", "a long line\n", 12, NULL, NULL, &err);
        limit_size(RLIM_INFINITY);
        ok(!done, "no room for a line");
        has(&err, ERR_SYSTEM, "hosts: cannot add a line; the file is as it was",
            "so it says");
        is_file("hosts", before[i], "and so it is");
    }
    limit_size(3);
    done = file_append_line("hosts", "b\n", 2, NULL, NULL, &err);
    limit_size(RLIM_INFINITY);
    ok(!done, "no room at all");
    is_file("hosts", "old", "the file is as it was");
    unlink("hosts");
    ok(!file_append_line("/dev/full", "x\n", 2, NULL, NULL, &err), "/dev/full");
    has(&err, ERR_FORMAT, "not a regular file", "is no file");
    mkfifo("fifo", 0600);
    ok(!file_append_line("fifo", "x\n", 2, NULL, NULL, &err), "a FIFO");
    has(&err, ERR_FORMAT, "fifo: is not a regular file", "keeps nothing");
    unlink("fifo");
}

/* ---- replacing ---- */

static void test_replace(void)
{
    struct err err;

    ok(file_replace("f", "one", 3, &err), "a new file");
    is_num(mode_of("f"), 0600, "is private");
    is_file("f", "one", "and has its text");
    chmod("f", 0644);
    ok(file_replace("f", "two!", 4, &err), "again");
    is_num(mode_of("f"), 0644, "the mode stays");
    is_file("f", "two!", "the text is new");
    ok(symlink("f", "link") == 0 && symlink("link", "link2") == 0 &&
           file_replace("link2", "three", 5, &err),
       "through two links");
    is_file("f", "three", "the file is replaced");
    ok(readlink("link2", (char[8]){ 0 }, 8) == 4, "and the link is a link");
    ok(file_replace("f", "", 0, &err), "by nothing");
    is_file("f", "", "it is empty");
    is_num(count_entries(), 3, "nothing else is left");
    unlink("link2");
    unlink("link");
    unlink("f");
}

static void test_replace_fails(void)
{
    struct err err;
    bool done;

    put("f", "old", 0640);
    limit_size(5);
    done = file_replace("f", "much longer", 11, &err);
    limit_size(RLIM_INFINITY);
    ok(!done, "no room");
    has(&err, ERR_SYSTEM, "f: cannot be replaced; it is as it was", "it says");
    is_file("f", "old", "and so it is");
    is_num(mode_of("f"), 0640, "with its mode");
    is_num(count_entries(), 1, "nothing else is left");
    ok(symlink("nowhere", "link") == 0 && !file_replace("link", "x", 1, &err),
       "a link to nowhere");
    has(&err, ERR_SYSTEM, "link: cannot be replaced", "is told");
    unlink("link");
    mkdir("dir", 0700);
    ok(!file_replace("dir", "x", 1, &err), "a directory");
    has(&err, ERR_SYSTEM, "Is a directory", "is none to replace");
    ok(!file_replace("no/f", "x", 1, &err), "a directory that is missing");
    is_num(count_entries(), 2, "nothing else is left");
    rmdir("dir");
    unlink("f");
}

/* ---- drafts ---- */

/* An editor beside which another program appends, so many times. */
struct beside {
    unsigned appends, calls;
};

static bool edit(struct buf *out, const void *text, size_t len, void *context)
{
    struct beside *b = context;
    struct err err;

    buf_put(out, "# ", 2);
    buf_put(out, text, len);
    if (b->calls++ < b->appends)
        file_append_line("f", "more\n", 5, NULL, NULL, &err);
    return true;
}

static bool leave(struct buf *out, const void *text, size_t len, void *context)
{
    (void)out;
    (void)text;
    (void)len;
    (void)context;
    return false;
}

static void test_edit(void)
{
    struct beside alone = { 0, 0 }, twice = { 2, 0 }, always = { ~0u, 0 };
    struct err err;

    put("f", "one\n", 0640);
    ok(file_edit("f", ROOM, edit, &alone, &err), "edited");
    is_file("f", "# one\n", "its new text");
    ok(file_edit("f", ROOM, edit, &twice, &err) && twice.calls == 3,
       "edited again when another program appends meanwhile");
    is_file("f", "# # one\nmore\nmore\n", "and nothing of that is lost");
    ok(file_edit("f", ROOM, leave, NULL, &err), "an edit that changes nothing");
    is_file("f", "# # one\nmore\nmore\n", "leaves it");
    put("f", "", 0640);
    ok(!file_edit("f", ROOM, edit, &always, &err) && always.calls > 2,
       "a program that never stops");
    has(&err, ERR_SYSTEM, "f: another program writes", "is told");
    ok(!file_edit("none", ROOM, edit, &alone, &err) &&
           err.code == ERR_NOT_FOUND && alone.calls == 1,
       "no file to edit");
    unlink("f");
}

static void test_draft(void)
{
    struct file_draft *one, *two;
    struct err err;

    one = file_draft("f", 0644, "one", 3, &err);
    ok(one != NULL && !file_exists("f"), "a draft is not in its place");
    ok(file_draft_place(one, false, &err), "then it is");
    file_draft_free(one);
    is_file("f", "one", "with its text");
    is_num(mode_of("f"), 0644, "and its mode");

    two = file_draft("f", 0600, "two", 3, &err);
    ok(two != NULL && !file_draft_place(two, false, &err),
       "not over another file");
    has(&err, ERR_SYSTEM, "f: cannot be replaced; it is as it was: File exists",
        "as is said");
    is_file("f", "one", "which stays");
    ok(file_draft_place(two, true, &err), "unless it is told to");
    file_draft_free(two);
    is_file("f", "two", "the text is new");
    is_num(mode_of("f"), 0600, "the mode too");

    file_draft_free(file_draft("f", 0600, "three", 5, &err));
    is_file("f", "two", "a draft that is given up leaves all as it was");
    is_num(count_entries(), 1, "and nothing behind");
    unlink("f");
}

static void test_draft_places(void)
{
    struct file_draft *d;
    struct err err;

    d = file_draft("new/f", 0600, "x", 1, &err);
    ok(d != NULL && mode_of("new") == 0700, "a missing directory is made");
    ok(file_draft_place(d, false, &err), "for the file");
    file_draft_free(d);
    ok(file_is_directory("new") && !file_is_directory("new/f") &&
           !file_is_directory("none"),
       "directories are told from files");
    ok(file_draft("new", 0600, "x", 1, &err) == NULL, "not over a directory");
    has(&err, ERR_SYSTEM, "Is a directory", "as is said");
    ok(file_draft("new/f/g", 0600, "x", 1, &err) == NULL, "not in a file");
    limit_size(5);
    d = file_draft("new/g", 0600, "much longer", 11, &err);
    limit_size(RLIM_INFINITY);
    ok(d == NULL, "no room");
    has(&err, ERR_SYSTEM, "new/g: cannot be written", "as is said");
    file_remove("new/f");
    ok(symlink("nowhere", "link") == 0 && file_exists("link"),
       "a link to nowhere is something");
    unlink("link");
    ok(rmdir("new") == 0, "nothing else is left");
}

/* ---- one writer at a time ---- */

static void test_directories(void)
{
    struct err err;

    ok(file_make_directories("a/b/c/file", &err), "all missing directories");
    ok(mode_of("a") == 0700 && mode_of("a/b/c") == 0700 &&
           !file_exists("a/b/c/file"),
       "are made, for nobody else");
    ok(file_make_directories("a/b/c/file", &err), "or none");
    put("a/f", "", 0600);
    ok(!file_make_directories("a/f/b/file", &err), "not in a file");
    has(&err, ERR_SYSTEM, "a/f/b: cannot make this directory", "as is said");
    unlink("a/f");
    ok(rmdir("a/b/c") == 0 && rmdir("a/b") == 0 && rmdir("a") == 0,
       "and nothing else");
}

static void test_lock(void)
{
    struct err err;
    int lock = file_lock("lock", 0, &err), again, status = -1;
    pid_t child;

    ok(lock != -1 && mode_of("lock") == 0600, "a lock");
    child = fork();
    if (child == 0)
        _exit(file_lock("lock", 20, &err) == -1 && err.code == ERR_TIMEOUT &&
                      strstr(err.msg, "lock: another program") != NULL
                  ? 0
                  : 1);
    ok(waitpid(child, &status, 0) == child && status == 0,
       "is one for other programs, and they say so");
    child = fork();
    if (child == 0)
        _exit(file_lock("lock", 20000, &err) != -1 ? 0 : 1);
    file_unlock(lock);
    ok(waitpid(child, &status, 0) == child && status == 0,
       "which get it when it is free");
    ok((again = file_lock("lock", 0, &err)) != -1, "as do we");
    file_unlock(again);
    ok(file_lock("none/lock", 0, &err) == -1, "where there is no directory");
    has(&err, ERR_SYSTEM, "none/lock: cannot open it", "there is no lock");
    unlink("lock");
}

int main(void)
{
    enter_directory();
    test_read();
    test_unreadable();
    test_large();
    test_private();
    test_private_link();
    test_append_new();
    test_append_keeps();
    test_append_once();
    test_append_moved();
    test_append_full();
    test_replace();
    test_replace_fails();
    test_edit();
    test_draft();
    test_draft_places();
    test_directories();
    test_lock();
    is_num(count_entries(), 0, "the directory is empty again");
    ok(chdir("/") == 0 && rmdir(home) == 0, "and goes");
    return tap_done();
}
