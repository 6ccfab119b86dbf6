/*
 * What is said to the child: string algorithm, string data to sign.  What it
 * says in return, and first of all when the key is open: uint32 error code and
 * string, the sentence of an error or else the result.
 */
#include "app/keyholder.h"

#include <errno.h>
#include <string.h>
#include "app/identity.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/wire.h"
#include "keys/sshkey.h"
#include "sys/worker.h"

enum stage { STAGE_OPENING, STAGE_OPEN, STAGE_SIGNING };

struct keyholder {
    struct worker *worker;
    char *name;
    enum stage stage;
};

/* What the child begins with. */
struct locked {
    const struct identity *id;
    const struct secret *passphrase;
};

/* ---- in the child ---- */

static bool tell(int fd, const struct err *err, const void *result, size_t len)
{
    struct buf out = { 0 };
    bool told;

    wire_put_u32(&out, (uint32_t)err->code);
    if (err->code == ERR_NONE)
        wire_put_string(&out, result, len);
    else
        wire_put_cstr(&out, err->msg);
    told = worker_tell(fd, out.data, out.len);
    buf_free(&out);
    return told;
}

static bool is_right(const struct identity *id, const struct sshkey *key,
                     struct err *err)
{
    const struct sshkey *want = identity_public(id);

    if (want == NULL || sshkey_equal_public(key, want))
        return true;
    return err_set(err, ERR_FORMAT,
                   "%s: the public half in %s.pub or in its certificate "
                   "belongs to another key; write the former anew: "
                   "ssh-keygen -y -f %s >%s.pub",
                   identity_name(id), identity_name(id), identity_name(id),
                   identity_name(id));
}

static struct sshkey *open_key(const struct locked *l, struct err *err)
{
    struct sshkey *key = identity_decode(l->id, l->passphrase, err);

    if (key == NULL || is_right(l->id, key, err))
        return key;
    sshkey_free(key);
    return NULL;
}

static bool sign(const struct sshkey *key, const struct buf *request, int fd)
{
    struct wire_bytes name, data;
    struct buf sig = { 0 };
    struct wire w;
    struct err err;
    char *algorithm;
    bool told;

    err_clear(&err);
    wire_init(&w, request->data, request->len);
    name = wire_string(&w);
    data = wire_string(&w);
    algorithm = mem_strndup((const char *)name.data, name.len);
    sshkey_sign(key, algorithm, data.data, data.len, &sig, &err);
    told = tell(fd, &err, sig.data, sig.len);
    mem_free(algorithm);
    buf_free(&sig);
    return told;
}

static void hold(const void *context, int fd)
{
    struct buf request = { 0 };
    const uint8_t *blob = NULL;
    struct sshkey *key;
    struct err err;
    size_t len = 0;

    err_clear(&err);
    key = open_key(context, &err);
    if (key != NULL)
        blob = sshkey_blob(key, &len);
    if (!tell(fd, &err, blob, len) || key == NULL)
        return;
    while (worker_hear(fd, &request) && sign(key, &request, fd))
        ;
    sshkey_free(key);
}

/* ---- life ---- */

struct keyholder *keyholder_new(const struct identity *id,
                                const struct secret *passphrase)
{
    const struct locked locked = { id, passphrase };
    struct keyholder *k = mem_alloc(sizeof *k);

    k->name = mem_strdup(identity_name(id));
    k->worker = worker_start(hold, &locked);
    return k;
}

void keyholder_free(struct keyholder *k)
{
    if (k == NULL)
        return;
    worker_free(k->worker);
    mem_free(k->name);
    mem_free(k);
}

void keyholder_watch(const struct keyholder *k, struct pollset *set)
{
    if (keyholder_busy(k))
        worker_watch(k->worker, set);
}

uint64_t keyholder_wake(const struct keyholder *k)
{
    return keyholder_busy(k) ? worker_wake(k->worker) : 0;
}

bool keyholder_busy(const struct keyholder *k)
{
    return k->stage != STAGE_OPEN;
}

/* ---- what it says ---- */

static enum keyholder_result died(const struct keyholder *k, struct err *err)
{
    int error = worker_error(k->worker);

    if (error == ECHILD)
        err_set(err, ERR_SYSTEM,
                "%s: the process that opened this key was killed; opening it "
                "may take more memory than there is",
                k->name);
    else
        err_set(err, ERR_SYSTEM, "%s: no process to open this key in: %s",
                k->name, strerror(error));
    return KEYHOLDER_FAILED;
}

static enum keyholder_result take(struct keyholder *k, struct buf *out,
                                  struct err *err)
{
    struct wire_bytes text;
    struct wire w;
    uint32_t code;
    size_t len;
    const uint8_t *answer = worker_answer(k->worker, &len);

    wire_init(&w, answer, len);
    code = wire_u32(&w);
    text = wire_string(&w);
    if (code == ERR_NONE) {
        buf_put(out, text.data, text.len);
        return KEYHOLDER_DONE;
    }
    err_set(err, (enum err_code)code, "%.*s", (int)text.len,
            (const char *)text.data);
    return KEYHOLDER_FAILED;
}

static enum keyholder_result await(struct keyholder *k, struct buf *out,
                                   struct err *err)
{
    switch (worker_step(k->worker)) {
    case WORKER_WAIT: return KEYHOLDER_WAIT;
    case WORKER_DIED: return died(k, err);
    case WORKER_ANSWERED: break;
    }
    k->stage = STAGE_OPEN;
    return take(k, out, err);
}

enum keyholder_result keyholder_open(struct keyholder *k, struct buf *blob,
                                     struct err *err)
{
    return await(k, blob, err);
}

enum keyholder_result keyholder_sign(struct keyholder *k, const char *algorithm,
                                     const uint8_t *data, size_t len,
                                     struct buf *sig, struct err *err)
{
    enum keyholder_result opened = KEYHOLDER_DONE;
    struct buf message = { 0 };

    if (k->stage == STAGE_OPENING)
        opened = keyholder_open(k, &message, err);
    if (opened == KEYHOLDER_DONE && k->stage == STAGE_OPEN) {
        buf_clear(&message);
        wire_put_cstr(&message, algorithm);
        wire_put_string(&message, data, len);
        worker_ask(k->worker, message.data, message.len);
        k->stage = STAGE_SIGNING;
    }
    buf_free(&message);
    return opened == KEYHOLDER_DONE ? await(k, sig, err) : opened;
}
