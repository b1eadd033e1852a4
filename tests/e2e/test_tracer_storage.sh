# The runtime: its file is bounded, whatever the run; what does not fit, or cannot be written, is counted or told.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1

# total: the calls that were recorded, and those that were dropped for want of room.
total() {
	python3 - "$programs" "$recordings"/*.pcrec <<'PYTHON'
import sys
sys.path.insert(0, sys.argv[1])
import recording
r = recording.Recording(sys.argv[2])
print(sum(e.count for e in r.edges), r.drops["edge_overflow"], len({(e.site, e.callee) for e in r.edges}))
PYTHON
}

# All of 131,072 edges and main's, exactly, while the table grows from 512.
instrument 'gcc -O1' many.c many
PCARCH_TRACE_MAX_MB=64 record ./many
assert_equal "$status" 0
assert_equal "$(total)" '393217 0 131073' 'calls, dropped calls and edges'
assert_nothing_dropped

# What does not fit is counted to the last call.
PCARCH_TRACE_MAX_MB=2 record ./many
assert_equal "$status" 0
read -r counted dropped edges <<<"$(total)"
assert_equal $((counted + dropped)) 393217 'calls, recorded and dropped'
[ "$dropped" -gt 0 ] || fail 'everything fitted into 2 MiB'
[ "$edges" -gt 10000 ] || fail "only $edges edges fitted into 2 MiB"

# Ten times the run, the same file.
instrument 'gcc -O1' loop.c loop
size() { stat -c %s "$recordings"/*.pcrec; }
record ./loop 1
assert_edge run leaf 2000000
short=$(size)
record ./loop 10
assert_edge run leaf 20000000
assert_equal "$(size)" "$short" 'size of the longer recording'

# Allocated before it is used: no hole that a full disk could turn into a signal.
mkfifo pipe
instrument 'gcc -O2' ends.c ends
rm -rf "$recordings"
mkdir "$recordings"
PCARCH_TRACE=edges PCARCH_TRACE_DIR=$recordings PCARCH_TRACE_MAX_MB=8 ./ends wait >pipe &
pids=($!)
exec 7<pipe
read -r -u 7 line
exec 7<&-
assert_equal "$(stat -c %s "$recordings"/*.pcrec)" $((8 << 20)) 'size while it runs'
blocks=$(stat -c %b "$recordings"/*.pcrec)
[ $((blocks * 512)) -ge $((8 << 20)) ] || fail "only $blocks blocks are allocated"
kill -9 "${pids[0]}"
wait "${pids[0]}" 2>/dev/null
pids=()

# Where nothing can be written the program runs on, and says so once.
# cannot REASON: what it said, of the directory $where.
cannot() {
	assert_equal "$status" 0 status
	assert_err_is "pcarch: ends: not traced: cannot record in '$where': $1"
}
where=$tmp/missing
run env PCARCH_TRACE=edges PCARCH_TRACE_DIR="$where" ./ends
cannot 'No such file or directory'
where=$tmp/ends
run env PCARCH_TRACE=edges PCARCH_TRACE_DIR="$where" ./ends
cannot 'Not a directory'
where=$tmp/limited
mkdir "$where"
run bash -c "ulimit -f 1024; PCARCH_TRACE=edges PCARCH_TRACE_DIR='$where' exec ./ends"
cannot 'File too large'
assert_equal "$(ls "$where")" '' 'what is left of a recording that did not fit'
where=$tmp/read-only
mkdir "$where"
chmod 555 "$where"
if ! touch "$where/x" 2>/dev/null; then
	run env PCARCH_TRACE=edges PCARCH_TRACE_DIR="$where" ./ends
	cannot 'Permission denied'
elif command -v setpriv >/dev/null; then
	chmod 755 "$tmp" . ends
	run env PCARCH_TRACE=edges PCARCH_TRACE_DIR="$where" setpriv --reuid 65534 --regid 65534 --clear-groups ./ends
	cannot 'Permission denied'
fi

# A disk that is full, where a small one can be mounted without privileges.
where=$tmp/disk
mkdir "$where"
if unshare -Urm mount -t tmpfs -o size=1m none "$where" 2>/dev/null; then
	run unshare -Urm sh -c "mount -t tmpfs -o size=1m none '$where' &&
		PCARCH_TRACE=edges PCARCH_TRACE_DIR='$where' ./ends && ls '$where'"
	cannot 'No space left on device'
	assert_out_is ''
fi

# A child that cannot have a file is told of by its parent's.
cat >lost.c <<'C'
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
static __attribute__((noinline)) void leaf(void)
{
	__asm__ volatile("" : : : "memory");
}
int main(void)
{
	if (rename(getenv("PCARCH_TRACE_DIR"), "elsewhere") != 0)
		return 1;
	if (fork() == 0) {
		for (int i = 0; i < 1000; i++)
			leaf();
		_exit(0);
	}
	wait(NULL);
	return rename("elsewhere", getenv("PCARCH_TRACE_DIR"));
}
C
sed -i 's/<stdlib.h>/<stdlib.h>\n#include <stdio.h>/' lost.c
instrument 'gcc -O2' "$PWD/lost.c" lost
record ./lost
assert_equal "$status" 0
assert_equal "$(nrecordings)" 1
header | grep -qx 'drop_child 1' || fail 'the lost child is not counted'
edges | grep -q leaf && fail 'calls of the child are in the recording of its parent'
true
