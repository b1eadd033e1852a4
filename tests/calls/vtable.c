/* Objects: a base struct as first member, tables of methods, a call of the base's own method. */
#include <stddef.h>

struct shape;

struct methods {
	int (*area)(const struct shape *shape);
	int (*edges)(const struct shape *shape);
};

struct shape {
	const struct methods *methods;
};

struct square {
	struct shape base;
	int side;
};

struct cube {
	struct square base;
};

static int square_area(const struct shape *shape)
{
	const struct square *square = (const struct square *)shape;

	return square->side * square->side;
}

static int square_edges(const struct shape *shape)
{
	return shape ? 4 : 0;
}

static const struct methods square_methods = {square_area, square_edges};

static int cube_area(const struct shape *shape)
{
	return 6 * square_methods.area(shape); /* -> square_area, cube_area (may); closed */
}

static const struct methods cube_methods = {.area = cube_area, .edges = square_edges};

static int total(struct shape *const *shapes)
{
	int sum = 0;

	for (; *shapes; shapes++) {
		sum += (*shapes)->methods->area(*shapes); /* -> square_area, cube_area; closed */
		sum += (*shapes)->methods->edges(*shapes); /* -> square_edges; closed */
	}
	return sum;
}

int main(void)
{
	struct square square = {{&square_methods}, 2};
	struct cube cube = {{{&cube_methods}, 1}};

	return total((struct shape *[]){&square.base, &cube.base.base, NULL}) == 18 ? 0 : 1;
}
