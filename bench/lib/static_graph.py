"""The call graph that static.json holds, indexed for comparison with what ran."""
import collections
import json
import os
import statistics
import sys

from lib.presumed import Presumed

# How a call was resolved where the values were not followed to their source.
FALLBACKS = ("field", "signature")


def find_root(static_path, program):
    """Paths are relative to the deepest directory that holds the sources: try upward from the tree."""
    with open(static_path, encoding="utf-8") as stream:
        units = [u["file"] for u in json.load(stream)["units"]]
    root = program.tree
    while not all(os.path.exists(os.path.join(root, u)) for u in units):
        if root == "/":
            sys.exit(f"bench: error: the units of '{static_path}' are not below any directory above '{program.tree}'")
        root = os.path.dirname(root)
    return root


class Graph:
    """Functions, sites and calls as static.json has them; places as debuggers see them, relative to the tree."""

    def __init__(self, path, program):
        with open(path, encoding="utf-8") as stream:
            static = json.load(stream)
        self.tree, self.root, self.presumed = program.tree, find_root(path, program), Presumed()
        self.functions, self.sites, self.calls = static["functions"], static["call_sites"], static["calls"]
        self.entries = collections.defaultdict(set)  # function: types of entry points
        for entry in static["entry_points"]:
            self.entries[entry["function_id"]].add(entry["type"])
        self.named = collections.defaultdict(list)  # (file, name): functions
        for function in self.functions:
            self.named[self.place(function["file"], function["line"])[0], function["function"]].append(function["id"])
        self.sites_of = collections.defaultdict(list)  # caller: sites
        self.line_of = []
        for site in self.sites:
            self.sites_of[site["caller"]].append(site["id"])
            self.line_of.append(self.place(site["file"], site["line"])[1])
        self.calls_at = [[] for _ in self.sites]
        self.modelled = collections.defaultdict(set)  # callee: callers of the library function that calls it
        for call in self.calls:
            if call["site"] is not None:
                self.calls_at[call["site"]].append(call)
            if call.get("through") or self.is_inline_of_system(call):
                self.modelled[call["callee"]].add(call["caller"])

    def is_inline_of_system(self, call):
        """bsearch() stands in a header, for optimised builds only: its call is libc's where this is not one."""
        return call["via"] != "direct" and self.functions[call["caller"]]["file"].startswith("<")

    def place(self, file, line):
        """(file, line), by #line; a file of the tree is relative to it."""
        if not file or file.startswith("<"):
            return file, line
        file, line = self.presumed.place(os.path.realpath(os.path.join(self.root, file)), line)
        return (os.path.relpath(file, self.tree) if file.startswith(self.tree + "/") else file), line

    def find(self, place):
        """The functions that a Place may be in: of that name in that file."""
        file = place.file
        if file.startswith("/usr/include/"):
            # A header outside of the program bears the name by which it is included.
            parts = file[len("/usr/include/"):].split("/")
            file = next((f"<{'/'.join(parts[i:])}>" for i in range(len(parts))
                         if (f"<{'/'.join(parts[i:])}>", place.function) in self.named), file)
        return self.named.get((file, place.function), [])

    def indirect(self):
        return [site for site in self.sites if site["kind"] == "indirect"]

    def flow_calls(self, site):
        return [call for call in self.calls_at[site["id"]] if call["via"] not in FALLBACKS]

    def same_signature(self):
        """{indirect site: number of functions with its signature whose address is taken}: what matching types gives."""
        counts = collections.Counter(
            f.get("signature") for f in self.functions if "address_taken" in f.get("attributes", ())
        )
        return {site["id"]: counts[site.get("signature")] for site in self.indirect()}


def targets(counts):
    """(mean and median over sites with targets, sites without) of target counts."""
    some = [n for n in counts if n]
    return (statistics.mean(some), statistics.median(some)) if some else (0.0, 0), len(counts) - len(some)
