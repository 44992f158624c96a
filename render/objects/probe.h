/* A probe, as containers and KubeVirt's VMs both have it: `readinessProbe` and
 * `livenessProbe`. What Kubernetes sets by itself is not written. */
#pragma once

#include <jansson.h>

#include "render/lab/node_parts.h"

/* NULL when `probe` is. New reference. */
json_t *probe_build(const struct lab_probe *probe);

/* Sets both on a container, or on the spec of a VM's template. */
void probes_set(json_t *target, const struct lab_probe *readiness, const struct lab_probe *liveness);
