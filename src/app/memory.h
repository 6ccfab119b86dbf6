/*
 * memory.h - the machines that were met, as $XDG_STATE_HOME/vmconnect/machines
 * has them (keys/machines.h).
 *
 * Known_hosts says what is trusted; this says what else is known of whoever has
 * a key.  It is neither read nor written with RememberMachines=no, nor where
 * the user's known_hosts is /dev/null: then nothing shall be remembered.
 */
#ifndef APP_MEMORY_H
#define APP_MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include "keys/machines.h"

struct memory;
struct notes;
struct options;

/* Reads the file; what is wrong with it is noted.  notes outlives it. */
struct memory *memory_new(const struct options *opt, struct notes *notes);
/* NULL is allowed. */
void memory_free(struct memory *m);

/* Never NULL; borrowed until the next change. */
const struct machines *memory_machines(const struct memory *m);

/*
 * The login that worked last on the machine with this host key, if its name
 * can be one; NULL: none.  Borrowed likewise.  Only a key that the server has
 * proved may be asked for.
 */
const struct machine_login *memory_login(const struct memory *m,
                                         const uint8_t *blob, size_t len);

/*
 * Write what was met, now (sight's own time is not looked at), behind what
 * other programs may have written meanwhile: the server was accepted; or a
 * login as user worked, in this way.  That it could
 * not be written is noted, and then no more is tried.
 */
void memory_see(struct memory *m, const struct machines_sight *sight,
                enum machines_change change);
void memory_logged_in(struct memory *m, const struct machines_sight *sight,
                      const char *user, const struct machines_way *way);
/* The session of the last login is over: until now the machine was seen. */
void memory_leave(struct memory *m);

#endif
