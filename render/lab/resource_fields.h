/* What a container asks of its worker: resources.requests and resources.limits,
 * in Kubernetes' names and quantities. */
#pragma once

#include "render/lab/pod.h"
#include "render/lab/reader.h"

extern const struct value_type resources_type;

/* Fields' readers of the shorthands, of quantity_type; const char *, as written. */
const void *container_memory_read(struct reader *reader, const struct yaml_pair *pair);
const void *container_cpu_read(struct reader *reader, const struct yaml_pair *pair);

/* The quantity called `name`, and its place when `place` is not NULL; NULL when
 * it is not among `map`, which may be NULL. */
const char *resource_find(const struct value_map *map, const char *name, const struct place **place);

struct resource_request {
	const char *name, *quantity; /* the quantity is NULL when nothing is asked for */
	const struct place *place;
};

/* Checks what is asked for against its limits, after the layers. `shorthands`
 * hold in the place of what `resources` requests under the same names. */
void resources_check(struct reader *reader, const struct lab_resources *resources,
		     const struct resource_request *shorthands, size_t count);
