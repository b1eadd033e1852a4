# The SARIF output is valid by the official schema, which an npm package ships.
. "$(dirname "$0")/lib.sh"
need_pcarch diff
need_command python3
python3 -c 'import jsonschema' 2>/dev/null || skip 'python3-jsonschema is not installed'
cd "$tmp" || exit 1
schema=${PCARCH_NPM:-$SOURCE_DIR/build/npm/node_modules}/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json
[ -s "$schema" ] || skip "the schema of SARIF is not there: 'scripts/install_packages npm' fetches it"

examples=$SOURCE_DIR/schemas/examples
# A name that is no name of a file, and calls that the scan does not have.
sed 's/src\/main\.c/src\/ma:in %é.c/g' "$examples/dynamic.json" >dynamic.json
sed 's/src\/main\.c/src\/ma:in %é.c/g' "$examples/static.json" >static.json
python3 - <<'PYTHON'
import json
static = json.load(open("static.json"))
static["calls"] = [call for call in static["calls"] if call["via"] == "direct"][:1]
static["summary"]["call_count"] = len(static["calls"])
json.dump(static, open("static.json", "w"))
PYTHON
mkdir src && printf '/* pcarch: ignore PCA024,PCA018 meant */ int by_name;\n' >src/store.c
assert_exit 3 "$PCARCH" diff --fail-on none -q --format sarif=1.sarif "$examples/static.json" "$examples/dynamic.json"
run "$PCARCH" diff -q --write-baseline known.json --format sarif=2.sarif static.json dynamic.json
run "$PCARCH" diff -q --baseline known.json --format sarif=3.sarif "$examples/static.json" "$examples/dynamic.json"
run "$PCARCH" diff -q --format sarif=4.sarif "$examples/static.json" static.json
run "$PCARCH" diff -q --format sarif=5.sarif dynamic.json dynamic.json
assert_file 1.sarif 2.sarif 3.sarif 4.sarif 5.sarif
python3 - "$schema" ?.sarif <<'PYTHON' || fail 'no valid SARIF'
import json, sys
from jsonschema.validators import validator_for
schema = json.load(open(sys.argv[1]))
judge = validator_for(schema)(schema)
results = 0
for name in sys.argv[2:]:
    log = json.load(open(name))
    for error in judge.iter_errors(log):
        sys.exit(f"{name}: {list(error.path)}: {error.message}")
    run = log["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= rules
    prints = [tuple(result["partialFingerprints"].values()) for result in run["results"]]
    assert len(set(prints)) == len(prints)
    results += len(prints)
assert results > 5, results
PYTHON
