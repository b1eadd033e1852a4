# Each format is what tests/golden/diff says. scan.json and run.json there are of the command line of
# examples/polycall: scanned with --binary, and traced with help, 'config set' and 'config get'; then two
# calls were taken out of the scan, and one call site opened. UPDATE=1 rewrites what must come out.
. "$(dirname "$0")/lib.sh"
need_pcarch diff validate
golden=$SOURCE_DIR/tests/golden/diff
cd "$tmp" || exit 1
cp "$golden/scan.json" "$golden/run.json" .
assert_exit 0 "$PCARCH" validate scan.json run.json

for format in text json sarif markdown github gitlab junit dot mermaid; do
	assert_exit 1 "$PCARCH" diff -q --all --format "$format=$format" scan.json run.json
	[ -z "${UPDATE:-}" ] || cp "$format" "$golden/polycall.$format"
	diff -u "$golden/polycall.$format" "$format" >difference ||
		fail "as $format it is not tests/golden/diff/polycall.$format: $(head -n 20 difference)"
done
assert_exit 0 "$PCARCH" validate json

# The gates, each for itself.
assert_exit 0 "$PCARCH" diff --fail-on none scan.json run.json
for gate in bug hole runtime-only new-dependency dead any error warning note PCA018 predicted-hole stale,bug; do
	assert_exit 1 "$PCARCH" diff --fail-on "$gate" scan.json run.json
done
for gate in interposed library foreign generated stale orphan route entry-point certificate incomplete suppression; do
	assert_exit 0 "$PCARCH" diff --fail-on "$gate" scan.json run.json
done
