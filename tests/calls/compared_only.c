/* A function that is compared with and stored, and never called through the pointer it is compared to. */
static int calls;

static int fast(int x)
{
	return x + 1;
}

static int marker(int x)
{
	return x + ++calls;
}

static int (*mode)(int) = fast;

struct handler {
	int (*run)(int);
	int (*is_like)(int);
};

static const struct handler handler = {fast, marker};

int main(void)
{
	if (mode == marker || handler.is_like != marker)
		return 1;
	return mode(1) + handler.run(1) + calls == 4 ? 0 : 1; /* -> fast; closed */
}
