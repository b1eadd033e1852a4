/* Functions that come back through parameters: at one level, at two, and into one field of a struct. */
typedef int (*handler)(int);

struct state {
	handler current, previous;
};

static int red(int x)
{
	return x + 1;
}

static int green(int x)
{
	return x + 2;
}

static int blue(int x)
{
	return x + 4;
}

static int find(int key, handler *out)
{
	if (key < 0)
		return 0;
	*out = key ? red : green;
	return 1;
}

static void find_place(handler **place, handler *storage)
{
	*place = storage;
	**place = blue;
}

int main(void)
{
	handler found, stored, *place;
	struct state state = {0};
	int sum = 0;

	for (int i = 0; i < 2; i++)
		if (find(i, &found))
			sum += found(0); /* -> red, green; closed */
	find_place(&place, &stored);
	sum += (*place)(0); /* -> blue; closed */
	sum += stored(0); /* -> blue; closed */
	if (find(1, &state.previous))
		sum += state.previous(0); /* -> red, green (not run); closed */
	return sum == 12 && !state.current ? 0 : 1;
}
