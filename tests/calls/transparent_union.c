/* A parameter that is a transparent union takes a function of any of its members' types as it is. */
typedef union {
	int (*plain)(int);
	int (*with_data)(int, void *);
} handler __attribute__((transparent_union));

static handler kept;

static int plain(int x)
{
	return x + 1;
}

static int with_data(int x, void *data)
{
	return x + *(int *)data;
}

static int call(handler handler, void *data)
{
	if (data)
		return handler.with_data(0, data); /* -> with_data, plain (may); closed */
	kept = handler;
	return handler.plain(0); /* -> plain, with_data (may); closed */
}

int main(void)
{
	int data = 2;
	int sum = call(plain, 0) + call(with_data, &data);

	return sum + kept.plain(0) == 4 ? 0 : 1; /* -> plain, with_data (may); closed */
}
