#include "render/lab/foreign_metadata.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/labels.h"
#include "render/lab/map_build.h"
#include "render/lab/values.h"

enum { ANNOTATIONS_MAX = 256, ANNOTATIONS_SIZE_MAX = 256 * 1024 /* Kubernetes' own limit */ };

#define KUBECTL_RECORD "kubectl.kubernetes.io/last-applied-configuration"

const struct value_type foreign_labels_type = { .shape = VALUE_MAP, .items = &text_type, .items_max = LABELS_MAX };
const struct value_type foreign_annotations_type = {
	.shape = VALUE_MAP,
	.items = &text_type,
	.items_max = ANNOTATIONS_MAX,
};

static bool is_ours(const char *key)
{
	static const char *const keys[] = { "app.kubernetes.io/managed-by", "app.kubernetes.io/name",
					    "app.kubernetes.io/part-of", NULL };

	for (size_t i = 0; keys[i]; i++)
		if (text_equal(keys[i], key))
			return true;
	return text_starts_with(key, "labsync.dev/") || text_starts_with(key, "applyset.kubernetes.io/");
}

/* The text of a label or annotation; NULL after it told why it cannot be one. `what` is one of these words. */
static const char *entry_text(struct reader *reader, const struct yaml_pair *entry, const char *what)
{
	const struct yaml_node *value = entry->value;

	if (!is_qualified_name(entry->key))
		reader_error(reader, entry->line, entry->column,
			     "%s is no name of %s %s; write it like example.com/rack",
			     reader_quote(reader, entry->key), text_equal(what, "label") ? "a" : "an", what);
	else if (value->kind != YAML_STRING && !value->is_text_too)
		reader_refuse(reader, value, "the value of %s %s must be a string; write it in quotes", what,
			      reader_quote(reader, entry->key));
	else
		return value->text;
	return NULL;
}

static const void *label_read(struct reader *reader, const struct yaml_pair *entry, const void *context)
{
	const char *text = entry->value->kind == YAML_NULL ? NULL : entry_text(reader, entry, "label");

	(void)context;
	if (text == NULL)
		return NULL;
	if (!is_label_value(text))
		return reader_refuse(
			reader, entry->value,
			"%s is no value of a label; use at most 63 letters, digits, \"-\", \"_\" and \".\", "
			"with a letter or digit at both ends",
			reader_quote(reader, text));
	if (!is_ours(entry->key))
		return text;
	reader_warn(reader, entry->line, entry->column, "label %s is set by labsync; this one is left out",
		    reader_quote(reader, entry->key));
	return NULL;
}

const void *foreign_labels_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->count > LABELS_MAX)
		return reader_refuse(reader, pair->value, "%zu labels; at most %d are taken", pair->value->count,
				     LABELS_MAX);
	return map_build(reader, pair->value, label_read, NULL);
}

static const void *unknown_refuse(struct reader *reader, const struct yaml_pair *entry,
				  const struct foreign_annotation *known)
{
	cleanup(buffer) struct buffer list = BUFFER_INIT;

	for (size_t i = 0; known[i].key; i++)
		buffer_format(&list, "%s%s", i == 0 ? "" : known[i + 1].key ? ", " : " and ", known[i].key);
	reader_error(reader, entry->line, entry->column,
		     "annotation %s is not for people to set; labsync takes %s here",
		     reader_quote(reader, entry->key), buffer_text(&list));
	return NULL;
}

static const void *own_read(struct reader *reader, const struct yaml_pair *entry,
			    const struct foreign_annotation *known)
{
	const char *text = entry->value->text;

	while (known->key && !text_equal(known->key, entry->key))
		known++;
	if (text_equal(text, known->values[0]) || text_equal(text, known->values[1]))
		return text;
	return reader_refuse(reader, entry->value, "%s must be \"%s\" or \"%s\"", entry->key, known->values[0],
			     known->values[1]);
}

static bool is_known(const struct foreign_annotation *known, const char *key)
{
	for (; known->key; known++)
		if (text_equal(known->key, key))
			return true;
	return false;
}

static const void *annotation_read(struct reader *reader, const struct yaml_pair *entry, const void *context)
{
	const struct foreign_annotation *known = context;
	const char *text = entry->value->kind == YAML_NULL ? NULL : entry_text(reader, entry, "annotation");

	if (text == NULL)
		return NULL;
	if (is_known(known, entry->key))
		return own_read(reader, entry, known);
	if (is_ours(entry->key))
		return unknown_refuse(reader, entry, known);
	if (!text_equal(entry->key, KUBECTL_RECORD))
		return text;
	reader_warn(reader, entry->line, entry->column, "annotation %s is kubectl's own record; it is left out",
		    entry->key);
	return NULL;
}

const struct value_map *foreign_annotations_take(struct reader *reader, const struct yaml_pair *pair,
						 const struct foreign_annotation *known)
{
	const struct value_map *map;
	size_t size = 0;

	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->count > ANNOTATIONS_MAX)
		return reader_refuse(reader, pair->value, "%zu annotations; at most %d are taken", pair->value->count,
				     ANNOTATIONS_MAX);
	map = map_build(reader, pair->value, annotation_read, known);
	for (size_t i = 0; i < map->count; i++)
		size += strlen(map->keys[i]) + strlen(map->values[i]);
	if (size > ANNOTATIONS_SIZE_MAX)
		return reader_refuse(reader, pair->value, "annotations have %zu bytes; at most %d are taken", size,
				     ANNOTATIONS_SIZE_MAX);
	return map;
}
