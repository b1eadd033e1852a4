# A unit that crashes libclang, hangs or eats the memory costs itself: it is reported by name and the
# others are there. A unit that is only large is read.
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3 mkfifo
cd "$tmp" || exit 1

cat >good.c <<'C'
int callee(int);
int main(void)
{
	return callee(1);
}
C

# scan_with FILE [OPTIONS...]: scan FILE and good.c; what is good is in static.json whatever happens.
scan_with() {
	local file=$1
	shift
	compdb . "$file" good.c
	rm -f static.json
	run "$PCARCH" scan --no-cache -j2 "$@"
	assert_json static.json "[c for c in d['calls'] if d['functions'][c['callee']]['function'] == 'callee']"
	assert_json static.json "d['summary']['unit_count'] == 2"
}

# lost FILE REASON [OPTIONS...]: the unit is lost, for that reason.
lost() {
	local file=$1 reason=$2
	shift 2
	scan_with "$file" "$@"
	assert_equal "$status" 3 "exit status"
	assert_err "$file: error: "
	assert_err "$reason"
	assert_json static.json "[u['status'] for u in d['units'] if u['file'] == '$file'] == ['failed']"
	assert_json static.json "[u['status'] for u in d['units'] if u['file'] == 'good.c'] == ['parsed']"
	assert_json static.json "d['summary']['failed_unit_count'] == 1"
}

printf '#pragma clang __debug crash\nint f(void);\n' >crash.c
lost crash.c "libclang crashed on it"
printf 'int callee(int);\nint f(void) { return callee(1); }\n#pragma clang __debug parser_crash\n' >late.c
lost late.c "libclang crashed on it"

# The same unit again, and one after it: workers come back.
compdb . crash.c late.c good.c crash.c late.c
assert_exit 3 "$PCARCH" scan --no-cache -j1
assert_json static.json "d['summary']['unit_count'] == 3 and d['summary']['failed_unit_count'] == 2"
assert_exit 0 "$PCARCH" scan --no-cache --allow-partial

# Opening a FIFO that nobody writes waits for ever, for clang and for whoever else opens it.
mkfifo never.h never.c
printf '#include "never.h"\nint hang(void) { return 0; }\n' >hang.c
lost hang.c "it took longer than 1 s; --timeout allows more" --timeout 1
lost never.c "it took longer than 1 s; --timeout allows more" --timeout 1

# Each macro doubles the one before.
python3 - >memory.c <<'PYTHON'
print("#define A0 0,0,0,0,0,0,0,0")
for i in range(1, 32):
    print(f"#define A{i} A{i - 1}, A{i - 1}")
print("int memory[] = { A31 };")
PYTHON
lost memory.c "it needed more than 200 MiB; --max-memory allows more" --max-memory 200 --timeout 60

# Depth that overflows a usual stack of 8 MB, in each place where clang or the walk could recurse.
# Not more else-ifs: clang's own parser takes the square of their number.
python3 - <<'PYTHON'
def write(name, *parts):
    with open(name, "w") as out:
        out.write("int g(int);\n")
        out.writelines(parts)
write("elseif.c", "int deep(int x)\n{\n\tif (x == 0)\n\t\treturn g(0);\n",
      *(f"\telse if (x == {i})\n\t\treturn g({i});\n" for i in range(1, 5500)), "\treturn 0;\n}\n")
write("sum.c", "int deep(int x)\n{\n\treturn g(1)", " + x" * 200000, " + g(2);\n}\n")
write("blocks.c", "int deep(int x)\n{\n", "{\n" * 100000, "g(x);\n", "}\n" * 100000, "return g(2);\n}\n")
write("parentheses.c", "int deep(int x)\n{\n\treturn ", "(" * 60000, "g(x)", ")" * 60000, " + g(2);\n}\n")
write("nested_calls.c", "int deep(int x)\n{\n\treturn ", "g(" * 20000, "x", ")" * 20000, ";\n}\n")
row = "0x12, " * 16 + "\n"
write("table.c", "const unsigned char table[] = {\n", *[row] * (10 * 1000 * 1000 // len(row)),
      "};\nint deep(int x)\n{\n\treturn g(table[x]) + g(2);\n}\n")
PYTHON
compdb . elseif.c sum.c blocks.c parentheses.c nested_calls.c table.c good.c
assert_exit 0 "$PCARCH" scan --no-cache -j2 --timeout 300
assert_json static.json "all(u['status'] == 'parsed' for u in d['units'])"
sites() { json static.json "sum(s['file'] == '$1' for s in d['call_sites'])"; }
assert_equal "$(sites elseif.c)" 5500 "the calls of elseif.c"
assert_equal "$(sites sum.c)" 2 "the calls of sum.c"
assert_equal "$(sites blocks.c)" 2 "the calls of blocks.c"
assert_equal "$(sites parentheses.c)" 2 "the calls of parentheses.c"
assert_equal "$(sites nested_calls.c)" 20000 "the calls of nested_calls.c"
assert_equal "$(sites table.c)" 2 "the calls of table.c"

# Deeper than any stack: lost by name, like any crash.
python3 -c 'print("int g(int);\nint deep(int x)\n{\n\treturn " + "!" * 400000 + "g(x);\n}")' >deepest.c
lost deepest.c "libclang crashed on it" --timeout 60
