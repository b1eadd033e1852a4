/* A call counts wherever it stands in a statement. */
int f(int);

int main(int argc, char **argv)
{
	int array[] = {f(1), [2] = f(2)};
	struct point { int x, y; } point = {.y = f(3)};

	for (int i = f(4); i < f(5); i += f(6))
		array[f(7)] = f(8);
	while (f(9))
		if (f(10))
			break;
		else
			continue;
	do
		point.x++;
	while (f(11));
	switch (f(12)) {
	case 1:
		f(13);
		break;
	default:
		goto out;
	}
	__asm__ volatile("" : : "r"(f(14)));
	(void)(argc && f(15) || !f(16));
out:
	return f(f(17)), point = (struct point){f(18), f(19)}, point.x + array[0] + **argv;
}
