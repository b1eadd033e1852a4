"""Calls that ran, found in a static call graph or not."""
import collections

# How an observed edge stands in the graph.
FOUND, MISSED_CLOSED, MISSED_OPEN, NO_SITE = "found", "missed at a closed site", "missed at an open site", "no site"
# A call of several lines may be attributed to any of them, by one compiler or the other.
NEAR = 12

Match = collections.namedtuple("Match", "edge outcome site call")  # site: an id, or None; call: as in static.json


class Matching:
    """Each call that ran once, with what the graph says of it."""

    def __init__(self, graph, observed):
        self.graph = graph
        self.matches = []  # of calls from the program's own code
        self.foreign = collections.defaultdict(set)  # (module, callee's id): ids of the functions around
        self.unscanned = 0  # edges to or from code that is no part of the scan, and of other programs
        # Programs of the tests, which are linked with what was scanned: what they pass to it is theirs.
        self.others = {edge.into for edge in observed if edge.callee.function == "main" and not graph.find(edge.callee)}
        self.user_sites = set()  # closed ones that called what such a program passed
        seen = set()
        for edge in sorted(observed, key=lambda edge: (edge.module in self.others, sort_key(edge))):
            key = edge.site, edge.callee, edge.module if edge.site is None else None
            if edge.site and key in seen:
                continue
            seen.add(key)
            callees = graph.find(edge.callee)
            if edge.site:
                self.add(edge, graph.find(self.caller(edge)), set(callees))
            else:
                for callee in callees:
                    self.foreign[edge.module, callee].update(graph.find(edge.around) if edge.around else ())

    def add(self, edge, callers, callees):
        sites = [site for caller in callers for site in self.graph.sites_of[caller]]
        if callees and sites:
            self.matches.append(self.match(edge, sites, callees))
            return
        match = self.match(edge, sites, callees)
        # Code that was loaded: a hole that an open site predicts, and a closed one denies.
        if match.outcome == MISSED_CLOSED and edge.module not in self.others:
            self.matches.append(match)
            return
        self.unscanned += 1
        if match.outcome == MISSED_CLOSED:
            self.user_sites.add(match.site)

    @staticmethod
    def caller(edge):
        """The function of the call: a line of its body may be of another file, of a grammar or a table."""
        around = edge.around
        return around if around and around.function == edge.site.function else edge.site

    def match(self, edge, sites, callees):
        """On the line that ran; then near it, as a call of several lines has the line of either end; then anywhere."""
        graph = self.graph
        near = sorted(sites, key=lambda s: (abs(graph.line_of[s] - edge.site.line), s))
        here = [s for s in near if graph.line_of[s] == edge.site.line]
        near = [s for s in near if abs(graph.line_of[s] - edge.site.line) <= NEAR]
        signatures = {graph.functions[c].get("signature") for c in callees}
        fitting = [s for s in self.indirect(here) if graph.sites[s].get("signature") in signatures]
        # A miss must not be taken for a neighbour: what is called near a pointer on the line itself is called by name.
        beside = [s for s in near if graph.sites[s]["kind"] == "direct"] if self.indirect(here) else near
        for found, pointers in ((here, fitting), (beside, self.indirect(here)), (sites, self.indirect(near))):
            call = self.call_of(found, callees)
            if call:
                return Match(edge, FOUND, call["site"], call)
            if pointers:
                is_open = [s for s in pointers if graph.sites[s]["state"] == "open"]
                return Match(edge, MISSED_OPEN if is_open else MISSED_CLOSED, (is_open or pointers)[0], None)
        return Match(edge, NO_SITE, None, None)

    def call_of(self, sites, callees):
        """The first call at `sites` of one of `callees`; one through a library does not happen at its site."""
        calls = (call for site in sites for call in self.graph.calls_at[site])
        return next((call for call in calls if call["callee"] in callees and not call.get("through")), None)

    def indirect(self, sites):
        return [s for s in sites if self.graph.sites[s]["kind"] == "indirect"]

    def seeded(self):
        """(misses that are seen, misses): of the calls found at indirect sites, each taken out of the graph in turn."""
        seen = tried = 0
        for match in [m for m in self.matches if m.outcome == FOUND and self.indirect([m.site])]:
            callees = set(self.graph.find(match.edge.callee))
            calls = self.graph.calls_at[match.site]
            self.graph.calls_at[match.site] = [call for call in calls if call["callee"] not in callees]
            sites = [site for f in self.graph.find(self.caller(match.edge)) for site in self.graph.sites_of[f]]
            seen += self.match(match.edge, sites, callees).outcome != FOUND
            tried += 1
            self.graph.calls_at[match.site] = calls
        return seen, tried

    def foreign_causes(self):
        """{cause: [(module, callee)]}: what is known of calls that foreign code makes."""
        causes = collections.defaultdict(list)
        for (module, callee), around in sorted(self.foreign.items()):
            modelled = self.graph.modelled.get(callee, set())
            if modelled & around:
                cause = "through a library, from the same caller"
            elif modelled:
                cause = "through a library, later"
            elif callee in self.graph.entries:
                cause = "entry point"
            else:
                cause = "not known"
            causes[cause].append((module, callee))
        return causes


def sort_key(edge):
    return tuple(edge.site or ("", "", 0)), tuple(edge.callee), edge.module, tuple(edge.around or ("", "", 0))
