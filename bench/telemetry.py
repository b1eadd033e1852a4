"""What telemetry costs and whether it is right: GUIDs, contexts, steps, events, each against what it cannot do without.

Every bench/telemetry/NAME.c is a program that prints a line a figure, "NAME VALUE LIMIT  what it is", and exits with 1
when one is beyond its limit. Times are CPU times of the best of many rounds, beside their peer in the same process.
"""
import argparse
import glob
import os
import subprocess
import sys

from lib.program import ROOT
from lib.table import Table


def figures():
    return sorted(os.path.splitext(os.path.basename(path))[0] for path in glob.glob(f"{ROOT}/bench/telemetry/*.c"))


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench telemetry", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"of {', '.join(figures())}; default: all")
    arguments = parser.parse_args()
    unknown = set(arguments.figures) - set(figures())
    if unknown:
        parser.error(f"no figure '{min(unknown)}'; there are {', '.join(figures())}")
    return arguments


def run(name, table):
    program = f"{ROOT}/build/bench_telemetry_{name}"
    done = subprocess.run([program], stdout=subprocess.PIPE, check=False, text=True)
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"bench: error: exit {done.returncode} from {program}")
    for line in done.stdout.splitlines():
        figure, value, limit, what = line.split(maxsplit=3)
        table.add(name, figure.replace("_", ", "), value, f"<= {limit}", float(value) <= float(limit))
        print(f"{figure}: {what}", file=sys.stderr)


def main():
    names = parse_arguments().figures or figures()
    subprocess.run(["ninja", "-C", f"{ROOT}/build", *(f"bench_telemetry_{name}" for name in names)], check=True,
                   stdout=subprocess.DEVNULL)
    table = Table()
    for name in names:
        run(name, table)
    table.show()
    return 0 if table.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
