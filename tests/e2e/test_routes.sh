# Small programs, one way to dispatch commands each: the routes that are true, what really runs, and what the scan
# finds must be the same (tests/routes/run.py). Usage: test_routes.sh [NAME...]
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3 gcc
unset LD_PRELOAD
judge=$SOURCE_DIR/tests/routes/run.py

# The judge itself. A scan that says what it is told to: a line "TOKENS HANDLER" each, '-' for none.
mkdir "$tmp/right" "$tmp/wrong"
cat >"$tmp/scan" <<SH
#!/bin/sh
exec python3 - <<'PYTHON'
import json
names = ["first", "second", "other"]
functions = [{"id": i, "function": name, "file": "pair.c"} for i, name in enumerate(names)]
routes = []
for line in open("$tmp/told"):
    *tokens, handler = line.split()
    route = {"tokens": tokens, "handler": None if handler == "-" else names.index(handler), "match": "exact"}
    if "={" in tokens[-1]:
        route["tokens"] = tokens[:-1]
        route |= json.loads(tokens[-1].partition("=")[2])
    routes.append(route)
json.dump({"functions": functions, "routes": routes}, open("static.json", "w"))
PYTHON
SH
chmod +x "$tmp/scan"
cat >"$tmp/right/pair.c" <<'C'
#include <stdio.h>
#include <string.h>

static int first(void)
{
	return puts(__func__) < 0;
}

static int second(void)
{
	return puts(__func__) < 0;
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "one"))
		return first();
	if (argc > 1 && !strcmp(argv[1], "two"))
		return second();
	return argc > 1 && !strcmp(argv[1], "three");
}
C
printf '# match: exact\none\tfirst\tpair.c\ntwo\tsecond\tpair.c\nthree\t-\n' >"$tmp/right/pair.tsv"
printf 'one first\ntwo second\nthree -\n' >"$tmp/told.right"
cp "$tmp/told.right" "$tmp/told"
assert_exit 0 "$judge" --pcarch "$tmp/scan" --programs "$tmp/right"
assert_out "recall                          100.0 %"

# told SED LINE: the right answer, changed by a sed script, fails with that line.
told() {
	sed "$1" "$tmp/told.right" >"$tmp/told"
	assert_exit 1 "$judge" --pcarch "$tmp/scan" --programs "$tmp/right"
	assert_out "    $2"
}
told '/two/d' "MISSED   'two' -> second"
assert_out "recall                           50.0 %"
assert_out "precision                       100.0 %"
told '/three/d' "MISSED   'three', which has no handler of its own"
told 's/one first/one second/' "HANDLER  'one' has second, not first"
told 's/one first/one -/' "HANDLER  'one' has nothing, not first"
told 's/three -/three other/' "HANDLER  'three' has other, and should have none"
told '$a four other' "FALSE    'four' -> other"
assert_out "precision                        66.7 %"
told '$a x={"tokens":[]} -' "FALSE    '' -> nothing"
told 's/one/one x={"match":"icase"}/' "MATCH    'one' is compared icase, not exact"
told 's/one/one x={"other_handlers":[{"function":2,"role":"handler"}]}/' "HANDLER  'one' has other as another handler"
told 's/one/one x={"aliases":["two","four"]}/' "FALSE    'four' -> first"
# What runs without a word is not always told, unless it is at odds with what is.
sed '$a - x={"default":true,"tokens":[]} -' "$tmp/told.right" >"$tmp/told"
assert_exit 0 "$judge" --pcarch "$tmp/scan" --programs "$tmp/right"
sed 's/one first/one x={"other_handlers":[{"function":2,"role":"usage"}]} first /' "$tmp/told.right" >"$tmp/told"
assert_exit 0 "$judge" --pcarch "$tmp/scan" --programs "$tmp/right"

# wrong SED LINE: rows that are not what the program does are found without a scan.
cp "$tmp/told.right" "$tmp/told"
cp "$tmp/right/pair.c" "$tmp/wrong"
wrong() {
	sed "$1" "$tmp/right/pair.tsv" >"$tmp/wrong/pair.tsv"
	assert_exit 1 "$judge" --no-scan --programs "$tmp/wrong"
	assert_out "    $2"
}
wrong 's/two\tsecond/two\tfirst/' "TRUTH    'two' runs none of the handlers, not first"
wrong 's/^two/four/' "TRUTH    'four' runs none of the handlers, not second"
wrong 's/^two\tsecond/two\t-/;$a none\tsecond' "TRUTH    'two' runs second, and is said to have no handler"
wrong '$a x y' "BROKEN   $tmp/wrong/pair.tsv:5: a row is tokens, handler, file and note"

# What is known to fail must still fail, and be right otherwise.
echo 'pair because of a reason' >"$tmp/right/known_failures"
assert_exit 1 "$judge" --pcarch "$tmp/scan" --programs "$tmp/right"
assert_out 'FIXED    pair is right now'
sed -i /two/d "$tmp/told"
assert_exit 0 "$judge" --pcarch "$tmp/scan" --programs "$tmp/right"
sed -i 's/first/second/' "$tmp/right/pair.tsv"
assert_exit 1 "$judge" --pcarch "$tmp/scan" --programs "$tmp/right"

# A scan that writes no routes is not judged by them: static.json's schema says whether it does.
scan=
[ "$(json "$SOURCE_DIR/schemas/static.schema.json" "d['properties']['routes']['items'] is False")" = false ] || scan=--no-scan
run "$judge" --pcarch "$PCARCH" $scan "$@"
cat "$tmp/.out"
ran=
[ "$status" = 0 ] || fail "see above; 'tests/routes/run.py NAME' judges one program$(sed 's/^/\n/' "$tmp/.err" | tail -n 5)"
