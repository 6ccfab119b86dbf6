/* publics.h - the public keys in a file, whatever file it is. */
#ifndef KEYGEN_PUBLICS_H
#define KEYGEN_PUBLICS_H

struct err;
struct keygen;
struct pubkey_list;

/*
 * Read the file that the command line names as a list of public keys; a private
 * key in it is an item.  For pubkey_list_free(); NULL with *err set.
 */
struct pubkey_list *publics_list(const struct keygen *k, struct err *err);

/*
 * The same where keys are wanted: of a private key's file the public half,
 * for which the passphrase is asked if the format hides it.  ERR_FORMAT if
 * there is no key in the file.
 */
struct pubkey_list *publics_read(const struct keygen *k, struct err *err);

#endif
