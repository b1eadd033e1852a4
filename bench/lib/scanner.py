"""Runs of pcarch scan, each with a cache and an output of its own."""
import os
import sys

from lib.cost import run


class Scanner:
    """`arguments` has the program, pcarch, and jobs."""

    def __init__(self, arguments, directory):
        self.arguments, self.directory, self.count = arguments, directory, 0

    def cache(self):
        self.count += 1
        return f"{self.directory}/cache-{self.count}"

    def scan(self, program, cache, *options, jobs=None, cwd=None):
        """Scan; the Cost, the path of static.json, and what -v printed."""
        self.count += 1
        output = f"{self.directory}/static-{self.count}.json"
        argv = [self.arguments.pcarch, "scan", "-v", "-p", program.tree, "-o", output]
        argv += ["-j", str(jobs or self.arguments.jobs), *options]
        cost, status, err = run(argv, cwd=cwd or program.tree, env={**os.environ, "PCARCH_CACHE_DIR": cache})
        # 3: some unit did not parse, which the table says.
        if status not in (0, 3):
            sys.exit(f"bench: error: exit {status} from: {' '.join(argv)}\n{err}")
        return cost, output, err
