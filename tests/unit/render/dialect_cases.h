/* The cases of tests/dialects/NAME.yaml: for each feature of a dialect what it
 * is written like, and what comes of it. See tests/dialects/README.md. */
#pragma once

#include "render/render.h"
#include "render/yaml/yaml.h"

struct dialect_case {
	const char *row, *title, *verdict, *says; /* row NULL: it belongs to none */
	size_t line;
	struct lab_file *files;
	size_t file_count;
	/* NULL when not given. */
	const struct yaml_node *rendered, *operations, *messages;
};

struct dialect_cases {
	struct arena arena;
	const char *name; /* "deckhouse" */
	struct dialect_case *items;
	size_t count;
};

/* The names of all such files; ends with NULL. */
extern const char *const dialect_case_names[];

/* Fails the test when the file cannot be read. */
void dialect_cases_load(struct dialect_cases *cases, const char *name);
void dialect_cases_deinit(struct dialect_cases *cases);
static inline void dialect_cases_cleanup(struct dialect_cases *cases)
{
	dialect_cases_deinit(cases);
}

extern const struct lab_options dialect_case_options;

/* All that is rendered and told, as one text: equal texts mean equal outcomes. Places are left out unless `places`. */
void dialect_outcome_write(const struct render_result *result, bool places, struct buffer *out);
