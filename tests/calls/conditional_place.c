/* Where a function is stored is chosen when it runs: *(c ? &a : &b) = f. */
typedef int (*function)(int);

struct slots {
	function left, right;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int none(int x)
{
	return x;
}

int main(void)
{
	function a = none, b = none, row[2] = {none, none};
	struct slots slots = {none, none};
	int sum = 0;

	for (int i = 0; i < 2; i++) {
		*(i ? &a : &b) = i ? one : two;
		*(i ? &slots.left : &slots.right) = two;
		*(i ? row : row + 1) = one;
	}
	sum += a(0); /* -> one, two (may), none (may); closed */
	sum += b(0); /* -> two, one (may), none (may); closed */
	sum += slots.left(0); /* -> two, one (may), none (may); closed */
	sum += slots.right(0); /* -> two, one (may), none (may); closed */
	sum += row[0](0); /* -> one, two (may), none (may); closed */
	return sum == 8 ? 0 : 1;
}
