# For the tests of the runtime, behind tests/e2e/lib.sh: builds programs of tests/tracer/ instrumented,
# runs them recorded, and asks recordings.
programs=$SOURCE_DIR/tests/tracer
recordings=$tmp/recordings
need_command cc python3 addr2line
[ -e "$BUILD_DIR/libpcarch-trace.so" ] || skip "there is no runtime in '$BUILD_DIR'"
[ "$(uname -m)" = x86_64 ] || skip "entries are patched on x86-64 only"
unset "${!PCARCH_TRACE@}" TRACEPARENT

edges_flags='-g -fpatchable-function-entry=5 -fno-optimize-sibling-calls'
stub_flags="-L$BUILD_DIR -Wl,-u,pcarch_stub -lpcarch-stub -lpcarch-trace"
link_flags="$stub_flags -Wl,-rpath,$BUILD_DIR -pthread -ldl"

# instrument COMPILER-AND-FLAGS SOURCE OUTPUT: for the mode "edges"; a source without a slash is one of ours.
instrument() {
	local source=$2
	[ -e "$source" ] || source=$programs/$2
	# shellcheck disable=SC2086
	$1 $edges_flags "$source" -o "$3" $link_flags || fail "cannot compile $2 with '$1'"
}

# record COMMAND...: run it as 'pcarch trace' would, into an empty directory; sets $status, $out, $err.
# The mode and other settings are taken from $mode and the environment.
record() {
	rm -rf "$recordings"
	mkdir "$recordings"
	run env PCARCH_TRACE="${mode:-edges}" PCARCH_TRACE_DIR="$recordings" "$@"
}

# edges: CALLER CALLEE COUNT of everything recorded, a line each.
edges() { python3 "$programs/recording.py" edges "$recordings"/*.pcrec; }

# header: NAME VALUE of the only recording, or of all of them.
header() { python3 "$programs/recording.py" header "$recordings"/*.pcrec; }

# nrecordings: how many files there are.
nrecordings() { find "$recordings" -name '*.pcrec' | wc -l; }

# assert_edges TEXT: exactly these, in any order; '#' starts a comment.
assert_edges() {
	edges >"$tmp/edges" || fail "the recordings cannot be read"
	sed 's/#.*//; s/^[[:space:]]*//; s/[[:space:]]*$//; /^$/d' <<<"$1" | sort >"$tmp/expected"
	sort "$tmp/edges" | diff "$tmp/expected" - >"$tmp/difference" ||
		fail "the edges are not as expected (< expected, > recorded):
$(cat "$tmp/difference")"
}

# assert_edge CALLER CALLEE COUNT: this one among others.
assert_edge() {
	edges >"$tmp/edges" || fail "the recordings cannot be read"
	grep -qxF -- "$*" "$tmp/edges" || fail "no edge '$*' in:
$(cat "$tmp/edges")"
}

# assert_nothing_dropped: the recordings are whole.
assert_nothing_dropped() {
	local drops
	drops=$(header | grep '^drop_')
	[ -z "$drops" ] || fail "something was dropped: $drops"
}
