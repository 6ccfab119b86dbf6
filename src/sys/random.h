/* random.h - unpredictable bytes from the system. */
#ifndef SYS_RANDOM_H
#define SYS_RANDOM_H

#include <stddef.h>

/* Fill p; ends the program if the system has none to give. */
void random_fill(void *p, size_t n);

#endif
