/* build: -pthread */
/* Threads: the function, a function inside its argument, and one that it returns. */
#include <pthread.h>
#include <stddef.h>

struct job {
	int (*work)(int);
	int result;
};

static int square(int x)
{
	return x * x;
}

static int cube(int x)
{
	return x * x * x;
}

static void *run(void *argument)
{
	struct job *job = argument;

	job->result = job->work(2); /* -> square, cube; closed */
	return NULL;
}

static void *give(void *argument)
{
	(void)argument;
	return (void *)square;
}

int main(void)
{
	struct job jobs[] = {{square, 0}, {cube, 0}};
	pthread_t threads[3];
	void *result;

	for (int i = 0; i < 2; i++)
		if (pthread_create(&threads[i], NULL, run, &jobs[i])) /* -> pthread_create, run; closed */
			return 1;
	if (pthread_create(&threads[2], NULL, give, NULL)) /* -> pthread_create, give; closed */
		return 1;
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], &result);
	return ((int (*)(int))result)(3) + jobs[0].result + jobs[1].result == 21 ? 0 : 1; /* -> square; sound */
}
