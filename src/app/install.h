/* install.h - put a public key into the account's authorized_keys. */
#ifndef APP_INSTALL_H
#define APP_INSTALL_H

struct client_end;
struct options;

/*
 * Log in without the key (by the other -i, the default keys, the agent, a
 * password), add its line if it is not there, and prove it by a second login
 * with nothing else.  tell shows lines for the user, each ended by LF, as they
 * come; *end is the last login's.
 */
void install_run(const struct options *opt, void (*tell)(const char *text),
                 struct client_end *end);

#endif
