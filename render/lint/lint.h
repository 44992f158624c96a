/* What is legal in a lab but probably not meant, or not wise. No finding is an
 * error: each says what it is about and what to do. Looks at labs that were read
 * without errors; the others have nothing to look at. */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "render/lab/lab.h"

struct lint;

struct lint_rule {
	const char *name; /* NULL ends the list: "no-checksum" */
	const char *sentence; /* what it finds, and why that matters */
	void (*check)(struct lint *lint, const struct lab *lab); /* NULL: `across` looks */
	void (*across)(struct lint *lint, const struct lab_set *set); /* at all labs together */
};

/* By name. */
const struct lint_rule *lint_rules(void);
const struct lint_rule *lint_rule_find(const char *name); /* NULL: there is no such rule */

struct lint_finding {
	const struct lint_rule *rule;
	struct place place; /* its path is the labs' */
	const char *message; /* "what; what to do" */
};

struct lint {
	struct arena arena;
	const struct lint_rule *rule; /* that is looking */
	struct lint_finding *findings; /* by place; one of a rule at each */
	size_t count, capacity;
};

#define LINT_INIT                                                                                                    \
	{                                                                                                            \
		.arena = ARENA_INIT                                                                                  \
	}

void lint_deinit(struct lint *lint);
static inline void lint_cleanup(struct lint *lint)
{
	lint_deinit(lint);
}

/* Looks at the valid labs, which must outlive the findings. `disabled` are names
 * of rules that are left out; ends with NULL. */
void lint_labs(struct lint *lint, const struct lab_set *set, const char *const *disabled);

/* "path:line:column: warning: message [rule]" without a newline. */
void lint_finding_write(const struct lint_finding *finding, struct buffer *out);

/* {"findings": [...]} with a newline. */
void lint_write_json(const struct lint *lint, struct buffer *out);

/* The table of rules as a page: docs/lint.md. */
void lint_rules_write_markdown(struct buffer *out);
