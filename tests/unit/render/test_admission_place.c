#include "../suite.h"
#include "admission_check.h"

static const char object_text[] = "metadata:\n"
				  "  labels: {kubevirt.io/nodeName: a, kubevirt: {io/nodeName: b}}\n"
				  "spec:\n"
				  "  disks:\n"
				  "  - {name: root, bootOrder: 1}\n"
				  "  - {name: data, bootOrder: 1}\n"
				  "  tolerations:\n"
				  "  - {key: a, operator: Exists}\n"
				  "  - {key: b, operator: In}\n"
				  "  servers: [10.0.0.1, x]\n";

static const char patch_text[] = "metadata:\n"
				 "  labels:\n"
				 "    kubevirt.io/nodeName: a\n"
				 "spec:\n"
				 "  disks:\n"
				 "  - name: data\n"
				 "    bootOrder: 1\n"
				 "  tolerations:\n"
				 "  - key: b\n"
				 "    operator: In\n"
				 "  servers:\n"
				 "  - 10.0.0.1\n"
				 "  - x\n";

static const struct place_case {
	const char *path;
	size_t line, column; /* 0 when the patch has nothing on the way */
} cases[] = {
	{ "", 0, 0 },
	{ "status", 0, 0 },
	{ "status.phase", 0, 0 },
	{ "metadata", 2, 3 },
	{ "metadata.name", 2, 3 },
	{ "metadata.labels.kubevirt.io/nodeName", 3, 27 },
	{ "spec.disks", 6, 3 },
	{ "spec.disks[0]", 6, 3 }, /* the patch says nothing of root */
	{ "spec.disks[0].bootOrder", 6, 3 },
	{ "spec.disks[1]", 6, 5 },
	{ "spec.disks[1].bootOrder", 7, 16 },
	{ "spec.disks[1].bootOrder.deeper", 7, 16 },
	{ "spec.disks[1].serial", 6, 5 },
	{ "spec.disks[7].serial", 6, 3 },
	{ "spec.tolerations[1].operator", 10, 15 }, /* found by what it says */
	{ "spec.tolerations[0].operator", 9, 3 },
	{ "spec.servers[1]", 13, 5 },
	{ "spec.disks.name", 6, 3 }, /* no key of a list */
	{ "spec[0]", 5, 3 },
	{ "spec.disks[", 6, 3 },
	{ "spec.disks[99999999999999999999]", 6, 3 },
	{ "spec..disks", 5, 3 },
	{ "[0]", 0, 0 },
};

START_TEST(places)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(json) json_t *object = admission_json_new(object_text);
	struct yaml_documents documents;

	ck_assert(yaml_parse(&arena, "f", patch_text, sizeof(patch_text) - 1, &documents, &diagnostics));
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct yaml_node *node = admission_place(documents.roots[0], object, cases[i].path, NULL);

		ck_assert_msg((node ? node->line : 0) == cases[i].line &&
				      (node ? node->column : 0) == cases[i].column,
			      "%s: expected %zu:%zu, got %zu:%zu", cases[i].path, cases[i].line, cases[i].column,
			      node ? node->line : 0, node ? node->column : 0);
	}
}
END_TEST

START_TEST(nothing)
{
	ck_assert_ptr_null(admission_place(NULL, NULL, "spec.disks[0]", NULL));
	ck_assert_ptr_null(admission_place(NULL, NULL, "[0]", NULL));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { places, nothing };

	return suite_run("render/admission_place", tests, ARRAY_SIZE(tests));
}
