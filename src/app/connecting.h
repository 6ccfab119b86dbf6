/*
 * connecting.h - inside of connect.h: the state that its files share.
 *
 * connect.c          dialling, the host key, the whole machine
 * connect_answer.c   answers, to whom they go
 * connect_name.c     the login name, where none was given
 * connect_told.c     a session in which another name is told
 * connect_early.c    a session that a machine that boots does not keep
 * connect_files.c    the key files, and what may be wrong with them
 * connect_keys.c     which key, its passphrase, its signature
 * connect_prompts.c  the server's prompts, and passwords
 * connect_agent.c    AddKeysToAgent
 * connect_console.c  what the machine's console shows
 * connect_memory.c   what is remembered of the machine
 * connect_silent.c   a server that says nothing
 * connect_failure.c  why nobody was let in
 * connect_ladder.c   how far it came, for the ladder
 */
#ifndef APP_CONNECTING_H
#define APP_CONNECTING_H

#include <stddef.h>
#include "app/connect.h"
#include "app/diagnosis.h"
#include "app/identity.h"
#include "app/loginname.h"
#include "app/refusal.h"
#include "base/buf.h"
#include "base/err.h"
#include "ssh/session.h"
#include "ui/question.h"

struct dial;
struct console;
struct identities;
struct identity;
struct keyadd;
struct keyagent;
struct keyholder;
struct ladder;
struct memory;
struct patience;
struct secret;
struct trust;

/* What the open question is about. */
enum topic {
    TOPIC_NONE,
    TOPIC_FILE,   /* what to do about a key file */
    TOPIC_TRUST,  /* the host key */
    TOPIC_USER,   /* the login name */
    TOPIC_OTHER,  /* another name, as this one was refused */
    TOPIC_TOLD,   /* another name, as the machine tells it */
    TOPIC_UNLOCK, /* a passphrase, to learn a hidden public half */
    TOPIC_SIGN,   /* a passphrase, to sign */
    TOPIC_ADD,    /* give the key to the agent? */
    TOPIC_PROMPT  /* one of the server's prompts, or a password */
};

/* The login name, as far as it is not the user's affair alone. */
struct naming {
    bool known;     /* it has worked before: there is no other */
    bool guessed;   /* nobody has given it */
    bool undecided; /* ... and no key was taken for it yet */
    char *guess[LOGINNAME_TRIES];
    size_t guesses, next; /* next: behind the one that is tried */
    char *spare;          /* the key's comment begins with it; or NULL */
    size_t asked;         /* keys, about the name that is tried */
    size_t asked_least;   /* ... about each; 0: no name has ended yet */
    bool no_keys;         /* the server takes none, whoever asks */
    size_t most;          /* that may be; 0: as many as is usual */
    size_t first;         /* index of the key that is asked about first */
    char *used[LOGINNAME_TRIES]; /* the names of all logins that were begun */
    size_t used_len;
    enum connect_turn turn;
    char *ident;         /* the server's, while there is no session */
    char *shown;         /* the name that memory or console has; or NULL */
    struct buf accepted; /* the host key of the connection before */
    uint64_t due;        /* ms: when the next connection is made; or 0 */
    uint64_t listens;    /* ms: so long the session is listened to; or 0 */
    bool settled;        /* the session tells no other name */
    bool followed;       /* the user is one that the machine told */
    char told[LOGINNAME_MAX];
    char *offer;        /* of TOPIC_OTHER: the name */
    struct err refused; /* ... and what happened */
};

struct connect {
    const struct options *opt;
    struct notes *notes;
    struct ladder *ladder;
    enum terminal_text terminal;
    bool deep_colors;
    const struct ssh_pty *pty;
    const char *command;
    const struct patience *patience; /* of the attempts; NULL: there is one */
    uint64_t until;                  /* likewise; 0: there is one attempt */
    uint64_t deadline;               /* of the attempt */
    uint64_t dialled_at;             /* ms of clock_ms() */
    uint64_t connected_at;           /* likewise: when there was a session */
    unsigned answer_limit;           /* as connect_params has it */
    uint64_t unanswered; /* ms: since when the server is to answer, or was when
                            it failed; 0: it was not its turn */
    struct identities *ids;
    struct keyagent *agent; /* there when ids is */
    struct identity_files files;
    struct identity_remedy remedy; /* of TOPIC_FILE */
    struct console *console;       /* of --console, or pasted; or NULL */
    struct memory *memory;         /* the machines that were met */
    struct trust *trust;
    struct dial *dial;
    struct ssh_session *session;
    char *address;
    char *user;
    struct naming naming;
    char *rsa_signatures; /* by PubkeyAcceptedAlgorithms; or NULL */
    /* Authentication: the key being tried. */
    struct identity *id;
    size_t next_id;
    size_t spent; /* next_id behind the key that was a step; 0: none was */
    size_t first_taken;       /* while surveying; -1: none yet */
    struct keyholder *holder; /* has id's file; NULL: it is not opened */
    /* What opened kept_id in an attempt before, while attempts are repeated. */
    struct keyholder *kept;
    const struct identity *kept_id;
    uint64_t slow_at;   /* when to say that this takes long; 0: said */
    unsigned tries;     /* passphrases typed for id */
    bool agent_failed;  /* ... for which the agent did not sign */
    struct err mistake; /* in the first key that could not be used, if it was
                           not for want of a passphrase; or ERR_NONE */
    struct refusals refusals;
    struct keyadd *adding; /* the key that is, or may be, given to the agent */
    const struct identity *added_id;            /* ... which it is */
    const char *added_name, *added_description; /* of it */
    bool key_accepted;                          /* as one step of the login */
    /* Authentication: prompts. */
    struct secret *answers[SSH_PROMPTS_MAX]; /* of the round so far */
    size_t answers_len;
    unsigned accepted;   /* steps of the login that have been noted */
    unsigned wrong_told; /* answers that were wrong, and said so */
    unsigned changes;    /* new passwords that were no good */
    /* The open question. */
    enum topic topic;
    struct buf text;   /* of the question */
    struct buf prompt; /* likewise */
    struct ui_question question;
    unsigned puzzled;   /* answers to it that were none, in a row */
    uint64_t asked_at;  /* ms of clock_ms() */
    uint64_t given_at;  /* likewise: a person has done what was asked; or 0 */
    struct err failure; /* once failed */
    struct buf account; /* all that is to be said of it; or empty */
    enum fault fault;   /* likewise; before, what was found of it */
    /* What holds so far. */
    bool user_worked;   /* a login as user did, before this connect */
    bool can_ask;       /* somebody is there to answer ... */
    bool by_program;    /* ... by SSH_ASKPASS */
    bool surveying;     /* all keys are asked about before one signs */
    bool keys_compared; /* with the console's */
    bool host_key_judged;
    bool host_key_told; /* how it came to be accepted, for all attempts */
    bool hung_up; /* the server, while it is asked about: session is for that */
    bool keys_judged; /* the server takes one of them */
    bool keys_ended;  /* none is left to offer */
    bool banner_shown;
    bool by_agent; /* the agent made the last signature */
    bool prompted; /* the server asked something ... */
    bool pleased;  /* ... and accepted what was answered, as a step */
    bool spoken;   /* ... said something since the last answer */
    bool heard;    /* the session has printed something */
    bool outlasts; /* it did not end at once */
    bool again;    /* something was answered or begun: advance at once */
    bool failed;
    bool survey_failed; /* as the server hung up at so many keys */
};

/* ---- connect.c ---- */

/* The host to connect to. */
const char *connect_target(const struct connect *c);
/* The next part can begin without waiting for anything. */
enum connect_state connect_go_on(struct connect *c);
/* Put c->question, which is about the topic. */
enum connect_state connect_ask(struct connect *c, enum topic topic);
/* The host key is accepted; so is the name, if there is one: log in. */
enum connect_state connect_accepted(struct connect *c, struct err *err);
/* The first -i names the key to install, so another one is for the login. */
bool connect_second_key(const struct connect *c);
/* Make another connection to the same machine, as user (copied); NULL: that
 * is not known yet. */
void connect_again(struct connect *c, const char *user);
/* What was typed at TOPIC_TRUST. */
enum connect_state connect_answer_trust(struct connect *c, const char *text,
                                        struct err *err);
/* Nobody has waited any more, but for the user's answer. */
void connect_end_patience(struct connect *c);

/* ---- connect_name.c ---- */

/* No login name is given: try one, or ask, or wait for the agent's list. */
enum connect_state connect_choose_name(struct connect *c, struct err *err);
enum connect_state connect_answer_name(struct connect *c, const char *typed,
                                       struct err *err);
/* Is it a yes?  Enter alone is one. */
bool connect_is_yes(const char *typed);
/* The server's identification string, also when the session is gone; "". */
const char *connect_ident(const struct connect *c);
/* A login as c->user begins. */
void connect_use_name(struct connect *c);
bool connect_used(const struct connect *c, const char *name);
/* "ubuntu, root or bob": all of them; how many. */
size_t connect_put_used(const struct connect *c, struct buf *out);
/* May this key be asked about, while names are tried? */
bool connect_may_ask(const struct connect *c, const struct identity *id);
/* A key was taken for the name that is tried, or it needs none. */
void connect_name_decided(struct connect *c, bool by_key);
enum name_end {
    NAME_REFUSED, /* no key is taken for it */
    NAME_HUNG_UP, /* ... and the server takes no more questions */
    NAME_NO_KEYS  /* the server takes none for anybody, and there is somebody
                     to ask */
};

/* The name that is tried will not do: the next one, or ask, or fail. */
enum connect_state connect_next_name(struct connect *c, enum name_end end,
                                     struct err *err);
/* Is somebody there who wants a shell, as a user that may be doubted? */
bool connect_asks_for_shell(const struct connect *c);
/* ... and may another name be offered? */
bool connect_may_offer(const struct connect *c);
/* The name of the last login there, or the console's, if it was not tried; NULL
 * if none is known. */
const char *connect_shown_name(const struct connect *c);
/* *err is why the user was not let in: offer another name, or fail. */
enum connect_state connect_offer_name(struct connect *c, struct err *err);
/* typed NULL: cancelled. */
enum connect_state connect_answer_other(struct connect *c, const char *typed,
                                        struct err *err);
void connect_free_names(struct connect *c);

/* ---- connect_told.c ---- */

/* The session, once it is open, will be listened to. */
bool connect_will_listen(const struct connect *c);
/* ... and has been, or will not be: the login is the right one. */
bool connect_settled(const struct connect *c);
/* Listen: does it tell to log in as another user? */
enum connect_state connect_listen(struct connect *c, uint64_t now,
                                  struct err *err);
enum connect_state connect_answer_told(struct connect *c, const char *typed);

/* ---- connect_early.c ---- */

/* The session has lasted for a while, or need not: it is there to be used. */
bool connect_outlasts(const struct connect *c);
/* Wait for that; or it has ended as one does on a machine that boots. */
enum connect_state connect_outlast(struct connect *c, uint64_t now,
                                   struct err *err);
/* The connection was lost behind the login, for err, as it is there. */
bool connect_came_early(const struct connect *c, const struct err *err);
/* There was a command that is not ours, and it may have run. */
bool connect_may_have_run(const struct connect *c);
/* err is how the session failed: put it in those words, if it was stillborn. */
void connect_explain_stillborn(struct connect *c, struct err *err);

/* ---- connect_ladder.c ---- */

/* Tell the ladder what has been passed by now. */
void connect_climb(struct connect *c, uint64_t now);
/* It has failed: at which rung, and of what kind. */
void connect_fall(struct connect *c, const struct err *err);
/* What the server answered to a key. */
void connect_note_key(struct connect *c, const struct identity *id,
                      const char *answer, bool taken);
/* What the key exchange has agreed on, for -v. */
void connect_note_agreed(struct connect *c);

/* ---- connect_console.c ---- */

/* Read the console's log, if one is named and it has not been read. */
bool connect_read_console(struct connect *c, struct err *err);
/* The host key is the one in this answer: if it was a whole log, use the rest
 * of it too. */
void connect_keep_console(struct connect *c, const char *answer);
/* Log in as the user it tells, if none is named; false if it tells none. */
bool connect_console_user(struct connect *c);
/* The key that it shows for the user, if none of those is ours: append it,
 * cleaned; false: it shows none. */
bool connect_installed_key(const struct connect *c, struct buf *out);
/* It shows one of ours for the user. */
bool connect_is_installed(const struct connect *c);
/* It shows that the user has no key. */
bool connect_is_keyless(const struct connect *c);
/* Say so, once, if the keys that it shows for the user are none of ours. */
void connect_compare_keys(struct connect *c);

/* ---- connect_memory.c ---- */

/* The login name that worked on this machine last; NULL: none. */
const char *connect_known_user(const struct connect *c);
/* The index of the key that worked with it, if c->user is that name and the
 * key is one of ours; else 0. */
size_t connect_known_key(const struct connect *c);
/* The last login there was as c->user: with the key in this file, borrowed, ""
 * if in none; else NULL. */
const char *connect_known_file(const struct connect *c);
/* The same, but "" if that file does not hold that key any more. */
const char *connect_good_file(const struct connect *c);
/* ... with a key that is one of ours. */
bool connect_has_worked(const struct connect *c);
/* ... with a file that is one of ours, but held another key then; or NULL. */
const char *connect_replaced_file(const struct connect *c);
/* The login as c->user worked. */
void connect_remember(struct connect *c);

/* ---- connect_silent.c ---- */

/* What the session's step has come to; FAILED in its place, if the attempts are
 * to be over by now and the server is silent. */
enum ssh_want connect_limit(struct connect *c, enum ssh_want want, uint64_t now,
                            struct err *err);

/* ---- connect_failure.c ---- */

/* Keys were refused: append a sentence, if the user's name is likely wrong. */
void connect_doubt_name(const struct connect *c, struct buf *out);
/* err is why nobody is let in: write the account of that, and put the likeliest
 * cause behind err's sentence. */
void connect_account_keys(struct connect *c, struct err *err);

/* The session failed: say why. */
enum connect_state connect_explain(struct connect *c, struct err *err);

/* ---- connect_agent.c ---- */

/* The keyholder has signed: keep it, if the agent may get its key, or not. */
void connect_keep_key(struct connect *c);
/* The key was not accepted after all. */
void connect_forget_added(struct connect *c);
/* There will be another login, for which the key that was opened is there. */
void connect_take_back(struct connect *c);
/* Is it time to give it to the agent?  Then do, or ask. */
bool connect_add_due(const struct connect *c);
enum connect_state connect_add_key(struct connect *c);
/* typed NULL: cancelled. */
enum connect_state connect_answer_add(struct connect *c, const char *typed);
void connect_step_adding(struct connect *c);

/* ---- connect_files.c ---- */

/* Read the key files, before anything is sent. */
enum connect_state connect_load_keys(struct connect *c, struct err *err);
enum connect_state connect_answer_file(struct connect *c, const char *typed,
                                       struct err *err);
/* There is no key file, and IdentitiesOnly leaves out what the agent may
 * have. */
bool connect_bars_agent(const struct connect *c);
void connect_free_files(struct connect *c);

/* ---- connect_keys.c ---- */

/* The server wants a (further) key. */
enum connect_state connect_next_key(struct connect *c, struct err *err);
/* The server takes the key.  passphrase NULL: not asked (again). */
enum connect_state connect_sign(struct connect *c,
                                const struct secret *passphrase,
                                struct err *err);
/* Learn the key's hidden public half and offer it; passphrase likewise. */
enum connect_state connect_unlock(struct connect *c,
                                  const struct secret *passphrase,
                                  struct err *err);
/* There are others than those that were offered, also as certificates. */
bool connect_has_other_keys(const struct connect *c);
/* The key offered last was not taken; none may have been. */
void connect_note_refusal(struct connect *c);
/* What is the matter with a key file; NULL: with none. */
const struct err *connect_mistake(const struct connect *c);
/* Why a key was given up: is that more than the want of its passphrase? */
bool connect_is_mistake(const struct err *err);
/* No key is being tried any more: what was opened of it goes. */
void connect_drop_key(struct connect *c);
/* Say so when the opening of a key takes long. */
void connect_note_slow(struct connect *c, uint64_t now);

/* ---- connect_prompts.c ---- */

/* Tell the session which methods to try. */
void connect_set_methods(struct connect *c);
/* No option forbids to log in with a key. */
bool connect_allows_keys(const struct connect *c);
/* The server takes keys, as far as it has said. */
bool connect_takes_keys(const struct connect *c);
/* The server would take what is typed, and is given it. */
bool connect_takes_typing(const struct connect *c);
/* The server would take what is typed, but is given nothing, as its host key is
 * unverified. */
bool connect_withholds(const struct connect *c);
/* Append the options that leave out what the server would take: "A or B".  Do
 * they leave out all of it? */
bool connect_put_forbidding(const struct connect *c, struct buf *out);
/* The server would take what is typed, but there is nobody to ask. */
bool connect_lacks_person(const struct connect *c);
/* Say so when a step of the login was accepted. */
void connect_note_accepted(struct connect *c);
/* A note of what the server says, raw: nobody shall take it for ours. */
void connect_note_words(struct connect *c, const char *raw);
/* The session asks. */
enum connect_state connect_prompts(struct connect *c, struct err *err);
enum connect_state connect_answer_prompt(struct connect *c,
                                         const struct secret *typed,
                                         struct err *err);
void connect_free_prompts(struct connect *c);

#endif
