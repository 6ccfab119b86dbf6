/*
 * What is said to the child: a byte, SIGN or ADD, and
 *
 *     SIGN  string algorithm, string data to sign
 *     ADD   string path of the agent's socket, uint32 lifetime, bool confirm
 *
 * What it says in return, and first of all when the key is open: uint32 error
 * code and string, the sentence of an error or else the result.
 */
#include "app/keyholder.h"

#include <errno.h>
#include <string.h>
#include "app/identity.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/wire.h"
#include "keys/agent-msg.h"
#include "keys/sshkey.h"
#include "sys/agent.h"
#include "sys/clock.h"
#include "sys/pollset.h"
#include "sys/worker.h"

#define ADD_TIME 5000 /* ms */

enum request { REQUEST_SIGN, REQUEST_ADD };
enum stage { STAGE_OPENING, STAGE_OPEN, STAGE_ASKED };

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

/* What it has then. */
struct opened {
    const struct identity *id;
    struct sshkey *key; /* NULL: it could not be opened */
    char *comment;      /* in the file, cleaned; may be empty */
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
                   "belongs to another key; write the former anew:",
                   identity_name(id), identity_name(id)) ||
           identity_remedy_public(id, err);
}

static void open_key(struct opened *o, const struct locked *l, struct err *err)
{
    struct buf remark = { 0 };

    o->id = l->id;
    o->key = identity_decode(l->id, l->passphrase, &remark, err);
    o->comment = text_cleaned(buf_str(&remark));
    buf_free(&remark);
    if (o->key != NULL && !is_right(l->id, o->key, err)) {
        sshkey_free(o->key);
        o->key = NULL;
    }
}

static void sign(const struct sshkey *key, struct wire *w, struct buf *sig,
                 struct err *err)
{
    struct wire_bytes name = wire_string(w), data = wire_string(w);
    char *algorithm = mem_strndup((const char *)name.data, name.len);

    sshkey_sign(key, algorithm, data.data, data.len, sig, err);
    mem_free(algorithm);
}

/* The message, its answer waited for: nothing else happens here. */
static bool put(const char *path, const struct secret *message, struct err *err)
{
    uint64_t end = clock_ms() + ADD_TIME;
    struct agent_call *call =
        agent_call_new(path, message->data, message->len, end);
    enum agent_state state;
    struct pollset set;
    const uint8_t *answer;
    size_t len;
    bool kept = false;

    while ((state = agent_call_step(call, clock_ms(), err)) == AGENT_WAIT) {
        pollset_clear(&set);
        agent_call_watch(call, &set);
        pollset_wait(&set, agent_call_wake(call));
    }
    if (state == AGENT_ANSWERED) {
        answer = agent_call_answer(call, &len);
        kept = agent_msg_added(answer, len, err);
    }
    agent_call_free(call);
    return kept;
}

static bool add_as(const struct sshkey *key, struct wire_bytes certificate,
                   const char *comment, const char *path,
                   const struct agent_limits *limits, struct err *err)
{
    struct secret *message =
        agent_msg_add(key, certificate, comment, limits, err);
    bool kept = message != NULL && put(path, message, err);

    secret_free(message);
    return kept;
}

/* The key, and its certificate if it has one, as ssh-add does. */
static void add(const struct opened *o, struct wire *w, struct err *err)
{
    struct wire_bytes name = wire_string(w), none = { name.data, 0 };
    const char *comment =
        o->comment[0] != '\0' ? o->comment : identity_comment(o->id);
    struct agent_limits limits;
    struct wire_bytes blob;
    char *path = mem_strndup((const char *)name.data, name.len);

    limits.lifetime = wire_u32(w);
    limits.confirm = wire_bool(w);
    blob.data = identity_blob(o->id, &blob.len);
    if (add_as(o->key, none, comment, path, &limits, err) &&
        identity_certified(o->id))
        add_as(o->key, blob, comment, path, &limits, err);
    mem_free(path);
}

/* False when nobody listens any more. */
static bool serve(const struct opened *o, const struct buf *request, int fd)
{
    struct buf result = { 0 };
    struct wire w;
    struct err err;
    bool told;

    err_clear(&err);
    wire_init(&w, request->data, request->len);
    if (wire_byte(&w) == REQUEST_ADD)
        add(o, &w, &err);
    else
        sign(o->key, &w, &result, &err);
    told = tell(fd, &err, result.data, result.len);
    buf_free(&result);
    return told;
}

/* This process's own copy, which nothing else needs. */
static void forget(const struct secret *passphrase)
{
    if (passphrase != NULL)
        mem_wipe(passphrase->data, passphrase->cap);
}

static void hold(const void *context, int fd)
{
    const struct locked *locked = context;
    struct buf request = { 0 };
    const uint8_t *blob = NULL;
    struct opened o = { 0 };
    struct err err;
    size_t len = 0;

    err_clear(&err);
    open_key(&o, locked, &err);
    forget(locked->passphrase);
    if (o.key != NULL)
        blob = sshkey_blob(o.key, &len);
    if (tell(fd, &err, blob, len) && o.key != NULL)
        while (worker_hear(fd, &request) && serve(&o, &request, fd))
            ;
    sshkey_free(o.key);
    mem_free(o.comment);
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

static void ask(struct keyholder *k, struct buf *request)
{
    worker_ask(k->worker, request->data, request->len);
    k->stage = STAGE_ASKED;
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
        buf_put_byte(&message, REQUEST_SIGN);
        wire_put_cstr(&message, algorithm);
        wire_put_string(&message, data, len);
        ask(k, &message);
    }
    buf_free(&message);
    return opened == KEYHOLDER_DONE ? await(k, sig, err) : opened;
}

void keyholder_add(struct keyholder *k, const char *path,
                   const struct agent_limits *limits)
{
    struct buf message = { 0 };

    buf_put_byte(&message, REQUEST_ADD);
    wire_put_cstr(&message, path);
    wire_put_u32(&message, limits->lifetime);
    wire_put_bool(&message, limits->confirm);
    ask(k, &message);
    buf_free(&message);
}

enum keyholder_result keyholder_added(struct keyholder *k, struct err *err)
{
    struct buf nothing = { 0 };
    enum keyholder_result result = await(k, &nothing, err);

    buf_free(&nothing);
    return result;
}
