/* A Mapping as it was read, and how what it says is found among those of all
 * others. For mapping.c, which reads them, and mapping_find.c alone. */
#pragma once

#include "render/dialects/mapping.h"

/* What can be looked up by name. */
enum mapping_part {
	PART_IMAGES,
	PART_CLASSES,
	PART_VOLUME_SETS,
	PART_STORAGE_CLASSES,
	PART_NETWORKS,
	PART_GUESTS,
	PART_REGISTRIES,
	MAPPING_PARTS
};

struct named {
	const char *name;
	const void *value;
	const struct place *place;
};

/* One document; the ones read before it are below. */
struct mapping {
	const struct mapping *below;
	const struct place *wrong; /* of a document with errors, this or one below; NULL: there is none */
	const struct value_map *images; /* struct mapped_image */
	const struct value_map *classes; /* struct mapped_class */
	const struct value_map *volume_sets; /* struct mapped_volume */
	const struct value_map *storage_classes, *networks, *guests, *registries; /* text */
	const char *organization;
	const int64_t *mhz_per_core;
	const char *pod_addresses;
	struct {
		struct named *items; /* the same by name, for thousands of VMs to find theirs */
		size_t count;
	} parts[MAPPING_PARTS];
};

/* Makes what was read ready to be looked up, and tells of what another Mapping says already. */
void mapping_settle(struct reader *reader, struct mapping *mapping, const struct yaml_node *spec);

/* The value of `name`, in this one or those below; NULL when there is none. */
const void *mapping_find(const struct mapping *mapping, enum mapping_part part, const char *name);

/* The same of what there is once, by its offset in struct mapping. */
const void *mapping_value(const struct mapping *mapping, size_t offset);
