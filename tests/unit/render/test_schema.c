/* Every row of every table: told in full, found by its path, and with the default that the reader fills. */
#include "render/lab/schema.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "daemon/files.h"
#include "render/render.h"
#include "render/yaml/yaml.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

static const char page[] = "docs/reference.md";

struct walk {
	size_t rows, defaults;
	void (*visit)(struct walk *walk, const struct field *field, const char *path);
};

static void fields_walk(struct walk *walk, const struct field *fields, const char *path)
{
	for (; fields && fields->name; fields++) {
		cleanup(free) char *below = string_format("%s.%s", path, fields->name);

		walk->rows++;
		walk->visit(walk, fields, below);
		fields_walk(walk, schema_children(fields->type), below);
	}
}

static void kinds_walk(struct walk *walk)
{
	for (const struct schema_kind *kind = schema_kinds(); kind->name; kind++)
		fields_walk(walk, schema_children(kind->type), kind->name);
}

static void field_check(struct walk *walk, const struct field *field, const char *path)
{
	cleanup(buffer) struct buffer type = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	struct schema_place place;

	(void)walk;
	ck_assert_msg(field->type != NULL, "%s has no type", path);
	ck_assert_msg(field->read || field->type->shape != VALUE_OBJECT || field->type->size,
		      "%s has no reader, and its type does not say what it is read into", path);
	schema_type_write(field->type, &type);
	ck_assert_msg(type.length > 0, "%s: its type has no name", path);
	ck_assert_msg(field->description && text_ends_with(field->description, "."), "%s has no description", path);
	ck_assert_msg(field->presence == FIELD_OPTIONAL || field->fallback == NULL, "%s is required, with a default",
		      path);
	ck_assert_msg(schema_find(path, &place, &err), "%s: %s", path, err.message);
	ck_assert_msg(place.field == field, "%s leads elsewhere", path);
}

START_TEST(every_row_is_told_and_found)
{
	struct walk walk = { .visit = field_check };

	kinds_walk(&walk);
	ck_assert_uint_ge(walk.rows, 90);
}
END_TEST

/* Objects are called by their types' names in the JSON Schema and on the page. */
struct names {
	const struct value_type *types[200];
	size_t count;
};

static void names_check(struct names *names, const struct value_type *type)
{
	const struct value_type *object = schema_object(type);

	for (size_t i = 0; object && i < names->count; i++) {
		ck_assert_msg(names->types[i]->fields == object->fields ||
				      !text_equal(names->types[i]->name, object->name),
			      "two tables are called %s", object->name);
		if (names->types[i] == object)
			return;
	}
	if (object == NULL)
		return;
	ck_assert_uint_lt(names->count, ARRAY_SIZE(names->types));
	names->types[names->count++] = object;
	for (const struct field *field = object->fields; field->name; field++)
		names_check(names, field->type);
}

START_TEST(each_name_is_one_table)
{
	struct names names = { .count = 0 };

	for (const struct schema_kind *kind = schema_kinds(); kind->name; kind++)
		names_check(&names, kind->type);
	ck_assert_uint_gt(names.count, 10);
}
END_TEST

/* All objects of the only lab, which has no error. The caller frees. */
static char *objects_new(const char *text)
{
	const struct lab_file file = { .path = "a.yaml", .text = text, .length = strlen(text) };
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	cleanup(buffer) struct buffer out = BUFFER_INIT;

	render_labs(&file, 1, &(struct lab_options){ .default_namespace = "labs" }, &result);
	ck_assert_msg(result.diagnostics.count == 0, "%s: %s", text,
		      result.diagnostics.count ? result.diagnostics.items[0].message : "");
	for (size_t i = 0; i < result.labs[0].count; i++)
		yaml_write(result.labs[0].objects[i].value, &out);
	ck_assert_uint_gt(out.length, 0);
	return buffer_steal(&out);
}

/* A lab with the field under test in each place that takes it; `%s` is "name: value, ". */
static const struct lab_place {
	const char *path, *format;
} places[] = {
	{ "Lab.spec.nodes.vm.ports.",
	  LAB_HEAD "spec: {nodes: {r1: {vm: {image: 'docker://x', diskSize: 1Gi, ports: [{%sport: 80}]}}}}\n" },
	{ "Lab.spec.nodes.pod.ports.", LAB_HEAD "spec: {nodes: {r1: {pod: {image: x, ports: [{%sport: 80}]}}}}\n" },
	{ "Lab.spec.nodes.srl.ports.",
	  LAB_HEAD "spec: {nodes: {r1: {srl: {image: 'x:1', ports: [{%sport: 80}]}}}}\n" },
	{ "Lab.spec.nodes.srl.", LAB_HEAD "spec: {nodes: {r1: {srl: {%simage: 'x:1'}}}}\n" },
	{ "Lab.spec.nodes.vm.disks.", LAB_HEAD
	  "spec: {nodes: {r1: {vm: {image: 'docker://x', diskSize: 1Gi, disks: [{%sname: a, size: 1Gi}]}}}}\n" },
	{ "Lab.spec.nodes.vm.tpm.",
	  LAB_HEAD "spec: {nodes: {r1: {vm: {image: 'docker://x', diskSize: 1Gi, tpm: {%s}}}}}\n" },
	{ "Lab.spec.nodes.vm.cloudInit.", LAB_HEAD "spec: {nodes: {r1: {vm: {image: 'docker://x', diskSize: 1Gi, "
						   "cloudInit: {%suserData: {packages: [frr]}}}}}}\n" },
	{ "Lab.spec.nodes.vm.", LAB_HEAD "spec: {nodes: {r1: {vm: {%simage: 'docker://x', diskSize: 1Gi}}}}\n" },
	{ "Lab.spec.nodes.pod.", LAB_HEAD "spec: {nodes: {r1: {pod: {%simage: x}}}}\n" },
};

static char *lab_new(const struct lab_place *place, const char *setting)
{
	const char *mark = strstr(place->format, "%s");

	return string_format("%.*s%s%s", (int)(mark - place->format), place->format, setting, mark + 2);
}

static void default_check(struct walk *walk, const struct field *field, const char *path)
{
	cleanup(free) char *setting = string_format("%s: %s, ", field->name, field->fallback);

	if (field->fallback == NULL || !text_starts_with(path, "Lab.spec.nodes."))
		return;
	if (text_equal(path, "Lab.spec.nodes.pod.files.mode"))
		return; /* Kubernetes' own default, which is rendered only when it is given */
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		cleanup(free) char *without = NULL, *with = NULL, *left_out = NULL, *given = NULL;

		if (!text_starts_with(path, places[i].path))
			continue;
		without = lab_new(&places[i], "");
		with = lab_new(&places[i], setting);
		left_out = objects_new(without);
		given = objects_new(with);
		ck_assert_msg(strcmp(left_out, given) == 0, "%s: its default is not %s", path, field->fallback);
		walk->defaults++;
		return;
	}
	ck_abort_msg("%s has a default and no place to try it", path);
}

START_TEST(every_default_is_what_the_reader_fills)
{
	struct walk walk = { .visit = default_check };

	kinds_walk(&walk);
	ck_assert_uint_ge(walk.defaults, 11);
}
END_TEST

static const struct {
	const char *path, *message;
} unknown[] = {
	{ "labb", "unknown kind \"labb\"; did you mean \"Lab\"?" },
	{ "Deployment", "unknown kind \"Deployment\"; see labsync explain" },
	{ "lab.spec.nodes.vm.diskSze", "unknown field \"diskSze\" in lab.spec.nodes.vm; did you mean \"diskSize\"?" },
	{ "lab.spec.zebras", "unknown field \"zebras\" in lab.spec; it takes defaults, dependsOn, disks, expires, "
			     "instances, labels, links, nodes, objectNames, objects, operations, schedule, "
			     "storageClass, suspend, variables" },
	{ "lab.spec.nodes.vm.cpu.x", "unknown field \"x\" in lab.spec.nodes.vm.cpu; it has no fields" },
	{ "lab.", "unknown field \"\" in lab; it takes apiVersion, kind, metadata, spec, status" },
	{ "", "unknown kind \"\"; see labsync explain" },
};

START_TEST(unknown_paths_are_refused)
{
	for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
		cleanup(error) struct error err = ERROR_INIT;
		struct schema_place place;

		ck_assert(!schema_find(unknown[i].path, &place, &err));
		ck_assert_int_eq(err.code, ERROR_NOT_FOUND);
		ck_assert_str_eq(err.message, unknown[i].message);
	}
}
END_TEST

START_TEST(kinds_are_found_in_either_case)
{
	ck_assert_ptr_nonnull(schema_root("lab"));
	ck_assert_ptr_eq(schema_root("knlconfig"), schema_root("KNLConfig"));
	ck_assert_ptr_null(schema_root("la"));
}
END_TEST

static void page_update(const struct buffer *text)
{
	FILE *file = fopen(page, "w");

	ck_assert_msg(file != NULL, "cannot write %s", page);
	fwrite(buffer_text(text), 1, text->length, file);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(the_page_is_what_the_tables_say)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(files) struct files files = FILES_INIT;
	cleanup(error) struct error err = ERROR_INIT;

	schema_write_markdown(&text);
	if (getenv("LABSYNC_UPDATE_GOLDEN"))
		page_update(&text);
	ck_assert_msg(files_add(&files, page, &err), "%s", err.message);
	ck_assert_msg(strcmp(files.items[0].text, buffer_text(&text)) == 0,
		      "%s is not what the tables say; run with LABSYNC_UPDATE_GOLDEN=1", page);
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		every_row_is_told_and_found, each_name_is_one_table,         every_default_is_what_the_reader_fills,
		unknown_paths_are_refused,   kinds_are_found_in_either_case, the_page_is_what_the_tables_say
	};

	return suite_run("schema", tests, ARRAY_SIZE(tests));
}
