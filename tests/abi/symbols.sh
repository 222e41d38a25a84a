#!/bin/sh
# symbols.sh LIBRARY LIST: fails when the symbols that LIBRARY shows are not exactly those of LIST.
found=$(nm -D --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | LC_ALL=C sort) || exit 2
wanted=$(grep -v '^#' "$2" | LC_ALL=C sort)
[ "$found" = "$wanted" ] && { echo "$(echo "$found" | wc -l) symbols, as listed"; exit 0; }
echo "the symbols of $1 (+) differ from $2 (-); review, then update the list:"
t=$(mktemp -d) && echo "$wanted" >"$t/listed" && echo "$found" >"$t/found" && diff -u "$t/listed" "$t/found"
rm -rf "$t"
exit 1
