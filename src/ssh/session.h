/*
 * session.h - one SSH connection as a state machine over libssh2.
 *
 * ssh_session_step() never blocks.  It returns what is needed next; questions
 * go up as states and answers come down as calls, so this room knows no
 * screen.  All socket I/O goes through the session's own queues.  The host
 * key is judged (ASK_HOST_KEY) before any authentication starts.
 */
#ifndef SSH_SESSION_H
#define SSH_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct secret;
struct ssh_session;

enum ssh_want {
    SSH_WAIT,          /* poll, then step again */
    SSH_ASK_HOST_KEY,  /* ssh_session_host_key(); accept, or free */
    SSH_ASK_KEY,       /* ssh_session_offer_key() or _no_more_keys() */
    SSH_ASK_SIGNATURE, /* the server takes the key: sign or refuse */
    SSH_ASK_PROMPTS,   /* ssh_session_prompts(); answer them, or free */
    SSH_OPEN,          /* the channel is there: read, write, step */
    SSH_DONE,          /* the channel closed: ssh_session_exit() */
    SSH_FAILED         /* *err says why; only free is left */
};

struct ssh_pty {
    const char *term;
    unsigned cols, rows;
    const uint8_t *modes; /* RFC 4254 section 8, with TTY_OP_END */
    size_t modes_len;
};

struct ssh_params {
    const char *user;                  /* NULL: set it at ASK_HOST_KEY */
    const char *const *host_key_types; /* known ones first; may be empty */
    size_t host_key_types_len;
    /* RSA's signatures, best first, by commas; NULL: all that are safe. */
    const char *rsa_signatures;
    bool ctr_first; /* offer AES-CTR with a MAC before AES-GCM */
    bool compression;
    /*
     * After interval seconds of silence (0: never) the server is asked for a
     * sign of life; after count questions without one the connection is lost.
     * Where the system has TCP_USER_TIMEOUT, so it is when nothing that was
     * sent is acknowledged for interval * count seconds.
     */
    unsigned alive_interval;
    unsigned alive_count;
    uint64_t deadline; /* ms of the clock given to step(): the end of
                                the key exchange; 0: none */
    /* What to start once logged in. */
    bool no_command;           /* -N: log in and start nothing */
    const struct ssh_pty *pty; /* NULL: none; copied */
    const char *command;       /* NULL: a shell */
    /* "NAME=value"; refused ones are dropped.  Each but the last costs a
     * round trip: libssh2 can have only one on its way. */
    const char *const *env;
    size_t envs;
};

/*
 * Takes over a connected, non-blocking socket.  params are copied.  NULL with
 * *err set if libssh2 cannot start, or the command is too long for it.
 */
struct ssh_session *ssh_session_new(int fd, const struct ssh_params *params,
                                    struct err *err);

/*
 * Close.  Says goodbye if the peer still listens, but never waits; NULL is
 * allowed.  Closes the descriptor.
 */
void ssh_session_free(struct ssh_session *s);

/* ---- the loop's side ---- */

/* -1 once the peer has closed its side. */
int ssh_session_fd(const struct ssh_session *s);
/* What to poll it for: POLLIN, POLLOUT, both, or neither: then what has come
 * must be read first. */
short ssh_session_events(const struct ssh_session *s);
/*
 * Bytes may wait inside the session, which poll cannot see: read and step
 * again without waiting.  Reading each stream until it gives 0 or -1 clears
 * it; a caller that does not want to read yet must not ask.
 */
bool ssh_session_busy(const struct ssh_session *s);
/* When to step at the latest, in ms of the same clock; 0: no timer. */
uint64_t ssh_session_wake(const struct ssh_session *s);

/*
 * Go on as far as possible without waiting, in a bounded turn: read and
 * write the socket, answer rekeys, keep alive.  now is a monotonic clock in
 * milliseconds.
 */
enum ssh_want ssh_session_step(struct ssh_session *s, uint64_t now,
                               struct err *err);
/* Nothing waits on ssh_session_fd(), as poll() has just found: the next step
 * need not look. */
void ssh_session_unready(struct ssh_session *s);
/* After WAIT, while ssh_session_unanswered(): its silence is waited for no longer,
 * as if it had lasted too long.  FAILED. */
enum ssh_want ssh_session_give_up(struct ssh_session *s, struct err *err);

/* ---- questions and answers ---- */

/* The server's host key blob, borrowed; NULL before ASK_HOST_KEY. */
const uint8_t *ssh_session_host_key(const struct ssh_session *s, size_t *len);
/* "SSH-2.0-OpenSSH_9.2p1 Debian-2", cleaned; "" before it came. */
const char *ssh_session_ident(const struct ssh_session *s);
void ssh_session_set_user(struct ssh_session *s, const char *user);
/* One more variable, as ssh_params has them; before the login. */
void ssh_session_add_env(struct ssh_session *s, const char *variable);
/* Methods to log in by (RFC 4252 sections 7 and 8, RFC 4256). */
#define SSH_METHOD_KEY      "publickey"
#define SSH_METHOD_PROMPTS  "keyboard-interactive"
#define SSH_METHOD_PASSWORD "password"

/*
 * These methods, best first, separated by commas; others are passed over.
 * tries: how often the answers to one of the last two may be wrong.  To be set
 * at ASK_HOST_KEY; else only keys are tried.
 */
void ssh_session_set_methods(struct ssh_session *s, const char *methods,
                             unsigned tries);
void ssh_session_accept_host_key(struct ssh_session *s);

/* Offer a public key blob; a SIGNATURE question or the next KEY question
 * follows.  The blob is copied. */
void ssh_session_offer_key(struct ssh_session *s, const uint8_t *blob,
                           size_t len);
void ssh_session_no_more_keys(struct ssh_session *s);

enum ssh_key_answer {
    SSH_KEY_REFUSED,
    SSH_KEY_TYPE,      /* likewise, and the server lists no algorithm of its */
    SSH_KEY_ALGORITHM, /* not offered: the server takes no algorithm that it
                          may sign with */
    SSH_KEY_SHA1,      /* taken, but only with a signature of SHA-1 */
    SSH_KEY_SIGNATURE, /* its signature was refused */
    SSH_KEY_UNUSED     /* ssh_session_refuse_signature() */
};

/* At the next ASK_KEY, or at the end: what became of the key offered last. */
enum ssh_key_answer ssh_session_key_answer(const struct ssh_session *s);

/* Does the server list this algorithm for signatures?  False if it has not
 * said. */
bool ssh_session_lists_signature(struct ssh_session *s, const char *name);

/* At the end: would the server have taken an RSA key that it refused, with a
 * signature of SHA-1? */
bool ssh_session_takes_sha1(const struct ssh_session *s);

/*
 * At ASK_SIGNATURE: the bytes to sign and the algorithm's name, borrowed.
 * Answer with the inner signature bytes (copied; of a security key, libssh2
 * wants them as string signature, byte flags, uint32 counter), or refuse: then
 * the next KEY question follows.
 */
const uint8_t *ssh_session_to_sign(const struct ssh_session *s, size_t *len,
                                   const char **algorithm);
void ssh_session_give_signature(struct ssh_session *s, const uint8_t *sig,
                                size_t len);
void ssh_session_refuse_signature(struct ssh_session *s);
/* The blob that a signature was made with last; NULL: none was.  Borrowed until
 * the next key is offered. */
const uint8_t *ssh_session_signed_key(const struct ssh_session *s, size_t *len);
/* In place of that of the parameters, before the server has let us in. */
void ssh_session_set_command(struct ssh_session *s, const char *command);

#define SSH_PROMPTS_MAX 32

enum ssh_prompts_kind {
    SSH_PROMPTS_SERVER,      /* the texts are the server's */
    SSH_PROMPTS_PASSWORD,    /* one answer; no text */
    SSH_PROMPTS_NEW_PASSWORD /* the old one has expired; the server's words
                                about it are the instruction */
};

struct ssh_prompt {
    const char *text; /* raw and untrusted; len bytes, no NUL behind them */
    size_t len;
    bool echo;
};

struct ssh_prompts {
    enum ssh_prompts_kind kind;
    struct ssh_prompt name, instruction; /* often empty */
    const struct ssh_prompt *prompt;
    size_t n;         /* at most SSH_PROMPTS_MAX; 0: only to be shown */
    unsigned refused; /* earlier answers to this method that were wrong */
    unsigned wrong;   /* the same of all methods */
    unsigned changes; /* new passwords that the server did not take: so far;
                         when a password is asked for, in the last attempt */
};

/* At ASK_PROMPTS; borrowed until the answer.  All texts together are at most
 * 64 KiB. */
const struct ssh_prompts *ssh_session_prompts(const struct ssh_session *s);
/* One answer a prompt, so n must be theirs; they are copied. */
void ssh_session_answer_prompts(struct ssh_session *s,
                                struct secret *const answers[], size_t n);

/*
 * How many steps of the login the server has accepted without being content;
 * the last of them as "the key was accepted".
 */
unsigned ssh_session_accepted(const struct ssh_session *s, const char **last);

/* The server has let us in; the channel may not be there yet. */
bool ssh_session_logged_in(const struct ssh_session *s);

/* The methods the server would still take, as it lists them,
 * "publickey,password"; NULL before it said so. */
const char *ssh_session_methods(const struct ssh_session *s);
/* It lists keyboard-interactive, but has refused it without a question. */
bool ssh_session_refused_unasked(const struct ssh_session *s);
/* The server's banner (RFC 4252 section 5.4), raw and untrusted: clean it.
 * NULL if there is none yet. */
const char *ssh_session_banner(const struct ssh_session *s);

/* After FAILED: what kind of failure it was, where that says more than the
 * code of the error. */
enum ssh_fault {
    SSH_FAULT_OTHER,
    SSH_FAULT_CLOSED_EARLY, /* it closed before it said anything */
    SSH_FAULT_MUTE,         /* it said nothing in time */
    SSH_FAULT_NOT_SSH,      /* it said something else, or nothing but that */
    SSH_FAULT_PENALTY,      /* it refuses this address for a while */
    SSH_FAULT_STARTUPS,     /* it has too many logins under way */
    SSH_FAULT_ALGORITHMS,   /* nothing in common, or another protocol */
    SSH_FAULT_KEX,          /* it was lost in the key exchange */
    SSH_FAULT_LOGIN,        /* ... in the login */
    SSH_FAULT_TOLD,         /* ... and the server had said why */
    SSH_FAULT_SILENT,       /* it stopped answering there, or behind */
    SSH_FAULT_START,        /* logged in, but nothing could be started */
    SSH_FAULT_CLOSED        /* it closed an open session */
};

enum ssh_fault ssh_session_fault(const struct ssh_session *s);

/* After FAILED in the login: what the server said last by another banner, raw
 * and untrusted, or "".  The sentence has it where the connection was lost. */
const char *ssh_session_last_words(struct ssh_session *s);

/* ---- the channel ---- */

enum ssh_stream { SSH_STDOUT, SSH_STDERR };

/*
 * Read at most n bytes: >0 bytes, 0 nothing now, -1 end of this stream.
 * A lost connection shows at the next step.
 */
long ssh_session_read(struct ssh_session *s, enum ssh_stream stream, void *data,
                      size_t n);

#define SSH_FIRST_MAX 1024

/*
 * What a stream begins with, as far as it has come and at most SSH_FIRST_MAX
 * bytes, raw and untrusted; ssh_session_read() gives it all the same.  *ended:
 * no more comes.  Borrowed.
 */
const struct buf *ssh_session_first(struct ssh_session *s,
                                    enum ssh_stream stream, bool *ended);

/* Bytes taken, perhaps 0 when the channel's window or our queue is full. */
size_t ssh_session_write(struct ssh_session *s, const void *data, size_t n);
/* May ssh_session_write() take anything?  Read no more input while not; ask
 * again after each step, for a step may have made room. */
bool ssh_session_writable(const struct ssh_session *s);
/* No more input will come (standard input ended). */
void ssh_session_send_eof(struct ssh_session *s);
void ssh_session_resize(struct ssh_session *s, unsigned cols, unsigned rows);
/* name without SIG: "INT", "TERM" (RFC 4254 section 6.9). */
void ssh_session_signal(struct ssh_session *s, const char *name);

struct ssh_exit {
    bool known;      /* the server told one of the two */
    int status;      /* exit status, if signal is empty */
    char signal[32]; /* "TERM", or empty; cleaned */
};

struct ssh_exit ssh_session_exit(const struct ssh_session *s);
/* Before DONE: has the program ended?  What it printed may still be here, if
 * all of it was looked at.  *out: how. */
bool ssh_session_over(struct ssh_session *s, struct ssh_exit *out);
/* Also after FAILED: was the server asked to start the program?  Then it may
 * have run. */
bool ssh_session_asked_to_start(const struct ssh_session *s);

/* ---- a command beside the program ---- */

enum ssh_exec_state {
    SSH_EXEC_NONE,
    SSH_EXEC_RUNS,
    SSH_EXEC_DONE,  /* all its output has come */
    SSH_EXEC_FAILED /* the server starts no second program */
};

/*
 * At OPEN: run it on a second channel, without a terminal and with no input
 * but its end.  One at a time: false until the last one was dropped, and its
 * channel has closed.
 */
bool ssh_session_exec(struct ssh_session *s, const char *command);
/* It changes in ssh_session_step(). */
enum ssh_exec_state ssh_session_exec_state(const struct ssh_session *s);
/* What it printed, at most 64 KiB, raw and untrusted; borrowed until the next
 * step or exec. */
const struct buf *ssh_session_exec_output(const struct ssh_session *s);
/* Done with it, or it is not waited for any more; to SSH_EXEC_NONE. */
void ssh_session_exec_drop(struct ssh_session *s);

/* ---- facts for a status line ---- */

struct ssh_facts {
    const char *kex, *host_key, *cipher, *mac; /* negotiated; "" before */
    unsigned strength;       /* of kex and cipher, in bits; 0 before */
    bool pty_refused;        /* the program runs without a terminal */
    uint64_t received, sent; /* bytes on the socket */
    uint64_t last_received;  /* ms of step()'s clock; 0: nothing yet */
};

struct ssh_facts ssh_session_facts(const struct ssh_session *s);

/* When the channel was opened, in ms of step()'s clock; 0: not yet. */
uint64_t ssh_session_opened(const struct ssh_session *s);
/* Likewise: since when it is to answer, in the login or a sign of life, and
 * says nothing; 0: it is not. */
uint64_t ssh_session_unanswered(const struct ssh_session *s);

/* The version of libssh2 that runs, "1.11.1". */
const char *ssh_library(void);

/* Does it sign for an RSA certificate with SHA-2?  1.11.0 knows SHA-1 only. */
bool ssh_library_certifies_rsa(void);

#endif
