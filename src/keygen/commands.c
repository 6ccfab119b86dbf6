/* commands.c - the table of commands. */
#include "keygen/keygen.h"

#include "base/secret.h"
#include "keygen/source.h"

/* clang-format off */
const struct keygen_command keygen_commands[] = {
    { 'y', "public", NULL, "print the public half of FILE as one line",
      "-P --copy", true, keygen_public },
    { 'l', NULL, NULL, "show the fingerprints of the keys in FILE, any file",
      "-P -E -v", true, keygen_fingerprint },
    { 'p', NULL, NULL, "change or remove the passphrase of FILE",
      "-P -N", false, keygen_passphrase },
    { 'c', NULL, NULL, "change the comment of FILE",
      "-P -C", false, keygen_comment },
    { '\0', "convert", NULL, "write the key of FILE to OUT in another format",
      "-P -N -C -o --format", true, keygen_convert },
    { 'e', NULL, NULL, "print the public keys in FILE in the form of RFC 4716",
      "-P", true, keygen_export },
    { 'i', NULL, NULL, "print public keys of other forms as one line each",
      "-P", true, keygen_import },
    { '\0', "check", NULL, "judge a list of public keys, as a panel takes it",
      "--repair", true, keygen_check },
    { 'F', NULL, "HOST", "print the lines of known_hosts that name the host",
      "", false, keygen_find_host },
    { 'R', NULL, "HOST", "comment these lines out",
      "", false, keygen_remove_host },
    { '\0', NULL, NULL, NULL, NULL, false, NULL },
};

const struct keygen_command keygen_new_key = {
    '\0', NULL, NULL, NULL, "-t -b -C -N --format --copy", false, keygen_make
};
/* clang-format on */

enum keygen_status keygen_run(struct keygen *k, struct err *err)
{
    const struct keygen_command *command =
        k->command != NULL ? k->command : &keygen_new_key;
    enum keygen_status status = KEYGEN_ERROR;

    if (!command->reads || source_read_pipe(k, err))
        status = command->run(k, err);
    secret_free(k->piped);
    return status;
}
