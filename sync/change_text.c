#include "sync/change_text.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "sync/short_text.h"

enum { DIGEST_LENGTH = 64, DIGEST_SHOWN = 12 };

static const char secret[] = "(secret)";

/* Where a value is not to be shown, whatever it is. A guest's first-boot data
 * holds passwords and keys. */
static const char *const secret_fields[] = { "userData", "userDataBase64", "networkData", "networkDataBase64" };

static bool is_secret_field(const char *name)
{
	for (size_t i = 0; name && i < sizeof(secret_fields) / sizeof(secret_fields[0]); i++)
		if (strcmp(name, secret_fields[i]) == 0)
			return true;
	return false;
}

static bool is_secret(const struct field_path *path)
{
	if (object_type_is(path->type, "", "Secret") &&
	    (field_path_is_within(path, "data") || field_path_is_within(path, "stringData")))
		return true;
	for (; path; path = path->parent)
		if (is_secret_field(path->name))
			return true;
	return false;
}

/* Hides what is secret below a value that itself may be shown. */
static json_t *masked_copy(const json_t *value, size_t depth)
{
	json_t *copy, *member;
	const char *name;

	if (depth >= FIELD_DEPTH_MAX)
		return json_string("...");
	if (json_is_array(value)) {
		copy = json_array();
		for (size_t i = 0; i < json_array_size(value); i++)
			json_array_append_new(copy, masked_copy(json_array_get(value, i), depth + 1));
		return copy;
	}
	if (!json_is_object(value))
		return json_copy((json_t *)value);
	copy = json_object();
	json_object_foreach ((json_t *)value, name, member)
		json_object_set_new(copy, name,
				    is_secret_field(name) ? json_string(secret) : masked_copy(member, depth + 1));
	return copy;
}

/* A SHA-256 tells a reader nothing but that it is another one, for which its beginning does. */
static bool is_digest(const char *text)
{
	return strlen(text) == DIGEST_LENGTH && strspn(text, "0123456789abcdef") == DIGEST_LENGTH;
}

static char *value_text_new(const json_t *value)
{
	cleanup(json) json_t *masked = NULL;

	if (json_is_string(value) && is_digest(json_string_value(value)))
		return string_copy_n(json_string_value(value), DIGEST_SHOWN);
	if (json_is_string(value) && *json_string_value(value))
		return string_copy(json_string_value(value));
	if (json_is_real(value))
		return string_format("%.15g", json_real_value(value));
	masked = masked_copy(value, 0);
	return json_text_new(masked);
}

char *change_text_new(const struct field_path *path, const json_t *value)
{
	cleanup(free) char *text = NULL;

	if (value == NULL)
		return NULL;
	if (is_secret(path))
		return string_copy(secret);
	text = value_text_new(value);
	return short_text_new(text, CHANGE_TEXT_MAX);
}
