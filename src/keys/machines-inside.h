/* machines-inside.h - the collection, for the machines*.c files. */
#ifndef KEYS_MACHINES_INSIDE_H
#define KEYS_MACHINES_INSIDE_H

#include "keys/machines.h"

/* Of one machine: of its keys, its addresses and its logins. */
#define MACHINE_LIST_MAX 64

struct machines {
    struct machine *all;
    size_t len, cap;
    char *others; /* comments before the first machine; or NULL */
    char **notes;
    size_t notes_len;
};

/* The name of a machine whose own is damaged. */
extern const char machines_nameless[];

/* At the end of the collection; name is the machine's from now on. */
struct machine *machines_add(struct machines *ms, char *name);
void machine_release(struct machine *m);

/* The next place of one of its lists, cleared; the list may not be full. */
struct machine_key *machine_add_key(struct machine *m);
struct machine_address *machine_add_address(struct machine *m);
struct machine_login *machine_add_login(struct machine *m);

#endif
