#!/bin/sh
# all-corpora.sh - feed every fuzz target its corpus; one TAP line a target.
#
# A target is tests/fuzz/fuzz-NAME.c, its inputs are tests/fuzz/corpus/NAME/*.

: "${top_srcdir:=.}" "${top_builddir:=.}"

log=$(mktemp) || exit 99
trap 'rm -f "$log"' EXIT

run=0
for source in "$top_srcdir"/tests/fuzz/fuzz-*.c; do
    name=${source##*/fuzz-}
    name=${name%.c}
    run=$((run + 1))
    set -- "$top_srcdir/tests/fuzz/corpus/$name"/*
    if "$top_builddir/tests/fuzz/fuzz-$name" "$@" >"$log" 2>&1; then
        echo "ok $run - $name: $# inputs, whole and cut off"
    else
        echo "not ok $run - $name: exit status $?"
        tail -n 40 "$log" | sed 's/^#* */# /'
    fi
done
echo "1..$run"
