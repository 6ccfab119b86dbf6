/*
 * doctor.h - the front of --doctor: it shows the ladder that the connection
 * climbs, climbs its last rungs, and tells what is wrong.
 *
 * Where there is a shell, one command is run in it, which reads only.
 */
#ifndef APP_DOCTOR_H
#define APP_DOCTOR_H

#include <stdbool.h>
#include "app/diagnosis.h"

struct buf;
struct err;
struct front;
struct ladder;
struct options;

/* The command to open the session with. */
extern const char doctor_command[];

/* ladder outlives it. */
struct front *doctor_front_new(const struct options *opt,
                               struct ladder *ladder);

/*
 * The connection has ended: append what is left to say.  fault and err are
 * those of a connection that failed; ERR_NONE: it did not.  Returns whether
 * no rung is broken.
 */
bool doctor_report(struct front *f, enum fault fault, const struct err *err,
                   const struct diagnosis_names *names, struct buf *out);

/* Append the report for programs of a command line that cannot be followed. */
void doctor_put_refusal(const struct options *opt, const struct err *err,
                        struct buf *out);

#endif
