"""How the cost of linking and solving grows with the program, up to one ten times git."""
import json
import math
import shutil

from lib.cost import median
from lib.generated import FUNCTIONS, generate

# Programs differ in how much of them is pointers: these two are much alike.
COMPARED = ("tmux", "git")
# Functions of git 2.39, ten times.
GENERATED_FUNCTIONS = 103_000
# Of CPU time by n log n, from one program to the next larger one: what the noise of a machine may add.
NOISE = 1.1


def measure(scanner, program, rounds):
    """CPU seconds of a cold and a warm scan (medians), static.json, and the size of the program: functions and sites.

    What a warm scan does is to look at files, link, solve and write.
    """
    cold, warm = [], []
    for _ in range(rounds):
        cache = scanner.cache()
        cost, output, _ = scanner.scan(program, cache)
        cold.append(cost)
        warm.append(scanner.scan(program, cache)[0])
        shutil.rmtree(cache, ignore_errors=True)
    with open(output, encoding="utf-8") as stream:
        summary = json.load(stream)["summary"]
    return median(cold), median(warm), output, summary["function_count"] + summary["call_site_count"]


def add_growth(table, scanner, directory, sizes, rounds):
    """Rows for (name, size, CPU seconds) of the real programs that are compared, and for a generated one."""
    program = generate(f"{directory}/generated", GENERATED_FUNCTIONS // FUNCTIONS)
    _, warm, _, size = measure(scanner, program, rounds)
    before = None
    compared = [row for row in sizes if row[0] in COMPARED]
    for name, n, seconds in sorted([*compared, (program.name, size, warm)], key=lambda row: row[1]):
        each = 1e9 * seconds / (n * math.log(n))
        limit = ("", None) if before is None else (f"<= {NOISE * before:.0f}", each <= NOISE * before)
        table.add(name, f"warm scan, ns by n log n, n = {n}", f"{each:.0f}", *limit)
        before = each
