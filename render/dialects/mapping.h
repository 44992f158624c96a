/* labsync.dev/v1alpha1 Mapping: what names mean that only the world outside of
 * the repository knows: images, classes, networks, storage policies. All
 * Mappings of a repository hold together, for all of it. */
#pragma once

#include "render/dialects/facts.h"

#define MAPPING_KIND "Mapping"

extern const struct value_type mapping_document_type;

struct mapping;

/* Reads a Mapping and lays it over what `mapping` has; NULL before the first. Never NULL. */
const struct mapping *mapping_read(struct reader *reader, const struct yaml_node *root,
				   const struct mapping *mapping);

/* Where one is that has errors; NULL when there is none. */
const struct place *mapping_wrong_place(const struct mapping *mapping);

/* Where an image comes from. */
struct mapped_image {
	struct settings settings;
	const char *image; /* docker://, http(s):// */
	const char *size; /* of the disk; NULL: not said */
	const char *checksum, *certificates,
		*image_secret; /* as in a vm: checksum, imageCA, imageSecret; NULL: none */
};

/* What a class of VMs stands for. */
struct mapped_class {
	struct settings settings;
	const int64_t *cpu; /* NULL: not said, as all others */
	const char *memory, *cpu_model;
};

/* What a volume set (a disk outside of its VM) is made like. */
struct mapped_volume {
	struct settings settings;
	const char *size, *storage_class;
};

/* What it says of a name; NULL when nothing. */
const struct mapped_image *mapping_image(const struct facts *facts, const char *name);
const struct mapped_class *mapping_class(const struct facts *facts, const char *name);
const struct mapped_volume *mapping_volume(const struct facts *facts, const char *name);
const char *mapping_storage_class(const struct facts *facts, const char *name); /* storageClasses: */
const char *mapping_network(const struct facts *facts, const char *name); /* networks: what attaches to it */
const char *mapping_preference(const struct facts *facts, const char *guest); /* guests: a cluster preference */
const char *mapping_registry(const struct facts *facts, const char *prefix); /* registries: "example.com/org/" */
const char *mapping_organization(const struct facts *facts); /* organization: */
int64_t mapping_mhz_per_core(const struct facts *facts); /* 0: not said */

/* podAddresses: what the cluster's network is asked by for a pod's address, an annotation of the pod. False when no Mapping
 * says. */
bool mapping_pod_address(const struct facts *facts, struct arena *arena, const char *address, const char **annotation,
			 const char **value);
