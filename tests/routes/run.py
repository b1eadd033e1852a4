#!/usr/bin/env python3
"""Judge command routes by small programs, one way to dispatch each: what is true, what runs, what the scan says.

Usage: run.py [--no-scan] [--pcarch PROGRAM] [--keep DIR] [--programs DIR] [NAME...]

Each NAME.c, or directory NAME/ of several sources, is a program, and NAME.tsv has its true routes (README.md).
It is built, and each route is run: the handler of the .tsv must print its name. Then it is scanned:
    the routes must be those of the .tsv, no more and no less, with the same handlers.
--no-scan compares the .tsv with what runs, alone. Exit status 1 when something is not so.

Programs that are known to be read wrong are in the file known_failures, each with its reason; one that is
right by now, or whose .tsv is wrong, fails all the same.
"""
import argparse
import concurrent.futures
import dataclasses
import json
import os
import re
import sys
import tempfile

import programs
from truth import Comparison, Failure, Score, is_same, read_routes

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclasses.dataclass
class Result:
    name: str
    problems: list = dataclasses.field(default_factory=list)  # (kind, sentence)
    score: Score = dataclasses.field(default_factory=Score)
    known: str = ""  # why the scan is known to be wrong
    rows: int = 0
    is_run: bool = True

    def is_failure(self):
        if not self.known:
            return bool(self.problems)
        # Only what the scan says may be wrong, and something must be.
        return not self.problems or any(kind in ("TRUTH", "BROKEN") for kind, _ in self.problems)

    def say(self, kind, sentence):
        self.problems.append((kind, sentence))


def scan(pcarch, program):
    """The routes that the scan finds, as they stand in static.json."""
    rows = [{"directory": program.directory, "file": s.name,
             "arguments": ["gcc", *programs.CFLAGS, *s.flags, "-c", s.name]} for s in program.units()]
    with open(os.path.join(program.directory, "compile_commands.json"), "w", encoding="utf-8") as stream:
        json.dump(rows, stream, indent=1)
    done = programs.call(program.directory, [pcarch, "scan", "-q", "-j1", "--allow-partial", "-o", "static.json"],
                         env={**os.environ, "PCARCH_CACHE_DIR": os.path.join(program.directory, ".cache")})
    if done.returncode:
        raise Failure(f"exit status {done.returncode} of pcarch scan: {done.stderr.strip()[-1500:]}")
    with open(os.path.join(program.directory, "static.json"), encoding="utf-8") as stream:
        return read_routes(json.load(stream))


def names(functions):
    return ", ".join(f[0] for f in functions if f) or "nothing"


def judge_handlers(rows, routes, result):
    """The primary handler is one of the .tsv's, the others are there too, and nothing else is said to handle it."""
    primary = [route.handler for route in routes]
    others = [other for route in routes for other in route.others]
    said = rows[0].name()
    if not any(f and is_same(row, f) for row in rows for f in primary):
        result.say("HANDLER", f"'{said}' has {names(primary)}, not {' or '.join(row.handler for row in rows)}")
    for row in rows:
        if len(rows) > 1 and not any(f and is_same(row, f) for f in primary + others):
            result.say("HANDLER", f"'{said}' lacks {row.handler} among its handlers")
    for other in others:
        if other[2] == "handler" and not any(is_same(row, other) for row in rows):
            result.say("HANDLER", f"'{said}' has {other[0]} as another handler")


def judge_routes(program, routes, result):
    """What the scan says against the .tsv."""
    comparison = Comparison(program.truth, routes)
    unresolved = program.truth.header("unresolved")
    if unresolved and not any(route.is_unresolved() for route in routes):
        result.say("MISSED", f"that something is not resolved: {unresolved}")
    result.score = comparison.score
    for row in comparison.missed:
        result.say("MISSED", f"'{row.name()}' -> {row.handler}")
    for row in comparison.absent:
        result.say("MISSED", f"'{row.name()}', which has no handler of its own")
    for route in comparison.false:
        result.say("FALSE", f"'{' '.join(route.tokens)}' -> {names([route.handler])}")
    for key, rows in comparison.rows.items():
        found = comparison.routes.get(key, [])
        if not found or all(row.is_optional() for row in rows):
            continue
        if any(row.handler for row in rows):
            judge_handlers(rows, found, result)
        elif any(route.handler for route in found):
            result.say("HANDLER", f"'{rows[0].name()}' has {names(r.handler for r in found)}, and should have none")
        match = rows[0].match(program.truth.header("match"))
        if match and not any(route.is_default or route.match == match for route in found):
            result.say("MATCH", f"'{rows[0].name()}' is compared {found[0].match or 'somehow'}, not {match}")


def judge(name, options, scratch):
    result = Result(name, known=options.known.get(name, "") if options.scan else "")
    try:
        program = programs.prepare(name, options.programs, scratch)
        result.rows = len(program.truth.rows)
        result.is_run = not program.reason_not_to_run()
        if result.is_run:
            programs.build(program)
            for sentence in programs.judge_truth(program):
                result.say("TRUTH", sentence)
        if options.scan:
            judge_routes(program, scan(options.pcarch, program), result)
    except (Failure, OSError, ValueError) as failure:
        result.say("BROKEN", str(failure))
    return result


def percent(share):
    return f"{100 * share:.1f} %"


def print_result(result, options):
    line = f"{result.name:28} {result.rows:3} rows" + ("" if result.is_run else ", not run")
    if options.scan:
        score = result.score
        line += f"  true {score.true:3}  found {score.found:3}  right {score.right:3}  false {score.false:3}"
    print(line + ("  FAILED" if result.is_failure() else "  known to fail" if result.known else ""))
    if result.known and not result.problems:
        print(f"    FIXED    {result.name} is right now: remove its line from known_failures")
    for kind, sentence in result.problems:
        print(f"    {kind:8} {sentence}")


def print_table(results, options):
    score = Score()
    for result in results:
        score += result.score
    kinds = [kind for result in results for kind, _ in result.problems]
    rows = [("programs", len(results)), ("of them run", sum(r.is_run for r in results)),
            ("rows", sum(r.rows for r in results))]
    if options.scan:
        rows += [("true routes", score.true), ("found", score.found), ("right", score.right), ("false", score.false),
                 ("recall", percent(score.recall())), ("precision", percent(score.precision())),
                 ("nodes without handler missed", kinds.count("MISSED") - score.missed()),
                 ("wrong matching", kinds.count("MATCH")),
                 ("programs that are not right", sum(bool(r.problems) for r in results)),
                 ("programs known to fail", sum(bool(r.known) for r in results))]
    rows += [("wrong rows", kinds.count("TRUTH")), ("broken programs", kinds.count("BROKEN"))]
    print()
    for label, value in rows:
        print(f"{label:30} {value:>8}")


def read_known(directory):
    """{name: reason} of the lines `NAME REASON` of known_failures; a line that begins with # is a comment."""
    path = os.path.join(directory, "known_failures")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as stream:
        rows = [line.split(None, 1) for line in stream if line.strip() and not line.startswith("#")]
    for row in rows:
        if len(row) != 2:
            raise SystemExit(f"{path}: '{row[0]}' has no reason: say why it fails, after its name")
    return dict(rows)


def all_names(directory):
    return sorted(re.sub(r"\.tsv$", "", name) for name in os.listdir(directory) if name.endswith(".tsv"))


def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage=argparse.SUPPRESS, allow_abbrev=False)
    parser.add_argument("names", metavar="NAME", nargs="*")
    parser.add_argument("--no-scan", dest="scan", action="store_false")
    parser.add_argument("--pcarch", default=os.environ.get("PCARCH", os.path.join(HERE, "../../build/pcarch")))
    parser.add_argument("--programs", metavar="DIR", default=HERE, help="judge by those in DIR, not by these")
    parser.add_argument("--keep", metavar="DIR", help="leave programs and scans there")
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
    with tempfile.TemporaryDirectory(prefix="pcarch-routes.") as temporary:
        scratch = os.path.abspath(options.keep or temporary)
        os.makedirs(scratch, exist_ok=True)
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            results = list(pool.map(lambda name: judge(name, options, scratch), options.names))
    for result in results:
        print_result(result, options)
    print_table(results, options)
    return 1 if any(result.is_failure() for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
