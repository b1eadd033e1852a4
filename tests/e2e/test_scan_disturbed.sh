# A scan that is disturbed: headers that a build rewrites meanwhile, another scan beside it, signals at any
# moment. Whatever happens, the result is a whole one, nothing is left behind, and the cache holds no lie.
. "$(dirname "$0")/lib.sh"
need_pcarch scan extract link validate
need_command python3 pgrep setsid
mkdir "$tmp/tree" "$tmp/tmp" && cd "$tmp/tree" || exit 1
export TMPDIR=$tmp/tmp

for which in a b; do
	printf '#ifndef SHARED_H\n#define SHARED_H\n#include <stdio.h>\n#include <stdlib.h>\nint shared_%s(int);\n#define shared shared_%s\n#endif\n' \
		$which $which >"$tmp/shared_$which.h"
done
cp "$tmp/shared_a.h" shared.h
for n in $(seq 16); do
	printf '#include "shared.h"\nint unit%d(void)\n{\n\treturn shared(%d) + puts("");\n}\n' "$n" "$n" >unit$n.c
done
compdb . unit*.c
assert_exit 0 "$PCARCH" scan -v --no-cache -o before.json
[[ $err =~ "shared prefixes: "[1-9] ]] || fail "no prefix is shared, so no temporary files are tested"

# honest: what the cache holds is what a scan without one finds.
honest() {
	assert_exit 0 "$PCARCH" scan --cache "$tmp/cache" -o warm.json
	assert_exit 0 "$PCARCH" scan --no-cache -o fresh.json
	assert_same warm.json fresh.json
}

# ---- a build rewrites a header: at once, as a careful one does, and in place: also
# between the making of a shared prefix and its use.
rewrite() {
	until [ -e "$tmp/enough" ]; do
		cp "$tmp/shared_b.h" shared.new && mv shared.new shared.h
		cat "$tmp/shared_a.h" >shared.h
		cp "$tmp/shared_a.h" shared.new && mv shared.new shared.h
		cat "$tmp/shared_b.h" >shared.h
	done
}
rewrite 2>/dev/null &
pids=($!)
for round in 1 2 3; do
	run "$PCARCH" scan -j2 --cache "$tmp/cache"
	case $status in
	0 | 3) ;; # a header that was empty just then costs the units that saw it
	*) fail "exit status $status while headers change" ;;
	esac
	assert_json static.json "d['summary']['unit_count'] == 16"
	assert_exit 0 "$PCARCH" validate static.json
done
touch "$tmp/enough" # killed, it would leave a cp behind
wait "${pids[0]}"
pids=()
for which in b a; do
	cp "$tmp/shared_$which.h" shared.h
	honest
	assert_json warm.json "sum(f['function'] == 'shared_$which' for f in d['functions']) == 1"
	assert_json warm.json "not [f for f in d['functions'] if f['function'].startswith('shared_') and f['function'] != 'shared_$which']"
done

# ---- two scans at once with one output: it is one of theirs, and each is whole.
for round in 1 2 3; do
	rm -rf "$tmp/cache" static.json
	"$PCARCH" scan -q -j2 --cache "$tmp/cache" & one=$!
	"$PCARCH" scan -q -j2 --cache "$tmp/cache" & two=$!
	wait $one || fail "the first of two scans at once: exit $?"
	wait $two || fail "the second of two scans at once: exit $?"
	assert_same static.json before.json
	honest
done

# clean SIGNAL: nothing of the scan $pid is left; SIGKILL may leave files, for nobody can clean up after it.
gone() { ! pgrep -g "$pid"; }
clean() {
	wait_for 10 gone
	[ "$1" = KILL ] && rm -rf "${TMPDIR:?}"/pcarch-* static.json.*
	[ -z "$(ls -A "$TMPDIR")" ] || fail "SIG$1 leaves $(ls -A "$TMPDIR")"
	[ -z "$(find . -name 'static.json.*')" ] || fail "SIG$1 leaves $(find . -name 'static.json.*')"
}

# ---- signals at twenty moments, spread over the time that a scan takes.
signals=(INT TERM HUP KILL)
cp "$tmp/shared_b.h" shared.h
"$PCARCH" scan -q --no-cache -o after.json
start=$EPOCHREALTIME
"$PCARCH" scan -q --no-cache -o fresh.json
took=$((${EPOCHREALTIME/./} - ${start/./}))
interrupted=0
for round in $(seq 20); do
	signal=${signals[round % 4]}
	cp before.json static.json
	rm -rf "$tmp/cold"
	# What a script starts with & ignores SIGINT, and a program that finds it ignored leaves it so.
	setsid env --default-signal=INT,QUIT "$PCARCH" scan -q -j2 --cache "$tmp/cold" 2>/dev/null &
	pid=$!
	pids=($pid)
	end=$((${EPOCHREALTIME/./} + took * round / 20))
	while [ "${EPOCHREALTIME/./}" -lt "$end" ]; do :; done
	kill -$signal "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	code=$?
	pids=()
	[ $code = 0 ] || interrupted=$((interrupted + 1))
	cmp -s static.json before.json || cmp -s static.json after.json || fail "SIG$signal leaves the half of a result"
	clean $signal
	assert_exit 0 "$PCARCH" scan -q --cache "$tmp/cold"
	assert_same static.json after.json
done
[ $interrupted -ge 5 ] || fail "only $interrupted of 20 scans were interrupted"

# ---- while the result is being written, which is the shortest moment of them.
{
	echo 'int g(int);'
	for n in $(seq 40); do
		printf 'int f%d(int x)\n{\n' "$n"
		for i in $(seq 500); do echo "	g(x);"; done
		printf '	return x;\n}\n'
	done
} >large.c
assert_exit 0 "$PCARCH" extract -o large.facts -- cc -c large.c
writing() { compgen -G 'static.json.*'; }
caught=0
for round in $(seq 12); do
	signal=${signals[round % 3]}
	cp before.json static.json
	setsid env --default-signal=INT,QUIT "$PCARCH" link -q large.facts 2>/dev/null &
	pid=$!
	pids=($pid)
	until writing >/dev/null || ! kill -0 "$pid" 2>/dev/null; do :; done
	kill -$signal "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	code=$?
	pids=()
	clean $signal
	[ $code = 0 ] && continue
	assert_equal $code $((128 + $(kill -l $signal))) "exit status after SIG$signal"
	assert_same static.json before.json
	caught=$((caught + 1))
	[ $caught -lt 3 ] || break
done
[ $caught -gt 0 ] || fail "no link was caught while it wrote"
