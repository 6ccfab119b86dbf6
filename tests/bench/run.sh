#!/bin/sh
# run.sh - "make bench": every measurement in tests/bench, in order of name.
#
# They share the machine with nothing else, one after the other; a script's
# name says what it measures, and its lines say how it compares.

: "${top_srcdir:=.}"
BENCH_ONLY=${BENCH_ONLY:-}

status=0
for script in "$top_srcdir"/tests/bench/bench-*.sh \
    "$top_srcdir"/tests/bench/bench-*.py; do
    [ -f "$script" ] || continue
    name=${script##*/bench-}
    case ${name%.*} in *"$BENCH_ONLY"*) ;; *) continue ;; esac
    echo "== ${name%.*}"
    case $script in
    *.py) python3 "$script" || status=1 ;;
    *) sh "$script" || status=1 ;;
    esac
done
exit "$status"
