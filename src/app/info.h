/* info.h - texts about the keys and the connection, for a notice. */
#ifndef APP_INFO_H
#define APP_INFO_H

#include <stdbool.h>
#include <time.h>

#define INFO_KEY_NAME 16

struct buf;
struct options;
struct ssh_session;

/* A key's name: "~", "Ctrl-]". */
void info_key_name(char out[INFO_KEY_NAME], int byte);

/* Append a row of a list of keys: two names, and what they do. */
void info_row(struct buf *out, const char *before, const char *key,
              const char *what);

/* Append the keys of the full screen, but for those of the menu; and what the
 * mouse does, if there is one. */
void info_help(struct buf *out, const struct options *opt, bool mouse);

/* Append those after Enter only, for where there is no full screen. */
void info_escape_help(struct buf *out, const struct options *opt);

struct info_facts {
    const char *who;                   /* cleaned */
    const struct ssh_session *session; /* NULL: none */
    time_t opened;
};

/* Append the facts of a connection. */
void info_session(struct buf *out, const struct info_facts *facts);

#endif
