#include "ssh/aside.h"

#include <assert.h>
#include <stdint.h>
#include <ucontext.h>
#include "base/mem.h"

/* A rekey with every algorithm of libcrypto has room in it.  Pages that are
 * never touched cost nothing. */
#define STACK_SIZE ((size_t)1024 * 1024)

struct ssh_aside {
    ucontext_t caller, own;
    int (*run)(void *context);
    void *context;
    int result;
    bool returned;
    char *stack;
};

/* makecontext() passes ints, so the pointer comes in two halves. */
static void enter(unsigned high, unsigned low)
{
    struct ssh_aside *a =
        (struct ssh_aside *)(uintptr_t)((uint64_t)high << 32 | low);

    a->result = a->run(a->context);
    a->returned = true;
}

struct ssh_aside *ssh_aside_new(int (*run)(void *context), void *context)
{
    struct ssh_aside *a = mem_alloc(sizeof *a);
    uint64_t self = (uintptr_t)a;

    a->run = run;
    a->context = context;
    a->stack = mem_alloc(STACK_SIZE);
    getcontext(&a->own);
    a->own.uc_stack.ss_sp = a->stack;
    a->own.uc_stack.ss_size = STACK_SIZE;
    a->own.uc_link = &a->caller;
    makecontext(&a->own, (void (*)(void))enter, 2, (unsigned)(self >> 32),
                (unsigned)(self & UINT32_MAX));
    return a;
}

void ssh_aside_free(struct ssh_aside *a)
{
    if (a == NULL)
        return;
    mem_wipe(a->stack, STACK_SIZE);
    mem_free(a->stack);
    mem_free(a);
}

bool ssh_aside_resume(struct ssh_aside *a, int *result)
{
    assert(!a->returned);
    swapcontext(&a->caller, &a->own);
    *result = a->result;
    return a->returned;
}

void ssh_aside_hold(struct ssh_aside *a)
{
    swapcontext(&a->own, &a->caller);
}
