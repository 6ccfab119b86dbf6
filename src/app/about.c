/*
 * about.c - the command.  One line, for csh takes no more within quotes, and
 * without a character that some shell expands within single quotes.  Whatever
 * a system lacks is left out or said to be unknown.
 */
#include "app/about.h"

#include <string.h>
#include "base/base64.h"
#include "base/buf.h"
#include "keys/sshkey.h"

#define KEY_END 40u /* characters of base64 that tell a key from all others */

#define TEXT_(x) #x
#define TEXT(x)  TEXT_(x)

static const char begin[] = "exec sh -c 'key=";

/* clang-format off */
static const char command[] =
    "; exec 2>/dev/null; "
    "PATH=$PATH:/usr/sbin:/sbin; LC_ALL=C; export PATH LC_ALL; "
    "row() { printf \"%-16s%s\\n\" \"$1\" \"$2\"; }; "
    "has() { command -v \"$1\" >/dev/null; }; "
    "brief() { if has timeout; then timeout 3 \"$@\"; else \"$@\"; fi; }; "
    "rows() { "
    /* for awk: from KiB */
    "size=\"function size(k) { return k < 1048576 ? "
        "sprintf(\\\"%d MiB\\\", k / 1024) : "
        "sprintf(\\\"%.1f GiB\\\", k / 1048576) }\"; "

    "name=$(. /etc/os-release && echo \"$PRETTY_NAME\"); "
    "row System \"${name:-unknown}, $(uname -s) $(uname -r), $(uname -m)\"; "
    "row Name \"$(uname -n)\"; "
    "row Processors \"$(nproc || sysctl -n hw.ncpu)\"; "
    "if test -r /proc/meminfo; then "
        "row Memory \"$(awk \"$size /^MemTotal/ { t = \\$2 } "
            "/^MemAvailable/ { a = \\$2 } "
            "END { print size(t) \\\", \\\" size(a) \\\" free\\\" }\" "
            "/proc/meminfo)\"; "
    "else row Memory \"$(sysctl -n hw.physmem | "
        "awk \"$size { print size(\\$1 / 1024) }\")\"; fi; "
    "row Disk \"$(df -kP / | awk \"$size "
        "NR == 2 { print size(\\$2) \\\", \\\" size(\\$4) "
        "\\\" free (/)\\\" }\")\"; "
    "row Up \"$(awk \"{ d = int(\\$1 / 86400); h = int(\\$1 % 86400 / 3600); "
        "m = int(\\$1 % 3600 / 60); "
        "if (d) printf \\\"%d day%s, \\\", d, d == 1 ? \\\"\\\" : \\\"s\\\"; "
        "if (d + h) printf \\\"%d:%02d hours\\\", h, m; "
        "else printf \\\"%d minute%s\\\", m, m == 1 ? \\\"\\\" : \\\"s\\\" }\" "
        "/proc/uptime || uptime)\"; "
    "row Load \"$(cut -d \" \" -f 1-3 /proc/loadavg || "
        "sysctl -n vm.loadavg)\"; "

    /* $1: a line of a waiting update; $2: as of when; $3: the exit statuses of
     * an answer; then what lists them, which may take too long. */
    "updates() { line=$1; as=$2; good=$3; shift 3; list=$(brief \"$@\"); "
        "status=$?; case \" $good \" in "
        "*\" $status \"*) row Updates \"$(echo \"$list\" | grep -c \"$line\") "
            "waiting, by the last $as\" ;; "
        "*) if test $status = 124; then why=\"took more than 3 seconds\"; "
            "else why=\"failed, with status $status\"; fi; "
            "row Updates \"unknown: $1 $why\" ;; esac; }; "
    "if has apt-get; then updates ^Inst \"apt-get update\" 0 "
        "apt-get -s -o Debug::NoLocking=1 upgrade; "
    "elif has dnf; then updates ^[[:alnum:]] \"look of dnf\" \"0 100\" "
        "dnf -qC check-update; "
    "elif has apk; then updates . \"apk update\" 0 apk list -u; "
    "elif has pacman; then updates . \"pacman -Sy\" \"0 1\" pacman -Qu; "
    "else row Updates \"unknown: no apt-get, dnf, apk or pacman is there\"; "
    "fi; "
    "if test -e /var/run/reboot-required; then row Reboot needed; "
    "elif has needs-restarting; then "
        "if brief needs-restarting -r >/dev/null; "
        "then row Reboot \"not needed\"; else row Reboot needed; fi; "
    "else row Reboot \"no sign that one is needed\"; fi; "
    "if has cloud-init; then state=$(brief cloud-init status | sed -n "
        "\"s/^status: //p\"); "
        "row cloud-init \"${state:-unknown: it does not tell its status}\"; "
    "else row cloud-init \"not there\"; fi; "

    "all=$(brief sshd -T || "
        "cat /etc/ssh/sshd_config.d/*.conf /etc/ssh/sshd_config); "
    "first() { echo \"$all\" | awk \"tolower(\\$1) == \\\"$1\\\" "
        "{ print tolower(\\$2); exit }\"; }; "
    "if test -z \"$all\" && test -e /etc/ssh/sshd_config; then "
        "row Passwords \"unknown: only root can read sshd_config\"; "
    "elif test -z \"$all\"; then "
        "row Passwords \"unknown: there is no /etc/ssh/sshd_config\"; "
    "elif test \"$(first passwordauthentication)\" = no && "
        "test \"$(first kbdinteractiveauthentication)\" = no; "
    "then row Passwords \"keys only, by sshd_config\"; "
    "else row Passwords \"a login by password is open, by sshd_config\"; fi; "

    "file=\"~/.ssh/authorized_keys\"; "
    "keys=$(grep -v \"^[[:space:]]*#\" ~/.ssh/authorized_keys | grep .); "
    /* whose options have backslashes, on which some echo acts */
    "count() { printf \"%s\\n\" \"$keys\" | grep -c \"$@\"; }; "
    "all=$(count \"[^[:space:]]\"); "
    "if test -z \"$key\"; then row Keys \"$all in $file\"; "
    "elif mine=$(count -F -e \"$key\"); test $mine = 0; then "
        "row Keys \"$all in $file; yours is let in from elsewhere\"; "
    "elif test $mine = $all; then row Keys \"none but yours in $file\"; "
    "else row Keys \"$((all - mine)) besides yours in $file\"; fi; "

    "}; "
    /* A trap interrupts wait, but no program in the foreground. */
    "rows & all=$!; "
    "trap \"kill $all; row \\\"(cut)\\\" \\\"the rest took too long\\\"; "
        "exit " TEXT(ABOUT_STATUS) "\" TERM; "
    "(sleep 5; kill $$) >/dev/null & guard=$!; "
    "wait $all; kill $guard; exit " TEXT(ABOUT_STATUS) "' </dev/null";
/* clang-format on */

/* Its line is not to be found by a certificate. */
static bool is_certificate(const uint8_t *blob, size_t len)
{
    char type[64];

    sshkey_blob_type(blob, len, type, sizeof type);
    return strstr(type, "-cert-v01@") != NULL;
}

void about_put_command(struct buf *out, const uint8_t *blob, size_t len)
{
    struct buf key = { 0 };
    size_t n;

    buf_put_str(out, begin);
    if (len != 0 && !is_certificate(blob, len)) {
        base64_encode(&key, blob, len, true);
        n = key.len < KEY_END ? key.len : KEY_END;
        buf_put(out, key.data + (key.len - n), n);
    }
    buf_put_str(out, command);
    buf_free(&key);
}
