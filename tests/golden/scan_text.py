#!/usr/bin/env python3
"""static.json as a text that a person can review, for golden tests.

Usage: scan_text.py OUTDIR NAME/static.json...     writes OUTDIR/NAME.txt for each

A line for each function, below it its call sites in source order:

    main.c:12 public run(2) int (int, char **) [variadic address_taken]
      14:2 -> helper                                                    a direct call
      15:2 field ops.read: int (int) -> from_file via flow (0.98)       through a pointer
      16:2 parameter cb: int (int) open: escapes to external 'visit'    there may be others
"""
import json
import os
import sys


def place(record):
    return f"{record['file']}:{record['line']}" if record["file"] else "?"


def words(attributes):
    return f" [{' '.join(attributes)}]" if attributes else ""


class Trace:
    def __init__(self, document):
        self.document = document
        self.functions = document["functions"]
        self.calls = {}
        for call in document["calls"]:
            self.calls.setdefault(call.get("site"), []).append(call)

    def name(self, function):
        """The name alone where it says which one is meant."""
        record = self.functions[function]
        same = [f for f in self.functions if f["function"] == record["function"]]
        return record["function"] if len(same) == 1 else f"{record['function']}@{place(record)}"

    def call(self, call):
        via = "" if call["via"] == "direct" else f" via {call['via']}"
        confidence = "" if call["confidence"] == 1 else f" ({call['confidence']:.2f})"
        return self.name(call["callee"]) + via + confidence

    def site(self, site, caller):
        where = f"{site['line']}:{site['column']}"
        if site["file"] != caller["file"]:
            where = f"{site['file']}:{where}"
        if site.get("ordinal"):
            where += f"#{site['ordinal']}"
        if "spelling" in site:
            spelling = site["spelling"]
            where += f" (at {spelling['file']}:{spelling['line']}:{spelling['column']})"
        if site["kind"] == "direct":
            what = ""
        else:
            expression = site["expression"]
            what = " ".join(filter(None, [expression["kind"], expression.get("name")]))
            what = f" {what}: {site.get('signature', 'no signature')}"
        calls = ", ".join(map(self.call, self.calls.get(site["id"], [])))
        state = "" if site["state"] == "closed" else f" {site['state']}: {'; '.join(site['reasons'])}"
        return f"  {where}{what}{' -> ' + calls if calls else ''}{state}"

    def units(self):
        for unit in self.document["units"]:
            variant = f"#{unit['variant']}" if unit.get("variant") else ""
            reason = f": {unit['reason']}" if "reason" in unit else ""
            yield f"unit {unit['file']}{variant} {unit['status']}{reason}"
            for diagnostic in unit.get("diagnostics", []):
                yield f"  {place(diagnostic)}: {diagnostic['severity']}: {diagnostic['text']}"

    def bodies(self):
        for function in self.functions:
            if function["type"] in ("external", "unknown"):
                continue
            yield (f"{place(function)}-{function['end_line'] if 'end_line' in function else '?'} "
                   f"{function['type']} {function['function']}({function['arity']}) "
                   f"{function.get('signature', '?')}{words(function.get('attributes'))}")
            for site in self.document["call_sites"]:
                if site["caller"] == function["id"]:
                    yield self.site(site, function)

    def others(self):
        for function in self.functions:
            if function["type"] in ("external", "unknown"):
                where = function["file"] if function["file"].startswith("<") else place(function)
                yield (f"{where} {function['type']} {function['function']}({function['arity']}) "
                       f"{function.get('signature', '?')}{words(function.get('attributes'))}")
                for site in self.document["call_sites"]:
                    if site["caller"] == function["id"]:
                        yield self.site(site, function)

    def answers(self):
        entries = self.document["entry_points"]
        for entry, trace in zip(entries, self.document["traces"]):
            reached = " ".join(self.name(f["id"]) for f in trace["functions"])
            more = ", truncated" if trace["truncated"] else ""
            metadata = " ".join(f"{k}={v}" for k, v in entry["metadata"].items())
            yield (f"entry {entry['id']}{' ' + metadata if metadata else ''}: {reached} "
                   f"({trace['function_count']}, depth {trace['depth']}{more})")
        for shared in self.document["shared_modules"]:
            yield f"shared {shared['module']}: {' '.join(shared['trace_ids'])} ({shared['function_count']})"
        for orphan in self.document["orphan_functions"]:
            taken = ", address taken" if orphan.get("address_taken") else ""
            yield f"orphan {self.name(orphan['id'])}: {orphan['reason']}{taken}"


def main():
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as stream:
            trace = Trace(json.load(stream))
        name = os.path.basename(os.path.dirname(path))
        with open(os.path.join(sys.argv[1], name + ".txt"), "w", encoding="utf-8") as out:
            for part in (trace.units, trace.bodies, trace.others, trace.answers):
                out.writelines(line + "\n" for line in part())


main()
