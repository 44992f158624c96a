#include "base/error.h"

#include <string.h>

void error_deinit(struct error *err)
{
	free(err->message);
	free(err->path);
	*err = (struct error)ERROR_INIT;
}

static void __attribute__((format(printf, 3, 0)))
error_fill(struct error *err, enum error_code code, const char *format, va_list arguments)
{
	char *message = string_vformat(format, arguments);

	error_deinit(err);
	err->code = code;
	err->message = message;
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	error_fill(err, code, format, arguments);
	va_end(arguments);
	return false;
}

bool error_set_at(struct error *err, const char *path, size_t line, size_t column, const char *format, ...)
{
	cleanup(free) char *own = string_copy(path); /* `path` may live in `err` */
	va_list arguments;

	va_start(arguments, format);
	error_fill(err, ERROR_INVALID, format, arguments);
	va_end(arguments);
	err->path = steal(&own);
	err->line = line;
	err->column = column;
	return false;
}

bool error_system(struct error *err, int number, const char *format, ...)
{
	va_list arguments;
	cleanup(free) char *what = NULL;

	va_start(arguments, format);
	what = string_vformat(format, arguments);
	va_end(arguments);
	return error_set(err, ERROR_SYSTEM, "%s: %s", what, strerror(number));
}

bool error_wrap(struct error *err, const char *format, ...)
{
	va_list arguments;
	cleanup(free) char *context = NULL;
	char *message;

	va_start(arguments, format);
	context = string_vformat(format, arguments);
	va_end(arguments);
	message = string_format("%s: %s", context, err->message ? err->message : "unknown error");
	free(err->message);
	err->message = message;
	return false;
}

void error_move(struct error *to, struct error *from)
{
	error_deinit(to);
	*to = *from;
	*from = (struct error)ERROR_INIT;
}

void error_copy(struct error *to, const struct error *from)
{
	struct error copy = { .code = from->code,
			      .message = string_copy(from->message),
			      .path = string_copy(from->path),
			      .line = from->line,
			      .column = from->column };

	error_deinit(to);
	*to = copy;
}

char *error_text(const struct error *err)
{
	const char *message = err->message ? err->message : "unknown error";

	if (err->path == NULL)
		return string_format("error: %s", message);
	if (err->line == 0)
		return string_format("%s: error: %s", err->path, message);
	return string_format("%s:%zu:%zu: error: %s", err->path, err->line, err->column, message);
}
