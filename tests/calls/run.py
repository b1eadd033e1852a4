#!/usr/bin/env python3
"""Judge the call graph by small programs, one mechanism each: what is expected, what runs, what the graph says.

Usage: run.py [--no-scan] [--pcarch PROGRAM] [--keep DIR] [--programs DIR] [NAME...]

Each NAME.c, or directory NAME/ of several sources, is a program; expected.py says how its call sites
are annotated and how it is built. It is built with instrumentation and run, and scanned. Then
    the annotations must say what ran, no more and no less;
    the graph must have what is annotated, no more and no less, and the same certificates;
    the graph must have all that ran, but for what is called at a site that it calls open.
--no-scan compares the annotations with what ran, alone. Exit status 1 when something is not so.

Programs that the graph is known to get wrong are in the file known_failures, each with its reason; one
that is right by now, or whose annotations are wrong, fails all the same.
"""
import argparse
import collections
import concurrent.futures
import dataclasses
import os
import re
import shutil
import sys
import tempfile

import expected
import graph
import observed

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclasses.dataclass
class Result:
    name: str
    problems: list = dataclasses.field(default_factory=list)  # (kind, sentence)
    count: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    known: str = ""  # why the graph is known to be wrong
    missed: set = dataclasses.field(default_factory=set)  # annotated targets that were said to be missing

    def is_failure(self):
        if not self.known:
            return bool(self.problems)
        # Only what the graph says may be wrong, and something must be.
        return not self.problems or any(kind in ("ANNOTATION", "BROKEN") for kind, _ in self.problems)

    def say(self, kind, where, sentence):
        self.problems.append((kind, f"{where}: {sentence}"))
        self.count[kind] += 1


@dataclasses.dataclass
class Program:
    name: str
    directory: str  # a scratch copy of its sources
    units: dict  # file name -> expected.Build
    sites: dict  # (file name, line) -> expected.Site
    starts: set  # names of what is called from outside, though no line gives it to a library
    functions: set = dataclasses.field(default_factory=set)  # names of all that it defines


def names(functions):
    return ", ".join(sorted(map(str, functions))) or "nothing"


def where(place):
    return f"{place[0]}:{place[1]}"


def find(function, functions):
    return any(function.is_called(other) for other in functions)


def prepare(name, programs, scratch):
    source = os.path.join(programs, name)
    directory = os.path.join(scratch, name)
    shutil.rmtree(directory, ignore_errors=True)
    if os.path.isdir(source):
        shutil.copytree(source, directory)
    else:
        os.mkdir(directory)
        shutil.copy(source + ".c", directory)
    units, sites, starts = {}, {}, {"main"}
    for file in sorted(os.listdir(directory)):
        path = os.path.join(directory, file)
        if file.endswith(".c"):
            units[file] = expected.read_build(path)
            starts |= units[file].starts
        if file.endswith((".c", ".h")):
            sites.update({(file, line): site for line, site in expected.read_sites(path).items()})
    return Program(name, directory, units, sites, starts)


def judge_annotations(program, edges, result):
    """What ran against what is annotated."""
    ran = collections.defaultdict(set)
    from_library = {edge.callee for edge in edges if edge.is_foreign}
    handed = set()
    for edge in edges:
        if edge.site:
            ran[edge.site.file, edge.site.line].add(edge.callee)
    for place, site in program.sites.items():
        handed |= site.targets.keys()
        # What a library calls later (a thread, at the end) is not called from the line that asked for it.
        later = from_library if any(t.name not in program.functions for t in site.targets) else set()
        for function in ran[place]:
            if not find(function, site.targets):
                result.say("ANNOTATION", where(place), f"{function} runs, and is not annotated")
        for target, how in site.targets.items():
            is_run = find(target, ran[place])
            if how in ("not run", "may") and is_run:
                result.say("ANNOTATION", where(place), f"{target} runs, and is annotated ({how})")
            is_expected = how in ("", "run only") and target.name in program.functions
            if is_expected and not is_run and not find(target, later):
                result.say("ANNOTATION", where(place), f"{target} does not run, and is not annotated (not run)")
    for function in from_library:
        if not find(function, handed) and function.name not in program.starts:
            result.say("ANNOTATION", function.file,
                       f"{function.name} runs, called by a library, and no line is annotated to give it to one")


def judge_targets(site, place, found, result):
    """Targets of one annotated site against those in the graph."""
    is_open = found.is_open(place)
    callees = found.callees(place)
    missing = {t for t, how in site.targets.items() if how in ("", "not run") and not find(t, callees)}
    extra = {f for f in callees if not find(f, site.targets)}
    result.missed |= missing
    if missing and not is_open:
        result.say("FATAL", where(place), f"closed, without {names(missing)}; it has {names(callees)}")
    elif missing and site.state != "sound":
        result.say("MISSING", where(place), f"open, and without {names(missing)}; it has {names(callees)}")
    if extra and not site.may_have_more:
        result.say("EXTRA", where(place), f"{names(extra)}, besides {names(site.targets)}")


def judge_graph(program, found, result):
    """What the graph says of the annotated sites, and of those that should be."""
    for place, site in sorted(program.sites.items()):
        if place not in found.sites:
            result.say("FATAL", where(place), "the graph has no call site here")
            continue
        is_open = found.is_open(place)
        result.count["open" if is_open else "closed"] += 1
        judge_targets(site, place, found, result)
        if site.state == "closed" and is_open:
            result.say("STATE", where(place), f"open ({found.reasons(place)}), not closed")
        elif site.state == "open" and not is_open:
            result.say("STATE", where(place), "closed, not open")
        elif site.reason and site.reason not in found.reasons(place):
            result.say("REASON", where(place), f"'{found.reasons(place)}' does not contain '{site.reason}'")
    for place in sorted(found.indirect() - program.sites.keys()):
        result.say("ANNOTATION", where(place), "an indirect call without annotation")


def is_explained(program, found, edge):
    """Whether the graph has what a library called, or cannot have it: the line that gave it may be any."""
    if edge.callee in found.from_library | found.starts:
        return True
    return any(edge.callee.is_called(target) and (found.is_open(place) or how == "run only")
               for place, site in program.sites.items() for target, how in site.targets.items())


def is_unread(program, found, edge):
    """Whether the graph never saw the caller: it is in a unit that is kept from it, or partly unreadable."""
    file = edge.site.file if edge.site else edge.callee.file
    is_kept = file in program.units and not program.units[file].is_scanned
    return is_kept or bool(edge.site) and edge.site.function in found.partial


def judge_run(program, found, edges, result):
    """What ran against the graph."""
    for edge in edges:
        if is_unread(program, found, edge):
            continue
        place = (edge.site.file, edge.site.line) if edge.site else None
        result.count["ran"] += 1
        if place and (find(edge.callee, found.callees(place)) or (edge.site.function, edge.callee) in found.by_caller):
            result.count["ran, found"] += 1
        elif edge.is_foreign and is_explained(program, found, edge):
            result.count["ran, found"] += 1
        elif place and found.is_open(place) or find(edge.callee, result.missed):
            continue
        elif edge.is_foreign:
            result.say("FATAL", edge.callee.file, f"{edge.callee.name} runs, called by a library, unknown to the graph")
        else:
            result.say("FATAL", where(place), f"{edge.callee} runs, and the graph, closed here, has "
                       f"{names(found.callees(place))}")
    ran = collections.defaultdict(set)
    for edge in edges:
        if edge.site:
            ran[edge.site.file, edge.site.line].add(edge.callee)
    for place, site in program.sites.items():
        callees = found.callees(place)
        result.count["targets"] += len(callees)
        result.count["targets, right"] += sum(find(f, site.targets) or find(f, ran[place]) for f in callees)


def judge(name, options, scratch):
    result = Result(name, known=options.known.get(name, "") if options.scan else "")
    try:
        program = prepare(name, options.programs, scratch)
        result.count["sites"] = len(program.sites)
        observed.build(program.directory, program.units, os.path.join(scratch, "runtime.o"))
        program.functions = observed.functions(program.directory, program.units)
        edges = observed.edges(program.directory)
        judge_annotations(program, edges, result)
        if options.scan:
            found = graph.scan(options.pcarch, program.directory, program.units)
            judge_graph(program, found, result)
            judge_run(program, found, edges, result)
    except observed.Failure as failure:
        result.say("BROKEN", name, str(failure))
    return result


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


def print_result(result, options):
    count = result.count
    line = f"{result.name:28} {count['sites']:3} sites"
    if options.scan:
        line += (f" {count['closed']:3} closed {count['open']:3} open  ran {count['ran, found']:3} of {count['ran']:3}"
                 f"  precision {percent(count['targets, right'], count['targets']):>7}")
    print(line + ("  FAILED" if result.is_failure() else "  known to fail" if result.known else ""))
    if result.known and not result.problems:
        print(f"    FIXED      {result.name} is right now: remove its line from known_failures")
    for kind, sentence in result.problems:
        print(f"    {kind:10} {sentence}")


def print_table(results, options):
    count = sum((result.count for result in results), collections.Counter())
    rows = [("programs", len(results)), ("annotated call sites", count["sites"])]
    if options.scan:
        rows += [
            ("closed", count["closed"]), ("open", count["open"]),
            ("observed edges", count["ran"]),
            ("recall of them", percent(count["ran, found"], count["ran"])),
            ("precision at annotated sites", percent(count["targets, right"], count["targets"])),
            ("misses at closed sites", count["FATAL"]), ("misses at open sites", count["MISSING"]),
            ("targets too many", count["EXTRA"]), ("wrong certificates", count["STATE"] + count["REASON"]),
        ]
        rows += [("programs known to fail", sum(bool(result.known) for result in results))]
    rows += [("wrong annotations", count["ANNOTATION"]), ("broken programs", count["BROKEN"])]
    print()
    for label, value in rows:
        print(f"{label:30} {value:>8}")


def read_known(programs):
    """{name: reason} of the lines `NAME REASON` of known_failures; a line that begins with # is a comment."""
    path = os.path.join(programs, "known_failures")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as stream:
        rows = [line.split(None, 1) for line in stream if line.strip() and not line.startswith("#")]
    for row in rows:
        if len(row) != 2:
            raise SystemExit(f"{path}: '{row[0]}' has no reason: say why it fails, after its name")
    return dict(rows)


def all_names(programs):
    found = (re.sub(r"\.c$", "", name) for name in os.listdir(programs)
             if (name.endswith(".c") and name != "runtime.c") or os.path.isdir(os.path.join(programs, name)))
    return sorted(name for name in found if not name.startswith((".", "__")))


def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage=argparse.SUPPRESS, allow_abbrev=False)
    parser.add_argument("names", metavar="NAME", nargs="*")
    parser.add_argument("--no-scan", dest="scan", action="store_false")
    parser.add_argument("--pcarch", default=os.environ.get("PCARCH", os.path.join(HERE, "../../build/pcarch")))
    parser.add_argument("--programs", metavar="DIR", default=HERE, help="judge by those in DIR, not by these")
    parser.add_argument("--keep", metavar="DIR", help="leave programs, recordings and graphs there")
    options = parser.parse_args(arguments)
    known = all_names(options.programs)
    options.names = options.names or known
    options.known = read_known(options.programs)
    unknown = sorted((set(options.names) | options.known.keys()) - set(known))
    if unknown:
        parser.error(f"no program '{unknown[0]}' in {options.programs}")
    options.pcarch = os.path.abspath(options.pcarch)
    return options


def main():
    options = options_of(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="pcarch-calls.") as temporary:
        scratch = os.path.abspath(options.keep or temporary)
        os.makedirs(scratch, exist_ok=True)
        try:
            observed.call(HERE, ["gcc", *observed.CFLAGS, "-O2", "-c", "runtime.c",
                                 "-o", os.path.join(scratch, "runtime.o")])
        except observed.Failure as failure:
            raise SystemExit(f"runtime.c: {failure}") from None
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            results = list(pool.map(lambda name: judge(name, options, scratch), options.names))
    for result in results:
        print_result(result, options)
    print_table(results, options)
    return 1 if any(result.is_failure() for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
