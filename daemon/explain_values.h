/* `labsync render --explain`: each value of each node, and where it came from. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "render/lab/lab.h"

/* Prints the table NODE FIELD VALUE FROM. `wanted` is a lab's name, "LAB/NODE", or ""
 * for all. False, and nothing printed, when no valid lab has such a node. */
bool values_print_table(const struct lab_set *set, const char *wanted, FILE *out);

/* The same as {"values": [...]}. */
bool values_print_json(const struct lab_set *set, const char *wanted, FILE *out);
