/* Fields that name a file of the repository, whose text then becomes part of
 * the lab: own cloud-init, Ignition, files of a pod.
 *
 * A path is relative to the folder of the file that it stands in, or begins with
 * "/" at the root of the source. It never leaves the root: what stands in Git
 * must not read what else is on the machine. */
#pragma once

#include "render/lab/node_parts.h"
#include "render/lab/reader.h"

enum { REFERRED_FILE_MAX = 1024 * 1024 }; /* bytes; no Secret and no ConfigMap holds more */

extern const struct value_type file_type;

/* A field's reader; const struct lab_text_file *, of UTF-8 without a NUL byte. */
const void *file_field_read(struct reader *reader, const struct yaml_pair *pair);
