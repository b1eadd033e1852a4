/* Negative: functions are registered under names, but only the program itself says the
 * names. */
#include <stdio.h>
#include <string.h>

typedef void (*listener)(const char *data);

static struct {
	const char *event;
	listener fn;
} listeners[8];
static int count;

static void on(const char *event, listener fn)
{
	listeners[count].event = event;
	listeners[count++].fn = fn;
}

static void emit(const char *event, const char *data)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(listeners[i].event, event))
			listeners[i].fn(data);
}

static void log_line(const char *data)
{
	printf("line: %s", data);
}
static void count_line(const char *data)
{
	static int n;

	n++;
}
static void say_end(const char *data)
{
	puts("end");
}

int main(void)
{
	char line[80];

	on("line", log_line);
	on("line", count_line);
	on("end", say_end);
	while (fgets(line, sizeof(line), stdin))
		emit("line", line);
	emit("end", NULL);
	return 0;
}
