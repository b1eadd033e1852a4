/* The size of a variable-length array is evaluated: in a declaration, a typedef, and sizeof of such a
 * type. That of a parameter is, too, but libclang shows the parameter as the pointer that it becomes. */
int size(int), also(int), fill(int *);

int sum(int n, int values[also(n)])
{
	return values[n - 1];
}

int main(void)
{
	int plain[size(1)];
	int two[size(2)][also(2)];
	typedef int row[size(3)];
	row values;
	unsigned long bytes = sizeof(int[size(4)]) + sizeof(plain[size(5)]) + sizeof(size(6));

	fill(plain);
	fill(two[0]);
	return sum(1, values) + (int)bytes;
}
