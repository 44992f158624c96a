/* Objects that a lab brings along as they are (`objects`), with what labsync knows them by. */
#pragma once

#include <jansson.h>

#include "base/diagnostic.h"
#include "render/lab/lab.h"

json_t *manifest_build(const struct lab *lab, const struct lab_manifest *manifest); /* new reference */

/* Tells what KubeVirt and CDI would refuse of `object`, which was built of the manifest, at its place. False when
 * something would be refused. */
bool manifest_check(const struct lab *lab, const struct lab_manifest *manifest, const json_t *object,
		    struct diagnostics *diagnostics);
