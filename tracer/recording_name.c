#include "tracer/recording_name.h"

#include "core/file.h"
#include "core/record.h"
#include "core/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool recording_name_read(const char *name, uint64_t *ticks, uint32_t *pid,
	uint32_t *generation)
{
	return text_has_suffix(name, RECORDING_SUFFIX) &&
	       sscanf(name, "%" SCNx64 "-%" SCNu32 "-%" SCNu32, ticks, pid, generation) ==
		       3;
}

/* When a process started, in clock ticks since boot: the 22nd word of its stat; 0: it is
 * gone. The second word is its name, which may hold anything. */
static uint64_t start_ticks(unsigned pid)
{
	char path[64], line[1024];
	scoped_stream stream = NULL;
	const char *at;
	char state;
	uint64_t ticks;
	size_t n;

	snprintf(path, sizeof(path), "/proc/%u/stat", pid);
	stream = fopen(path, "re");
	n = stream ? fread(line, 1, sizeof(line) - 1, stream) : 0;
	line[n] = '\0';
	at = strrchr(line, ')');
	if (!at || sscanf(at + 1, " %c", &state) != 1 || state == 'Z' || state == 'X')
		return 0;
	if (sscanf(at + 1,
		    " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
		    "%*s %*s %*s %" SCNu64,
		    &ticks) != 1)
		return 0;
	return ticks;
}

bool recording_name_is_running(uint64_t ticks, uint32_t pid)
{
	return ticks && start_ticks(pid) == ticks;
}
