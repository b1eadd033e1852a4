# The runtime, mode "spans": traces at roots, nested as the calls were, bounded, with every thing left out counted.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1
mode=spans

# spans: TRACE SPAN PARENT FUNCTION ENDED, a line each.
spans() { python3 "$programs/recording.py" spans "$recordings"/*.pcrec; }

# dropped REASON: how many.
dropped() { header | sed -n "s/^drop_$1 //p" | grep . || echo 0; }

# adds_up: what began is kept, or counted by the reason why it is not.
adds_up() {
	assert_equal "$(header | sed -n 's/^traces_started //p')" \
		$(($(spans | cut -d' ' -f1 | sort -un | wc -l) + $(dropped trace_evicted) + $(dropped trace_limit) + $(dropped sampled))) "traces that began"
}

portable='gcc -O1 -finstrument-functions'
for kind in edges portable; do
	edges_flags='-g -fpatchable-function-entry=5 -fno-optimize-sibling-calls'
	compiler='gcc -O1'
	[ $kind = edges ] || { edges_flags=-g compiler=$portable; }
	instrument "$compiler" spans.c spans

	# A trace for each request, of which the first 50 spans stay; the edges are all there.
	export PCARCH_TRACE_ROOTS='handle_*'
	record ./spans 1
	assert_equal "$status" 0
	assert_equal "$(spans | awk '$1 == 1')" '1 0 - handle_get 1
1 1 0 parse 1
1 2 1 leaf 1
1 3 0 answer 1
1 4 3 leaf 1
1 5 3 leaf 1' "first trace, $kind"
	assert_equal "$(spans | awk '$1 == 2' | wc -l)" 50 "spans of a full trace, $kind"
	assert_equal "$(spans | awk '$1 == 2 && $2 > 0 {print $3, $4, $5}' | sort -u)" '0 leaf 1' "spans below handle_many, $kind"
	assert_equal "$(spans | awk '$1 == 3 && $2 > 0 && $3 != $2 - 1')" '' "spans of handle_deep that are not nested, $kind"
	assert_equal "$(spans | awk '$1 == 4 {print $4}' | tr '\n' ' ')" 'handle_get parse leaf answer leaf leaf ' "trace of the thread, $kind"
	assert_equal "$(spans | cut -d' ' -f1 | sort -un | tail -1)" 4 "traces, $kind"
	assert_edge handle_many leaf 100
	assert_edge handle_deep handle_deep 70
	# 51 of handle_many; 21 of handle_deep and the leaf below it.
	adds_up
	assert_equal "$(($(dropped span_limit) + $(dropped depth_limit)))" $((51 + 22)) "dropped spans, $kind"

	# More requests than there are places: the oldest go.
	record ./spans 400
	adds_up
	assert_equal "$(dropped trace_evicted)" $((400 * 3 + 1 - 1000)) "evicted traces, $kind"
	assert_equal "$(spans | cut -d' ' -f1 | sort -un | wc -l)" 1000 "kept traces, $kind"
	assert_equal "$(spans | cut -d' ' -f1 | sort -n | tail -1)" 1201 "the last trace, $kind"
	assert_edge handle_many leaf 40000

	# Sampling: none, some, and as a parent decides.
	PCARCH_TRACE_SAMPLE=0 record ./spans 10
	assert_equal "$(spans)" ''
	assert_equal "$(dropped sampled)" 31 "traces left out, $kind"
	assert_edge handle_many leaf 1000
	PCARCH_TRACE_SAMPLE=0.5 record ./spans 100
	adds_up
	kept=$(spans | cut -d' ' -f1 | sort -un | wc -l)
	assert_equal $((kept + $(dropped sampled))) 301 "traces kept and left out, $kind"
	[ "$kept" -gt 100 ] && [ "$kept" -lt 200 ] || fail "$kept of 301 traces are kept at 0.5"
	low=00-4bf92f3577b34da6a300000000000001-00f067aa0ba902b7-01
	high=00-4bf92f3577b34da6a3ffffffffffffff-00f067aa0ba902b7-01
	TRACEPARENT=$low PCARCH_TRACE_SAMPLE=0.01 record ./spans 1
	assert_equal "$(dropped sampled)" 0
	TRACEPARENT=$high PCARCH_TRACE_SAMPLE=0.99 record ./spans 1
	assert_equal "$(dropped sampled)" 4

	# Without roots: what each thread does first.
	unset PCARCH_TRACE_ROOTS
	record ./spans 0
	assert_equal "$(spans | awk '$2 == 0 {print $4}' | tr '\n' ' ')" 'main serve ' "roots, $kind"
done

# Times are in order, and lie in the time of the process.
record ./spans 1
python3 - "$programs" "$recordings"/*.pcrec <<'PYTHON' || fail 'times are not in order'
import sys
sys.path.insert(0, sys.argv[1])
import recording
r = recording.Recording(sys.argv[2])
assert r.traces
for trace in r.traces:
    for span in trace.spans:
        assert r.header["start_ns"] <= span.start <= span.last <= r.header["end_ns"]
        assert span.last <= span.end or not span.end
        if span.parent != 255:
            outer = trace.spans[span.parent]
            assert outer.start <= span.start and span.last <= outer.last and span.end <= outer.end
PYTHON

edges_flags='-g -fpatchable-function-entry=5 -fno-optimize-sibling-calls'
# Jumps leave no frame behind: what follows is not nested in what was left.
instrument 'gcc -O1' flows.c flows
record ./flows longjmp
assert_equal "$status" 0
assert_equal "$(spans | awk '$4 == "jump" && $2 == 2 {print $3}')" 1 'parent of the first jump'
record ./flows siglongjmp
assert_equal "$(spans | awk '$4 == "leave_handler" {print $3}' | sort -u)" 1 'parents of the handlers'
for flow in coroutines storm; do
	record ./flows $flow
	assert_equal "$status" 0 "status of $flow"
done
