#!/usr/bin/env python3
"""Judge entry points by small programs, one kind each: what the scan finds must be what NAME.tsv says.

Usage: run.py [--update] [--pcarch PROGRAM] [NAME...]

Each NAME.c, or directory NAME/ of several sources, is a program; README.md says what its .tsv holds. It
must compile without a warning. --update writes what the scan finds: read it before you commit it. Exit
status 1 when something is not so.
"""
import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CFLAGS = ["-std=gnu11", "-Wall", "-Wextra", "-Werror"]
DIRECTIVE = re.compile(r"/\* build: (.*) \*/")


class Failure(Exception):
    pass


def call(directory, arguments, **options):
    done = subprocess.run(arguments, cwd=directory, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise Failure(f"exit status {done.returncode} of {' '.join(arguments[:2])}: {done.stderr.strip()[-1500:]}")


def flags_of(path):
    with open(path, encoding="utf-8") as stream:
        found = DIRECTIVE.match(stream.readline())
    words = found.group(1).split() if found else []
    return [os.path.join(HERE, "../../tracer") if word == "TRACER" else word for word in words]


def prepare(name, scratch):
    """A copy of the program's sources with a compile database."""
    directory = os.path.join(scratch, name)
    source = os.path.join(HERE, name)
    if os.path.isdir(source):
        shutil.copytree(source, directory)
    else:
        os.mkdir(directory)
        shutil.copy(source + ".c", directory)
    units = []
    for unit in sorted(file for file in os.listdir(directory) if file.endswith(".c")):
        arguments = ["gcc", *CFLAGS, *flags_of(os.path.join(directory, unit)), "-c", unit]
        call(directory, arguments)
        units.append({"directory": directory, "file": unit, "arguments": arguments})
    with open(os.path.join(directory, "compile_commands.json"), "w", encoding="utf-8") as stream:
        json.dump(units, stream)
    return directory


def rows_of(document):
    """One line for each entry point, branch and orphan, in the order of the file."""
    for entry in document["entry_points"]:
        pairs = [f"{key}={value}" for key, value in entry["metadata"].items()]
        yield "\t".join([entry["id"], entry["function"], *pairs])
    for branch in document["branches"]:
        yield "\t".join(["branch", branch["point"], ", ".join(branch["choices"])])
    for orphan in document["orphan_functions"]:
        yield "\t".join(["orphan", orphan["function"]])


def scan(pcarch, directory):
    environment = {**os.environ, "PCARCH_CACHE_DIR": os.path.join(directory, ".cache")}
    call(directory, [pcarch, "scan", "-q", "-j1", "-o", "static.json"], env=environment)
    call(directory, [pcarch, "validate", "static.json"], env=environment)
    with open(os.path.join(directory, "static.json"), encoding="utf-8") as stream:
        return list(rows_of(json.load(stream)))


def judge(name, options, scratch):
    """Sentences on what is wrong."""
    try:
        found = scan(options.pcarch, prepare(name, scratch))
    except Failure as failure:
        return [f"BROKEN  {failure}"]
    path = os.path.join(HERE, name + ".tsv")
    if options.update:
        with open(path, "w", encoding="utf-8") as stream:
            stream.writelines(row + "\n" for row in found)
    if not os.path.exists(path):
        return [f"BROKEN  there is no {name}.tsv; --update writes it"]
    with open(path, encoding="utf-8") as stream:
        expected = stream.read().splitlines()
    problems = [f"MISSING {row}" for row in expected if row not in found]
    problems += [f"EXTRA   {row}" for row in found if row not in expected]
    if not problems and found != expected:
        problems.append("ORDER   the rows are right, and in another order")
    return problems


def all_names():
    found = (re.sub(r"\.c$", "", name) for name in os.listdir(HERE)
             if name.endswith(".c") or os.path.isdir(os.path.join(HERE, name)))
    return sorted(name for name in found if not name.startswith((".", "__")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage=argparse.SUPPRESS, allow_abbrev=False)
    parser.add_argument("names", metavar="NAME", nargs="*")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--pcarch", default=os.environ.get("PCARCH", os.path.join(HERE, "../../build/pcarch")))
    options = parser.parse_args()
    options.pcarch = os.path.abspath(options.pcarch)
    names = options.names or all_names()
    unknown = sorted(set(names) - set(all_names()))
    if unknown:
        parser.error(f"no program '{unknown[0]}' in {HERE}")
    with tempfile.TemporaryDirectory(prefix="pcarch-entry.") as scratch, \
            concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        results = dict(zip(names, pool.map(lambda name: judge(name, options, scratch), names)))
    for name, problems in results.items():
        print(f"{name:24} {'FAILED' if problems else 'right'}")
        for problem in problems:
            print(f"    {problem}")
    return 1 if any(results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
