#include "render/lab/tell_once.h"

#include "base/text.h"

static bool was_told(const struct diagnostics *list, const struct place *place, const char *message)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct diagnostic *item = &list->items[i];

		if (item->line == place->line && item->column == place->column &&
		    text_equal(item->path, place->path) && text_equal(item->message, message))
			return true;
	}
	return false;
}

void reader_error_once(struct reader *reader, const struct place *place, const char *format, ...)
{
	cleanup(free) char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	if (was_told(reader->diagnostics, place, message))
		reader->errors++;
	else
		reader_error_at(reader, place, "%s", message);
}

void reader_warn_once(struct reader *reader, const struct place *place, const char *format, ...)
{
	cleanup(free) char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	if (!was_told(reader->diagnostics, place, message))
		reader_warn_at(reader, place, "%s", message);
}
