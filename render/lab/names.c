#include "render/lab/names.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/scalar_place.h"
#include "render/lab/values.h"

enum { SUBDOMAIN_MAX = 253 };

#define SUBDOMAIN_PART "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"

const struct value_type name_type = { .name = "name", .shape = VALUE_TEXT, .pattern = NAME_PATTERN };
const struct value_type lab_name_type = {
	.name = "name",
	.shape = VALUE_TEXT,
	.pattern = "^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$",
};
const struct value_type subdomain_type = {
	.name = "name",
	.shape = VALUE_TEXT,
	.pattern = "^" SUBDOMAIN_PART "(\\." SUBDOMAIN_PART ")*$",
};

bool name_check(struct reader *reader, const char *what, const char *name, size_t line, size_t column)
{
	if (text_is_dns_label(name))
		return true;
	if (strlen(name) > NAME_LENGTH_MAX)
		reader_error(reader, line, column, "%s name %s is %zu characters long; at most %d fit", what,
			     reader_quote(reader, name), strlen(name), NAME_LENGTH_MAX);
	else
		reader_error(reader, line, column,
			     "%s name %s is not usable; use lower-case letters, digits and \"-\", with a letter or "
			     "digit at both ends",
			     what, reader_quote(reader, name));
	return false;
}

/* To YAML 1.1, as Kubernetes reads it, y, n, yes, no, on and off are booleans, as keys too. */
bool name_check_key(struct reader *reader, const char *what, const struct yaml_pair *pair)
{
	bool is_boolean = text_equal(pair->key, "true") || text_equal(pair->key, "false");

	if (!is_boolean || scalar_is_written(reader, pair->line, pair->column, pair->key))
		return name_check(reader, what, pair->key, pair->line, pair->column);
	reader_error(reader, pair->line, pair->column,
		     "this %s would be called \"%s\", as without quotes its name is a boolean; write it in quotes",
		     what, pair->key);
	return false;
}

bool name_check_lab(struct reader *reader, const char *name, size_t line, size_t column)
{
	if (!name_check(reader, "lab", name, line, column))
		return false;
	/* Services are named after it, and RFC 1035 wants a letter first. */
	if (name[0] >= '0' && name[0] <= '9') {
		reader_error(
			reader, line, column,
			"lab name \"%s\" begins with a digit; begin it with a letter, as services are named after "
			"it",
			name);
		return false;
	}
	return true;
}

const char *name_join(struct reader *reader, const char *lab, const char *what, const char *name, size_t line,
		      size_t column)
{
	const char *joined = arena_format(reader->arena, "%s-%s", lab, name);

	if (strlen(joined) <= NAME_LENGTH_MAX)
		return joined;
	reader_error(reader, line, column,
		     "\"%s\" is %zu characters long, but at most %d fit; shorten the name of the lab or of the %s",
		     joined, strlen(joined), NAME_LENGTH_MAX, what);
	return NULL;
}

static bool is_subdomain_part(const char *part, size_t length)
{
	static const char ends[] = "abcdefghijklmnopqrstuvwxyz0123456789";

	for (size_t i = 0; i < length; i++)
		if (!strchr(ends, part[i]) && (part[i] != '-' || i == 0 || i == length - 1))
			return false;
	return length > 0;
}

/* Unlike the DNS, Kubernetes limits only the whole, and not what is between two dots. */
bool name_is_subdomain(const char *name)
{
	if (strlen(name) > SUBDOMAIN_MAX)
		return false;
	for (;;) {
		size_t length = strcspn(name, ".");

		if (!is_subdomain_part(name, length))
			return false;
		if (name[length] == '\0')
			return true;
		name += length + 1;
	}
}

const void *namespace_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *value = pair->value;

	if (value_string_pair(reader, pair) == NULL ||
	    !name_check(reader, "namespace", value->text, value->line, value->column))
		return NULL;
	return value->text;
}

const void *storage_class_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!name_is_subdomain(pair->value->text))
		return reader_refuse(reader, pair->value, "storageClass %s is no name of a StorageClass",
				     reader_quote(reader, pair->value->text));
	return pair->value->text;
}
