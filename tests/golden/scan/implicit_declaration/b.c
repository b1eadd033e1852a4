/* flags: -std=gnu89 */
defined_elsewhere(x)
{
	return x;
}
