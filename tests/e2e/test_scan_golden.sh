# What comes out of each construct of C: tests/golden/scan/NAME.c, or the directory NAME/ of several
# files, and NAME.txt as tests/golden/scan_text.py prints it. First lines of a source may say
#	/* flags: -std=c89 -DX */	what it is compiled with; several lines: compiled several times
#	/* exit: 3 */			the exit status of the scan, 0 by default
# Usage: test_scan_golden.sh [NAME...]; UPDATE=1 writes what came out over what must come out.
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3
golden=$SOURCE_DIR/tests/golden

# Each DIR gets compile_commands.json for its sources, with the flags that they ask for.
databases() {
	python3 - "$@" <<'PYTHON'
import json, os, re, shlex, sys
for where in sys.argv[1:]:
    rows = []
    for name in sorted(f for f in os.listdir(where) if f.endswith(".c")):
        with open(os.path.join(where, name), encoding="utf-8") as source:
            head = [source.readline() for _ in range(4)]
        flags = [m[1] for m in (re.match(r"/\* flags: (.*) \*/$", line) for line in head) if m] or [""]
        rows += [{"directory": where, "file": name, "arguments": ["cc", *shlex.split(f), "-c", name]} for f in flags]
    with open(os.path.join(where, "compile_commands.json"), "w", encoding="utf-8") as out:
        json.dump(rows, out)
PYTHON
}

if [ $# = 0 ]; then
	for source in "$golden"/scan/*.c "$golden"/scan/*/; do
		name=$(basename "$source")
		set -- "$@" "${name%.c}"
	done
fi
mkdir "$tmp/scan" "$tmp/text"
for name; do
	mkdir "$tmp/scan/$name"
	if [ -d "$golden/scan/$name" ]; then
		cp "$golden/scan/$name"/* "$tmp/scan/$name/"
	else
		cp "$golden/scan/$name.c" "$tmp/scan/$name/"
	fi
done
databases "$tmp/scan"/*
for name; do
	dir=$tmp/scan/$name
	code=$(sed -snE '1,4s|^/\* exit: ([0-9]+) \*/$|\1|p' "$dir"/*.c | head -n 1)
	assert_exit "${code:-0}" "$PCARCH" scan --no-cache -j1 -p "$dir" -o "$dir/static.json"
done
assert_exit 0 python3 "$golden/scan_text.py" "$tmp/text" "$tmp/scan"/*/static.json
bad=
for name; do
	[ -z "${UPDATE:-}" ] || cp "$tmp/text/$name.txt" "$golden/scan/$name.txt"
	diff -u "$golden/scan/$name.txt" "$tmp/text/$name.txt" | head -n 60 && [ "${PIPESTATUS[0]}" = 0 ] || bad="$bad $name"
done
ran=
[ -z "$bad" ] || fail "not what must come out:$bad (UPDATE=1 rewrites them in $golden/scan)"
echo "$# constructs"
