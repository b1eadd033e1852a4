/* A call from a macro has the place where the macro stands and the place inside the macro. */
int f(int), f_pasted(int), log_at(const char *, int);
#define CALL f(1)
#define TWICE(x) (f(x) + f(x + 1))
#define PASTE(name) name##_pasted(2)
#define INDIRECT(name) name(3)
#define LOG(text) log_at(text, __LINE__)
#define CHECK(e) ((e) ? (void)0 : (void)LOG(#e))
#define DEFINE(name) int name##_made(int x) { return f(x); }
#define NESTED TWICE(CALL)

DEFINE(first) DEFINE(second)

int main(void)
{
	CALL;
	TWICE(f(9));
	PASTE(f);
	INDIRECT(f);
	CHECK(first_made(1) == second_made(2));
	NESTED;
	return CALL + CALL;
}
