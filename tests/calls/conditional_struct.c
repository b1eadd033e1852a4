/* Structs as values of ?:, of comma and statement expressions, and of assignments. */
struct op {
	int (*run)(int);
	int weight;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

int main(int argc, char **argv)
{
	struct op a = {one, 1}, b = {two, 2}, chosen;
	struct tool {
		int (*run)(int);
	} hammer = {four}, nail = {four};
	int sum = 0;

	(void)argv;
	for (int i = 0; i < 2; i++) {
		chosen = i ? a : b;
		sum += chosen.run(0); /* -> one, two; closed */
		sum += (i ? &a : &b)->run(0); /* -> one, two; closed */
	}
	sum += (argc > 9 ? a : b).run(0); /* -> two, one (not run); closed */
	sum += (chosen = b).run(0); /* -> two, one (may); closed */
	sum += ({ struct op inner = a; inner; }).run(0); /* -> one, two (may); closed */
	sum += (argc > 9 ? hammer : nail).run(0); /* -> four; closed */
	return sum == 15 ? 0 : 1;
}
