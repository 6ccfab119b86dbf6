/* mem.c - memory: what runs out, what is wiped, what is compared. */
#include "base/mem.h"

#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include "child.h"
#include "../tap.h"

/* Longer than any object may be, also where half the addresses are to be had. */
#define HUGE (SIZE_MAX / 2 + 1)

/* AddressSanitizer asks: a request beyond its limits fails, as in libc. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void array_product(void)
{
    mem_free(mem_array(SIZE_MAX / 8 + 2, 8));
}

static void resize_product(void)
{
    mem_free(mem_resize(NULL, SIZE_MAX / 8 + 2, 8));
}

static void alloc_huge(void)
{
    mem_free(mem_alloc(HUGE));
}

static void resize_huge(void)
{
    mem_free(mem_resize(NULL, HUGE, 1));
}

static const struct {
    const char *name;
    void (*run)(void);
} exhaust_cases[] = {
    { "mem_array, product overflows", array_product },
    { "mem_resize, product overflows", resize_product },
    { "mem_alloc, more than there is", alloc_huge },
    { "mem_resize, more than there is", resize_huge },
    { "mem_exhausted", mem_exhausted },
};

static void hook(void)
{
    fputs("hook ran; ", stderr);
}

static void hungry_hook(void)
{
    hook();
    alloc_huge();
}

static void test_exhausted(void (*fn)(void), const char *want)
{
    struct child_end end;
    size_t i;

    mem_on_exhausted(fn);
    for (i = 0; i < sizeof exhaust_cases / sizeof *exhaust_cases; i++) {
        end = child_run(exhaust_cases[i].run);
        ok(WIFEXITED(end.status) && WEXITSTATUS(end.status) == 255,
           "%s: exit status 255", exhaust_cases[i].name);
        /* A sanitizer may have said something first. */
        ok(strstr(end.text, want) != NULL, "%s: says '%s'",
           exhaust_cases[i].name, want);
        if (fn == NULL)
            ok(strstr(end.text, "hook") == NULL, "%s: no hook runs",
               exhaust_cases[i].name);
    }
    mem_on_exhausted(NULL);
}

static bool all_zero(const unsigned char *p, size_t n)
{
    while (n != 0 && *p == 0) {
        p++;
        n--;
    }
    return n == 0;
}

static void test_alloc(void)
{
    unsigned char *p = mem_alloc(100);
    char *a = mem_alloc(0), *b = mem_array(0, 8), *c = mem_array(8, 0);

    ok(all_zero(p, 100), "mem_alloc gives zeros");
    ok(a != NULL && b != NULL && c != NULL && a != b && b != c,
       "empty blocks are unique");
    memset(p, 7, 100);
    p = mem_resize(p, 50, 4);
    ok(p[0] == 7 && p[99] == 7, "mem_resize keeps what was there");
    p = mem_resize(p, 0, 4);
    ok(p != NULL, "mem_resize to nothing gives a block");
    mem_free(p);
    mem_free(a);
    mem_free(b);
    mem_free(c);
    mem_free(NULL);
}

static void test_copies(void)
{
    static const char open[3] = { 'a', 'b', 'c' };
    char *s = mem_strdup("abc");
    unsigned char *p = mem_dup("a\0b", 3);

    is_str(s, "abc", "mem_strdup");
    ok(memcmp(p, "a\0b", 3) == 0, "mem_dup copies zeros too");
    mem_free(s);
    mem_free(p);
    s = mem_strndup("abc", 2);
    is_str(s, "ab", "mem_strndup cuts");
    mem_free(s);
    s = mem_strndup("abc", 9);
    is_str(s, "abc", "mem_strndup stops at the NUL");
    mem_free(s);
    s = mem_strndup(open, sizeof open);
    is_str(s, "abc", "mem_strndup needs no NUL");
    mem_free(s);
    p = mem_dup(NULL, 0);
    ok(p != NULL, "mem_dup of nothing gives a block");
    mem_free(p);
}

static void test_wipe(void)
{
    unsigned char p[16];

    memset(p, 0xaa, sizeof p);
    mem_wipe(p + 1, 14);
    ok(p[0] == 0xaa && p[15] == 0xaa && all_zero(p + 1, 14),
       "mem_wipe clears these bytes and no others");
    mem_wipe(p, 0);
    ok(p[0] == 0xaa, "mem_wipe of nothing");
}

static void test_equal(void)
{
    unsigned char a[32] = { 0 }, b[32] = { 0 };
    unsigned bit, wrong = 0;

    ok(mem_equal_ct(a, b, sizeof a), "equal bytes are equal");
    for (bit = 0; bit < 8 * sizeof a; bit++) {
        b[bit / 8] = (unsigned char)(1u << bit % 8);
        wrong += mem_equal_ct(a, b, sizeof a);
        b[bit / 8] = 0;
    }
    is_num(wrong, 0, "any single bit makes the difference");
    b[31] = 1;
    ok(mem_equal_ct(a, b, 31), "what follows is not compared");
    ok(mem_equal_ct(NULL, NULL, 0), "nothing equals nothing");
}

#define CAME_UPON 7

static void come_upon(int number)
{
    (void)number;
    _exit(CAME_UPON);
}

/* The first bytes differ, and the second pages cannot be read. */
static void compare_guarded(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *a = mmap(NULL, 4 * page, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (a == MAP_FAILED)
        return;
    a[0] = 1;
    mprotect(a + page, page, PROT_NONE);
    mprotect(a + 3 * page, page, PROT_NONE);
    signal(SIGSEGV, come_upon);
    signal(SIGBUS, come_upon);
    _exit(mem_equal_ct(a, a + 2 * page, 2 * page));
}

static void test_equal_looks_at_all(void)
{
    struct child_end end = child_run(compare_guarded);

    ok(WIFEXITED(end.status) && WEXITSTATUS(end.status) == CAME_UPON,
       "mem_equal_ct goes on behind a difference");
}

int main(void)
{
    test_alloc();
    test_copies();
    test_wipe();
    test_equal();
    test_equal_looks_at_all();
    test_exhausted(NULL, "out of memory\n");
    test_exhausted(hook, "hook ran; out of memory\n");
    test_exhausted(hungry_hook, "hook ran; ");
    return tap_done();
}
