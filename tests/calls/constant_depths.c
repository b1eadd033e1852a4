/* Constant pointers to constant arrays of constant pointers to functions, made of nameless arrays; typeof as declaration. */
typedef int (*function)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

__typeof__(one) four;

int four(int x)
{
	return x + 4;
}

static const function *const *const rows = (const function *const[]){
	(const function[]){one, two},
	(const function[]){four},
};

int main(void)
{
	static __typeof__(one) *const kept = four;
	int sum = rows[0][1](0); /* -> two, one (may), four (may); closed */

	sum += (**rows)(0); /* -> one, two (may), four (may); closed */
	sum += (*rows[1])(0); /* -> four, one (may), two (may); closed */
	return sum + kept(0) == 11 ? 0 : 1; /* -> four; closed */
}
