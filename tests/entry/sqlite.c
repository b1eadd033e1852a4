/* SQL functions have names; a virtual table's module has one for all its functions. */
#include <stddef.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_context sqlite3_context;
typedef struct sqlite3_value sqlite3_value;
typedef struct sqlite3_module sqlite3_module;
struct sqlite3_module {
	int iVersion;
	int (*xConnect)(sqlite3 *, void *);
};

int sqlite3_create_function(sqlite3 *, const char *, int, int, void *,
	void (*)(sqlite3_context *, int, sqlite3_value **),
	void (*)(sqlite3_context *, int, sqlite3_value **), void (*)(sqlite3_context *));
int sqlite3_create_module(sqlite3 *, const char *, const sqlite3_module *, void *);
int sqlite3_exec(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *,
	char **);

static void half(sqlite3_context *context, int n, sqlite3_value **values)
{
	(void)context;
	(void)n;
	(void)values;
}

static int on_row(void *data, int n, char **values, char **names)
{
	(void)data;
	(void)values;
	(void)names;
	return n;
}

static int logs_connect(sqlite3 *db, void *data)
{
	(void)db;
	return data != NULL;
}

static const sqlite3_module logs = {0, logs_connect};

int main(int argc, char **argv)
{
	sqlite3 *db = (sqlite3 *)argv;

	sqlite3_create_function(db, "half", argc, 1, NULL, half, NULL, NULL);
	sqlite3_create_module(db, "logs", &logs, NULL);
	return sqlite3_exec(db, "select half(2)", on_row, NULL, NULL);
}
