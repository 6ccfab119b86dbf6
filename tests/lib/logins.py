"""Servers that ask: sshd and Dropbear with accounts and PAM made up.

The system's own are neither read nor changed.  A library is preloaded into
the server in place of crypt(), getspnam() and all of libpam; what its PAM says
and wants stands in a script, a line for each thing:

    I text              say it
    E answer TAB text   ask it, shown while typed; want that answer
    H answer TAB text   the same, hidden
    N answer TAB text   after a right login: the old password has expired, ask
    X number            ask, hidden, by a prompt of so many letters
    D text              after a right login: say it, and let nobody in

The text may hold \\n, \\e and \\t.
"""

import os

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pwd.h>
#include <shadow.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pam_message { int style; const char *msg; };
struct pam_response { char *resp; int retcode; };
struct pam_conv {
    int (*conv)(int, const struct pam_message **, struct pam_response **,
                void *);
    void *data;
};
typedef struct { char user[256]; struct pam_conv conv; } pam_handle_t;

/* sshd asks PAM in a process without an environment. */
static char script[4096];
__attribute__((constructor)) static void begin(void)
{
    if (getenv("SHIM_PAM") != NULL)
        snprintf(script, sizeof script, "%s", getenv("SHIM_PAM"));
}

struct passwd *getpwnam(const char *name)
{
    struct passwd *(*real)(const char *) = dlsym(RTLD_NEXT, "getpwnam");
    struct passwd *pw = real(name);
    if (pw != NULL && getenv("SHIM_HOME") != NULL)
        pw->pw_dir = getenv("SHIM_HOME");
    if (pw != NULL)
        pw->pw_passwd = "$6$shim";
    return pw;
}

struct spwd *getspnam(const char *name)
{
    static struct spwd sp = { .sp_pwdp = "$6$shim", .sp_lstchg = 20000,
        .sp_min = -1, .sp_max = -1, .sp_warn = -1, .sp_inact = -1,
        .sp_expire = -1 };
    sp.sp_namp = (char *)name;
    return &sp;
}

char *crypt(const char *word, const char *salt)
{
    const char *right = getenv("SHIM_PASSWORD");
    return right != NULL && strcmp(word, right) == 0 ? (char *)salt : "*";
}

static int put(pam_handle_t *h, int style, const char *text, char **answer)
{
    struct pam_message m = { style, text };
    const struct pam_message *list = &m;
    struct pam_response *r = NULL;
    if (h->conv.conv(1, &list, &r, h->conv.data) != 0)
        return 0;
    if (answer != NULL)
        *answer = r != NULL ? r->resp : NULL;
    return 1;
}

static void unescape(char *s)
{
    char *out = s;
    for (; *s != '\0'; s++)
        if (s[0] == '\\' && s[1] != '\0')
            s++, *out++ = *s == 'n' ? '\n' : *s == 'e' ? 27 : '\t';
        else
            *out++ = *s;
    *out = '\0';
}

static int step(pam_handle_t *h, char *line)
{
    char *want = line + 2, *text = strchr(line, '\t'), *got = NULL;
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == 'X') {
        size_t n = strtoul(want, NULL, 10);
        char *huge = malloc(n + 1);
        memset(huge, 'x', n);
        huge[n] = '\0';
        return put(h, 1, huge, &got);
    }
    if (line[0] == 'I')
        return unescape(want), put(h, 4, want, NULL);
    *text++ = '\0';
    unescape(text);
    return put(h, line[0] == 'E' ? 2 : 1, text, &got) && got != NULL &&
           strcmp(got, want) == 0;
}

static int play(pam_handle_t *h, const char *kinds)
{
    FILE *f = fopen(script, "r");
    char line[4096];
    int ok = 1, lines = 0;
    while (f != NULL && ok && fgets(line, sizeof line, f) != NULL)
        if (strchr(kinds, line[0]) != NULL)
            lines++, ok = step(h, line);
    if (f != NULL)
        fclose(f);
    return ok ? lines : -1;
}

int pam_start(const char *service, const char *user,
              const struct pam_conv *conv, pam_handle_t **h)
{
    *h = calloc(1, sizeof **h);
    snprintf((*h)->user, sizeof (*h)->user, "%s", user);
    (*h)->conv = *conv;
    return 0;
}
int pam_set_item(pam_handle_t *h, int type, const void *item)
{
    if (type == 5)
        h->conv = *(const struct pam_conv *)item;
    return 0;
}
int pam_get_item(const pam_handle_t *h, int type, const void **item)
{
    *item = type == 2 ? h->user : NULL;
    return 0;
}
int pam_authenticate(pam_handle_t *h, int flags)
{
    return play(h, "IEHX") < 0 ? 7 : 0;
}
int pam_acct_mgmt(pam_handle_t *h, int flags)
{
    FILE *f = fopen(script, "r");
    char line[4096];
    int result = 0;
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (line[0] == 'N')
            result = 12;
        else if (line[0] == 'D')
            unescape(line + 2), put(h, 3, line + 2, NULL), result = 6;
    if (f != NULL)
        fclose(f);
    return result;
}
int pam_chauthtok(pam_handle_t *h, int flags)
{
    return play(h, "N") < 0 ? 20 : 0;
}
int pam_setcred(pam_handle_t *h, int flags) { return 0; }
int pam_open_session(pam_handle_t *h, int flags) { return 0; }
int pam_close_session(pam_handle_t *h, int flags) { return 0; }
int pam_end(pam_handle_t *h, int status) { return 0; }
int pam_putenv(pam_handle_t *h, const char *pair) { return 0; }
char **pam_getenvlist(pam_handle_t *h) { return calloc(1, sizeof(char *)); }
const char *pam_strerror(pam_handle_t *h, int code) { return "made up"; }
"""


def environment(lab, password=None, pam=()):
    """What makes a server believe in this password and this PAM."""
    lab.count += 1
    script = lab.write("pam%d" % lab.count, "".join(s + "\n" for s in pam))
    env = dict(os.environ, LD_PRELOAD=lab.library("login-shim", SHIM),
               SHIM_PAM=script)
    if password is not None:
        env["SHIM_PASSWORD"] = password
    return env


def sshd_password(lab, password, authorized=(), options=()):
    """OpenSSH without PAM, whose every account has this password."""
    return lab.sshd(authorized, options=list(options) + [
        "PasswordAuthentication yes"], env=environment(lab, password))


def sshd_pam(lab, pam, authorized=(), options=()):
    """OpenSSH with PAM by the script, for keyboard-interactive."""
    return lab.sshd(authorized, options=list(options) + [
        "UsePAM yes", "KbdInteractiveAuthentication yes"],
        env=environment(lab, pam=pam))


def dropbear_password(lab, password, authorized=()):
    return lab.dropbear(authorized, env=environment(lab, password))
