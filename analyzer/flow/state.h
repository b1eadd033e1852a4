/* What the parts of the solver share. */
#ifndef PCARCH_ANALYZER_FLOW_STATE_H
#define PCARCH_ANALYZER_FLOW_STATE_H

#include "analyzer/facts/facts.h"
#include "analyzer/flow/flow.h"
#include "analyzer/flow/graph.h"
#include "core/arena.h"

struct assignment_rule;
struct call_rule;
struct flow_records;

/* A value is the number of a function of the table, or one of these with a number. */
enum flow_value {
	VALUE_REASON = 1u << 31, /* something that cannot be followed: flow->reasons */
	VALUE_TEXT = 1u << 30, /* a string literal: flow->texts */
	VALUE_BEHIND = 1u << 29, /* not the value itself: the address of memory with it */
	VALUE_DEEPER =
		1u << 28, /* with VALUE_BEHIND: the address of such an address, … */
	VALUE_STORED = 1u << 27, /* with VALUE_BEHIND: by a store through this pointer */
	VALUE_LOADED = 1u << 26, /* a reason: an object loaded at run time brings it */
	VALUE_NUMBER = VALUE_LOADED - 1,
};

/* That a value is in a node; the pairs of a node are a list, oldest first. */
struct flow_pair {
	uint32_t node, value;
};

/* What is in a node. */
struct flow_state {
	uint32_t first, last,
		pending; /* pairs; `pending` and later are not yet passed on */
	uint32_t first_watch;
	bool is_queued;
};

enum watch_kind {
	WATCH_CALL, /* what arrives is called at `site` */
	WATCH_CALLBACK, /* is called by the library, as callback `detail` of its rule */
	WATCH_STORED, /* is called by a library, because it is stored there */
	WATCH_ESCAPE, /* may be called by code that is not known; `detail` is a reason */
	WATCH_THROUGH, /* is called by the library that `site` passes a record with it to
			*/
	WATCH_SYMBOL, /* is the name of the function that `site` looks up */
};

struct flow_watch {
	enum watch_kind kind;
	uint32_t site, detail, next;
	const char *library; /* the function or variable of the rule */
	const struct call_rule *rule;
	const struct assignment_rule *assignment; /* WATCH_STORED */
};

struct flow_argument {
	uint32_t node, number, next;
};

/* A record that an argument or the result of a call points to has this field. */
struct flow_pointee {
	uint32_t field, next;
	uint32_t number; /* of the argument */
	bool is_result; /* of none: it is what the call returns */
	bool is_raw; /* the callee does not know the type */
};

struct flow_site {
	uint32_t site;
	uint32_t query; /* node of what is called; FLOW_NONE: a direct call */
	uint32_t answer; /* node of what it returns; FLOW_NONE */
	uint32_t first_argument, first_pointee;
	bool is_lost; /* something unknown is called */
	bool is_loaded; /* that an object loaded at run time may bring */
};

/* A library function that a site calls with `function` calls it. */
struct flow_through {
	uint32_t site, function;
	const char *library;
	uint32_t node; /* that it came from */
};

/* A function that a rule with a kind gives to a library: see struct flow_registration. */
struct flow_registered {
	const char *library;
	const struct call_rule *rule; /* its callback `callback`, or none: looked up */
	const struct assignment_rule *assignment; /* or this one */
	uint32_t site, callback, function;
	uint32_t node; /* that it came to; FLOW_NONE: looked up by its name */
};

/* A store of what one field of an object holds where another one points to. */
struct flow_paired {
	struct flow_edge edge;
	uint32_t next[2]; /* of edge.from's, of edge.to's: 2 x paired, + 1 for the latter
			   */
	bool is_undone; /* the edge is one as any other */
};

/* A site that looks a function up by its name. */
struct flow_lookup {
	uint32_t site, name; /* node; FLOW_NONE: nothing is known to be passed */
	const char *library; /* the function that looks it up */
	bool is_open; /* that the name is not known was said */
};

struct flow {
	struct flow_program program;
	struct flow_graph graph;
	struct flow_records *records;
	struct key_table pairs; /* of struct flow_pair */
	uint32_t *next_pair; /* one for each pair */
	size_t next_pair_room;
	struct flow_state *states; /* one for each node */
	size_t nstates, states_room;
	uint32_t *queue; /* nodes with pending pairs */
	size_t nqueue, queue_room;
	uint32_t *written; /* nodes whose memory turned out to be written */
	size_t nwritten, written_room;
	struct flow_paired *paired;
	size_t npaired, paired_room;
	uint32_t nrows; /* of initialisers, in all images so far */
	struct flow_edge *foreign; /* fields of records in variables: `from` in `to` */
	size_t nforeign, foreign_room;
	struct flow_watch *watches;
	size_t nwatches, watches_room;
	uint32_t *site_of; /* for each site of the table: in `sites`, or FLOW_NONE */
	size_t nsite_of, site_of_room;
	struct flow_site *sites; /* those that functions flow to or through */
	size_t nsites, sites_room;
	struct flow_argument *arguments;
	size_t narguments, arguments_room;
	struct flow_pointee *pointees;
	size_t npointees, pointees_room;
	struct flow_through *throughs;
	size_t nthroughs, throughs_room;
	struct flow_lookup *lookups;
	size_t nlookups, lookups_room;
	struct flow_registered *registered;
	size_t nregistered, registered_room;
	struct key_table reasons, texts; /* of interned strings */
	bool *is_called; /* one for each function; by something that is known */
	size_t ncalled;
};

struct flow_pair flow_pair_at(const struct flow *flow, uint32_t pair);

/* What is known of a site; made when it is first needed. */
struct flow_site *flow_site(struct flow *flow, uint32_t site);

/* The same; NULL when nothing is known. */
struct flow_site *flow_known_site(const struct flow *flow, uint32_t site);

/* The node of argument `number` of `site`; FLOW_NONE: nothing is passed there. */
uint32_t flow_site_argument(struct flow *flow, uint32_t site, uint32_t number);

uint32_t flow_reason(struct flow *flow, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
const char *flow_reason_text(const struct flow *flow, uint32_t value);

/* Parameter `number` of a function; FLOW_NONE: nothing is done with it. */
uint32_t flow_parameter(struct flow *flow, uint32_t function, uint32_t number);
uint32_t flow_result(struct flow *flow, uint32_t function);

/* A function stands for another one where it is an alias. */
uint32_t flow_aliased(struct flow *flow, uint32_t function);

/* Put `value` into `node`, if the node can hold it. */
void flow_insert(struct flow *flow, uint32_t node, uint32_t value);

/* The same, by an edge with these flags. */
void flow_pass(struct flow *flow, uint32_t node, uint32_t value, uint32_t flags);

/* Something unknown is stored through the pointers in `node`, and may be in it. */
void flow_insert_written(struct flow *flow, uint32_t node, uint32_t reason);

/* The same for something unknown, which may be memory that holds it as well. */
void flow_insert_unknown(struct flow *flow, uint32_t node, uint32_t reason);

/* The edges of the graph take effect, once they are all there and nodes are whole. */
void flow_start(struct flow *flow);

/* Add an edge, both ways where its flags say so, and pass on what is known already. */
void flow_connect(struct flow *flow, struct flow_edge edge);

void flow_watch(struct flow *flow, uint32_t node, struct flow_watch watch);

/* A value is at a node that is watched. */
void flow_act(struct flow *flow, uint32_t node, const struct flow_watch *watch,
	uint32_t value);

/* Until nothing new is found. */
void flow_run(struct flow *flow);

/* `function` is called with arguments that are not known. */
void flow_escape(struct flow *flow, uint32_t function, uint32_t reason);

/* `site` calls `function`: what it passes reaches the parameters. */
void flow_bind(struct flow *flow, uint32_t site, uint32_t function);

void flow_mark_called(struct flow *flow, uint32_t function);

/* Is a pointer to memory passed by this argument: something that the callee can fill? */
bool flow_is_cell(const struct flow *flow, uint32_t node);

/* The first of the values in a node itself; FLOW_NONE: there are none. */
uint32_t flow_first_pair(const struct flow *flow, uint32_t node);

/* The rule of a library function; NULL: there is none. */
const struct call_rule *flow_rule(const struct flow *flow, const char *function);

/* Whoever has the address in `node` may call it with anything. */
void flow_let_escape(struct flow *flow, uint32_t node, uint32_t reason);

/* `site` calls `function`, which no unit defines. */
void flow_call_library(struct flow *flow, uint32_t site, uint32_t function);

/* A library calls `function`, which reached it at `site` as the watch says. */
void flow_call_back(struct flow *flow, const struct flow_watch *watch, uint32_t node,
	uint32_t function);

/* A rule makes it an entry point. */
void flow_register(struct flow *flow, struct flow_registered registered);

/* `site` passes a function to a library, which calls it. */
void flow_add_through(struct flow *flow, const struct flow_watch *watch, uint32_t node,
	uint32_t function);

/* Stores that go from rows of tables to where the same rows say. */
void flow_pair_rows(struct flow *flow);

/* Something else than a row reaches a paired field: no row is known any longer. */
void flow_unpair(struct flow *flow, uint32_t node);

/* Fields and variables that belong to libraries, and functions that others may call. */
void flow_open_ends(struct flow *flow);

/* Lookups of names that nothing known comes to be; true when there were new ones. */
bool flow_open_lookups(struct flow *flow);

/* Functions whose address is taken but that nothing calls; true when there were new ones.
 */
bool flow_open_uncalled(struct flow *flow);

#endif
