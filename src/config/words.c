#include "config/words.h"

#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#define BLANKS " \t\r\n"

static bool is_blank(char c)
{
    return c != '\0' && strchr(BLANKS, c) != NULL;
}

/* One word from *at on, which is no blank; NULL if its quote stays open. */
static char *take_word(const char **at)
{
    struct buf word = { 0 };
    bool quoted = false;
    const char *p = *at;

    for (; *p != '\0' && (quoted || !is_blank(*p)); p++) {
        if (*p == '"') {
            quoted = !quoted;
            continue;
        }
        if (quoted && *p == '\\' && (p[1] == '"' || p[1] == '\\'))
            p++;
        buf_put_byte(&word, (unsigned char)*p);
    }
    *at = p;
    if (!quoted)
        return buf_take_str(&word);
    buf_free(&word);
    return NULL;
}

bool words_split(const char *line, char *words[WORDS_MAX], size_t *n,
                 struct err *err)
{
    char *word;

    *n = 0;
    for (;;) {
        line += strspn(line, BLANKS);
        if (*line == '\0')
            return true;
        if (*n == WORDS_MAX) {
            err_set(err, ERR_USAGE, "more than %d words", WORDS_MAX);
            break;
        }
        word = take_word(&line);
        if (word == NULL) {
            err_set(err, ERR_USAGE, "a double quote stays open");
            break;
        }
        words[(*n)++] = word;
    }
    words_free(words, *n);
    *n = 0;
    return false;
}

void words_free(char *words[], size_t n)
{
    while (n != 0)
        mem_free(words[--n]);
}
