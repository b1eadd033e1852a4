/* A weak default that a strong definition replaces: by name, by address, and as a variable. */
int policy(int x);
int kept(int x);
extern int (*chosen)(int);

int main(void)
{
	int (*f)(int) = policy;
	int sum = policy(0); /* -> strong.c:policy; closed */

	sum += f(0); /* -> strong.c:policy; closed */
	sum += kept(0); /* -> kept; closed */
	sum += chosen(0); /* -> from_strong, from_weak (may); closed */
	return sum == 7 ? 0 : 1;
}
