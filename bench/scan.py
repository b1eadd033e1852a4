"""The cost of pcarch scan against clang -fsyntax-only, one process a unit, on real programs.

Both run in turns in the same run, with the same flags on the same units and the same -j; the figures are
medians of CPU time (user + system of the whole process tree). Besides: warm scans, scans after one edit,
peak memory, and whether the bytes of static.json depend on anything but the sources.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from lib.cost import median, run_all
from lib.program import ROOT, digest, find_corpora, open_programs
from lib.scanner import Scanner
from lib.table import Table

# Limits of CPU time as a ratio to clang's: cold, and cold without shared prefixes.
LIMITS = {"tmux": (0.40, 0.60), "redis": (0.45, 0.60), "git": (0.40, 0.85)}
OTHER = (0.45, 0.85)
WARM, EDITED = 0.03, 0.08
WORKER, LINKER_KIB = 1.5, 64 * 1024


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench scan", description=__doc__.split("\n", 1)[0])
    parser.add_argument("programs", nargs="*", help="trees to measure on (default: tmux redis git)")
    parser.add_argument("--corpora", metavar="DIR", help="directory of the trees (default: $PCARCH_CORPORA, corpora/)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds, medians are taken (default 3)")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count(), metavar="N", help="processes (default: cores)")
    parser.add_argument("--pcarch", default=f"{ROOT}/build/pcarch", metavar="FILE", help="the program to measure")
    parser.add_argument("--clang", default="clang-19", metavar="NAME", help="the peer (default clang-19)")
    parser.add_argument("--no-sameness", action="store_true", help="leave out the comparison of bytes")
    return parser.parse_args()


def peer_commands(clang, program, jobs):
    """clang's command lines; a flag that clang does not know is dropped, as libclang drops it."""
    commands = []
    for arguments, directory, source in program.units():
        commands.append(([clang, *arguments, "-w", "-fsyntax-only", source], directory))
    _, statuses = run_all(commands, jobs)
    for i, (argv, directory) in enumerate(commands):
        if statuses[i] == 0:
            continue
        err = subprocess.run(argv, cwd=directory, capture_output=True, text=True, check=False).stderr
        unknown = set(re.findall(r"error: (?:unknown|unsupported) (?:argument|option):? '([^']+)'", err))
        commands[i] = ([a for a in argv if a not in unknown], directory)
    return commands


def numbers(pattern, text):
    return [int(n) for n in re.findall(pattern, text)]


def measure_rounds(scanner, program, copy):
    """Everything that is measured N times, in turns, so that a noisy machine is noisy for all."""
    arguments = scanner.arguments
    commands = peer_commands(arguments.clang, program, arguments.jobs)
    edited, warm_cache = copy.middle_source(), scanner.cache()
    first = scanner.scan(copy, warm_cache)[1]
    costs = {name: [] for name in ("peer", "cold", "plain", "warm", "edited")}
    scans, talk = {"moved": first}, ""

    def cold():
        nonlocal talk
        cache = scanner.cache()
        cost, scans["cold"], err = scanner.scan(program, cache)
        talk += err
        costs["cold"].append(cost)
        warm, scans["warm"], _ = scanner.scan(program, cache)
        costs["warm"].append(warm)
        shutil.rmtree(cache, ignore_errors=True)

    def plain():
        cache = scanner.cache()
        cost, scans["plain"], _ = scanner.scan(program, cache, "--no-shared-prefixes")
        costs["plain"].append(cost)
        shutil.rmtree(cache, ignore_errors=True)

    def peer():
        costs["peer"].append(run_all(commands, arguments.jobs)[0])

    def edit():
        with open(edited, "a", encoding="utf-8") as stream:
            stream.write(f"\n/* edit {len(costs['edited'])} */\n")
        costs["edited"].append(scanner.scan(copy, warm_cache)[0])

    order = [peer, cold, plain, edit]
    for number in range(arguments.rounds):
        print(f"bench: {program.name}: round {number + 1} of {arguments.rounds}", file=sys.stderr)
        for measure in order:
            measure()
        order.append(order.pop(0))
    return costs, scans, talk


def add_costs(table, program, costs):
    name, peer = program.name, median(costs["peer"])
    limits = LIMITS.get(name, OTHER)
    cold = median(costs["cold"])
    table.add(name, "clang -fsyntax-only, CPU s", f"{peer:.2f}")
    table.add(name, "cold scan, CPU s", f"{cold:.2f}")
    table.add_most(name, "cold / clang", cold / peer, limits[0])
    table.add_most(name, "cold without shared prefixes / clang", median(costs["plain"]) / peer, limits[1])
    table.add_most(name, "warm / cold", median(costs["warm"]) / cold, WARM)
    table.add_most(name, "one source edited / cold", median(costs["edited"]) / cold, EDITED)


def add_memory(table, program, costs, talk):
    """Peaks are what `scan -v` says of itself: wait4 does not tell a worker from the linker."""
    name = program.name
    peer = max(cost.peak_kib for cost in costs["peer"])
    workers = numbers(r"worker peak memory: (\d+) KiB", talk)
    linkers = numbers(r"linker peak memory: (\d+) KiB", talk)
    facts = numbers(r"facts: (\d+) bytes", talk)
    if not workers or not linkers or not facts:
        table.add(name, "peak memory", "not printed", "scan -v", False)
        return
    table.add_most(name, "largest worker / largest clang", max(workers) / peer, WORKER)
    most = LINKER_KIB + 1.5 * max(facts) / 1024
    table.add_most(name, "linker's peak, MiB", max(linkers) / 1024, most / 1024, "{:.1f}")


def add_units(table, program, costs, output):
    with open(output, encoding="utf-8") as stream:
        summary = json.load(stream)["summary"]
    units, failed, peers = summary["unit_count"], summary["failed_unit_count"], len(program.units())
    table.add(program.name, "units scanned (clang)", f"{units} ({peers})", "the same", units == peers)
    value = f"{failed} ({costs['peer'][0].failed})"
    table.add(program.name, "units that failed (clang)", value, "no more", failed <= costs["peer"][0].failed)


def add_sameness(table, scanner, program, scans):
    """static.json depends on the sources and the flags, and on nothing else."""
    expected = digest(scans["cold"])
    for jobs in (1, 2, 8):
        cache = scanner.cache()
        scans[f"-j{jobs}"] = scanner.scan(program, cache, jobs=jobs)[1]
        if jobs == 8:
            scans["other cwd"] = scanner.scan(program, cache, cwd="/")[1]
        shutil.rmtree(cache, ignore_errors=True)
    # Without shared prefixes too: they are a way to be faster, not to know less.
    different = [name for name, path in scans.items() if digest(path) != expected]
    value = "differs: " + ", ".join(different) if different else f"{len(scans)} scans"
    table.add(program.name, "same bytes", value, "all", not different)


def bench(table, arguments, program):
    with tempfile.TemporaryDirectory(prefix="pcarch-bench.") as directory:
        scanner = Scanner(arguments, directory)
        copy = program.copy(f"{directory}/moved")
        costs, scans, talk = measure_rounds(scanner, program, copy)
        add_units(table, program, costs, scans["cold"])
        add_costs(table, program, costs)
        add_memory(table, program, costs, talk)
        if not arguments.no_sameness:
            add_sameness(table, scanner, program, scans)


def main():
    arguments = parse_arguments()
    arguments.pcarch = os.path.abspath(arguments.pcarch)
    if not shutil.which(arguments.clang):
        sys.exit(f"bench: error: the peer '{arguments.clang}' is not installed: apt-get install clang-19")
    programs = open_programs(
        find_corpora(arguments.corpora), arguments.programs or ["tmux", "redis", "git"], bool(arguments.programs)
    )
    table = Table()
    for program in programs:
        bench(table, arguments, program)
    table.show()
    return 0 if table.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
