/* The kernel keeps a pointer for each descriptor and gives it back: to an object, and to a function. */
#include <sys/epoll.h>
#include <unistd.h>

struct source {
	int fd;
	int (*ready)(struct source *source);
};

static int read_one(struct source *source)
{
	char c;

	return read(source->fd, &c, 1) == 1 ? c : -1;
}

static int on_plain(int x)
{
	return x + 1;
}

int main(void)
{
	int ends[2], poll = epoll_create1(0);
	struct source source;
	struct epoll_event event = {.events = EPOLLIN}, got;
	int sum = 0;

	if (poll < 0 || pipe(ends) || write(ends[1], "a", 1) != 1)
		return 1;
	source = (struct source){ends[0], read_one};
	event.data.ptr = &source;
	if (epoll_ctl(poll, EPOLL_CTL_ADD, ends[0], &event) || epoll_wait(poll, &got, 1, 0) != 1)
		return 1;
	sum = ((struct source *)got.data.ptr)->ready(got.data.ptr); /* -> read_one; sound */
	event.events = EPOLLOUT;
	event.data.ptr = (void *)on_plain;
	if (epoll_ctl(poll, EPOLL_CTL_ADD, ends[1], &event) || epoll_wait(poll, &got, 1, 0) != 1)
		return 1;
	return sum + ((int (*)(int))got.data.ptr)(0) == 'a' + 1 ? 0 : 1; /* -> on_plain; sound */
}
