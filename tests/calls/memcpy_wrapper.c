/* memcpy behind functions of one's own: a duplicate of any object, and a setter of any size. */
#include <stdlib.h>
#include <string.h>

struct plugin {
	int version;
	int (*start)(int);
};

static int start(int x)
{
	return x + 1;
}

static int restart(int x)
{
	return x + 2;
}

static void *duplicate(const void *object, size_t size)
{
	void *copy = malloc(size);

	return copy ? memcpy(copy, object, size) : NULL;
}

static void assign(void *to, const void *from, size_t size)
{
	memcpy(to, from, size);
}

int main(void)
{
	struct plugin plugin = {1, start};
	struct plugin *copy = duplicate(&plugin, sizeof(plugin));
	int (*again)(int) = restart;
	int (*place)(int);
	int sum;

	if (!copy)
		return 1;
	assign(&place, &again, sizeof(place));
	sum = copy->start(0); /* -> start, restart (may); closed */
	sum += place(0); /* -> restart, start (may); sound */
	free(copy);
	return sum == 3 ? 0 : 1;
}
