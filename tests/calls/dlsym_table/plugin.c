/* plugin: plugin.so */
#define FUNCTION(name, value) \
	int name(int x); \
	int name(int x) \
	{ \
		return x + value; \
	}

FUNCTION(first, 1)
FUNCTION(second, 2)
FUNCTION(third, 4)
FUNCTION(fourth, 8)
FUNCTION(fifth, 16)
FUNCTION(sixth, 32)
