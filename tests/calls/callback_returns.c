/* What comes back from a call by pointer is a function, and so is what comes back from that. */
typedef int (*leaf)(int);
typedef leaf (*factory)(int);

static int small(int x)
{
	return x + 1;
}

static int large(int x)
{
	return x + 100;
}

static leaf make_small(int x)
{
	return x ? small : 0;
}

static leaf make_any(int x)
{
	return x ? large : small;
}

static const factory factories[] = {make_small, make_any};

static leaf build(factory make)
{
	return make(1); /* -> make_small, make_any; closed */
}

int main(void)
{
	int sum = 0;

	for (int i = 0; i < 2; i++) {
		leaf f = build(factories[i]);

		sum += f(0); /* -> small, large; closed */
	}
	return sum == 101 ? 0 : 1;
}
