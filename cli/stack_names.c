#include "cli/stack_names.h"

#include "cli/command.h"
#include "core/error.h"
#include "core/text.h"
#include "tracer/resolve.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BUILD_ID_MAX = 20,
	INLINED_MAX = 16,
};

/* A frame, taken apart. */
struct frame {
	const char *object; /* not NUL-terminated */
	size_t object_length;
	uint8_t build_id[BUILD_ID_MAX];
	size_t build_id_size;
	uint64_t address; /* in the file, of the call and not of what follows it */
};

bool stack_names_open(struct stack_names *names, const struct option_values *binaries,
	struct error *err)
{
	struct stat st;

	for (size_t i = 0; i < binaries->count; i++)
		if (stat(binaries->items[i], &st) < 0)
			return error_set_errno(err, "open", binaries->items[i], NULL);
	*names = (struct stack_names){
		.binaries = binaries, .frames.key_bytes = sizeof(const char *)};
	names->strings.arena = &names->arena;
	return true;
}

void stack_names_close(struct stack_names *names)
{
	interner_release(&names->strings);
	key_table_release(&names->frames);
	free(names->names);
	arena_release(&names->arena);
	*names = (struct stack_names){.binaries = NULL};
}

static unsigned digit(char c)
{
	return (unsigned)(isdigit((unsigned char)c) ? c - '0' : c - 'a' + 10);
}

/* Even, and not more than there is room for: anything else is no build id. */
static bool read_build_id(const char *text, struct frame *out)
{
	size_t length = strspn(text, "0123456789abcdef");

	if (!length || length % 2 || length / 2 > BUILD_ID_MAX)
		return false;
	out->build_id_size = length / 2;
	for (size_t i = 0; i < out->build_id_size; i++)
		out->build_id[i] =
			(uint8_t)(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
	return strncmp(text + length, "]+0x", 4) == 0;
}

static bool read_frame(const char *text, struct frame *out)
{
	const char *bracket = strchr(text, '[');
	char *end;

	if (!bracket || bracket == text || !read_build_id(bracket + 1, out))
		return false;
	out->object = text;
	out->object_length = (size_t)(bracket - text);
	out->address = strtoull(strchr(bracket, '+') + 1, &end, 16);
	if (*end || !out->address || memchr(text, '/', out->object_length))
		return false;
	out->address--;
	return true;
}

/* Files of the directory that a command runs in are shown from there. */
static void add_path(struct text *text, const char *path)
{
	char directory[4096];
	size_t length;

	if (getcwd(directory, sizeof(directory))) {
		length = strlen(directory);
		if (strncmp(path, directory, length) == 0 && path[length] == '/')
			path += length + 1;
	}
	text_add(text, path);
}

static void add_place(struct text *text, const char *file, unsigned line)
{
	if (!file)
		return;
	text_add(text, " at ");
	add_path(text, file);
	if (line)
		text_printf(text, ":%u", line);
}

static bool describe(const struct code_map *map, uint64_t address, struct text *out)
{
	const struct code_line *line = code_map_line_at(map, address);
	const struct code_symbol *symbol = code_map_symbol_at(map, address);
	uint32_t at = code_map_innermost(map, address);

	if (at == CODE_NONE && !symbol)
		return false;
	if (at == CODE_NONE) {
		text_add(out, symbol->name);
		add_place(out, line ? line->file : NULL, line ? line->line : 0);
		return true;
	}
	text_add(out, map->functions[map->scopes[at].function].name);
	add_place(out, line ? line->file : NULL, line ? line->line : 0);
	for (int i = 0; i < INLINED_MAX && map->scopes[at].parent != CODE_NONE; i++) {
		const struct code_scope *inlined = &map->scopes[at];

		at = inlined->parent;
		text_printf(out, ", inlined into %s",
			map->functions[map->scopes[at].function].name);
		add_place(out, inlined->call_file, inlined->call_line);
	}
	return true;
}

/* A file whose build id is another one, or that is no object, is not the one. */
static const char *resolve_in(struct stack_names *names, const struct frame *frame,
	const char *path)
{
	const struct resolve_request request = {.path = path,
		.build_id = frame->build_id,
		.build_id_size = frame->build_id_size,
		.addresses = &frame->address,
		.naddresses = 1};
	__attribute__((cleanup(code_map_release))) struct code_map map = {0};
	scoped_text name = {0};
	struct error ignored;

	if (!resolve_object(&request, &names->strings, &map, &ignored))
		return NULL;
	code_map_sort(&map);
	return describe(&map, frame->address, &name)
		       ? intern_string(&names->strings, text_string(&name))
		       : NULL;
}

static const char *resolve(struct stack_names *names, const struct frame *frame)
{
	const char *name = NULL;
	struct stat st;

	for (size_t i = 0; !name && i < names->binaries->count; i++) {
		const char *binary = names->binaries->items[i];
		scoped_text path = {0};

		text_add(&path, binary);
		if (stat(binary, &st) == 0 && S_ISDIR(st.st_mode))
			text_printf(&path, "/%.*s", (int)frame->object_length,
				frame->object);
		name = resolve_in(names, frame, text_string(&path));
	}
	return name;
}

const char *stack_names_of(struct stack_names *names, const char *text)
{
	struct frame frame;
	const char *key;
	uint32_t index;
	bool is_new;

	if (!names->binaries || !names->binaries->count || !read_frame(text, &frame))
		return NULL;
	key = intern_string(&names->strings, text);
	index = key_table_add(&names->frames, &key, &is_new);
	names->names = grow(names->names, index, &names->room, sizeof(*names->names));
	if (is_new)
		names->names[index] = resolve(names, &frame);
	return names->names[index];
}
