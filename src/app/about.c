/*
 * about.c - the command.  One line, for csh takes no more within quotes, and
 * without a character that some shell expands within single quotes.  Whatever
 * a system lacks is left out or said to be unknown.
 */
#include "app/about.h"

/* clang-format off */
const char about_command[] =
    "exec sh -c '"
    "exec 2>/dev/null; "
    "PATH=$PATH:/usr/sbin:/sbin; LC_ALL=C; export PATH LC_ALL; "
    "row() { printf \"%-16s%s\\n\" \"$1\" \"$2\"; }; "
    "has() { command -v \"$1\" >/dev/null; }; "
    "brief() { if has timeout; then timeout 3 \"$@\"; else \"$@\"; fi; }; "
    "trap \"row \\\"(cut)\\\" \\\"the rest took too long\\\"; exit 0\" TERM; "
    "(sleep 5; kill $$) >/dev/null & guard=$!; "

    "name=$(. /etc/os-release && echo \"$PRETTY_NAME\"); "
    "row System \"${name:-unknown}, $(uname -s) $(uname -r), $(uname -m)\"; "
    "row Name \"$(uname -n)\"; "
    "row Processors \"$(nproc || sysctl -n hw.ncpu)\"; "
    "row Memory \"$(awk \"/^MemTotal/ { t = \\$2 } "
        "/^MemAvailable/ { a = \\$2 } "
        "END { printf \\\"%.1f GiB, %.1f GiB free\\\", "
        "t / 1048576, a / 1048576 }\" /proc/meminfo || "
        "sysctl -n hw.physmem)\"; "
    "row Disk \"$(df -hP / | awk \"NR == 2 { print \\$2 \\\", \\\" \\$4 "
        "\\\" free (/)\\\" }\")\"; "
    "row Up \"$(awk \"{ d = int(\\$1 / 86400); h = int(\\$1 % 86400 / 3600); "
        "m = int(\\$1 % 3600 / 60); "
        "printf \\\"%d days %d:%02d hours\\\", d, h, m }\" "
        "/proc/uptime || uptime)\"; "
    "row Load \"$(cut -d \" \" -f 1-3 /proc/loadavg || "
        "sysctl -n vm.loadavg)\"; "

    /* $1: a line of a waiting update; $2: as of when; then what lists them,
     * which may take too long. */
    "updates() { line=$1; as=$2; shift 2; list=$(brief \"$@\"); "
        "if test $? = 124; then row Updates unknown; "
        "else row Updates \"$(echo \"$list\" | grep -c \"$line\") waiting, "
        "by the last $as\"; fi; }; "
    "if has apt-get; then updates ^Inst \"apt-get update\" "
        "apt-get -s -o Debug::NoLocking=1 upgrade; "
    "elif has dnf; then "
        "updates ^[[:alnum:]] \"look of dnf\" dnf -qC check-update; "
    "elif has apk; then updates . \"apk update\" apk list -u; "
    "else row Updates unknown; fi; "
    "if test -e /var/run/reboot-required; then row Reboot needed; "
    "elif has needs-restarting; then "
        "if brief needs-restarting -r >/dev/null; "
        "then row Reboot \"not needed\"; else row Reboot needed; fi; "
    "else row Reboot \"no sign that one is needed\"; fi; "
    "if has cloud-init; then row cloud-init "
        "\"$(brief cloud-init status | sed -n "
        "\"s/^status: //p\")\"; "
    "else row cloud-init \"not there\"; fi; "

    "all=$(brief sshd -T || "
        "cat /etc/ssh/sshd_config.d/*.conf /etc/ssh/sshd_config); "
    "first() { echo \"$all\" | awk \"tolower(\\$1) == \\\"$1\\\" "
        "{ print tolower(\\$2); exit }\"; }; "
    "if test -z \"$all\"; then "
        "row Passwords \"unknown: only root can read sshd_config\"; "
    "elif test \"$(first passwordauthentication)\" = no && "
        "test \"$(first kbdinteractiveauthentication)\" = no; "
    "then row Passwords \"not taken: keys only\"; "
    "else row Passwords \"a login by password is open\"; fi; "
    "row Keys \"$(cat ~/.ssh/authorized_keys | "
        "grep -c \"^[[:space:]]*[^#[:space:]]\") in ~/.ssh/authorized_keys\"; "

    "kill $guard' </dev/null";
/* clang-format on */
