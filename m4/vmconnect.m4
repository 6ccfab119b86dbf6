# vmconnect.m4 - the project's configure checks, one macro a subject.

# VMC_CFLAG(VARIABLE, FLAG): add FLAG to VARIABLE if compiler and linker take it.
AC_DEFUN([VMC_CFLAG], [
  AS_VAR_PUSHDEF([vmc_cache], [vmc_cv_flag_$2])
  AC_CACHE_CHECK([whether $CC takes $2], [vmc_cache], [
    vmc_save=$CFLAGS
    CFLAGS="$CFLAGS -Werror $2"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
                   [AS_VAR_SET([vmc_cache], [yes])],
                   [AS_VAR_SET([vmc_cache], [no])])
    CFLAGS=$vmc_save])
  AS_VAR_IF([vmc_cache], [yes], [$1="$$1 $2"])
  AS_VAR_POPDEF([vmc_cache])
])

AC_DEFUN([VMC_OPTIONS], [
  AC_ARG_WITH([libssh2-prefix],
    [AS_HELP_STRING([--with-libssh2-prefix=DIR], [use the libssh2 under DIR])],
    [], [with_libssh2_prefix=])
  AC_ARG_ENABLE([sanitizers],
    [AS_HELP_STRING([--enable-sanitizers],
                    [build with AddressSanitizer and UBSan])],
    [], [enable_sanitizers=no])
  AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [make every warning an error])],
    [], [enable_werror=no])
  AC_ARG_ENABLE([fuzzing],
    [AS_HELP_STRING([--enable-fuzzing],
       [link the fuzz targets with libFuzzer; needs CC=clang])],
    [], [enable_fuzzing=no])
  AM_CONDITIONAL([FUZZING], [test "x$enable_fuzzing" = xyes])
])

AC_DEFUN([VMC_WARNINGS], [
  AC_SUBST([WARN_CFLAGS])
  WARN_CFLAGS=
  m4_foreach_w([vmc_flag],
    [-Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
     -Wconversion -Wpointer-arith -Wwrite-strings -Wundef],
    [VMC_CFLAG([WARN_CFLAGS], m4_defn([vmc_flag]))])
  AS_IF([test "x$enable_werror" = xyes],
        [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
])

# Hardening; the sanitizers replace what they cannot live with.
AC_DEFUN([VMC_HARDENING], [
  AC_SUBST([HARD_CFLAGS])
  AC_SUBST([HARD_LDFLAGS])
  HARD_CFLAGS=
  HARD_LDFLAGS=
  AS_IF([test "x$enable_sanitizers$enable_fuzzing" != xnono], [
    HARD_CFLAGS="-fsanitize=address,undefined -fno-sanitize-recover=all"
    HARD_CFLAGS="$HARD_CFLAGS -fno-omit-frame-pointer"
    AC_SUBST([FUZZ_ENGINE])
    AS_IF([test "x$enable_fuzzing" = xyes],
          [HARD_CFLAGS="$HARD_CFLAGS -fsanitize=fuzzer-no-link"
           FUZZ_ENGINE="-fsanitize=fuzzer"])
    HARD_LDFLAGS="-fsanitize=address,undefined"
    AC_DEFINE([WITH_SANITIZERS], [1], [Built with ASan and UBSan.])
  ], [
    m4_foreach_w([vmc_flag],
      [-fstack-protector-strong -fstack-clash-protection -fcf-protection
       -fPIE -fno-strict-overflow],
      [VMC_CFLAG([HARD_CFLAGS], m4_defn([vmc_flag]))])
    # glibc's FORTIFY needs the optimizer; a -O0 build goes without.
    AS_CASE([" $CFLAGS "], [*" -O0 "*], [],
      [HARD_CFLAGS="$HARD_CFLAGS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2"])
    m4_foreach_w([vmc_flag], [-pie -Wl,-z,relro -Wl,-z,now -Wl,--as-needed],
      [VMC_CFLAG([HARD_LDFLAGS], m4_defn([vmc_flag]))])
  ])
  # Where the test of it can read the program, and -O0 has not taken it back.
  AC_CHECK_TOOL([READELF], [readelf])
  AM_CONDITIONAL([HARDENED], [test -n "$READELF" && AS_CASE(["$HARD_CFLAGS$HARD_LDFLAGS"], [*_FORTIFY_SOURCE=2*-z,now*], [:], [false])])
])

# VMC_NEED(VARIABLE, MODULE, SENTENCE): a pkg-config module that must exist.
AC_DEFUN([VMC_NEED], [
  PKG_CHECK_MODULES([$1], [$2], [], [AC_MSG_ERROR([$3
  $vmc_remedy])])
])

AC_DEFUN([VMC_LIBRARIES], [
  AS_IF([test -n "$FROM_BOOTSTRAP"],
    [vmc_remedy="Install it, then run ./bootstrap again."],
    [vmc_remedy="./bootstrap installs what is missing, or names it."])
  # "make distcheck" and "make fuzz" configure again, in other directories.
  AC_SUBST([LIBSSH2_PREFIX_OPTION])
  AS_IF([test -n "$with_libssh2_prefix" && test "x$with_libssh2_prefix" != xno],
    [with_libssh2_prefix=$(cd "$with_libssh2_prefix" && pwd) ||
       AC_MSG_ERROR([--with-libssh2-prefix names no directory.])
     LIBSSH2_PREFIX_OPTION="--with-libssh2-prefix=$with_libssh2_prefix"
     PKG_CONFIG_PATH="$with_libssh2_prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
     export PKG_CONFIG_PATH])
  VMC_NEED([CRYPTO], [libcrypto >= 3.0],
    [OpenSSL's libcrypto 3.0 or newer is missing (Debian: libssl-dev).])
  # Where libcrypto has no Argon2, for PuTTY's key files.
  PKG_CHECK_EXISTS([libcrypto >= 3.2], [], [
    VMC_NEED([ARGON2], [libargon2],
      [libargon2 is missing, and libcrypto is older than 3.2, which would do
  without it (Debian: libargon2-dev).])
    CRYPTO_CFLAGS="$CRYPTO_CFLAGS $ARGON2_CFLAGS"
    CRYPTO_LIBS="$ARGON2_LIBS $CRYPTO_LIBS"
    AC_DEFINE([USE_LIBARGON2], [1], [Argon2 is libargon2's.])])
  VMC_NEED([LIBSSH2], [libssh2 >= 1.11.0],
    [libssh2 1.11 or newer is missing; older ones cannot use an RSA key with
  today's servers. Name a private one by --with-libssh2-prefix=DIR.])
  # A static one needs libcrypto and zlib, which 1.11.0 does not say.
  AS_IF([test -n "$LIBSSH2_PREFIX_OPTION"],
    [PKG_CHECK_MODULES([ZLIB], [zlib],
      [LIBSSH2_LIBS="$LIBSSH2_LIBS $CRYPTO_LIBS $ZLIB_LIBS"], [:])])
  VMC_NEED([CURSES], [ncursesw >= 6.1],
    [ncursesw 6.1 or newer is missing (Debian: libncurses-dev).])
  VMC_NEED([PANEL], [panelw],
    [The panel library of ncursesw is missing (Debian: libncurses-dev).])
])

AC_DEFUN([VMC_PLATFORM], [
  # Held calls (src/ssh/aside.h); musl has it in a library beside.
  AC_SEARCH_LIBS([swapcontext], [ucontext], [],
    [AC_MSG_ERROR([swapcontext() is needed; install libucontext])])
  # In the C library but for some BSDs and macOS.
  AC_SEARCH_LIBS([iconv_open], [iconv], [],
    [AC_MSG_ERROR([iconv_open() is needed; install libiconv])])
])

# What the tests need, found where users have no PATH to.
AC_DEFUN([VMC_TEST_TOOLS], [
  vmc_path="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
  AC_ARG_VAR([SSHD], [OpenSSH's server, for the tests])
  AC_PATH_PROG([SSHD], [sshd], [], [$vmc_path])
  AC_ARG_VAR([DROPBEAR], [Dropbear's server, for the tests])
  AC_PATH_PROG([DROPBEAR], [dropbear], [], [$vmc_path])
  # By name where it is missing, so that it may be installed later.
  AC_PATH_PROG([PYTHON3], [python3], [python3])
  # The interpreter itself: what the PATH has may be a slow shell script.
  vmc_python=$("$PYTHON3" -c 'import sys; print(sys.executable)' 2>/dev/null)
  AS_IF([test -x "$vmc_python"], [PYTHON3=$vmc_python])
  # What make bench measures our terminal beside, if it is there.
  PKG_CHECK_MODULES([VTERM], [vterm], [vmc_vterm=yes], [vmc_vterm=no])
  AM_CONDITIONAL([HAVE_VTERM], [test "$vmc_vterm" = yes])
])

AC_DEFUN([VMC_SUMMARY], [
  AC_MSG_NOTICE([vmconnect $PACKAGE_VERSION: libssh2 $($PKG_CONFIG --modversion libssh2), libcrypto $($PKG_CONFIG --modversion libcrypto), ncursesw $($PKG_CONFIG --modversion ncursesw); now run: make])
  AS_IF([test -z "$SSHD" || test -z "$DROPBEAR" || test "$PYTHON3" = python3],
    [AC_MSG_NOTICE([make check also needs sshd, dropbear and python3: ./bootstrap check gets them])])
])
