# Same input, same bytes: whatever -j, cache, working directory, place of the checkout, order of the
# database or sharing of prefixes.
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3
golden=$SOURCE_DIR/tests/golden/scan

# A program in which order could show: the bundled example's sources, all golden constructs, many units
# that share headers, inline functions, cleanups, static functions of one name.
plant() {
	mkdir -p "$1/constructs" "$1/many"
	cp -r "$golden"/*/ "$golden"/*.c "$1/constructs/"
	cat >"$1/many/list.h" <<'C'
#ifndef LIST_H
#define LIST_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
struct list { struct list *next; int (*visit)(struct list *); };
void list_free(struct list **);
static inline void list_drop(struct list **list)
{
	free(*list);
	list_free(list);
}
static inline int list_walk(struct list *list)
{
	int n = 0;

	for (; list; list = list->next)
		n += list->visit(list) + printf("%zu\n", strlen("x"));
	return n;
}
#define scoped_list __attribute__((cleanup(list_drop))) struct list
#ifdef VARIANT
static inline int variant(int x) { return abs(x); }
#else
static inline int variant(int x) { return (int)labs(x); }
#endif
#endif
C
	printf '#pragma once\n#include "list.h"\nvoid more(void);\n#define MORE(x) more(), list_walk(x)\n' >"$1/many/more.h"
	for n in $(seq 40); do
		printf '#include "list.h"\n%s\nstatic int visit(struct list *l)\n{\n\treturn variant(l != 0);\n}\nint unit%d(struct list *l)\n{\n\tscoped_list *mine = l;\n\n\tl->visit = visit;\n\t%s;\n\treturn visit(l) + list_walk(mine) + unit%d(l);\n}\n' \
			"$([ $((n % 3)) = 0 ] && echo '#include "more.h"')" "$n" \
			"$([ $((n % 3)) = 0 ] && echo 'MORE(l)')" $((n % 40 + 1)) >"$1/many/unit$n.c"
	done
	# The same header elsewhere: what list_drop means depends on which of them a unit includes.
	mkdir "$1/again" && cp "$1/many/list.h" "$1/again/"
	for n in 1 2 3 4 5 6; do
		printf '#include "list.h"\nvoid again%d(struct list *l)\n{\n\tscoped_list *mine = l;\n}\n' $n >"$1/again/again$n.c"
	done
	printf '#include "list.h"\nint unit1(struct list *);\nint main(void)\n{\n\treturn unit1(0);\n}\n' >"$1/many/main.c"
	plant_flows "$1/flows"
	database "$1"
}

# Function values from file to file: tables, rows that say where they go, callbacks of the library and of
# the program's own, header inline functions that store and call, two ways of one length to one call.
plant_flows() {
	mkdir "$1"
	cat >"$1/ops.h" <<'C'
#ifndef OPS_H
#define OPS_H
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
typedef int step(int);
struct op { const char *name; step *run; };
struct row { step **place; step *function; };
union slot { step *call; void *raw; };
extern const struct op *tables[];
extern step *hook;
extern union slot slots[4];
void each(const struct op *, int (*)(const struct op *, void *), void *);
void add(step *);
int (*chosen(int))(int);
static step *latest;
static inline int call_hook(int x)
{
	latest = hook;
	return hook ? hook(x) : latest(x);
}
static inline void set(step **place, step *value)
{
	*place = value;
}
static inline int by_name(const void *a, const void *b)
{
	const struct op *left = a, *right = b;

	return left->run(1) - right->run(2) + strcmp(left->name, right->name);
}
#ifdef VARIANT
#define STEP run_variant
#else
#define STEP run_plain
#endif
static inline int STEP(int x) { return x; }
static inline step *own_step(int x) { return x ? STEP : hook; }
#endif
C
	for n in $(seq 17); do
		cat >"$1/part$n.c" <<C
#include "ops.h"
static step *left$n, *right$n;
static int first(int x) { return x + $n; }
static int second(int x) { return call_hook(x); }
static int visit(const struct op *op, void *user) { return op->run(*(int *)user); }
static void *work(void *given) { step **own = given; (*own)($n); return 0; }
const struct op table$n[] = {{"first", first}, {.name = "second", .run = second}, {"own", STEP}};
static const struct row rows[] = {{&left$n, first}, {&right$n, second}};
void part$n(int x)
{
	struct op copy[3];
	pthread_t thread;
	step *local = x ? first : second;

	for (int i = 0; i < 2; i++)
		*rows[i].place = rows[i].function;
	memcpy(copy, table$n, sizeof(copy));
	qsort(copy, 3, sizeof(*copy), by_name);
	each(copy, visit, &x);
	set(&slots[$((n % 4))].call, local);
	pthread_create(&thread, 0, work, &local);
	add(x > $n ? left$n : own_step(x));
	add(second), add(first);
	chosen(x)(right$n(x) + slots[x].call(x));
}
C
	done
	{
		printf '#include "ops.h"
step *hook, *added[99];
union slot slots[4];
'
		for n in $(seq 17); do printf 'extern const struct op table%d[];
void part%d(int);
' "$n" "$n"; done
		printf 'const struct op *tables[] = {table1'
		for n in $(seq 2 17); do printf ', table%d' "$n"; done
		printf '};
void add(step *f)
{
	static int n;

	set(&added[n++], f);
	hook = f;
}
'
		printf 'void each(const struct op *ops, int (*f)(const struct op *, void *), void *user)
{
	f(ops, user);
}
'
		printf 'int (*chosen(int x))(int)
{
	return x ? tables[x]->run : added[x];
}
'
		printf 'int flows_main(int x)
{
'
		for n in $(seq 17); do printf '	part%d(x);
' "$n"; done
		printf '	return call_hook(x);
}
'
	} >"$1/flows.c"
}

# database DIR [SEED]: its compile_commands.json, in an order that SEED decides.
database() {
	python3 - "$@" <<'PYTHON'
import json, os, random, sys
root = os.path.abspath(sys.argv[1])
rows = []
for where, folders, files in sorted(os.walk(root)):
    for name in sorted(f for f in files if f.endswith(".c")):
        flags = ["-DVARIANT"] if name.endswith("7.c") else []
        rows.append({"directory": where, "file": name, "arguments": ["cc", *flags, "-c", name]})
        if name == "unit5.c":
            rows.append({"directory": where, "file": name, "arguments": ["cc", "-DVARIANT", "-c", name]})
if len(sys.argv) > 2:
    random.Random(int(sys.argv[2])).shuffle(rows)
with open(os.path.join(root, "compile_commands.json"), "w", encoding="utf-8") as out:
    json.dump(rows, out)
PYTHON
}

plant "$tmp/here"
cd "$tmp/here" || exit 1

# same NAME OPTIONS...: the scan's bytes are those of the first scan.
same() {
	local name=$1
	shift
	run "$PCARCH" scan "$@" -o "$tmp/got.json"
	assert_equal "$status" 3 "exit status: $name" # some constructs are broken
	cmp -s "$tmp/first.json" "$tmp/got.json" || {
		diff "$tmp/first.json" "$tmp/got.json" | cut -c1-200 | head -n 20
		fail "other bytes: $name"
	}
}

run "$PCARCH" scan --no-cache -j1 -o "$tmp/first.json"
assert_equal "$status" 3 "exit status"
assert_json "$tmp/first.json" "d['summary']['unit_count'] > 90 and d['summary']['call_count'] > 800"
# Function values are followed, through headers, tables and libraries, or the tests below say nothing of it.
assert_json "$tmp/first.json" "sum(len(c.get('flow', [])) > 1 for c in d['calls']) > 300"
assert_json "$tmp/first.json" "sum(c['via'] == 'model' for c in d['calls']) > 30"
grep -qF "$tmp" "$tmp/first.json" && fail "an absolute path is in static.json"

same "-j2" --no-cache -j2
same "-j8, cold cache" -j8
assert_err "units in"
same "warm cache"
same "no shared prefixes" --no-cache --no-shared-prefixes
same "cold cache without shared prefixes" --cache "$tmp/plain" --no-shared-prefixes
same "warm cache without shared prefixes" --cache "$tmp/plain"

# Prefixes are really shared, in many/ and in again/, or the tests above say nothing.
run "$PCARCH" scan --no-cache -v -o "$tmp/got.json"
[[ $err =~ "shared prefixes: "([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 2 ] || fail "too few prefixes are shared"

cd many
same "from another directory"
cd /
same "from the root" -p "$tmp/here"
same "in another locale and time zone" -p "$tmp/here/compile_commands.json" --no-cache
database "$tmp/here" 1
same "another order of the database" -p "$tmp/here" --no-cache -j2
database "$tmp/here" 2
same "another order, warm" -p "$tmp/here"

mkdir "$tmp/a" && mv "$tmp/here" "$tmp/a/moved checkout"
database "$tmp/a/moved checkout"
same "a moved checkout" -p "$tmp/a/moved checkout" -j2
ln -s "a/moved checkout" "$tmp/link"
same "through a symlink" -p "$tmp/link"

# One unit changed, and changed back, in a warm cache.
cd "$tmp/a/moved checkout" || exit 1
cp many/list.h "$tmp/list.h"
echo 'int list_more(void);' >>many/list.h
run "$PCARCH" scan -q -o "$tmp/other.json"
cp "$tmp/list.h" many/list.h
same "a header changed and changed back"
