/* fd.h - flags of descriptors, set the way every system has. */
#ifndef SYS_FD_H
#define SYS_FD_H

#include <stdbool.h>
#include <stddef.h>

/* Close-on-exec; false with errno set. */
bool fd_cloexec(int fd);

/* Close-on-exec and non-blocking; false with errno set. */
bool fd_prepare(int fd);

/* A pipe, both ends close-on-exec, the reading end (0) non-blocking. */
bool fd_pipe(int ends[2]);

/*
 * Give 0, 1 and 2 a /dev/null if they came closed.  Else the next descriptor
 * opened, a connection perhaps, would be one of them, and get what is printed.
 * False with errno set.
 */
bool fd_fill_standard(void);

/* Make 0 a /dev/null: nothing is read any more; false with errno set. */
bool fd_null_input(void);

/* Write all of it, waiting as long as it takes; false with errno set. */
bool fd_write_all(int fd, const void *p, size_t n);

#endif
