# Inside the clean root: /packages/*.deb are installed, used, purged. Ends with a status above 0 when something is not as it should be.
set -euo pipefail
say() { printf '  %s\n' "$*"; }
fail() { printf '  FAILED: %s\n' "$*" >&2; exit 1; }
cd /packages/test
names=$(for deb in /packages/*.deb; do dpkg-deb -f "$deb" Package; done)

# Everything that the packages ask for, and what their users bring along; then the packages alone.
apt-get -q update >/tmp/apt.log 2>&1 || { tail -20 /tmp/apt.log; fail "NOT TESTED: apt-get update (is the archive within reach?)"; }
needed=$(apt-get -s install --no-install-recommends /packages/*.deb | awk '$1 == "Inst" { print $2 }' | grep -vxF "$names")
apt-get -q install -y --no-install-recommends $needed gcc g++ libc6-dev pkg-config cmake make curl nginx sqlite3 >/tmp/apt.log 2>&1 ||
  { tail -20 /tmp/apt.log; fail "apt-get install of what the packages depend on"; }

# What is on the disk, but for logs, caches and the database of dpkg.
disk() {
  find / -xdev \( -path /proc -o -path /tmp -o -path /run -o -path /packages -o -path /var/log -o -path /var/cache -o -path '/var/lib/apt' \
    -o -path /var/lib/postgresql -o -path '/var/lib/dpkg/*-old' -o -path /etc/ld.so.cache \) -prune -o -print | sort
}
nginx -t >/tmp/nginx.log 2>&1 || { cat /tmp/nginx.log; fail "nginx -t before"; }  # makes folders of its own at its first start
disk >/tmp/before
dpkg -i /packages/*.deb >/tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; fail "dpkg -i"; }
say "installed: $(echo $names)"

# The command line.
[ "$(sekisho classify /packages/test/item.jsonl --output jsonl | grep -c '"list":"us-usml","verdict":"match"')" = 1 ] || fail "sekisho classify"
sekisho version | grep -q '^sekisho ' || fail "sekisho version"
[ -s /usr/share/man/man1/sekisho.1.gz ] || fail "no manual page"
say "sekisho classifies"

# The library, by pkg-config and by CMake.
cc -Wall -Werror first_item.c $(pkg-config --cflags --libs sekisho) -o /tmp/by-pkg-config
/tmp/by-pkg-config | grep -q '"us-usml","verdict":"possible"' || fail "the program that pkg-config built"
cmake -S /packages/test -B /tmp/by-cmake >/tmp/cmake.log 2>&1 && cmake --build /tmp/by-cmake >>/tmp/cmake.log 2>&1 || { cat /tmp/cmake.log; fail "find_package(sekisho)"; }
cmp <(/tmp/by-pkg-config) <(/tmp/by-cmake/first_item) || fail "the program that CMake built"
say "a C program builds by pkg-config and by CMake, and runs"

# SQLite.
extension=$(dpkg -L libsqlite3-mod-sekisho | grep '/sekisho\.so$')
sqlite3 :memory: ".load ${extension%.so}" "select sekisho_verdict('us-usml', 'M4 carbine')" | grep -qx match || fail "SQLite"
say "SQLite classifies"

# PostgreSQL, as its own user.
server=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb)")
install -d -o postgres /tmp/pg
as() { su postgres -s /bin/bash -c "cd /tmp/pg && $*"; }
as "$server/initdb -D /tmp/pg/data -E UTF8 --locale=C.UTF-8 >/tmp/pg/log 2>&1" || { cat /tmp/pg/log; fail "initdb"; }
as "$server/pg_ctl -D /tmp/pg/data -w -o '-k /tmp/pg -h \"\"' -l /tmp/pg/log start >/dev/null" || { cat /tmp/pg/log; fail "the server does not start"; }
answer=$(as "psql -h /tmp/pg -qtA -c 'CREATE EXTENSION sekisho' -c \"SELECT sekisho_verdict('us-usml', 'M4 carbine')\"") || true
as "$server/pg_ctl -D /tmp/pg/data -m fast stop >/dev/null"
[ "$answer" = match ] || fail "PostgreSQL: $answer"
say "PostgreSQL classifies"

# nginx, with the module that its package has switched on.
[ -e /etc/nginx/modules-enabled/50-mod-http-sekisho.conf ] || fail "the module is not switched on"
nginx -t >/tmp/nginx.log 2>&1 || { cat /tmp/nginx.log; fail "nginx -t with the module"; }
nginx -c /packages/test/nginx.conf || fail "nginx does not start"
answer=$(curl -sS --unix-socket /tmp/nginx.sock -H 'Content-Type: application/json' -d '{"description":"M4 carbine"}' http://localhost/classify) || true
nginx -c /packages/test/nginx.conf -s stop
grep -q '"list":"us-usml","verdict":"match"' <<<"$answer" || fail "nginx: $answer"
say "nginx classifies"

# Removed and put back, the module is on again; purged, all is as it was.
dpkg --remove libnginx-mod-http-sekisho >/dev/null
nginx -t >/tmp/nginx.log 2>&1 || { cat /tmp/nginx.log; fail "nginx -t without the module"; }
dpkg -i /packages/libnginx-mod-http-sekisho_*.deb >/dev/null
[ -e /etc/nginx/modules-enabled/50-mod-http-sekisho.conf ] || fail "the module is not on again after its return"
dpkg --purge $names >/tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; fail "dpkg --purge"; }
disk >/tmp/after
diff /tmp/before /tmp/after || fail "the purge left, or took, these files"
! ldconfig -p | grep -i sekisho || fail "the loader's cache still names the library"
! dpkg-query -W -f '${Package} ${db:Status-Status}\n' | grep -i sekisho || fail "dpkg still knows a package"
say "purged without a trace"
