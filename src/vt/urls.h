/* urls.h - addresses (RFC 3986) in plain text. */
#ifndef VT_URLS_H
#define VT_URLS_H

#include <stdbool.h>
#include "vt/text.h"

/*
 * The first address that begins at or behind character i of a text: its
 * characters are [*from, *end).  Signs that end a sentence, and a bracket that
 * was opened before it, are none of it.
 */
bool vt_url_find(const struct vt_text *t, size_t i, size_t *from, size_t *end);

#endif
