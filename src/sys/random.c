#include "sys/random.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#define ENTROPY_MAX 256 /* the most that one getentropy() gives */

void random_fill(void *p, size_t n)
{
    uint8_t *at = p;
    size_t part;

    while (n != 0) {
        part = n < ENTROPY_MAX ? n : ENTROPY_MAX;
        if (getentropy(at, part) == -1) {
            perror("vmconnect: the system gives no random bytes");
            abort(); /* a crash handler gives the terminal back */
        }
        at += part;
        n -= part;
    }
}
