/* flags: -std=gnu89 */
/* Called without a declaration: found where another unit defines it, unknown where none does. */
main()
{
	return defined_elsewhere(1) + defined_nowhere(2, 3);
}
