/* test_options.c - command lines and settings in, fields or sentences out. */
#include "../tap.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "config/flags.h"
#include "config/options.h"
#include "config/settings.h"
#include "show.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define ARGS_MAX 24

#define ALL_ALGORITHMS                             \
    "ssh-ed25519-cert-v01@openssh.com,"            \
    "ecdsa-sha2-nistp256-cert-v01@openssh.com,"    \
    "ecdsa-sha2-nistp384-cert-v01@openssh.com,"    \
    "ecdsa-sha2-nistp521-cert-v01@openssh.com,"    \
    "sk-ssh-ed25519-cert-v01@openssh.com,"         \
    "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com," \
    "rsa-sha2-512-cert-v01@openssh.com,"           \
    "rsa-sha2-256-cert-v01@openssh.com,"           \
    "ssh-ed25519,"                                 \
    "ecdsa-sha2-nistp256,"                         \
    "ecdsa-sha2-nistp384,"                         \
    "ecdsa-sha2-nistp521,"                         \
    "sk-ssh-ed25519@openssh.com,"                  \
    "sk-ecdsa-sha2-nistp256@openssh.com,"          \
    "rsa-sha2-512,"                                \
    "rsa-sha2-256"

struct line {
    const char *name;
    const char *args[ARGS_MAX]; /* behind the program's name */
    const char *want;           /* fields, or a part of the sentence */
};

static const struct line good_lines[] = {
    { "a recording", { "--record", "f", "vm" }, " host=vm record=f" },
    { "with =", { "--record=f", "vm" }, " host=vm record=f" },
    { "to play one", { "--replay", "f" }, " replay=f mode=replay" },
    { "to install a key",
      { "--install-key", "bob@vm", "-p", "2222" },
      " host=vm user=bob port=2222 mode=install-key" },
    { "to ask what it is", { "vm", "--about-vm" }, " host=vm mode=about-vm" },
    { "the doctor",
      { "--doctor", "vm", "-p", "2" },
      " host=vm port=2 mode=doctor" },
    { "... for programs",
      { "vm", "--json", "--doctor" },
      " host=vm json=1 mode=doctor" },
    { "a console", { "--console=log", "vm" }, " host=vm console=log" },
    { "to wait", { "--wait", "vm" }, " host=vm wait=300" },
    { "... so long", { "--wait=1m30s", "vm" }, " host=vm wait=90" },
    { "from nothing", { "--setup" }, " mode=setup" },
    { "... but the host", { "--setup", "vm" }, " host=vm mode=setup" },
    { "a host", { "vm" }, " host=vm" },
    { "user and host", { "bob@vm" }, " host=vm user=bob" },
    { "the last @ splits", { "a@b@vm" }, " host=vm user=a@b" },
    { "a user with a domain", { "DOM\\bob@vm" }, " host=vm user=DOM\\bob" },
    { "host and port", { "vm:2222" }, " host=vm port=2222" },
    { "IPv4 and port", { "10.0.0.1:2222" }, " host=10.0.0.1 port=2222" },
    { "bare IPv6", { "::1" }, " host=::1" },
    { "bare IPv6 with a user",
      { "bob@2001:db8::5" },
      " host=2001:db8::5 user=bob" },
    { "bare IPv6 with a scope", { "fe80::1%eth0" }, " host=fe80::1%eth0" },
    { "IPv4 in IPv6", { "::ffff:10.0.0.1" }, " host=::ffff:10.0.0.1" },
    { "IPv6 in brackets", { "[::1]" }, " host=::1" },
    { "IPv6 in brackets, port",
      { "bob@[::1]:2222" },
      " host=::1 user=bob port=2222" },
    { "a name in brackets", { "[vm]:2222" }, " host=vm port=2222" },
    { "ssh://", { "ssh://vm" }, " host=vm" },
    { "ssh:// with all",
      { "ssh://bob@vm:2222" },
      " host=vm user=bob port=2222" },
    { "ssh:// with a slash behind", { "SSH://vm/" }, " host=vm" },
    { "ssh:// with IPv6",
      { "ssh://bob@[::1]:2222/" },
      " host=::1 user=bob port=2222" },
    { "ssh:// with an escaped @",
      { "ssh://bob%40x.org@vm" },
      " host=vm user=bob@x.org" },
    { "letter case of the host stays", { "Vm.Example" }, " host=Vm.Example" },
    { "a host that is not ASCII",
      { "b\xc3\xbc"
        "cher.example" },
      " host=b\xc3\xbc"
      "cher.example" },

    { "-p with a blank", { "-p", "2222", "vm" }, " host=vm port=2222" },
    { "-p attached", { "-p2222", "vm" }, " host=vm port=2222" },
    { "-p at both ends", { "-p65535", "vm" }, " host=vm port=65535" },
    { "-l", { "-l", "bob", "vm" }, " host=vm user=bob" },
    { "-l before the destination wins",
      { "-l", "a", "b@vm" },
      " host=vm user=a" },
    { "the destination before -l wins",
      { "b@vm", "-l", "a" },
      " host=vm user=b" },
    { "-p before the destination wins", { "-p1", "vm:2" }, " host=vm port=1" },
    { "-p beats a later -o", { "-p1", "-oPort=2", "vm" }, " host=vm port=1" },
    { "-o beats a later -p", { "-oPort=2", "-p1", "vm" }, " host=vm port=2" },
    { "-i twice", { "-i", "a", "-i", "b c", "vm" }, " host=vm key=a key=b c" },
    { "-i and IdentityFile",
      { "-ia", "-o", "IdentityFile b", "vm" },
      " host=vm key=a key=b" },
    { "-4", { "-4", "vm" }, " host=vm family=1" },
    { "-6", { "-6", "vm" }, " host=vm family=2" },
    { "the later of -4 and -6", { "-46", "vm" }, " host=vm family=2" },
    { "-4 beats -o",
      { "-oAddressFamily=inet6", "-4", "vm" },
      " host=vm family=1" },
    { "-t", { "-t", "vm" }, " host=vm tty=2" },
    { "-tt", { "-tt", "vm" }, " host=vm tty=3" },
    { "-t -t -t", { "-t", "-t", "-t", "vm" }, " host=vm tty=3" },
    { "-T", { "-T", "vm" }, " host=vm tty=1" },
    { "the later of -t and -T", { "-tT", "vm" }, " host=vm tty=1" },
    { "the later of -T and -t", { "-Tt", "vm" }, " host=vm tty=2" },
    { "-t beats a later -o",
      { "-t", "-oRequestTTY=no", "vm" },
      " host=vm tty=2" },
    { "-N -C", { "-NC", "vm" }, " host=vm compression=1 nocommand=1" },
    { "-q", { "-q", "vm" }, " host=vm quiet=1" },
    { "-v", { "-v", "vm" }, " host=vm verbose=1" },
    { "-vvv", { "-vvv", "vm" }, " host=vm verbose=2" },
    { "-v no further than 2", { "-vvvvv", "vm" }, " host=vm verbose=2" },
    { "-v after -q", { "-q", "-v", "vm" }, " host=vm verbose=1" },
    { "-q after -v", { "-v", "-q", "vm" }, " host=vm quiet=1" },
    { "-v beats a later LogLevel",
      { "-v", "-oLogLevel=QUIET", "vm" },
      " host=vm verbose=1" },
    { "a cluster that ends with a value",
      { "-Tqp22022", "vm" },
      " host=vm port=22022 tty=1 quiet=1" },
    { "a cluster and the value apart",
      { "-Tqp", "22022", "vm" },
      " host=vm port=22022 tty=1 quiet=1" },
    { "-- before the host", { "-q", "--", "vm" }, " host=vm quiet=1" },

    { "a command", { "vm", "uptime" }, " host=vm command=uptime" },
    { "a command's words",
      { "vm", "ls", "-l", "a  b", "" },
      " host=vm command=ls -l a  b " },
    { "options behind the host",
      { "vm", "-p", "1", "-q", "ls", "-q" },
      " host=vm port=1 command=ls -q quiet=1" },
    { "-- behind the host",
      { "vm", "-q", "--", "-q" },
      " host=vm command=-q quiet=1" },
    { "-- ends the options for good",
      { "--", "vm", "-q" },
      " host=vm command=-q" },
    { "a lone hyphen is a word", { "vm", "-" }, " host=vm command=-" },
    { "a command beats RemoteCommand",
      { "-oRemoteCommand=w", "vm", "ls" },
      " host=vm command=ls" },
    { "RemoteCommand",
      { "-oRemoteCommand=echo \"a  b\"", "vm" },
      " host=vm command=echo \"a  b\"" },

    { "-V alone", { "-V" }, " mode=version" },
    { "--version", { "--version" }, " mode=version" },
    { "-h", { "-h" }, " mode=help" },
    { "--help behind the host", { "vm", "--help" }, " host=vm mode=help" },
    { "nothing is read behind -h", { "-h", "-u" }, " mode=help" },
    { "--help in a command is the command's",
      { "vm", "ls", "--help" },
      " host=vm command=ls --help" },
};

static const struct line bad_lines[] = {
    { "a long option without its value", { "--record" }, "--record FILE" },
    { "an empty value", { "--record=", "vm" }, "--record needs a value" },
    { "a value for one without", { "--help=x" }, "unknown option --help=x" },
    { "a command where none is run",
      { "--about-vm", "vm", "ls" },
      "--about-vm runs no command, but \"ls\"" },
    { "to wait for nothing", { "--wait=0", "vm" }, "--wait=0: not a time" },
    { "to wait for a word",
      { "--wait=ever", "vm" },
      "--wait=ever: not a time" },
    { "to wait for too long", { "--wait=86401", "vm" }, "up to a day" },
    { "no time behind =", { "--wait=", "vm" }, "--wait needs a value" },
    { "a doctor that waits", { "--doctor", "--wait", "vm" }, "does not wait" },
    { "a doctor that records",
      { "--doctor", "--record", "f", "vm" },
      "no full screen" },
    { "--json alone", { "--json", "vm" }, "--json is for --doctor only" },
    { "--json for another", { "--setup", "--json" }, "--json is for --doctor" },
    { "two at once",
      { "--doctor", "--about-vm", "vm" },
      "--doctor and --about-vm do not go together" },
    { "two others",
      { "--setup", "--replay", "f" },
      "--setup and --replay do not go together" },
    { "facts without a command",
      { "--about-vm", "-N", "vm" },
      "--about-vm runs a command of its own; leave -N out" },
    { "facts on a terminal",
      { "--about-vm", "-tt", "vm" },
      "--about-vm needs no terminal on the server; leave -t out" },
    { "facts that are recorded",
      { "--about-vm", "--record", "f", "vm" },
      "leave --record out" },
    { "a key on a terminal",
      { "--install-key", "-t", "vm" },
      "--install-key needs no terminal" },
    { "-N with a command",
      { "-N", "vm", "ls" },
      "-N runs no command, but \"ls\" is given" },
    { "a recording of a host",
      { "--replay", "f", "vm" },
      "--replay plays a recording and connects to nothing" },
    { "a recording with a setting",
      { "--replay", "f", "-q" },
      "leave the rest out" },
    { "a recording that nothing is run for",
      { "-N", "--replay", "f" },
      "leave the rest out" },
    { "a doctor with a command",
      { "--doctor", "vm", "ls" },
      "--doctor runs no command, but \"ls\" is given" },
    { "a doctor without a host", { "--doctor" }, "no host is given" },
    { "nothing", { NULL }, "no host is given; usage: vmconnect" },
    { "only options", { "-q" }, "no host is given" },
    { "an empty host", { "" }, "the host name is empty" },
    { "a user and no host", { "bob@" }, "the host name is empty" },
    { "no user before the @", { "@vm" }, "the user name is empty" },
    { "-i that swallowed the host",
      { "-i", "bob@vm" },
      "-i took \"bob@vm\" as the key file; write: vmconnect -i KEY bob@vm" },
    { "-i without a value", { "-i" }, "-i needs a value: -i FILE" },
    { "an empty -i", { "-i", "", "vm" }, "-i: it is empty" },
    { "-p without a value behind the host", { "vm", "-p" }, "-p needs" },
    { "-p and a word",
      { "-p", "ssh", "vm" },
      "-p: \"ssh\" is not a number from 1 to 65535" },
    { "-p 0", { "-p0", "vm" }, "-p: \"0\"" },
    { "-p 65536", { "-p65536", "vm" }, "-p: \"65536\"" },
    { "-p with a sign", { "-p", "+22", "vm" }, "-p: \"+22\"" },
    { "a later value must be right too",
      { "-p22", "-oPort=x", "vm" },
      "-o: Port: \"x\" is not a number" },
    { "an unknown letter", { "-u", "vm" }, "unknown option -u; try: vmconn" },
    { "an unknown letter in a cluster", { "-qu", "vm" }, "option -u" },
    { "a tunnel", { "-L", "80:a:80", "vm" }, "-L: nothing is forwarded here" },
    { "... in a cluster", { "-qL", "80:a:80", "vm" }, "-L: nothing" },
    { "a tunnel's setting",
      { "-olocalforward=80 a:80", "vm" },
      "-o: localforward: nothing is forwarded here; ssh does that" },
    { "nothing to read and much to ask",
      { "-n", "--setup" },
      "--setup asks; leave -n out" },
    { "the background", { "-f", "vm" }, "-f: nothing goes to the background" },
    { "a jump host", { "-J", "a", "vm" }, "connects directly" },
    { "the port's letter of PuTTY", { "-P", "22", "vm" }, "given with -p" },
    { "a password as PuTTY takes it",
      { "-pw", "x", "vm" },
      "-pw: a password on the command line could be read by others" },
    { "a session of PuTTY's", { "-load", "vm" }, "give user@host" },
    { "no letter at all", { "-q\xff", "vm" }, "unknown option in \"-q" },
    { "a misspelt name", { "--recrod", "vm" }, "did you mean --record?" },
    { "... with a value", { "--consol=x", "vm" }, "did you mean --console?" },
    { "an unknown word", { "--port=22", "vm" }, "unknown option --port=22" },
    { "a port that is too high",
      { "vm:65536" },
      "\"65536\" is not a number from 1 to 65535" },
    { "a colon without a port", { "vm:" }, "must be a port" },
    { "as scp has it", { "vm:/etc/motd" }, "copied with scp" },
    { "an open bracket", { "[::1" }, "bracket is not closed" },
    { "text behind the bracket", { "[::1]22" }, "must be a port" },
    { "empty brackets", { "[]:22" }, "the host name is empty" },
    { "colons that are no IPv6", { "vm:22:33" }, "nor an IPv6 address" },
    { "a port behind an IPv6 address", { "::1:41022" }, "is [::1]:2222" },
    { "an empty scope", { "fe80::1%" }, "nor an IPv6 address" },
    { "a web address", { "http://vm/" }, "is not an SSH address" },
    { "sftp", { "sftp://vm" }, "is not an SSH address" },
    { "a path in ssh://", { "ssh://vm/home" }, "a path has no meaning" },
    { "a password in ssh://",
      { "ssh://bob:secret@vm" },
      "a password cannot be given" },
    { "a bad escape in ssh://", { "ssh://b%4@vm" }, "bad %-escape" },
    { "an escaped NUL in ssh://", { "ssh://b%00@vm" }, "bad %-escape" },
    { "a key path as the host",
      { "/home/bob/.ssh/id_rsa" },
      "is a path, not a host; a private key is named with -i" },
    { "a key name as the host",
      { "key.pem", "bob@vm" },
      "name it with -i, as in: vmconnect -i key.pem user@host" },
    { "a public key as the host", { "id_ed25519.pub" }, "a key file" },
    { "a host that begins with a hyphen",
      { "--", "-vm" },
      "cannot begin with a hyphen" },
    { "the same behind a user",
      { "bob@-oProxyCommand=x" },
      "cannot begin with a hyphen" },
    { "the same in brackets", { "[-vm]:22" }, "cannot begin with a hyphen" },
    { "a port as the host", { "2222" }, "a port is given with -p" },
    { "an address of three numbers", { "bob@1.2.3" }, "has four numbers" },
    { "a number too many", { "1.2.3.4.5" }, "has four numbers" },
    { "a number too high", { "1.2.3.256:22" }, "each up to 255" },
    { "an empty number", { "1.2..3" }, "has four numbers" },
    { "a user that begins with a hyphen",
      { "-l", "-x", "vm" },
      "-l: \"-x\": a user name cannot begin" },
    { "the same before the host", { "--", "-x@vm" }, "a user name cannot" },
    { "an en dash", { "\xe2\x80\x93i", "key", "vm" }, "a long dash" },
    { "an em dash behind the host", { "bob@\xe2\x80\x94" }, "a long dash" },
    { "a newline in the host", { "vm\nx" }, "no blanks or control" },
    { "a blank in the host", { "vm x" }, "no blanks or control" },
    { "an escape sequence in the user",
      { "b\033[2Jb@vm" },
      "has no control characters" },
    { "shell characters in the host", { "vm;reboot" }, "neither a host name" },
    { "-o without a keyword", { "-o", "=x", "vm" }, "write Keyword=value" },
    { "-o and nothing", { "-o", "", "vm" }, "write Keyword=value" },
    { "-o without a value",
      { "-oPort", "vm" },
      "-o: Port: no value is given; write Port=value" },
    { "-o with an empty value", { "-oPort=", "vm" }, "no value is given" },
    { "-o with empty quotes", { "-oUser=\"\"", "vm" }, "-o: User: the user" },
    { "a misspelt keyword",
      { "-oStrictHostkeyCheking=no", "vm" },
      "unknown setting \"StrictHostkeyCheking\"; did you mean "
      "StrictHostKeyChecking?" },
    { "letters swapped", { "-oProt=1", "vm" }, "did you mean Port?" },
    { "a keyword of nowhere",
      { "-oFrobnicate=1", "vm" },
      "unknown setting \"Frobnicate\"; try: vmconnect --help" },
};

static bool run_line(const struct line *l, struct options *opt, struct err *err)
{
    char *argv[ARGS_MAX + 2] = { NULL };
    int argc = 1;
    bool good;

    argv[0] = mem_strdup("vmconnect");
    for (; l->args[argc - 1] != NULL; argc++)
        argv[argc] = mem_strdup(l->args[argc - 1]);
    options_init(opt);
    err_clear(err);
    good = options_argv(opt, argc, argv, err);
    while (argc != 0)
        mem_free(argv[--argc]);
    return good;
}

static void check_good(const struct line *l)
{
    struct options opt;
    struct err err;
    char *got;

    if (!run_line(l, &opt, &err)) {
        is_str(err.msg, l->want, l->name);
    } else {
        got = show_options(&opt);
        is_str(got, l->want, l->name);
        mem_free(got);
    }
    options_free(&opt);
}

static void check_bad(const struct line *l)
{
    struct options opt;
    struct err err;
    bool good = run_line(l, &opt, &err);

    if (!ok(!good && err.code == ERR_USAGE && strstr(err.msg, l->want) != NULL,
            "%s is refused", l->name))
        diag("got %s: %s", good ? "no error" : "a sentence", err.msg);
    options_free(&opt);
}

static const struct {
    const char *setting, *want; /* NULL: as the one before, refused */
} good_settings[] = {
    { "HostName=10.0.0.1", " hostname=10.0.0.1" },
    { "hostname 10.0.0.1", " hostname=10.0.0.1" },
    { "  HOSTNAME\t=\t10.0.0.1  \r\n", " hostname=10.0.0.1" },
    { "HostName = \"10.0.0.1\"", " hostname=10.0.0.1" },
    { "HostName==x", NULL },
    { "HostName=-x", NULL },
    { "HostName=a b", NULL },
    { "HostName=\"a", NULL },
    { "User=bob", " user=bob" },
    { "User=-x", NULL },
    { "User=\"Bob B\"", " user=Bob B" },
    { "Port=2222", " port=2222" },
    { "Port=0", NULL },
    { "Port=22 23", NULL },
    { "Port=99999999999999999999", NULL },
    { "IdentityFile=\"my key\"", " key=my key" },
    { "IdentityFile=my key", NULL },
    { "IdentityFile=\"a\\\"b\\\\c\\d\"", " key=a\"b\\c\\d" },
    { "CertificateFile=\"my cert\"", " certificate=my cert" },
    { "IdentityFile=C:\\key", " key=C:\\key" },
    { "IdentityAgent=none", " agent=none" },
    { "IdentityAgent \"~/my agent\"", " agent=~/my agent" },
    { "IdentityAgent=$AGENT", " agent=$AGENT" },
    { "IdentityAgent=\"\"", NULL },
    { "IdentityAgent=a\033b", NULL },
    { "IdentitiesOnly=yes", " only=1" },
    { "IdentitiesOnly=maybe", NULL },
    { "UserKnownHostsFile=~/a", " known=~/a" },
    { "UserKnownHostsFile=~/a \"/b c\"", " known=~/a\n/b c" },
    { "UserKnownHostsFile none", " known=/dev/null" },
    { "UserKnownHostsFile=\"\"", NULL },
    { "GlobalKnownHostsFile=/a\t/b", " global=/a\n/b" },
    { "HostKeyAlias=web-1", " alias=web-1" },
    { "HostKeyAlias=a,b", NULL },
    { "StrictHostKeyChecking=yes", " strict=1" },
    { "StrictHostKeyChecking=accept-new", " strict=2" },
    { "StrictHostKeyChecking=NO", " strict=3" },
    { "StrictHostKeyChecking=off", " strict=3" },
    { "StrictHostKeyChecking=ask", "" },
    { "StrictHostKeyChecking=true", NULL },
    { "HashKnownHosts=yes", " hash=1" },
    { "BatchMode yes", " batch=1" },
    { "BatchMode=no", "" },
    { "BatchMode=1", NULL },
    { "Compression=Yes", " compression=1" },
    { "ConnectTimeout=5", " timeout=5" },
    { "ConnectTimeout=1m30s", " timeout=90" },
    { "ConnectTimeout=2H", " timeout=7200" },
    { "ConnectTimeout=none", " timeout=0" },
    { "ConnectTimeout=5x", NULL },
    { "ConnectTimeout=m", NULL },
    { "ConnectTimeout=-1", NULL },
    { "ConnectTimeout=1d", " timeout=86400" },
    { "ConnectTimeout=366d", NULL },
    { "ConnectTimeout=365d1s", NULL },
    { "ConnectTimeout=99999999999999999999999", NULL },
    { "ServerAliveInterval=0", " alive=0" },
    { "ServerAliveInterval=60", " alive=60" },
    { "ServerAliveCountMax=1", " alivecount=1" },
    { "ServerAliveCountMax=0", NULL },
    { "NumberOfPasswordPrompts=1", " tries=1" },
    { "NumberOfPasswordPrompts=0", NULL },
    { "PasswordAuthentication no", " password=0" },
    { "PasswordAuthentication never", NULL },
    { "KbdInteractiveAuthentication=no", " kbd=0" },
    { "PubkeyAuthentication=no", " pubkey=0" },
    { "PubkeyAuthentication=perhaps", NULL },
    { "PubkeyAcceptedAlgorithms=ssh-ed25519", " algorithms=ssh-ed25519" },
    { "PubkeyAcceptedAlgorithms=rsa-sha2-256,rsa-*12",
      " algorithms=rsa-sha2-256,rsa-sha2-512" },
    { "PubkeyAcceptedAlgorithms=rsa-sha2-???,ssh-ed25519,rsa-sha2-512",
      " algorithms=rsa-sha2-512,rsa-sha2-256,ssh-ed25519" },
    { "PubkeyAcceptedAlgorithms=+ssh-rsa", " algorithms=" ALL_ALGORITHMS },
    { "PubkeyAcceptedAlgorithms=ssh-rsa", " algorithms=" },
    { "PubkeyAcceptedAlgorithms=-*@openssh.com,ecdsa-*,rsa-sha2-512",
      " algorithms=ssh-ed25519,rsa-sha2-256" },
    { "PubkeyAcceptedAlgorithms=-ssh-rsa", " algorithms=" ALL_ALGORITHMS },
    { "PubkeyAcceptedAlgorithms=^ssh-ed25519-cert*",
      " algorithms=" ALL_ALGORITHMS },
    { "PubkeyAcceptedAlgorithms=ssh-ed25518", NULL },
    { "PubkeyAcceptedAlgorithms=ssh-ed25519,,ssh-rsa", NULL },
    { "PubkeyAcceptedAlgorithms=+", NULL },
    { "PubkeyAcceptedAlgorithms=\"\"", NULL },
    { "AddKeysToAgent=yes", " add=1" },
    { "AddKeysToAgent=no", "" },
    { "AddKeysToAgent=Ask", " add=2" },
    { "AddKeysToAgent confirm", " add=3" },
    { "AddKeysToAgent 1h30m", " add=1 lifetime=5400" },
    { "AddKeysToAgent=confirm 90", " add=3 lifetime=90" },
    { "AddKeysToAgent \"confirm\" 90", " add=3 lifetime=90" },
    { "AddKeysToAgent=yes 90", NULL },
    { "AddKeysToAgent=ask 90", NULL },
    { "AddKeysToAgent=confirm 90 90", NULL },
    { "AddKeysToAgent=90 confirm", NULL },
    { "AddKeysToAgent=0", NULL },
    { "AddKeysToAgent=sometimes", NULL },
    { "PreferredAuthentications password,publickey",
      " preferred=password,publickey" },
    { "PreferredAuthentications=", NULL },
    { "AddressFamily=any", "" },
    { "AddressFamily=inet", " family=1" },
    { "AddressFamily=inet6", " family=2" },
    { "AddressFamily=ipv6", NULL },
    { "RequestTTY=no", " tty=1" },
    { "RequestTTY=yes", " tty=2" },
    { "RequestTTY=force", " tty=3" },
    { "RequestTTY=auto", "" },
    { "SetEnv=A=1", " env=A=1" },
    { "SetEnv A=1 B=\"x y\" A=2", " env=A=1 env=B=x y" },
    { "SetEnv A=1 AB=2 A=", " env=A=1 env=AB=2" },
    { "SetEnv A=", " env=A=" },
    { "SetEnv=A", NULL },
    { "SetEnv==1", NULL },
    { "EscapeChar=%", " escape=37" },
    { "EscapeChar=^A", " escape=1" },
    { "EscapeChar=^a", " escape=1" },
    { "EscapeChar=^", " escape=94" },
    { "EscapeChar=^?", " escape=127" },
    { "EscapeChar=none", " escape=-1" },
    { "EscapeChar=ab", NULL },
    { "EscapeChar=^1", NULL },
    { "EscapeChar=\xe9", NULL },
    { "PrefixKey=^A", " prefix=1" },
    { "PrefixKey=^@", " prefix=0" },
    { "PrefixKey=none", " prefix=-1" },
    { "PrefixKey=a", NULL },
    { "PrefixKey=^?", NULL },
    { "PrefixKey=^H", NULL },
    { "PrefixKey=^I", NULL },
    { "PrefixKey=^M", NULL },
    { "PrefixKey=^[", NULL },
    { "LogLevel=QUIET", " quiet=1" },
    { "LogLevel=error", " quiet=1" },
    { "LogLevel=INFO", "" },
    { "LogLevel=VERBOSE", " verbose=1" },
    { "LogLevel=DEBUG3", " verbose=2" },
    { "LogLevel=LOUD", NULL },
    { "RemoteCommand=ls -l \"a", " command=ls -l \"a" },
    { "RemoteCommand=none", "" },
    { "TerminalType=screen-256color", " term=screen-256color" },
    { "TerminalType=a;b", NULL },
    { "Charset=ISO-8859-1", " charset=ISO-8859-1" },
    { "Charset=UTF-8//TRANSLIT", NULL },
    { "Scrollback=0", " scrollback=0" },
    { "Scrollback=1000000", " scrollback=1000000" },
    { "Scrollback=1000001", NULL },
    { "StatusLine=no", " status=0" },
    { "ScreenReports=yes", " reports=1" },
    { "ScreenReports=maybe", NULL },
    { "SessionLog=~/&H.log", " log=~/&H.log" },
    { "Bell=visual", " bell=1" },
    { "ClipboardWrites=no", " clipboard=2" },
    { "SessionLogType=all", " logtype=1" },
    { "SessionLogExists=overwrite", " logexists=2" },
    { "Hos=x", NULL },
};

static void check_setting(const char *setting, const char *want)
{
    char *name = text_cleaned(setting), *got;
    struct options opt;
    struct err err;
    bool good;

    options_init(&opt);
    err_clear(&err);
    good = options_set(&opt, setting, &err);
    got = show_options(&opt);
    if (want != NULL)
        is_str(good ? got : err.msg, want, name);
    else if (!ok(!good && err.code == ERR_USAGE && *err.msg != '\0' &&
                     *got == '\0',
                 "%s is refused", name))
        diag("got:%s", got);
    mem_free(got);
    mem_free(name);
    options_free(&opt);
}

/* Every setting that holds one value keeps the first. */
static void check_first_wins(void)
{
    static const char *const pairs[][2] = {
        { "HostName=a", "HostName=b" },
        { "User=a", "User=b" },
        { "Port=1", "Port=2" },
        { "Port=22", "Port=2" }, /* the default, but said */
        { "AddressFamily=inet", "AddressFamily=inet6" },
        { "ConnectTimeout=1", "ConnectTimeout=2" },
        { "Compression=yes", "Compression=no" },
        { "BatchMode=yes", "BatchMode=no" },
        { "PubkeyAuthentication=no", "PubkeyAuthentication=yes" },
        { "AddKeysToAgent=1h", "AddKeysToAgent=no" },
        { "PubkeyAcceptedAlgorithms=*", "PubkeyAcceptedAlgorithms=ssh-rsa" },
        { "NumberOfPasswordPrompts=1", "NumberOfPasswordPrompts=2" },
        { "ServerAliveInterval=1", "ServerAliveInterval=2" },
        { "ServerAliveCountMax=1", "ServerAliveCountMax=2" },
        { "StrictHostKeyChecking=yes", "StrictHostKeyChecking=no" },
        { "UserKnownHostsFile=a b", "UserKnownHostsFile=c" },
        { "GlobalKnownHostsFile=a", "GlobalKnownHostsFile=b" },
        { "HostKeyAlias=a", "HostKeyAlias=b" },
        { "IdentityAgent=a", "IdentityAgent=b" },
        { "IdentitiesOnly=yes", "IdentitiesOnly=no" },
        { "HashKnownHosts=yes", "HashKnownHosts=no" },
        { "RequestTTY=yes", "RequestTTY=no" },
        { "RemoteCommand=a", "RemoteCommand=b" },
        { "RemoteCommand=none", "RemoteCommand=b" },
        { "EscapeChar=%", "EscapeChar=none" },
        { "PrefixKey=^A", "PrefixKey=none" },
        { "TerminalType=a", "TerminalType=b" },
        { "Charset=a", "Charset=b" },
        { "Scrollback=1", "Scrollback=2" },
        { "StatusLine=no", "StatusLine=yes" },
        { "ScreenReports=yes", "ScreenReports=no" },
        { "LogLevel=DEBUG2", "LogLevel=QUIET" },
    };
    struct options one, both;
    struct err err;
    char *want, *got;
    bool good;
    size_t i;

    for (i = 0; i < COUNT(pairs); i++) {
        options_init(&one);
        options_init(&both);
        good = options_set(&one, pairs[i][0], &err) &&
               options_set(&both, pairs[i][0], &err) &&
               options_set(&both, pairs[i][1], &err);
        want = show_options(&one);
        got = show_options(&both);
        ok(good, "%s, then %s", pairs[i][0], pairs[i][1]);
        is_str(got, want, "the first one wins");
        mem_free(want);
        mem_free(got);
        options_free(&one);
        options_free(&both);
    }
}

/* Lists have a limit, and it is told. */
static void check_limits(void)
{
    char text[64];
    struct options opt;
    struct err err;
    bool good = true;
    int i;

    options_init(&opt);
    for (i = 0; i < OPTIONS_MAX_IDENTITIES; i++)
        good = good && options_set(&opt, "IdentityFile=k", &err);
    ok(good && opt.identities == OPTIONS_MAX_IDENTITIES, "16 key files");
    ok(!options_set(&opt, "IdentityFile=k", &err) &&
           strstr(err.msg, "more than 16 key files") != NULL,
       "but not 17");
    for (i = 0; i < OPTIONS_MAX_ENV; i++) {
        snprintf(text, sizeof text, "SetEnv=V%d=1", i);
        good = good && options_set(&opt, text, &err);
    }
    ok(good && opt.envs == OPTIONS_MAX_ENV, "64 variables");
    ok(!options_set(&opt, "SetEnv=LAST=1", &err) &&
           strstr(err.msg, "more than 64 variables") != NULL,
       "but not 65");
    options_free(&opt);
}

/* ---- the help ---- */

/* Bytes are columns: the help is ASCII. */
static void check_help_width(const char *help)
{
    const char *line = help, *end;
    size_t widest = 0;

    for (; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        if ((size_t)(end - line) > widest)
            widest = (size_t)(end - line);
    }
    ok(widest <= 80, "no line of the help is wider than 80 (%zu)", widest);
    is_str(line, "", "its last line ends");
}

/* The default of each setting stands in its line. */
static void check_help_settings(const char *help)
{
    char start[80], preset[80];
    const char *line;
    size_t i;

    for (i = 0; i < settings_len; i++) {
        snprintf(start, sizeof start, "\n  %s", settings[i].keyword);
        snprintf(preset, sizeof preset, "(%s)",
                 settings[i].preset != NULL ? settings[i].preset : "");
        line = strstr(help, start);
        ok(line != NULL && strchr(" \n", line[strlen(start)]) != NULL &&
               (settings[i].preset == NULL ||
                strstr(settings[i].help, preset) != NULL),
           "help has %s and its default", settings[i].keyword);
    }
}

static void check_help_flags(const char *help)
{
    char start[8];
    size_t i;

    for (i = 0; i < flags_len; i++) {
        snprintf(start, sizeof start, "\n  -%c", flags[i].letter);
        ok(strstr(help, start) != NULL, "help has -%c", flags[i].letter);
        if (flags[i].keyword != NULL)
            ok(setting_find(flags[i].keyword) != NULL,
               "-%c stands for a setting that exists", flags[i].letter);
    }
}

static void check_help(void)
{
    struct buf help = { 0 };

    options_help(&help);
    check_help_width(buf_str(&help));
    check_help_settings(buf_str(&help));
    check_help_flags(buf_str(&help));
    buf_free(&help);
}

int main(void)
{
    size_t i;

    for (i = 0; i < COUNT(good_lines); i++)
        check_good(&good_lines[i]);
    for (i = 0; i < COUNT(bad_lines); i++)
        check_bad(&bad_lines[i]);
    for (i = 0; i < COUNT(good_settings); i++)
        check_setting(good_settings[i].setting, good_settings[i].want);
    check_first_wins();
    check_limits();
    check_help();
    return tap_done();
}
