# What is not scanned: a plug-in that is loaded by a computed name, and a library that calls back.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace diff
need_command cc python3
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
cd "$tmp" || exit 1

cat >main.c <<'C'
#include <dlfcn.h>
#include <stdio.h>
void each(void (*visit)(int)); /* of libeach.so, of which there is no source */
static int sum;
static void add(int n) { sum += n; }
int main(int argc, char **argv)
{
	char name[64];
	void *plugin = dlopen(argc > 1 ? argv[1] : "./plugin.so", RTLD_NOW);
	int (*run)(int);

	snprintf(name, sizeof(name), "plugin_%s", argc > 2 ? argv[2] : "run");
	run = plugin ? (int (*)(int))dlsym(plugin, name) : NULL;
	each(add);
	return run ? run(sum) : 1;
}
C
mkdir other && echo 'void each(void (*visit)(int)) { for (int i = 0; i < 3; i++) visit(i); }' >other/each.c
echo 'static int twice(int n) { return n - 3; } int plugin_run(int n) { return twice(n); }' >other/plugin.c
assert_exit 0 cc -shared -fPIC -o libeach.so other/each.c
assert_exit 0 "$PCARCH" build -q -o other.json -- cc -g -shared -fPIC -o plugin.so other/plugin.c
assert_exit 0 "$PCARCH" build -q -- cc -g -o prog main.c ./libeach.so -ldl
assert_exit 0 "$PCARCH" scan -q
assert_exit 0 "$PCARCH" trace -q --static static.json -- ./prog

# Both are told; neither fails a check unless it is asked for.
run "$PCARCH" diff --all --format text=text --format json=json --format dot=dot static.json dynamic.json
[ "$status" = 0 ] || [ "$status" = 1 ] || fail "exit status $status"
assert_exit 0 "$PCARCH" validate json
assert_json json "any(f['name'] == 'foreign-code' and f['function'] == 'main' for f in d['findings'])"
assert_json json "any(c['callee']['function'] == 'plugin_run' and c['verdict'] == 'foreign' for c in d['runtime_only_calls'])"
assert_contains "$(cat text)" 'PCA022 foreign-code' 'the text'
assert_exit 1 "$PCARCH" diff -q --fail-on foreign static.json dynamic.json
assert_exit 0 "$PCARCH" diff -q --fail-on bug static.json dynamic.json
assert_contains "$(cat text)" "'libeach.so:each' called 'add' 3 times" 'the text'
assert_json json "[c['through'] for c in d['runtime_only_calls'] if c['verdict'] == 'library'] == ['libeach.so:each']"
# Without --all, too: it is what was seen.
assert_exit 0 "$PCARCH" diff static.json dynamic.json
assert_out "main.c:15:15: note: 'main' called 'plugin_run' once"
# The module graph has the plug-in, and the way to it in colour.
assert_contains "$(cat dot)" 'label="other/plugin"' 'the drawing'
assert_contains "$(cat dot)" 'color="#c2410c"' 'the drawing'
# A rule for the library, and its callback is foreseen.
echo '{"version": 1, "calls": [{"call": "each", "handler": 0}]}' >.pcarch.json
assert_exit 0 "$PCARCH" scan -q
assert_exit 0 "$PCARCH" diff static.json dynamic.json
assert_lacks "$out" 'PCA021' 'what a rule foresees'
