/* The metadata of an entry of `objects`: what labsync knows the object by. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/manifest_kinds.h"
#include "render/lab/reader.h"

/* Sets the manifest's name, place, labels and annotations; false after it told why they cannot be. Tells of all that cannot stay. */
bool manifest_metadata_read(struct reader *reader, const struct lab *lab, struct lab_manifest *manifest);

/* True for what the server sets in metadata. */
bool manifest_metadata_is_foreign(const char *key);
