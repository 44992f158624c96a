/* Which of the fields that KubeVirt 1.9 is known to have occur in machines. Apart
 * from tests that render, since the admission rules have a `struct place` of their own. */
#pragma once

#include <jansson.h>
#include <stddef.h>

struct known_field;

enum { KNOWN_TABLES_MAX = 400, KNOWN_FIELDS_MAX = 2000 };

struct known_coverage {
	const struct known_field *seen[KNOWN_FIELDS_MAX];
	size_t count;
};

/* Notes the fields that a VirtualMachine's spec has. */
void known_coverage_add(struct known_coverage *coverage, const json_t *spec);

/* Hands over the path of each field of the tables that was not seen, each once. Returns how many fields there are. */
size_t known_coverage_missing(const struct known_coverage *coverage, void (*visit)(void *data, const char *path),
			      void *data);
