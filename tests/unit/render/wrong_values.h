/* A wrong value for each field of the schema, and what is told of it. */
#pragma once

#include <stddef.h>

#include "tests/unit/suite.h"

struct wrong_value {
	const char *path; /* of the field, as `labsync explain` takes it */
	const char *text; /* of a file in which nothing else is wrong */
	const char *expected; /* all that is told, without the file's name */
};

struct wrong_values {
	const struct wrong_value *items;
	size_t count;
};

extern const struct wrong_values wrong_values_vm, wrong_values_guest, wrong_values_pod, wrong_values_lab,
	wrong_values_parts, wrong_values_mapping;
