/* greeting.h - what a server's identification string says of its system. */
#ifndef APP_GREETING_H
#define APP_GREETING_H

#include <stdbool.h>

struct buf;

/*
 * Append "Ubuntu 24.04", or else the software as the string has it,
 * "OpenSSH_8.7".  ident is cleaned.  A hint only: anybody can send any string.
 */
void greeting_put_system(struct buf *out, const char *ident);

/* Debian's own sshd_config accepts COLORTERM since Debian 13, and Ubuntu's with
 * it. */
bool greeting_takes_colorterm(const char *ident);

#endif
