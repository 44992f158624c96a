#include "tests/unit/render/value_path.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The item whose `key` is the text `value`. */
static const json_t *item_with(const json_t *list, const char *key, const char *value)
{
	json_t *item;
	size_t i;

	json_array_foreach (list, i, item) {
		const json_t *found = json_object_get(item, key);
		cleanup(free) char *number =
			json_is_integer(found) ? string_format("%lld", (long long)json_integer_value(found)) : NULL;
		const char *text = number ? number : json_string_value(found);

		if (text && strcmp(text, value) == 0)
			return item;
	}
	return NULL;
}

/* What is between the brackets. */
static const json_t *bracket(const json_t *at, const char *inner)
{
	const char *equals = strchr(inner, '=');
	cleanup(free) char *key = NULL;

	if (inner[0] == '"') {
		key = string_copy_n(inner + 1, strlen(inner) - 2);
		return json_object_get(at, key);
	}
	if (isdigit((unsigned char)inner[0]))
		return json_array_get(at, strtoul(inner, NULL, 10));
	if (equals == NULL)
		return NULL;
	key = string_copy_n(inner, (size_t)(equals - inner));
	return item_with(at, key, equals + 1);
}

const json_t *value_at_path(const json_t *object, const char *path)
{
	const json_t *at = object;

	while (at && *path) {
		size_t length = *path == '[' ? strcspn(path, "]") + 1 : strcspn(path, ".[");
		cleanup(free) char *part =
			*path == '[' ? string_copy_n(path + 1, length - 2) : string_copy_n(path, length);

		if (*path == '[' && path[1] == '"') {
			const char *close = strstr(path + 2, "\"]");

			if (close == NULL)
				return NULL;
			free(part);
			length = (size_t)(close - path) + 2;
			part = string_copy_n(path + 1, length - 2);
		}
		at = *path == '[' ? bracket(at, part) : json_object_get(at, part);
		path += length;
		path += *path == '.';
	}
	return at;
}
