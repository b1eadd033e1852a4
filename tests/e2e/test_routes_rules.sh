# Rules correct what is found: a table is made commands, or something else, and a rule file that
# is wrong writes nothing.
. "$(dirname "$0")/lib.sh"
need_pcarch scan show
cd "$tmp" || exit 1
cat >tool.c <<'C'
#include <stdio.h>
#include <string.h>

struct step {
	const char *label;
	int (*fire)(void);
	int level;
};

static int load(void)
{
	return puts("load");
}

static int store(void)
{
	return puts("store");
}

/* Nothing is compared here: all of them run. */
static const struct step steps[] = {{"load", load, 1}, {"store|save", store, 2}, {NULL, NULL, 0}};

struct verb {
	const char *name;
	int (*run)(int argc, char **argv);
};

static int cmd_go(int argc, char **argv)
{
	return puts(argv[argc - 1]);
}

static const struct verb verbs[] = {{"go", cmd_go}, {NULL, NULL}};

int main(int argc, char **argv)
{
	for (const struct step *s = steps; s->label; s++)
		if (s->fire() < 0)
			return 2;
	for (const struct verb *v = verbs; argc > 1 && v->name; v++)
		if (!strcmp(v->name, argv[1]))
			return v->run(argc - 1, argv + 1);
	return 1;
}
C
printf '[{"directory": "%s", "file": "tool.c", "command": "cc -c tool.c"}]\n' "$PWD" >compile_commands.json

# routes: the words of all commands, one a line
routes() {
	assert_exit 0 "$PCARCH" scan --no-cache -o static.json "$@"
	python3 -c 'import json
for r in json.load(open("static.json"))["routes"]:
    print(" ".join(r["tokens"]), r["aliases"], (r["handler"] or {}).get("function"), r["match"])'
}

assert_equal "$(routes)" "go [] cmd_go exact" "what is found without rules"

cat >.pcarch.json <<'J'
{"version": 1, "tables": [
  {"elem": "step", "name": "label", "handler": "fire", "split": "|", "match": "icase"},
  {"elem": "verb", "name": "name", "handler": "run", "kind": "callback"}]}
J
assert_equal "$(routes)" "load [] load icase
store ['save'] store icase" "what the project's rules say"

cat >.pcarch.json <<'J'
{"version": 1, "tables": [{"elem": "step", "name": "label", "handler": "fire", "where": {"level": 2}}]}
J
assert_equal "$(routes)" "go [] cmd_go exact
store ['save'] store exact" "rows that count"

# A table that is given away to what no source here shows: a dispatcher by a rule.
cat >given.c <<'C'
struct item {
	const char *text;
	void (*pick)(void);
	void (*finish)(void);
};
int choose(const struct item *items, const char *word);

static void first(void)
{
}

static void second(void)
{
}

static const struct item items[] = {{"[one;uno]", first, second}, {"[two]", second, 0}};

int main(int argc, char **argv)
{
	return argc > 1 ? choose(items, argv[1]) : 2;
}
C
mkdir given
mv given.c given
printf '[{"directory": "%s/given", "file": "given.c", "command": "cc -c given.c"}]\n' "$PWD" >given/compile_commands.json
cd given || exit 1
assert_equal "$(routes)" "" "a table that nobody is seen to search"
echo '{"version": 1, "dispatchers": [{"call": "choose", "table": 0}], "tables": [
  {"elem": "item", "name": "text", "handler": "pick", "split": ";", "strip": "[]", "roles": {"finish": "cleanup"}}]}' >.pcarch.json
assert_equal "$(routes)" "one ['uno'] first exact
two [] second exact" "what a dispatcher is given"
python3 - <<'PY' || fail "the role of another function"
import json
others = json.load(open("static.json"))["routes"][0]["other_handlers"]
assert [(o["role"], o["function"]) for o in others] == [("cleanup", "second")], others
PY
cd .. || exit 1

cp static.json before.json
echo '{"version": 1, "tables": [{"elem": "step", "name": "label", "handlers": "fire"}]}' >.pcarch.json
assert_exit 2 "$PCARCH" scan --no-cache -o static.json
cmp -s static.json before.json || fail "the old output is lost"
