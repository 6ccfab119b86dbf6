/* certificate.h - certificates in files, and what to think of one. */
#ifndef APP_CERTIFICATE_H
#define APP_CERTIFICATE_H

#include <stdbool.h>
#include <time.h>

struct buf;
struct err;
struct sshcert;

/*
 * Read a user's certificate: a line "TYPE BASE64 COMMENT", as ssh-keygen -s
 * writes it.  For sshcert_free().  NULL: ERR_NOT_FOUND if there is no file,
 * ERR_FORMAT if it is something else, ERR_UNSUPPORTED.
 */
struct sshcert *certificate_read(const char *path, struct err *err);

/*
 * Why it may not log this user in at that time, in a sentence; false if
 * nothing speaks against it.  Certain it is never: the server has its own
 * clock, and perhaps its own list of names.
 */
bool certificate_doubt(const struct sshcert *cert, const char *user, time_t now,
                       struct buf *out);

#endif
