/* fuzz-options.c - config: any words as a command line. */
#include <assert.h>
#include <string.h>
#include "base/err.h"
#include "base/mem.h"
#include "config/options.h"

#define WORDS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Words are ended by NUL bytes; what follows the last is a word too. */
static int split(char *text, size_t size, char *argv[WORDS_MAX + 1])
{
    size_t at = 0;
    int n = 0;

    while (at < size && n < WORDS_MAX) {
        argv[n++] = text + at;
        at += strlen(text + at) + 1;
    }
    argv[n] = NULL;
    return n;
}

/* What the program is told to do must be safe to do. */
static void check(const struct options *opt)
{
    if (opt->mode < RUN_SETUP)
        assert(opt->host != NULL);
    if (opt->host != NULL)
        assert(opt->host[0] != '\0' && opt->host[0] != '-');
    if (opt->user != NULL)
        assert(opt->user[0] != '\0' && opt->user[0] != '-');
    assert(opt->port >= 1 && opt->port <= 65535);
    assert(opt->identities <= OPTIONS_MAX_IDENTITIES);
    assert(opt->certificates <= OPTIONS_MAX_IDENTITIES);
    assert(opt->envs <= OPTIONS_MAX_ENV);
    assert(opt->terminal_type != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = mem_alloc(size + 1), *argv[WORDS_MAX + 1];
    struct options opt;
    struct err err;
    int argc;

    if (size != 0)
        memcpy(text, data, size);
    argc = split(text, size, argv);
    options_init(&opt);
    err_clear(&err);
    if (options_argv(&opt, argc, argv, &err))
        check(&opt);
    else
        assert(err.code == ERR_USAGE && err.msg[0] != '\0');
    options_free(&opt);
    mem_free(text);
    return 0;
}
