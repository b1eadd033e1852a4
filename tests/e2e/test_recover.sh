# pcarch recover and merge: runs that were cut off, and many runs as one.
. "$(dirname "$0")/lib.sh"
need_pcarch build trace recover merge
need_command cc
cd "$tmp" || exit 1
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
mkdir scratch
export TMPDIR=$tmp/scratch

cat >server.c <<'C'
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
__attribute__((noinline)) static void work(void) { __asm__ volatile(""); }
static void again(int n) { (void)n; work(); puts("done"); fflush(stdout); }
int main(void) { signal(SIGUSR2, again); work(); puts("ready"); fflush(stdout); for (;;) pause(); }
C
assert_exit 0 "$PCARCH" build -q --fresh -- cc -O0 server.c -o server

# works FILE N: work() was called so often.
works() {
	assert_json "$1" "sum(c['count'] for c in d['calls'] if d['functions'][c['callee']]['function'] == 'work') == $2"
}

# pcarch trace is killed: the program lives, and all that it did is there, then and later.
mkfifo pipe
"$PCARCH" trace -q --times -o run.json -- sh -c 'echo $$; exec ./server' >pipe &
tracer=$!
exec 7<pipe
read -r -u 7 server
read -r -u 7 line
pids=("$server")
assert_equal "$line" ready
kill -KILL $tracer
{ wait $tracer; } 2>/dev/null
directory=$(echo scratch/pcarch-trace-*)
assert_exit 0 "$PCARCH" recover -o first.json "$directory"
assert_err '1 process: '
works first.json 1
kill -USR2 "$server"
read -r -u 7 line
assert_equal "$line" done
assert_exit 0 "$PCARCH" recover -q -o second.json "$directory"
assert_err_is ''
works second.json 2
assert_json second.json "d['processes'][0]['end'] is None and d['processes'][0]['status'] is None"
kill -KILL "$server"
pids=()
exec 7<&-
assert_exit 0 "$PCARCH" recover -q -o third.json "$directory"
assert_same second.json third.json
[ ! -e run.json ] || fail 'a trace of what was killed'

# The later look stays; twice is once; another run is added.
assert_exit 0 "$PCARCH" merge -q first.json second.json -o all.json
assert_same all.json second.json
assert_exit 0 "$PCARCH" merge -q second.json first.json second.json -o all.json
assert_same all.json second.json
assert_exit 143 "$PCARCH" trace -q --duration 1 --directory kept -o run.json -- ./server
[ -e run.json ] || fail 'no trace'
ls kept/*.pcrec >/dev/null || fail 'the recordings are gone'
assert_exit 0 "$PCARCH" recover -q -o again.json kept
assert_same again.json run.json
assert_exit 0 "$PCARCH" merge second.json run.json -o all.json
assert_err '2 runs, 2 processes'
works all.json 3
assert_exit 0 "$PCARCH" validate all.json
assert_exit 0 "$PCARCH" merge -q run.json all.json -o all2.json
assert_same all.json all2.json
assert_json all.json "[len(c['runs']) for c in d['calls']] and len(d['runs']) == 2"

# Recording where another run did is refused; so is what is no directory of recordings.
assert_exit 125 "$PCARCH" trace --directory kept -- touch ran
assert_err 'another run has recorded there'
[ ! -e ran ] || fail 'the command ran'
mkdir empty
assert_exit 2 "$PCARCH" recover -o none.json empty
assert_err 'there is no recording of a traced program'
assert_exit 2 "$PCARCH" recover missing
echo damaged >empty/1-1-0.pcrec
assert_exit 2 "$PCARCH" recover -o none.json empty
assert_err '1-1-0.pcrec: this is no recording'
[ ! -e none.json ] || fail 'a file of nothing was written'
assert_exit 2 "$PCARCH" merge
assert_exit 2 "$PCARCH" merge run.json empty/1-1-0.pcrec -o none.json

# A recording that was damaged costs that process.
cp kept/*.pcrec empty/
head -c 300 empty/*-0.pcrec >empty/9-9-0.pcrec 2>/dev/null
assert_exit 0 "$PCARCH" recover -o some.json empty
assert_err '9-9-0.pcrec: this is no recording'
works some.json 1

# Debug information that libdw does not survive costs files and lines, not the trace.
cat >broken.c <<'C'
#include <stdlib.h>
int dwarf_getsrclines(void *die, void **lines, size_t *count) { (void)die; (void)lines; (void)count; abort(); }
C
cc -shared -fPIC broken.c -o broken.so
assert_exit 0 env LD_PRELOAD="$PWD/broken.so" ASAN_OPTIONS="$ASAN_OPTIONS:verify_asan_link_order=0" \
	"$PCARCH" recover -o symbols.json kept
assert_err 'libdw crashed'
works symbols.json 1
assert_json symbols.json "all(f['file'] == '' for f in d['functions'])"
