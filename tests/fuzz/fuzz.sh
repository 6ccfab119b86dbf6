#!/bin/sh
# fuzz.sh - "make fuzz": build the fuzz targets with libFuzzer in ./build-fuzz
# and run each for FUZZ_SECONDS.
#
# FUZZ_TARGETS is a blank-separated list of names; empty means all.  New inputs
# and crashes stay in build-fuzz/run/NAME; the corpus in the source tree is
# only read.

set -eu
: "${FUZZ_SECONDS:=}" "${FUZZ_TARGETS:=}"
[ -n "$FUZZ_SECONDS" ] || FUZZ_SECONDS=60

# variable NAME: its value in this build's Makefile.
variable() {
    sed -n "s/^$1 = //p" Makefile
}

# The same source, as this build was configured, but with clang and libFuzzer.
srcdir=$(variable abs_srcdir)
prefix=$(variable LIBSSH2_PREFIX_OPTION)
eval "set -- $(./config.status --config)"
mkdir -p build-fuzz
cd build-fuzz
[ -f Makefile ] || "$srcdir/configure" "$@" CC=clang CFLAGS='-g -O1' \
    --enable-fuzzing --disable-sanitizers ${prefix:+"$prefix"}
make -j2 fuzz-programs

run_target() {
    mkdir -p "run/$1"
    echo "fuzzing $1 for $FUZZ_SECONDS s"
    "tests/fuzz/fuzz-$1" -max_total_time="$FUZZ_SECONDS" -timeout=10 \
        -rss_limit_mb=2048 -artifact_prefix="run/$1-" -print_final_stats=1 \
        "run/$1" "$srcdir/tests/fuzz/corpus/$1" >"run/$1.log" 2>&1 &&
        sed -n 's/^stat::number_of_executed_units: */    executions: /p' \
            "run/$1.log" && return
    echo "$1 failed; see build-fuzz/run/$1.log:"
    tail -n 30 "run/$1.log"
    return 1
}

all_targets() {
    for source in "$srcdir"/tests/fuzz/fuzz-*.c; do
        name=${source##*/fuzz-}
        echo "${name%.c}"
    done
}

for target in ${FUZZ_TARGETS:-$(all_targets)}; do
    run_target "$target"
done
