/* Handles that are numbers of rows, interfaces by number, and a list whose links are sums of addresses. */
#include <stdint.h>

typedef int (*function)(int);

struct interface {
	function run;
};

struct object {
	struct interface *(*query)(struct object *object, int id);
	struct interface interfaces[2];
};

struct node {
	function run;
	uintptr_t link; /* of both neighbours, by exclusive or */
};

static function rows[4];
static int nrows;

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

static long handle_new(function f)
{
	rows[nrows] = f;
	return nrows++;
}

static function handle_get(long handle)
{
	return rows[handle];
}

static struct interface *query(struct object *object, int id)
{
	return id ? &object->interfaces[1] : &object->interfaces[0];
}

static int run_list(struct node *node)
{
	uintptr_t before = 0;
	int sum = 0;

	while (node) {
		uintptr_t next = node->link ^ before;

		sum += node->run(0); /* -> one, four; closed */
		before = (uintptr_t)node;
		node = (struct node *)next;
	}
	return sum;
}

int main(void)
{
	struct object object = {query, {{one}, {two}}};
	struct node last = {four, 0}, first = {one, (uintptr_t)&last};
	long handle = handle_new(four);
	int sum = handle_get(handle)(0); /* -> handle_get, four; closed */

	last.link = (uintptr_t)&first;
	sum += object.query(&object, 1)->run(0); /* -> query, two, one (may); closed */
	return sum + run_list(&first) == 11 ? 0 : 1;
}
