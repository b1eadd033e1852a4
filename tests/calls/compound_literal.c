/* Structs and arrays without a name: passed, pointed to, assigned through a pointer, indexed. */
struct job {
	int (*run)(int);
	int argument;
};

static int add(int x)
{
	return x + 1;
}

static int twice(int x)
{
	return x * 2;
}

static int thrice(int x)
{
	return x * 3;
}

static int by_value(struct job job)
{
	return job.run(job.argument); /* -> add, twice, thrice (may); closed */
}

static int by_pointer(const struct job *job)
{
	return job->run(job->argument); /* -> twice, add (may), thrice (may); closed */
}

static int by_array(int (*const *list)(int))
{
	int sum = 0;

	for (; *list; list++)
		sum += (*list)(1); /* -> add, thrice; closed */
	return sum;
}

int main(void)
{
	struct job storage, *job = &storage;
	int sum = by_value((struct job){add, 1});

	*job = (struct job){.argument = 4, .run = thrice};
	sum += job->run(job->argument); /* -> thrice, add (may), twice (may); closed */
	sum += by_pointer(&(struct job){twice, 2});
	sum += by_array((int (*const[])(int)){add, thrice, 0});
	*job = (struct job){twice, 1};
	return sum + by_value(*job) == 25 ? 0 : 1;
}
