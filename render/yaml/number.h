/* Numbers in YAML text, by the rules of go-yaml v2: "_" may stand anywhere but
 * in front (behind a leading "." only between digits), and what is no number in
 * the base it begins like is text; but 09, which is no octal, is a decimal real. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct yaml_number {
	bool is_integer;
	int64_t integer;
	double real; /* may be infinite or NaN, for .inf and .nan */
};

/* False when `text` is no number. */
bool yaml_number_parse(const char *text, size_t length, struct yaml_number *number);

/* A real as sigs.k8s.io/yaml spells it when it is a key: the shortest text
 * that gives the same float of 32 bits. In the arena; NULL when that would not
 * be the number that was written. */
const char *yaml_number_key(struct arena *arena, double real);
