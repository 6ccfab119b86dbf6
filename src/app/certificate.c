#include "app/certificate.h"

#include <stdint.h>
#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "keys/sshcert.h"
#include "sys/file.h"

#define FILE_MAX  65536u /* bytes of a certificate's file */
#define STAMP_MAX 40     /* "2026-11-25 22:00:00 +0000" */

/* ---- the file ---- */

static struct sshcert *parse_line(const char *line, struct err *err)
{
    size_t type = strcspn(line, " \t\r\n"), len;
    struct sshcert *cert = NULL;
    struct buf blob = { 0 };

    line += type;
    line += strspn(line, " \t");
    len = strcspn(line, " \t\r\n");
    if (!base64_decode(&blob, line, len) ||
        !sshcert_is_blob(blob.data, blob.len))
        err_set(err, ERR_FORMAT, "this is no OpenSSH certificate");
    else
        cert = sshcert_from_blob(blob.data, blob.len, err);
    buf_free(&blob);
    return cert;
}

struct sshcert *certificate_read(const char *path, struct err *err)
{
    struct buf text = { 0 };
    struct sshcert *cert;

    if (!file_read(path, FILE_MAX, &text, err))
        return NULL;
    cert = parse_line(buf_str(&text) + strspn(buf_str(&text), " \t\r\n"), err);
    buf_free(&text);
    if (cert != NULL && cert->use != SSHCERT_USER) {
        sshcert_free(cert);
        cert = NULL;
        err_set(err, ERR_FORMAT,
                "this certificate is for a host, not for a user");
    }
    if (cert == NULL)
        err_prefix(err, "%s", path);
    return cert;
}

/* ---- what to think of it ---- */

static const char *stamp(uint64_t seconds, char out[STAMP_MAX])
{
    time_t t = (time_t)seconds;
    struct tm tm;

    if (seconds > INT32_MAX * UINT64_C(100) || localtime_r(&t, &tm) == NULL ||
        strftime(out, STAMP_MAX, "%Y-%m-%d %H:%M:%S %z", &tm) == 0)
        return "a time far away";
    return out;
}

static void put_names_doubt(const struct sshcert *cert, const char *user,
                            struct buf *out)
{
    struct buf names = { 0 };
    bool several;

    sshcert_put_names(cert, &names);
    several = strchr(buf_str(&names), ',') != NULL;
    if (names.len != 0)
        buf_printf(out,
                   "its certificate is for the login %s %s, not for %s, so "
                   "the server may refuse it; log in as %s, or have the key "
                   "certified for %s",
                   several ? "names" : "name", buf_str(&names), user,
                   several ? "one of them" : buf_str(&names), user);
    else
        buf_printf(out,
                   "its certificate names nobody who may log in with it, and "
                   "most servers refuse such; have the key certified for %s",
                   user);
    buf_free(&names);
}

bool certificate_doubt(const struct sshcert *cert, const char *user, time_t now,
                       struct buf *out)
{
    uint64_t time = (uint64_t)now;
    char text[STAMP_MAX];

    if (time >= cert->valid_till)
        buf_printf(out,
                   "its certificate was valid until %s; have the key certified "
                   "again",
                   stamp(cert->valid_till, text));
    else if (time < cert->valid_from)
        buf_printf(out,
                   "its certificate is valid only from %s on, if the clock of "
                   "this computer is right",
                   stamp(cert->valid_from, text));
    else if (!sshcert_names(cert, user))
        put_names_doubt(cert, user, out);
    else
        return false;
    return true;
}
