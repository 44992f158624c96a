/* A person's Ignition configuration over labsync's, by the keys that Ignition's
 * own merge has: users and groups by name, files by path, units by name. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"
#include "render/lab/lab.h"

/* Merges into `config`, whose version becomes the higher of both. False with an error. */
bool ignition_merge(const struct lab *lab, const struct lab_own_init *own, json_t *config, struct error *err);
