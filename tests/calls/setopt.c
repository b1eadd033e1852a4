/* Options set through variable arguments, of which some are callbacks and some their data. */
#include <stdarg.h>
#include <stddef.h>

typedef int (*write_callback)(const char *text, void *data);
typedef int (*progress_callback)(int percent);

struct handle {
	write_callback write;
	void *write_data;
	progress_callback progress;
	int verbose;
};

enum option { OPT_VERBOSE, OPT_WRITE, OPT_WRITE_DATA, OPT_PROGRESS };

static int vset(struct handle *handle, enum option option, va_list list)
{
	switch (option) {
	case OPT_VERBOSE:
		handle->verbose = va_arg(list, int);
		return 0;
	case OPT_WRITE:
		handle->write = va_arg(list, write_callback);
		return 0;
	case OPT_WRITE_DATA:
		handle->write_data = va_arg(list, void *);
		return 0;
	case OPT_PROGRESS:
		handle->progress = va_arg(list, progress_callback);
		return 0;
	}
	return 1;
}

static int set(struct handle *handle, enum option option, ...)
{
	va_list list;
	int result;

	va_start(list, option);
	result = vset(handle, option, list);
	va_end(list);
	return result;
}

static int count(const char *text, void *data)
{
	++*(int *)data;
	return text[0];
}

static int show(int percent)
{
	return percent;
}

int main(void)
{
	struct handle handle = {0};
	int written = 0;

	if (set(&handle, OPT_VERBOSE, 1) || set(&handle, OPT_WRITE, count))
		return 1;
	if (set(&handle, OPT_WRITE_DATA, &written) || set(&handle, OPT_PROGRESS, show))
		return 1;
	if (handle.write("x", handle.write_data) != 'x') /* -> count, show (may); closed */
		return 1;
	return handle.progress(0) + written == 1 ? 0 : 1; /* -> show, count (may); closed */
}
