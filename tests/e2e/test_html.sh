# pcarch diff --format html: a report that a browser shows as it should, and that asks for nothing.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace diff
need_command cc python3
cd "$tmp" || exit 1
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE TMPDIR

cat >main.c <<'C'
#include "visit.h"
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
void leaf(void) { puts("leaf"); }
void found_by_name(void) { leaf(); }
static int add(void) { visit(leaf); return 0; }
static int list(void) { return 1; }
static const struct { const char *name; int (*run)(void); } commands[] = {{"add", add}, {"list", list}};
int main(int argc, char **argv)
{
	void (*f)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "found_by_name");
	if (f)
		f();
	for (unsigned i = 0; argc > 1 && i < 2; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run();
	return 2;
}
C
echo 'void visit(void (*f)(void));' >visit.h
cat >visit.c <<'C'
#include "visit.h"
void visit(void (*f)(void)) { f(); }
C
assert_exit 0 "$PCARCH" build -q --fresh -- cc -O0 -g -rdynamic -o program main.c visit.c -ldl
assert_exit 0 "$PCARCH" scan -q
assert_exit 0 "$PCARCH" trace -q --static static.json -o run.json -- ./program add
assert_exit 0 "$PCARCH" diff -q --fail-on none --format html=report.html static.json run.json
assert_file report.html
grep -q 'leaf(); }' report.html || fail 'the report has no source lines'
assert_exit 0 python3 "$SOURCE_DIR/tests/html_judge.py" report.html

# The same report on standard output, and again: the same bytes.
"$PCARCH" diff -q --fail-on none --format html static.json run.json >again.html
assert_same report.html again.html

# Names of a stranger, who would like to be a script.
evil='</script><img src=x onerror=console.error(1)>\"&\u202e'
for file in static run; do
	python3 -c 'import sys; print(sys.stdin.read().replace("\"leaf\"", "\"" + sys.argv[1] + "\""), end="")' "$evil" \
		<$file.json >evil-$file.json || fail 'python3 failed'
done
assert_exit 0 "$PCARCH" diff -q --fail-on none --root / --format html=evil.html evil-static.json evil-run.json
grep -q '<img' evil.html && fail 'a name became a tag'
assert_exit 0 python3 "$SOURCE_DIR/tests/html_judge.py" evil.html

# Two scans.
assert_exit 0 "$PCARCH" diff -q --fail-on none --format html=changes.html static.json static.json
assert_exit 0 python3 "$SOURCE_DIR/tests/html_judge.py" changes.html

run python3 "$SOURCE_DIR/tests/html_judge.py" report.html leaf found_by_name
[ "$status" = 77 ] && skip 'chromium is not installed'
[ "$status" = 0 ] || fail 'the browser has something against the report'
assert_exit 0 python3 "$SOURCE_DIR/tests/html_judge.py" evil.html found_by_name main
