#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The one mutable global of this floor: there is only one memory. */
static void (*exhausted_hook)(void);

void mem_exhausted(void)
{
    void (*hook)(void) = exhausted_hook;

    /* It may need memory itself: then it must not run again. */
    exhausted_hook = NULL;
    if (hook != NULL)
        hook();
    (void)fputs("out of memory\n", stderr);
    exit(255);
}

void mem_on_exhausted(void (*fn)(void))
{
    exhausted_hook = fn;
}

void *mem_array(size_t count, size_t size)
{
    void *p;

    if (size != 0 && count > SIZE_MAX / size)
        mem_exhausted();
    p = calloc(count != 0 ? count : 1, size != 0 ? size : 1);
    if (p == NULL)
        mem_exhausted();
    return p;
}

void *mem_alloc(size_t n)
{
    return mem_array(1, n);
}

void *mem_resize(void *p, size_t count, size_t size)
{
    size_t n;

    if (size != 0 && count > SIZE_MAX / size)
        mem_exhausted();
    n = count * size;
    p = realloc(p, n != 0 ? n : 1);
    if (p == NULL)
        mem_exhausted();
    return p;
}

void *mem_dup(const void *p, size_t n)
{
    void *copy = mem_alloc(n);

    if (n != 0)
        memcpy(copy, p, n);
    return copy;
}

char *mem_strndup(const char *s, size_t n)
{
    size_t len = strnlen(s, n);
    char *copy = mem_alloc(len + 1);

    memcpy(copy, s, len);
    return copy;
}

char *mem_strdup(const char *s)
{
    return mem_strndup(s, strlen(s));
}

void mem_free(void *p)
{
    free(p);
}

/* Called through a volatile pointer, which no compiler may see through. */
static void *(*const volatile fill)(void *, int, size_t) = memset;

void mem_wipe(void *p, size_t n)
{
    if (n != 0)
        fill(p, 0, n);
}

bool mem_equal_ct(const void *a, const void *b, size_t n)
{
    const volatile unsigned char *x = a, *y = b;
    unsigned diff = 0;
    size_t i;

    for (i = 0; i < n; i++)
        diff |= (unsigned)(x[i] ^ y[i]);
    return diff == 0;
}
