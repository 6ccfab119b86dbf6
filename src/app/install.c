#include "app/install.h"

#include <string.h>
#include "app/client.h"
#include "app/identity.h"
#include "app/notes.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/options.h"
#include "keys/sshkey.h"
#include "ssh/session.h"

/* What the script below tells by its exit status; see OWN_STATUS_MIN. */
enum {
    ADDED = 80,
    PRESENT = 81,
    FAILED = 82,
    BOUND = 83,  /* present, with options before the key in each of its lines */
    PROVED = 84, /* the second login's */
    STATUS_ERROR = 255
};

/*
 * For any login shell, so without a character that one of them expands within
 * single quotes; %s is the base64 text, the type, the line for printf.  A line
 * in a comment does not count as being there; a last line without its end gets
 * it.
 * The file is appended to, as it may be a link and has an owner and a label.
 * What was written of a line before the disk was full is taken back, if nobody
 * else has written behind it; cat says why, and is what is killed where the
 * size of files is limited.
 * Nobody but the account may write to what sshd reads (StrictModes); where
 * nothing can be changed, but the line is there, the second login tells.
 */
static const char script[] =
    "exec sh -c '"
    "umask 077; cd && f=.ssh/authorized_keys || exit 82; "
    "test -d .ssh || mkdir .ssh || exit 82; "
    "m=; if test -f $f; then "
    "m=$(grep -v \"^[[:space:]]*#\" $f | grep -F \"%s\"); fi; "
    "if test -n \"$m\"; then r=83; if printf \"%%s\\n\" \"$m\" | "
    "grep -q \"^[[:space:]]*%s[[:space:]]\"; then r=81; fi; "
    "else r=80; n=0; e=; "
    "if test -s $f; then n=$(($(wc -c <$f))); "
    "if test -n \"$(tail -c 1 $f)\"; then e=\"\\0012\"; fi; fi; "
    "w=$(printf \"%%b\" \"${e}%s\"); "
    "printf \"%%s\\n\" \"$w\" | cat >>$f || { LC_ALL=C; "
    "t=$(tail -c +$((n + 1)) $f) && case $w in \"$t\"*) "
    "dd if=/dev/null of=$f bs=1 seek=$n;; esac; exit 82; } 2>/dev/null; fi; "
    "chmod go-w .ssh $f || test $r -gt 80 || exit 82; "
    "if command -v restorecon >/dev/null; then restorecon -F .ssh $f; fi; "
    "exit $r' </dev/null";

/* For %b of printf within the script: what a shell could take for more than
 * itself is in octal. */
static void put_escaped(struct buf *out, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789+/=@._-: ";

    for (; *text != '\0'; text++) {
        if (strchr(plain, *text) != NULL)
            buf_put_byte(out, (uint8_t)*text);
        else
            buf_printf(out, "\\0%03o", (unsigned char)*text);
    }
}

static char *script_for(const struct identity *id)
{
    const struct sshkey *key = identity_public(id);
    struct buf blob = { 0 }, type = { 0 }, line = { 0 }, command = { 0 };
    const uint8_t *bytes;
    size_t len;

    bytes = sshkey_blob(key, &len);
    base64_encode(&blob, bytes, len, true);
    put_escaped(&type, sshkey_type(key));
    buf_printf(&line, "%s %s ", buf_str(&type), buf_str(&blob));
    put_escaped(&line, identity_comment(id));
    buf_printf(&command, script, buf_str(&blob), buf_str(&type),
               buf_str(&line));
    buf_free(&blob);
    buf_free(&type);
    buf_free(&line);
    return buf_take_str(&command);
}

/* ---- the key ---- */

/* The first key of -i, or of the default ones; NULL with *err set. */
static struct identity *choose(struct identities *ids, struct err *err)
{
    struct identity *id;

    if (identities_count(ids) == 0) {
        err_set(err, ERR_USAGE,
                "no key to install: name one with -i, or make one with "
                "vmconnect-keygen");
        return NULL;
    }
    id = identities_get(ids, 0);
    if (identity_public(id) != NULL)
        return id;
    err_set(err, ERR_USAGE,
            "%s does not show its public half before it is opened; write it "
            "first:",
            identity_name(id));
    identity_remedy_public(id, err);
    return NULL;
}

/* It cannot be proved, so it is not added; but there is another way. */
static void explain_public(const char *path, struct err *err)
{
    err_set(err, ERR_USAGE,
            "%s: only the public half of this key is here, and a login with "
            "the private one is to prove that it works; name that one, or add "
            "the line without a proof: vmconnect [user@]host 'cat "
            ">>.ssh/authorized_keys'",
            path);
    err_command(err, "<", path, "");
}

/* The key of a private file, or of the public one beside it, as with
 * ssh-copy-id. */
static struct identities *load_first(const struct options *one,
                                     struct notes *notes, struct err *err)
{
    struct identity_files files = { 0 };
    struct identity_remedy remedy, ignored = { 0 };
    struct identities *ids = identities_load(one, &files, notes, &remedy, err);

    if (ids == NULL && remedy.cure == CURE_PRIVATE_HALF) {
        files.instead[0] = remedy.path;
        ids = identities_load(one, &files, notes, &ignored, err);
    } else if (ids == NULL && err->code == ERR_PUBLIC_HALF) {
        explain_public(one->identity[0], err);
    }
    mem_free(remedy.path);
    mem_free(ignored.path);
    return ids;
}

static struct identities *load(const struct options *opt, struct notes *notes,
                               struct err *err)
{
    struct options one = *opt;

    one.identities = opt->identities != 0; /* the first, or the default ones */
    one.pubkey = true;
    if (one.identities != 0 && strcmp(one.identity[0], "-") == 0) {
        err_set(err, ERR_USAGE,
                "a key from standard input cannot be installed: two logins "
                "are needed; name its file with -i");
        return NULL;
    }
    return load_first(&one, notes, err);
}

/* ---- the two logins ---- */

struct install {
    const struct options *opt;
    void (*tell)(const char *text);
    struct notes notes;
    struct client_end *end;
};

static void tell_notes(struct install *in)
{
    if (in->notes.text.len != 0)
        in->tell(buf_str(&in->notes.text));
    notes_clear(&in->notes);
}

/* True if the key stands in the file there; else *end says why not. */
static bool add(const struct options *opt, const struct identity *id,
                struct client_end *end)
{
    struct options first = *opt;
    char *command = script_for(id);
    size_t i;

    first.command = command;
    first.tty = TTY_NO;
    first.identities = opt->identities > 1 ? opt->identities - 1 : 0;
    for (i = 0; i < first.identities; i++)
        first.identity[i] = opt->identity[i + 1];
    client_run(&first, end);
    mem_free(command);
    if (end->err.code != ERR_NONE || end->signal != 0)
        return false;
    if (end->status != FAILED)
        return true;
    err_set(&end->err, ERR_PROTOCOL,
            "%s: the key could not be written to ~/.ssh/authorized_keys there; "
            "look there whose the file and its directory are (ls -la ~/.ssh), "
            "whether the disk is full (df ~) or read-only, or files may not "
            "grow so large (ulimit -f)",
            opt->host);
    end->status = STATUS_ERROR;
    return false;
}

static void put_before(struct client_end *end, const char *text)
{
    struct buf whole = { 0 };

    err_prefix(&end->err, "%s", text);
    if (end->account == NULL)
        return;
    buf_printf(&whole, "%s: %s", text, end->account);
    mem_free(end->account);
    end->account = buf_take_str(&whole);
}

/*
 * A login as this user has just worked, and the line is there: of what may be
 * wrong with a key the server's own rules about the file are left.
 */
static void explain_refusal(struct client_end *end, bool bound)
{
    struct buf words = { 0 };

    err_set(&end->err, ERR_AUTH,
            "the key is in ~/.ssh/authorized_keys there, but the server does "
            "not take it: most likely %s"
            "(AuthorizedKeysFile in its sshd_config), or others may write to "
            "the home directory (StrictModes), or it takes no keys of this "
            "kind",
            bound ? "the options before it forbid it (from=\"...\", "
                    "expiry-time=\"...\"), or the server reads the keys from "
                    "elsewhere "
                  : "it reads the keys from elsewhere ");
    mem_free(end->account);
    mem_free(end->words);
    buf_put_str(&words, "  What to do: log in as before, and look into the "
                        "log of sshd there: journalctl -u ssh.\n");
    end->account = NULL;
    end->words = buf_take_str(&words);
}

/* With this key and nothing else.  The login is the proof; true if it also runs
 * what it is told. */
static bool prove(const struct options *opt, char *name, char *user, bool bound,
                  struct client_end *end)
{
    struct options second = *opt;
    char command[] = "exit 84", methods[] = SSH_METHOD_KEY;
    bool ran;

    second.mode = RUN_PROVE_KEY;
    second.command = command;
    second.tty = TTY_NO;
    second.user = user;
    second.identity[0] = name;
    second.identities = 1;
    second.preferred = methods;
    second.password = second.kbd_interactive = false;
    client_run(&second, end);
    mem_free(end->user);
    end->user = NULL;
    ran = end->status == PROVED;
    if (end->err.code == ERR_AUTH)
        explain_refusal(end, bound);
    else if (end->err.code != ERR_NONE)
        put_before(end, "the key is in ~/.ssh/authorized_keys there, but a "
                        "login with it fails");
    else if (end->signal == 0)
        end->status = 0;
    return ran;
}

static void install(struct install *in, const struct identity *id)
{
    struct client_end *end = in->end;
    const char *host = in->opt->host;
    char *name = mem_strdup(identity_name(id)), *user;
    bool bound, ran;

    notes_add(&in->notes, NOTE_NORMAL, "Installing the key %s on %s.",
              identity_description(id), host);
    tell_notes(in);
    if (add(in->opt, id, end)) {
        user = end->user;
        bound = end->status == BOUND;
        in->tell(end->notes);
        mem_free(end->notes);
        mem_free(end->words);
        notes_add(&in->notes, NOTE_NORMAL,
                  "The key was %s ~/.ssh/authorized_keys of %s@%s%s%s.",
                  end->status == ADDED ? "added to" : "in", user, host,
                  end->status == ADDED ? "" : " already",
                  bound ? ", behind options that restrict it" : "");
        tell_notes(in);
        ran = prove(in->opt, name, user, bound, end);
        if (end->err.code == ERR_NONE && end->signal == 0)
            notes_add(&in->notes, NOTE_NORMAL,
                      "A new login as %s@%s with %s alone works%s.", user, host,
                      name,
                      ran ? ""
                          : ", but it runs a command of the server's choice "
                            "(command= before the key, ForceCommand), or none "
                            "(the login shell)");
        mem_free(user);
    }
    mem_free(name);
}

void install_run(const struct options *opt, void (*tell)(const char *text),
                 struct client_end *end)
{
    struct install in = { .opt = opt, .tell = tell, .end = end };
    struct identities *ids;
    struct identity *id;

    *end = (struct client_end){ .status = STATUS_ERROR };
    notes_init(&in.notes, opt->quiet ? NOTE_QUIET : NOTE_NORMAL);
    ids = load(opt, &in.notes, &end->err);
    id = ids != NULL ? choose(ids, &end->err) : NULL;
    if (id != NULL)
        install(&in, id);
    tell_notes(&in);
    notes_free(&in.notes);
    identities_free(ids);
}
