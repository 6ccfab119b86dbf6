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

/* Is this word a whole fingerprint, in base64 or in hex? */
static bool is_whole(const char *word, size_t n)
{
    size_t digits = 0, colons = 0, i;

    if (n > strlen("SHA256:") && strncmp(word, "SHA256:", 7) == 0) {
        word += strlen("SHA256:");
        n -= strlen("SHA256:");
    } else if (n > strlen("MD5:") && strncmp(word, "MD5:", 4) == 0) {
        word += strlen("MD5:");
        n -= strlen("MD5:");
    }
    while (n != 0 && word[n - 1] == '=')
        n--;
    if (n == SHA256_TEXT && strspn(word, BASE64) >= n)
        return true;
    for (i = 0; i < n; i++) {
        digits += strchr(HEX, word[i]) != NULL;
        colons += word[i] == ':';
    }
    return digits + colons == n && (digits == 32 || digits == 64);
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
    if (result == TYPED_NOTHING && has_whole(text))
        result = TYPED_OTHER;
    return result;
}
