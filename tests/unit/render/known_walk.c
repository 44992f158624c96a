#include "tests/unit/render/known_walk.h"

#include "base/memory.h"
#include "render/admission/known_fields.h"

static bool is_seen(const struct known_coverage *coverage, const struct known_field *field)
{
	for (size_t i = 0; i < coverage->count; i++)
		if (coverage->seen[i] == field)
			return true;
	return false;
}

static void mapping_look(struct known_coverage *coverage, const json_t *mapping, const struct known_field *fields)
{
	for (; fields->name; fields++) {
		json_t *value = json_object_get(mapping, fields->name), *item;
		size_t i;

		if (value == NULL)
			continue;
		if (!is_seen(coverage, fields) && coverage->count < KNOWN_FIELDS_MAX)
			coverage->seen[coverage->count++] = fields;
		if (fields->type != KNOWN_MAPPING)
			continue;
		if (fields->shape == KNOWN_ONE)
			mapping_look(coverage, value, fields->fields);
		json_array_foreach (value, i, item)
			mapping_look(coverage, item, fields->fields);
	}
}

void known_coverage_add(struct known_coverage *coverage, const json_t *spec)
{
	mapping_look(coverage, spec, known_machine);
}

struct walk {
	const struct known_coverage *coverage;
	void (*visit)(void *data, const char *path);
	void *data;
	const struct known_field *tables[KNOWN_TABLES_MAX]; /* that were walked */
	size_t table_count, field_count;
};

static void table_walk(struct walk *walk, const struct known_field *fields, const char *parent)
{
	for (size_t i = 0; i < walk->table_count; i++)
		if (walk->tables[i] == fields)
			return;
	if (walk->table_count < KNOWN_TABLES_MAX)
		walk->tables[walk->table_count++] = fields;
	for (; fields->name; fields++) {
		cleanup(free) char *path = string_format("%s.%s", parent, fields->name);

		walk->field_count++;
		if (!is_seen(walk->coverage, fields))
			walk->visit(walk->data, path);
		if (fields->type == KNOWN_MAPPING)
			table_walk(walk, fields->fields, path);
	}
}

size_t known_coverage_missing(const struct known_coverage *coverage, void (*visit)(void *data, const char *path),
			      void *data)
{
	struct walk walk = { .coverage = coverage, .visit = visit, .data = data };

	table_walk(&walk, known_machine, "spec");
	return walk.field_count;
}
