/* What a lab made by hand is rendered to, and questions about it. */
#pragma once

#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "render/objects/objects.h"
#include "render/yaml/yaml.h"
#include "tests/unit/render/model.h"
#include "tests/unit/suite.h"

struct outcome {
	struct rendered_lab lab;
	struct diagnostics diagnostics;
	bool good;
};

static inline void outcome_cleanup(struct outcome *outcome)
{
	objects_clear(&outcome->lab);
	diagnostics_deinit(&outcome->diagnostics);
}

static inline void outcome_init(struct outcome *outcome, const struct model *model)
{
	cleanup(passwords) struct passwords passwords = PASSWORDS_INIT;

	*outcome = (struct outcome){ .diagnostics = DIAGNOSTICS_INIT };
	outcome->good = objects_build(&model->lab, &passwords, &outcome->lab, &outcome->diagnostics);
}

static inline const json_t *object_find(const struct outcome *outcome, const char *kind, const char *name)
{
	for (size_t i = 0; i < outcome->lab.count; i++) {
		const json_t *value = outcome->lab.objects[i].value;

		if (strcmp(json_text_at(value, "kind", NULL), kind) == 0 &&
		    strcmp(json_text_at(value, "metadata", "name", NULL), name) == 0)
			return value;
	}
	return NULL;
}

static inline void assert_json(const json_t *value, const char *wanted)
{
	cleanup(free) char *text = json_text_new(value);

	ck_assert_str_eq(text, wanted);
}

/* One YAML document whose nodes live in the arena. */
static inline struct yaml_node *yaml_read(struct arena *arena, const char *text)
{
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents;

	ck_assert_msg(yaml_parse(arena, "text", text, strlen(text), &documents, &diagnostics), "%s", text);
	ck_assert_uint_eq(documents.count, 1);
	return documents.roots[0];
}

/* What stands in base64 under `key` of a Secret's data. */
static inline char *secret_text_new(const json_t *secret, const char *key)
{
	size_t length;
	const char *encoded = json_text_at(secret, "data", key, NULL);

	ck_assert_msg(encoded != NULL, "no %s", key);
	return (char *)base64_decode_new(encoded, &length);
}

/* The same read as YAML. */
static inline json_t *secret_yaml_new(const json_t *secret, const char *key)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(free) char *text = secret_text_new(secret, key);

	return yaml_to_json_new(yaml_read(&arena, text));
}

/* The spec of the VM's template. */
static inline const json_t *outcome_machine_spec(const struct outcome *outcome)
{
	return json_at(object_find(outcome, "VirtualMachine", "l-r1"), "spec", "template", "spec", NULL);
}

static inline void assert_good(const struct outcome *outcome)
{
	ck_assert_msg(outcome->good, "%s",
		      outcome->diagnostics.count > 0 ? outcome->diagnostics.items[0].message : "no reason");
}
