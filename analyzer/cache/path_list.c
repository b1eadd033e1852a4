#include "analyzer/cache/path_list.h"

#include "core/text.h"

#include <stdint.h>
#include <string.h>

void path_list_add(struct text *list, const char *before, const char *path)
{
	uint16_t shared = 0, rest;

	while (path[shared] && path[shared] == before[shared])
		shared++;
	rest = (uint16_t)strlen(path + shared);
	text_add_bytes(list, (const char *)&shared, sizeof(shared));
	text_add_bytes(list, (const char *)&rest, sizeof(rest));
	text_add_bytes(list, path + shared, rest);
}

bool path_list_takes(const char *path)
{
	return path[0] == '/' && strnlen(path, PATH_MAX) < PATH_MAX;
}

bool path_reader_bytes(struct path_reader *reader, void *out, size_t size)
{
	if ((size_t)(reader->end - reader->at) < size)
		return false;
	memcpy(out, reader->at, size);
	reader->at += size;
	return true;
}

bool path_reader_next(struct path_reader *reader)
{
	uint16_t shared, rest;

	if (!path_reader_bytes(reader, &shared, sizeof(shared)) ||
		!path_reader_bytes(reader, &rest, sizeof(rest)))
		return false;
	if (shared > reader->len || (size_t)shared + rest >= sizeof(reader->path))
		return false;
	if ((size_t)(reader->end - reader->at) < rest || memchr(reader->at, '\0', rest))
		return false;
	memcpy(reader->path + shared, reader->at, rest);
	reader->at += rest;
	reader->len = (size_t)shared + rest;
	reader->path[reader->len] = '\0';
	return reader->path[0] == '/';
}
