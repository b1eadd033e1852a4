# One scan of several programs: nothing is said of one that did not run, nor of the system's headers; and calls
# from code that no file has.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace diff merge
need_command cc python3 strip
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
cd "$tmp" || exit 1

# Both programs hand functions to one registry, so that calls lead from either to the functions of the other.
cat >registry.c <<'C'
#include "registry.h"
static int (*functions[4])(int);
static int n;
void registry_add(int (*function)(int)) { functions[n++] = function; }
int registry_run(int x)
{
	for (int i = 0; i < n; i++)
		x = functions[i](x);
	return x;
}
C
cat >registry.h <<'C'
void registry_add(int (*function)(int));
int registry_run(int x);
C
cat >one.c <<'C'
#include <byteswap.h>
#include "registry.h"
static int first(int x) { return x + 1; }
static int tiny(int x) { return x; } /* runs, so nothing was inlined */
int one_unused(int x) { return x + 2; }
int main(int argc, char **argv)
{
	(void)argv;
	registry_add(first);
	if (argc > 7)
		return one_unused((int)bswap_32((unsigned)argc));
	return tiny(registry_run(argc)) - 2;
}
C
cat >two.c <<'C'
#include "registry.h"
static int helper(int x) { return x * 2; }
static int second(int x) { return helper(x); }
int main(int argc, char **argv)
{
	(void)argv;
	registry_add(second);
	return registry_run(argc) - 2;
}
C
assert_exit 0 "$PCARCH" build -q -- sh -c 'cc -g -O0 -o one one.c registry.c && cc -g -O0 -o two two.c registry.c'
assert_exit 0 "$PCARCH" scan -q --no-cache
assert_exit 0 "$PCARCH" trace -q -o one.json -- ./one
assert_exit 0 "$PCARCH" validate one.json
assert_json one.json "d['runs'][0]['sources'] == ['one.c', 'registry.c']"
dead="sorted(f['function']['function'] for f in d['dead_functions'])"

# compared RECORDING...: into diff.json.
compared() {
	"$PCARCH" diff -q --fail-on none --format json=diff.json static.json "$@"
	assert_equal $? 0 'exit status of diff'
}
compared one.json
assert_json diff.json "$dead == ['one_unused']"
assert_json diff.json "[m['module'] for m in d['modules']] == ['one', 'registry', 'two']"
# The other one has run, too, and joined with the first it is the same.
assert_exit 0 "$PCARCH" trace -q -o two.json -- ./two
compared one.json two.json
assert_json diff.json "$dead == ['one_unused']"
assert_exit 0 "$PCARCH" merge -q one.json two.json -o both.json
assert_json both.json "sorted(r['sources'] for r in d['runs']) == [['one.c', 'registry.c'], ['registry.c', 'two.c']]"
compared both.json
assert_json diff.json "$dead == ['one_unused']"
# A recording that does not know may be of either.
python3 - <<'P'
import json
d = json.load(open('one.json'))
for run in d['runs']:
    del run['sources']
json.dump(d, open('old.json', 'w'))
P
compared old.json
assert_json diff.json "$dead == ['helper', 'one_unused', 'second']"

# Of a plug-in without debug information, functions ran that have no name: they may be any.
mkdir bare && cd bare || exit 1
cat >main.c <<'C'
#include <dlfcn.h>
static int tiny(int x) { return x; }
int main(void)
{
	void *plugin = dlopen("./plugin.so", RTLD_NOW);
	int (*run)(int) = plugin ? (int (*)(int))dlsym(plugin, "run") : 0;
	return run ? tiny(run(3)) : 3;
}
C
cat >plugin.c <<'C'
static int loop(int x)
{
	for (int i = 0; i < 3; i++)
		x ^= i;
	return x;
}
static int other(int x) { return loop(x); }
int run(int x) { return x > 9 ? other(x) : loop(x); }
C
assert_exit 0 "$PCARCH" build -q -- sh -c 'cc -g -O0 -o program main.c -ldl && cc -O0 -g -shared -fPIC -o plugin.so plugin.c'
assert_exit 0 "$PCARCH" scan -q --no-cache
assert_exit 0 "$PCARCH" trace -q -o run.json -- ./program
compared run.json
assert_json diff.json "$dead == ['other']"
assert_exit 0 strip plugin.so
assert_exit 0 "$PCARCH" trace -q -o run.json -- ./program
compared run.json
assert_json diff.json "$dead == []"
cd ..

# What a program writes into memory and runs is in no object.
[ "$(uname -m)" = x86_64 ] || exit 0
mkdir made && cd made || exit 1
cat >main.c <<'C'
#include <string.h>
#include <sys/mman.h>
static int sum;
static void visit(void) { sum++; }
int main(void)
{
	/* sub $8, %rsp; mov $visit, %rax; call *%rax; add $8, %rsp; ret */
	unsigned char text[] = {0x48, 0x83, 0xec, 8, 0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xd0, 0x48, 0x83, 0xc4, 8, 0xc3};
	void (*address)(void) = visit;
	void *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	void (*run)(void);

	memcpy(text + 6, &address, sizeof(address));
	memcpy(code, text, sizeof(text));
	memcpy(&run, &code, sizeof(run));
	run();
	return sum != 1;
}
C
assert_exit 0 "$PCARCH" build -q -- cc -g -o program main.c
assert_exit 0 "$PCARCH" scan -q --no-cache
assert_exit 0 "$PCARCH" trace -q -o run.json -- ./program
compared run.json
assert_json diff.json "[(c['verdict'], c['callee']['function']) for c in d['runtime_only_calls']] == [('generated', 'visit')]"
