/* From a member back to the struct around it, by arithmetic on char *. */
#include <stddef.h>

#define container_of(pointer, type, member) ((type *)((char *)(pointer) - offsetof(type, member)))

struct link {
	struct link *next;
};

struct task {
	int (*run)(struct task *task);
	struct link link;
	int result;
};

struct timer {
	int (*expire)(int);
	struct link link;
};

static int work(struct task *task)
{
	return task->result;
}

static int expire(int x)
{
	return x + 2;
}

static int run_tasks(struct link *link)
{
	int sum = 0;

	for (; link; link = link->next) {
		struct task *task = container_of(link, struct task, link);

		sum += task->run(task); /* -> work; closed */
	}
	return sum;
}

int main(void)
{
	struct task second = {work, {NULL}, 4}, first = {work, {&second.link}, 3};
	struct timer timer = {expire, {NULL}};
	struct link *link = &timer.link;

	return run_tasks(&first.link) + container_of(link, struct timer, link)->expire(1) == 10 ? 0 : 1; /* -> run_tasks, expire; closed */
}
