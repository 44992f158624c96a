#include "daemon/explain_values.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "daemon/table.h"
#include "render/lab/origins.h"

enum { VALUE_WIDTH_MAX = 60 /* bytes in the table */ };

/* Who is told of each value. */
struct listener {
	void (*each)(const struct valued_field *field, void *context); /* with the listener as context */
	const struct lab *lab;
	const struct lab_node *node; /* that the values are of */
	struct table *table;
	json_t *values;
};

static bool is_wanted(const struct lab *lab, const struct lab_node *node, const char *wanted)
{
	size_t length = strlen(lab->name);

	if (*wanted == '\0')
		return true;
	return strncmp(wanted, lab->name, length) == 0 &&
	       (wanted[length] == '\0' || (wanted[length] == '/' && text_equal(wanted + length + 1, node->name)));
}

static bool nodes_each(const struct lab_set *set, const char *wanted, struct listener *listener)
{
	bool found = *wanted == '\0';

	for (size_t i = 0; i < set->count; i++) {
		for (size_t j = 0; set->labs[i]->valid && j < set->labs[i]->node_count; j++) {
			cleanup(arena) struct arena arena = ARENA_INIT;

			listener->lab = set->labs[i];
			listener->node = &set->labs[i]->nodes[j];
			if (!is_wanted(listener->lab, listener->node, wanted))
				continue;
			found = true;
			node_values_each(&arena, listener->node, listener->each, listener);
		}
	}
	return found;
}

/* Not longer than a column may be, and not cut within a character. */
static char *value_cut_new(const char *text)
{
	size_t length = strlen(text), kept = length < VALUE_WIDTH_MAX ? length : VALUE_WIDTH_MAX;

	while (kept < length && kept > 0 && ((unsigned char)text[kept] & 0xc0) == 0x80)
		kept--;
	return string_format("%.*s%s", (int)kept, text, kept < length ? "..." : "");
}

static void row_add(const struct valued_field *field, void *context)
{
	struct listener *listener = context;
	cleanup(free) char *node = string_format("%s/%s", listener->lab->name, listener->node->name);
	cleanup(free) char *from =
		field->place ? string_format("%s (%s:%zu:%zu)", layer_name(field->layer), field->place->path,
					     field->place->line, field->place->column)
			     : string_copy(layer_name(field->layer));
	cleanup(free) char *value = value_cut_new(field->text);
	const char *const cells[] = { node, field->name, value, from };

	table_add(listener->table, cells);
}

static void value_add(const struct valued_field *field, void *context)
{
	struct listener *listener = context;
	json_t *from = json_pack("{s:s}", "layer", layer_name(field->layer));

	if (field->place)
		json_object_update_new(from, json_pack("{s:s, s:I, s:I}", "path", field->place->path, "line",
						       (json_int_t)field->place->line, "column",
						       (json_int_t)field->place->column));
	json_array_append_new(listener->values,
			      json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "namespace", listener->lab->namespace_name,
					"lab", listener->lab->name, "node", listener->node->name, "field",
					field->name, "value", field->text, "from", from));
}

bool values_print_table(const struct lab_set *set, const char *wanted, FILE *out)
{
	static const char *const header[] = { "NODE", "FIELD", "VALUE", "FROM" };
	struct listener listener = { .each = row_add, .table = table_new(header, 4) };
	bool found = nodes_each(set, wanted, &listener);

	if (found)
		table_print(listener.table, out);
	table_free(listener.table);
	return found;
}

bool values_print_json(const struct lab_set *set, const char *wanted, FILE *out)
{
	cleanup(json) json_t *values = json_array();
	cleanup(json) json_t *whole = json_pack("{s:O}", "values", values);
	struct listener listener = { .each = value_add, .values = values };

	if (!nodes_each(set, wanted, &listener))
		return false;
	json_dumpf(whole, out, JSON_INDENT(2));
	fputc('\n', out);
	return true;
}
