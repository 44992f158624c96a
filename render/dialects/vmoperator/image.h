/* Images: what a VirtualMachineImage tells, and where the content of one comes from. */
#pragma once

#include "render/dialects/translation.h"
#include "render/dialects/vmoperator/machine_fields.h"

/* Where a disk's content comes from, and what is known of it. */
struct image_source {
	const struct mapped_image *mapped;
	const char *size; /* of the disk; NULL when it is not known */
	const char *firmware; /* "bios" or "efi"; NULL when it is not known */
};

enum image_use { IMAGE_OF_DISK, IMAGE_OF_CDROM };

/* False after it told at `at` what is missing. `kind`: NULL for any. */
bool vsphere_image_find(struct translation *translation, const char *kind, const char *name, enum image_use use,
			const struct yaml_node *at, struct image_source *source);

/* Sets image, checksum, imageCA and imageSecret of a vm or a disk. */
void vsphere_image_set(struct arena *arena, struct yaml_node *target, const struct mapped_image *mapped,
		       const struct yaml_node *at);

extern const struct value_type image_document_type, cluster_image_document_type;
void vsphere_image_check(struct reader *reader, const struct fact *document);
