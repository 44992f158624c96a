/* A pod, and SR Linux, as a person describes them, after all layers. NULL where
 * nothing was given and nothing is built in. */
#pragma once

#include "render/lab/command_line.h"
#include "render/lab/node_parts.h"

/* files: [{path, file | content, mode}] */
struct lab_mounted_file {
	struct settings settings;
	const char *path; /* in the container */
	const struct lab_text_file *file;
	const char *content;
	const char *mode; /* octal, like "0644" */
};

/* resources: {requests: {...}, limits: {...}} */
struct lab_resources {
	struct settings settings;
	const struct value_map *requests, *limits; /* quantities as text */
};

struct lab_pod {
	struct settings settings;
	const char *image;
	const struct command_line *command_line; /* `cmd`, shell-split; NULL with `command` */
	const struct value_list *command, *arguments; /* text */
	const struct value_map *environment; /* text */
	const char *environment_secret; /* `envSecret`: every key of it becomes a variable */
	const struct value_list *files; /* struct lab_mounted_file */
	const bool *privileged;
	const struct value_list *capabilities; /* text, like NET_ADMIN */
	const char *disk_size; /* pvcSize, mounted on /root */
	const char *storage_class, *access_mode, *disk_policy; /* of that disk */
	const char *memory, *cpu; /* requests; a shorthand of resources */
	const struct lab_resources *resources;
	const struct port_list *ports; /* NULL or empty: no Service */
	const char *pull_policy;
	const struct value_list *pull_secrets; /* text */
	const char *hostname;
	const int64_t *grace_period; /* seconds */
	const struct lab_probe *readiness_probe, *liveness_probe;
	const struct lab_placement *placement;
	const int64_t *replicas; /* read before the model is made */
};

/* Nokia's SR Linux in a container. */
struct lab_srl {
	struct settings settings;
	const char *image;
	const char *chassis; /* a name like ixr-d3l, or KNL's six fields */
	const char *license; /* a Secret with the key `license` */
	const char *memory, *cpu; /* requests */
	const struct port_list *ports;
	const struct lab_placement *placement;
};
