#include "base/json.h"

#include <string.h>

static json_t *json_walk(const json_t *value, va_list keys)
{
	const char *key;

	while (value && (key = va_arg(keys, const char *)))
		value = json_object_get(value, key);
	return (json_t *)value;
}

json_t *json_at(const json_t *value, ...)
{
	va_list keys;
	json_t *found;

	va_start(keys, value);
	found = json_walk(value, keys);
	va_end(keys);
	return found;
}

const char *json_text_at(const json_t *value, ...)
{
	va_list keys;
	json_t *found;

	va_start(keys, value);
	found = json_walk(value, keys);
	va_end(keys);
	return json_string_value(found);
}

json_t *json_new_from_text(const char *text, size_t length, const char *what, struct error *err)
{
	json_error_t problem;
	json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);

	if (value == NULL)
		error_set(err, ERROR_INVALID, "%s is not JSON: %s (line %d, column %d)", what, problem.text,
			  problem.line, problem.column);
	return value;
}

char *json_text_new(const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);

	return text ? text : string_copy("null");
}

json_t *json_object_member(json_t *object, const char *key)
{
	json_t *member = json_object_get(object, key);

	if (!json_is_object(member)) {
		member = json_object();
		json_object_set_new(object, key, member);
	}
	return member;
}

void json_set_text(json_t *object, const char *key, const char *text)
{
	if (text)
		json_object_set_new(object, key, json_string(text));
}
