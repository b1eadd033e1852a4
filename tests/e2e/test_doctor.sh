# `pcarch doctor` says what a scan would miss, and how to mend it.
. "$(dirname "$0")/lib.sh"
need_pcarch doctor

mkdir -p "$tmp/project/sub" && cd "$tmp/project" || exit 1
git init -q . 2>/dev/null || mkdir .git

# Nothing to scan is a failure that names the ways out.
assert_exit 2 "$PCARCH" doctor
assert_out "FAIL  database"
assert_out "bear -- make"
assert_exit 2 "$PCARCH" doctor nowhere
assert_out "cannot enter 'nowhere': No such file or directory"

printf '#include "gen.h"\n#include "here.h"\n#if 0\n#include "never.h"\n#endif\n' >a.c
printf '  #  include "gen.h"\n#include <stdio.h>\n' >b.c
printf '\n' >sub/here.h
entry() { printf '{"directory":"%s","file":"%s","arguments":["cc","-Isub"%s,"%s"]}' "$PWD" "$1" "${2:-}" "$1"; }
printf '[%s,%s,%s]\n' "$(entry a.c ',"@gone.rsp"')" "$(entry b.c)" "$(entry lost.c)" >compile_commands.json
touch -d 2030-01-01 new.c
touch -d 2020-01-01 old.c
assert_exit 0 "$PCARCH" doctor
assert_out "ok    database"
assert_out "1 of 3 units cannot be read: $PWD/lost.c"
assert_out "warn  headers         gen.h (2 units)"
assert_out "gone.rsp' is left out: it does not exist"
assert_out "1 source newer than the database and not in it"
assert_out ": new.c"
assert_lacks "$out" never.h stdout
assert_lacks "$out" "here.h (" stdout
assert_out "fix: build the program once"

# The header that was generated is found, from a subdirectory too and by -p.
printf '\n' >sub/gen.h
(cd sub && assert_exit 0 "$PCARCH" doctor && assert_out "ok    headers") || exit 1
assert_exit 0 "$PCARCH" doctor -p .
assert_out "ok    headers"

# A stranger's control characters do not reach the terminal.
printf '[{"directory":"%s","file":"\\u001b[2Jx.c","command":"cc x.c"}]' "$PWD" >compile_commands.json
assert_exit 2 "$PCARCH" doctor
assert_out "FAIL  sources"
assert_lacks "$out" $'\e[2J' stdout

# A compiler inside the tree is not run.
printf '#!/bin/sh\ntouch "%s/ran"\n' "$tmp" >sub/gcc && chmod +x sub/gcc
printf '[{"directory":"%s","file":"a.c","command":"sub/gcc a.c"}]' "$PWD" >compile_commands.json
assert_exit 0 "$PCARCH" doctor
assert_out "it lies in the scanned tree"
[ ! -e "$tmp/ran" ] || fail "a program of the scanned tree was run"

# A broken database is a failure with its place.
printf '[{"directory":"/"}]' >compile_commands.json
assert_exit 2 "$PCARCH" doctor
assert_out "compile_commands.json: byte 1: the entry needs 'file'"

# A cache that cannot be written is a warning.
PCARCH_CACHE_DIR=$PWD/a.c assert_exit 2 "$PCARCH" doctor
assert_out "warn  cache"
