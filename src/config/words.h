/* words.h - a line as words, with quotes.  Internal to config. */
#ifndef CONFIG_WORDS_H
#define CONFIG_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct err;

#define WORDS_MAX 64

/*
 * Split at blanks and tabs.  Double quotes, also inside a word, keep blanks;
 * between them \" and \\ stand for " and \.  words[] gets *n strings for
 * words_free().  ERR_USAGE: a quote stays open, or more than WORDS_MAX.
 */
bool words_split(const char *line, char *words[WORDS_MAX], size_t *n,
                 struct err *err);

/* Free n of them. */
void words_free(char *words[], size_t n);

#endif
