/* info.h - texts about the keys and the connection, for a notice. */
#ifndef APP_INFO_H
#define APP_INFO_H

struct buf;
struct options;
struct ssh_session;

/* Append the keys of the full screen. */
void info_help(struct buf *out, const struct options *opt);

/* Append those after Enter only, for where there is no full screen. */
void info_escape_help(struct buf *out, const struct options *opt);

/* Append the facts of a connection; session may be NULL. */
void info_session(struct buf *out, const char *who,
                  const struct ssh_session *session);

#endif
