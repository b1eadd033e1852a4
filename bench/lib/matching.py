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
        self.unscanned = collections.Counter()  # edges to or from code that is no part of the scan, by file
        seen = set()
        for edge in sorted(observed, key=sort_key):
            key = edge.site and edge.site[:2] + edge.site[2:], edge.callee[:2], edge.module if not edge.site else None
            callees = graph.find(edge.callee)
            if not callees:
                self.unscanned[edge.callee.file] += key not in seen
            elif edge.site is None:
                for callee in callees:
                    self.foreign[edge.module, callee].update(graph.find(edge.around) if edge.around else ())
            elif key not in seen:
                self.add(edge, graph.find(self.caller(edge)), set(callees))
            seen.add(key)

    @staticmethod
    def caller(edge):
        """The function of the call: a line of its body may be of another file, of a grammar or a table."""
        around = edge.around
        return around if around and around.function == edge.site.function else edge.site

    def add(self, edge, callers, callees):
        if not callers:
            self.unscanned[edge.site.file] += 1
            return
        sites = [site for caller in callers for site in self.graph.sites_of[caller]]
        self.matches.append(self.match(edge, sites, callees))

    def match(self, edge, sites, callees):
        """The site of the same line; then the same call elsewhere in the function; then the nearest that could be it."""
        graph = self.graph
        near = sorted(sites, key=lambda s: (abs(graph.line_of[s] - edge.site.line), s))
        here = [s for s in near if graph.line_of[s] == edge.site.line]
        near = [s for s in near if abs(graph.line_of[s] - edge.site.line) <= NEAR]
        for some in (here, near, sites):
            for site in some:
                # A call through a library does not happen here, where the library is called.
                for call in graph.calls_at[site]:
                    if call["callee"] in callees and not call.get("through"):
                        return Match(edge, FOUND, site, call)
            pointers = self.could_be(some, callees)
            if pointers:
                states = [graph.sites[s]["state"] for s in pointers]
                closed = "open" not in states
                site = pointers[0] if closed else pointers[states.index("open")]
                return Match(edge, MISSED_CLOSED if closed else MISSED_OPEN, site, None)
        return Match(edge, NO_SITE, None, None)

    def could_be(self, sites, callees):
        """Indirect sites among `sites`; those of the callee's signature, where there are any."""
        graph = self.graph
        pointers = [s for s in sites if graph.sites[s]["kind"] == "indirect"]
        signatures = {graph.functions[c].get("signature") for c in callees}
        fitting = [s for s in pointers if graph.sites[s].get("signature") in signatures]
        return fitting or pointers

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
