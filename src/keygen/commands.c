/* commands.c - the table of commands. */
#include "keygen/keygen.h"

#include "base/err.h"

/* clang-format off */
const struct keygen_command keygen_commands[] = {
    { 'y', "public", NULL, "print the public half of FILE as one line",
      keygen_public },
    { 'l', NULL, NULL, "show the fingerprints of the keys in FILE, any file",
      keygen_fingerprint },
    { 'e', NULL, NULL, "print the public keys in FILE in the form of RFC 4716",
      keygen_export },
    { 'i', NULL, NULL, "print public keys of other forms as one line each",
      keygen_import },
    { '\0', "check", NULL, "judge a list of public keys, as a panel takes it",
      keygen_check },
    { 'F', NULL, "HOST", "print the lines of known_hosts that name the host",
      keygen_find_host },
    { 'R', NULL, "HOST", "comment these lines out",
      keygen_remove_host },
    { '\0', NULL, NULL, NULL, NULL },
};
/* clang-format on */

/* An option that means nothing here was meant for something else. */
static bool belongs(bool given, const char *option, const struct keygen *k,
                    enum keygen_status (*run)(struct keygen *k,
                                              struct err *err),
                    const char *command, struct err *err)
{
    if (!given || (k->command != NULL && k->command->run == run))
        return true;
    return err_set(err, ERR_USAGE, "the option %s goes only with %s", option,
                   command);
}

enum keygen_status keygen_run(struct keygen *k, struct err *err)
{
    if (!belongs(k->repair, "--repair", k, keygen_check, "--check", err) ||
        !belongs(k->picture, "-v", k, keygen_fingerprint, "-l", err) ||
        !belongs(k->form != NULL, "-E", k, keygen_fingerprint, "-l", err))
        return KEYGEN_ERROR;
    return k->command != NULL ? k->command->run(k, err) : keygen_make(k, err);
}
