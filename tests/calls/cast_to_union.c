/* GNU's cast to a union, and a union that is read whole out of another struct. */
union slot {
	int (*call)(int);
	void *data;
};

struct cell {
	int tag;
	union slot slot;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int call(union slot slot)
{
	return slot.call(0); /* -> one, two; closed */
}

int main(void)
{
	int (*f)(int) = two;
	struct cell cell = {1, (union slot)f};
	union slot copy = cell.slot;

	return call((union slot)(int (*)(int))one) + call(copy) == 3 ? 0 : 1;
}
