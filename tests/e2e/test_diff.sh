# pcarch diff: exit codes, gates, formats, baselines and bad input, on the examples of the schemas.
. "$(dirname "$0")/lib.sh"
need_pcarch diff
need_command python3
cd "$tmp" || exit 1
cp "$SOURCE_DIR"/schemas/examples/{static,dynamic}.json .

# refused MESSAGE ARG...: exit 2, one sentence, nothing on stdout, nothing written.
refused() {
	local message=$1
	shift
	rm -f out.*
	assert_exit 2 "$PCARCH" diff --format json=out.json "$@"
	assert_out_is ''
	assert_err "$message"
	assert_equal "$(wc -l <<<"$err")" 1 'lines on stderr'
	assert_equal "$(ls out.* 2>/dev/null)" '' 'what is written'
}

# Lost calls are exit 3, and nothing is said to be dead.
assert_exit 3 "$PCARCH" diff static.json dynamic.json
assert_out '[PCA039 incomplete-recording]'
assert_lacks "$out" 'never ran' 'an incomplete recording'
assert_equal "$(head -n 1 <<<"$out")" "$(head -n 1 <<<"$out" | grep 'seen only at run time')" 'the first line'
assert_exit 0 "$PCARCH" diff --allow-partial static.json dynamic.json
assert_exit 1 "$PCARCH" diff --fail-on stale static.json dynamic.json # goes before 3
assert_exit 1 "$PCARCH" diff --fail-on bug --fail-on dead,PCA024 static.json dynamic.json
assert_exit 3 "$PCARCH" diff --fail-on bug,dead,new-dependency static.json dynamic.json
assert_exit 3 "$PCARCH" diff --fail-on none static.json dynamic.json
assert_exit 1 "$PCARCH" diff --fail-on warning static.json dynamic.json
assert_exit 3 "$PCARCH" diff --fail-on error static.json dynamic.json
refused "'--fail-on' knows no 'runtime-olny'; did you mean 'runtime-only'?" --fail-on runtime-olny static.json dynamic.json
refused "'--fail-on' knows no ''" --fail-on= static.json dynamic.json

# Coverage.
assert_exit 3 "$PCARCH" diff --min-coverage 50 --min-coverage 'src/ma*=100' static.json dynamic.json
assert_exit 1 "$PCARCH" diff --min-coverage 50.1 static.json dynamic.json
assert_out 'the program: 3 of 6 functions ran, 50 %; at least 50.1 % are asked for'
assert_exit 1 "$PCARCH" diff --fail-on none --min-coverage 'src/*=34' static.json dynamic.json
assert_out "module 'src/store': 1 of 3 functions ran"
assert_lacks "$out" "module 'src/main'" 'a module that is covered'
refused "takes MODULE=PERCENT or PERCENT, from 0 to 100, not 'x=101'" --min-coverage x=101 static.json dynamic.json
refused "no module of the program matches 'src/x*'" --min-coverage 'src/x*=1' static.json dynamic.json
refused "'--min-coverage' needs static.json and a recording" --min-coverage 1 static.json static.json

# The same of two of a kind: nothing changed.
assert_exit 0 "$PCARCH" diff static.json static.json
assert_out 'nothing changed'
assert_exit 3 "$PCARCH" diff dynamic.json dynamic.json

# The JSON is valid, is that of the schemas' examples, and says what the text says.
assert_exit 3 "$PCARCH" diff --all -q --format text=out.txt --format json=out.json static.json dynamic.json
assert_out_is ''
assert_err_is ''
assert_exit 0 "$PCARCH" validate out.json
if [ -n "${UPDATE:-}" ]; then cp out.json "$SOURCE_DIR/schemas/examples/diff.json"; fi
assert_same out.json "$SOURCE_DIR/schemas/examples/diff.json"
python3 - <<'PYTHON' || fail 'text and JSON differ'
import json, re
findings = json.load(open("out.json"))["findings"]
lines = [l for l in open("out.txt") if re.search(r"\[PCA\d+ [a-z-]+\]$", l)]
def line(f):
    place = ":".join(str(f[k]) for k in ("file", "line", "column") if f.get(k))
    return f"{place}{': ' if place else ''}{f['severity']}: {f['message']} [{f['id']} {f['name']}]\n"
assert lines == [line(f) for f in findings], (lines, [line(f) for f in findings])
PYTHON

# Where things go.
assert_exit 3 "$PCARCH" diff --format json -o x.json static.json dynamic.json
assert_out_is ''
assert_err 'seen only at run time'
assert_same x.json out.json
refused 'would both go to standard output' --format text --format sarif static.json dynamic.json
refused 'would both go to x' --format sarif=x --format json=x static.json dynamic.json
refused 'names no file' --format sarif= static.json dynamic.json
refused "knows no 'jsonn'; did you mean 'json'?" --format jsonn static.json dynamic.json
refused 'each '\''--format'\'' has one' -o y.json static.json dynamic.json
echo old >kept.json
assert_exit 2 "$PCARCH" diff --format json=kept.json --format sarif=none/x.sarif static.json dynamic.json
assert_equal "$(cat kept.json)" old 'a file whose sibling fails'
assert_equal "$(find . -name 'kept.json?*')" '' 'temporary files'
for format in text json html sarif md markdown github gitlab junit dot mermaid; do
	assert_exit 3 "$PCARCH" diff --format "$format" static.json dynamic.json
	printed=$out
	[ -n "$printed" ] || fail "nothing as $format"
	assert_exit 3 "$PCARCH" diff -q --format "$format=one" static.json dynamic.json
	assert_equal "$(cat one)" "$printed" "$format in a file"
done
assert_exit 3 "$PCARCH" diff -q --format junit=j --format gitlab=g static.json dynamic.json
python3 - <<'PYTHON' || fail 'junit or gitlab'
import json, xml.etree.ElementTree as E
suite = E.parse("j").getroot()[0]
assert len(suite) == int(suite.get("tests"))
assert sum(c.find("failure") is not None for c in suite) == int(suite.get("failures"))
issues = json.load(open("g"))
assert len({i["fingerprint"] for i in issues}) == len(issues) > 0
assert all(i["severity"] in ("info", "minor", "major", "critical", "blocker") for i in issues)
assert all(i["location"]["path"] and i["location"]["lines"]["begin"] >= 1 for i in issues)
PYTHON

# stdin, and the order of recordings.
assert_exit 3 "$PCARCH" diff -q --format json=stdin.json static.json - <dynamic.json
assert_json stdin.json "d['after'] == 'standard input' and len(d['findings']) == 3"
assert_exit 3 "$PCARCH" diff -q --format json=stdin.json - dynamic.json <static.json
assert_json stdin.json "d['before'] == 'standard input'"
refused 'can be one of the files only' - - <static.json
sed 's/01969bec/01969bed/; s/"count": 3, "total_us": 120/"count": 4, "total_us": 160/' dynamic.json >other.json
sed -i 's/"count": 1, "total_us": 40}/"count": 2, "total_us": 80}/' other.json
if "$PCARCH" validate other.json >/dev/null 2>&1; then
	for format in text json html sarif junit dot; do
		assert_exit 3 "$PCARCH" diff -q --format "$format=one" static.json dynamic.json other.json
		assert_exit 3 "$PCARCH" diff -q --format "$format=two" static.json other.json dynamic.json
		assert_same one two
	done
fi

# A baseline: known findings fail nothing; other lines make no new ones.
assert_exit 3 "$PCARCH" diff -q --fail-on stale,generated --write-baseline known.json --format text=x static.json dynamic.json
assert_exit 0 "$PCARCH" validate known.json
assert_exit 1 "$PCARCH" diff --fail-on any static.json dynamic.json
assert_exit 3 "$PCARCH" diff --fail-on stale,generated --baseline known.json static.json dynamic.json
assert_out '2 known'
sed 's/"line": 16, "type": "private"/"line": 116, "type": "private"/' dynamic.json >moved.json
cmp -s moved.json dynamic.json && fail 'the function is elsewhere now'
assert_exit 3 "$PCARCH" diff --fail-on stale,generated --baseline known.json static.json moved.json
python3 - <<'PYTHON'
import json
d = json.load(open("known.json"))
d["findings"].append({**d["findings"][0], "id": "PCA019", "fingerprint": "0" * 32})
json.dump(d, open("more.json", "w"))
PYTHON
assert_exit 3 "$PCARCH" diff --baseline more.json static.json dynamic.json
assert_out '1 fixed'
assert_exit 3 "$PCARCH" diff -q --format sarif=s --baseline known.json static.json dynamic.json
assert_json s "{r['baselineState'] for r in d['runs'][0]['results']} == {'new', 'unchanged'}"
refused "the kind is 'static', expected 'baseline'" --baseline static.json static.json dynamic.json
refused "cannot open 'none.json'" --baseline none.json static.json dynamic.json

# Suppressions, in the source and in .pcarch.json.
mkdir -p tree/src && cd tree || exit 1
cp ../static.json ../dynamic.json .
{ for i in {1..14}; do echo; done; echo '/* pcarch: ignore PCA024 built from another commit */'; echo 'int by_name;'; } >src/store.c
assert_exit 3 "$PCARCH" diff --fail-on stale static.json dynamic.json
assert_out '1 suppressed'
assert_exit 1 "$PCARCH" diff --fail-on stale --root .. static.json dynamic.json
assert_exit 3 "$PCARCH" diff -q --format sarif=s static.json dynamic.json
assert_json s "[r['suppressions'] for r in d['runs'][0]['results'] if 'suppressions' in r] == [[{'kind': 'inSource', 'justification': 'built from another commit'}]]"
sed -i 's/ built from another commit//' src/store.c
assert_exit 1 "$PCARCH" diff --fail-on stale static.json dynamic.json
assert_out 'src/store.c:15: warning: this asks to ignore PCA024, and gives no reason [PCA040 suppression-without-reason]'
echo '{"version": 1, "suppressions": [{"finding": "stale-source", "module": "src/*", "reason": "known"},
 {"finding": "PCA018", "function": "main", "reason": "old"}]}' >.pcarch.json
assert_exit 3 "$PCARCH" diff --all --fail-on stale static.json dynamic.json
assert_out '(suppressed: known)'
assert_out '.pcarch.json:2: note: this suppression of PCA018 has nothing to suppress [PCA041 stale-suppression]'
assert_exit 0 "$PCARCH" validate .pcarch.json
echo '{"version": 1, "suppressions": [{"finding": "PCA999", "reason": "x"}]}' >.pcarch.json
refused ".pcarch.json:1" static.json dynamic.json
assert_err "no finding is called 'PCA999'"
echo '{"version": 1, "suppressions": [{"finding": "PCA018"}]}' >.pcarch.json
refused "no member 'reason'" static.json dynamic.json
cd ..

# Files that are not what they should be.
cp x.json report.json
refused 'give two files or more'
refused 'give two files or more' static.json
refused "cannot open 'none.json'" static.json none.json
refused 'third recording' dynamic.json dynamic.json dynamic.json
refused 'second static.json' static.json dynamic.json static.json
refused "the kind is 'diff', expected 'static' or 'dynamic'" static.json report.json
: >empty.json
refused 'empty.json' static.json empty.json
echo '{"schema_version": "1.0"}' >none.json
refused "the member 'kind' is missing" static.json none.json
sed 's/"schema_version": "1.0"/"schema_version": "2.0"/' dynamic.json >bad.json
refused 'bad.json: error: byte ' static.json bad.json
assert_err 'newer'
sed 's/"schema_version": "1.0"/"schema_version": "2.0"/' static.json >bad.json
refused 'newer' bad.json dynamic.json
refused 'newer' static.json bad.json
head -c $(($(wc -c <dynamic.json) / 2)) dynamic.json >bad.json
refused 'bad.json: error: byte ' static.json bad.json
head -c $(($(wc -c <static.json) / 2)) static.json >bad.json
refused 'bad.json: error: byte ' bad.json dynamic.json
sed 's/"kind": "dynamic",/"kind": "dynamic", "kind": "dynamic",/' dynamic.json >bad.json
refused 'bad.json: error: byte ' static.json bad.json
sed 's/"pid": 4711/"pid": 1e999/' dynamic.json >bad.json
refused 'bad.json: error: byte ' static.json bad.json
sed 's/"callee": 3/"callee": 77/' dynamic.json >bad.json
refused 'bad.json: error: byte ' static.json bad.json
printf '{"kind": "dynamic", "schema_version": "1.0", "x": "\xff\xfe"}' >bad.json
refused 'bad.json: error: byte ' static.json bad.json
python3 -c 'print("{\"kind\": \"dynamic\", \"schema_version\": \"1.0\", \"x\": " + "[" * 5000 + "]" * 5000 + "}")' >bad.json
refused 'bad.json: error: byte ' static.json bad.json

# Of another program.
for file in static dynamic; do
	sed 's/"module": "[^"]*", "function": "/&x_/g; s/src\//other\//g' $file.json >other-$file.json
done
if "$PCARCH" validate other-static.json >/dev/null 2>&1; then
	refused 'in common' other-static.json dynamic.json
	refused 'in common' static.json other-static.json
fi
if "$PCARCH" validate other-dynamic.json >/dev/null 2>&1; then
	refused 'in common' dynamic.json other-dynamic.json
fi
