# The runtime, mode "edges": the same edges with their counts, whatever compiled the program; and who calls from outside.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1

# Of roots.c; the caller of main and of compare is libc, which may be linked in.
expected='@constructor construct 1
construct leaf 1
@thread run_thread 1
run_thread leaf 1
@signal handle 1
handle leaf 1
@atexit at_exit 1
at_exit leaf 1
@destructor destruct 1
destruct leaf 1
compare leaf 1
main leaf 1000
main mix 1
mix leaf 1
main sum 1
sum leaf 1'

# assert_roots: all of them, once.
assert_roots() {
	assert_edges "$expected
$(edges | grep -E ' (main|compare) 1$' | grep -v '^main ')"
	assert_equal "$(edges | grep -cE '^[^ ]+ main 1$')" 1 'callers of main'
	assert_equal "$(edges | grep -cE '^[^ ]+ compare 1$')" 1 'callers of compare'
	assert_nothing_dropped
}

compilers=(gcc)
for name in clang-14 clang-19; do
	command -v $name >/dev/null && compilers+=($name)
done
variants=()
for compiler in "${compilers[@]}"; do
	for level in -O0 -O1 -O2 -O3; do
		variants+=("$compiler $level")
	done
	variants+=("$compiler -O2 -fcf-protection" "$compiler -O2 -no-pie" "$compiler -O1 -ffunction-sections -Wl,--gc-sections")
done
variants+=('gcc -O2 -flto')
command -v ld.lld clang >/dev/null && variants+=('clang -O2 -flto -fuse-ld=lld' 'gcc -O2 -fuse-ld=lld')
for variant in "${variants[@]}"; do
	echo "$variant"
	instrument "$variant" roots.c roots
	record ./roots
	assert_equal "$status" 0 "status with $variant"
	assert_equal "$err" '' stderr
	assert_roots
done

# Linked statically: the same archive of the runtime.
link_flags="$stub_flags -pthread"
for variant in 'gcc -O2 -static' 'gcc -O2 -static-pie'; do
	echo "$variant"
	instrument "$variant" roots.c roots
	record ./roots
	assert_equal "$status" 0 "status with $variant"
	# What libc calls it from has names there.
	assert_edge main leaf 1000
	assert_edge @constructor construct 1
	assert_edge @thread run_thread 1
	assert_edge @signal handle 1
	assert_nothing_dropped
done
link_flags="$stub_flags -Wl,-rpath,$BUILD_DIR -pthread -ldl"

# A first call may come with every vector register in use, and with an errno of the caller's.
for variant in 'gcc -O1' 'gcc -O2'; do
	instrument "$variant" vectors.c vectors
	record ./vectors
	assert_equal "$status" 0 "status of vectors with $variant"
done

# Two whole links of the same flags, as build systems make them, and a library beside the program.
instrument "gcc -O1 $stub_flags" roots.c roots
record ./roots
assert_roots

# Not asked for, nothing happens; nor where the words are wrong.
instrument 'gcc -O2' roots.c roots
for off in '' 0 off; do
	mode=$off
	[ -n "$off" ] || mode=
	rm -rf "$recordings"
	mkdir "$recordings"
	run env PCARCH_TRACE="$mode" PCARCH_TRACE_DIR="$recordings" ./roots
	assert_equal "$status$err" 0 "status and stderr with PCARCH_TRACE='$mode'"
	assert_equal "$(nrecordings)" 0 "recordings with PCARCH_TRACE='$mode'"
done
run ./roots
assert_equal "$status$err" 0 'status and stderr without anything'
run env PCARCH_TRACE=everything PCARCH_TRACE_DIR="$recordings" ./roots
assert_equal "$status" 0
assert_err "pcarch: roots: not traced: PCARCH_TRACE=everything is no mode; use edges, spans or off"
run env PCARCH_TRACE=edges PCARCH_TRACE_DIR=recordings ./roots
assert_equal "$status" 0
assert_err 'PCARCH_TRACE_DIR is no absolute path'
assert_equal "$(nrecordings)" 0
