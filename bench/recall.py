"""Direct calls that gcc -fcallgraph-info lists and pcarch scan does not, each with its cause.

Both read the same units with the same flags at -O0 (an optimiser moves and removes calls). gcc writes one
VCG graph a unit; every edge of it must stand in static.json, or differ for a cause that is known:

  implicit   the compiler made the call (a copied struct is a memcpy); no call stands in the source there
  builtin    the source calls NAME, and gcc is known to call another function for it (printf -> puts)
  missing    none of these: a call that the scan did not see
"""
import argparse
import collections
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

from lib.cost import run
from lib.presumed import Presumed
from lib.program import ROOT, find_corpora, open_programs
from lib.static_graph import find_root
from lib.table import Table

NODE = re.compile(r'^node: \{ title: "([^"]*)" label: "([^"]*)"', re.M)
EDGE = re.compile(r'^edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)"(?: label: "([^"]*)")?', re.M)

# What gcc calls, and what may stand in the source instead.
PRINTS = {"printf", "vprintf", "printf_unlocked"}
FPRINTS = {"fprintf", "vfprintf", "fputs", "fputs_unlocked"}
SOURCES = {
    "puts": PRINTS,
    "putchar": PRINTS,
    "fwrite": FPRINTS,
    "fputc": FPRINTS,
    "fputs": FPRINTS,
    "strlen": {"strchr", "sprintf", "snprintf", "strcpy", "strcat"},
    "memcpy": {"strcpy", "strncpy", "strcat", "sprintf", "mempcpy", "stpcpy"},
    "strchr": {"strstr", "index", "strpbrk", "strrchr"},
}
# What gcc calls where the source has no call: copied structs, cleared arrays, wide arithmetic.
OWN_ACCORD = re.compile(r"mem(cpy|set|move|cmp)|abort|__[a-z]+[dst]i[234]")

# `caller` is (file, name), `names` what the callee may be called, `place` (file, line) of the call.
Edge = collections.namedtuple("Edge", "unit caller names place is_builtin")


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench recall", description=__doc__.split("\n", 1)[0])
    parser.add_argument("programs", nargs="*", help="trees to compare on (default: tmux redis)")
    parser.add_argument("--corpora", metavar="DIR", help="directory of the trees (default: $PCARCH_CORPORA, corpora/)")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count(), metavar="N", help="processes (default: cores)")
    parser.add_argument("--pcarch", default=f"{ROOT}/build/pcarch", metavar="FILE", help="the program to compare")
    parser.add_argument("--all", action="store_true", help="list every difference, not only those without a cause")
    parser.add_argument("--keep", metavar="DIR", help="leave the graphs and static.json there")
    return parser.parse_args()


def plain_arguments(arguments):
    """-O0, and nothing that changes which functions are called or writes files."""
    dropped = ("-O", "-g", "-flto", "-fcallgraph-info", "-save-temps", "-fprofile", "--coverage")
    return [a for a in arguments if not a.startswith(dropped)] + ["-O0", "-U_FORTIFY_SOURCE"]


def make_graph(directory, number, unit):
    """Compile one unit; the path of its graph, or what gcc said."""
    arguments, cwd, source = unit
    stem = f"{directory}/{number}"
    argv = ["gcc", *plain_arguments(arguments), "-w", "-fcallgraph-info", "-c", source, "-o", f"{stem}.o"]
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0 or not os.path.exists(f"{stem}.ci"):
        return None, f"{source}: {done.stderr.strip().splitlines()[:1]}"
    os.unlink(f"{stem}.o")
    return f"{stem}.ci", None


def source_name(title, label):
    """How the source names a function: the label's first line; without one the title's last part."""
    name = label.split("\\n")[0] or title.rpartition(":")[2]
    return re.sub(r"\.(?:(?:constprop|part|isra|cold)\.\d+|localalias(?:\.\d+)?)$", "", name)


def read_place(text, directory):
    """(file, line) of gcc's "FILE:LINE:COLUMN"."""
    at = re.fullmatch(r"(.*):(\d+):(\d+)", text)
    return (os.path.realpath(os.path.join(directory, at[1])), int(at[2])) if at else (None, 0)


def read_graph(path, unit):
    """The direct edges of one VCG file."""
    with open(path, encoding="utf-8", errors="replace") as stream:
        text = stream.read()
    nodes = dict(NODE.findall(text))
    for source, target, place in EDGE.findall(text):
        if target == "__indirect_call":
            continue
        label = nodes.get(target, "")
        name = source_name(target, label)
        # The assembler's name stands after '*' where the source renames it: asm("__isoc99_sscanf").
        names = {name, name.removeprefix("__builtin_"), target.rpartition(":")[2].lstrip("*")}
        made_in = nodes.get(source, "")
        caller = read_place(made_in.rpartition("\\n")[2], unit[1])[0], source_name(source, made_in)
        yield Edge(unit[2], caller, frozenset(names), read_place(place, unit[1]), "<built-in>" in label)


class Known:
    """What static.json says of calls."""

    def __init__(self, path, root):
        presumed = Presumed()
        with open(path, encoding="utf-8") as stream:
            static = json.load(stream)
        functions = {f["id"]: f for f in static["functions"]}
        sites = {s["id"]: s for s in static["call_sites"]}
        self.pairs, self.lines = set(), collections.defaultdict(set)
        for call in static["calls"]:
            caller, callee = functions[call["caller"]], functions[call["callee"]]
            file = os.path.realpath(os.path.join(root, caller["file"]))
            self.pairs.add((presumed.place(file, caller["line"])[0], caller["function"], callee["function"]))
            site = sites[call["site"]]
            place = os.path.realpath(os.path.join(root, site["file"])), site["line"]
            self.lines[presumed.place(*place)].add(callee["function"])

    def cause(self, edge):
        """None: the edge is known. Otherwise why it is not, "missing" when nothing explains it."""
        if any((*edge.caller, name) in self.pairs for name in edge.names):
            return None
        here = {name.removeprefix("__builtin_") for name in self.lines.get(edge.place, ())}
        if here & edge.names:
            return None
        if any(here & SOURCES.get(name, set()) for name in edge.names):
            return "builtin"
        return "implicit" if edge.is_builtin and any(OWN_ACCORD.fullmatch(n) for n in edge.names) else "missing"


def scan_plain(arguments, program, directory):
    """Scan the units as gcc compiled them; the path of static.json."""
    rows = []
    for flags, cwd, source in program.units():
        rows.append({"directory": cwd, "file": source, "arguments": ["gcc", *plain_arguments(flags), "-c", source]})
    os.makedirs(f"{directory}/database")
    with open(f"{directory}/database/compile_commands.json", "w", encoding="utf-8") as stream:
        json.dump(rows, stream)
    output = f"{directory}/static.json"
    argv = [os.path.abspath(arguments.pcarch), "scan", "-p", f"{directory}/database", "-o", output]
    environment = {**os.environ, "PCARCH_CACHE_DIR": f"{directory}/cache"}
    _, status, err = run([*argv, "-j", str(arguments.jobs)], cwd=program.tree, env=environment)
    if status not in (0, 3):
        sys.exit(f"bench: error: exit {status} from: {' '.join(argv)}\n{err}")
    return output


def compare(arguments, table, program, directory):
    os.makedirs(directory, exist_ok=True)
    units = program.units()
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        graphs = list(pool.map(lambda pair: make_graph(directory, *pair), enumerate(units)))
    output = scan_plain(arguments, program, directory)
    known = Known(output, find_root(output, program))
    causes, different = collections.Counter(), []
    for unit, (graph, _) in zip(units, graphs):
        for edge in set(read_graph(graph, unit)) if graph else ():
            cause = known.cause(edge)
            causes[cause or "known"] += 1
            if cause:
                different.append((cause, edge))
    for cause, edge in sorted(different, key=lambda d: (d[0], d[1].unit, d[1].place[1], sorted(d[1].names))):
        if arguments.all or cause == "missing":
            print(f"{cause:8}  {edge.unit}:{edge.place[1]}: {edge.caller[1]} -> {'/'.join(sorted(edge.names))}")
    add_rows(table, program.name, causes, [error for _, error in graphs if error])


def add_rows(table, name, causes, errors):
    for error in errors:
        print(f"gcc failed: {error}", file=sys.stderr)
    table.add(name, "units that gcc did not compile", len(errors), "0", not errors)
    table.add(name, "direct edges of gcc", sum(causes.values()), "> 0", sum(causes.values()) > 0)
    for cause in ("implicit", "builtin"):
        table.add(name, f"explained: {cause}", causes[cause])
    found = causes["known"] / ((causes["known"] + causes["missing"]) or 1)
    table.add(name, "recall of the others", f"{100 * found:.3f} %", "100 %", causes["missing"] == 0)


def main():
    arguments = parse_arguments()
    programs = open_programs(
        find_corpora(arguments.corpora), arguments.programs or ["tmux", "redis"], bool(arguments.programs)
    )
    table = Table()
    with tempfile.TemporaryDirectory(prefix="pcarch-recall.") as temporary:
        for program in programs:
            compare(arguments, table, program, os.path.join(os.path.abspath(arguments.keep or temporary), program.name))
    table.show()
    return 0 if table.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
