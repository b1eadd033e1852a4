"""What pcarch diff costs: reading a long recording beside cJSON on the same bytes, and git's diff with its HTML report beside a cold scan.

(a) A synthetic dynamic.json of --spans spans (5 million: 1.8 GB): the reader of pcarch diff, and cJSON one element
at a time. cJSON at once needs six times the file, so that is measured on a file of --whole-spans.
(b) git, built once with pcarch build and recorded with part of its own tests; both are kept in --work.
Ratios are of CPU time, of runs in turns; the file cache is warm for all.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from lib.cost import median, run
from lib.program import ROOT, find_corpora, open_programs
from lib.scanner import Scanner
from lib.session import BUILDS
from lib.table import Table

READER = f"{ROOT}/build/bench_run_reader"
AS_ELEMENTS, AS_WHOLE = 0.8, 1.3  # of cJSON's speed, at least
READER_KIB = 128 * 1024
OF_SCAN, REPORT_BYTES = 0.03, 5_000_000
TARGETS = ["bench_run_reader", "pcarch-recorder", "pcarch-audit"]


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench diff", description=__doc__.split("\n", 1)[0])
    add = parser.add_argument
    add("--spans", type=int, default=5_000_000, metavar="N", help="spans of the long recording (default 5000000)")
    add("--whole-spans", type=int, default=1_000_000, metavar="N", help="spans of what cJSON reads at once (default 1000000)")
    add("--rounds", type=int, default=3, metavar="N", help="rounds, medians are taken (default 3)")
    add("--no-git", action="store_true", help="only the synthetic recordings")
    add("--only-git", action="store_true", help="only git")
    add("--corpora", metavar="DIR", help="directory of the trees (default: $PCARCH_CORPORA, corpora/)")
    add("--work", metavar="DIR", default=f"{ROOT}/build/diff-bench", help="keeps git and its recording (default: build/diff-bench)")
    add("--tests", default="t0001-*.sh t3200-*.sh t7600-*.sh", metavar="PATTERNS", help="git's tests that are recorded")
    add("-j", "--jobs", type=int, default=os.cpu_count(), metavar="N", help="processes (default: cores)")
    add("--pcarch", default=f"{ROOT}/build/pcarch", metavar="FILE", help="the program to measure")
    return parser.parse_args()


def ask_reader(reader, path):
    """CPU seconds, bytes, peak KiB."""
    done = subprocess.run([READER, reader, path], stdout=subprocess.PIPE, text=True, check=True)
    seconds, size, peak = done.stdout.split()
    return float(seconds), int(size), int(peak)


def compare_readers(rounds, spans, peer, directory):
    path = f"{directory}/run.json"
    subprocess.run([READER, "make", path, str(spans)], check=True)
    costs = {"comparison": [], peer: []}
    for number in range(rounds):
        print(f"bench: {spans} spans: round {number + 1} of {rounds}", file=sys.stderr)
        for reader, found in costs.items():
            found.append(ask_reader(reader, path))
    os.unlink(path)
    return costs


def middle(costs):
    return sorted(cost[0] for cost in costs)[len(costs) // 2]


def bench_reading(table, arguments, directory):
    for spans, peer, least in ((arguments.spans, "elements", AS_ELEMENTS), (arguments.whole_spans, "whole", AS_WHOLE)):
        name = f"{spans / 1e6:.1f} M spans"
        costs = compare_readers(arguments.rounds, spans, peer, directory)
        size = costs["comparison"][0][1]
        ours, theirs = middle(costs["comparison"]), middle(costs[peer])
        table.add(name, "file, MB", f"{size / 1e6:.0f}")
        table.add(name, "read for a comparison, MB/s", f"{size / 1e6 / ours:.0f}")
        table.add(name, f"cJSON, {peer}, MB/s", f"{size / 1e6 / theirs:.0f}")
        table.add(name, f"speed / cJSON's, {peer}", f"{theirs / ours:.2f}", f">= {least}", theirs / ours >= least)
        table.add_most(name, "peak memory, KiB", max(cost[2] for cost in costs["comparison"]), READER_KIB, "{:.0f}")


def step(name, argv, **options):
    print(f"bench: git: {name}", file=sys.stderr)
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"bench: error: exit {done.returncode} from {argv}\n{done.stdout.decode(errors='replace')[-2000:]}")


def record_git(arguments, program, work):
    """The tree that can be traced, its static.json and a recording; made once."""
    tree, scan, recording = f"{work}/git", f"{work}/static.json", f"{work}/run.json"
    if not os.path.exists(recording):
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)
        shutil.copytree(program.tree, tree, symlinks=True)
        build = BUILDS["git"].format(jobs=arguments.jobs)
        step("build", ["nice", arguments.pcarch, "build", "--fresh", "--", "sh", "-c", build], cwd=tree)
        step("scan", ["nice", arguments.pcarch, "scan", "-q", "-p", tree, "-o", scan], cwd=tree)
        step("record", ["nice", arguments.pcarch, "trace", "-q", "--static", scan, "-o", recording, "--", "bash",
                        f"{ROOT}/bench/observe/git.sh"], cwd=tree, env={**os.environ, "TESTS": arguments.tests})
    return tree, scan, recording


def bench_git(table, arguments, directory):
    program = open_programs(find_corpora(arguments.corpora), ["git"], True)[0]
    tree, scan, recording = record_git(arguments, program, arguments.work)
    scanner, report = Scanner(arguments, directory), f"{directory}/report.html"
    costs = {"scan": [], "html": [], "text": []}
    for number in range(arguments.rounds):
        print(f"bench: git: round {number + 1} of {arguments.rounds}", file=sys.stderr)
        cache = scanner.cache()
        costs["scan"].append(scanner.scan(program, cache)[0])
        shutil.rmtree(cache, ignore_errors=True)
        for form in ("html", "text"):
            argv = [arguments.pcarch, "diff", "-q", "--fail-on", "none", "--root", tree, "--format", f"{form}={report}", scan, recording]
            cost, status, err = run(argv)
            if status not in (0, 3):
                sys.exit(f"bench: error: exit {status} from: {' '.join(argv)}\n{err}")
            costs[form].append(cost)
            size = os.path.getsize(report) if form == "html" else size
    cold, html, text = (median(costs[name]) for name in ("scan", "html", "text"))
    table.add("git", "cold scan, CPU s", f"{cold:.2f}")
    table.add("git", "diff with HTML, CPU s", f"{html:.2f}")
    table.add("git", "the HTML report alone, CPU s", f"{html - text:.2f}")
    table.add_most("git", "diff with HTML / cold scan", html / cold, OF_SCAN)
    table.add_most("git", "the HTML report, bytes", size, REPORT_BYTES, "{:.0f}")
    table.add("git", "peak memory of diff with HTML, KiB", max(cost.peak_kib for cost in costs["html"]))


def main():
    arguments, table = parse_arguments(), Table()
    subprocess.run(["ninja", "-C", f"{ROOT}/build", *TARGETS], stdout=subprocess.DEVNULL, check=True)
    with tempfile.TemporaryDirectory(prefix="pcarch-bench.") as directory:
        if not arguments.only_git:
            bench_reading(table, arguments, directory)
        if not arguments.no_git:
            bench_git(table, arguments, directory)
    table.show()
    sys.exit(not table.is_good)


if __name__ == "__main__":
    main()
