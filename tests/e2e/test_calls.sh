# Small programs, one mechanism of indirect calls each: what is expected, what really runs, and what the
# graph says must be the same (tests/calls/run.py). Usage: test_calls.sh [NAME...]
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3 gcc addr2line nm
unset LD_PRELOAD
judge=$SOURCE_DIR/tests/calls/run.py

# The judge itself: a right program passes, and each way to be wrong is found by its name.
mkdir "$tmp/right" "$tmp/wrong"
cat >"$tmp/right/direct.c" <<'C'
static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

int main(void)
{
	return one() + two() == 3 ? 0 : 1; /* -> one, two; closed */
}
C
assert_exit 0 "$judge" --pcarch "$PCARCH" --programs "$tmp/right"

# wrong SED KIND PART: the right program, changed by a sed script, fails with a line of that kind.
wrong() {
	sed "$1" "$tmp/right/direct.c" >"$tmp/wrong/direct.c"
	assert_exit 1 "$judge" --pcarch "${3:-$PCARCH}" --programs "$tmp/wrong"
	assert_out "    $2"
}
wrong 's|one, two;|one;|' 'ANNOTATION direct.c:13: direct.c:two runs, and is not annotated'
wrong 's|one() +|1 +|' 'ANNOTATION direct.c:13: one does not run'
wrong 's|two;|two (not run);|' 'ANNOTATION direct.c:13: two runs, and is annotated (not run)'
wrong 's|closed|open|' 'STATE      direct.c:13: closed, not open'
wrong 's|== 3|== 4|' 'BROKEN     direct: exit status 1'

# Graphs that are wrong: a call is lost, and one too many is there.
cat >"$tmp/doctored" <<SH
#!/bin/sh
"$PCARCH" "\$@" && python3 - <<'PYTHON'
import json, os
with open("static.json") as stream:
    graph = json.load(stream)
names = [f["function"] for f in graph["functions"]]
if os.path.exists("$tmp/lose"):
    graph["calls"] = [c for c in graph["calls"] if names[c["callee"]] != "two"]
else:
    extra = dict(graph["calls"][0], callee=names.index("main"))
    graph["calls"].append(extra)
with open("static.json", "w") as stream:
    json.dump(graph, stream)
PYTHON
SH
chmod +x "$tmp/doctored"
wrong '' 'EXTRA      direct.c:13: direct.c:main, besides one, two' "$tmp/doctored"
touch "$tmp/lose"
wrong '' 'FATAL      direct.c:13: closed, without two' "$tmp/doctored"
wrong 's| */[*] -> .*||' 'FATAL      direct.c:13: direct.c:two runs, and the graph, closed here, has direct.c:one' "$tmp/doctored"

# What is known to fail must still fail, and be right otherwise.
echo 'direct because of a reason' >"$tmp/right/known_failures"
assert_exit 1 "$judge" --pcarch "$PCARCH" --programs "$tmp/right"
assert_out 'FIXED      direct is right now'
assert_exit 0 "$judge" --pcarch "$tmp/doctored" --programs "$tmp/right"
sed -i 's|one, two;|one;|' "$tmp/right/direct.c"
assert_exit 1 "$judge" --pcarch "$tmp/doctored" --programs "$tmp/right"

run "$judge" --pcarch "$PCARCH" "$@"
cat "$tmp/.out"
ran=
[ "$status" = 0 ] || fail "see above; 'tests/calls/run.py NAME' judges one program$(sed 's/^/\n/' "$tmp/.err" | tail -n 5)"
