/* A struct in a struct in an array in a struct, reached by values and by pointers. */
struct action {
	int (*run)(int);
	int (*undo)(int);
};

struct key {
	int code;
	struct action action;
};

struct keymap {
	struct key keys[2];
	struct action *fallback;
};

static int insert(int x)
{
	return x + 1;
}

static int erase(int x)
{
	return x - 1;
}

static int beep(int x)
{
	return x;
}

static struct action fallback = {beep, beep};
static struct keymap map = {.keys = {{'i', {insert, erase}}, {'x', {erase, insert}}}, .fallback = &fallback};

int main(void)
{
	struct keymap *m = &map;
	int sum = 0;

	for (int i = 0; i < 2; i++)
		sum += m->keys[i].action.run(i); /* -> insert, erase, beep (may); closed */
	sum += (*m).fallback->undo(7); /* -> beep, insert (may), erase (may); closed */
	m->keys[0].action.run = m->fallback->run;
	return sum == 8 && map.keys[0].action.run(3) == 3 ? 0 : 1; /* -> beep, insert (may), erase (may); closed */
}
