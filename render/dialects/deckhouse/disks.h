/* VirtualDisk: a disk that is there without a VM. */
#pragma once

#include "render/dialects/deckhouse/deckhouse.h"

struct disk_claim {
	struct settings settings;
	const char *size, *storage_class;
};

struct disk_spec {
	struct settings settings;
	const struct data_source *source;
	const struct disk_claim *claim;
};

extern const struct value_type disk_spec_type;

/* The name of the DataVolume, and of its claim. */
const char *disk_claim_name(struct arena *arena, const char *name);

/* What its document says of the disk's size; NULL: nothing. */
const char *disk_size(struct translation *translation, const char *name);

/* The claim of a disk that is named: that of its document, or a PersistentVolumeClaim or DataVolume which is written as such.
 * NULL after it told at `at` that there is none. */
const char *disk_find_claim(struct translation *translation, const struct yaml_node *at, const char *name);

void disk_translate(struct translation *translation, const struct fact *document);
