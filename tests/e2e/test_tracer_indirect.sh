# The runtime, mode "indirect": calls through pointers, and nothing else.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1

edges_flags='-g -fcf-protection=none -fno-jump-tables -fno-optimize-sibling-calls'
variants=('gcc -O1 -mindirect-branch=thunk-extern -mindirect-branch-register'
	'gcc -O2 -mindirect-branch=thunk-extern -mindirect-branch-register')
for clang in clang-14 clang-19; do
	command -v $clang >/dev/null && variants+=("$clang -O2 -mretpoline-external-thunk")
done
for variant in "${variants[@]}"; do
	echo "$variant"
	instrument "$variant" indirect.c indirect
	record ./indirect
	assert_equal "$status" 0 "status with $variant"
	assert_edges '
		main add 50
		main twice 50
		apply add 10
		main wide 1'
	assert_nothing_dropped
	run ./indirect
	assert_equal "$status$err" 0 'status and stderr without recording'
done

# Calls of libraries that do not go through the procedure linkage table come with it.
instrument 'gcc -O2 -fno-plt -mindirect-branch=thunk-extern -mindirect-branch-register' roots.c roots
record ./roots
assert_equal "$status" 0
assert_edge main ?libc.so.6 5
