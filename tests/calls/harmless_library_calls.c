/* build: -pthread */
/* Library functions that get an object with functions in it, or next to it, and leave them alone. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct object {
	pthread_mutex_t lock;
	char name[16];
	int (*run)(int);
	const struct table *table;
};

struct table {
	int (*stop)(int);
};

static int run(int x)
{
	return x + 1;
}

static int stop(int x)
{
	return x + 2;
}

static const struct table table = {stop};

int main(void)
{
	struct object *object = calloc(1, sizeof(*object));
	struct object twin = {.run = run};
	int sum;

	if (!object)
		return 1;
	pthread_mutex_init(&object->lock, NULL);
	object->run = run;
	object->table = &table;
	snprintf(object->name, sizeof(object->name), "%s", "name");
	pthread_mutex_lock(&object->lock);
	if (strlen(object->name) != 4 || !memcmp(object, &twin, sizeof(twin)))
		return 1;
	fprintf(stderr, "%p %p\n", (void *)object, (void *)object->run);
	sum = object->run(0); /* -> run; closed */
	sum += object->table->stop(0); /* -> stop; closed */
	sum += twin.run(0); /* -> run; closed */
	pthread_mutex_unlock(&object->lock);
	free(object);
	return sum == 4 ? 0 : 1;
}
