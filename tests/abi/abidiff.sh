#!/bin/sh
# abidiff.sh LIBRARY DUMP HEADERS [--update]: fails when functions or types of LIBRARY, as far as HEADERS show them, are
# not those of DUMP, what abidw wrote of the library as it was reviewed last. With --update writes DUMP anew.
command -v abidiff >/dev/null || { echo "no abidiff here (package abigail-tools): the comparison is skipped"; exit 77; }
if [ "${4:-}" = --update ]; then
  abidw --exported-interfaces-only --no-elf-needed --no-architecture --headers-dir "$3" --drop-private-types --no-show-locs --no-corpus-path --no-comp-dir-path \
    --out-file "$2" "$1" && echo "wrote $2; look at the difference before you commit it" && exit 0
  exit 2
fi
said=$(abidiff --exported-interfaces-only --no-architecture --headers-dir2 "$3" --drop-private-types "$2" "$1" 2>&1)
[ $? -eq 0 ] && [ -z "$said" ] && { echo "the ABI is that of $2"; exit 0; }
echo "$said"
cat <<HELP
The ABI of $1 differs from $2 (above). Additions are in order when they are
meant; a change or a removal is a break: it needs another SONAME. After a review, write the dump anew:
  $0 $1 $2 $3 --update
HELP
exit 1
