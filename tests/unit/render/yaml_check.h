/* What the tests of render/yaml share: one text in, JSON or the complaint out. */
#pragma once

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "render/yaml/yaml.h"

struct yaml_case {
	const char *name, *text, *expected;
};

/* The documents as one line of JSON each, or the diagnostics as one line each. The caller frees. */
static inline char *yaml_outcome_new(const char *text, size_t length)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(buffer) struct buffer out = BUFFER_INIT;
	struct yaml_documents documents;
	bool parsed = yaml_parse(&arena, "f", text, length, &documents, &diagnostics);

	ck_assert_msg(parsed == (diagnostics.errors == 0), "the answer and the diagnostics disagree on %s", text);
	for (size_t i = 0; i < documents.count; i++) {
		cleanup(json) json_t *value = yaml_to_json_new(documents.roots[i]);
		cleanup(free) char *json = json_text_new(value);

		buffer_format(&out, "%s%s", i ? "\n" : "", json);
	}
	for (size_t i = 0; i < diagnostics.count; i++) {
		buffer_append_text(&out, i ? "\n" : "");
		diagnostic_write(&diagnostics.items[i], &out);
	}
	return buffer_steal(&out);
}

static inline void yaml_check(const struct yaml_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		cleanup(free) char *outcome = yaml_outcome_new(cases[i].text, strlen(cases[i].text));

		ck_assert_msg(strcmp(outcome, cases[i].expected) == 0, "%s:\nexpected %s\ngot      %s", cases[i].name,
			      cases[i].expected, outcome);
	}
}
