/*
 * termcap.c - XTGETTCAP: what terminfo says of us, from ourselves.  Keys are
 * told as they are sent at present.  And XTGETXRES.
 */
#include "vt/screen.h"

#include <string.h>

#define NAME_MAX_BYTES 32u

static const struct capability {
    const char *name, *value;
} capabilities[] = {
    { "TN", "xterm-256color" },
    { "name", "xterm-256color" },
    { "Co", "256" },
    { "colors", "256" },
    { "RGB", "8/8/8" },
    { "Tc", "" },
    { "bce", "" },
    { "Su", "" },
    { "Smulx", "\033[4:%p1%dm" },
    { "Setulc", "\033[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&"
                "%d%;m" },
    { "setrgbf", "\033[38:2:%p1%d:%p2%d:%p3%dm" },
    { "setrgbb", "\033[48:2:%p1%d:%p2%d:%p3%dm" },
    { "Ms", "\033]52;%p1%s;%p2%s\033\\" },
    { "Ss", "\033[%p1%d q" },
    { "Se", "\033[2 q" },
    { "Sync", "\033[?2026%?%p1%{1}%-%tl%eh%;" },
};

static const struct key_name {
    const char *termcap, *terminfo;
    enum vt_key_code code;
    unsigned mods;
} key_names[] = {
    { "ku", "kcuu1", VT_KEY_UP, 0 },
    { "kd", "kcud1", VT_KEY_DOWN, 0 },
    { "kr", "kcuf1", VT_KEY_RIGHT, 0 },
    { "kl", "kcub1", VT_KEY_LEFT, 0 },
    { "kh", "khome", VT_KEY_HOME, 0 },
    { "@7", "kend", VT_KEY_END, 0 },
    { "kI", "kich1", VT_KEY_INSERT, 0 },
    { "kD", "kdch1", VT_KEY_DELETE, 0 },
    { "kP", "kpp", VT_KEY_PAGE_UP, 0 },
    { "kN", "knp", VT_KEY_PAGE_DOWN, 0 },
    { "kb", "kbs", VT_KEY_BACKSPACE, 0 },
    { "kB", "kcbt", VT_KEY_TAB, VT_SHIFT },
    { "@8", "kent", VT_KEY_KP_ENTER, 0 },
    { "K1", "ka1", VT_KEY_HOME, 0 },
    { "K2", "kb2", VT_KEY_KP_BEGIN, 0 },
    { "K3", "ka3", VT_KEY_PAGE_UP, 0 },
    { "K4", "kc1", VT_KEY_END, 0 },
    { "K5", "kc3", VT_KEY_PAGE_DOWN, 0 },
    { "#4", "kLFT", VT_KEY_LEFT, VT_SHIFT },
    { "%i", "kRIT", VT_KEY_RIGHT, VT_SHIFT },
    { "kF", "kind", VT_KEY_DOWN, VT_SHIFT },
    { "kR", "kri", VT_KEY_UP, VT_SHIFT },
    { "#2", "kHOM", VT_KEY_HOME, VT_SHIFT },
    { "*7", "kEND", VT_KEY_END, VT_SHIFT },
    { "*4", "kDC", VT_KEY_DELETE, VT_SHIFT },
    { "#3", "kIC", VT_KEY_INSERT, VT_SHIFT },
    { "%e", "kPRV", VT_KEY_PAGE_UP, VT_SHIFT },
    { "%c", "kNXT", VT_KEY_PAGE_DOWN, VT_SHIFT },
    { "kUP", "kUP", VT_KEY_UP, VT_SHIFT },
    { "kDN", "kDN", VT_KEY_DOWN, VT_SHIFT },
};

/* k1 to k9, k; and F1 to FA; or kf1 to kf20: from 1, or 0. */
static unsigned function_key(const char *name)
{
    const char *letters = "123456789;", *at;
    unsigned n = 0;

    if ((name[0] == 'k' || name[0] == 'F') && name[1] != '\0' &&
        name[2] == '\0') {
        if (name[0] == 'F' && name[1] == 'A')
            return 20;
        at = strchr(letters, name[1]);
        if (at == NULL || (name[0] == 'F' && *at == ';'))
            return 0;
        return (unsigned)(at - letters) + (name[0] == 'F' ? 11 : 1);
    }
    if (strncmp(name, "kf", 2) != 0)
        return 0;
    for (name += 2; *name >= '0' && *name <= '9' && n < 100; name++)
        n = n * 10 + (unsigned)(*name - '0');
    return *name == '\0' && n <= 20 ? n : 0;
}

/* kLFT3 and the like, an extension of ncurses: the name of the shifted key, and
 * which modifiers are held instead, as xterm counts them; 0 if it is none. */
static unsigned other_modifiers(const char *name)
{
    size_t n = strlen(name);
    char last = n > 3 ? name[n - 1] : '\0';

    if (last < '3' || last > '8' || name[1] < 'A' || name[1] > 'Z')
        return 0;
    return (unsigned)(last - '1');
}

static bool is_named(const struct key_name *row, const char *name,
                     unsigned mods)
{
    size_t n = strlen(row->terminfo);

    if (mods == 0)
        return strcmp(row->termcap, name) == 0 ||
               strcmp(row->terminfo, name) == 0;
    return row->mods == VT_SHIFT && strlen(name) == n + 1 &&
           memcmp(row->terminfo, name, n) == 0;
}

static bool find_key(const char *name, struct vt_key *key)
{
    unsigned n = function_key(name), mods = other_modifiers(name);
    size_t i;

    if (n != 0) {
        key->code = (enum vt_key_code)(VT_KEY_F1 + n - 1);
        return true;
    }
    for (i = 0; i < sizeof key_names / sizeof key_names[0]; i++)
        if (is_named(&key_names[i], name, mods)) {
            key->code = key_names[i].code;
            key->mods = mods != 0 ? mods : key_names[i].mods;
            return true;
        }
    return false;
}

static bool find(const struct vt *vt, const char *name, struct buf *value)
{
    struct vt_key key = { .event = VT_KEY_PRESS };
    size_t i;

    for (i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++)
        if (strcmp(capabilities[i].name, name) == 0) {
            buf_put_str(value, capabilities[i].value);
            return true;
        }
    if (!find_key(name, &key))
        return false;
    vt_encode_key(vt, &key, value);
    return true;
}

/* A name in hex, or false: what is none is not echoed. */
static bool decode(const char *hex, size_t n, char name[NAME_MAX_BYTES + 1])
{
    size_t i;

    if (n == 0 || n % 2 != 0 || n > 2 * NAME_MAX_BYTES)
        return false;
    for (i = 0; i < n; i += 2) {
        int high = hex_digit(hex[i]), low = hex_digit(hex[i + 1]);

        if (high < 0 || low < 0)
            return false;
        name[i / 2] = (char)(high << 4 | low);
    }
    name[n / 2] = '\0';
    return strlen(name) == n / 2;
}

static void answer(struct vt *vt, const char *hex, size_t n)
{
    char name[NAME_MAX_BYTES + 1];
    struct buf value = { 0 }, out = { 0 };
    size_t i;

    if (!decode(hex, n, name)) {
        reply_dcs(vt, "0+r");
    } else if (!find(vt, name, &value)) {
        reply_dcs(vt, "0+r%.*s", (int)n, hex);
    } else {
        for (i = 0; i < value.len; i++)
            buf_printf(&out, "%02X", value.data[i]);
        reply_dcs(vt, "1+r%.*s=%s", (int)n, hex, buf_str(&out));
    }
    buf_free(&value);
    buf_free(&out);
}

/* We have no resources, but a program that asks for one is told so. */
void dcs_xtgetxres(struct vt *vt, const char *text, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (text[i] != ';' && hex_digit(text[i]) < 0)
            n = 0;
    reply_dcs(vt, "0+R%.*s", (int)n, text);
}

/*
 * Several names are separated by ';' and answered one by one, as programs read
 * them; xterm has all in one answer, up to the first that it does not know.
 */
void dcs_xtgettcap(struct vt *vt, const char *text, size_t n)
{
    const char *end = text + n, *semicolon;

    for (;; text = semicolon + 1) {
        semicolon = memchr(text, ';', (size_t)(end - text));
        answer(vt, text,
               (size_t)((semicolon != NULL ? semicolon : end) - text));
        if (semicolon == NULL)
            return;
    }
}
