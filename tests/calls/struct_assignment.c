/* Structs assigned whole: through pointers, from array elements, in a chain, and swapped. */
struct handler {
	int id;
	int (*handle)(int);
};

struct two {
	struct handler a, b;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static void swap(struct handler *a, struct handler *b)
{
	struct handler saved = *a;

	*a = *b;
	*b = saved;
}

int main(void)
{
	struct handler table[2] = {{1, one}, {2, two}};
	struct handler x, y, *p = &y;
	struct two pair;
	int sum = 0;

	x = *p = table[1];
	pair = (struct two){x, table[0]};
	swap(&pair.a, &pair.b);
	sum += x.handle(0); /* -> two, one (may); closed */
	sum += p->handle(0); /* -> two, one (may); closed */
	sum += pair.a.handle(0); /* -> one, two (may); closed */
	return sum == 5 ? 0 : 1;
}
