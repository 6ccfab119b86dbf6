#!/bin/sh
# against-xterm.sh - does an xterm show what the files NAME.screens here say?
#
# By hand, not by "make check": needs xterm and a display (under Xvfb, say).
# xterm prints its screen on request (MC, CSI i); U+FFFF in it stands for the
# right half of a wide character.

set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
export LC_ALL=C.UTF-8

# printed COLUMNS ROWS FILE: what xterm shows for the bytes of FILE.
printed() {
    rm -f "$work/screen"
    # shellcheck disable=SC2016 # for the inner shell
    xterm -u8 -geometry "$1x$2" -xrm 'XTerm*printAttributes: 0' \
        -xrm "XTerm*printerCommand: cat > $work/screen" \
        -xrm 'XTerm*printerFormFeed: false' \
        -e sh -c 'stty raw -echo; cat "$1"; printf "\033[i"; sleep 1' sh "$3"
    sed "s/$(printf '\357\277\277')//g; s/ *\$//; s/^/|/" "$work/screen"
}

status=0
for screens in *.screens; do
    name=${screens%.screens}
    read -r _ columns rows <"$screens"
    sed -n 's/^at //p' "$screens" >"$work/marks"
    while read -r at; do
        head -c "$at" "$name.bytes" >"$work/bytes"
        sed -n "/^at $at\$/,/^at /p" "$screens" | grep '^|' >"$work/want" || :
        printed "$columns" "$rows" "$work/bytes" >"$work/got"
        if cmp -s "$work/want" "$work/got"; then
            echo "$name at $at: the same"
        else
            echo "$name at $at: not the same"
            diff "$work/want" "$work/got" || status=1
        fi
    done <"$work/marks"
done
exit $status
