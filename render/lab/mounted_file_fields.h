/* A pod's files: texts of the repository, or written out in the lab, that the
 * container finds at a path of its own. */
#pragma once

#include "render/lab/pod.h"
#include "render/lab/reader.h"

extern const struct value_type mounted_files_type;

/* What fits: a ConfigMap takes 1 MiB with its names and all. */
enum { MOUNTED_FILES_SIZE_MAX = 900 * 1024 };

/* A field's reader; const struct value_list * of struct lab_mounted_file. */
const void *mounted_files_read(struct reader *reader, const struct yaml_pair *pair);
