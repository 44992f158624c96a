/* A node that is a container: a Deployment of one pod. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* The digest of a pod's ConfigMap on its template: an edit makes a new pod. */
#define ANNOTATION_FILES_DIGEST "labsync.dev/files-digest"

/* Appends the attachments that the node's links have for it alone. */
void deployment_add_attachments(const struct lab *lab, const struct lab_node *node, json_t *objects);

/* Appends the Deployment, and a Service when there are ports. `spec` is the
 * pod's, with its containers, and is stolen; the node's links and placement are
 * added. `files` is the ConfigMap that the pod mounts, NULL for none. */
void deployment_add(const struct lab *lab, const struct lab_node *node, const struct port_list *ports, json_t *spec,
		    const json_t *files, json_t *objects);

/* A container's ports. New reference; empty when there are none. */
json_t *container_ports_build(const struct port_list *ports);

/* A container's resources: what the person asks for, with `memory` and `cpu` over
 * `requests`, and the devices that the links take. Any may be NULL. New reference. */
json_t *container_resources_build(const struct lab_node *node, const struct lab_resources *resources,
				  const char *memory, const char *cpu);
