/* Anonymous structs and unions: their members belong to the outer struct, and are initialised there. */
struct node {
	int kind;
	union {
		struct {
			int (*left)(int);
			int (*right)(int);
		};
		int (*only)(int);
	};
	struct {
		int (*after)(int);
	};
};

static int a(int x)
{
	return x + 1;
}

static int b(int x)
{
	return x + 2;
}

static int c(int x)
{
	return x + 4;
}

int main(void)
{
	struct node positional = {1, {{a, b}}, {c}};
	struct node named = {.kind = 2, .only = b, .after = c};
	int sum = positional.right(0); /* -> b, a (may); closed */

	sum += named.only(0); /* -> b, a (may); closed */
	sum += positional.left(0); /* -> a, b (may); closed */
	sum += positional.after(0) + named.after(0); /* -> c; closed */
	return sum == 13 ? 0 : 1;
}
