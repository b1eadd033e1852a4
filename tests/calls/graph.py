"""What `pcarch scan` says of a program: its call sites by line, and who calls whom."""
import collections
import json
import os

import observed
from expected import Function

SIGNATURE = 0.30  # at most that for targets that have nothing but the right type


class Graph:
    def __init__(self, document):
        self.functions = [Function(f["function"], os.path.basename(f["file"])) for f in document["functions"]]
        self.starts = {self.functions[f["id"]] for f in document["functions"]
                       if {"constructor", "destructor"} & set(f.get("attributes", []))}
        self.starts |= {self.functions[e["function_id"]] for e in document["entry_points"]}
        # Not read whole: of their calls some may be missing, and the graph says so.
        self.partial = {f["function"] for f in document["functions"] if "partial" in f.get("attributes", [])}
        # Other names of a function: who calls them calls it.
        self.renamed = collections.defaultdict(set)
        for call in document["calls"]:
            if call["site"] is None:
                self.renamed[call["caller"]].add(call["callee"])
        self.sites = collections.defaultdict(list)
        for site in document["call_sites"]:
            self.sites[os.path.basename(site["file"]), site["line"]].append(site)
        self.calls = collections.defaultdict(list)
        self.by_caller = set()  # (caller's name, callee) of calls that no call expression makes
        self.from_library = set()
        for call in document["calls"]:
            for callee in self.real(call["callee"]):
                function = self.functions[callee]
                if call["site"] is not None:
                    self.calls[call["site"]].append((function, call["confidence"]))
                if call["via"] == "cleanup":
                    self.by_caller.add((self.functions[call["caller"]].name, function))
                if call["via"] == "model" or "through" in call:
                    self.from_library.add(function)

    def real(self, function, depth=0):
        others = self.renamed.get(function)
        if not others or depth > 8:
            return {function}
        return set().union(*(self.real(other, depth + 1) for other in others))

    def callees(self, place):
        """Those at (file, line), without what is but a guess."""
        return {function for site in self.sites.get(place, [])
                for function, confidence in self.calls[site["id"]] if confidence > SIGNATURE}

    def is_open(self, place):
        return any(site["state"] == "open" for site in self.sites.get(place, []))

    def reasons(self, place):
        return "; ".join(reason for site in self.sites.get(place, []) for reason in site.get("reasons", []))

    def indirect(self):
        return {place for place, sites in self.sites.items() if any(s["kind"] == "indirect" for s in sites)}


def scan(pcarch, directory, units):
    rows = [{"directory": directory, "file": name, "arguments": ["gcc", *observed.CFLAGS, *unit.flags, "-c", name]}
            for name, unit in sorted(units.items()) if unit.is_scanned]
    with open(os.path.join(directory, "compile_commands.json"), "w", encoding="utf-8") as stream:
        json.dump(rows, stream)
    observed.call(directory, [pcarch, "scan", "-q", "--no-cache", "--allow-partial", "-j1", "-p", ".", "-o", "static.json"])
    with open(os.path.join(directory, "static.json"), encoding="utf-8") as stream:
        return Graph(json.load(stream))
