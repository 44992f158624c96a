/* The field `disks`: disks that belong to no node, and that nodes name as claims. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/reader.h"

enum { DATA_DISKS_MAX = 1000 };

extern const struct value_type data_disks_type;

/* A field's reader; const struct value_list * of struct lab_data_disk. NULL after any error in it, since more would only be told
 * of what was not taken. */
const void *data_disks_read(struct reader *reader, const struct yaml_pair *pair);

/* Sets lab->disks from `list` of struct lab_data_disk, which may be NULL. */
void data_disks_settle(struct reader *reader, const struct value_list *list, struct lab *lab);

/* Where its name stands. */
const struct place *data_disk_place(const struct lab_data_disk *disk);

/* Where what its field `path` of a DataVolume says was written: "source.http.url"; the disk's place for others. */
const struct place *data_disk_path_place(const struct lab_data_disk *disk, const char *path);
