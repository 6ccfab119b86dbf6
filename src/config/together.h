/* together.h - which options exclude each other.  Internal to config. */
#ifndef CONFIG_TOGETHER_H
#define CONFIG_TOGETHER_H

#include <stdbool.h>

struct err;
struct options;

/* Is each option of use in this mode?  If not, ERR_USAGE names one. */
bool together_check(const struct options *opt, struct err *err);

#endif
