/* A pointer that goes out as bytes and comes back as bytes: through a file, and through a pipe. */
#include <stdio.h>
#include <unistd.h>

static int one(int x)
{
	return x + 1;
}

struct message {
	int (*run)(int);
	int argument;
};

int main(void)
{
	FILE *file = tmpfile();
	int (*f)(int) = one;
	int (*g)(int);
	struct message message = {one, 1}, received;
	int ends[2];
	int sum;

	if (!file || pipe(ends))
		return 1;
	if (fwrite(&f, sizeof(f), 1, file) != 1)
		return 1;
	rewind(file);
	if (fread(&g, sizeof(g), 1, file) != 1)
		return 1;
	sum = g(0); /* -> one (run only); open +extra */
	if (write(ends[1], &message, sizeof(message)) != sizeof(message))
		return 1;
	if (read(ends[0], &received, sizeof(received)) != sizeof(received))
		return 1;
	sum += received.run(received.argument); /* -> one; sound */
	fclose(file);
	return sum == 3 ? 0 : 1;
}
