"""A program of any size, with function pointers as large C programs have them: for how the cost of a scan grows.

A unit has 100 functions, which call each other and those of other units, and six indirect sites: a table of
operations that another unit registers, a callback handed to a function of another file, a hook, a function that was
looked up, an element of an array, and a context that goes through void *. Eight units share their types and tables,
as a subsystem does; one walk over lists takes the callbacks of all.
"""
import json
import os

from lib.program import DATABASE, Program

FUNCTIONS, GROUP = 100, 8

HEADER = """\
#ifndef GROUP_{g}_H
#define GROUP_{g}_H
#include "all.h"
struct item_{g} {{ int size; struct item_{g} *next; long pad[{g} % 7 + 1]; }};
struct ops_{g} {{
	int (*open)(struct item_{g} *item, const char *name);
	int (*read)(struct item_{g} *item, long offset);
	void (*close)(struct item_{g} *item);
	const char *name;
}};
struct context_{g} {{ struct item_{g} item; void (*done)(struct context_{g} *context, int status); void *data; }};
extern int (*hook_{g})(struct item_{g} *item);
extern const struct ops_{g} *tables_{g}[{size}];
void add_{g}(const struct ops_{g} *ops);
int (*look_up_{g}(const char *name))(struct item_{g} *item, const char *other);
int run_{g}(void *data);
{declarations}
#endif
"""

ALL = """\
#ifndef ALL_H
#define ALL_H
#include <stddef.h>
#include <string.h>
struct node { struct node *next; void *data; };
int each_node(struct node *list, int (*visit)(struct node *node, void *data), void *data);
#endif
"""

SHARED = """\
#include "all.h"
int each_node(struct node *list, int (*visit)(struct node *node, void *data), void *data)
{
	for (struct node *node = list; node; node = node->next)
		if (visit(node, data))
			return 1;
	return 0;
}
"""

# What each group has once, in its first unit.
REGISTRY = """\
int (*hook_{g})(struct item_{g} *item);
const struct ops_{g} *tables_{g}[{size}];
static size_t ntables;
void add_{g}(const struct ops_{g} *ops)
{{
	if (ntables < {size})
		tables_{g}[ntables++] = ops;
}}
int (*look_up_{g}(const char *name))(struct item_{g} *item, const char *other)
{{
	for (size_t i = 0; i < ntables; i++)
		if (strcmp(tables_{g}[i]->name, name) == 0)
			return tables_{g}[i]->open;
	return NULL;
}}
int run_{g}(void *data)
{{
	struct context_{g} *context = data;
	context->done(context, 1);
	return context->item.size;
}}
"""

# Doubled braces are C's.
UNIT = """\
#include "group_{g}.h"
{registry}
static int open_{u}(struct item_{g} *item, const char *name) {{ return item->size + f_{u}_0((int)strlen(name)); }}
static int read_{u}(struct item_{g} *item, long offset) {{ return item->size + (int)offset; }}
static void close_{u}(struct item_{g} *item) {{ item->next = NULL; f_{u}_1(item->size); }}
static const struct ops_{g} ops_{u} = {{ .open = open_{u}, .read = read_{u}, .close = close_{u}, .name = "{u}" }};
static int step_a_{u}(int n) {{ return f_{u}_2(n); }}
static int step_b_{u}(int n) {{ return n + 2; }}
static int (*const steps_{u}[])(int n) = {{ step_a_{u}, step_b_{u} }};
static int on_hook_{u}(struct item_{g} *item) {{ return f_{u}_3(item->size); }}
static int visit_{u}(struct node *node, void *data) {{ (void)data; return node->data ? f_{u}_4(1) : 0; }}
static void done_{u}(struct context_{g} *context, int status) {{ context->item.size = status; }}
void start_{u}(struct node *list)
{{
	struct context_{g} context = {{ .done = done_{u} }};
	add_{g}(&ops_{u});
	hook_{g} = on_hook_{u};
	each_node(list, visit_{u}, NULL);
	run_{g}(&context);
}}
int use_{u}(struct item_{g} *item, int n)
{{
	int (*found)(struct item_{g} *item, const char *other) = look_up_{g}("{other}");
	int sum = 0;
	for (size_t i = 0; i < {size} && tables_{g}[i]; i++) {{
		sum += tables_{g}[i]->read(item, n);
		tables_{g}[i]->close(item);
	}}
	if (found)
		sum += found(item, "{u}");
	if (hook_{g})
		sum += hook_{g}(item);
	return sum + steps_{u}[n & 1](n);
}}
"""


def unit_text(unit, units):
    group = unit // GROUP
    registry = REGISTRY.format(g=group, size=GROUP) if unit % GROUP == 0 else ""
    names = [f"f_{unit}_{i}" for i in range(FUNCTIONS - 10)]
    elsewhere = f"f_{(unit * 7 + 1) % units}_5"
    text = ['#include "all.h"', *(f"int {name}(int n);" for name in [*names, elsewhere])]
    body = [UNIT.format(g=group, u=unit, registry=registry, size=GROUP, other=unit ^ 1)]
    for i, name in enumerate(names):
        further = names[i + 1] if i + 1 < len(names) else elsewhere
        also = f" + {names[i * 3 % len(names)]}(n / 2)" if i % 3 == 0 and i else ""
        body.append(f"int {name}(int n)\n{{\n\treturn n < {i} ? n : {further}(n - 1){also};\n}}")
    return "\n".join(text + body) + "\n"


def generate(directory, units):
    """Write the program of `units` units below `directory`, with its compile database; a Program."""
    os.makedirs(f"{directory}/src")
    files = {"all.h": ALL, "shared.c": SHARED}
    for group in range((units + GROUP - 1) // GROUP):
        members = range(group * GROUP, min(units, (group + 1) * GROUP))
        declarations = "\n".join(
            f"void start_{u}(struct node *list);\nint use_{u}(struct item_{group} *item, int n);" for u in members
        )
        files[f"group_{group}.h"] = HEADER.format(g=group, size=GROUP, declarations=declarations)
    for unit in range(units):
        files[f"unit_{unit}.c"] = unit_text(unit, units)
    calls = "\n".join(f"\tvoid start_{u}(struct node *list);\n\tstart_{u}(list);" for u in range(units))
    files["main.c"] = f'#include "all.h"\nint main(void)\n{{\n\tstruct node *list = NULL;\n{calls}\n\treturn 0;\n}}\n'
    for name, text in files.items():
        with open(f"{directory}/src/{name}", "w", encoding="utf-8") as stream:
            stream.write(text)
    sources = sorted(name for name in files if name.endswith(".c"))
    rows = [{"directory": f"{directory}/src", "file": name, "arguments": ["cc", "-c", name]} for name in sources]
    with open(f"{directory}/{DATABASE}", "w", encoding="utf-8") as stream:
        json.dump(rows, stream)
    return Program(directory)
