# Commands from the source to the terminal: scanned, validated, shown, drawn, and with the ids
# that their words alone determine.
. "$(dirname "$0")/lib.sh"
need_pcarch scan show guid validate
cd "$tmp" || exit 1
mkdir src
cat >src/vault.c <<'C'
#include <stdio.h>
#include <string.h>

struct verb {
	const char *name, *help;
	int (*run)(int argc, char **argv);
	const struct verb *sub;
};

static int key_add(int argc, char **argv)
{
	return printf("%d %s\n", argc, argv[0]);
}

static int key_delete(int argc, char **argv)
{
	return puts(argv[argc - 1]);
}

static int do_get(int argc, char **argv)
{
	return puts(argv[argc - 1]);
}

static int do_put(int argc, char **argv)
{
	return puts(argv[argc - 1]);
}

static const struct verb key_verbs[] = {
	{"add", "make a key", key_add, NULL},
	{"delete", "throw a key away", key_delete, NULL},
	{NULL, NULL, NULL, NULL},
};

static const struct verb verbs[] = {
	{"get", "print what is kept", do_get, NULL},
	{"key", "what concerns keys", NULL, key_verbs},
	{"put", "keep something", do_put, NULL},
	{NULL, NULL, NULL, NULL},
};

static int run(const struct verb *table, int argc, char **argv)
{
	for (; argc && table->name; table++) {
		if (strcmp(table->name, argv[0]) != 0)
			continue;
		if (table->sub)
			return run(table->sub, argc - 1, argv + 1);
		return table->run(argc - 1, argv + 1);
	}
	fputs("vault: no such command\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	return run(verbs, argc - 1, argv + 1);
}
C
compdb . src/vault.c
assert_exit 0 "$PCARCH" scan
assert_err ' commands'
assert_err "next: 'pcarch show routes'"
assert_exit 0 "$PCARCH" validate static.json

# The words, each with what it runs.
assert_exit 0 "$PCARCH" show routes
for row in 'get +do_get +src/vault.c:20 +print what is kept' 'key add +key_add +src/vault.c:10 +make a key' \
	'key delete +key_delete +src/vault.c:15 ' 'put +do_put +src/vault.c:25 '; do
	grep -qE "^  $row" <<<"$out" || fail "no line like '$row'"
done
assert_exit 0 "$PCARCH" show routes --tree key
grep -qE '^    add +key_add +src/vault.c:10' <<<"$out" || fail "'add' does not stand below 'key'"
assert_lacks "$out" do_get

# One alone, and the way back from its function.
assert_exit 0 "$PCARCH" show routes key add
assert_out 'src/vault.c:31' # its row
assert_out 'make a key'
assert_exit 0 "$PCARCH" show function key_add
grep -qE '^  command +[a-z]+ key add$' <<<"$out" || fail 'the function does not know its command'
assert_exit 2 "$PCARCH" show routes key ad
assert_err "key add'?"

# As JSON and as graphs. Each id is what its words determine.
assert_exit 0 "$PCARCH" show routes --format json
python3 -c '
import json, sys
rows = [json.loads(line) for line in sys.stdin]
assert all(row["row"] == "route" for row in rows)
whole = json.load(open("static.json"))["routes"]
assert [{k: v for k, v in row.items() if k != "row"} for row in rows] == whole' <<<"$out" ||
	fail 'the rows are not the routes of static.json'
json static.json '[" ".join([r["route_id"], r["program"], *r["tokens"]])
	for r in d["routes"] if "default" not in r]' |
	while read -r id words; do
		# shellcheck disable=SC2086
		assert_exit 0 "$PCARCH" guid route --static static.json $words
		assert_out_is "$id"
	done || exit 1
assert_exit 0 "$PCARCH" show routes --format mermaid
assert_out '"add<br/>key_add"'
assert_exit 0 "$PCARCH" show routes --format dot
assert_out 'label="add\nkey_add"'
if command -v dot >/dev/null; then
	dot -Tplain <<<"$out" >plain 2>&1 || fail "Graphviz does not draw it: $(cat plain)"
fi

# The same wherever it is scanned, whatever stands above it.
mkdir elsewhere && cp -r src elsewhere && (cd elsewhere && compdb . src/vault.c && "$PCARCH" scan -q --no-cache)
assert_same static.json elsewhere/static.json

# A name from a stranger's source does not drive the terminal.
sed 's/"add"/"a\\033[2Jd"/' src/vault.c >src/hostile.c
compdb . src/hostile.c
assert_exit 0 "$PCARCH" scan -o hostile.json
assert_exit 0 "$PCARCH" validate hostile.json
assert_exit 0 "$PCARCH" show routes -f hostile.json
assert_out 'a\x1B[2Jd'
assert_lacks "$out" "$(printf '\033')"

# On a terminal as wide as it is: no line is wider, help only where there is room.
command -v script >/dev/null || exit 0
export TERM=xterm NO_COLOR=1
for columns in 40 80 120; do
	script -qec "stty cols $columns rows 60; '$PCARCH' show routes" /dev/null </dev/null |
		tr -d '\r' >screen
	assert_equal "$(awk -v most=$columns 'length($0) > most' screen)" '' "wider than $columns columns"
done
assert_contains "$(cat screen)" 'print what is kept' 'help at 120 columns'
