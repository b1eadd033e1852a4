/* Lists of addresses, and nothing else in them: what is stored behind one is in a record that no line names. */
struct widget {
	int (*draw)(int);
};

struct binding {
	const char *name;
	void *place;
};

static int initial(int x)
{
	return x;
}

static int listed(int x)
{
	return x + 1;
}

static int bound(int x)
{
	return x + 2;
}

static int literal(int x)
{
	return x + 4;
}

static void set(void **list, int (*function)(int))
{
	*(int (**)(int))list[0] = function;
}

static int draw_listed(void)
{
	struct widget widget = {initial};
	void *list[] = {&widget};

	*(int (**)(int))list[0] = listed;
	return widget.draw(0); /* -> listed, initial (may); closed */
}

struct knob {
	int (*turn)(int);
};

static struct knob knob = {initial};
static const struct binding bindings[] = {{"knob", &knob}};

static int turn_bound(void)
{
	*(int (**)(int))bindings[0].place = bound;
	return knob.turn(0); /* -> bound, initial (may); closed */
}

struct lamp {
	int (*light)(int);
};

static int light_literal(void)
{
	struct lamp lamp = {initial};

	set((void *[]){&lamp}, literal);
	return lamp.light(0); /* -> literal, initial (may); closed */
}

int main(void)
{
	return draw_listed() + turn_bound() + light_literal() == 7 ? 0 : 1;
}
