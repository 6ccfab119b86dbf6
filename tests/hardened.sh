#!/bin/sh
# hardened.sh - the programs were really built as configure meant it.

: "${top_builddir:=.}"
run=0

# has NAME PATTERN READELF-OPTION
has() {
    run=$((run + 1))
    if LC_ALL=C readelf -W "$3" "$top_builddir/$program" | grep -Eq "$2"; then
        echo "ok $run - $program: $1"
    else
        echo "not ok $run - $program: $1"
    fi
}

for program in vmconnect vmconnect-keygen; do
    has "position-independent" 'Type: *DYN' -h
    has "the stack cannot be executed" 'GNU_STACK .* RW +0x' -l
    has "relocations become read-only" GNU_RELRO -l
    has "all symbols are bound at the start" 'BIND_NOW|Flags:.* NOW' -d
    has "stack protector" __stack_chk_fail --dyn-syms
    has "FORTIFY_SOURCE" '__[a-z]+_chk@' --dyn-syms
done
echo "1..$run"
