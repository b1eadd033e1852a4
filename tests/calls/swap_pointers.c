/* Two pointers change places through pointers to them, and a row of them turns round. */
typedef int (*function)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int apart(int x)
{
	return x + 4;
}

static void swap(function *a, function *b)
{
	function saved = *a;

	*a = *b;
	*b = saved;
}

static void reverse(function *row, int count)
{
	for (int i = 0; i < count / 2; i++)
		swap(&row[i], row + count - 1 - i);
}

int main(void)
{
	function a = one, b = two, c = apart;
	function row[] = {one, two};
	int sum;

	swap(&a, &b);
	reverse(row, 2);
	sum = a(0); /* -> two, one (may); closed */
	sum += b(0); /* -> one, two (may); closed */
	sum += row[0](0); /* -> two, one (may); closed */
	return sum + c(0) == 9 ? 0 : 1; /* -> apart; closed */
}
