#!/bin/bash
# build.sh FOLDER OUT: the module in FOLDER for the installed nginx, by the configuration with which it was built.
[ -n "$BASH_VERSION" ] || exec bash "$0" "$@"
set -euo pipefail
folder=$1 out=$2
mkdir -p "$out"
cd /usr/share/nginx/src
. ./conf_flags
maps="-ffile-prefix-map=$folder=plugins/nginx -ffile-prefix-map=$out=nginx"  # no folder of this machine in the module
[ -z "${SEKISHO_INCLUDE:-}" ] || maps+=" -ffile-prefix-map=$SEKISHO_INCLUDE=include"
sh ./configure "${NGX_CONF_FLAGS[@]}" --with-cc-opt="-O2 -g -fPIC -fstack-protector-strong -D_FORTIFY_SOURCE=2 -Wall -Wextra -Wno-unused-parameter -D_GNU_SOURCE $maps" --with-ld-opt="-Wl,-z,relro -Wl,-z,now" \
  --builddir="$out/objs" --add-dynamic-module="$folder" >"$out/configure.log" || { cat "$out/configure.log" >&2; exit 1; }
make -s -f "$out/objs/Makefile" modules >"$out/make.log" 2>&1 || { cat "$out/make.log" >&2; exit 1; }
cp "$out/objs/ngx_http_sekisho_module.so" "$out/"
