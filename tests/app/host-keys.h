/* host-keys.h - public keys for tests of host keys. */
#ifndef TESTS_APP_HOST_KEYS_H
#define TESTS_APP_HOST_KEYS_H

/* Two Ed25519 keys and one ECDSA key, public halves only. */
#define KEY_A \
    "AAAAC3NzaC1lZDI1NTE5AAAAIBs7BctT2NNuau7Fc8XpZMgwP4E9iXllXInUtDl2YhZE"
#define PRINT_A "SHA256:50USbgjQZZEuNr73/GYYidVU8yn2fe24CmMzZxbPnB8"
#define KEY_B \
    "AAAAC3NzaC1lZDI1NTE5AAAAIKl09BBi01ZACo6e0V4V6Lo9iwT49RwVyier2LBLg4hg"
#define PRINT_B "SHA256:CmdkDaXKf79Np8AdQT/iwjQ/cSHnrMstNPbm0GRz320"
#define KEY_C                                                               \
    "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHmYGA4u3PM7XE+5+" \
    "tLE9a+SxVlMvqEtvbyus35y3fHSpgdLDQVCY2PX6lGlYvWYw3WsuaXNaq4BvBOgUlKdim4="

#endif
