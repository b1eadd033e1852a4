# pcarch trace: who called whom, whatever the program is made of, and the program undisturbed.
. "$(dirname "$0")/lib.sh"
need_pcarch build trace
need_command cc
cd "$tmp" || exit 1
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE TMPDIR
mkdir scratch
export TMPDIR=$tmp/scratch

build() { assert_exit 0 "$PCARCH" build -q --fresh -- "$@"; }
trace() { assert_exit "$1" "$PCARCH" trace -q -o run.json -- "${@:2}"; }

# calls: one a line, "CALLER>CALLEE COUNT [file:line] [what]", sorted; of functions named in $only.
calls() {
	python3 - "${1:-run.json}" <<'PYTHON' || fail 'no trace'
import json, os, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
f, lines = d["functions"], []
for c in d["calls"]:
    caller = f[c["caller"]]["function"] if c["caller"] is not None else c.get("root") or c.get("through") or "?"
    site = c["call_site"]
    line = f"{caller}>{f[c['callee']]['function']} {c['count']}"
    line += f" {site['file']}:{site['line']}" if site and not os.environ.get("NO_SITES") else ""
    lines.append(line + (" inlined" if c.get("inlined") else ""))
print("\n".join(sorted(lines)))
PYTHON
}

cat >main.c <<'C'
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#define APART __attribute__((noinline)) static
APART int by_int(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
APART void leaf(void) { __asm__ volatile(""); }
APART void *work(void *p) { leaf(); return p; }
APART void on_signal(int n) { (void)n; leaf(); }
APART void bye(void) { leaf(); }
__attribute__((constructor)) static void early(void) { leaf(); }
__attribute__((destructor)) static void late(void) { leaf(); }
APART int fact(int n) { return n < 2 ? 1 : n * fact(n - 1); }
int main(void)
{
	int values[] = {2, 1};
	pthread_t thread;

	atexit(bye);
	qsort(values, 2, sizeof(*values), by_int);
	pthread_create(&thread, NULL, work, NULL);
	pthread_join(thread, NULL);
	signal(SIGUSR1, on_signal);
	raise(SIGUSR1);
	return fact(4) != 24;
}
C
cat >expected <<'TXT'
bye>leaf 1 main.c:9
constructor>early 1
early>leaf 1 main.c:10
exit>bye 1
exit>late 1
late>leaf 1 main.c:11
libc.so.6:qsort>by_int 1
main>fact 1 main.c:24
main>main 1
on_signal>leaf 1 main.c:8
signal>on_signal 1
thread>work 1
work>leaf 1 main.c:7
TXT
sed -i '/^fact/d' expected

# The same edges, however it is compiled. -fno-ipa-* keep fact() the recursive function it is.
for flags in -O0 -O1 '-O2 -no-pie' '-O3 -flto' '-Os -gz' '-O2 -gsplit-dwarf' '-O2 -gdwarf-4'; do
	# shellcheck disable=SC2086
	build cc $flags main.c -o prog -lpthread
	trace 0 ./prog
	calls | grep -v '^fact>' >got
	diff expected got || fail "with $flags"
	assert_json run.json "d['summary']['complete'] and d['processes'][0]['status'] == 0"
done
for clang in clang clang-19; do
	command -v $clang >/dev/null || continue
	for flags in -O0 -O2; do
		build $clang $flags main.c -o prog -lpthread
		trace 0 ./prog
		calls | grep -v '^fact>' >got
		diff expected got || fail "with $clang $flags"
	done
	break
done
assert_exit 0 "$PCARCH" validate run.json
assert_json run.json "all(f['file'] == 'main.c' and f['module'] == 'main' for f in d['functions'])"

# Debug information in a file of its own, or nowhere.
if command -v objcopy >/dev/null; then
	build cc -O1 main.c -o prog -lpthread
	objcopy --only-keep-debug prog prog.debug
	objcopy --strip-all --add-gnu-debuglink=prog.debug prog
	trace 0 ./prog
	calls | grep -v '^fact>' >got
	diff expected got || fail 'with a debug link'
	rm prog.debug
	assert_exit 0 "$PCARCH" trace -o run.json -- ./prog
	assert_err "prog: it has no debug information"
	assert_json run.json "all(f['type'] == 'unknown' and f['module'] == 'prog' and f['function'].startswith('+0x')
		for f in d['functions'] if f['function'] != 'main')"
	assert_json run.json "len(d['functions']) == 9"
	assert_contains "$(calls)" 'libc.so.6:qsort>+0x'
fi

# Inlined functions: the caller is the function of the source, and is itself called.
cat >inline.c <<'C'
#include <stdlib.h>
__attribute__((noinline)) static void leaf(void) { __asm__ volatile(""); }
static inline __attribute__((always_inline)) void inner(void) { leaf(); }
static inline __attribute__((always_inline)) void outer(void)
{
	inner();
}
int main(void)
{
	outer();
	outer();
	return 0;
}
C
build cc -O2 inline.c -o prog
trace 0 ./prog
assert_equal "$(calls)" 'inner>leaf 2 inline.c:3
main>main 1
main>outer 1 inline.c:10 inlined
main>outer 1 inline.c:11 inlined
outer>inner 1 inline.c:6 inlined'
assert_exit 0 "$PCARCH" build -q --fresh --mode portable -- cc -O2 inline.c -o prog
trace 0 ./prog
assert_equal "$(NO_SITES=1 calls)" 'inner>leaf 2
main>main 1
main>outer 1
main>outer 1
outer>inner 2'

# Plug-ins, opened again and again.
cat >plugin.c <<'C'
static int answer(void) { return 42; }
int (*volatile ask)(void) = answer;
int plugin(void) { return ask(); }
C
cat >host.c <<'C'
#include <dlfcn.h>
int main(void)
{
	for (int i = 0; i < 5; i++) {
		void *handle = dlopen("./plugin.so", RTLD_NOW);
		int (*plugin)(void) = handle ? (int (*)(void))dlsym(handle, "plugin") : 0;
		if (!plugin || plugin() != 42)
			return 1;
		dlclose(handle);
	}
	return 0;
}
C
build sh -c 'cc -shared -fPIC plugin.c -o plugin.so && cc host.c -o prog -ldl'
trace 0 ./prog
assert_equal "$(NO_SITES=1 calls)" 'main>main 1
main>plugin 5
plugin>answer 5'

# Children: forked, executed, killed; and a status passed through.
cat >family.c <<'C'
#include <stdlib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
__attribute__((noinline)) static void child(void) { __asm__ volatile(""); }
__attribute__((noinline)) static void image(void) { __asm__ volatile(""); }
int main(int argc, char **argv)
{
	if (argc > 1) {
		image();
		raise(SIGKILL);
	}
	if (fork() == 0) {
		child();
		execl(argv[0], argv[0], "again", (char *)0);
	}
	wait(NULL);
	return 7;
}
C
build cc family.c -o prog
trace 7 ./prog
assert_equal "$(NO_SITES=1 calls)" 'main>child 1
main>image 1
main>main 2'
assert_json run.json "sorted(p['status'] for p in d['processes'] if p['status'] is not None) == [7]"
assert_json run.json "len({p['id'] for p in d['processes']}) == 3"
trace 137 ./prog again
trace 127 ./no-such-program
trace 126 ./main.c
assert_equal "$(ls scratch)" '' 'the temporary directory'

# A program that is not instrumented: what objects use of each other, and how to get more.
cc -O1 main.c -o plain -lpthread
assert_exit 0 "$PCARCH" trace -o run.json -- ./plain
assert_err 'nothing in it is instrumented'
assert_err "'pcarch build -- make'"
assert_contains "$(calls)" '>qsort 1'
assert_json run.json "not d['summary']['complete'] and [p['mode'] for p in d['processes']] == ['audit']"
assert_json run.json "{f['module'] for f in d['functions'] if f['function'] == 'qsort'} == {'libc.so.6'}"
assert_exit 0 "$PCARCH" validate run.json
build cc -O1 main.c -o prog -lpthread
trace 0 env ./prog
assert_json run.json "[p['program'] for p in d['processes']] == ['prog'] and d['summary']['complete']"
trace 0 env sh -c 'test -z "$LD_AUDIT" && ./prog'

# Recordings of what was killed, or called exec, do not keep the room that they started with.
if fallocate -l 1M hole 2>/dev/null && fallocate -p -o 0 -l 1M hole 2>/dev/null; then
	build cc family.c -o prog
	assert_exit 7 "$PCARCH" trace -q --directory kept -o run.json -- ./prog
	[ "$(du -sk kept | cut -f1)" -lt 8000 ] || fail "the recordings take $(du -sk kept)"
	assert_exit 0 "$PCARCH" recover -q -o again.json kept
	assert_same run.json again.json
fi

# Streams, arguments, and what the command leaves running.
build cc main.c -o prog -lpthread
ran='trace -- sh' out=$("$PCARCH" trace -q -o run.json -- sh -c 'cat; ./prog; echo "$1"' - 'two words' <<<typed)
assert_out_is 'typed
two words'
echo 'int main(void) { volatile int i = 0; while (i < 200000000) i++; return 0; }' >busy.c
build cc -O0 busy.c -o busy
trace 0 sh -c './busy & ./prog'
assert_json run.json "sorted(p['program'] for p in d['processes']) == ['busy', 'prog']"
assert_json run.json "all(p['end'] for p in d['processes'])"

# A time limit, and signals, reach the command.
cat >server.c <<'C'
#include <signal.h>
#include <stdlib.h>
#include <stdio.h>
#include <unistd.h>
static void stop(int n) { (void)n; exit(3); }
int main(void) { signal(SIGTERM, stop); puts("ready"); fflush(stdout); for (;;) pause(); }
C
build cc server.c -o server
assert_exit 3 "$PCARCH" trace -q --duration 1 -o run.json -- ./server
assert_contains "$(NO_SITES=1 calls)" 'signal>stop 1'
mkfifo pipe
"$PCARCH" trace -q -o run.json -- ./server >pipe &
pids=($!)
exec 7<pipe
read -r -u 7 line
kill "${pids[0]}"
status=0
wait "${pids[0]}" || status=$?
pids=()
exec 7<&-
assert_equal "$status" 3 'exit status after SIGTERM'
assert_contains "$(NO_SITES=1 calls)" 'signal>stop 1'

# Wrong usage is told before anything runs.
assert_exit 2 "$PCARCH" trace ./prog
assert_err "give the command after '--'"
assert_exit 2 "$PCARCH" trace -o - -- touch ran
assert_exit 125 "$PCARCH" trace -o missing/run.json -- touch ran
assert_exit 125 "$PCARCH" trace --static missing.json -- touch ran
assert_exit 125 "$PCARCH" trace --sample 2 -- touch ran
assert_err "the share '2' is no number from 0 to 1"
assert_exit 2 "$PCARCH" trace --mode all -- touch ran
[ ! -e ran ] || fail 'the command ran'

# Functions with equal bodies are told apart; one that was split and joined again calls itself not.
cat >same.c <<'C'
#include <stdio.h>
__attribute__((noinline)) static void leaf(int n) { __asm__ volatile("" : : "r"(n)); }
__attribute__((noinline)) void left(void) { leaf(1); leaf(2); }
__attribute__((noinline)) void right(void) { leaf(1); leaf(2); }
static void rarely(const char *text) { if (!text) return; leaf(1); puts(text); leaf(2); puts(text); leaf(3); }
__attribute__((noinline)) void a(const char *text) { rarely(text); }
__attribute__((noinline)) void b(const char *text) { rarely(text); }
__attribute__((noinline)) void c(const char *text) { rarely(text); }
int main(int argc, char **argv) { left(); right(); a(argv[0]); b(argv[argc]); c(argv[argc]); return 0; }
C
for flags in -O2 -O3; do
	build cc $flags same.c -o prog
	trace 0 ./prog
	assert_contains "$(NO_SITES=1 calls)" 'main>right 1'
	assert_contains "$(NO_SITES=1 calls)" 'a>rarely 1'
	assert_contains "$(NO_SITES=1 calls)" 'rarely>leaf 1'
	assert_equal "$(calls | grep -E '^([a-z]+)>\1 ' | grep -v '^main>main 1$')" '' "a function that calls itself, with $flags"
done

# What is left out is said, and nothing is complete then.
build cc -O1 main.c -o prog -lpthread
assert_exit 0 "$PCARCH" trace --filter '!leaf' -o run.json -- ./prog
assert_err 'not recorded: filtered '
assert_json run.json "'leaf' not in [f['function'] for f in d['functions']] and not d['summary']['complete']"
assert_exit 0 "$PCARCH" trace -q --filter 'fact' -o run.json -- ./prog
assert_json run.json "[f['function'] for f in d['functions']] == ['fact', 'main']"
assert_exit 0 "$PCARCH" trace -q --mode spans -o run.json -- ./prog
assert_json run.json "[t['spans'][0]['function'] for t in d['traces']] == ['main'] and d['summary']['complete']"
assert_json run.json "'tick_us' not in d['processes'][0] and not any(c['total_us'] for c in d['calls'])"
assert_exit 0 "$PCARCH" trace -q --times -o run.json -- ./prog
assert_json run.json "d['processes'][0]['tick_us'] == 1000 and d['summary']['complete'] and d['summary']['dropped'] == {}"
assert_exit 0 "$PCARCH" validate run.json
assert_exit 0 "$PCARCH" trace -q --mode spans --sample 0 -o run.json -- ./prog
assert_json run.json "d['traces'] == [] and d['summary']['dropped'] == {'sampled': 1} and d['summary']['complete']"
