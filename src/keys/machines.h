/*
 * machines.h - what is remembered of machines: a machine is its host keys,
 * wherever it answers.
 *
 * Pure: the caller reads and writes the file (app/memory.h).  It is text:
 *
 *     machine web1
 *         server SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5
 *         key ssh-ed25519 AAAA... 2026-11-01T10:00:00Z 2026-11-25T09:12:44Z
 *         address 203.0.113.5 22 2026-11-01T10:00:00Z 2026-11-25T09:12:44Z
 *         login ubuntu 41 2026-11-25T09:12:44Z /home/me/.ssh/id_ed25519
 *         with ubuntu SHA256:... certificate
 *
 * A line that begins with no blank begins a machine; those behind it, which
 * begin with one, tell of it.  Times are in UTC: first and last.  In a name, a
 * user and a file a "%" and two hexadecimal digits stand for a byte that would
 * not be one word.  "moved" and "retired" are keys too, see below.  "with" tells
 * which key the login's file had, and whether by its certificate.  A '#'
 * begins a comment.  Lines of other kinds are kept as they are: a later version
 * adds kinds of lines, not words to a line.
 */
#ifndef KEYS_MACHINES_H
#define KEYS_MACHINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum machine_key_state {
    MACHINE_KEY,
    MACHINE_KEY_MOVED,  /* still its own; but another machine has taken its
                          address, and so its line in known_hosts is gone */
    MACHINE_KEY_RETIRED /* before it was rebuilt */
};

struct machine_key {
    uint8_t *blob;
    size_t blob_len;
    enum machine_key_state state;
    int64_t first, last; /* seen; seconds since 1970 in UTC, here and below */
};

struct machine_address {
    char *host; /* numeric */
    unsigned port;
    int64_t first, last;
};

struct machine_login {
    char *user;
    unsigned long count;
    int64_t last;
    char *file;     /* of the private key; NULL: unknown, or an agent's */
    char *print;    /* the key's fingerprint; NULL: unknown */
    bool certified; /* it was a certificate of the key that was taken */
};

/* Text is clean (text.h), whatever the file had. */
struct machine {
    char *name;
    char *server; /* its identification string; NULL: unknown */
    struct machine_key *keys;
    size_t keys_len;
    struct machine_address *addresses;
    size_t addresses_len;
    struct machine_login *logins;
    size_t logins_len;
    char *others; /* lines kept as they are; or NULL */
};

struct machines;

struct machines *machines_new(void);
/* NULL is allowed. */
void machines_free(struct machines *ms);

/*
 * Read a file's text into an empty collection.  A bad line is noted, and kept
 * as a comment; it never loses the rest.
 */
void machines_parse(struct machines *ms, const void *text, size_t len);
/* "LINE: reason"; i from 0, NULL at the end. */
const char *machines_note(const struct machines *ms, size_t i);
/* Append the text that machines_parse() reads. */
void machines_format(const struct machines *ms, struct buf *out);

size_t machines_count(const struct machines *ms);
const struct machine *machines_get(const struct machines *ms, size_t i);

/* Whose key is it?  *key is set, if it is one's; a machine that has retired it
 * only if no other has it.  NULL: nobody's. */
const struct machine *machines_find_key(const struct machines *ms,
                                        const uint8_t *blob, size_t len,
                                        const struct machine_key **key);
/* Which was seen there last, and has a key that is not moved or retired?  By
 * the name that it is called by (in any letter case), or by its numeric
 * address.  NULL: none. */
const struct machine *machines_named(const struct machines *ms,
                                     const char *name, unsigned port);
const struct machine *machines_at(const struct machines *ms, const char *host,
                                  unsigned port);

/* The last time that one of its keys was seen, and its logins in all. */
int64_t machine_last(const struct machine *m);
unsigned long machine_logins(const struct machine *m);
/* Where it was seen last; NULL: nowhere. */
const struct machine_address *machine_place(const struct machine *m);
/* The login that worked last; NULL: none has. */
const struct machine_login *machine_last_login(const struct machine *m);

/*
 * Is it seen at several addresses in turn, if it is seen at host now (NULL:
 * as it stands)?  Then it may be several machines with the same keys, made from
 * one image.  Addresses of one family are compared: one machine has two.
 */
bool machine_in_turn(const struct machine *m, const char *host, int64_t now);
/* At how many hosts of host's family it was seen, with this one. */
size_t machine_hosts(const struct machine *m, const char *host);

/* A server that was accepted. */
struct machines_sight {
    const uint8_t *blob; /* its key */
    size_t blob_len;
    const char *name; /* what the user calls it, or an address */
    bool named;       /* ... the former */
    const char *host; /* numeric */
    unsigned port;
    const char *server; /* identification string, cleaned */
    int64_t now;
    /* Another key, of the machine that it is compared with; or NULL. */
    const uint8_t *old;
    size_t old_len;
};

enum machines_change {
    MACHINES_SEEN,    /* the machine with this key; a new one if none has it */
    MACHINES_ALSO,    /* one with the old key has this one too */
    MACHINES_REBUILT, /* ... and all that it had are retired */
    MACHINES_ANOTHER  /* ... has it no more where it was: it is moved */
};

void machines_see(struct machines *ms, const struct machines_sight *sight,
                  enum machines_change change);
/* What the login was by: see struct machine_login.  file and print may be
 * NULL. */
struct machines_way {
    const char *file, *print;
    bool certified;
};

/* A login worked on the machine that has the key, or if none has, the old
 * one. */
void machines_logged_in(struct machines *ms, const struct machines_sight *sight,
                        const char *user, const struct machines_way *way);

/* The machine with this key was at this place until now; if both are known: of
 * the sight no more is looked at. */
void machines_leave(struct machines *ms, const struct machines_sight *sight);

/* "2026-11-25T09:12:44Z"; 0 for what is none or before 1970. */
int64_t machines_time(const char *text);
void machines_put_time(struct buf *out, int64_t time);

#endif
