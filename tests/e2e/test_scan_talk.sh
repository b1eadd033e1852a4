# What scan says on stderr, and that it is quiet when nobody listens to stdout.
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3
mkdir "$tmp/tree" && cd "$tmp/tree" || exit 1
git init -q . 2>/dev/null || mkdir .git

printf '#pragma once\n#include "generated.h"\n' >shared.h
for name in a b c; do
	printf '#include "shared.h"\nint %s(void)\n{\n\treturn 0;\n}\n' $name >$name.c
done
printf '#include "other.h"\nint helper(void);\nint main(void)\n{\n\treturn helper();\n}\n' >main.c

# What several units miss is one line; what one unit misses has its own.
compdb . a.c b.c c.c main.c
assert_exit 3 "$PCARCH" scan
assert_err "shared.h:2:10: error: 'generated.h' file not found (in unit a.c and 2 more) [unit-partial]"
assert_err "main.c:1:10: error: 'other.h' file not found [unit-partial]"
assert_err "next: mend the 4 units above"
assert_equal "$(grep -c generated.h "$tmp/.err")" 1 "lines about generated.h"
assert_json static.json "[u['status'] for u in d['units']] == ['partial'] * 4"

# One of each, and nothing out of reach; where the trace is not where show looks, it says so.
sed -i 1d main.c
compdb . main.c
assert_exit 0 "$PCARCH" scan
assert_err ": 2 functions, 1 call, 1 entry point"
assert_err "0 of 1 call sites are open; no public function is out of reach"
assert_err "next: 'pcarch show entry', 'pcarch show callers FUNCTION'"
assert_exit 0 "$PCARCH" scan -o other.json
assert_err "wrote other.json"
assert_err "next: 'pcarch show -f other.json entry', 'pcarch show -f other.json callers FUNCTION'"
assert_exit 2 "$PCARCH" scan -o missing/static.json
assert_err_is "pcarch scan: error: cannot create 'missing/static.json': No such file or directory; make its directory first"

# That is said before the work, not after it.
compdb . main.c a.c
assert_exit 2 "$PCARCH" scan --cache "$tmp/unused" -o missing/static.json
assert_exit 2 "$PCARCH" scan --cache "$tmp/unused" -o ..
assert_err_is "pcarch scan: error: cannot create '..': Is a directory"
[ ! -e "$tmp/unused" ] || fail "a scan began that had nowhere to write to"

# A reader that left ends it quietly, whether it leaves at once or in the middle of a larger trace.
for i in $(seq 600); do echo "int function_with_a_name_$i(void) { return 0; }"; done >large.c
mkfifo pipe
for file in main.c large.c; do
	compdb . $file
	exec 7<>pipe 8>pipe 7<&-
	status=0
	"$PCARCH" scan -qo - >&8 2>err || status=$?
	exec 8>&-
	assert_equal "$status" 0 "exit status of $file on a closed pipe"
	assert_equal "$(cat err)" '' "stderr of $file on a closed pipe"
done

# A full disk is told, and not as an old file that was never there.
status=0
"$PCARCH" scan -qo - >/dev/full 2>err || status=$?
assert_equal "$status" 2 "exit status on a full disk"
assert_equal "$(cat err)" "pcarch scan: error: cannot write 'standard output': No space left on device" stderr
assert_exit 2 "$PCARCH" scan -o /dev/full
assert_err_is "pcarch scan: error: cannot write '/dev/full': No space left on device"

# Options that a lost response file held are missing: that is worth a line without -v.
echo '[{"directory": ".", "file": "main.c", "arguments": ["cc", "@gone.rsp", "-c", "main.c"]}]' >compile_commands.json
assert_exit 0 "$PCARCH" scan
assert_err "warning: 1 response file with compiler options could not be read"
assert_exit 0 "$PCARCH" scan -q
assert_err_is ''

# extract says so of a source that is not there, as scan does.
assert_exit 3 "$PCARCH" extract -o gone.facts -- cc -c gone.c
assert_err "gone.c: error: cannot open it: No such file or directory"
