#include "sys/guard.h"

#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#ifdef PR_SET_DUMPABLE
static void set_undumpable(void)
{
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* it cannot fail for 0 */
}
#else
static void set_undumpable(void)
{
}
#endif

void guard_memory(void)
{
    const struct rlimit none = { 0, 0 };

    (void)setrlimit(RLIMIT_CORE, &none);
    set_undumpable();
}
