# pcarch export: the spans of a trace, in the formats of others.
. "$(dirname "$0")/lib.sh"
need_pcarch export
need_command python3
cd "$tmp" || exit 1
cp "$SOURCE_DIR/schemas/examples/dynamic.json" .

# OTLP/JSON, by the names and types of opentelemetry/proto/trace/v1/trace.proto.
assert_exit 0 "$PCARCH" export --format otlp
assert_err_is ''
printf '%s\n' "$out" >spans.jsonl
python3 - <<'PYTHON' || fail 'no OTLP'
import json, re

fields = {
    "request": {"resourceSpans": ["resource_spans"]},
    "resource_spans": {"resource": "resource", "scopeSpans": ["scope_spans"], "schemaUrl": str},
    "resource": {"attributes": ["key_value"]},
    "scope_spans": {"scope": "scope", "spans": ["span"], "schemaUrl": str},
    "scope": {"name": str, "version": str},
    "span": {"traceId": "[0-9a-f]{32}$", "spanId": "[0-9a-f]{16}$", "parentSpanId": "[0-9a-f]{16}$",
             "name": str, "kind": int, "startTimeUnixNano": "[0-9]+$", "endTimeUnixNano": "[0-9]+$",
             "attributes": ["key_value"]},
    "key_value": {"key": str, "value": "value"},
    "value": {"stringValue": str, "intValue": "[0-9]+$"},
}

def check(value, kind):
    if isinstance(kind, list):
        assert isinstance(value, list)
        for item in value:
            check(item, kind[0])
    elif isinstance(kind, type):
        assert type(value) is kind, (value, kind)
    elif kind in fields:
        for key, member in value.items():
            check(member, fields[kind][key])
    else:
        assert isinstance(value, str) and re.match(kind, value), (value, kind)

lines = [json.loads(line) for line in open("spans.jsonl", encoding="utf-8")]
for line in lines:
    check(line, "request")
spans = [s for l in lines for r in l["resourceSpans"] for c in r["scopeSpans"] for s in c["spans"]]
assert [s["name"] for s in spans] == ["main", "load"]
assert spans[1]["parentSpanId"] == spans[0]["spanId"] and "parentSpanId" not in spans[0]
assert int(spans[0]["endTimeUnixNano"]) - int(spans[0]["startTimeUnixNano"]) == 1400000
assert {"key": "pcarch.entry_point", "value": {"stringValue": "cli_0"}} in spans[0]["attributes"]
PYTHON

# The Trace Event Format.
assert_exit 0 "$PCARCH" export --format chrome -o chrome.json dynamic.json
assert_json chrome.json "[(e['name'], e['ts'], e['dur']) for e in d['traceEvents'] if e['ph'] == 'X'] ==
	[('main', 1746372660000100, 1400), ('load', 1746372660000200, 900)]"
assert_json chrome.json "[e['args']['name'] for e in d['traceEvents'] if e['ph'] == 'M'] == ['store', 'store']"

# Stacks: what is inside is not counted twice.
assert_exit 0 "$PCARCH" export --format folded dynamic.json
assert_out_is 'main 500
main;load 900'
sed 's/"function": "load"/"function": "a; b\\n"/' dynamic.json >odd.json
assert_exit 0 "$PCARCH" export --format folded odd.json
assert_contains "$out" 'main;a__b_ 900'

# Spans inside each other in a circle end.
sed 's/"span_id": "00f067aa0ba902b7", "parent_span_id": null/"span_id": "00f067aa0ba902b7", "parent_span_id": "00f067aa0ba902b8"/' \
	dynamic.json >circle.json
for format in otlp chrome folded; do
	assert_exit 0 "$PCARCH" export --format $format circle.json
done

# Nothing to write, the wrong file, and what makes no sense here.
"$PCARCH" merge -q -o none.json dynamic.json || fail 'merge'
python3 - <<'PYTHON'
import json
d = json.load(open("dynamic.json"))
d["traces"], d["summary"]["trace_count"], d["summary"]["total_spans"] = [], 0, 0
json.dump(d, open("none.json", "w"))
PYTHON
assert_exit 1 "$PCARCH" export --format folded none.json
assert_err "there are no spans in 'none.json'"
assert_exit 2 "$PCARCH" export --format otlp "$SOURCE_DIR/schemas/examples/static.json"
assert_err "this is a 'static' file"
assert_exit 2 "$PCARCH" export --format otlp --from main dynamic.json
assert_err 'for call graphs'
