/* A vector of anything: elements are copied in and out by their size, and never typed. */
#include <stdlib.h>
#include <string.h>

struct vector {
	char *data;
	size_t count, size;
};

struct timer {
	int at;
	int (*fire)(int);
};

static int tick(int x)
{
	return x + 1;
}

static int ring(int x)
{
	return x + 2;
}

static void vector_push(struct vector *v, const void *element)
{
	v->data = realloc(v->data, (v->count + 1) * v->size);
	if (!v->data)
		abort();
	memcpy(v->data + v->count++ * v->size, element, v->size);
}

static void *vector_at(struct vector *v, size_t i)
{
	return v->data + i * v->size;
}

int main(void)
{
	struct vector timers = {NULL, 0, sizeof(struct timer)};
	struct vector plain = {NULL, 0, sizeof(int (*)(int))};
	int (*f)(int) = ring;
	int sum = 0;

	vector_push(&timers, &(struct timer){1, tick});
	vector_push(&timers, &(struct timer){2, ring});
	vector_push(&plain, &f);
	for (size_t i = 0; i < timers.count; i++) {
		struct timer *timer = vector_at(&timers, i);

		sum += timer->fire(0); /* -> tick, ring; closed */
	}
	sum += (*(int (**)(int))vector_at(&plain, 0))(0); /* -> vector_at, ring, tick (may); sound */
	free(timers.data);
	free(plain.data);
	return sum == 5 ? 0 : 1;
}
