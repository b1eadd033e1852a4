/* A struct of functions goes by value into the library, which calls them when the stream is used. */
#include <stdio.h>
#include <string.h>

static int closed;

static ssize_t read_cookie(void *cookie, char *buffer, size_t size)
{
	const char **text = cookie;
	size_t length = strlen(*text);

	if (length > size)
		length = size;
	memcpy(buffer, *text, length);
	*text += length;
	return (ssize_t)length;
}

static int close_cookie(void *cookie)
{
	(void)cookie;
	closed++;
	return 0;
}

int main(void)
{
	const char *text = "line\n";
	cookie_io_functions_t functions = {.read = read_cookie, .close = close_cookie};
	FILE *file = fopencookie(&text, "r", functions); /* -> fopencookie, read_cookie, close_cookie; sound */
	char line[16];

	if (!file || !fgets(line, sizeof(line), file))
		return 1;
	fclose(file);
	return closed == 1 && !strcmp(line, "line\n") ? 0 : 1;
}
