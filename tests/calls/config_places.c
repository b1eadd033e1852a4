/* A table of settings with void * places: a variable, a field, an element; and steps of computed size. */
#include <string.h>

typedef int (*function)(int);

struct options {
	int level;
	function on_change;
};

struct slot {
	int id;
	function run;
};

static int none(int x)
{
	return x;
}

static int one(int x)
{
	return x + 1;
}

static function variable = none, elements[2] = {none, none};
static struct options options = {0, none};
static struct slot slots[2] = {{0, none}, {1, none}};

static const struct {
	const char *name;
	void *place;
	unsigned char size;
} settings[] = {
	{"level", &options.level, sizeof(int)},
	{"change", &options.on_change, sizeof(function)},
	{"variable", &variable, sizeof(function)},
	{"element", &elements[1], sizeof(function)},
};

static void set(const char *name, const void *value)
{
	for (int i = 0; i < 4; i++)
		if (!strcmp(settings[i].name, name))
			memcpy(settings[i].place, value, settings[i].size);
}

static void fill(void *first, unsigned step, unsigned count, function f)
{
	for (char *at = first; count--; at += step)
		*(function *)at = f;
}

int main(void)
{
	function f = one;
	int sum;

	set("change", &f);
	set("variable", &f);
	set("element", &f);
	fill(&slots[0].run, sizeof(slots[0]), 2, one);
	sum = options.on_change(0); /* -> one, none (may); sound */
	sum += variable(0); /* -> one, none (may); sound */
	sum += elements[1](0); /* -> one, none (may); sound */
	return sum + slots[1].run(0) == 4 ? 0 : 1; /* -> one, none (may); sound */
}
