# The runtime, times: what passes between two calls is the first one's, whatever moves in between.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1
export PCARCH_TRACE_MAX_MB=1

# times: CALLER CALLEE TICKS, a line each, of all processes.
times() { python3 "$programs/recording.py" times "$recordings"/*.pcrec; }

# record_ticks COMMAND: with a page of ticks, which the program advances, and which nobody takes away.
record_ticks() {
	rm -rf "$recordings"
	mkdir "$recordings"
	{ printf '\1' && head -c 63 /dev/zero; } >"$recordings/ticks"
	run env PCARCH_TRACE="$mode" PCARCH_TRACE_DIR="$recordings" "$@"
	assert_equal "$status" 0
}

for kind in patched portable; do
	edges_flags='-g -fpatchable-function-entry=5 -fno-optimize-sibling-calls'
	[ $kind = patched ] || edges_flags='-g -finstrument-functions'
	instrument 'gcc -O2' ticks.c ticks
	for mode in edges spans; do
		record_ticks ./ticks
		assert_equal "$(times | grep -v 'many leaf')" '@thread thread 7
main outer 40
main self 3
outer self 20' "times, $kind, $mode"
		# The last one of many() has what passes while the thread and the process are waited for, as well.
		assert_equal "$(times | grep 'many leaf')" "many leaf $((192 + 7 + 3))" "times of a table that moves, $kind, $mode"
		assert_edge many leaf 192
		header | grep -qE '^drop_(tick|edge)' && fail 'times or edges were dropped'
	done
done

# Without the page, or with a part of one, nothing is timed, and the rest is as always.
mode=edges
instrument 'gcc -O2' spans.c spans
record ./spans
assert_equal "$(times)" ''
echo >"$tmp/short"
rm -rf "$recordings" && mkdir "$recordings" && cp short "$recordings/ticks"
run env PCARCH_TRACE=edges PCARCH_TRACE_DIR="$recordings" ./spans
assert_equal "$status$(times)" 0
header | grep -q tick_ns && fail 'a page that is cut off counts'
exit 0
