/* dl_iterate_phdr calls back for each loaded object, with a struct of ours that has a function in it. */
#include <link.h>
#include <stddef.h>

struct search {
	int (*is_wanted)(const char *name);
	int found;
};

static int is_program(const char *name)
{
	return name[0] == 0;
}

static int visit(struct dl_phdr_info *info, size_t size, void *data)
{
	struct search *search = data;

	if (size < sizeof(*info))
		return 1;
	search->found += search->is_wanted(info->dlpi_name) != 0; /* -> is_program; closed */
	return 0;
}

int main(void)
{
	struct search search = {is_program, 0};

	dl_iterate_phdr(visit, &search); /* -> dl_iterate_phdr, visit; closed */
	return search.found > 0 ? 0 : 1;
}
