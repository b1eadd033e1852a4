/* A field that is written through a pointer to it: no assignment in the source names the field. */
struct widget {
	int (*draw)(int);
	int (*hide)(int);
};

static int draw_plain(int x)
{
	return x + 1;
}

static int draw_fancy(int x)
{
	return x + 2;
}

static int hide(int x)
{
	return x + 4;
}

static void replace(int (**place)(int), int (*by)(int))
{
	*place = by;
}

int main(void)
{
	struct widget widget = {draw_plain, draw_plain};
	int (**slot)(int) = &widget.hide;
	int sum;

	*slot = hide;
	replace(&widget.draw, draw_fancy);
	sum = widget.draw(0); /* -> draw_fancy, draw_plain (may), hide (may); closed */
	sum += widget.hide(0); /* -> hide, draw_plain (may), draw_fancy (may); closed */
	return sum == 6 ? 0 : 1;
}
