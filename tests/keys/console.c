/*
 * What console logs tell.  The lines are those of cloud-init (config/
 * cc_ssh_authkey_fingerprints.py, tools/write-ssh-key-fingerprints) and of
 * FreeBSD's /etc/rc.d/sshd; the keys were made with ssh-keygen.
 */
#include "keys/console.h"

#include <string.h>
#include "../tap.h"
#include "base/base64.h"
#include "base/buf.h"

#define KEY_A \
    "AAAAC3NzaC1lZDI1NTE5AAAAIBs7BctT2NNuau7Fc8XpZMgwP4E9iXllXInUtDl2YhZE"
#define KEY_B \
    "AAAAC3NzaC1lZDI1NTE5AAAAIKl09BBi01ZACo6e0V4V6Lo9iwT49RwVyier2LBLg4hg"
#define PRINT_A "SHA256:50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8"
#define MD5_A   "95:c6:c7:b1:f6:05:60:89:4d:6e:d4:6a:f6:bb:c7:52"
#define HEX_A                                          \
    "e7:45:12:6e:08:d0:65:91:2e:36:be:f7:fc:66:18:89:" \
    "d5:54:f3:29:f6:7d:ed:b8:0a:63:33:67:16:cf:9c:1f"
#define ED448                                                \
    "AAAACXNzaC1lZDQ0OAAAADl1IMBl6SR5XBh8EIVol1BiqC8foHQgmr" \
    "GSabSrkhZ4ZGbyfbqWw5Jr/Cl74lY3COxiTKvBAV37RAA="
#define RSA_PRINT "SHA256:cebOLU3a8Y0sB5FAhzzZ0YuIW9HquVgJc0xcCClFfGY"

#define TABLE(prefix, user, type, print, comment)                             \
    prefix "ci-info: +++++Authorized keys from /home/" user                   \
           "/.ssh/authorized_keys for user " user "+++++\n" prefix            \
           "ci-info: +-------------+---------+---------+----------+\n" prefix \
           "ci-info: |   Keytype   |    Fingerprint (sha256)   | Options |"   \
           " Comment  |\n" prefix                                             \
           "ci-info: +-------------+---------+---------+----------+\n" prefix \
           "ci-info: | " type " | " print " |    -    | " comment             \
           " |\n" prefix                                                      \
           "ci-info: +-------------+---------+---------+----------+\n"

static const struct {
    const char *name, *log;
    enum console_verdict verdict; /* on key A */
    unsigned bits;
    size_t hosts;
    const char *user, *comment; /* of the first key; NULL: there is none */
    bool installed_a;           /* that is key A */
} logs[] = {
    { "Ubuntu, by syslog",
      "[    0.000000] Linux version 6.8.0-31-generic\n" TABLE(
          "<14>Nov 23 10:00:00 cloud-init: ", "ubuntu", "ssh-ed25519", HEX_A,
          "me@home") "<14>Nov 23 10:00:00 cloud-init: #####\n"
                     "<14>Nov 23 10:00:00 cloud-init: -----BEGIN SSH HOST KEY "
                     "FINGERPRINTS-----\n"
                     "<14>Nov 23 10:00:00 cloud-init: 2048 " RSA_PRINT
                     " root@vm (RSA)\n"
                     "<14>Nov 23 10:00:00 cloud-init: 256 " PRINT_A
                     " root@vm (ED25519)\n"
                     "<14>Nov 23 10:00:00 cloud-init: -----END SSH HOST KEY "
                     "FINGERPRINTS-----\n"
                     "-----BEGIN SSH HOST KEY KEYS-----\n"
                     "ssh-ed25519 " KEY_A " root@vm\n"
                     "-----END SSH HOST KEY KEYS-----\n"
                     "Cloud-init v. 24.1 finished at Sat, 23 Nov 2024 10:00:01 "
                     "+0000.\n",
      CONSOLE_MATCH, 256, 3, "ubuntu", "me@home", true },
    { "Debian, behind the kernel's time",
      "[   30.120000] cloud-init[812]: 256 " PRINT_A
      " root@vm (ED25519)\r\n" TABLE(
          "[   31.000000] cloud-init[812]: ", "debian", "ssh-rsa", HEX_A, "-"),
      CONSOLE_MATCH, 256, 1, "debian", "", true },
    { "ec2, and MD5 as of old",
      "ec2: -----BEGIN SSH HOST KEY FINGERPRINTS-----\n"
      "ec2: 256 " MD5_A "  root@vm (ED25519)\n"
      "ec2: 1024 MD5:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff x (DSA)\n"
      "ec2: -----END SSH HOST KEY FINGERPRINTS-----\n",
      CONSOLE_MATCH, 128, 1, NULL, NULL, false },
    { "Rocky, whole keys only",
      "-----BEGIN SSH HOST KEY KEYS-----\n"
      "ssh-ed25519 " KEY_A " \n"
      "-----END SSH HOST KEY KEYS-----\n" TABLE(
          "", "rocky", "ssh-ed25519",
          "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff", "old@laptop"),
      CONSOLE_MATCH, 256, 1, "rocky", "old@laptop", false },
    { "FreeBSD, as its rc script writes it",
      "Generating ED25519 host key.\n256 " PRINT_A " root@ (ED25519)\n",
      CONSOLE_MATCH, 256, 1, NULL, NULL, false },
    { "Ubuntu with an old cloud-init, in a panel that has syslog's lines",
      "Aug  8 07:10:44 vm-34cc63df ec2: \n"
      "Aug  8 07:10:44 vm-34cc63df ec2: ####################\n"
      "Aug  8 07:10:44 vm-34cc63df ec2: -----BEGIN SSH HOST KEY "
      "FINGERPRINTS-----\n"
      "Aug  8 07:10:44 vm-34cc63df ec2: 256 " MD5_A
      "  root@vm-34cc63df (ED25519)\n",
      CONSOLE_MATCH, 128, 1, NULL, NULL, false },
    { "a journal that has the console's lines",
      "  1453 May 10 22:18:34 localhost cloud-init[1522]: Failed to write to "
      "/dev/console\n"
      "  1454 May 10 22:18:34 localhost cloud-init[1522]: ci-info: no "
      "authorized SSH keys fingerprints found for user cloud-user.\n"
      "  1455 May 10 22:18:34 localhost cloud-init[1522]: <14>May 10 22:18:34 "
      "cloud-init: 256 " PRINT_A " root@vm (ED25519)\n",
      CONSOLE_MATCH, 256, 1, "cloud-user", NULL, false },
    { "Amazon Linux, the file's name in place of a comment",
      "ec2: 256 " MD5_A " /etc/ssh/ssh_host_ed25519_key.pub (ED25519)\n"
      "ec2: 256 " PRINT_A " no comment (ED25519)\n",
      CONSOLE_MATCH, 256, 2, NULL, NULL, false },
    { "Ubuntu 16.04: MD5 in the table, the login prompt before it",
      "Ubuntu 16.04.3 LTS ip-172-31-22-24 ttyS0\r\n\r\n"
      "ip-172-31-22-24 login: [   19.6] cloud-init[1101]: Cloud-init v. 17.1 "
      "running 'modules:final'\r\n" TABLE("", "ubuntu", "ssh-rsa",
                                          "09:08:72:51:be:c1:30:02:1a:b7:c8:12:"
                                          "73:6a:33:d1",
                                          "id_rsa"),
      CONSOLE_SILENT, 0, 0, "ubuntu", "id_rsa", false },
    { "FreeBSD with cloud-init",
      TABLE(
          "", "freebsd", "ssh-ed25519", HEX_A,
          "me@laptop") "2020-07-05 15:31:10,017 - handlers.py[DEBUG]: finish\n"
                       "<14>Jul  5 15:31:10 cloud-init: 256 " PRINT_A
                       " root@bsd (ED25519)\n",
      CONSOLE_MATCH, 256, 1, "freebsd", "me@laptop", true },
    { "a screen of a terminal: colours, and a service in between",
      "\x1b[32m  OK  \x1b[0m] Started ssh.service.\r\n"
      "<14>Feb 18 12:42:13 cloud-init: \x1b[0m256 " PRINT_A
      " root@vm (ED25519)\x1b[K\r\n",
      CONSOLE_MATCH, 256, 1, NULL, NULL, false },
    { "another key of that kind",
      "256 SHA256:erTw9AaxrywTUmxoAYRwJbaaXQ7gdCezmJtnPiXgRJc r@v (ED25519)\n",
      CONSOLE_OTHER, 0, 1, NULL, NULL, false },
    { "two boots: the second has it",
      "256 SHA256:erTw9AaxrywTUmxoAYRwJbaaXQ7gdCezmJtnPiXgRJc r@v (ED25519)\n"
      "256 " PRINT_A " r@v (ED25519)",
      CONSOLE_MATCH, 256, 2, NULL, NULL, false },
    { "other kinds only", "2048 " RSA_PRINT " root@vm (RSA)\n", CONSOLE_SILENT,
      0, 1, NULL, NULL, false },
    { "a user's key is no host key",
      "Adding a key:\nssh-ed25519 " KEY_A " me@home\n", CONSOLE_SILENT, 0, 0,
      NULL, NULL, false },
    { "nothing but a public key", "ssh-ed25519 " KEY_A " root@vm\r\n",
      CONSOLE_MATCH, 256, 1, NULL, NULL, false },
    { "... two of them, as ssh-keyscan prints them",
      "# 203.0.113.5:22 SSH-2.0-OpenSSH_9.6p1\n203.0.113.5 ssh-ed25519 " KEY_B
      "\n\n203.0.113.5 ssh-ed25519 " KEY_A,
      CONSOLE_MATCH, 256, 2, NULL, NULL, false },
    { "... another one", "ssh-ed25519 " KEY_B "\n", CONSOLE_OTHER, 0, 1, NULL,
      NULL, false },
    { "... which is revoked", "@revoked web1 ssh-ed25519 " KEY_A "\n",
      CONSOLE_SILENT, 0, 0, NULL, NULL, false },
    { "... and one that is cut",
      "ssh-ed25519 " KEY_A "\nssh-ed25519 AAAAC3Nz\n", CONSOLE_SILENT, 0, 0,
      NULL, NULL, false },
    { "comments alone", "# web1\n", CONSOLE_SILENT, 0, 0, NULL, NULL, false },
    { "a fingerprint without its kind", "256 " PRINT_A " root@vm\n",
      CONSOLE_SILENT, 0, 0, NULL, NULL, false },
    { "one that is cut", "256 SHA256:50USbgjQZZEuNr73/GYYidVU8yn (ED25519)\n",
      CONSOLE_SILENT, 0, 0, NULL, NULL, false },
    { "a name that is none", TABLE("", "$(reboot)", "ssh-ed25519", HEX_A, "x"),
      CONSOLE_SILENT, 0, 0, NULL, NULL, false },
    { "a name with a full stop in it",
      TABLE("", "j.doe", "ssh-ed25519", HEX_A, "x"), CONSOLE_SILENT, 0, 0,
      "j.doe", "x", true },
    { "a host key that no server has",
      "-----BEGIN SSH HOST KEY KEYS-----\nssh-ed448 " ED448 " x\n",
      CONSOLE_SILENT, 0, 0, NULL, NULL, false },
    { "nothing but a fingerprint", PRINT_A "\n", CONSOLE_MATCH, 256, 1, NULL,
      NULL, false },
    { "... between blanks", "\r\n  " PRINT_A "=\r\n\r\n", CONSOLE_MATCH, 256, 1,
      NULL, NULL, false },
    { "... by MD5", MD5_A, CONSOLE_MATCH, 128, 1, NULL, NULL, false },
    { "... which says so", "MD5:" MD5_A "\n", CONSOLE_MATCH, 128, 1, NULL, NULL,
      false },
    { "... without colons", "95C6C7B1F60560894D6ED46AF6BBC752\n", CONSOLE_MATCH,
      128, 1, NULL, NULL, false },
    { "... by SHA-256 in hex", HEX_A "\n", CONSOLE_MATCH, 256, 1, NULL, NULL,
      false },
    { "... in base64 alone", "50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8",
      CONSOLE_MATCH, 256, 1, NULL, NULL, false },
    { "... of another key, of whatever kind", RSA_PRINT "\n", CONSOLE_OTHER, 0,
      1, NULL, NULL, false },
    { "... in part", "SHA256:50USbgjQZZEuNr73\n", CONSOLE_SILENT, 0, 0, NULL,
      NULL, false },
    { "... and something else", PRINT_A "\nweb1\n", CONSOLE_SILENT, 0, 0, NULL,
      NULL, false },
    { "nothing", "", CONSOLE_SILENT, 0, 0, NULL, NULL, false },
};

static struct buf unbase64(const char *text)
{
    struct buf blob = { 0 };

    base64_decode(&blob, text, strlen(text));
    return blob;
}

static void test_logs(void)
{
    struct buf a = unbase64(KEY_A);
    size_t i;

    for (i = 0; i < sizeof logs / sizeof *logs; i++) {
        struct console *c = console_parse(logs[i].log, strlen(logs[i].log));
        struct console_key key = { .comment = NULL };
        unsigned bits = 0;

        is_num(console_judge(c, a.data, a.len, &bits), logs[i].verdict,
               logs[i].name);
        is_num(bits, logs[i].bits, "... bits");
        is_num((long long)console_hosts(c), (long long)logs[i].hosts,
               "... host keys");
        is_str(console_user(c), logs[i].user, "... the user");
        console_key(c, 0, &key);
        is_str(key.comment, logs[i].comment, "... the key's comment");
        ok(console_key_is(c, 0, a.data, a.len) == logs[i].installed_a,
           "... whose key it is");
        console_free(c);
    }
    buf_free(&a);
}

#define NONE \
    "ci-info: no authorized SSH keys fingerprints found for user ubuntu.\n"

static void test_users(void)
{
    static const char both[] = TABLE("", "root", "ssh-rsa", MD5_A, "a")
        TABLE("", "opc", "ssh-rsa", MD5_A, "b");
    static const char none[] = NONE;
    static const char mixed[] = NONE TABLE("", "root", "ssh-rsa", MD5_A, "a");
    struct console *c = console_parse(both, sizeof both - 1);
    const char *types[4];
    struct console_key key;

    is_str(console_user(c), "opc", "another user than root, if there is one");
    ok(console_key(c, 1, &key) && strcmp(key.user, "opc") == 0 &&
           !console_key(c, 2, &key),
       "each key has its user");
    console_free(c);
    c = console_parse(none, sizeof none - 1);
    ok(console_keyless(c, "ubuntu") && !console_keyless(c, "root"),
       "no key was installed");
    is_str(console_user(c), "ubuntu", "... for whom");
    console_free(c);
    c = console_parse(mixed, sizeof mixed - 1);
    is_str(console_user(c), "root", "... but a user with keys comes first");
    console_free(c);
    c = console_parse(logs[0].log, strlen(logs[0].log));
    is_num((long long)console_types(c, types, 4), 2, "types, each once");
    is_str(types[0], "ssh-rsa", "... RSA");
    is_str(types[1], "ssh-ed25519", "... Ed25519");
    ok(!console_is_bare(c), "... which are told");
    console_free(c);
    c = console_parse(MD5_A, strlen(MD5_A));
    ok(console_types(c, types, 4) == 0 && console_is_bare(c),
       "a fingerprint tells no type");
    console_free(c);
}

int main(void)
{
    test_logs();
    test_users();
    return tap_done();
}
