# Interrupted, a scan leaves nothing behind: no temporary directory, no worker, no half of a result.
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3 mkfifo pgrep setsid
mkdir "$tmp/tree" "$tmp/tmp" && cd "$tmp/tree" || exit 1
export TMPDIR=$tmp/tmp

# Units that share a prefix, which is precompiled, and units that wait for a FIFO for ever.
printf '#ifndef SHARED_H\n#define SHARED_H\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\nint shared(int);\n#endif\n' >shared.h
for n in 1 2 3 4 5 6 7 8; do
	printf '#include "shared.h"\nint unit%d(void)\n{\n\treturn shared(%d);\n}\n' $n $n >unit$n.c
done
mkfifo never.h
for n in 1 2; do
	printf '#include "never.h"\nint wait%d;\n' $n >wait$n.c
done
compdb . unit*.c
assert_exit 0 "$PCARCH" scan -v --no-cache
[[ $err =~ "shared prefixes: "[1-9] ]] || fail "no prefix is shared, so no temporary files are tested"
cp static.json before.json
[ -z "$(ls -A "$TMPDIR")" ] || fail "a scan leaves $(ls -A "$TMPDIR")"
compdb . unit*.c wait*.c

# start: a scan in a process group of its own, until its workers are at work; sets $pid.
start() {
	# What a script starts with & ignores SIGINT, and a program that finds it ignored leaves it so.
	setsid env --default-signal=INT,QUIT "$PCARCH" scan -q -j2 --timeout 0 --cache "$tmp/cache" >"$tmp/.out" 2>"$tmp/.err" &
	pid=$!
	pids=($pid)
	wait_for 30 busy
}
busy() { [ "$(pgrep -c -P "$pid")" = 2 ] && [ -n "$(ls -A "$TMPDIR")" ] && stuck; }
# Both workers sleep in open() of the FIFO: nothing is left for them to do but that.
stuck() {
	local worker
	for worker in $(pgrep -P "$pid"); do
		[ "$(cat /proc/"$worker"/task/*/wchan 2>/dev/null | grep -c .)" -gt 0 ] || return 1
		grep -q '^State:[[:space:]]*S' /proc/"$worker"/status || return 1
	done
}

# over: the scan has ended, although nobody has waited for it.
over() { ! kill -0 "$pid" || grep -q '^State:[[:space:]]*Z' "/proc/$pid/status"; }

# gone: of the scan and its process group nothing is left.
gone() { ! pgrep -g "$pid" && ! kill -0 "$pid"; }

for signal in INT TERM HUP KILL; do
	start
	if [ $signal = KILL ]; then
		kill -KILL "$pid"
	else
		# As the terminal does it: to the whole group. SIGHUP, as a shell does: to the program.
		[ $signal = HUP ] && kill -HUP "$pid" || kill -$signal -- -"$pid"
	fi
	wait_for 10 over
	wait "$pid"
	code=$?
	wait_for 10 gone
	pids=()
	case $signal in
	INT) assert_equal $code 130 "exit status after SIGINT" ;;
	TERM) assert_equal $code 143 "exit status after SIGTERM" ;;
	HUP) assert_equal $code 129 "exit status after SIGHUP" ;;
	esac
	assert_same static.json before.json
	[ -z "$(ls -A | grep 'static\.json\.')" ] || fail "SIG$signal leaves the half of a file: $(ls -A)"
	if [ $signal = KILL ]; then
		rm -rf "${TMPDIR:?}"/pcarch-* # nobody can clean up after SIGKILL
	fi
	[ -z "$(ls -A "$TMPDIR")" ] || fail "SIG$signal leaves $(ls -A "$TMPDIR")"
done

# What was read before the interrupt is in the cache.
compdb . unit*.c
assert_exit 0 "$PCARCH" scan --cache "$tmp/cache"
assert_err "8 of them unchanged"
cmp -s static.json before.json || fail "after interrupted scans the result is another"
