#include "app/keyagent.h"

#include "app/identity.h"
#include "app/notes.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "config/options.h"
#include "keys/agent-msg.h"
#include "keys/sshkey.h"
#include "sys/agent.h"
#include "sys/clock.h"
#include "sys/paths.h"
#include "sys/pollset.h"

#define LIST_TIME 5000 /* ms */
#define SIGN_TIME \
    60000 /* ms: it may have to ask a person, or wait for a key
                           to be touched */

struct keyagent {
    const struct options *opt;
    struct notes *notes;
    char *path; /* NULL: there is no agent */
    char *name; /* the path as a person writes it */
    bool listed;
    bool answers;            /* it gave its list */
    struct agent_call *call; /* the open question */
    enum agent_state state;  /* of it */
    struct err err;          /* if that is FAILED */
};

/* ---- one question at a time ---- */

static void call(struct keyagent *k, const struct buf *message, uint64_t time)
{
    k->call =
        agent_call_new(k->path, message->data, message->len, clock_ms() + time);
    k->state = AGENT_WAIT;
}

static void hang_up(struct keyagent *k)
{
    agent_call_free(k->call);
    k->call = NULL;
}

static bool waits(const struct keyagent *k)
{
    return k->call != NULL && k->state == AGENT_WAIT;
}

void keyagent_step(struct keyagent *k, uint64_t now)
{
    if (waits(k))
        k->state = agent_call_step(k->call, now, &k->err);
}

void keyagent_watch(const struct keyagent *k, struct pollset *set)
{
    if (waits(k))
        agent_call_watch(k->call, set);
}

uint64_t keyagent_wake(const struct keyagent *k)
{
    return waits(k) ? agent_call_wake(k->call) : 0;
}

/* ---- life ---- */

struct keyagent *keyagent_new(const struct options *opt, struct notes *notes)
{
    struct keyagent *k = mem_alloc(sizeof *k);
    struct buf message = { 0 };

    k->opt = opt;
    k->notes = notes;
    k->path = opt->pubkey ? agent_path(opt->identity_agent) : NULL;
    k->listed = k->path == NULL;
    if (k->path == NULL)
        return k;
    k->name = paths_tilde(k->path);
    agent_msg_list(&message);
    call(k, &message, LIST_TIME);
    buf_free(&message);
    return k;
}

void keyagent_free(struct keyagent *k)
{
    if (k == NULL)
        return;
    hang_up(k);
    mem_free(k->path);
    mem_free(k->name);
    mem_free(k);
}

const char *keyagent_path(const struct keyagent *k)
{
    return k->path;
}

/* ---- the list ---- */

static bool take_list(struct keyagent *k, struct identities *ids,
                      struct err *err)
{
    struct agent_keys keys;
    const uint8_t *message;
    size_t len;

    if (k->state == AGENT_FAILED) {
        *err = k->err;
        return false;
    }
    message = agent_call_answer(k->call, &len);
    if (!agent_msg_keys(message, len, &keys, err))
        return false;
    notes_add(k->notes, NOTE_VERBOSE, "The SSH agent at %s lists %zu %s%s.",
              k->name, keys.count, keys.count == 1 ? "key" : "keys",
              keys.count == 0 ? " (it may be locked)" : "");
    identities_take_agent(ids, &keys, k->opt, k->notes);
    agent_keys_free(&keys);
    return true;
}

/* A variable left over from an agent that has ended is nothing to tell, as
 * long as there are other keys. */
static enum note_level level_of(const struct keyagent *k,
                                const struct identities *ids,
                                const struct err *err)
{
    return err->code == ERR_NOT_FOUND && k->opt->identity_agent == NULL &&
                   identities_count(ids) != 0
               ? NOTE_VERBOSE
               : NOTE_NORMAL;
}

bool keyagent_answers(const struct keyagent *k)
{
    return k->answers;
}

bool keyagent_listed(struct keyagent *k, struct identities *ids)
{
    struct err err;

    if (k->listed || waits(k))
        return k->listed;
    k->listed = true;
    k->answers = take_list(k, ids, &err);
    if (!k->answers)
        notes_add(k->notes, level_of(k, ids, &err),
                  "The SSH agent at %s: %s (passed over)", k->name, err.msg);
    hang_up(k);
    return true;
}

/* ---- signatures ---- */

static void ask_signature(struct keyagent *k, const struct identity *id,
                          const char *algorithm, const uint8_t *data,
                          size_t len)
{
    struct buf message = { 0 };
    const uint8_t *blob;
    size_t blob_len;

    if (sshkey_on_token(identity_public(id)))
        notes_add(k->notes, NOTE_NORMAL,
                  "Touch the security key if it blinks.");
    blob = identity_agent_blob(id, &blob_len);
    agent_msg_sign(&message, blob, blob_len, algorithm, data, len);
    call(k, &message, SIGN_TIME);
    buf_free(&message);
}

static bool take_signature(struct keyagent *k, const char *algorithm,
                           struct buf *sig, struct err *err)
{
    const uint8_t *message;
    size_t len;

    if (k->state == AGENT_FAILED) {
        *err = k->err;
        return false;
    }
    message = agent_call_answer(k->call, &len);
    return agent_msg_signature(message, len, algorithm, sig, err);
}

enum keyagent_result keyagent_sign(struct keyagent *k,
                                   const struct identity *id,
                                   const char *algorithm, const uint8_t *data,
                                   size_t len, struct buf *sig, struct err *err)
{
    bool good;

    if (k->call == NULL)
        ask_signature(k, id, algorithm, data, len);
    keyagent_step(k, clock_ms());
    if (waits(k))
        return KEYAGENT_WAIT;
    good = take_signature(k, algorithm, sig, err);
    hang_up(k);
    if (good)
        return KEYAGENT_SIGNED;
    err_prefix(err, "the SSH agent at %s did not sign with %s", k->name,
               identity_description(id));
    return KEYAGENT_FAILED;
}

bool keyagent_is_asked(const struct keyagent *k)
{
    return waits(k);
}

bool keyagent_is_signing(const struct keyagent *k)
{
    return k->listed && waits(k);
}
