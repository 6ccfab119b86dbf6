#include "app/piped_key.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "base/err.h"
#include "base/secret.h"
#include "config/options.h"
#include "keys/keyfile.h"
#include "sys/file.h"

#define NAME "/dev/stdin" /* what it would be called by other programs */

static bool is_named(const struct options *opt)
{
    size_t i;

    for (i = 0; i < opt->identities; i++)
        if (strcmp(opt->identity[i], "-") == 0)
            return true;
    return false;
}

/* Standard input is the terminal from now on; false if there is none. */
static bool use_terminal(void)
{
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    bool used = fd != -1 && dup2(fd, STDIN_FILENO) != -1;

    if (fd != -1)
        close(fd);
    return used;
}

static bool go_on_without(const struct options *opt, struct err *err)
{
    bool shell = opt->command == NULL && !opt->no_command;
    bool wanted = shell || opt->tty == TTY_YES || opt->tty == TTY_FORCE;

    if (!wanted || use_terminal() || !shell)
        return true;
    return err_set(err, ERR_USAGE,
                   "-i -: the key came on standard input, so a shell has "
                   "nothing to read from but the terminal, and there is none; "
                   "give a command, or name the key's file");
}

bool piped_key_read(const struct options *opt, struct secret **key,
                    struct err *err)
{
    *key = NULL;
    if (!is_named(opt))
        return true;
    if (isatty(STDIN_FILENO))
        return err_set(err, ERR_USAGE,
                       "-i -: standard input is the terminal; send the key "
                       "through it: vmconnect -i - ... <KEY");
    *key = file_read_stream(STDIN_FILENO, NAME, KEYFILE_MAX, err);
    return *key != NULL && go_on_without(opt, err);
}
