/* Two libraries are made of this, with NAME(work) of their own. */
#include "work.h"

#define JOIN(a, b) a##b
#define PASTE(a, b) JOIN(a, b)
#define NAME(name) PASTE(PLUGIN, name)

keep static void NAME(_leaf)(void)
{
	effect();
}

__attribute__((constructor)) static void NAME(_construct)(void)
{
	NAME(_leaf)();
}

__attribute__((destructor)) static void NAME(_destruct)(void)
{
	NAME(_leaf)();
}

void work(void (*back)(void));

void work(void (*back)(void))
{
	NAME(_leaf)();
	back();
}
