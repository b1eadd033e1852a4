/* A function that returns a pointer to an array of functions, and one that returns a struct with such an array. */
typedef int (*function)(int);

struct row {
	function cells[2];
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

static int (*(*get_array(void))[2])(int)
{
	static function array[2] = {one, two};

	return &array;
}

static struct row get_row(function first)
{
	return (struct row){{first, four}};
}

static int call_row(struct row row)
{
	return row.cells[0](0); /* -> two, four (may); closed */
}

int main(void)
{
	int sum = (*get_array())[1](0); /* -> get_array, two, one (may); closed */

	sum += get_row(two).cells[1](0); /* -> get_row, four, two (may); closed */
	return sum + call_row(get_row(two)) == 8 ? 0 : 1;
}
