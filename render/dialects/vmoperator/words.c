#include "render/dialects/vmoperator/words.h"

#include <strings.h>

#include "base/buffer.h"
#include "base/text.h"
#include "render/dialects/tree.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

const struct value_type vmoperator_refused_type = { .name = "-", .shape = VALUE_ANY, .standing = VALUE_REFUSED };
const struct value_type vmoperator_ignored_type = {
	.name = "-",
	.shape = VALUE_ANY,
	.standing = VALUE_WITHOUT_EFFECT,
};

const char *word_read(struct reader *reader, const struct yaml_pair *pair, const char *const *allowed)
{
	cleanup(buffer) struct buffer list = BUFFER_INIT;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	for (size_t i = 0; allowed[i]; i++)
		if (strcasecmp(allowed[i], pair->value->text) == 0)
			return allowed[i];
	/* The spellings of other versions follow. */
	for (size_t i = 0; allowed[i] && (i == 0 || strcasecmp(allowed[i], allowed[0]) != 0); i++)
		buffer_format(&list, "%s%s", i ? ", " : "", allowed[i]);
	return reader_refuse(reader, pair->value, "%s %s is not known; use one of %s", pair->key,
			     reader_quote(reader, pair->value->text), buffer_text(&list));
}

const void *advice_refuse(struct reader *reader, const struct yaml_pair *pair, const struct advice *table)
{
	reader_error(reader, pair->line, pair->column, "%s %s", pair->key, advice_find(table, pair->key));
	return NULL;
}

const void *advice_warn(struct reader *reader, const struct yaml_pair *pair, const struct advice *table)
{
	reader_warn(reader, pair->line, pair->column, "%s %s", pair->key, advice_find(table, pair->key));
	return NULL;
}

bool domain_check(struct reader *reader, const char *what, const char *text, size_t line, size_t column)
{
	if (name_is_subdomain(text))
		return true;
	reader_error(reader, line, column,
		     "%s %s is no domain; use lower-case letters, digits, \"-\" and \".\", like lab.example.org",
		     what, reader_quote(reader, text));
	return false;
}

static bool is_one_of(const char *const *keys, const char *key)
{
	for (; keys && *keys; keys++)
		if (text_equal(*keys, key))
			return true;
	return false;
}

const void *open_read(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type,
		      const char *const *silent)
{
	struct yaml_node *known;

	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	known = tree_mapping(reader->arena, pair->value);
	for (size_t i = 0; i < pair->value->count; i++) {
		const struct yaml_pair *entry = &pair->value->pairs[i];

		if (field_find(type->fields, entry->key)) {
			tree_set(reader->arena, known, entry->key, entry->value);
			known->pairs[known->count - 1].line = entry->line;
			known->pairs[known->count - 1].column = entry->column;
		} else if (!is_one_of(silent, entry->key)) {
			reader_warn(reader, entry->line, entry->column,
				    "%s of %s is vSphere's own and has no effect here; remove it",
				    reader_quote(reader, entry->key), pair->key);
		}
	}
	return object_read(reader, known, pair->key, type);
}

struct yaml_node *field_place(struct arena *arena, const struct value_type *type, const void *object, size_t offset)
{
	return tree_at(arena, object_place(type, object, offset));
}
