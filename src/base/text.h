/*
 * text.h - text from outside made harmless, and small text questions.
 *
 * Untrusted text (from a server, a file, an agent) goes through text_clean()
 * before it reaches a message, a log or the screen.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/*
 * Append src to out as harmless UTF-8: whole control sequences, control
 * strings of one line and escape sequences (ECMA-48 5.4, 5.6; ECMA-35 13.2)
 * go; other C0 and C1 control characters, DEL, bidirectional controls, line
 * separators, byte-order marks and ill-formed bytes become U+FFFD; tabs become
 * a blank; if lines is true LF stays and CR LF becomes LF, else both are
 * replaced.
 */
void text_clean(struct buf *out, const void *src, size_t n, bool lines);

/* The same, but a U+FFFD stands for each control character of a sequence, and
 * the rest of it stays: for text that is judged before it is used. */
void text_expose(struct buf *out, const void *src, size_t n, bool lines);

/* text_clean() of a C string as one line, into a new string for mem_free(). */
char *text_cleaned(const char *src);

/*
 * Append bytes of any encoding as they are, but for what would end a line or
 * a string (LF, CR, NUL), which becomes a blank.  Not for showing.
 */
void text_one_line(struct buf *out, const void *src, size_t n);

/* Cut off the blanks and the full stop at the end of a text that is to stand
 * within a sentence; the stops of an ellipsis stay. */
void text_cut_stop(struct buf *text);

/*
 * Make a C string harmless in place: what text_expose() replaces, and tabs,
 * become a '?' each, LF stays, and a UTF-8 character cut off at the end is
 * removed.
 */
void text_sanitize(char *s);

/* A decimal number without sign or blanks in [min, max]; else false. */
bool text_number(const char *s, unsigned long min, unsigned long max,
                 unsigned long *out);

/* ASCII case-insensitive equality. */
bool text_same(const char *a, const char *b);

/*
 * Does s match the pattern with '*' and '?' (ssh_config PATTERNS)?  Letter
 * case counts; '?' is one byte.
 */
bool text_glob(const char *pattern, const char *s);

/*
 * Append a file's name as one word of a shell's command: in quotes if it needs
 * them, and never like an option.  "~/" at its beginning stays the home.
 */
void text_shell_word(struct buf *out, const char *name);

/* Lower-case ASCII letters in place. */
void text_lower(char *s);

#endif
