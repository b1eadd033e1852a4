"""The command routes that pcarch scan finds, against the true ones of real programs: recall, precision, handlers.

bench/truth has the true routes of each program, and says how they were obtained. Each tree is scanned once; where it
is several programs, the routes of one of them are compared. With --against, an older pcarch scans the same trees in
turn: what routes add to the cost of a cold scan.
"""
import argparse
import collections
import json
import os
import shutil
import sys
import tempfile

from lib.cost import median
from lib.program import ROOT, find_corpora, open_programs
from lib.scanner import Scanner
from lib.table import Table

sys.path.insert(0, f"{ROOT}/tests/routes")
from truth import Comparison, Score, read_routes, read_truth  # noqa: E402

TRUTH = f"{ROOT}/bench/truth"
# The tree and the program in it, of what is not called like both of them; and where the mains of several programs
# are in files of one name, the program that was linked, to tell their units apart.
TREES = {
    "chronyc": ("chrony", "chronyc", "chronyc"),
    "chronyd": ("chrony", "chronyd", "chronyd"),
    "debugfs": ("e2fsprogs", "debugfs", "debugfs/debugfs"),
    "iproute2-ip": ("iproute2", "ip", None),
    "iproute2-rdma": ("iproute2", "rdma", None),
    "jimtcl": ("jimtcl", "jimsh", None),
    "redis": ("redis", "redis-server", None),
    "redis-cli": ("redis", "redis-cli", None),
    "wpa_cli": ("wpa", "wpa_cli", None),
    "xfs_io": ("xfsprogs", "xfs_io", "io/xfs_io"),
}
LEAST = 0.98
GROWTH = 1.05  # of the CPU time of a cold scan
HEADER = ("program", "true", "found", "missed", "false", "precision", "recall", "handler right")


def parse_arguments(known):
    parser = argparse.ArgumentParser(prog="scripts/bench routes", description=__doc__.split("\n", 1)[0])
    add = parser.add_argument
    add("programs", nargs="*", metavar="PROGRAM", help=f"of {', '.join(known)} (default: those whose trees are there)")
    add("--corpora", metavar="DIR", help="directory of the trees (default: $PCARCH_CORPORA, corpora/)")
    add("--all", action="store_true", help="list every route that is missed, false or has a wrong handler")
    add("--against", metavar="FILE", help="a pcarch without routes, to compare the CPU time of a cold scan with")
    add("--rounds", type=int, default=5, metavar="N", help="rounds of the cost, medians are taken (default 5)")
    add("-j", "--jobs", type=int, default=os.cpu_count(), metavar="N", help="processes (default: cores)")
    add("--pcarch", default=f"{ROOT}/build/pcarch", metavar="FILE", help="the program to measure")
    arguments = parser.parse_args()
    if unknown := set(arguments.programs) - set(known):
        parser.error(f"no true routes of {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return arguments


def tree_of(name):
    return TREES.get(name, (name, name, None))


def compare(name, document):
    """With the routes of what was linked, or of that program of the tree; where none has its name, of the best one.

    A scan that does not know what was linked may call a program after a file.
    """
    truth, routes = read_truth(f"{TRUTH}/{name}.tsv"), read_routes(document)
    _, wanted, binary = tree_of(name)
    if binary:
        return Comparison(truth, routes, with_bodies=False)
    known = {row.tokens for row in truth.rows}
    hits = collections.Counter(route.program for route in routes if route.tokens in known)
    said = {route.program for route in routes}
    program = wanted if wanted in said else max(sorted(hits), key=hits.get, default=wanted)
    return Comparison(truth, routes, [program], with_bodies=False)


def percent(share):
    return f"{100 * share:.1f} %"


def row_of(name, score):
    handlers = score.right / score.found if score.found else 1.0
    is_good = min(score.recall(), score.precision(), handlers) >= LEAST
    numbers = (score.true, score.found, score.missed(), score.false)
    return (name, *map(str, numbers), percent(score.precision()), percent(score.recall()), percent(handlers),
            "ok" if is_good else "NO")


def show_rows(rows):
    rows = [(*HEADER, ""), *rows]
    width = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join([f"{row[0]:{width[0]}}", *(f"{row[i]:>{width[i]}}" for i in range(1, len(row)))]).rstrip())


def show_differences(name, comparison):
    for row in comparison.missed:
        print(f"{name}: missed: {row.name()} -> {row.handler} ({row.file})")
    for rows, routes in comparison.wrong:
        handlers = " or ".join(sorted({row.handler for row in rows}))
        print(f"{name}: wrong handler: {rows[0].name()} -> {handlers}; it has "
              f"{', '.join(r.handler[0] if r.handler else 'none' for r in routes)}")
    for route in comparison.false:
        print(f"{name}: false: {' '.join(route.tokens)} -> {route.handler[0] if route.handler else 'none'}")


def add_cost(table, arguments, trees, directory):
    """Cold scans of the same trees by two programs, in turn."""
    scanners = [Scanner(argparse.Namespace(pcarch=path, jobs=arguments.jobs), tempfile.mkdtemp(dir=directory))
                for path in (arguments.pcarch, os.path.abspath(arguments.against))]
    for tree in trees:
        costs = [[], []]
        for _ in range(arguments.rounds):
            for scanner, spent in zip(scanners, costs):
                cache = scanner.cache()
                spent.append(scanner.scan(tree, cache)[0])
                shutil.rmtree(cache, ignore_errors=True)
        with_routes, without = map(median, costs)
        table.add(tree.name, "cold scan, CPU s", f"{with_routes:.2f}, {without:.2f}")
        table.add_most(tree.name, "with routes / without", with_routes / without, GROWTH)


def scans(arguments, names, trees, directory):
    """(name, static.json) of each program whose tree is there; one scan of a tree, or of what was linked."""
    scanner = Scanner(arguments, directory)
    for tree in trees:
        cache, documents = scanner.cache(), {}
        for name in (n for n in names if tree_of(n)[0] == tree.name):
            binary = tree_of(name)[2]
            if binary not in documents:
                options = ["--binary", os.path.join(tree.tree, binary)] if binary else []
                with open(scanner.scan(tree, cache, *options)[1], encoding="utf-8") as stream:
                    documents[binary] = json.load(stream)
            yield name, documents[binary]


def main():
    known = sorted(name[:-4] for name in os.listdir(TRUTH) if name.endswith(".tsv"))
    arguments = parse_arguments(known)
    arguments.pcarch = os.path.abspath(arguments.pcarch)
    names = arguments.programs or known
    trees = open_programs(find_corpora(arguments.corpora), sorted({tree_of(n)[0] for n in names}),
                          bool(arguments.programs))
    rows, total, table = [], Score(), Table()
    with tempfile.TemporaryDirectory(prefix="pcarch-routes.") as directory:
        for name, document in scans(arguments, names, trees, directory):
            comparison = compare(name, document)
            if arguments.all:
                show_differences(name, comparison)
            rows.append(row_of(name, comparison.score))
            total += comparison.score
        if arguments.against:
            add_cost(table, arguments, trees, directory)
    show_rows([*sorted(rows), *([row_of("all", total)] if len(rows) > 1 else [])])
    if arguments.against:
        print()
        table.show()
    return 0 if table.is_good and all(row[-1] == "ok" for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
