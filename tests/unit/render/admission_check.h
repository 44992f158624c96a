/* What the tests of render/admission share: an object that is good, what a row
 * lays over it, and the findings as text. */
#pragma once

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "render/admission/admission.h"
#include "render/yaml/yaml.h"

struct admission_case {
	const char *name; /* the rule, and what is done to it */
	const char *overlay; /* YAML, merged into the object at the table's place; lists replace lists */
	const char *expected; /* "" when it is accepted; else a line "path: message" for each finding */
};

static const char good_machine[] = "apiVersion: kubevirt.io/v1\n"
				   "kind: VirtualMachine\n"
				   "metadata: {name: vm, namespace: lab}\n"
				   "spec:\n"
				   "  runStrategy: Always\n"
				   "  template:\n"
				   "    spec:\n"
				   "      domain:\n"
				   "        memory: {guest: 2Gi}\n"
				   "        devices:\n"
				   "          disks: [{name: root, disk: {bus: virtio}}]\n"
				   "          interfaces: [{name: pod, masquerade: {}}]\n"
				   "      networks: [{name: pod, pod: {}}]\n"
				   "      volumes: [{name: root, dataVolume: {name: root}}]\n";

static inline json_t *admission_json_new(const char *text)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents;

	ck_assert_msg(yaml_parse(&arena, "f", text, strlen(text), &documents, &diagnostics) && documents.count == 1,
		      "no YAML: %s", text);
	return yaml_to_json_new(documents.roots[0]);
}

/* `value` under the keys of `at`: "spec.template". Takes the reference. */
static inline json_t *admission_nested_new(const char *at, json_t *value)
{
	const char *dot = at + strlen(at);

	while (dot > at) {
		const char *start = dot;
		cleanup(free) char *key = NULL;
		json_t *outer = json_object();

		while (start > at && start[-1] != '.')
			start--;
		key = string_copy_n(start, (size_t)(dot - start));
		json_object_set_new(outer, key, value);
		value = outer;
		dot = start > at ? start - 1 : at;
	}
	return value;
}

/* The caller frees. */
static inline char *admission_text(const struct admission_findings *findings)
{
	cleanup(buffer) struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < findings->count; i++)
		buffer_format(&out, "%s%s%s: %s", i ? "\n" : "",
			      findings->items[i].severity == DIAGNOSTIC_WARNING ? "warning: " : "",
			      findings->items[i].path, findings->items[i].message);
	return buffer_steal(&out);
}

static inline char *admission_outcome_new(const char *good, const char *at, const char *overlay)
{
	cleanup(json) json_t *object = admission_json_new(good);
	cleanup(json) json_t *over = admission_nested_new(at, admission_json_new(overlay));
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;

	json_object_update_recursive(object, over);
	admission_check(object, &findings);
	admission_check_fields(object, &findings);
	return admission_text(&findings);
}

static inline void admission_cases(const char *good, const char *at, const struct admission_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		cleanup(free) char *outcome = admission_outcome_new(good, at, cases[i].overlay);

		ck_assert_msg(strcmp(outcome, cases[i].expected) == 0, "%s:\nexpected %s\ngot      %s", cases[i].name,
			      cases[i].expected, outcome);
	}
}
