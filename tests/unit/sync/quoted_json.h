/* JSON in a C string without a wall of backslashes: single quotes stand for
 * double ones. */
#pragma once

#include <jansson.h>

#include "base/json.h"
#include "tests/unit/suite.h"

/* NULL stays NULL. New reference. */
static inline json_t *quoted_json_new(const char *text)
{
	cleanup(free) char *plain = string_copy(text);
	json_error_t problem;
	json_t *value;

	if (text == NULL)
		return NULL;
	for (char *c = plain; *c; c++)
		if (*c == '\'')
			*c = '"';
	value = json_loads(plain, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
	ck_assert_msg(value != NULL, "%s at %d in %s", problem.text, problem.position, plain);
	return value;
}
