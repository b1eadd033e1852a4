/* Where time goes, by a clock that the program itself advances: the file "ticks" of its
 * recording. */
#include "work.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile uint32_t *clock_page;

/* No call. */
#define pass(n) (*clock_page += (n))

keep static void leaf(void)
{
	pass(1);
}

keep static void self(void)
{
	pass(3);
}

/* Its own time ends where the next call begins, and that call's goes on behind it. */
keep static void outer(void)
{
	pass(10);
	self();
	pass(2);
}

keep static void *thread(void *argument)
{
	pass(7);
	return argument;
}

/* More edges than a first table holds: it moves. */
#define CALL_8 leaf(), leaf(), leaf(), leaf(), leaf(), leaf(), leaf(), leaf()
#define CALL_64 CALL_8, CALL_8, CALL_8, CALL_8, CALL_8, CALL_8, CALL_8, CALL_8

keep static void many(void)
{
	CALL_64, CALL_64, CALL_64;
}

static void map_clock(void)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/ticks", getenv("PCARCH_TRACE_DIR"));
	fd = open(path, O_RDWR);
	clock_page = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (fd < 0 || clock_page == MAP_FAILED)
		exit(3);
}

int main(void)
{
	pthread_t other;
	pid_t child;

	map_clock();
	for (int i = 0; i < 4; i++)
		outer();
	many();
	pthread_create(&other, NULL, thread, NULL);
	pthread_join(other, NULL);
	child = fork();
	if (child == 0)
		self();
	else
		waitpid(child, NULL, 0);
	return 0;
}
