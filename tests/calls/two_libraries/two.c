/* library: libtwo.so */
typedef int (*visit)(int);

int two_each(visit visit, int count);

int two_each(visit visit, int count)
{
	int sum = 0;

	for (int i = 0; i < count; i++)
		sum += visit(i); /* -> from_main, wrapped; closed */
	return sum;
}
