# Threads, signals, children, listeners and keys all at once: nothing hangs, nothing races, and what the logs say is in order.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/telemetry/telemetry.sh"
need_command timeout
cd "$tmp" || exit 1

# storm ROUNDS: each event of each worker and child is in a log.
storm() {
	for _ in $(seq "$1"); do
		fresh
		assert_exit 0 timeout 60 ./storm
		verify
		assert_log "len(by('storm.work')) == 3 * 60 + 8 and len(by('storm.child')) == 8 and len(by('command.error')) == 3 * 8 + 8"
	done
}

# AddressSanitizer's own locks are not made for forks and handlers at any time.
case $sanitizers in *address*) skip 'the build is of AddressSanitizer' ;; esac
build_program storm
storm 5

# Each access of the library is watched.
[ -z "$sanitizers" ] || exit 0
echo 'int main(void) { return 0; }' >empty.c
clang-19 -fsanitize=thread empty.c -o empty 2>/dev/null && ./empty 2>/dev/null || skip 'there is no ThreadSanitizer here'
(cd "$SOURCE_DIR" && clang-19 -fsanitize=thread -D_GNU_SOURCE -O1 -g -I. -Itracer tracer/telemetry/*.c tracer/runtime/say.c \
	tests/telemetry/storm.c "$BUILD_DIR/libcore.a" -lsodium -pthread -o "$tmp/storm") || fail 'the library does not compile'
storm 3
