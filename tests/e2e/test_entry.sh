# Small programs, one kind of entry points each: the scan must find what is expected (tests/entry/run.py).
# Usage: test_entry.sh [NAME...]
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3 gcc
unset LD_PRELOAD
judge=$SOURCE_DIR/tests/entry/run.py

# The judge itself: a scan that finds nothing is wrong, and what is missing is said.
cat >"$tmp/blind" <<SH
#!/bin/sh
[ "\$1" = scan ] || exit 0
echo '{"entry_points": [], "branches": [], "orphan_functions": []}' >static.json
SH
chmod +x "$tmp/blind"
assert_exit 1 "$judge" --pcarch "$tmp/blind" during_the_call
assert_out 'MISSING cli_0	main'

# Ids depend on neither lines nor other files, and entry points say which routes of bytes led to them.
cd "$tmp" || exit 1
cat >a.c <<'C'
#include <signal.h>
#include <stdlib.h>
static void stop(int n) { (void)n; }
static void last(void) {}
int main(void)
{
	signal(SIGTERM, stop);
	return atexit(last);
}
C
compdb . a.c
assert_exit 0 "$PCARCH" scan -q -o before.json
{ printf '\n\n\n'; cat a.c; } >longer.c && mv longer.c a.c
echo 'static int unused(int n) { return n; } int helper(int n) { return unused(n); }' >b.c
compdb . a.c b.c
assert_exit 0 "$PCARCH" scan -q -o after.json
ids() { python3 -c "import json; print([(e['id'], e['function']) for e in json.load(open('$1'))['entry_points']])"; }
[ "$(ids before.json)" = "$(ids after.json)" ] || fail "ids moved: $(ids before.json) $(ids after.json)"

# What is registered is no orphan, and its trace is its own.
assert_json after.json "[o['function'] for o in d['orphan_functions']] == ['helper']"
assert_json after.json "[t['entry_point_id'] for t in d['traces']] == ['cli_0', 'signal_0', 'destructor_0']"

# A wrong rule file is said where it is wrong, and nothing is written.
echo '{"version": 1, "registrations": [{"kind": "treads", "call": "f", "handler": 0}]}' >.pcarch.json
rm after.json
assert_exit 2 "$PCARCH" scan -q -o after.json
assert_err "did you mean \"thread\"?"
[ ! -e after.json ] || fail 'a file was written'

run "$judge" --pcarch "$PCARCH" "$@"
cat "$tmp/.out"
ran=
[ "$status" = 0 ] || fail "see above; 'tests/entry/run.py NAME' judges one program"
