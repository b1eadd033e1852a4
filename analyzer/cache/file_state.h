/*
 * What is at a path, looked up once a run: nothing, or a file and the digest of its
 * content.
 *
 * A digest that an earlier run computed is trusted while size, modification and change
 * time of the file are what they were then, so that unchanged files are not read. As in
 * git's index, a file that was modified less than two seconds before it was read ("racily
 * clean") is not remembered: it could change again within the same tick.
 */
#ifndef PCARCH_ANALYZER_CACHE_FILE_STATE_H
#define PCARCH_ANALYZER_CACHE_FILE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest;
struct file_states;
struct text;

struct file_states *file_states_new(void);
void file_states_free(struct file_states *states);

/* The digest of the regular file at `path`. False when there is none that can be read. */
bool file_states_digest(struct file_states *states, const char *path, struct digest *out);

/*
 * The same, but look again, and fail also when the file was changed at `since_ns` or
 * later: then nobody can tell which content was read in between.
 */
bool file_states_digest_since(struct file_states *states, const char *path,
	int64_t since_ns, struct digest *out);

/* Nothing that a compiler could open is at `path`; with `again`, look again. */
bool file_states_is_absent(struct file_states *states, const char *path, bool again);

/* The clock that file systems stamp files with, in nanoseconds since 1970. */
int64_t file_states_clock_ns(void);

/*
 * Remember what file_states_write() wrote: in an earlier run (`is_saved`), or in another
 * process of this run. False when the bytes are anything else; what was read until then
 * is kept, for it can cost a lookup but never be wrong: each entry is compared with its
 * file.
 */
bool file_states_read(struct file_states *states, const char *bytes, size_t size,
	bool is_saved);

/*
 * Append all that is worth remembering to `out`, sorted by path; entries that nobody
 * asked for in 30 days are dropped. With `only_new`, what this process learned since the
 * last such call.
 */
void file_states_write(struct file_states *states, struct text *out, bool only_new);

/* Is there more to remember than what was read as saved? */
bool file_states_changed(const struct file_states *states);

/* How many files had to be read so far. */
size_t file_states_nread(const struct file_states *states);

#endif
