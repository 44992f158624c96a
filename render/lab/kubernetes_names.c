#include "render/lab/kubernetes_names.h"

#include <ctype.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

#define LABEL_VALUE "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
#define SUBDOMAIN "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"

const struct value_type object_name_type = { .name = "name", .shape = VALUE_TEXT, .pattern = "^" SUBDOMAIN "$" };
const struct value_type host_name_type = { .name = "name", .shape = VALUE_TEXT, .pattern = NAME_PATTERN };
const struct value_type qualified_name_type = {
	.name = "label key",
	.shape = VALUE_TEXT,
	.pattern = "^(" SUBDOMAIN "/)?" LABEL_VALUE "$",
};

const void *object_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!name_is_subdomain(pair->value->text))
		return reader_refuse(reader, pair->value,
				     "%s %s is no name of a Kubernetes object; use lower-case letters, digits, \"-\" "
				     "and \".\", with a letter or digit at both ends",
				     pair->key, reader_quote(reader, pair->value->text));
	return pair->value->text;
}

const void *host_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!text_is_dns_label(pair->value->text))
		return reader_refuse(
			reader, pair->value,
			"%s %s must be at most %d lower-case letters, digits and \"-\", with a letter or "
			"digit at both ends",
			pair->key, reader_quote(reader, pair->value->text), NAME_LENGTH_MAX);
	return pair->value->text;
}

bool is_label_value(const char *text)
{
	size_t length = strlen(text);

	if (length == 0)
		return true;
	if (length > NAME_LENGTH_MAX || !isalnum((unsigned char)text[0]) || !isalnum((unsigned char)text[length - 1]))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("-_.", text[i]))
			return false;
	return true;
}

bool is_qualified_name(const char *text)
{
	const char *slash = strchr(text, '/');
	const char *name = slash ? slash + 1 : text;
	cleanup(free) char *prefix = slash ? string_copy_n(text, (size_t)(slash - text)) : NULL;

	return *name && is_label_value(name) && (prefix == NULL || name_is_subdomain(prefix));
}

const void *qualified_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!is_qualified_name(pair->value->text))
		return reader_refuse(reader, pair->value,
				     "%s %s is no key of a label; write it like example.com/rack, with at most %d "
				     "letters, digits, \"-\", \"_\" and \".\" after the \"/\"",
				     pair->key, reader_quote(reader, pair->value->text), NAME_LENGTH_MAX);
	return pair->value->text;
}

bool is_attachment_name(const char *text)
{
	const char *slash = strchr(text, '/');
	cleanup(free) char *space = slash ? string_copy_n(text, (size_t)(slash - text)) : NULL;

	return (space == NULL || text_is_dns_label(space)) && name_is_subdomain(slash ? slash + 1 : text);
}
