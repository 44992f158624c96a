#include "sync/short_text.h"

#include <string.h>

#include "base/text.h"

static const char ellipsis[] = "...";

/* The place nearest before `length` that is not within a character. */
static size_t cut_place(const char *text, size_t length)
{
	while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

char *short_text_new(const char *text, size_t limit)
{
	char *line = text_printable(text, TEXT_ONE_LINE);

	if (strlen(line) > limit && limit >= strlen(ellipsis))
		memcpy(line + cut_place(line, limit - strlen(ellipsis)), ellipsis, sizeof(ellipsis));
	return line;
}
