#include "app/identity.h"

#include <string.h>
#include <time.h>
#include "app/certificate.h"
#include "app/identities.h"
#include "app/notes.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/wrap.h"
#include "config/options.h"
#include "keys/keyfile.h"
#include "keys/sshcert.h"
#include "keys/sshkey.h"
#include "ssh/session.h"
#include "sys/file.h"
#include "sys/paths.h"

#define PUBLIC_MAX  65536 /* bytes of a FILE.pub */
#define COMMENT_MAX 100   /* cells of a comment that are shown */

/* Tried in this order when the user names no key. */
static const char *const default_files[] = {
    "~/.ssh/id_ed25519",
    "~/.ssh/id_ecdsa",
    "~/.ssh/id_rsa",
};

const char *identity_default_file(size_t i)
{
    return i < sizeof default_files / sizeof *default_files ? default_files[i]
                                                            : NULL;
}

/* Others may make it as long as they like. */
static void put_comment(struct buf *out, const char *comment)
{
    size_t len = strlen(comment), n = wrap_cut(comment, len, COMMENT_MAX);

    buf_printf(out, " %.*s%s", (int)n, comment, n < len ? "..." : "");
}

void identity_describe(struct identity *id)
{
    char print[SSHKEY_FINGERPRINT_MAX];
    struct buf b = { 0 };
    const uint8_t *blob;
    size_t len;

    if (id->info.public != NULL) {
        blob = sshkey_blob(id->info.public, &len);
        sshkey_fingerprint(blob, len, print);
        buf_printf(&b, "%s%s %s", sshkey_kind(id->info.public),
                   id->info.certificate != NULL ? "-CERT" : "", print);
        if (id->info.comment != NULL && id->info.comment[0] != '\0')
            put_comment(&b, id->info.comment);
    }
    mem_free(id->description);
    id->description = buf_take_str(&b);
}

/* "ssh-ed25519 AAAA... comment" (sshd(8)); NULL if it is none. */
static struct sshkey *parse_public(const char *line)
{
    size_t type = strcspn(line, " "), len;
    struct buf blob = { 0 };
    struct sshkey *key = NULL;
    struct err ignored;

    line += type;
    line += strspn(line, " ");
    len = strcspn(line, " \r\n");
    if (base64_decode(&blob, line, len))
        key = sshkey_from_blob(blob.data, blob.len, &ignored);
    buf_free(&blob);
    return key;
}

/* "ssh-ed25519 AAAA... comment": the comment, for a key that shows none. */
static void take_comment(struct identity *id, const char *line)
{
    struct buf comment = { 0 };
    int i;

    if (id->info.comment != NULL && id->info.comment[0] != '\0')
        return;
    for (i = 0; i < 2; i++) {
        line += strcspn(line, " \r\n");
        line += strspn(line, " ");
    }
    text_clean(&comment, line, strcspn(line, "\r\n"), false);
    mem_free(id->info.comment);
    id->info.comment = buf_take_str(&comment);
}

/*
 * What ssh-keygen put beside the file: the comment, which an encrypted file
 * hides, and the public half for a file that shows none.  If that is another
 * key's, the keyholder tells.
 */
static void look_beside(struct identity *id, const char *path)
{
    struct buf name = { 0 }, text = { 0 };
    struct sshkey *key = NULL;
    struct err ignored;

    buf_printf(&name, "%s.pub", path);
    if (file_read(buf_str(&name), PUBLIC_MAX, &text, &ignored))
        key = parse_public(buf_str(&text));
    if (key != NULL &&
        (id->info.public == NULL || sshkey_equal_public(key, id->info.public)))
        take_comment(id, buf_str(&text));
    if (id->info.public == NULL)
        id->info.public = key;
    else
        sshkey_free(key);
    buf_free(&name);
    buf_free(&text);
}

void identity_clear(struct identity *id)
{
    mem_free(id->name);
    secret_free(id->text);
    keyfile_info_free(&id->info);
    mem_free(id->description);
}

bool identity_is_usable(const struct identity *id, struct err *err)
{
    return id->info.public == NULL || sshkey_may_login(id->info.public, err) ||
           err_prefix(err, "%s", id->name);
}

/* real: its path, or NULL if it came on standard input. */
static bool look_at(struct identity *id, const char *real, struct err *err)
{
    if (id->text == NULL || !keyfile_inspect(id->text->data, id->text->len,
                                             id->name, &id->info, err))
        return false;
    if (real != NULL)
        look_beside(id, real);
    identity_describe(id);
    return identity_is_usable(id, err);
}

/* *exposed as file_read_private() has it. */
static bool load(struct identity *id, const char *path, struct err *exposed,
                 struct err *err)
{
    char *real = paths_expand(path);
    bool ok;

    memset(id, 0, sizeof *id);
    id->name = paths_tilde(real);
    id->text = file_read_private(real, KEYFILE_MAX, exposed, err);
    ok = look_at(id, real, err);
    if (!ok)
        identity_clear(id);
    mem_free(real);
    return ok;
}

static bool identity_load(struct identity *id, const char *path,
                          struct err *err)
{
    struct err exposed;

    if (!load(id, path, &exposed, err))
        return false;
    if (exposed.code == ERR_NONE)
        return true;
    *err = exposed;
    identity_clear(id);
    return false;
}

static bool take_piped(struct identity *id, const struct secret *piped,
                       struct err *err)
{
    memset(id, 0, sizeof *id);
    id->name = mem_strdup("/dev/stdin");
    id->text = secret_from(piped->data, piped->len);
    if (look_at(id, NULL, err))
        return true;
    identity_clear(id);
    return false;
}

static bool is_good(const struct sshcert *cert, const char *user)
{
    struct buf why = { 0 };
    bool bad = certificate_doubt(cert, user, time(NULL), &why);

    buf_free(&why);
    return !bad;
}

/* Is there a certificate for this key, in its file or beside it? */
static bool has_certificate(const struct identity *id, const char *path,
                            const char *user)
{
    struct buf name = { 0 };
    struct sshcert *cert;
    struct err ignored;
    bool has;

    if (id->info.certificate != NULL)
        return is_good(id->info.certificate, user);
    buf_printf(&name, "%s-cert.pub", path);
    cert = certificate_read(buf_str(&name), &ignored);
    has = cert != NULL && is_good(cert, user) &&
          (id->info.public == NULL ||
           sshkey_equal_public(cert->key, id->info.public));
    sshcert_free(cert);
    buf_free(&name);
    return has;
}

static bool is_print(const struct sshkey *key, const char *print)
{
    char own[SSHKEY_FINGERPRINT_MAX];
    const uint8_t *blob;
    size_t len;

    if (key == NULL || print == NULL)
        return true;
    blob = sshkey_blob(key, &len);
    sshkey_fingerprint(blob, len, own);
    return strcmp(own, print) == 0;
}

bool identity_file_is(const char *path, const char *print, bool certified,
                      const char *user)
{
    struct identity id;
    struct err err, exposed;
    bool is;

    if (!load(&id, path, &exposed, &err))
        return err.code == ERR_PERMISSION;
    is = is_print(id.info.public, print) &&
         (!certified || has_certificate(&id, path, user));
    identity_clear(&id);
    return is;
}

/* ---- the private half, where the public one was named ---- */

/* Is this file the private half of the key, which is NULL if not known? */
static bool is_private_half(const char *path, const struct sshkey *key)
{
    struct identity id;
    struct err ignored;
    bool is;

    if (!identity_load(&id, path, &ignored))
        return ignored.code == ERR_PERMISSION;
    is = key == NULL || id.info.public == NULL ||
         sshkey_equal_public(key, id.info.public);
    identity_clear(&id);
    return is;
}

/* "key", "key.ppk" or "key.pem" for one of the others, or for "key.pub"; NULL
 * if there is none. */
static char *find_private_half(const char *path)
{
    static const char *const cut[] = { "-cert.pub", ".pub", ".ppk", ".pem" };
    static const char *const endings[] = { "", ".ppk", ".pem" };
    struct buf text = { 0 }, name = { 0 };
    struct sshkey *key = NULL;
    struct err ignored;
    size_t len = strlen(path), i;
    bool found = false;

    if (file_read(path, PUBLIC_MAX, &text, &ignored))
        key = parse_public(buf_str(&text));
    for (i = 0; i < sizeof cut / sizeof *cut && len == strlen(path); i++)
        if (len > strlen(cut[i]) &&
            strcmp(path + len - strlen(cut[i]), cut[i]) == 0)
            len -= strlen(cut[i]);
    for (i = 0; i < sizeof endings / sizeof *endings && !found; i++) {
        buf_clear(&name);
        buf_printf(&name, "%.*s%s", (int)len, path, endings[i]);
        found = strcmp(buf_str(&name), path) != 0 &&
                is_private_half(buf_str(&name), key);
    }
    sshkey_free(key);
    buf_free(&text);
    if (found)
        return buf_take_str(&name);
    buf_free(&name);
    return NULL;
}

static bool is_for_token(const char *path)
{
    struct buf text = { 0 };
    struct sshkey *key = NULL;
    struct err ignored;
    bool is;

    if (file_read(path, PUBLIC_MAX, &text, &ignored))
        key = parse_public(buf_str(&text));
    is = key != NULL && sshkey_on_token(key);
    sshkey_free(key);
    buf_free(&text);
    return is;
}

static void propose(struct identity_remedy *remedy, enum identity_cure cure,
                    const char *path, const char *why, struct err *err)
{
    char *name = paths_tilde(remedy->path);

    remedy->cure = cure;
    err_set(err, err->code, "%s: %s:", path, why);
    err_command(err, "-i", name, "");
    mem_free(name);
}

static void find_remedy(struct identity_remedy *remedy, const char *path,
                        struct err *err)
{
    bool missing = err->code == ERR_NOT_FOUND;
    bool public_half = err->code == ERR_PUBLIC_HALF && strcmp(path, "-") != 0;
    char *real = paths_expand(path);

    if (err->code == ERR_PERMISSION) {
        remedy->cure = CURE_MAKE_PRIVATE;
        remedy->path = mem_strdup(real);
    } else if (missing || public_half) {
        remedy->path = find_private_half(real);
    }
    if (missing && remedy->path != NULL)
        propose(remedy, CURE_NEIGHBOUR, path,
                "no such file, but a private key has nearly its name", err);
    else if (missing)
        err_set(err, ERR_NOT_FOUND,
                "%s: no such file; -i takes the path of your private key",
                path);
    else if (public_half && remedy->path == NULL && is_for_token(real))
        err_set(err, err->code,
                "%s: this is the public half of a security key's; the key "
                "works through an SSH agent: ssh-add its private half",
                path);
    else if (public_half && remedy->path != NULL)
        propose(remedy, CURE_PRIVATE_HALF, path,
                "this is the public half of a key, which belongs on the "
                "server; log in with its private half",
                err);
    mem_free(real);
}

bool identity_is_blob(const struct identity *id, const uint8_t *blob,
                      size_t len)
{
    size_t own_len;
    const uint8_t *own = identity_blob(id, &own_len);

    return own != NULL && own_len == len && memcmp(own, blob, len) == 0;
}

static bool same_key(const struct identity *a, const struct identity *b)
{
    size_t len;
    const uint8_t *blob = identity_blob(b, &len);

    if (blob != NULL && a->info.public != NULL)
        return identity_is_blob(a, blob, len);
    return strcmp(a->name, b->name) == 0;
}

void identities_append(struct identities *ids, const struct identity *id)
{
    ids->list = mem_resize(ids->list, ids->count + 1, sizeof *ids->list);
    ids->list[ids->count++] = *id;
}

void identities_keep_new(struct identities *ids, struct identity *id)
{
    size_t i;

    for (i = 0; i < ids->count; i++) {
        if (same_key(&ids->list[i], id)) {
            identity_clear(id);
            return;
        }
    }
    identities_append(ids, id);
}

/* ---- the files ---- */

static size_t paths_len(const struct options *opt)
{
    return opt->identities != 0 ? opt->identities
                                : sizeof default_files / sizeof *default_files;
}

static const char *path_of(const struct options *opt,
                           const struct identity_files *files, size_t i)
{
    if (opt->identities == 0)
        return default_files[i];
    return files->instead[i] != NULL ? files->instead[i] : opt->identity[i];
}

/* Is this the end, or may another key do?  It is where there is a remedy to
 * offer. */
static bool is_fatal(const struct options *opt,
                     const struct identity_files *files, size_t i,
                     const struct err *err)
{
    const char *path = path_of(opt, files, i);
    char *real, *private;

    if (err->code == ERR_PERMISSION && opt->identities != 1)
        return files->can_ask && !files->left[i];
    if (opt->identities <= 1)
        return opt->identities != 0;
    if (err->code != ERR_PUBLIC_HALF)
        return false;
    real = paths_expand(path);
    private = find_private_half(real);
    mem_free(real);
    mem_free(private);
    return private != NULL;
}

/* Of several named files the first mistake is told whole in the end; more: there
 * is another key, or may be. */
static void pass_over(struct identities *ids, const struct options *opt,
                      const char *path, bool more, struct notes *notes,
                      const struct err *err)
{
    bool named = opt->identities != 0;
    bool mistake = err->code != ERR_NOT_FOUND;
    bool first = mistake && ids->mistake.code == ERR_NONE;

    if (!first && strcmp(ids->mistake.msg, err->msg) == 0)
        return; /* the same file once more */
    if (first)
        ids->mistake = *err;
    if (first && named && more)
        notes_add(notes, NOTE_NORMAL,
                  "%s cannot be used; going on without this key",
                  strcmp(path, "-") == 0 ? "standard input" : path);
    else if (named ? !first : mistake)
        notes_add(notes, NOTE_NORMAL, "%s (passed over)", err->msg);
}

/* Only the public half is in a file: a token or an agent on another machine has
 * the private one, if any has.  *err stays if not. */
static bool load_public(struct identity *id, const char *path, struct err *err)
{
    char *real = paths_expand(path), *private = find_private_half(real);
    struct buf text = { 0 };
    struct err ignored;

    memset(id, 0, sizeof *id);
    if (private == NULL && file_read(real, PUBLIC_MAX, &text, &ignored)) {
        id->info.public = parse_public(buf_str(&text));
        if (id->info.public == NULL)
            id->info.certificate = certificate_read(real, &ignored);
        if (id->info.certificate != NULL)
            id->info.public = identity_certified_key(id->info.certificate);
    }
    if (id->info.public != NULL) {
        id->name = paths_tilde(real);
        take_comment(id, buf_str(&text));
        identity_describe(id);
    }
    buf_free(&text);
    mem_free(private);
    mem_free(real);
    if (id->info.public != NULL && identity_is_usable(id, err))
        return true;
    identity_clear(id);
    return false;
}

/* Append what the file has; path "-" is what came on standard input. */
static bool add_file(struct identities *ids, const char *path,
                     const struct identity_files *files, struct notes *notes,
                     struct err *err)
{
    bool piped = strcmp(path, "-") == 0 && files->piped != NULL;
    struct identity id;

    if ((piped ? !take_piped(&id, files->piped, err)
               : !identity_load(&id, path, err)) &&
        (piped || err->code != ERR_PUBLIC_HALF || !files->agent ||
         !load_public(&id, path, err)))
        return false;
    identities_certify(ids, &id, identity_has_file(&id) && !piped ? path : NULL,
                       notes);
    identities_keep_new(ids, &id);
    return true;
}

struct identities *identities_load(const struct options *opt,
                                   const struct identity_files *files,
                                   struct notes *notes,
                                   struct identity_remedy *remedy,
                                   struct err *err)
{
    struct identities *ids = mem_alloc(sizeof *ids);
    size_t len = paths_len(opt), i;
    bool named = opt->identities != 0;

    *remedy = (struct identity_remedy){ CURE_NONE, NULL, 0 };
    if (!opt->pubkey)
        return ids;
    identities_read_loose(ids, opt, notes);
    for (i = 0; i < len; i++) {
        if (add_file(ids, path_of(opt, files, i), files, notes, err))
            continue;
        if (is_fatal(opt, files, i, err))
            break;
        pass_over(ids, opt, path_of(opt, files, i),
                  i + 1 != len || ids->count != 0, notes, err);
    }
    if (i == len && (ids->count != 0 || !named)) {
        err_clear(err);
        return ids;
    }
    if (i == len && ids->mistake.code != ERR_NONE)
        *err = ids->mistake;
    if (i != len)
        find_remedy(remedy, path_of(opt, files, i), err);
    remedy->index = i;
    identities_free(ids);
    return NULL;
}

void identities_free(struct identities *ids)
{
    size_t i;

    if (ids == NULL)
        return;
    for (i = 0; i < ids->count; i++)
        identity_clear(&ids->list[i]);
    identities_free_loose(ids);
    mem_free(ids->list);
    mem_free(ids);
}

size_t identities_left_out(const struct identities *ids)
{
    return ids->left_out;
}

bool identities_agent_barred(const struct identities *ids)
{
    return ids->agent_barred;
}

const struct err *identities_mistake(const struct identities *ids)
{
    return &ids->mistake;
}

size_t identities_count(const struct identities *ids)
{
    return ids->count;
}

struct identity *identities_get(struct identities *ids, size_t i)
{
    return &ids->list[i];
}
