/* Settings by offset: a field is written through char * and a number from a table. */
#include <stddef.h>
#include <string.h>

typedef int (*handler)(int);

struct config {
	int level;
	handler on_error;
	handler on_done;
};

static int ignore(int x)
{
	return x + 1;
}

static int panic(int x)
{
	return x + 2;
}

static const struct {
	const char *name;
	size_t offset;
	handler value;
} settings[] = {
	{"error", offsetof(struct config, on_error), panic},
	{"done", offsetof(struct config, on_done), ignore},
};

static void apply(void *object, const char *name)
{
	for (int i = 0; i < 2; i++)
		if (!strcmp(settings[i].name, name))
			*(handler *)((char *)object + settings[i].offset) = settings[i].value;
}

int main(void)
{
	struct config config = {0, ignore, ignore};
	int sum;

	apply(&config, "error");
	sum = config.on_error(0); /* -> panic, ignore (may); sound */
	return sum + config.on_done(0) == 3 ? 0 : 1; /* -> ignore, panic (may); sound */
}
