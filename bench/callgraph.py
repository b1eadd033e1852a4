"""The call graph of pcarch scan against calls that ran: recall, certificates, targets of indirect calls, and the cost.

Each program is scanned cold. What ran comes from its own tests, or a script, under a compiler that records every call
(bench/observe); it is kept in a work directory, so that only the first run takes minutes. Every call that ran and is
not in the graph is listed with its cause: a miss at a site that is certified closed is a bug in the scan.
"""
import argparse
import collections
import math
import os
import sys
import tempfile

from lib.growth import add_growth, measure
from lib.matching import FOUND, MISSED_CLOSED, MISSED_OPEN, NO_SITE, Matching
from lib.program import ROOT, find_corpora, open_programs
from lib.scanner import Scanner
from lib.session import Session
from lib.static_graph import FALLBACKS, Graph, targets
from lib.table import Table

# Of indirect sites: the mean of targets where there are any, and how many sites have none.
LIMITS = {"curl": (1.6, 40), "git": (4.7, 41), "tmux": (9.5, 0), "redis": (6.0, 71)}
CLOSED = {"curl": 0.70}
RECALL = 0.985
NAMES = ["tmux", "redis", "git", "curl"]


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench callgraph", description=__doc__.split("\n", 1)[0])
    add = parser.add_argument
    work = os.environ.get("PCARCH_OBSERVE", f"{ROOT}/build/observe")
    add("programs", nargs="*", help=f"trees to compare on (default: {' '.join(NAMES)})")
    add("--corpora", metavar="DIR", help="directory of the trees (default: $PCARCH_CORPORA, corpora/)")
    add("--work", metavar="DIR", default=work, help="keeps what ran (default: $PCARCH_OBSERVE, build/observe)")
    add("--again", action="store_true", help="drive the programs again")
    add("--tests", metavar="PATTERN", help="drive one program again, through these of its tests")
    add("--all", action="store_true", help="list every miss, and what foreign code calls")
    add("--no-growth", action="store_true", help="leave out how the cost grows with the program")
    add("--rounds", type=int, default=3, metavar="N", help="rounds of the cost, medians are taken (default 3)")
    add("-j", "--jobs", type=int, default=os.cpu_count(), metavar="N", help="processes (default: cores)")
    add("--pcarch", default=f"{ROOT}/build/pcarch", metavar="FILE", help="the program to measure")
    arguments = parser.parse_args()
    if unknown := set(arguments.programs) - set(NAMES):
        parser.error(f"no session drives {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    if arguments.tests and len(arguments.programs) != 1:
        parser.error("--tests needs the name of one program, whose tests they are")
    return arguments


def add_sites(table, name, graph):
    """What is known of indirect sites without running anything."""
    sites = graph.indirect()
    flow = [len({c["callee"] for c in graph.flow_calls(site)}) for site in sites]
    every = [len({c["callee"] for c in graph.calls_at[site["id"]]}) for site in sites]
    (mean, median), none = targets(flow)
    most, most_none = LIMITS.get(name, (None, None))
    table.add(name, "indirect sites", len(sites))
    limit = limit_most(mean or math.inf, most, "{:.1f}")
    table.add(name, "targets by flow, mean of sites with any", f"{mean:.2f}", *limit)
    table.add(name, "targets by flow, median", f"{median:g}")
    table.add(name, "sites without targets by flow", none, *limit_most(none, most_none, "{}"))
    (mean, _), none = targets(every)
    table.add(name, "with fallbacks: targets, sites without", f"{mean:.2f}, {none}")
    same = list(graph.same_signature().values())
    (mean, median), none = targets(same)
    table.add(name, "by signature alone: targets, median, without", f"{mean:.2f}, {median:g}, {none}")
    closed = sum(site["state"] == "closed" for site in sites) / (len(sites) or 1)
    least = CLOSED.get(name)
    limit = (f">= {100 * least:.0f} %", closed >= least) if least else ()
    table.add(name, "closed sites", f"{100 * closed:.1f} %", *limit)
    kinds = collections.Counter(c["via"] for site in sites for c in graph.calls_at[site["id"]])
    table.add(name, "calls at them", ", ".join(f"{via} {n}" for via, n in sorted(kinds.items())) or "none")


def limit_most(value, most, form):
    return ("", None) if most is None else ("<= " + form.format(most), value <= most)


def is_indirect(graph, match):
    return match.site is not None and graph.sites[match.site]["kind"] == "indirect"


def share(part, whole):
    return f"{100 * part / whole:.2f} % of {whole}" if whole else "none ran"


def add_recall(table, name, graph, matching):
    """How much of what ran the graph knows."""
    outcomes = collections.Counter(m.outcome for m in matching.matches)
    indirect = [m for m in matching.matches if is_indirect(graph, m)]
    direct = len(matching.matches) - len(indirect)
    causes = matching.foreign_causes()
    foreign, unknown = len(matching.foreign), len(causes.get("not known", ()))
    every, found = len(matching.matches) + foreign, outcomes[FOUND] + foreign - unknown
    least = f">= {100 * RECALL} %"
    table.add(name, "recall of all calls that ran", share(found, every), least, found >= RECALL * every)
    table.add(name, "  direct", share(direct - outcomes[NO_SITE], direct), "100 %", outcomes[NO_SITE] == 0)
    hits = [m for m in indirect if m.outcome == FOUND]
    table.add(name, "  indirect", share(len(hits), len(indirect)))
    flow = sum(m.call["via"] not in FALLBACKS for m in hits)
    table.add(name, "  indirect, by flow alone", share(flow, len(indirect)))
    table.add(name, "  by foreign code", share(foreign - unknown, foreign))
    table.add(name, "misses at closed sites", outcomes[MISSED_CLOSED], "0", outcomes[MISSED_CLOSED] == 0)
    table.add(name, "misses at open sites", outcomes[MISSED_OPEN])
    seen, seeded = matching.seeded()
    table.add(name, "of misses made on purpose, seen", share(seen, seeded), ">= 99 %", seen >= 0.99 * seeded)
    table.add(name, "left out: of code that is not scanned", matching.unscanned)
    table.add(name, "closed sites that called other programs' code", len(matching.user_sites))


def show_misses(name, graph, matching, show_all):
    by_reason = collections.defaultdict(list)
    for match in matching.matches:
        if match.outcome in (MISSED_CLOSED, NO_SITE):
            print(f"{name}: {match.outcome}: {edge_text(match.edge)}")
        elif match.outcome == MISSED_OPEN:
            for reason in graph.sites[match.site]["reasons"]:
                by_reason[reason].append(match)
    for reason, matches in sorted(by_reason.items(), key=lambda item: -len(item[1])):
        print(f"{name}: {len(matches)} missed at {len({m.site for m in matches})} open sites: {reason}")
        for match in matches if show_all else ():
            print(f"  {edge_text(match.edge)}")
    for cause, calls in sorted(matching.foreign_causes().items()):
        modules = collections.Counter(module for module, _ in calls)
        counts = ", ".join(f"{module} {n}" for module, n in sorted(modules.items()))
        print(f"{name}: {len(calls)} called by foreign code, {cause}: {counts}")
        for module, callee in calls if show_all or cause == "not known" else ():
            around = sorted({graph.functions[f]["function"] for f in matching.foreign[module, callee]})
            function = graph.functions[callee]
            place = f"{function['function']} ({function['file']}:{function['line']})"
            print(f"  {module} -> {place}, while in {', '.join(around[:4]) or 'none'}")


def edge_text(edge):
    site, callee = edge.site, edge.callee
    return f"{site.file}:{site.line}: {site.function} -> {callee.function} ({callee.file}:{callee.line})"


def show_calibration(name, graph, matching):
    """Of the calls that the graph has at indirect sites that ran, how many ran: is the confidence what it says?"""
    ran = collections.defaultdict(set)
    for match in matching.matches:
        if is_indirect(graph, match):
            ran[match.site].add(match.call["callee"] if match.call else None)
    counts = collections.defaultdict(lambda: [0, 0])
    for site, callees in ran.items():
        for call in graph.calls_at[site]:
            if graph.functions[call["callee"]]["type"] in ("public", "private"):
                count = counts[call["via"], call["confidence"]]
                count[0] += call["callee"] in callees
                count[1] += 1
    for (via, confidence), (some, every) in sorted(counts.items(), key=lambda item: (-item[0][1], item[0][0])):
        print(f"{name}: {via} {confidence:.2f}: {100 * some / every:5.1f} % of {every} ran, at sites that did")


def add_cost(table, name, cold, warm):
    table.add(name, "cold scan, CPU s", f"{cold:.2f}")
    # A scan of what is in the cache: looking at files, linking and solving, writing.
    table.add_most(name, "all but reading source / cold", warm / cold, 0.10)


def bench(table, arguments, program, scanner):
    observed = Session(program, arguments.work, arguments.jobs).observed(arguments.again, arguments.tests)
    cold, warm, output, size = measure(scanner, program, arguments.rounds)
    graph = Graph(output, program)
    matching = Matching(graph, observed)
    name = program.name
    show_misses(name, graph, matching, arguments.all)
    show_calibration(name, graph, matching)
    add_sites(table, name, graph)
    add_recall(table, name, graph, matching)
    add_cost(table, name, cold, warm)
    return name, size, warm


def main():
    arguments = parse_arguments()
    arguments.pcarch = os.path.abspath(arguments.pcarch)
    programs = open_programs(find_corpora(arguments.corpora), arguments.programs or NAMES, bool(arguments.programs))
    table = Table()
    with tempfile.TemporaryDirectory(prefix="pcarch-callgraph.") as directory:
        scanner = Scanner(arguments, directory)
        sizes = [bench(table, arguments, program, scanner) for program in programs]
        if not arguments.no_growth:
            add_growth(table, scanner, directory, sizes, arguments.rounds)
    table.show()
    return 0 if table.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
