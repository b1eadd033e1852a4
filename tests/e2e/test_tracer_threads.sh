# The runtime: threads, each counted exactly, however many and however short.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1

instrument 'gcc -O2' threads.c threads
threads() {
	record ./threads "$1"
	[ "$status" = 77 ] && skip "there can be no $1 threads here"
	assert_equal "$status" 0 "status of $1"
	assert_nothing_dropped
}

threads busy
assert_edges '
	?libc.so.6 main 1
	main busy_threads 1
	@thread run_busy 4
	run_busy leaf 4000000'

# One after the other they go on with the same table: the file is no larger than that of a few.
size() { stat -c %s "$recordings"/*.pcrec; }
busy=$(size)
threads short
assert_edges '
	?libc.so.6 main 1
	main short_threads 1
	@thread run_short 5000
	run_short leaf 5000'
[ "$(size)" -le "$busy" ] || fail "5000 short threads took $(size) bytes, 4 long ones $busy"

# More at once than there are tables.
threads at-once
assert_edges '
	?libc.so.6 main 1
	main threads_at_once 1
	@thread run_at_once 1500
	run_at_once leaf 16500'

# Destructors run when the thread has given its table back.
threads destructors
assert_edges '
	?libc.so.6 main 1
	main destructors 1
	@thread run_with_end 100
	?libc.so.6 end_thread 400
	end_thread leaf 400'
