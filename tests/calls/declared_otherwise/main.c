struct row {
	const char *name;
	int (*run)(int);
};

extern const struct row rows[];
extern void *hook;
extern void *const list[];

int main(void)
{
	int sum = 0;

	for (const struct row *row = rows; row->name; row++)
		sum += row->run(0); /* -> one, two (may); sound */
	sum += ((int (*)(int))hook)(0); /* -> two, one (may); sound */
	return sum + ((int (*)(int))list[1])(0) == 5 ? 0 : 1; /* -> two, one (may); sound */
}
