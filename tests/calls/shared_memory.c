/* Memory that mmap gives, seen twice: what goes in by one view comes out by the other. */
#include <sys/mman.h>
#include <unistd.h>

struct shared {
	int (*run)(int);
};

typedef int (*function)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int main(void)
{
	int fd = memfd_create("shared", 0);
	struct shared *out, *in;
	function *first, *second;

	if (fd < 0 || ftruncate(fd, 4096))
		return 1;
	out = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	in = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (out == MAP_FAILED || in == MAP_FAILED)
		return 1;
	first = (function *)out + 1;
	second = (function *)in + 1;
	out->run = one;
	*first = two;
	if (in->run(0) != 1) /* -> one, two (may); sound */
		return 1;
	return (*second)(0) == 2 ? 0 : 1; /* -> two, one (may); sound */
}
