#include "app/typed_key.h"

#include <stdbool.h>
#include <string.h>
#include "base/buf.h"
#include "keys/console.h"
#include "keys/sshkey.h"

#define BLANKS " \t\r\n"
#define BASE64 \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#define HEX         "0123456789abcdefABCDEF"
#define SHA256_TEXT 43 /* characters of base64 */
#define PART_MIN    8

/* Without "SHA256:" or "MD5:", and without the '=' at the end. */
static void strip(const char **word, size_t *n)
{
    size_t skip = *n > 7 && strncmp(*word, "SHA256:", 7) == 0 ? 7
                  : *n > 4 && strncmp(*word, "MD5:", 4) == 0  ? 4
                                                              : 0;

    *word += skip;
    *n -= skip;
    while (*n != 0 && (*word)[*n - 1] == '=')
        --*n;
}

/* "0a:67:..."; how many digits, 0 if it is no such thing. */
static size_t pairs(const char *word, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (i % 3 == 2 ? word[i] != ':' : strchr(HEX, word[i]) == NULL)
            return 0;
    return n % 3 == 2 ? (n + 1) / 3 * 2 : 0;
}

/* Is this word a whole fingerprint, in base64 or in hex? */
static bool is_whole(const char *word, size_t n)
{
    size_t digits;

    strip(&word, &n);
    digits = strspn(word, HEX) >= n ? n : pairs(word, n);
    return (n == SHA256_TEXT && strspn(word, BASE64) >= n) || digits == 32 ||
           digits == 64;
}

/* Could all of this text be a part of one? */
static bool is_part(const char *text)
{
    const char *word = text + strspn(text, BLANKS);
    size_t n = strcspn(word, BLANKS);

    if (word[n + strspn(word + n, BLANKS)] != '\0')
        return false;
    strip(&word, &n);
    return n >= PART_MIN && (strspn(word, BASE64) >= n || pairs(word, n) != 0);
}

static bool has_whole(const char *text)
{
    size_t n;

    for (;; text += n) {
        text += strspn(text, BLANKS);
        n = strcspn(text, BLANKS);
        if (n == 0 || is_whole(text, n))
            return n != 0;
    }
}

/* As a console log has it, where a line's type stands beside it. */
static enum typed_key judge_lines(const char *text, const uint8_t *blob,
                                  size_t len, unsigned *bits)
{
    struct console *c = console_parse(text, strlen(text));
    enum typed_key result = TYPED_NOTHING;

    if (console_hosts(c) != 0) {
        switch (console_judge(c, blob, len, bits)) {
        case CONSOLE_MATCH: result = TYPED_SAME; break;
        case CONSOLE_OTHER: result = TYPED_OTHER; break;
        case CONSOLE_SILENT: result = TYPED_OTHER_KIND; break;
        }
    }
    console_free(c);
    return result;
}

enum typed_key typed_key_judge(const char *text, const uint8_t *blob,
                               size_t len, unsigned *bits)
{
    struct buf lines = { 0 };
    enum typed_key result;

    *bits = sshkey_fingerprint_compare(blob, len, text);
    if (*bits != 0)
        return TYPED_SAME;
    result = judge_lines(text, blob, len, bits);
    if (result == TYPED_NOTHING) { /* whole keys count in their block only */
        buf_printf(&lines,
                   "-----BEGIN SSH HOST KEY KEYS-----\n%s\n"
                   "-----END SSH HOST KEY KEYS-----\n",
                   text);
        result = judge_lines(buf_str(&lines), blob, len, bits);
        buf_free(&lines);
    }
    if (result == TYPED_NOTHING && (has_whole(text) || is_part(text)))
        result = TYPED_OTHER;
    return result;
}
