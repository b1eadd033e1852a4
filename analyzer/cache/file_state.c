#include "analyzer/cache/file_state.h"

#include "analyzer/cache/digest.h"
#include "analyzer/cache/path_list.h"
#include "core/arena.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#define HASH_FUNCTION(key, len, hash) ((hash) = (unsigned)XXH3_64bits(key, len))
#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

static const uint32_t states_magic = 0x31534350; /* "PCS1" */

enum {
	RACY_NS = 2000000000,
	SECONDS_A_DAY = 86400,
	FORGET_DAYS = 30,
	MAX_SOURCE_BYTES = 1 << 30, /* libclang gives up before */
};

/* As it is written. */
struct file_stamp {
	uint64_t size;
	int64_t mtime_ns, ctime_ns;
	struct digest content;
	uint64_t seen_day; /* days since 1970 */
};

enum file_kind {
	FILE_ABSENT,
	FILE_REGULAR,
	FILE_OTHER,
};

struct file_state {
	const char *path;
	struct file_stamp stamp;
	enum file_kind kind; /* once it is checked */
	bool is_checked; /* looked at in this run */
	bool is_known; /* `content` belongs to the rest of `stamp` */
	bool is_racy; /* known for this run only */
	bool is_unreadable;
	bool is_new;
	UT_hash_handle hh;
};

struct file_states {
	struct file_state *table;
	struct arena arena;
	XXH3_state_t *hash;
	uint64_t today;
	size_t nread;
	bool is_changed;
};

struct states_header {
	uint32_t magic, nentries;
};

static int64_t to_ns(struct timespec time)
{
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Stamps come from the coarse clock: the precise one runs up to a tick ahead of them. */
int64_t file_states_clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return to_ns(now);
}

struct file_states *file_states_new(void)
{
	struct file_states *states = xmalloc(sizeof(*states));

	*states = (struct file_states){
		.hash = XXH3_createState(),
		.today = (uint64_t)time(NULL) / SECONDS_A_DAY,
	};
	return states;
}

void file_states_free(struct file_states *states)
{
	if (!states)
		return;
	HASH_CLEAR(hh, states->table);
	arena_release(&states->arena);
	XXH3_freeState(states->hash);
	free(states);
}

/* NOLINTNEXTLINE(readability-function-size): uthash's macros, not ours, are long */
static struct file_state *find_or_add(struct file_states *states, const char *path)
{
	struct file_state *state;
	size_t len = strlen(path);
	unsigned hash;

	HASH_VALUE(path, len, hash);
	HASH_FIND_BYHASHVALUE(hh, states->table, path, len, hash, state);
	if (state)
		return state;
	state = arena_alloc(&states->arena, sizeof(*state));
	state->path = arena_copy(&states->arena, path, len);
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, states->table, state->path, len, hash, state);
	return state;
}

/* Take over what stat says; a digest of other times is forgotten. */
static void stamp(struct file_state *state, const struct stat *st)
{
	struct file_stamp *old = &state->stamp;
	int64_t mtime_ns = to_ns(st->st_mtim), ctime_ns = to_ns(st->st_ctim);

	if (old->size != (uint64_t)st->st_size || old->mtime_ns != mtime_ns ||
		old->ctime_ns != ctime_ns) {
		state->is_known = false;
		state->is_unreadable = false;
	}
	old->size = (uint64_t)st->st_size;
	old->mtime_ns = mtime_ns;
	old->ctime_ns = ctime_ns;
}

/* What `path` looks like, by stat alone. */
static struct file_state *check(struct file_states *states, const char *path, bool again)
{
	struct file_state *state = find_or_add(states, path);
	struct stat st;

	if (state->is_checked && !again)
		return state;
	state->is_checked = true;
	if (stat(path, &st) < 0) {
		state->kind = FILE_ABSENT;
		return state;
	}
	state->kind = S_ISREG(st.st_mode) ? FILE_REGULAR : FILE_OTHER;
	if (S_ISDIR(st.st_mode))
		state->kind = FILE_ABSENT; /* for #include, a directory is none */
	if (state->kind != FILE_REGULAR)
		return state;
	if (state->is_racy) /* it may have changed within the tick */
		state->is_known = false;
	stamp(state, &st);
	if (state->is_known && state->stamp.seen_day != states->today) {
		state->stamp.seen_day = states->today;
		states->is_changed = true;
	}
	return state;
}

static bool hash_descriptor(struct file_states *states, int fd, struct digest *out)
{
	char chunk[65536];
	uint64_t total = 0;
	XXH128_hash_t hash;
	ssize_t n;

	XXH3_128bits_reset(states->hash);
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || (total += (uint64_t)n) > MAX_SOURCE_BYTES)
			return false;
		XXH3_128bits_update(states->hash, chunk, (size_t)n);
	}
	hash = XXH3_128bits_digest(states->hash);
	*out = (struct digest){.high = hash.high64, .low = hash.low64};
	return true;
}

/* Read the file; stamped as the descriptor says, for the path may lead elsewhere. */
static bool learn(struct file_states *states, struct file_state *state)
{
	/* Only regular files are read: a pipe would block, a device may act. */
	int fd = open(state->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	bool ok;

	if (fd < 0)
		return false;
	ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (ok) {
		stamp(state, &st);
		state->is_racy = state->stamp.mtime_ns > file_states_clock_ns() - RACY_NS;
		ok = hash_descriptor(states, fd, &state->stamp.content);
		states->nread++;
	}
	close(fd);
	if (!ok)
		return false;
	state->stamp.seen_day = states->today;
	state->is_known = true;
	if (!state->is_racy)
		state->is_new = states->is_changed = true;
	return true;
}

static bool digest_of_state(struct file_states *states, struct file_state *state,
	struct digest *out)
{
	if (state->kind != FILE_REGULAR || state->is_unreadable)
		return false;
	if (!state->is_known && !learn(states, state)) {
		state->is_unreadable = true;
		return false;
	}
	*out = state->stamp.content;
	return true;
}

bool file_states_digest(struct file_states *states, const char *path, struct digest *out)
{
	return digest_of_state(states, check(states, path, false), out);
}

bool file_states_digest_since(struct file_states *states, const char *path,
	int64_t since_ns, struct digest *out)
{
	struct file_state *state = check(states, path, true);
	struct digest digest;

	if (!digest_of_state(states, state, &digest) || state->stamp.ctime_ns >= since_ns)
		return false;
	*out = digest;
	return true;
}

bool file_states_is_absent(struct file_states *states, const char *path, bool again)
{
	return check(states, path, again)->kind == FILE_ABSENT;
}

bool file_states_read(struct file_states *states, const char *bytes, size_t size,
	bool is_saved)
{
	struct path_reader reader = {.at = bytes, .end = bytes + size};
	struct states_header header;

	if (!path_reader_bytes(&reader, &header, sizeof(header)) ||
		header.magic != states_magic)
		return false;
	for (uint32_t i = 0; i < header.nentries; i++) {
		struct file_stamp read;
		struct file_state *state;

		if (!path_reader_bytes(&reader, &read, sizeof(read)) ||
			!path_reader_next(&reader))
			return false;
		state = find_or_add(states, reader.path);
		if (state->is_known || state->is_checked)
			continue;
		state->stamp = read;
		state->is_known = true;
		if (!is_saved)
			states->is_changed = true;
	}
	return reader.at == reader.end;
}

static int by_path(const void *a, const void *b)
{
	const struct file_state *const *left = a, *const *right = b;

	return strcmp((*left)->path, (*right)->path);
}

static bool is_worth_keeping(const struct file_states *states,
	const struct file_state *state, bool only_new)
{
	if (!state->is_known || state->is_racy || !path_list_takes(state->path))
		return false;
	return only_new ? state->is_new
			: state->stamp.seen_day + FORGET_DAYS >= states->today;
}

void file_states_write(struct file_states *states, struct text *out, bool only_new)
{
	size_t nstates = HASH_COUNT(states->table), n = 0;
	struct file_state **kept = xmalloc(nstates * sizeof(struct file_state *));
	struct file_state *state, *next;
	struct states_header header = {.magic = states_magic};

	HASH_ITER(hh, states->table, state, next)
	{
		if (!is_worth_keeping(states, state, only_new))
			continue;
		state->is_new = state->is_new && !only_new;
		kept[n++] = state;
	}
	qsort(kept, n, sizeof(struct file_state *), by_path);
	header.nentries = (uint32_t)n;
	text_add_bytes(out, (const char *)&header, sizeof(header));
	for (size_t i = 0; i < n; i++) {
		text_add_bytes(out, (const char *)&kept[i]->stamp,
			sizeof(kept[i]->stamp));
		path_list_add(out, i ? kept[i - 1]->path : "", kept[i]->path);
	}
	free(kept);
}

bool file_states_changed(const struct file_states *states)
{
	return states->is_changed;
}

size_t file_states_nread(const struct file_states *states)
{
	return states->nread;
}
