# The runtime: processes that fork, execute and spawn, each with a recording of its own.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1

instrument 'gcc -O2' processes.c processes
processes() {
	record "$PWD/processes" "$1"
	assert_equal "$status" 0 "status of $1"
	assert_equal "$err" ''
	assert_nothing_dropped
}


# edges_of FILE
edges_of() { python3 "$programs/recording.py" edges "$1"; }

# Neither lost nor doubled.
processes fork
assert_equal "$(nrecordings)" 3
assert_edges '
	?libc.so.6 main 1
	main make_children 1
	make_children leaf 1
	make_children in_child 2
	in_child leaf 40
	make_children in_parent 1
	in_parent leaf 30
	make_children await 2'
# A child says whose it is.
parents=$(header | sed -n 's/^parent0 //p' | sort)
ids=$(header | sed -n 's/^id0 //p' | sort)
assert_equal "$(comm -12 <(echo "$parents") <(echo "$ids") | wc -l)" 2 'children that know their parents'

# Copied without libc's knowing.
processes copy
assert_equal "$(nrecordings)" 2
assert_edges '
	?libc.so.6 main 1
	main copy_process 1
	copy_process leaf 1
	copy_process in_child 1
	in_child leaf 20
	copy_process in_parent 1
	in_parent leaf 30
	copy_process await 1'

# While another thread counts.
processes threads
assert_equal "$(nrecordings)" 21
assert_edge fork_with_threads in_child 20
assert_edge in_child leaf 400

# Executed from vfork, spawned and executed, all without an environment.
processes start
assert_edge main started 3
assert_edge started in_child 3
assert_edge in_child leaf 60

# Two programs in one process.
processes exec
assert_equal "$(nrecordings)" 2
assert_edges '
	?libc.so.6 main 2
	main become_other 1
	become_other leaf 1
	main started 1
	started in_child 1
	in_child leaf 20'
assert_equal "$(header | grep -c '^generation 1$')" 1 'second images'
assert_equal "$(header | sed -n 's/^process_ticks //p' | sort -u | wc -l)" 1 'starts of the process'
first=$(ls "$recordings"/*-0.pcrec)
assert_equal "$(edges_of "$first")" '?libc.so.6 main 1
become_other leaf 1
main become_other 1'

# What a program switches off for its children stays off.
cat >off.c <<'C'
#include <unistd.h>
int main(int argc, char **argv)
{
	char *const off[] = {"PCARCH_TRACE=0", NULL};
	char *const words[] = {argv[1], "started", NULL};

	return argc > 1 ? execve(argv[1], words, off) : 0;
}
C
instrument 'gcc -O2' "$PWD/off.c" off
record ./off "$PWD/processes"
assert_equal "$(nrecordings)" 1
assert_equal "$status" 0

# Privileges that the caller lacks: not traced, and it says so. Needs root, to be able to give some.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	instrument "gcc -O2" roots.c privileged
	chmod 755 "$tmp"
	chmod u+s privileged
	mkdir -p open
	chmod 777 open
	run env PCARCH_TRACE=edges PCARCH_TRACE_DIR="$PWD/open" setpriv --reuid 65534 --regid 65534 --clear-groups ./privileged
	assert_equal "$status" 0 'status of a set-user-ID program'
	assert_err_is 'pcarch: privileged: not traced: it runs with privileges that its caller lacks'
	assert_equal "$(ls open)" '' 'recordings of a set-user-ID program'
fi
