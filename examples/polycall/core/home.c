#include "core/home.h"

#include "core/failure.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool find_directory(char path[HOME_PATH_SIZE], struct failure *why)
{
	const char *own = getenv("POLYCALL_HOME"), *home = getenv("HOME");
	int len;

	if (own && *own)
		len = snprintf(path, HOME_PATH_SIZE, "%s", own);
	else if (home && *home)
		len = snprintf(path, HOME_PATH_SIZE, "%s/.polycall", home);
	else
		return failure_set(why, "no place for settings: set POLYCALL_HOME");
	if (len >= HOME_PATH_SIZE)
		return failure_set(why, "the path in POLYCALL_HOME is too long");
	return true;
}

bool home_path(const char *file, char path[HOME_PATH_SIZE], struct failure *why)
{
	char directory[HOME_PATH_SIZE];

	if (!find_directory(directory, why))
		return false;
	if (mkdir(directory, 0700) != 0 && errno != EEXIST)
		return failure_set(why, "cannot make '%.150s': %s", directory,
			strerror(errno));
	if (snprintf(path, HOME_PATH_SIZE, "%s/%s", directory, file) >= HOME_PATH_SIZE)
		return failure_set(why, "the path of '%.100s' is too long", file);
	return true;
}

bool home_write(const char *file, const char *text, struct failure *why)
{
	char path[HOME_PATH_SIZE], temporary[HOME_PATH_SIZE + 8];
	FILE *stream;
	bool is_written;

	if (!home_path(file, path, why))
		return false;
	snprintf(temporary, sizeof(temporary), "%s.new", path);
	stream = fopen(temporary, "w");
	if (!stream)
		return failure_set(why, "cannot write '%.150s': %s", temporary,
			strerror(errno));
	is_written = fputs(text, stream) >= 0;
	if (fclose(stream) != 0 || !is_written || rename(temporary, path) != 0)
		return failure_set(why, "cannot write '%.150s': %s", path,
			strerror(errno));
	return true;
}

bool home_read(const char *file, char *text, size_t size, struct failure *why)
{
	char path[HOME_PATH_SIZE];
	FILE *stream;
	size_t len;

	if (!home_path(file, path, why))
		return false;
	stream = fopen(path, "r");
	if (!stream)
		return failure_set(why, "cannot open '%.150s': %s", path,
			strerror(errno));
	len = fread(text, 1, size, stream);
	fclose(stream);
	if (len == size)
		return failure_set(why, "'%.150s' is larger than it can be", path);
	text[len] = '\0';
	return true;
}
