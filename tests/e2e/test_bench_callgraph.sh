# What judges the call graph is judged: calls that ran are recorded across fork, exec, _exit, longjmp and a kill, and a
# call that is taken out of the graph is missed.
. "$(dirname "$0")/lib.sh"
need_command gcc python3
need_pcarch scan
command -v llvm-symbolizer-19 llvm-symbolizer >/dev/null || skip "llvm-symbolizer is not installed"
bench=$SOURCE_DIR/bench
cd "$tmp" && mkdir bin tree && cd tree || exit 1

cat >main.c <<'C'
#include "part.h"
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
static jmp_buf back;
static void jump(void) { longjmp(back, 1); }
static int by_size(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static void in_child(void) { _exit(0); }
static void after_exec(void) { kill(getpid(), SIGKILL); }
static int one(int n) { return n; }
static int two(int n) { return 2 * n; }
static int (*const both[])(int) = { one, two };
#define CALL(f, n) ((f)(n))
int main(int argc, char **argv)
{
	int numbers[] = { 3, 1, 2 }, sum = 0;
	if (argc > 1)
		after_exec();
	qsort(numbers, 3, sizeof(numbers[0]), by_size);
	if (!setjmp(back))
		jump();
	if (fork() == 0)
		in_child();
	for (int i = 0; i < 2; i++)
		sum += CALL(both[i], i);
	sum += part(sum);
	wait(NULL);
	return execl(argv[0], argv[0], "again", NULL) + sum;
}
C
echo 'int part(int n);' >part.h
printf '#include "part.h"\n#include "rows.c"\nint part(int n)\n{\n\treturn row(n);\n}\n' >part.c
printf 'static int row(int n)\n{\n\treturn n + 1;\n}\n' >rows.c
compdb . main.c part.c

gcc -D_GNU_SOURCE -O2 -fPIC -shared "-DOBSERVE_FILE=\"$tmp/edges\"" "$bench/observe/observe.c" -o "$tmp/libobserve.so" ||
	fail "the observer does not compile"
cp "$bench/observe/cc" "$tmp/bin/gcc"
OBSERVE=$tmp/libobserve.so OBSERVE_PATH=$PATH "$tmp/bin/gcc" main.c part.c -o program || fail "the program does not compile"
assert_exit 137 "$tmp/tree/program"
assert_exit 0 "$PCARCH" scan

cat >"$tmp/judge.py" <<'PY'
import sys

sys.path.insert(0, sys.argv[1])
from lib.matching import Matching
from lib.observed import read_observed
from lib.program import Program
from lib.static_graph import Graph

tree = sys.argv[2] + "/tree"
graph = Graph(f"{tree}/static.json", Program(tree))
matching = Matching(graph, read_observed(f"{sys.argv[2]}/edges", tree))
for match in matching.matches:
    print(f"{match.edge.site.function}:{match.edge.site.line} {match.edge.callee.function} {match.outcome}")
for (module, callee), around in matching.foreign.items():
    print(f"{module} {graph.functions[callee]['function']} around {[graph.functions[f]['function'] for f in around]}")
print("seeded", *matching.seeded())
PY
assert_exit 0 python3 "$tmp/judge.py" "$bench" "$tmp"
for line in "main:21 after_exec found" "main:24 jump found" "main:26 in_child found" "main:28 one found" \
	"main:28 two found" "main:29 part found" "part:5 row found" "libc.so.6 by_size around ['main']" \
	"libc.so.6 main around []"; do
	assert_out "$line"
done
assert_out "seeded 2 2"
