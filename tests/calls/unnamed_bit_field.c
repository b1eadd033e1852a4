/* Bit-fields without a name take no initialiser: the values after them are one place further. */
struct packet {
	unsigned kind : 3;
	unsigned : 5;
	unsigned length : 8;
	int : 0;
	int (*parse)(int);
	int (*print)(int);
} __attribute__((packed));

static int parse(int x)
{
	return x + 1;
}

static int print(int x)
{
	return x + 2;
}

static struct packet packet = {1, 2, parse, print};

int main(void)
{
	int sum = packet.parse(0); /* -> parse; closed */

	sum += packet.print(0); /* -> print; closed */
	return sum == 3 ? 0 : 1;
}
