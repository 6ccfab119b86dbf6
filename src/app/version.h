/* version.h - the libraries this program runs with. */
#ifndef APP_VERSION_H
#define APP_VERSION_H

struct buf;

/* Append one line that names them with their versions. */
void version_libraries(struct buf *out);

#endif
