/* fuzz-agent.c - any bytes as an agent's answer to each question. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "keys/agent-msg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void list(const uint8_t *data, size_t size)
{
    struct err err = { ERR_NONE, "" };
    struct agent_keys keys;
    size_t i, total = 0;
    bool good = agent_msg_keys(data, size, &keys, &err);

    assert(good == (err.code == ERR_NONE));
    assert(good || keys.count == 0);
    assert(keys.count <= AGENT_KEYS_MAX);
    for (i = 0; i < keys.count; i++) {
        total += keys.list[i].len;
        assert(strpbrk(keys.list[i].comment, "\033\n\r\t") == NULL);
    }
    assert(total <= size);
    agent_keys_free(&keys);
}

static void signature(const uint8_t *data, size_t size, const char *algorithm)
{
    struct err err = { ERR_NONE, "" };
    struct buf sig = { 0 };
    bool good = agent_msg_signature(data, size, algorithm, &sig, &err);

    assert(good == (err.code == ERR_NONE) && good == (sig.len != 0));
    assert(sig.len <= size);
    buf_free(&sig);
}

static void added(const uint8_t *data, size_t size)
{
    struct err err = { ERR_NONE, "" };
    bool good = agent_msg_added(data, size, &err);

    assert(good == (err.code == ERR_NONE));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    added(data, size);
    list(data, size);
    signature(data, size, "ssh-ed25519");
    signature(data, size, "rsa-sha2-512");
    return 0;
}
