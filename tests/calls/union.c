/* A union's members are one place: what is written through one is called through another. */
union slot {
	int (*call)(int);
	long (*wide)(int);
	void *raw;
	int number;
};

struct cell {
	int kind;
	union slot slot;
};

static int narrow(int x)
{
	return x + 1;
}

static int by_raw(int x)
{
	return x + 2;
}

int main(void)
{
	union slot u = {.call = narrow};
	struct cell cell;
	int sum = u.call(1); /* -> narrow, by_raw (may); closed */

	cell.slot.number = 7;
	cell.slot.raw = (void *)by_raw;
	sum += cell.slot.call(1); /* -> by_raw, narrow (may); closed */
	return sum == 5 ? 0 : 1;
}
