/* Functions called through another type than their own: common, undefined, and it runs. */
typedef void (*generic)(void);
typedef int (*binary)(int, int);

static int takes_one(int x)
{
	return x + 1;
}

static int takes_pointer(int *x, int y)
{
	return *x + y;
}

#pragma GCC diagnostic ignored "-Wcast-function-type"
static generic table[] = {(generic)takes_one, (generic)takes_pointer};

int main(void)
{
	binary more = (binary)takes_one;
	int value = 3;
	int sum = more(1, 2); /* -> takes_one; closed */

	sum += ((int (*)(int))table[0])(1); /* -> takes_one, takes_pointer (may); closed */
	sum += ((int (*)(void *, int))table[1])(&value, 4); /* -> takes_pointer, takes_one (may); closed */
	return sum == 11 ? 0 : 1;
}
