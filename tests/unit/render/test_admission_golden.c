/* Holds what the golden tests render against the rules and, where they are at
 * hand, against the real CRDs. */
#include "../suite.h"
#include "admission_check.h"
#include "base/file.h"
#include "base/text.h"
#include "tests/unit/render/crd_schema.h"

#include <glob.h>
#include <stdio.h>

enum { CRD_SIZE_MAX = 4 * 1024 * 1024 };

/* The schema of the version that a CRD stores. New reference. */
static json_t *schema_copy(const char *folder, const char *file)
{
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *path = string_format("%s/%s", folder, file);
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(json) json_t *crd = NULL;
	json_t *version, *schema = NULL;
	size_t i;

	ck_assert_msg(file_read(path, CRD_SIZE_MAX, &text, &err), "%s", err.message);
	crd = admission_json_new(buffer_text(&text));
	json_array_foreach (json_at(crd, "spec", "versions", NULL), i, version) {
		if (json_is_true(json_object_get(version, "storage")))
			schema = json_at(version, "schema", "openAPIV3Schema", NULL);
	}
	ck_assert_msg(schema != NULL, "%s stores no version", path);
	return json_incref(schema);
}

/* Every object of a golden file, as a list. New reference. */
static json_t *golden_objects_new(const char *path)
{
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents;
	json_t *objects = json_array();

	ck_assert_msg(file_read(path, CRD_SIZE_MAX, &text, &err), "%s", err.message);
	ck_assert_msg(yaml_parse(&arena, path, buffer_text(&text), text.length, &documents, &diagnostics), "%s",
		      path);
	for (size_t i = 0; i < documents.count; i++)
		json_array_append_new(objects, yaml_to_json_new(documents.roots[i]));
	return objects;
}

/* Asserts that nothing was found in an object of `path`. */
static void assert_nothing_found(const char *path, const json_t *object, const struct admission_findings *findings)
{
	cleanup(free) char *told = admission_text(findings);

	ck_assert_msg(findings->count == 0, "%s, %s %s:\n%s", path, json_text_at(object, "kind", NULL),
		      json_text_at(object, "metadata", "name", NULL), told);
}

START_TEST(accepted)
{
	glob_t found = { .gl_pathc = 0 };
	size_t machines = 0, i;
	json_t *object;

	ck_assert_int_eq(glob("tests/golden/*/expected.yaml", 0, NULL, &found), 0);
	for (size_t j = 0; j < found.gl_pathc; j++) {
		cleanup(json) json_t *objects = golden_objects_new(found.gl_pathv[j]);

		json_array_foreach (objects, i, object) {
			cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;

			machines += text_equal(json_text_at(object, "kind", NULL), "VirtualMachine");
			admission_check(object, &findings);
			assert_nothing_found(found.gl_pathv[j], object, &findings);
		}
	}
	ck_assert_uint_gt(machines, 0);
	globfree(&found);
}
END_TEST

/* How many of a file's objects of that kind the schema was asked about. */
static size_t check_golden(const char *path, const char *kind, const json_t *schema)
{
	cleanup(json) json_t *objects = golden_objects_new(path);
	json_t *object;
	size_t count = 0, i;

	json_array_foreach (objects, i, object) {
		cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;

		if (!text_equal(json_text_at(object, "kind", NULL), kind))
			continue;
		count++;
		crd_schema_check(object, schema, &findings);
		assert_nothing_found(path, object, &findings);
	}
	return count;
}

START_TEST(real_schemas)
{
	static const struct {
		const char *kind, *file;
	} rows[] = { { "VirtualMachine", "virtualmachines.kubevirt.io.yaml" },
		     { "DataVolume", "datavolumes.cdi.kubevirt.io.yaml" } };
	const char *folder = getenv("LABSYNC_REAL_CRDS");
	glob_t found = { .gl_pathc = 0 };

	if (folder == NULL || *folder == '\0') {
		fputs("LABSYNC_REAL_CRDS names no folder: the golden objects are not held against the real CRDs\n",
		      stderr);
		return;
	}
	ck_assert_int_eq(glob("tests/golden/*/expected.yaml", 0, NULL, &found), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		cleanup(json) json_t *schema = schema_copy(folder, rows[i].file);
		size_t count = 0;

		for (size_t j = 0; j < found.gl_pathc; j++)
			count += check_golden(found.gl_pathv[j], rows[i].kind, schema);
		ck_assert_msg(count > 0, "no golden object is a %s", rows[i].kind);
	}
	globfree(&found);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { accepted, real_schemas };

	return suite_run("render/admission_golden", tests, ARRAY_SIZE(tests));
}
