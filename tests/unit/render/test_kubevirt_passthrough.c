/* A VirtualMachine passes through whole: kubevirt-fields.yaml has machines with
 * each field of KubeVirt's, and each comes out as it went in. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "render/render.h"
#include "render/yaml/yaml.h"
#include "tests/unit/render/known_walk.h"
#include "tests/unit/suite.h"

enum { FILE_MAX = 1 << 20, FIELDS_MIN = 450 };

static const char fixture[] = "tests/unit/render/kubevirt-fields.yaml";

/* What KubeVirt knows, and takes of nobody: in no machine. */
static const char *const refused[] = {
	"spec.template.spec.domain.devices.interfaces.macvtap", /* discontinued with 1.3, as the next two */
	"spec.template.spec.domain.devices.interfaces.passt",
	"spec.template.spec.domain.devices.interfaces.slirp",
	"spec.template.spec.utilityVolumes", /* not when a machine is made */
	"spec.template.spec.utilityVolumes.claimName",
	"spec.template.spec.utilityVolumes.name",
	"spec.template.spec.utilityVolumes.readOnly",
	"spec.template.spec.utilityVolumes.type",
	"spec.dataVolumeTemplates.spec.pvc.dataSourceRef.namespace", /* CDI's own to set */
};

struct machines {
	struct arena arena;
	struct buffer text;
	struct yaml_documents documents;
	struct render_result result;
};

static void machines_init(struct machines *machines)
{
	static const struct lab_options options = { .default_namespace = "labs" };
	cleanup(error) struct error err = ERROR_INIT;
	struct lab_file file = { .path = fixture };

	*machines = (struct machines){ .arena = ARENA_INIT };
	ck_assert_msg(file_read(fixture, FILE_MAX, &machines->text, &err), "%s", err.message);
	file.text = buffer_text(&machines->text);
	file.length = machines->text.length;
	ck_assert(yaml_parse(&machines->arena, fixture, file.text, file.length, &machines->documents,
			     &machines->result.diagnostics));
	render_labs(&file, 1, &options, &machines->result);
}

static void machines_cleanup(struct machines *machines)
{
	arena_deinit(&machines->arena);
	buffer_deinit(&machines->text);
	render_result_deinit(&machines->result);
}

static const json_t *machine_find(const struct render_result *result, const char *name)
{
	for (size_t i = 0; i < result->count; i++)
		for (size_t j = 0; j < result->labs[i].count; j++) {
			const json_t *object = result->labs[i].objects[j].value;

			if (text_equal(json_text_at(object, "kind", NULL), "VirtualMachine") &&
			    text_equal(json_text_at(object, "metadata", "name", NULL), name))
				return object;
		}
	return NULL;
}

/* What labsync adds to the pods' labels is no matter here. */
static json_t *spec_new(const json_t *machine)
{
	json_t *spec = json_deep_copy(json_object_get(machine, "spec"));

	json_object_del(json_object_get(spec, "template"), "metadata");
	return spec;
}

START_TEST(nothing_is_wrong_with_them)
{
	cleanup(machines) struct machines machines;

	cleanup(buffer) struct buffer errors = BUFFER_INIT;

	machines_init(&machines);
	/* Fields behind a feature gate are taken with a warning. */
	for (size_t i = 0; i < machines.result.diagnostics.count; i++) {
		if (machines.result.diagnostics.items[i].severity == DIAGNOSTIC_WARNING)
			continue;
		diagnostic_write(&machines.result.diagnostics.items[i], &errors);
		buffer_append_char(&errors, '\n');
	}
	ck_assert_str_eq(buffer_text(&errors), "");
}
END_TEST

START_TEST(each_comes_out_as_it_went_in)
{
	cleanup(machines) struct machines machines;

	machines_init(&machines);
	for (size_t i = 0; i < machines.documents.count; i++) {
		cleanup(json) json_t *given = yaml_to_json_new(machines.documents.roots[i]);
		const char *name = json_text_at(given, "metadata", "name", NULL);
		const json_t *machine = machine_find(&machines.result, name);
		cleanup(json) json_t *wanted = spec_new(given), *found = machine ? spec_new(machine) : NULL;
		cleanup(free) char *wanted_text = json_dumps(wanted, JSON_INDENT(2) | JSON_SORT_KEYS);
		cleanup(free) char *found_text = found ? json_dumps(found, JSON_INDENT(2) | JSON_SORT_KEYS) : NULL;

		ck_assert_msg(found_text != NULL, "%s is not rendered", name);
		ck_assert_str_eq(found_text, wanted_text);
	}
}
END_TEST

static void missing_tell(void *data, const char *path)
{
	struct buffer *missing = data;

	for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
		if (text_equal(refused[i], path))
			return;
	buffer_format(missing, "%s\n", path);
}

START_TEST(each_field_is_in_one_of_them)
{
	cleanup(machines) struct machines machines;
	cleanup(buffer) struct buffer missing = BUFFER_INIT;
	struct known_coverage coverage = { .count = 0 };
	size_t fields;

	machines_init(&machines);
	for (size_t i = 0; i < machines.documents.count; i++) {
		cleanup(json) json_t *given = yaml_to_json_new(machines.documents.roots[i]);

		known_coverage_add(&coverage, json_object_get(given, "spec"));
	}
	fields = known_coverage_missing(&coverage, missing_tell, &missing);
	ck_assert_str_eq(buffer_text(&missing), "");
	ck_assert_uint_ge(fields, FIELDS_MIN);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { nothing_is_wrong_with_them, each_comes_out_as_it_went_in,
				 each_field_is_in_one_of_them };

	return suite_run("kubevirt passthrough", tests, ARRAY_SIZE(tests));
}
