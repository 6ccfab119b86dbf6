/* connect_answer.c - what a person, or SSH_ASKPASS, has answered. */
#include "app/connecting.h"

#include <assert.h>
#include "app/ladder.h"
#include "app/trust.h"
#include "base/secret.h"
#include "sys/clock.h"

#define PUZZLED_MAX 3 /* answers of a program that are none */

/* For these a cancelled question, with typed NULL, is a no. */
static bool may_be_left(enum topic topic)
{
    return topic == TOPIC_ADD || topic == TOPIC_OTHER || topic == TOPIC_TOLD;
}

static enum connect_state take(struct connect *c, enum topic topic,
                               const struct secret *typed, struct err *err)
{
    const char *text = typed != NULL ? (const char *)typed->data : NULL;

    switch (topic) {
    case TOPIC_FILE: return connect_answer_file(c, text, err);
    case TOPIC_TRUST: return connect_answer_trust(c, text, err);
    case TOPIC_USER: return connect_answer_name(c, text, err);
    case TOPIC_OTHER: return connect_answer_other(c, text, err);
    case TOPIC_TOLD: return connect_answer_told(c, text);
    case TOPIC_UNLOCK: return connect_unlock(c, typed, err);
    case TOPIC_SIGN: return connect_sign(c, typed, err);
    case TOPIC_ADD: return connect_answer_add(c, text);
    case TOPIC_PROMPT: return connect_answer_prompt(c, typed, err);
    case TOPIC_NONE: break;
    }
    return CONNECT_WAIT;
}

/* A program may give the same answer for ever, and it is none. */
static bool is_hopeless(struct connect *c, enum topic topic, struct err *err)
{
    bool again =
        c->topic == topic && (topic == TOPIC_TRUST || topic == TOPIC_USER);

    c->puzzled = again ? c->puzzled + 1 : 0;
    if (!c->by_program || c->puzzled < PUZZLED_MAX)
        return false;
    c->topic = TOPIC_NONE;
    if (topic == TOPIC_TRUST)
        trust_refuse_answers(c->trust, err);
    else
        err_set(err, ERR_CANCELLED,
                "no login name: the SSH_ASKPASS program gave %d answers that "
                "are none",
                PUZZLED_MAX);
    return true;
}

void connect_answer(struct connect *c, const struct secret *typed)
{
    enum topic topic = c->topic;
    struct err err;

    assert(topic != TOPIC_NONE);
    err_clear(&err);
    c->topic = TOPIC_NONE;
    c->given_at = clock_ms();
    ladder_exclude(c->ladder, c->given_at - c->asked_at);
    if (typed == NULL && !may_be_left(topic))
        err_set(&err, ERR_CANCELLED, "cancelled");
    else if (take(c, topic, typed, &err) != CONNECT_FAILED &&
             !is_hopeless(c, topic, &err))
        return;
    connect_fall(c, &err);
}
