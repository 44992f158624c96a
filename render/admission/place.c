#include "render/admission/place.h"

#include "base/quantity.h"
#include "base/text.h"
#include "render/admission/findings.h"

#include <stdarg.h>
#include <string.h>

enum { PATH_KEY_MAX = 100 }; /* bytes of a key in a path; a longer one can only be a mistake or an attack */

struct place place_root(const json_t *object, struct admission_findings *findings)
{
	struct place root = { .value = object, .findings = findings };

	if (!json_is_object(object)) {
		root.value = NULL;
		refuse(&root, "the object is no mapping; give an object with kind, metadata and spec");
	}
	return root;
}

struct place place_member(const struct place *parent, const char *key, const json_t *value)
{
	return (struct place){ .value = json_is_null(value) ? NULL : value,
			       .parent = parent,
			       .key = key,
			       .findings = parent->findings };
}

struct place place_at(const struct place *parent, const char *key)
{
	return place_member(parent, key, json_object_get(parent->value, key));
}

static const char *type_name(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "a mapping";
	case JSON_ARRAY:
		return "a list";
	case JSON_STRING:
		return "text";
	case JSON_INTEGER:
	case JSON_REAL:
		return "a number";
	case JSON_TRUE:
	case JSON_FALSE:
		return "true or false";
	case JSON_NULL:
		break;
	}
	return "null";
}

void refuse_type(const struct place *place, const char *wanted)
{
	admission_findings_add_type(place->findings, place_path_new(place),
				    string_format("this is %s; write %s", type_name(place->value), wanted));
}

/* It counts as missing from then on. */
static void drop_type(struct place *place, const char *wanted)
{
	refuse_type(place, wanted);
	place->value = NULL;
}

struct place place_object(const struct place *parent, const char *key)
{
	struct place place = place_at(parent, key);

	if (place.value && !json_is_object(place.value))
		drop_type(&place, "a mapping");
	return place;
}

struct place place_list(const struct place *parent, const char *key)
{
	struct place place = place_at(parent, key);

	if (place.value && !json_is_array(place.value))
		drop_type(&place, "a list");
	return place;
}

struct place place_item_any(const struct place *list, size_t index)
{
	const json_t *value = json_array_get(list->value, index);

	return (struct place){ .value = json_is_null(value) ? NULL : value,
			       .parent = list,
			       .index = index,
			       .findings = list->findings };
}

struct place place_item(const struct place *list, size_t index)
{
	struct place place = place_item_any(list, index);

	if (place.value == NULL)
		refuse(&place, "this is null; write a mapping or drop it");
	else if (!json_is_object(place.value))
		drop_type(&place, "a mapping");
	return place;
}

size_t place_count(const struct place *list)
{
	size_t count = json_array_size(list->value);

	return count > PLACE_ITEMS_MAX ? PLACE_ITEMS_MAX : count;
}

bool place_has(const struct place *parent, const char *key)
{
	const json_t *value = json_object_get(parent->value, key);

	return value && !json_is_null(value) && !(json_is_string(value) && json_string_length(value) == 0);
}

const char *place_text(const struct place *parent, const char *key)
{
	struct place place = place_at(parent, key);
	const char *text;

	if (place.value && !json_is_string(place.value)) {
		drop_type(&place, "text, in quotes");
		return NULL;
	}
	text = json_string_value(place.value);
	return text && text[0] != '\0' ? text : NULL;
}

bool place_integer(const struct place *parent, const char *key, int64_t *number)
{
	struct place place = place_at(parent, key);

	if (place.value && !json_is_integer(place.value))
		drop_type(&place, "a whole number");
	if (place.value == NULL)
		return false;
	*number = json_integer_value(place.value);
	return true;
}

static bool is_boolean(const struct place *parent, const char *key, bool wanted)
{
	struct place place = place_at(parent, key);

	if (place.value && !json_is_boolean(place.value))
		drop_type(&place, "true or false");
	return place.value && json_is_true(place.value) == wanted;
}

bool place_is_true(const struct place *parent, const char *key)
{
	return is_boolean(parent, key, true);
}

bool place_is_false(const struct place *parent, const char *key)
{
	return is_boolean(parent, key, false);
}

bool place_quantity(const struct place *parent, const char *key, int64_t *thousandths)
{
	struct place place = place_at(parent, key);
	cleanup(free) char *text = NULL;

	if (place.value == NULL)
		return false;
	if (json_is_integer(place.value))
		text = string_format("%" JSON_INTEGER_FORMAT, json_integer_value(place.value));
	else if (json_is_real(place.value))
		text = string_format("%.17g", json_real_value(place.value));
	else if (json_is_string(place.value))
		text = string_copy(json_string_value(place.value));
	if (text && quantity_parse(text, thousandths))
		return true;
	if (text)
		refuse(&place, "\"%.40s\" is no quantity; write a number with a unit, such as 500m or 2Gi", text);
	else
		drop_type(&place, "a quantity such as 500m or 2Gi");
	return false;
}

size_t place_count_given(const struct place *parent, const char *const *keys, const char **last)
{
	size_t count = 0;

	for (; *keys; keys++) {
		if (!place_has(parent, *keys))
			continue;
		count++;
		if (last)
			*last = *keys;
	}
	return count;
}

static void path_write(const struct place *place, struct buffer *path)
{
	if (place->parent == NULL)
		return;
	path_write(place->parent, path);
	if (place->key == NULL) {
		buffer_format(path, "[%zu]", place->index);
		return;
	}
	if (path->length > 0)
		buffer_append_char(path, '.');
	buffer_format(path, "%.*s", PATH_KEY_MAX, place->key);
}

char *place_path_new(const struct place *place)
{
	cleanup(buffer) struct buffer path = BUFFER_INIT;

	path_write(place, &path);
	return text_printable(buffer_text(&path), TEXT_ONE_LINE);
}

void refuse(const struct place *place, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	admission_findings_add(place->findings, DIAGNOSTIC_ERROR, place_path_new(place),
			       string_vformat(format, arguments));
	va_end(arguments);
}

void refuse_at(const struct place *parent, const char *key, const char *format, ...)
{
	struct place place = place_at(parent, key);
	va_list arguments;

	va_start(arguments, format);
	admission_findings_add(place.findings, DIAGNOSTIC_ERROR, place_path_new(&place),
			       string_vformat(format, arguments));
	va_end(arguments);
}

void warn(const struct place *place, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	admission_findings_add(place->findings, DIAGNOSTIC_WARNING, place_path_new(place),
			       string_vformat(format, arguments));
	va_end(arguments);
}

void refuse_without_gate(const struct place *place, const char *what, const char *gate)
{
	warn(place,
	     "%s needs the feature gate %s, which is off by default; switch it on in the KubeVirt resource or "
	     "do without",
	     what, gate);
}
