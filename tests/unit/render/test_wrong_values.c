/* No field of the schema takes just anything: each has at least one wrong value here,
 * and what is told of it, in which words and at which place. */
#include "tests/unit/render/wrong_values.h"

#include "base/memory.h"
#include "base/text.h"
#include "render/lab/schema.h"
#include "tests/unit/render/lab_check.h"

enum { FIELDS_MAX = 1000 };

static const struct wrong_values *const all[] = { &wrong_values_vm,  &wrong_values_guest, &wrong_values_pod,
						  &wrong_values_lab, &wrong_values_parts, &wrong_values_mapping };

static char *told_new(const struct lab_reading *reading)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < reading->diagnostics.count; i++) {
		const struct diagnostic *told = &reading->diagnostics.items[i];

		buffer_format(&out, "%s%zu:%zu: %s: %s", i ? "\n" : "", told->line, told->column,
			      told->severity == DIAGNOSTIC_ERROR ? "error" : "warning", told->message);
	}
	return buffer_steal(&out);
}

static void value_check(const struct wrong_value *value)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *told = NULL;

	lab_reading_read_text(&reading, value->text);
	told = told_new(&reading);
	ck_assert_msg(text_equal(told, value->expected), "%s:\n%s\n  expected %s\n  got      %s", value->path,
		      value->text, value->expected, told);
	for (size_t i = 0; i < reading.set.count; i++)
		ck_assert_msg(!reading.set.labs[i]->valid, "%s: valid all the same", value->path);
}

START_TEST(each_wrong_value_is_told_at_its_place)
{
	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		for (size_t j = 0; j < all[i]->count; j++)
			value_check(&all[i]->items[j]);
}
END_TEST

struct seen {
	const struct field *items[FIELDS_MAX];
	size_t count;
};

/* False when it was there before. */
static bool seen_add(struct seen *seen, const struct field *field)
{
	for (size_t i = 0; i < seen->count; i++)
		if (seen->items[i] == field)
			return false;
	ck_assert_uint_lt(seen->count, FIELDS_MAX);
	seen->items[seen->count++] = field;
	return true;
}

/* The table of a VM's fields, say, is in several places of the tree; once is enough. */
static void fields_check(struct seen *seen, const struct seen *given, const char *path, const struct value_type *type)
{
	for (const struct field *field = schema_children(type); field && field->name; field++) {
		cleanup(free) char *name = string_format("%s.%s", path, field->name);
		bool found = false;

		if (!seen_add(seen, field))
			continue;
		for (size_t i = 0; i < given->count; i++)
			found = found || given->items[i] == field;
		ck_assert_msg(found || field->type->standing != VALUE_USED, "%s has no wrong value", name);
		fields_check(seen, given, name, field->type);
	}
}

START_TEST(each_field_has_a_wrong_value)
{
	static struct seen given, seen;

	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		for (size_t j = 0; j < all[i]->count; j++) {
			cleanup(error) struct error err = ERROR_INIT;
			struct schema_place place;

			ck_assert_msg(schema_find(all[i]->items[j].path, &place, &err), "%s", err.message);
			seen_add(&given, place.field);
		}
	for (const struct schema_kind *kind = schema_kinds(); kind->name; kind++)
		fields_check(&seen, &given, kind->name, kind->type);
	ck_assert_uint_gt(given.count, 200);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { each_wrong_value_is_told_at_its_place, each_field_has_a_wrong_value };

	return suite_run("wrong values", tests, ARRAY_SIZE(tests));
}
