#include "rows.h"
#include <string.h>

int find_and_run(const struct row *rows, int argc, char **argv)
{
	for (; rows->name; rows++)
		if (!strcmp(rows->name, argv[0]))
			return rows->run(argc, argv);
	return 1;
}
