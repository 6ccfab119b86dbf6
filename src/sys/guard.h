/* guard.h - a process that holds secrets, shut against its neighbours. */
#ifndef SYS_GUARD_H
#define SYS_GUARD_H

/*
 * From now on no core of this process is written, also not by what the system
 * pipes cores into, and (Linux) no other process of the user may read its
 * memory.  For good; children of fork() inherit it, exec() ends it.
 */
void guard_memory(void);

#endif
