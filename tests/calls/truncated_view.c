/* build: -fno-strict-aliasing */
/* A struct that ends in an array of one, used for one that ends in more: the layout is the same so far. */
typedef int (*function)(int);

struct long_list {
	int count;
	function items[4];
};

struct short_list {
	int count;
	function items[1];
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int run(const struct short_list *list)
{
	const function *item = list->items;
	int sum = 0;

	for (int i = 0; i < list->count; i++)
		sum += item[i](0); /* -> one, two; sound */
	return sum;
}

int main(void)
{
	struct long_list list = {2, {one, two}};

	return run((const struct short_list *)&list) == 3 ? 0 : 1;
}
