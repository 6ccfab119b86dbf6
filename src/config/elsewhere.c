#include "config/elsewhere.h"

#include <stddef.h>
#include <string.h>
#include "base/text.h"

#define NO_FORWARDING "nothing is forwarded here; ssh does that"
#define NO_JUMP       "this program connects directly; ssh goes through others"
#define ONLY_SSH      "only SSH is spoken here"

/* clang-format off */
static const struct {
    const char *letters, *remedy;
} options[] = {
    { "ADLRWXYw", NO_FORWARDING },
    { "ax", "nothing is forwarded here in any case; leave it out" },
    { "J", NO_JUMP },
    { "F", "no file of settings is read here; give them with -o" },
    { "P", "the port is given with -p" },
    { "e", "give the character with -o EscapeChar" },
    { "f", "nothing goes to the background here; give -n, and & to the shell" },
    { "E", "messages go to standard error; send them to a file with 2>" },
    { "G", "no file of settings is read here; --help lists them all" },
    { "MOS", "each connection is one of its own here; leave it out" },
    { "s", "no subsystems are run here; sftp and ssh do that" },
    { "b", "the system chooses the address here; leave it out" },
    { "cm", "the best that both sides have is taken here; leave it out" },
};

/* PuTTY's, of more than a letter. */
static const struct {
    const char *word, *remedy;
} words[] = {
    { "-ssh", "SSH is spoken in any case; leave it out" },
    { "-pw", "a password on the command line could be read by others; it is "
             "asked for" },
    { "-pwfile", "a password is asked for; a key with an agent asks nothing" },
    { "-load", "there are no saved sessions here; give user@host" },
    { "-batch", "give -o BatchMode=yes" },
    { "-agent", "the agent is asked in any case; leave it out" },
    { "-noagent", "give -o IdentityAgent=none" },
    { "-hostkey", "connect without it, and paste the fingerprint at the "
                  "question" },
    { "-sessionlog", "give -o SessionLog=FILE" },
    { "-telnet", ONLY_SSH },
    { "-raw", ONLY_SSH },
    { "-rlogin", ONLY_SSH },
    { "-serial", ONLY_SSH },
};

static const struct {
    const char *keyword, *remedy;
} settings[] = {
    { "ForwardAgent", NO_FORWARDING },
    { "ForwardX11", NO_FORWARDING },
    { "LocalForward", NO_FORWARDING },
    { "RemoteForward", NO_FORWARDING },
    { "DynamicForward", NO_FORWARDING },
    { "Tunnel", NO_FORWARDING },
    { "ProxyCommand", NO_JUMP },
    { "ProxyJump", NO_JUMP },
};
/* clang-format on */

const char *elsewhere_option(char letter)
{
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (strchr(options[i].letters, letter) != NULL)
            return options[i].remedy;
    return NULL;
}

const char *elsewhere_word(const char *word)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].word, word) == 0)
            return words[i].remedy;
    return NULL;
}

const char *elsewhere_setting(const char *keyword)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (text_same(keyword, settings[i].keyword))
            return settings[i].remedy;
    return NULL;
}
