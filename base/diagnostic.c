#include "base/diagnostic.h"

#include <string.h>

static void diagnostic_deinit(struct diagnostic *diagnostic)
{
	free(diagnostic->path);
	free(diagnostic->message);
}

void diagnostics_deinit(struct diagnostics *list)
{
	for (size_t i = 0; i < list->count; i++)
		diagnostic_deinit(&list->items[i]);
	free(list->items);
	*list = (struct diagnostics)DIAGNOSTICS_INIT;
}

/* The last warning, which makes room for an error: that is what the reader has to know. NULL when there is none. */
static struct diagnostic *take_warning_out(struct diagnostics *list)
{
	for (size_t i = list->count; i-- > 0;)
		if (list->items[i].severity == DIAGNOSTIC_WARNING) {
			diagnostic_deinit(&list->items[i]);
			return &list->items[i];
		}
	return NULL;
}

static struct diagnostic *diagnostics_next(struct diagnostics *list, enum diagnostic_severity severity)
{
	if (severity == DIAGNOSTIC_ERROR)
		list->errors++;
	if (list->count >= DIAGNOSTICS_MAX) {
		list->dropped++;
		return severity == DIAGNOSTIC_ERROR ? take_warning_out(list) : NULL;
	}
	memory_grow(&list->items, list->count, &list->capacity, sizeof(*list->items));
	return &list->items[list->count++];
}

void diagnostics_add(struct diagnostics *list, enum diagnostic_severity severity, const char *path, size_t line,
		     size_t column, const char *format, ...)
{
	struct diagnostic *item = diagnostics_next(list, severity);
	va_list arguments;

	if (item == NULL)
		return;
	va_start(arguments, format);
	*item = (struct diagnostic){ .severity = severity,
				     .path = string_copy(path),
				     .line = line,
				     .column = column,
				     .message = string_vformat(format, arguments) };
	va_end(arguments);
}

void diagnostics_add_error(struct diagnostics *list, const struct error *err)
{
	diagnostics_add(list, DIAGNOSTIC_ERROR, err->path, err->line, err->column, "%s", err->message);
}

void diagnostics_move(struct diagnostics *to, struct diagnostics *from)
{
	for (size_t i = 0; i < from->count; i++) {
		struct diagnostic *item = diagnostics_next(to, from->items[i].severity);

		if (item)
			*item = from->items[i];
		else
			diagnostic_deinit(&from->items[i]);
	}
	to->dropped += from->dropped;
	free(from->items);
	*from = (struct diagnostics)DIAGNOSTICS_INIT;
}

static int compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int diagnostic_compare(const void *left, const void *right)
{
	const struct diagnostic *a = left, *b = right;
	int order = strcmp(a->path ? a->path : "", b->path ? b->path : "");

	if (order == 0)
		order = compare_numbers(a->line, b->line);
	if (order == 0)
		order = compare_numbers(a->column, b->column);
	return order ? order : strcmp(a->message, b->message);
}

void diagnostics_sort(struct diagnostics *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), diagnostic_compare);
}

void diagnostic_write(const struct diagnostic *diagnostic, struct buffer *out)
{
	if (diagnostic->path) {
		buffer_append_text(out, diagnostic->path);
		if (diagnostic->line)
			buffer_format(out, ":%zu:%zu", diagnostic->line, diagnostic->column);
		buffer_append_text(out, ": ");
	}
	buffer_append_text(out, diagnostic->severity == DIAGNOSTIC_ERROR ? "error: " : "warning: ");
	buffer_append_text(out, diagnostic->message);
}
