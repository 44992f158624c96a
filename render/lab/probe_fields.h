/* readinessProbe and livenessProbe: how to tell that what runs in a node works.
 * They are asked by the kubelet, as Kubernetes' own. */
#pragma once

#include "render/lab/node_parts.h"
#include "render/lab/reader.h"

/* A pod has no guest agent to ping. */
extern const struct value_type vm_probe_type, pod_probe_type;

enum probe_purpose { PROBE_READINESS, PROBE_LIVENESS };

/* The probe after all layers, with one way to ask. NULL stays NULL; what is wrong was told.
 * `complete` is false when a layer had errors, so that a missing value proves nothing. */
const struct lab_probe *probe_settle(struct reader *reader, const struct value_type *type, enum probe_purpose purpose,
				     const struct lab_probe *probe, bool complete);

/* Tells of a VM's probe whose question never reaches the guest, since it is asked at the pod's address,
 * and KubeVirt passes on only the VM's ports. `probe` may be NULL. */
void probe_check_port(struct reader *reader, enum probe_purpose purpose, const struct lab_probe *probe,
		      const struct port_list *ports);
