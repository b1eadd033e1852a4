# The runtime, mode "portable": the compiler's own hooks at entries; inlined functions have the caller that the source says.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1

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
sum leaf 1
?libc.so.6 compare 1
?libc.so.6 main 1'

variants=("gcc -O0 -finstrument-functions" "gcc -O2 -finstrument-functions")
for clang in clang-14 clang-19; do
	command -v $clang >/dev/null && variants+=("$clang -O2 -finstrument-functions-after-inlining")
done
edges_flags=-g
for variant in "${variants[@]}"; do
	echo "$variant"
	instrument "$variant" roots.c roots
	record ./roots
	assert_equal "$status" 0
	assert_edges "$expected"
	assert_nothing_dropped
	run ./roots
	assert_equal "$status$err" 0 'status and stderr without recording'
done

# gcc inlines what it has told of already: the calls are there all the same, from whom they were.
cat >inline.c <<'C'
static void inner(void) { __asm__ volatile("" : : : "memory"); }
static inline void middle(void) { inner(); inner(); }
__attribute__((noinline)) static void outer(void) { middle(); }
int main(void) { for (int i = 0; i < 10; i++) outer(); middle(); return 0; }
C
for level in -O0 -O1 -O2 -O3; do
	instrument "gcc $level -finstrument-functions" "$PWD/inline.c" inline
	record ./inline
	assert_edges '
		?libc.so.6 main 1
		main outer 10
		outer middle 10
		main middle 1
		middle inner 22'
done

# Control that jumps needs no special care, as nothing is kept on a stack.
instrument 'gcc -O2 -finstrument-functions' flows.c flows
record ./flows longjmp
assert_edges '
	?libc.so.6 main 1
	main long_jumps 1
	long_jumps jump 100
	jump jump 900
	jump leaf 1000
	long_jumps leaf 1'
record ./flows recursion
assert_edge recurse recurse 1000000
