# `pcarch export`: each format is read by somebody else, and says what the trace says.
. "$(dirname "$0")/lib.sh"
need_pcarch export
need_command python3
cp "$SOURCE_DIR/tests/golden/show/resolved.json" "$tmp/static.json"
cd "$tmp" || exit 1

# Names that mean something in each format; the trace itself stays valid.
python3 - <<'PYTHON' || fail 'no hostile.json'
import json

nasty = ['a"b', "a\\Nb", "]]>", "<b>&amp;", "end", "%%{init: {}}%%", "\U0001f600\u00e9", "-->", "line\nbreak"]
with open("static.json", encoding="utf-8") as stream:
    trace = json.load(stream)
records = trace["functions"] + [f for t in trace["traces"] for f in t["functions"]] + trace["entry_points"]
for record in records:
    name = nasty[record["function_id"] if "function_id" in record else record["id"]]
    record["function"] = name
    record["module"] = "m " + name
for call in trace["calls"]:
    if "through" in call:
        call["through"] = 'q"so\\rt|'
with open("hostile.json", "w", encoding="utf-8") as stream:
    json.dump(trace, stream)
PYTHON
assert_exit 0 "$PCARCH" validate hostile.json

# shown NAME: as people see a name; the same in every format that is drawn.
cat >shown.py <<'PYTHON'
import json, sys

def shown(name):
    return "".join(c if c >= " " else "\\x%02X" % ord(c) for c in name)

def names(trace):
    """By id, those that several bear with their module before them."""
    functions = trace["functions"]
    bear = [f["function"] for f in functions]
    return {f["id"]: f["function"] if bear.count(f["function"]) == 1 else f["module"] + ":" + f["function"]
            for f in functions}

def edges(trace):
    return {(c["caller"], c["callee"]) for c in trace["calls"]}

def load(path):
    with open(path, encoding="utf-8") as stream:
        return json.load(stream)
PYTHON
export PYTHONPATH=$tmp PYTHONDONTWRITEBYTECODE=1

for trace in static hostile; do
	for format in dot graphml mermaid metacg metacg4; do
		assert_exit 0 "$PCARCH" export "$trace.json" --format "$format" -o "$trace.$format"
		assert_err_is ''
		assert_file "$trace.$format"
		assert_exit 0 "$PCARCH" export - --format "$format" <"$trace.json"
		[ "$out" = "$(cat "$trace.$format")" ] || fail "stdin and a file differ: $format"
	done
	python3 - "$trace" <<'PYTHON' || fail "GraphML of $trace.json"
import sys
import xml.etree.ElementTree as xml
from shown import *

trace = load(sys.argv[1] + ".json")
ns = "{http://graphml.graphdrawing.org/xmlns}"
root = xml.parse(sys.argv[1] + ".graphml").getroot()
assert root.tag == ns + "graphml"
kinds = [child.tag[len(ns):] for child in root]
assert kinds == sorted(kinds, reverse=True) and kinds.count("graph") == 1, kinds # keys, then the graph
keys = {key.get("id"): key for key in root.iter(ns + "key")}
graph = root.find(ns + "graph")
assert graph.get("edgedefault") == "directed"
parts = [child.tag[len(ns):] for child in graph]
assert set(parts) == {"node", "edge"}

def data(element):
    for item in element:
        assert item.tag == ns + "data" and keys[item.get("key")].get("for") == element.tag[len(ns):]
        kind = keys[item.get("key")].get("attr.type")
        {"string": str, "long": int, "double": float}[kind](item.text or "")
    found = {item.get("key"): item.text or "" for item in element}
    assert len(found) == len(element)
    return found

nodes = {node.get("id"): data(node) for node in graph.iter(ns + "node")}
assert {id: node["name"] for id, node in nodes.items()} == {"f%d" % id: shown(name) for id, name in names(trace).items()}
assert nodes["f6"]["module"] == shown(trace["functions"][6]["module"])
assert sum(int(node["open_sites"]) for node in nodes.values()) == trace["summary"]["open_site_count"]
drawn = {(e.get("source"), e.get("target")): data(e) for e in graph.iter(ns + "edge")}
assert set(drawn) == {("f%d" % a, "f%d" % b) for a, b in edges(trace)}
assert drawn["f6", "f5"]["through"] and float(drawn["f6", "f5"]["confidence"]) == 0.9
try:
    import networkx
except ImportError:
    sys.exit()
read = networkx.read_graphml(sys.argv[1] + ".graphml")
assert read.is_directed() and set(read.edges) == set(drawn) and set(read.nodes) == set(nodes)
PYTHON
	python3 - "$trace" <<'PYTHON' || fail "MetaCG of $trace.json"
import sys
from shown import *

trace = load(sys.argv[1] + ".json")
key = {id: shown(name) for id, name in names(trace).items()}
two, four = (load(sys.argv[1] + suffix) for suffix in (".metacg", ".metacg4"))
assert two["_MetaCG"]["version"] == "2.0" and four["_MetaCG"]["version"] == "4.0"
assert two["_MetaCG"]["generator"]["name"] == "pcarch" and two["_MetaCG"]["generator"]["version"]
graph = two["_CG"]
assert set(graph) == set(key.values())
assert {(a, b) for a in graph for b in graph[a]["callees"]} == {(key[a], key[b]) for a, b in edges(trace)}
assert {(a, b) for b in graph for a in graph[b]["callers"]} == {(key[a], key[b]) for a, b in edges(trace)}
for id, name in key.items():
    node, function = graph[name], trace["functions"][id]
    assert node["hasBody"] == (function["type"] in ("public", "private"))
    assert node["isVirtual"] is node["doesOverride"] is False and node["overrides"] == node["overriddenBy"] == []
    assert node["meta"]["fileProperties"] == {"origin": function["file"], "systemInclude": function["file"][:1] == "<"}
graph = four["_CG"]
assert {(int(a), int(b)) for a in graph for b in graph[a]["callees"]} == edges(trace)
for id, node in graph.items():
    assert node["functionName"] == trace["functions"][int(id)]["function"]
    assert set(node) == {"functionName", "origin", "hasBody", "callees", "meta"}
PYTHON
	# Mermaid: every line is one of five kinds, and what is quoted holds nothing but words and entities.
	python3 - "$trace" <<'PYTHON' || fail "Mermaid of $trace.json"
import re, sys
from shown import *

trace = load(sys.argv[1] + ".json")
text = r'"((?:[^"#;{}<>`%|\[\]\\&]|#\d+;)*)"'
unquote = lambda quoted: re.sub(r"#(\d+);", lambda match: chr(int(match[1])), quoted)
nodes, drawn, depth = {}, set(), 0
lines = open(sys.argv[1] + ".mermaid", encoding="utf-8").read().split("\n")
assert lines[0] == "flowchart LR" and lines[-1] == ""
for line in lines[1:-1]:
    if match := re.fullmatch(r"\t\tf(\d+)\[" + text + r"\]", line):
        nodes[int(match[1])] = unquote(match[2])
    elif match := re.fullmatch(r"\tf(\d+) (?:-->|-\.->\|" + text + r"\|) f(\d+)", line):
        drawn.add((int(match[1]), int(match[3])))
    elif re.fullmatch(r"\tsubgraph m\d+\[" + text + r"\]", line):
        depth += 1
    else:
        assert line == "\tend", line
        depth -= 1
assert depth == 0 and drawn == edges(trace)
assert nodes == {id: shown(name) for id, name in names(trace).items()}, nodes
PYTHON
done

# Graphviz reads what is meant for it.
if command -v dot >/dev/null; then
	for trace in static hostile; do
		assert_exit 0 dot -Tjson "$trace.dot" -o "$trace.drawn"
		assert_err_is ''
		python3 - "$trace" <<'PYTHON' || fail "Graphviz of $trace.json"
import html, sys
from shown import *

trace, drawn = (load(sys.argv[1] + suffix) for suffix in (".json", ".drawn"))
objects = {o["_gvid"]: o for o in drawn["objects"]}
nodes = {int(o["name"][1:]): o for o in objects.values() if o["name"][0] == "f"}
unescape = lambda label: html.unescape(label).replace("\\\\", "\\")
assert {id: unescape(o["label"]) for id, o in nodes.items()} == {id: shown(n) for id, n in names(trace).items()}
assert len(objects) - len(nodes) == len({f["module"] for f in trace["functions"]})
ids = {o["_gvid"]: id for id, o in nodes.items()}
assert {(ids[e["tail"]], ids[e["head"]]) for e in drawn["edges"]} == edges(trace)
direct = {(c["caller"], c["callee"]) for c in trace["calls"] if c["via"] == "direct"}
for e in drawn["edges"]:
    assert (e.get("style") == "dashed") == ((ids[e["tail"]], ids[e["head"]]) not in direct)
PYTHON
		assert_exit 0 dot -Tsvg "$trace.dot" -o "$trace.svg"
		assert_err_is ''
		python3 -c 'import sys, xml.etree.ElementTree as xml; xml.parse(sys.argv[1])' "$trace.svg" ||
			fail 'the picture is no XML'
	done
else
	echo 'Graphviz is not installed: nothing is drawn'
fi

# A part of it: the ends, how far, modules, how sure; options may come again.
# nodes ARGS...: the names of the functions, sorted, on one line.
nodes() {
	assert_exit 0 "$PCARCH" export --format metacg "$@"
	printf '%s\n' "$out" >part.json
	json part.json 'sorted(d["_CG"])' | tr '\n' ' '
}
assert_equal "$(nodes --from open_any)" 'open_any src/disk:open_it src/net:open_it ' '--from'
assert_equal "$(nodes --from open_any --from fire --defined)" \
	'fire on_hup on_int open_any src/disk:open_it src/net:open_it ' '--from, twice'
assert_equal "$(nodes --to src/net:open_it)" 'main open_any src/net:open_it ' '--to'
assert_equal "$(nodes --from main --to net.c:4)" 'main open_any src/net:open_it ' '--from and --to'
assert_equal "$(nodes --from main --depth 1)" 'by_name fire main open_any qsort ' '--depth'
assert_equal "$(nodes --from main --depth 1 --defined)" 'by_name fire main open_any ' '--defined'
assert_equal "$(nodes --module src/event)" 'fire on_hup on_int ' '--module'
assert_equal "$(nodes --module event.c --depth 1)" 'fire main on_hup on_int ' '--module --depth'
assert_equal "$(nodes --module disk --module net)" 'src/disk:open_it src/net:open_it ' '--module, twice'
assert_equal "$(nodes --from fire --min-confidence 0.5)" 'fire on_int ' '--min-confidence'
assert_equal "$(nodes --from fire --min-confidence=.31)" 'fire on_int ' '--min-confidence'

# What a limit leaves out is said, in the file and beside it.
said='5 of 9 functions, the farthest from the entry points, and 5 of 8 edges are left out'
for format in dot graphml mermaid metacg metacg4; do
	assert_exit 0 "$PCARCH" export --format "$format" --max-nodes 4
	assert_err_is "pcarch export: $said; --max-nodes=0 writes all"
	assert_out "$said"
	assert_exit 0 "$PCARCH" export --format "$format" --max-nodes 0
	assert_err_is ''
	assert_lacks "$out" 'left out'
done
python3 - <<'PYTHON' || fail 'no large.json'
import json

with open("static.json", encoding="utf-8") as stream:
    trace = json.load(stream)
last = trace["functions"][-1]
for i in range(9, 400):
    trace["functions"].append(dict(last, id=i, function="f%d" % i))
    trace["calls"] += [dict(site=None, caller=8, callee=i, via="direct", confidence=1),
                       dict(site=None, caller=i, callee=8, via="direct", confidence=1)]
trace["summary"]["function_count"] = 400
trace["summary"]["call_count"] = len(trace["calls"])
with open("large.json", "w", encoding="utf-8") as stream:
    json.dump(trace, stream)
PYTHON
assert_exit 0 "$PCARCH" export large.json
assert_err '200 of 400 functions, the farthest from the entry points'
assert_exit 0 "$PCARCH" export large.json --format mermaid
assert_err '300 of 400 functions'
assert_exit 0 "$PCARCH" export large.json --format mermaid --max-nodes 0
assert_err "pcarch export: Mermaid draws 790 edges only where its 'maxEdges' is set higher than 500"
assert_exit 0 "$PCARCH" export large.json --format graphml
assert_err_is ''

# No way: one sentence, exit 1, and nothing written.
echo old >kept
assert_exit 1 "$PCARCH" export --from open_any --to main -o kept
assert_err_is "pcarch export: nothing is written: no known calls lead from 'open_any' to 'main'"
assert_equal "$(cat kept)" old 'the old file'
assert_exit 1 "$PCARCH" export --from main --to src/net:open_it --depth 1
assert_err_is "pcarch export: nothing is written: no known calls lead from 'main' to 'src/net:open_it' in at most 1 call"
assert_exit 1 "$PCARCH" export --from fire --module ops
assert_err_is "pcarch export: nothing is written: 'fire' reaches no function of 'ops'"

# What cannot be meant.
assert_exit 2 "$PCARCH" export --from open_it
assert_err "'open_it' may be any of 2 functions; say which:"
assert_err 'src/net:open_it'
assert_exit 2 "$PCARCH" export --to mian
assert_err "pcarch export: error: 'static.json' has no function 'mian'; did you mean 'main'?"
assert_exit 2 "$PCARCH" export --module evnt
assert_err "has no module 'evnt'; did you mean 'event'?"
assert_exit 2 "$PCARCH" export --depth 2
assert_err "'--depth' needs something to count from: --from, --to or --module"
for ratio in 1.5 x 0,5 -1 1e-3 ''; do
	assert_exit 2 "$PCARCH" export "--min-confidence=$ratio"
	assert_err "option '--min-confidence' takes a number from 0 to 1, not '$ratio'"
done
assert_exit 2 "$PCARCH" export --format svg
assert_err "option '--format' takes dot, graphml, mermaid, metacg, metacg4, otlp, chrome or folded, not 'svg'"
assert_exit 2 "$PCARCH" export a.json b.json
assert_err "one file at a time, not also 'b.json'"
assert_exit 2 "$PCARCH" export missing.json
assert_err "cannot open 'missing.json': No such file"
assert_exit 2 "$PCARCH" export -o no/such/dir
assert_err "cannot create 'no/such/dir'"
if [ -c /dev/full ]; then
	"$PCARCH" export >/dev/full 2>err && fail 'a full disk is no error'
	assert_contains "$(cat err)" 'No space left on device' 'stderr'
fi
mkdir empty && cd empty && mv ../static.json ../elsewhere.json || exit 1
assert_exit 2 "$PCARCH" export
assert_err "make it with 'pcarch scan', or name one with 'pcarch export FILE'"
