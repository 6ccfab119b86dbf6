/*
 * outer.h - the terminal we run in: what its terminfo entry, its name and
 * the environment tell about it.
 */
#ifndef UI_OUTER_H
#define UI_OUTER_H

#include <stdbool.h>
#include <stdint.h>

struct decoder;
struct err;

#define OUTER_STRING_MAX 32

struct outer {
    bool ansi;       /* takes ECMA-48 sequences */
    bool utf8;       /* the locale's encoding */
    bool alternate;  /* curses draws on an alternate screen */
    bool keeps;      /* what was drawn may stay: there is none, or in GNU screen
                        it may be switched off */
    bool xterm_like; /* takes xterm's private modes; ignores unknown ones */
    bool mouse;      /* reports the mouse */
    bool title;      /* takes OSC 2 and the title stack */
    bool shapes;     /* takes DECSCUSR */
    bool cursor_colors; /* takes OSC 12 and 112 */
    bool truecolor;     /* takes 24-bit colours */
    bool styles;        /* takes all kinds of underlines, their colour (SGR 58),
                        and a line above; or ignores what it has not */
    bool doubles;       /* takes SGR 21, a double underline; without styles */
    bool strike;        /* takes SGR 9 */
    bool links;         /* takes OSC 8, or ignores it */
    bool flashes;       /* takes curses' flash; tmux does not */
    bool clips;    /* without DECAWM drops a wide character that has no room */
    bool app_keys; /* sends its keys only in keypad mode (smkx) */
    bool keypad_app; /* knows DECKPAM and DECKPNM */
    /* For the crash handler, which cannot ask terminfo: */
    char leave[OUTER_STRING_MAX];   /* rmcup */
    char cursor[OUTER_STRING_MAX];  /* cnorm */
    char colors[OUTER_STRING_MAX];  /* op */
    char attrs[OUTER_STRING_MAX];   /* sgr0 */
    char keypad[OUTER_STRING_MAX];  /* rmkx */
    char charset[OUTER_STRING_MAX]; /* rmacs */
    uint32_t guess[2]; /* the default colours, by enum vt_default */
    char *description; /* for TERMINFO, to get these; or NULL */
    /* The same with truecolor, and with styles too, which the terminal, if it
     * is asked, may say that it has; or NULL: */
    char *deeper, *deeper_styles;
};

/* Ask terminfo for $TERM on fd.  False with *err set if it knows none. */
bool outer_learn(struct outer *o, int fd, struct err *err);

/* It has said that it takes 24-bit colours, and styles or not, and there is a
 * deeper. */
void outer_deepen(struct outer *o, bool styles);

void outer_free(struct outer *o);

/* The decoder gets this terminal's own sequences.  Before outer_done(). */
void outer_teach(struct decoder *d);

/* A string of the terminfo entry that is loaded, ours or curses'; NULL if it
 * has none of this name. */
const char *outer_string(const char *name);

/* Forget the terminfo entry; curses loads its own. */
void outer_done(void);

/* May $TERM on fd be told of a clipboard (OSC 52)?  Before curses starts. */
bool outer_has_clipboard(int fd);

/*
 * The terminal's description with more lines and, if wanted, with all styles
 * and with 24-bit colour, as a value of TERMINFO; for mem_free().  NULL if it
 * cannot be made.
 */
enum { DIRECT_DEEP = 1, DIRECT_TMUX = 2, DIRECT_STYLES = 4 };
char *direct_describe(const char *term, unsigned kind);

#endif
