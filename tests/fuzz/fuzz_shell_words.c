/* Command lines and response files of any bytes: words end, and hold what was there. */
#include "core/shell_words.h"
#include "core/text.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void split(const uint8_t *data, size_t size, enum quoting quoting)
{
	scoped_text word = {0};
	struct shell_words words;
	size_t total = 0, n = 0;

	shell_words_init(&words, (const char *)data, size, quoting);
	while (shell_words_next(&words, &word)) {
		assert(word.bytes);
		assert(words.at <= words.end);
		total += word.len;
		n++;
	}
	assert(words.at == words.end);
	assert(total + n <= size + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	split(data, size, QUOTING_SHELL);
	split(data, size, QUOTING_RESPONSE);
	return 0;
}
