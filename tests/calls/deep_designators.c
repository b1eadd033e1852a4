/* Designators of several steps, pointers to elements and to nameless objects, in static initialisers. */
#include <stddef.h>

typedef int (*function)(int);

struct inner {
	int id;
	union {
		function call;
		long number;
	} value;
	function list[3];
};

struct outer {
	struct inner inner[2];
	const struct inner *other;
	function *place;
};

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

static int eight(int x)
{
	return x + 8;
}

static function table[] = {one, two};
static struct outer outer = {
	.inner[1].list[2] = four,
	.inner[0] = {.value.call = one, .list = {[1] = two, four}},
	.inner[1].value = {eight},
	.other = &(const struct inner){3, {.call = eight}, {two}},
	.place = &table[1],
};
static function *const places[] = {table, &outer.inner[1].value.call, NULL};

int main(void)
{
	int sum = outer.inner[0].value.call(0); /* -> one, eight (may), two (may); closed */

	sum += outer.inner[0].list[2](0); /* -> four, two (may); closed */
	sum += outer.inner[1].list[2](0); /* -> four, two (may); closed */
	sum += outer.other->value.call(0); /* -> eight, one (may), two (may); closed */
	sum += outer.other->list[0](0); /* -> two, four (may); closed */
	sum += (*outer.place)(0); /* -> two, one (may), eight (may); closed */
	for (int i = 0; places[i]; i++)
		sum += (*places[i])(0); /* -> one, eight, two (may); closed */
	return sum == 30 ? 0 : 1;
}
