/* build: -pthread */
/* A record's address that a library hands to a callback, which stores through it as a `void *`. */
#include <pthread.h>
#include <stdlib.h>

typedef int (*function)(int);

struct task {
	function run;
};

struct row {
	function run;
};

static int initial(int x)
{
	return x;
}

static int done(int x)
{
	return x + 1;
}

static int compared(int x)
{
	return x + 2;
}

static void *work(void *data)
{
	*(function *)data = done;
	return NULL;
}

static int compare(const void *left, const void *right)
{
	*(function *)left = compared;
	*(function *)right = compared;
	return 0;
}

int main(void)
{
	struct task task = {initial};
	struct row rows[2] = {{initial}, {initial}};
	pthread_t thread;
	int sum;

	if (pthread_create(&thread, NULL, work, &task)) /* -> pthread_create, work; closed */
		return 1;
	pthread_join(thread, NULL);
	sum = task.run(0); /* -> done, initial (may); closed */
	qsort(rows, 2, sizeof(rows[0]), compare); /* -> qsort, compare; closed */
	sum += rows[0].run(0); /* -> compared, initial (may); closed */
	return sum == 3 ? 0 : 1;
}
