#include "render/objects/empty.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* The server drops null, empty lists and empty maps of text, and would seem to differ from Git ever after. */
static bool is_dropped(const char *key, const json_t *value)
{
	static const char *const maps[] = { "nodeSelector", "limits", "requests", "matchLabels", NULL };

	if (json_is_null(value))
		return true;
	if (json_is_array(value))
		return json_array_size(value) == 0;
	for (size_t i = 0; json_is_object(value) && json_object_size(value) == 0 && maps[i]; i++) {
		if (text_equal(maps[i], key))
			return true;
	}
	return false;
}

void empty_drop(json_t *value)
{
	const char *key;
	json_t *member;
	void *next;
	size_t i;

	json_object_foreach_safe(value, next, key, member)
	{
		empty_drop(member);
		if (is_dropped(key, member))
			json_object_del(value, key);
	}
	json_array_foreach (value, i, member)
		empty_drop(member);
}
