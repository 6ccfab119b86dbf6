/* Keys through a real tty, questions on the screen, and the way back: the
 * terminal must be left as it was, however the program ends. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include "stage.h"
#include "../tap.h"
#include "terminal.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

#define F1  "\033[11~"
#define F2  "\033[12~"
#define F3  "\033[13~"
#define F4  "\033[14~"
#define F5  "\033[15~"
#define F6  "\033[17~"
#define F7  "\033[18~"
#define F8  "\033[19~"
#define F9  "\033[20~"
#define F10 "\033[21~"

static const struct stage empty = { .steps = { "" } };
static const struct stage hello = { .steps = { "hello\r\n" } };

static void type(struct terminal *t, const char *keys)
{
    terminal_type(t, keys, strlen(keys));
}

static struct terminal *start(const char *term, const char *locale,
                              const struct stage *stage, unsigned cols,
                              unsigned rows)
{
    const struct terminal_setup setup = {
        .term = term,
        .locale = locale,
        .cols = cols,
        .rows = rows,
        .run = stage_run,
        .arg = (void *)(uintptr_t)stage,
    };

    return terminal_start(&setup);
}

/* ---- keys ---- */

static const struct {
    const char *term, *bytes, *want;
} keys[] = {
    { "xterm-256color", "\x1d", "C-]" },
    { "xterm-256color", "\033OA", "Up" },
    { "xterm-256color", "\033[1;5A", "C-Up" },
    { "xterm-256color", "\033[1;2P", "S-F1" },
    { "xterm-256color", "\033[3;5~", "C-Del" },
    { "xterm-256color", "\033[Z", "S-Tab" },
    { "xterm-256color", "\033x", "M-x" },
    { "xterm-256color", "\033", "Esc" },
    { "xterm-256color", "\003", "C-c" },
    { "xterm-256color", "\023", "C-s" },
    { "xterm-256color", "\026", "C-v" },
    { "xterm-256color", "\032", "C-z" },
    { "xterm-256color", "\r", "Enter" },
    { "xterm-256color", "\n", "C-j" },
    { "xterm-256color", "\x7f", "BS" },
    { "xterm-256color", "\b", "C-h" },
    { "xterm-256color", "\xc3\xa9", "\xc3\xa9" },
    { "xterm-256color", "\033[200~pasted\033[201~", "[pasted]" },
    { "xterm-256color", "\033[<64;3;2M", "<1,2 b64 press>" },
    { "xterm-256color", "\033[I", "focus" },
    { "linux", "\033[[A\033[[A", "the end" }, /* F1 is a command here */
    { "linux", "\033[1~", "Home" },
    { "linux", "\033[4~", "End" },
    { "linux", "\033[G", "KP5" },
    { "linux", "\033[25~", "S-F1" },
    { "linux", "\033[34~", "S-F8" },
    { "xterm-256color", "\033[25~", "F13" },
    { "vt100", "\033OA", "Up" },
    { "vt100", "\033[A", "Up" },
    { "vt100", "\033OM", "KPEnter" },
    { "vt100", "\033Ov", "6" },
    { "xterm-256color", "\033[E", "KP5" },
    { "screen-256color", "\033[1~", "Home" },
    { "screen-256color", "\033[4~", "End" },
    { "screen-256color", "\033[1;3D", "M-Left" },
    { "rxvt", "\033[7~", "Home" },
    { "rxvt", "\033Oa", "C-Up" },
    { "rxvt", "\033[3$", "S-Del" },
};

static void test_keys(void)
{
    struct terminal *t;
    size_t i;

    for (i = 0; i < COUNT(keys); i++) {
        t = start(keys[i].term, "C.UTF-8", &hello, 80, 24);
        terminal_expect(t, "hello");
        type(t, keys[i].bytes);
        if (!ok(terminal_expect(t, keys[i].want), "%s: %s", keys[i].term,
                keys[i].want))
            terminal_show(t);
        terminal_free(t);
    }
}

/* ---- questions ---- */

static const struct {
    const char *name, *ask, *title, *keys, *want;
} questions[] = {
    { "an answer", F2, "Unknown host", "once\r", "answered once" },
    { "edited", F2, "Unknown host", "ax\x7f\r", "answered a" },
    { "Esc", F2, "Unknown host", "a\033", "cancelled" },
    { "Ctrl-C", F2, "Unknown host", "\003", "cancelled" },
    { "pasted", F2, "Unknown host", "\033[200~SHA256:abc\n\033[201~\r",
      "answered SHA256:abc" },
    { "a passphrase", F3, "Passphrase:", "sesame\r", "answered sesame" },
    { "Ctrl-D", F3, "Passphrase:", "\004", "cancelled" },
    { "a notice", F4, "Changed key", "x", "answered" },
};

static void test_questions(void)
{
    static const struct {
        unsigned cols, rows;
    } sizes[] = { { 80, 24 }, { 40, 12 } };
    struct terminal *t;
    size_t i, k;

    for (k = 0; k < COUNT(sizes); k++)
        for (i = 0; i < COUNT(questions); i++) {
            t = start("xterm-256color", "C.UTF-8", &hello, sizes[k].cols,
                      sizes[k].rows);
            type(t, questions[i].ask);
            ok(terminal_expect(t, questions[i].title), "asked: %s",
               questions[i].title);
            type(t, questions[i].keys);
            ok(terminal_expect(t, questions[i].want), "%s", questions[i].name);
            ok(terminal_expect_gone(t, questions[i].title) &&
                   terminal_expect(t, "hello") &&
                   terminal_expect(t, "connected"),
               "what it covered comes back");
            terminal_free(t);
        }
}

static bool cursor_behind(const struct terminal *t, const void *arg)
{
    const struct vt_cursor c = vt_cursor(t->vt);

    return c.visible && c.col == *(const unsigned *)arg;
}

static void test_secret(void)
{
    struct terminal *t = start("xterm-256color", "C.UTF-8", &hello, 80, 24);
    unsigned behind = (unsigned)strlen("Passphrase: ");

    type(t, F3);
    ok(terminal_expect(t, "Passphrase:"), "a passphrase is asked for");
    ok(terminal_until(t, cursor_behind, &behind), "the cursor behind it");
    ok(terminal_expect_row(t, 23, "Passphrase:"), "on the status line's row");
    type(t, "secret");
    type(t, F5 "\r");
    ok(terminal_expect(t, "answered secret"), "it is typed");
    terminal_free(t);
}

/* The window changes while a question is open. */
static void test_question_resize(void)
{
    struct terminal *t = start("xterm-256color", "C.UTF-8", &hello, 80, 24);

    type(t, F4);
    ok(terminal_expect(t, "Changed key"), "a long notice");
    ok(terminal_expect(t, "PgUp/PgDn"), "says how to scroll");
    type(t, "\033[6~");
    ok(terminal_expect(t, "the end"), "and scrolls");
    terminal_resize(t, 30, 8);
    ok(terminal_expect(t, "PgUp/PgDn"), "in a small window");
    terminal_resize(t, 80, 40);
    ok(terminal_expect(t, "any key closes"), "in a large one");
    type(t, " ");
    ok(terminal_expect(t, "answered"), "and ends");
    terminal_free(t);
}

/* DEC's lines instead of UTF-8's; the same box. */
static void test_box(void)
{
    static const char *const terms[][2] = { { "xterm-256color", "C.UTF-8" },
                                            { "xterm-256color", "C" },
                                            { "vt100", "C" },
                                            { "linux", "C" } };
    struct terminal *t;
    size_t i;

    for (i = 0; i < COUNT(terms); i++) {
        t = start(terms[i][0], terms[i][1], &empty, 40, 16);
        type(t, F2);
        ok(terminal_expect(t, "\xe2\x94\x82 ED25519 SHA256:abc") &&
               terminal_expect(t, "\xe2\x94\x8c\xe2\x94\x80 Unknown host") &&
               terminal_expect(t, "Esc cancels \xe2\x94\x80\xe2\x94\x98"),
           "a box on %s, %s", terms[i][0], terms[i][1]);
        terminal_free(t);
    }
}

/* ---- the way back ---- */

static bool same_modes(const struct termios *a, const struct termios *b)
{
    return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag &&
           a->c_cflag == b->c_cflag && a->c_lflag == b->c_lflag &&
           memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

/* What an outer terminal remembers of us; a question is left open. */
static const char *changed(const struct terminal *t)
{
    struct termios now;

    if (tcgetattr(t->slave, &now) != 0 || !same_modes(&now, &t->modes))
        return "the tty's modes";
    if (vt_alternate(t->vt))
        return "the alternate screen";
    if (vt_mouse(t->vt) != VT_MOUSE_OFF)
        return "mouse reports";
    if (vt_paste_bracketed(t->vt))
        return "bracketed paste";
    if (vt_focus_wanted(t->vt))
        return "focus reports";
    if (!vt_cursor(t->vt).visible)
        return "a hidden cursor";
    if (vt_cursor(t->vt).colored)
        return "the cursor's colour";
    return NULL;
}

static const struct {
    const char *name, *keys;
    bool by_signal; /* else by exit */
    int code;
} ends[] = {
    { "ui_close()", F1, false, 0 },
    { "ui_close(), a question open", F2 "\003" F1, false, 0 },
    { "exit() without it", F8, false, 3 },
    { "a crash", F7, true, SIGILL },
    { "a crash with all mouse reports", F10 F7, true, SIGILL },
};

static bool is_colored(const struct terminal *t, const void *arg)
{
    (void)arg;
    return vt_cursor(t->vt).colored;
}

static void test_cursor_color(void)
{
    static const struct stage colored = { .steps = {
                                              "\033]12;#123456\033\\hello" } };
    struct terminal *t = start("xterm-256color", "C.UTF-8", &colored, 80, 24);

    ok(terminal_until(t, is_colored, NULL), "a colour of the cursor");
    type(t, F7);
    terminal_wait(t);
    ok(changed(t) == NULL, "goes at a crash");
    terminal_free(t);
}

static void test_ends(void)
{
    static const char *const terms[] = { "xterm-256color", "tmux-256color",
                                         "linux", "vt100" };
    struct terminal *t;
    const char *what;
    size_t i, k;
    int status;

    for (k = 0; k < COUNT(terms); k++)
        for (i = 0; i < COUNT(ends); i++) {
            t = start(terms[k], "C.UTF-8", &hello, 80, 24);
            terminal_expect(t, "hello");
            type(t, ends[i].keys);
            status = terminal_wait(t);
            ok(ends[i].by_signal
                   ? WIFSIGNALED(status) && WTERMSIG(status) == ends[i].code
                   : WIFEXITED(status) && WEXITSTATUS(status) == ends[i].code,
               "%s ends by %s", terms[k], ends[i].name);
            what = changed(t);
            if (!ok(what == NULL, "and the terminal is as it was"))
                diag("left behind: %s", what);
            terminal_free(t);
        }
}

static bool wants_mouse(const struct terminal *t, const void *arg)
{
    return vt_mouse(t->vt) == *(const enum vt_mouse *)arg;
}

static void test_modes(void)
{
    static const struct stage no_mouse = { .no_mouse = true,
                                           .steps = { "hello" } };
    enum vt_mouse any = VT_MOUSE_ANY, button = VT_MOUSE_DRAG;
    struct terminal *t = start("xterm-256color", "C.UTF-8", &hello, 80, 24);

    ok(terminal_expect(t, "hello") && terminal_until(t, wants_mouse, &button),
       "buttons and wheel are reported");
    ok(vt_paste_bracketed(t->vt) && vt_focus_wanted(t->vt) &&
           vt_alternate(t->vt),
       "pastes and focus too, on the alternate screen");
    type(t, F10);
    ok(terminal_until(t, wants_mouse, &any), "and all motion if wanted");
    type(t, F9 "x");
    ok(terminal_expect(t, "x"), "a title");
    ok(strncmp(vt_title(t->vt), "new title", 9) == 0 &&
           strchr(vt_title(t->vt), '\033') == NULL,
       "is set, cleaned");
    terminal_free(t);

    t = start("xterm-256color", "C.UTF-8", &no_mouse, 80, 24);
    ok(terminal_expect(t, "connected") && vt_mouse(t->vt) == VT_MOUSE_OFF,
       "no mouse if not wanted");
    terminal_free(t);
}

static void test_suspend(void)
{
    struct terminal *t = start("xterm-256color", "C.UTF-8", &hello, 80, 24);
    const char *what;

    terminal_expect(t, "hello");
    type(t, F9 F6);
    ok(terminal_expect(t, "suspended"), "suspended");
    what = changed(t);
    if (!ok(what == NULL, "the terminal is as it was"))
        diag("left behind: %s", what);
    type(t, "\n");
    ok(terminal_expect(t, "hello") && terminal_expect(t, "connected"),
       "the screen comes back");
    type(t, "x");
    ok(terminal_expect(t, "x"), "and keys are read");
    ok(vt_paste_bracketed(t->vt) && vt_alternate(t->vt), "modes too");
    ok(strncmp(vt_title(t->vt), "new title", 9) == 0, "and the title");
    type(t, F1);
    terminal_wait(t);
    ok(changed(t) == NULL, "and go again at the end");
    terminal_free(t);
}

/* ---- terminals that will not do ---- */

static void test_refusals(void)
{
    static const struct {
        const char *term, *want;
    } refusals[] = {
        { NULL, "TERM is not set" },
        { "", "TERM is not set" },
        { "no-such-terminal", "terminfo does not know" },
        { "dumb", "cannot show a full screen" },
    };
    struct terminal *t;
    size_t i;

    for (i = 0; i < COUNT(refusals); i++) {
        t = start(refusals[i].term, "C.UTF-8", &empty, 80, 24);
        ok(terminal_expect(t, refusals[i].want), "refused: %s",
           refusals[i].want);
        terminal_wait(t);
        ok(changed(t) == NULL, "and nothing changed");
        terminal_free(t);
    }
}

int main(void)
{
    test_keys();
    test_questions();
    test_secret();
    test_question_resize();
    test_box();
    test_ends();
    test_cursor_color();
    test_modes();
    test_suspend();
    test_refusals();
    return tap_done();
}
