#include "sync/immutable.h"

#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "sync/identity.h"
#include "sync/short_text.h"

enum { VALUE_LENGTH_MAX = 80 };

static json_t *values_new(const json_t *object)
{
	const char *text = object_annotation(object, ANNOTATION_IMMUTABLE);

	return text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

static void append_difference(struct buffer *text, const char *key, const char *before, const char *after)
{
	cleanup(free) char *old = short_text_new(before, VALUE_LENGTH_MAX);
	cleanup(free) char *wanted = short_text_new(after, VALUE_LENGTH_MAX);

	buffer_format(text, text->length ? ", and %s from %s to %s" : "%s cannot change from %s to %s", key,
		      *old ? old : "nothing", *wanted ? wanted : "nothing");
}

bool immutable_check(const json_t *desired, const json_t *live, struct error *err)
{
	cleanup(json) json_t *wanted = values_new(desired), *there = values_new(live);
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	const char *key;
	json_t *value;

	json_object_foreach (wanted, key, value) {
		const char *after = json_string_value(value);
		const char *before = json_string_value(json_object_get(there, key));

		if (before && after && strcmp(before, after) != 0)
			append_difference(&text, key, before, after);
	}
	if (text.length == 0)
		return true;
	return error_set(err, ERROR_REFUSED, "%s %s: %s once the VM is made; give the new VM another name",
			 json_text_at(desired, "kind", NULL), object_name(desired), buffer_text(&text));
}
