# A program that the scan calls by its source, for it does not know what was linked: its commands are recorded
# beside those of one that bears its own name.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace diff
need_command cc python3
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
cd "$tmp" || exit 1

# program NAME: of commands NAME_start and NAME_stop.
program() {
	cat >"$1.c" <<C
#include <string.h>
static int $1_start(void) { return 0; }
static int $1_stop(void) { return 1; }
static const struct {
	const char *name;
	int (*run)(void);
} commands[] = {{"start", $1_start}, {"stop", $1_stop}};
int main(int argc, char **argv)
{
	for (unsigned i = 0; argc > 1 && i < 2; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run();
	return 2;
}
C
}
program client
program server
assert_exit 0 "$PCARCH" build -q -- sh -c 'cc -g -O0 -o client client.c && cc -g -O0 -o app-server server.c'
assert_exit 0 "$PCARCH" scan -q --no-cache
assert_json static.json "sorted({r['program'] for r in d['routes']}) == ['client', 'server']"
assert_exit 0 "$PCARCH" trace -q --static static.json -- sh -c './client start && ./app-server start'
started="sorted(r['program'] + ' ' + ' '.join(r['tokens']) for r in d['routes'] if r['count'])"
assert_json dynamic.json "$started == ['client start', 'server start']"
assert_json dynamic.json "d['summary']['routes_covered'] == 2"
# Where both bear their names, nothing is said of the one that did not run.
mv app-server server
assert_exit 0 "$PCARCH" trace -q --static static.json -- ./client start
assert_json dynamic.json "$started == ['client start']"

# A site that names one of two functions is open, and excuses no call of a third one.
mkdir named && cd named || exit 1
cat >main.c <<'C'
void fail(void);
static int looks_good(int x) { return x; }
#define CHECK(x) ((x) ? (void)0 : fail())
int main(int argc, char **argv)
{
	(void)argv;
	CHECK(looks_good(argc));
	return 0;
}
C
echo 'void fail(void) {}' >one.c
echo 'void fail(void) { for (;;); }' >two.c
assert_exit 0 "$PCARCH" build -q -- sh -c 'cc -g -O0 -o first main.c one.c && cc -g -O0 -o second main.c two.c'
assert_exit 0 "$PCARCH" scan -q --no-cache
assert_json static.json "[s['state'] for s in d['call_sites'] if s['line'] == 7].count('open') == 1"
assert_exit 0 "$PCARCH" trace -q -o run.json -- ./first
python3 - <<'P'
import json
d = json.load(open('static.json'))
d['calls'] = [c for c in d['calls'] if d['functions'][c['callee']]['function'] != 'looks_good']
d['summary']['call_count'] = len(d['calls'])
json.dump(d, open('static.json', 'w'))
P
assert_exit 1 "$PCARCH" diff -q --format json=diff.json static.json run.json
assert_json diff.json "[(c['verdict'], c['callee']['function']) for c in d['runtime_only_calls']] == [('bug', 'looks_good')]"
