/* commands.c - the table of commands. */
#include "keygen/keygen.h"

#include "base/secret.h"
#include "keygen/source.h"

/* clang-format off */
const struct keygen_command keygen_commands[] = {
    { 'y', true, "public", NULL,
      "print the public half of FILE as one line",
      "-P --copy", keygen_public },
    { 'l', true, NULL, NULL,
      "show the fingerprints of the keys in FILE, any file",
      "-P -E -v", keygen_fingerprint },
    { 'p', false, NULL, NULL,
      "change or remove the passphrase of FILE",
      "-P -N", keygen_passphrase },
    { 'c', false, NULL, NULL,
      "change the comment of FILE",
      "-P -C", keygen_comment },
    { '\0', true, "convert", NULL,
      "write the key of FILE to OUT in another format",
      "-P -N -C -o --format", keygen_convert },
    { 'e', true, NULL, NULL,
      "print the public keys in FILE in the form of RFC 4716",
      "-P", keygen_export },
    { 'i', true, NULL, NULL,
      "print public keys of other forms as one line each",
      "-P", keygen_import },
    { '\0', true, "check", NULL,
      "judge a list of public keys, as a panel takes it",
      "--repair", keygen_check },
    { 'F', false, NULL, "HOST",
      "print the lines of known_hosts that name the host",
      "", keygen_find_host },
    { 'R', false, NULL, "HOST",
      "comment these lines out",
      "", keygen_remove_host },
    { '\0', false, NULL, NULL, NULL, NULL, NULL },
};

const struct keygen_command keygen_new_key = {
    '\0', false, NULL, NULL, NULL, "-t -b -C -N --format --copy", keygen_make
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
