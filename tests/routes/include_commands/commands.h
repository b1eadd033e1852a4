/* Included several times, with another meaning each time. */
/* clang-format off */
xx(lvchange, "Change the attributes of volumes", PERMITTED_READ_ONLY)
xx(lvcreate, "Create a volume", 0)
xx(vgscan, "Search for all groups", PERMITTED_READ_ONLY | ALL_VGS)
xx(version, "Display software and driver version information", PERMITTED_READ_ONLY)
	/* clang-format on */
