/* commands.c - the table of commands. */
#include "keygen/keygen.h"

/* clang-format off */
const struct keygen_command keygen_commands[] = {
    { 'y', "public", NULL, "print the public half of FILE as one line",
      keygen_public },
    { '\0', NULL, NULL, NULL, NULL },
};
/* clang-format on */

enum keygen_status keygen_run(struct keygen *k, struct err *err)
{
    return k->command != NULL ? k->command->run(k, err) : keygen_make(k, err);
}
