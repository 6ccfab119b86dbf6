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

/* Write all of it, waiting as long as it takes; false with errno set. */
bool fd_write_all(int fd, const void *p, size_t n);

#endif
