/* A person's patch on a VM that labsync made, which stays a VM of labsync's:
 * what it is known by is not the person's to change. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"
#include "render/lab/lab.h"

/* The file that the node's patch is in. */
const char *machine_patch_path(const struct lab *lab, const struct lab_node *node);

/* Applies the node's patch, if it has one. False with an error at its place. */
bool machine_patch(const struct lab *lab, const struct lab_node *node, json_t *machine, struct error *err);
