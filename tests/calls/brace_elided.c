/* Elided braces: where a value goes follows from the types alone, and a string fills a whole array. */
/* build: -Wno-missing-braces */
struct rule {
	char name[8];
	struct {
		int low, high;
	} range;
	int (*check)(int);
	int (*repair[2])(int);
};

static int check_a(int x)
{
	return x + 1;
}

static int check_b(int x)
{
	return x + 2;
}

static int repair_a(int x)
{
	return x + 4;
}

static int repair_b(int x)
{
	return x + 8;
}

static struct rule rules[2] = {
	"first", 1, 9, check_a, repair_a, 0,
	"second", 2, 8, check_b, repair_a, repair_b,
};
static int (*grid[2][2])(int) = {check_a, check_b, repair_a, repair_b};

int main(void)
{
	int sum = 0;

	for (int i = 0; i < 2; i++)
		sum += rules[i].check(0); /* -> check_a, check_b; closed */
	for (int i = 0; i < 2; i++)
		sum += rules[1].repair[i](0); /* -> repair_a, repair_b; closed */
	for (int i = 0; i < 4; i++)
		sum += grid[i / 2][i % 2](0); /* -> check_a, check_b, repair_a, repair_b; closed */
	return sum == 30 ? 0 : 1;
}
