/*
 * connect.c - the machine: key files are read first, so that a mistake there
 * costs no connection; then the dialling, the host key, the login name, the
 * keys.  What has been begun stands in struct connect, so a step is asked of
 * whatever is there.  While a question is open the session is only watched.
 */
#include "app/connect.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include "app/accepted.h"
#include "app/ciphers.h"
#include "app/connecting.h"
#include "app/identity.h"
#include "app/keyadd.h"
#include "app/keyagent.h"
#include "app/keyholder.h"
#include "app/ladder.h"
#include "app/memory.h"
#include "app/notes.h"
#include "app/patience.h"
#include "app/trust.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/options.h"
#include "keys/console.h"
#include "ssh/session.h"
#include "sys/clock.h"
#include "sys/dial.h"
#include "sys/file.h"
#include "sys/pollset.h"

#define REPEATED_DIAL 5000  /* ms, where an attempt follows the other */
#define HESITATION    10000 /* ms from which on the user's answer is late */
#define AT_ONCE       2000  /* ms in which no server has lost its patience */

/* ---- life ---- */

struct connect *connect_new(const struct connect_params *params)
{
    struct connect *c = mem_alloc(sizeof *c);

    c->opt = params->opt;
    c->notes = params->notes;
    c->ladder = params->ladder;
    c->pty = params->pty;
    c->terminal = params->terminal;
    c->deep_colors = params->deep_colors;
    c->command = params->command;
    c->answer_limit = params->answer_limit;
    c->surveying = params->survey;
    c->first_taken = SIZE_MAX;
    c->can_ask = params->can_ask;
    c->by_program = params->by_program;
    c->user_worked = params->user != NULL && params->user_worked;
    c->files.piped = params->piped;
    c->naming.known = params->user != NULL && params->user_is_known;
    if (params->user != NULL)
        c->user = mem_strdup(params->user);
    c->memory = memory_new(c->opt, c->notes);
    if (c->opt->pubkey_algorithms != NULL)
        c->rsa_signatures = accepted_rsa(c->opt->pubkey_algorithms);
    return c;
}

/* The connection, and what was said over it. */
static void drop_attempt(struct connect *c)
{
    ssh_session_free(c->session);
    dial_free(c->dial);
    connect_drop_key(c);
    connect_forget_added(c);
    connect_free_prompts(c);
    mem_free(c->address);
    refusals_free(&c->refusals);
    buf_clear(&c->account);
    c->session = NULL;
    c->dial = NULL;
    c->address = NULL;
}

static void drop_trust(struct connect *c)
{
    trust_free(c->trust);
    c->trust = NULL;
    buf_clear(&c->naming.accepted);
}

void connect_free(struct connect *c)
{
    if (c == NULL)
        return;
    drop_attempt(c);
    drop_trust(c);
    keyadd_free(c->adding);
    keyholder_free(c->kept);
    keyagent_free(c->agent);
    identities_free(c->ids);
    console_free(c->console);
    memory_free(c->memory);
    connect_free_files(c);
    connect_free_names(c);
    mem_free(c->user);
    mem_free(c->rsa_signatures);
    buf_free(&c->text);
    buf_free(&c->prompt);
    buf_free(&c->account);
    mem_free(c);
}

void connect_repeat(struct connect *c, const struct patience *patience)
{
    c->patience = patience;
    c->until = patience->until;
}

/* A signature that is under way is not for the next session. */
static void renew_agent(struct connect *c)
{
    if (c->agent == NULL || !keyagent_is_signing(c->agent))
        return;
    keyagent_free(c->agent);
    c->agent = keyagent_new(c->opt, c->notes);
}

static void start_anew(struct connect *c)
{
    if (c->naming.undecided) { /* a guess that nobody has answered */
        mem_free(c->user);
        c->user = NULL;
        c->naming.next--;
    }
    c->naming.undecided = false;
    c->naming.turn = TURN_AGAIN;
    c->naming.first = 0;
    drop_attempt(c);
    renew_agent(c);
    c->next_id = c->spent = 0;
    c->tries = c->accepted = c->wrong_told = c->changes = 0;
    c->key_accepted = c->host_key_judged = c->keys_judged = c->spoken = false;
    c->banner_shown = c->by_agent = c->prompted = false;
    c->pleased = false;
    c->keys_ended = false;
    c->failed = c->survey_failed = false;
    c->hung_up = c->heard = c->outlasts = false;
    c->fault = FAULT_OTHER;
    c->given_at = 0;
    err_clear(&c->mistake);
    c->naming.listens = 0;
    c->naming.settled = false;
}

void connect_restart(struct connect *c)
{
    if (c->naming.turn != TURN_NAME) /* then the host key stays accepted */
        drop_trust(c);
    connect_take_back(c);
    start_anew(c);
    ladder_begin(c->ladder, clock_ms());
}

void connect_again(struct connect *c, const char *user)
{
    char *name = user != NULL ? mem_strdup(user) : NULL;

    start_anew(c);
    mem_free(c->user);
    c->user = name;
}

void connect_end_patience(struct connect *c)
{
    if (c->until != 0 && clock_ms() >= c->until)
        c->until = 0;
}

const char *connect_target(const struct connect *c)
{
    return c->opt->hostname != NULL ? c->opt->hostname : c->opt->host;
}

bool connect_second_key(const struct connect *c)
{
    return c->opt->mode == RUN_INSTALL_KEY;
}

enum connect_state connect_go_on(struct connect *c)
{
    c->again = true;
    return CONNECT_WAIT;
}

enum connect_state connect_ask(struct connect *c, enum topic topic)
{
    c->topic = topic;
    c->asked_at = clock_ms();
    return CONNECT_ASK;
}

/* ---- dialling ---- */

static int address_family(const struct options *opt)
{
    if (opt->family == FAMILY_INET)
        return AF_INET;
    return opt->family == FAMILY_INET6 ? AF_INET6 : AF_UNSPEC;
}

static void start_dial(struct connect *c, uint64_t now)
{
    uint64_t dial_end;

    c->naming.due = 0;
    c->dialled_at = now;
    notes_keep(c->notes);
    if (c->trust == NULL)
        c->trust = trust_new(c->opt, c->console, c->memory, c->notes);
    c->deadline = c->opt->connect_timeout != 0
                      ? now + c->opt->connect_timeout * 1000ull
                      : 0;
    c->deadline = pollset_earlier(c->deadline, c->until);
    dial_end = c->until != 0 ? now + REPEATED_DIAL : 0;
    c->dial = dial_new(connect_target(c), c->opt->port, address_family(c->opt),
                       pollset_earlier(c->deadline, dial_end));
}

static bool start_session(struct connect *c, struct err *err)
{
    const struct options *opt = c->opt;
    struct ssh_params p = {
        .user = c->user,
        .rsa_signatures = c->rsa_signatures,
        /* Keys are one packet each: none needs a MAC set up for it. */
        .ctr_first = c->pty == NULL && ciphers_ctr_is_cheaper(),
        .compression = opt->compression,
        .alive_interval = opt->alive_interval,
        .alive_count = opt->alive_count,
        .deadline = c->deadline,
        .no_command = opt->no_command,
        .pty = c->pty,
        .command = c->command,
    };
    struct environment env;

    c->address = mem_strdup(dial_address(c->dial));
    notes_add(c->notes, NOTE_VERBOSE, "Connected to %s port %u.", c->address,
              opt->port);
    p.host_key_types = trust_types(c->trust, &p.host_key_types_len);
    environment_choose(&env, opt, c->terminal);
    for (size_t i = 0; i < env.len; i++)
        notes_add(c->notes, NOTE_DEBUG, "Will send %s.", env.list[i]);
    p.env = env.list;
    p.envs = env.len;
    c->session = ssh_session_new(dial_take_fd(c->dial), &p, err);
    environment_free(&env);
    dial_free(c->dial);
    c->dial = NULL;
    return c->session != NULL;
}

static void send_colors(struct connect *c)
{
    const char *variable =
        environment_colors(c->opt, ssh_session_ident(c->session));

    if (!c->deep_colors || variable == NULL)
        return;
    notes_add(c->notes, NOTE_DEBUG, "Will send %s.", variable);
    ssh_session_add_env(c->session, variable);
}

/* ---- the host key ---- */

enum connect_state connect_accepted(struct connect *c, struct err *err)
{
    c->host_key_judged = true;
    if (c->user == NULL && !connect_console_user(c))
        return connect_choose_name(c, err);
    connect_use_name(c);
    connect_note_agreed(c);
    send_colors(c);
    ssh_session_set_user(c->session, c->user);
    connect_set_methods(c);
    ssh_session_accept_host_key(c->session);
    return connect_go_on(c);
}

/* The answer took longer than the server waits; its key is compared with the
 * next connection's. */
static enum connect_state accepted_late(struct connect *c)
{
    notes_add(c->notes, NOTE_NORMAL,
              "The server has hung up meanwhile; connecting again.");
    connect_end_patience(c);
    connect_again(c, c->user);
    return connect_go_on(c);
}

static enum connect_state act_on(struct connect *c, enum trust_verdict verdict,
                                 struct err *err)
{
    const uint8_t *blob;
    size_t len;

    if (verdict == TRUST_YES) {
        if (!c->host_key_told)
            notes_keep(c->notes);
        c->host_key_told = true;
        blob = ssh_session_host_key(c->session, &len);
        buf_clear(&c->naming.accepted);
        buf_put(&c->naming.accepted, blob, len);
        return c->hung_up ? accepted_late(c) : connect_accepted(c, err);
    }
    if (verdict == TRUST_NO)
        return CONNECT_FAILED;
    c->question = *trust_question(c->trust);
    return connect_ask(c, TOPIC_TRUST);
}

/*
 * The key that was accepted a moment ago, in the connection before?  If not,
 * what was decided then counts for nothing.
 */
static bool is_the_same(struct connect *c, const struct trust_server *server)
{
    const struct buf *accepted = &c->naming.accepted;

    if (accepted->len == 0)
        return false;
    if (accepted->len == server->blob_len &&
        memcmp(accepted->data, server->blob, server->blob_len) == 0)
        return true;
    drop_trust(c);
    c->trust = trust_new(c->opt, c->console, c->memory, c->notes);
    return false;
}

enum connect_state connect_answer_trust(struct connect *c, const char *text,
                                        struct err *err)
{
    enum trust_verdict verdict = trust_answer(c->trust, text, err);

    if (verdict == TRUST_YES)
        connect_keep_console(c, text);
    return act_on(c, verdict, err);
}

static enum connect_state judge_host_key(struct connect *c, struct err *err)
{
    struct trust_server server = {
        .address = c->address,
        .ident = ssh_session_ident(c->session),
    };

    server.blob = ssh_session_host_key(c->session, &server.blob_len);
    if (c->host_key_judged || is_the_same(c, &server))
        return connect_accepted(c, err);
    return act_on(c, trust_judge(c->trust, &server, c->can_ask, err), err);
}

/* ---- the session's questions ---- */

static void show_banner(struct connect *c)
{
    const char *raw = ssh_session_banner(c->session);

    if (raw == NULL || c->banner_shown ||
        ssh_session_last_words(c->session)[0] != '\0') /* told elsewhere */
        return;
    c->banner_shown = true;
    connect_note_words(c, raw);
}

static enum connect_state step_session(struct connect *c, uint64_t now,
                                       struct err *err)
{
    enum ssh_want want = ssh_session_step(c->session, now, err);

    want = connect_limit(c, want, now, err);
    show_banner(c);
    connect_note_accepted(c);
    if (connect_add_due(c))
        return connect_add_key(c);
    switch (want) {
    case SSH_WAIT: return CONNECT_WAIT;
    case SSH_ASK_HOST_KEY: return judge_host_key(c, err);
    case SSH_ASK_KEY: return connect_next_key(c, err);
    case SSH_ASK_SIGNATURE: return connect_sign(c, NULL, err);
    case SSH_ASK_PROMPTS:
        return c->naming.undecided ? connect_next_name(c, NAME_NO_KEYS, err)
                                   : connect_prompts(c, err);
    case SSH_OPEN:
    case SSH_DONE: return connect_listen(c, now, err);
    case SSH_FAILED: break;
    }
    return connect_explain(c, err);
}

/* One transition; it may be followed by another at once. */
static enum connect_state advance(struct connect *c, uint64_t now,
                                  struct err *err)
{
    enum dial_state dialled;

    if (c->ids == NULL)
        return connect_read_console(c, err) ? connect_load_keys(c, err)
                                            : CONNECT_FAILED;
    if (c->session != NULL)
        return step_session(c, now, err);
    if (now < c->naming.due)
        return CONNECT_WAIT;
    if (c->dial == NULL)
        start_dial(c, now);
    dialled = dial_step(c->dial, now, err);
    connect_climb(c, now);
    switch (dialled) {
    case DIAL_WAIT: return CONNECT_WAIT;
    case DIAL_CONNECTED:
        c->connected_at = now;
        return start_session(c, err) ? connect_go_on(c) : CONNECT_FAILED;
    case DIAL_FAILED: break;
    }
    return CONNECT_FAILED;
}

/* The server may go away while the user thinks, or looks for a fingerprint. */
static enum connect_state wait_for_answer(struct connect *c, uint64_t now,
                                          struct err *err)
{
    uint64_t asked = now - c->asked_at;
    bool gone;

    if (c->session == NULL || c->hung_up ||
        ssh_session_step(c->session, now, err) != SSH_FAILED)
        return CONNECT_ASK;
    gone = ssh_session_fault(c->session) == SSH_FAULT_LOGIN;
    if (gone && asked >= AT_ONCE && c->topic == TOPIC_TRUST) {
        c->hung_up = true;
        return CONNECT_ASK;
    }
    c->topic = TOPIC_NONE;
    if (gone && asked >= HESITATION && c->until == 0)
        c->fault = FAULT_LATE;
    return connect_explain(c, err);
}

enum connect_state connect_step(struct connect *c, uint64_t now,
                                struct err *err)
{
    enum connect_state state;

    if (c->failed) {
        *err = c->failure;
        return CONNECT_FAILED;
    }
    do {
        c->again = false;
        if (c->agent != NULL)
            keyagent_step(c->agent, now);
        connect_note_slow(c, now);
        connect_step_adding(c);
        state = c->topic != TOPIC_NONE ? wait_for_answer(c, now, err)
                                       : advance(c, now, err);
        connect_climb(c, now);
    } while (c->again);
    if (state == CONNECT_FAILED)
        connect_fall(c, err);
    return state;
}

const struct ui_question *connect_question(const struct connect *c)
{
    return &c->question;
}

/* ---- the loop's side ---- */

void connect_watch(struct connect *c, struct pollset *set)
{
    if (c->agent != NULL)
        keyagent_watch(c->agent, set);
    if (c->holder != NULL)
        keyholder_watch(c->holder, set);
    if (c->adding != NULL)
        keyadd_watch(c->adding, set);
    if (c->dial != NULL)
        dial_watch(c->dial, set);
    if (c->session != NULL && !c->hung_up)
        pollset_add(set, ssh_session_fd(c->session),
                    ssh_session_events(c->session));
}

static uint64_t wake_of_connection(const struct connect *c)
{
    if (c->hung_up)
        return 0;
    /* An open session may keep what nobody reads yet. */
    if (c->session != NULL &&
        (c->topic != TOPIC_NONE || c->naming.listens != 0))
        return pollset_earlier(ssh_session_wake(c->session), c->naming.listens);
    if (c->session != NULL)
        return ssh_session_busy(c->session) ? 1 : ssh_session_wake(c->session);
    if (c->topic != TOPIC_NONE)
        return 0;
    if (c->dial != NULL)
        return dial_wake(c->dial);
    return c->naming.due != 0 ? c->naming.due : 1;
}

uint64_t connect_wake(const struct connect *c)
{
    uint64_t wake = wake_of_connection(c);

    if (c->agent != NULL)
        wake = pollset_earlier(wake, keyagent_wake(c->agent));
    if (c->adding != NULL)
        wake = pollset_earlier(wake, keyadd_wake(c->adding));
    if (c->holder != NULL && keyholder_busy(c->holder)) {
        wake = pollset_earlier(wake, keyholder_wake(c->holder));
        wake = pollset_earlier(wake, c->slow_at);
    }
    return wake;
}

const char *connect_progress(const struct connect *c)
{
    if (c->hung_up)
        return "will connect again"; /* after the answer */
    if (c->topic != TOPIC_NONE)
        return "waiting for you";
    if (c->dial != NULL)
        return dial_progress(c->dial);
    if (c->session == NULL)
        return c->naming.due != 0 ? "trying another name" : "reading your keys";
    if (c->host_key_judged && keyagent_is_asked(c->agent))
        return "waiting for the SSH agent";
    if (c->holder != NULL && keyholder_busy(c->holder))
        return "opening the key";
    if (c->host_key_judged)
        return "logging in";
    return ssh_session_ident(c->session)[0] == '\0' ? "no greeting yet"
                                                    : "exchanging keys";
}

struct ssh_session *connect_take_session(struct connect *c)
{
    struct ssh_session *s = c->session;

    c->session = NULL;
    return s;
}

const char *connect_user(const struct connect *c)
{
    return c->naming.undecided ? NULL : c->user;
}
