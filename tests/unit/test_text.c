#include "core/text.h"

#include <criterion/criterion.h>

Test(text, grows_and_stays_terminated)
{
	scoped_text text = {0};

	for (int i = 0; i < 1000; i++)
		text_printf(&text, "%03d", i);
	cr_assert_eq(text.len, 3000);
	cr_assert_str_eq(text.bytes + 2997, "999");
}

Test(text, of_nothing_is_the_empty_string)
{
	struct text text = {0};

	cr_assert_str_eq(text_string(&text), "");
}

Test(text, has_bytes_as_two_digits_each)
{
	static const unsigned char bytes[] = {0x00, 0x0f, 0xa0, 0xff};
	scoped_text text = {0};

	text_add_hex(&text, bytes, sizeof(bytes));
	cr_assert_str_eq(text.bytes, "000fa0ff");
}
