/* A static local that a function sets and gives: it outlives the call, and nobody else sees it. */
typedef int (*handler)(int);

static int initial(int x)
{
	return x;
}

static int later(int x)
{
	return x * 10;
}

static handler exchange(handler new)
{
	static handler current = initial;
	handler old = current;

	if (new)
		current = new;
	return old;
}

int main(void)
{
	int sum = exchange(later)(1); /* -> exchange, initial, later (may); closed */
	handler now = exchange(0);

	return sum + now(1) == 11 ? 0 : 1; /* -> later, initial (may); closed */
}
