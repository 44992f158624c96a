#include "render/lab/labels.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/map_build.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

enum { LABEL_LENGTH_MAX = 63 };

enum reserved_labels { RESERVED_REFUSED, RESERVED_LEFT_OUT };

#define ALPHANUMERIC "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

const struct value_type labels_type = {
	.shape = VALUE_MAP,
	.items = &text_type,
	.items_max = LABELS_MAX,
};

/* Names and values alike: [A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])? */
static bool is_label_word(const char *text)
{
	size_t length = strlen(text);

	return length > 0 && length <= LABEL_LENGTH_MAX && strspn(text, ALPHANUMERIC "-_.") == length &&
	       strspn(text, ALPHANUMERIC) > 0 && strspn(text + length - 1, ALPHANUMERIC) > 0;
}

static bool is_label_key(const char *key)
{
	const char *slash = strchr(key, '/');
	cleanup(free) char *prefix = slash ? string_copy_n(key, (size_t)(slash - key)) : NULL;

	return slash ? name_is_subdomain(prefix) && is_label_word(slash + 1) : is_label_word(key);
}

/* By these labsync, the API server's prune and KubeVirt find what is theirs. */
static bool is_reserved(const char *key)
{
	static const char *const keys[] = { "app.kubernetes.io/managed-by", "app.kubernetes.io/name",
					    "app.kubernetes.io/part-of", NULL };
	static const char *const domains[] = { "labsync.dev", "kubevirt.io", "applyset.kubernetes.io", NULL };
	const char *slash = strchr(key, '/');
	cleanup(free) char *prefix = slash ? string_copy_n(key, (size_t)(slash - key)) : NULL;

	for (size_t i = 0; keys[i]; i++)
		if (text_equal(keys[i], key))
			return true;
	for (size_t i = 0; prefix && domains[i]; i++)
		if (text_ends_with(prefix, domains[i]) &&
		    (strlen(prefix) == strlen(domains[i]) || prefix[strlen(prefix) - strlen(domains[i]) - 1] == '.'))
			return true;
	return false;
}

static bool value_is_usable(struct reader *reader, const struct yaml_pair *field, const struct yaml_pair *entry)
{
	const struct yaml_node *value = entry->value;

	if (value->kind != YAML_STRING && !value->is_text_too)
		reader_refuse(reader, value, "%s: the value of %s must be a string; write it in quotes", field->key,
			      reader_quote(reader, entry->key));
	else if (value->length > 0 && !is_label_word(value->text))
		reader_refuse(
			reader, value,
			"%s is no value of a label; use at most %d letters, digits, \"-\", \"_\" and \".\", with "
			"a letter or digit at both ends",
			reader_quote(reader, value->text), LABEL_LENGTH_MAX);
	else
		return true;
	return false;
}

static bool key_is_usable(struct reader *reader, const struct yaml_pair *entry, enum reserved_labels reserved)
{
	const char *shown = reader_quote(reader, entry->key);

	if (!is_label_key(entry->key))
		reader_error(
			reader, entry->line, entry->column,
			"%s is no name of a label; use at most %d letters, digits, \"-\", \"_\" and \".\", after a "
			"prefix like example.org/ or without one",
			shown, LABEL_LENGTH_MAX);
	else if (!is_reserved(entry->key))
		return true;
	else if (reserved == RESERVED_REFUSED)
		reader_error(reader, entry->line, entry->column,
			     "label %s is set by labsync, KubeVirt or Kubernetes; choose another name", shown);
	else
		reader_warn(reader, entry->line, entry->column,
			    "label %s is set by labsync, KubeVirt or Kubernetes; it is left out", shown);
	return false;
}

struct labels_reading {
	const struct yaml_pair *field;
	enum reserved_labels reserved;
};

static const void *label_read(struct reader *reader, const struct yaml_pair *entry, const void *context)
{
	const struct labels_reading *reading = context;

	if (entry->value->kind == YAML_NULL || !key_is_usable(reader, entry, reading->reserved) ||
	    !value_is_usable(reader, reading->field, entry))
		return NULL;
	return entry->value->text;
}

static const void *labels_take(struct reader *reader, const struct yaml_pair *pair, enum reserved_labels reserved)
{
	const struct yaml_node *mapping = pair->value;
	const struct labels_reading reading = { pair, reserved };
	const struct value_map *labels;

	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	if (mapping->count > LABELS_MAX)
		return reader_refuse(reader, mapping, "%zu labels; at most %d are taken", mapping->count, LABELS_MAX);
	labels = map_build(reader, mapping, label_read, &reading);
	return labels->count ? labels : NULL;
}

const void *labels_read(struct reader *reader, const struct yaml_pair *pair)
{
	return labels_take(reader, pair, RESERVED_REFUSED);
}

const void *labels_read_metadata(struct reader *reader, const struct yaml_pair *pair)
{
	return labels_take(reader, pair, RESERVED_LEFT_OUT);
}

static bool map_has(const struct value_map *map, const char *key)
{
	for (size_t i = 0; i < map->count; i++)
		if (text_equal(map->keys[i], key))
			return true;
	return false;
}

const struct value_map *labels_merge(struct arena *arena, const struct value_map *lower,
				     const struct value_map *upper)
{
	const struct value_map *sources[] = { lower, upper };
	struct value_map *merged;
	const char **keys;
	const void **values;
	struct place *places;

	if (lower == NULL || upper == NULL)
		return lower ? lower : upper;
	merged = arena_new(arena, sizeof(*merged));
	keys = arena_new(arena, (lower->count + upper->count) * sizeof(*keys));
	values = arena_new(arena, (lower->count + upper->count) * sizeof(*values));
	places = arena_new(arena, (lower->count + upper->count) * sizeof(*places));
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < sources[i]->count; j++) {
			if (i == 0 && map_has(upper, lower->keys[j]))
				continue;
			keys[merged->count] = sources[i]->keys[j];
			values[merged->count] = sources[i]->values[j];
			places[merged->count++] = sources[i]->places[j];
		}
	merged->keys = keys;
	merged->values = values;
	merged->places = places;
	return merged;
}
