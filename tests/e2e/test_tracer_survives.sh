# The runtime: what was counted survives every way to end, and is exact whatever way control takes.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1
ulimit -c 0

instrument 'gcc -O2' ends.c ends
ends() { record ./ends "$1"; }

# Each way to end: its status, and the calls until then.
ends '' && assert_equal "$status" 0
assert_edge main leaf 1000
ends _exit && assert_equal "$status" 3
assert_edge main leaf 1000
ends quick_exit && assert_equal "$status" 4
assert_edge main leaf 1000
ends abort && assert_equal "$status" 134
assert_edge main leaf 1000
ends kill && assert_equal "$status" 137
assert_edge main leaf 1000
ends overflow && assert_equal "$status" 139
assert_edge main leaf 1000
assert_edge main dive 1
ends overflow-handler && assert_equal "$status" 7
assert_edge main leaf 1000
assert_edge on_overflow leaf 1
assert_edge @signal on_overflow 1
ends pthread_exit && assert_equal "$status" 0
assert_edge outlive leaf 500
assert_edge @thread outlive 1
assert_nothing_dropped

# Killed from outside while it sleeps; and where nothing of ours is left that it could need.
for wreck in true "rm -rf $recordings.gone"; do
	rm -rf "$recordings"
	mkdir "$recordings"
	mkfifo pipe
	PCARCH_TRACE=edges PCARCH_TRACE_DIR=$recordings ./ends wait >pipe &
	pids=($!)
	exec 7<pipe
	read -r -u 7 line
	assert_equal "$line" ready
	exec 7<&-
	rm pipe
	[ "$wreck" = true ] || mv "$recordings" "$recordings.gone"
	# It holds no descriptor of ours, and has no thread of ours.
	ls -l "/proc/${pids[0]}/fd" | grep -q pcrec && fail 'the program holds a descriptor of the recording'
	assert_equal "$(ls "/proc/${pids[0]}/task" | wc -l)" 1 threads
	[ "$wreck" = true ] || mv "$recordings.gone" "$recordings"
	kill -9 "${pids[0]}"
	wait "${pids[0]}" 2>/dev/null
	pids=()
	assert_edge main leaf 1000
	header | grep -q '^end_ns' && fail 'the recording of a killed process says that it ended'
done

# Control that jumps.
instrument 'gcc -O2' flows.c flows
flows() {
	record ./flows "$1"
	assert_equal "$status" 0 "status of $1"
	assert_nothing_dropped
}
flows longjmp
assert_edges '
	?libc.so.6 main 1
	main long_jumps 1
	long_jumps jump 100
	jump jump 900
	jump leaf 1000
	long_jumps leaf 1'
flows siglongjmp
assert_edges '
	?libc.so.6 main 1
	main signal_jumps 1
	@signal leave_handler 100
	leave_handler leaf 100
	signal_jumps leaf 1'
flows coroutines
assert_edges '
	?libc.so.6 main 1
	main coroutines 1
	?libc.so.6 go_round 2       # makecontext
	go_round leaf 200
	coroutines leaf 1'
flows recursion
assert_edges '
	?libc.so.6 main 1
	main recurse_deep 1
	@thread run_deep 1
	run_deep recurse 1
	recurse recurse 1000000'
# Handlers that come in the midst of counting: each is counted, and so is what they came into.
flows storm
read -r handled called <<<"$out"
assert_edges "
	?libc.so.6 main 1
	main signal_storm 1
	@signal count_signal $handled
	count_signal leaf $handled
	signal_storm leaf $called"

# Exceptions, and the same in clang's hands.
for compiler in g++ clang++-19; do
	command -v $compiler >/dev/null || continue
	instrument "$compiler -O2" exceptions.cc exceptions
	record ./exceptions
	assert_equal "$status" 0
	assert_edges '
		?libc.so.6 main 1
		main attempt 100
		attempt dive 100
		dive dive 900
		dive leaf 100'
	assert_nothing_dropped
done
