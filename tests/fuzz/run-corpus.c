/*
 * run-corpus.c - the main() of a fuzz target under "make check".
 *
 * Feeds the target every file named on the command line: whole, and cut off
 * at up to CUTS places, because the beginnings of well-formed input reach
 * what mutations rarely find.  Each input stands in a block of exactly its
 * size, so a sanitizer sees a read past its end.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX (1u << 20)
#define CUTS      64u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void feed(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size != 0 ? size : 1);

    if (copy == NULL) {
        perror("run-corpus");
        exit(2);
    }
    if (size != 0)
        memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void feed_cut(const uint8_t *data, size_t size)
{
    size_t step = size / CUTS + 1;
    size_t n;

    for (n = 0; n < size; n += step)
        feed(data, n);
    feed(data, size);
}

static int feed_file(const char *path)
{
    static uint8_t text[INPUT_MAX];
    FILE *f = fopen(path, "rb");
    size_t size;

    if (f == NULL) {
        perror(path);
        return 1;
    }
    size = fread(text, 1, sizeof text, f);
    if (ferror(f) != 0) {
        perror(path);
        fclose(f);
        return 1;
    }
    fclose(f);
    /* Named before it runs: the last name is the one that crashed. */
    printf("# %s\n", path);
    fflush(stdout);
    feed_cut(text, size);
    return 0;
}

int main(int argc, char *argv[])
{
    int bad = argc < 2;
    int i;

    if (bad)
        fputs("run-corpus: name the inputs\n", stderr);
    for (i = 1; i < argc; i++)
        bad |= feed_file(argv[i]);
    return bad ? 2 : 0;
}
