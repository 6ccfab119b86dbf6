/*
 * bench-keys.c - load a private key and print its public line, as ssh-keygen
 * -y does: bench-keys FILE PASSPHRASE.
 */
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "keys/keyfile.h"
#include "keys/sshkey.h"
#include "sys/file.h"

static int load(const char *path, const char *passphrase)
{
    struct secret *pass = secret_from(passphrase, strlen(passphrase));
    struct buf text = { 0 }, line = { 0 };
    struct sshkey *key = NULL;
    struct err err;

    if (file_read(path, KEYFILE_MAX, &text, &err))
        key = keyfile_decode(text.data, text.len, path, pass, &err);
    if (key != NULL) {
        sshkey_public_line(key, (struct wire_bytes){ text.data, 0 }, &line);
        puts(buf_str(&line));
    } else {
        fprintf(stderr, "bench-keys: %s\n", err.msg);
    }
    secret_free(pass);
    buf_free(&text);
    buf_free(&line);
    sshkey_free(key);
    return key != NULL ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return load(argv[1], argv[2]);
    fputs("usage: bench-keys FILE PASSPHRASE\n", stderr);
    return 2;
}
