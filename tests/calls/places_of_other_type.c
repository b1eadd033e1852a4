/* build: -fno-strict-aliasing */
/* A variable written through a pointer to a pointer of another type: void **, and another signature. */
typedef int (*function)(int);
typedef void (*generic)(void);

struct api {
	function first, second;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static void load(void **place, void *value)
{
	*place = value;
}

static void load_generic(generic *place, generic value)
{
	*place = value;
}

#pragma GCC diagnostic ignored "-Wcast-function-type"
int main(void)
{
	function f, g, h = one;
	struct api api = {0};
	int sum;

	*(void **)&f = (void *)one;
	load((void **)&g, (void *)two);
	load_generic((generic *)&h, (generic)two);
	load((void **)&api.first, (void *)one);
	load_generic((generic *)&api.second, (generic)two);
	sum = f(0); /* -> one, two (may); sound */
	sum += g(0); /* -> two, one (may); sound */
	sum += h(0); /* -> two, one (may); sound */
	sum += api.first(0); /* -> one, two (may); sound */
	return sum + api.second(0) == 8 ? 0 : 1; /* -> two, one (may); sound */
}
