#ifndef SS_H
#define SS_H

typedef const struct request_entry {
	const char *const *command_names;
	void (*const function)(int argc, const char *const argv[], int index, void *info);
	const char *const info_string;
	int flags;
} request_entry;

typedef const struct request_table {
	int version;
	request_entry *requests;
} request_table;

int ss_create_invocation(const char *name, request_table *table);
void ss_add_request_table(int index, request_table *table);
int ss_execute_line(int index, char *line);
void ss_standard(int argc, const char *const argv[], int index, void *info);

#endif
