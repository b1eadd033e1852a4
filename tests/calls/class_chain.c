/* Classes that know their parent: a missing method is looked up there, and `super` calls it. */
#include <stddef.h>

struct object;

struct class {
	const struct class *parent;
	int (*describe)(const struct object *);
	int (*weigh)(const struct object *);
};

struct object {
	const struct class *class;
};

static int base_describe(const struct object *object)
{
	return object ? 1 : 0;
}

static int base_weigh(const struct object *object)
{
	return object ? 10 : 0;
}

static const struct class base = {NULL, base_describe, base_weigh};

static int derived_describe(const struct object *object)
{
	return 2 + object->class->parent->describe(object); /* -> base_describe, derived_describe (may); closed */
}

static const struct class derived = {.parent = &base, .describe = derived_describe};

static int weigh(const struct object *object)
{
	const struct class *class = object->class;

	while (!class->weigh)
		class = class->parent;
	return class->weigh(object); /* -> base_weigh; closed */
}

int main(void)
{
	struct object objects[] = {{&base}, {&derived}};
	int sum = 0;

	for (int i = 0; i < 2; i++) {
		sum += objects[i].class->describe(&objects[i]); /* -> base_describe, derived_describe; closed */
		sum += weigh(&objects[i]);
	}
	return sum == 24 ? 0 : 1;
}
