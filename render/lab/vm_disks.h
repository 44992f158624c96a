/* disks: the disks of a VM beside its root disk. */
#pragma once

#include "render/lab/reader.h"
#include "render/lab/vm.h"

enum { DISKS_MAX = 32, BOOT_ORDER_MAX = 999 };

extern const struct value_type disks_type;

/* A field's reader; const struct value_list * of struct lab_disk, each of which
 * is right for itself. */
const void *disks_read(struct reader *reader, const struct yaml_pair *pair);

/* Where a field of a disk was written; the disk's own place when it was not. */
const struct place *disk_place(const struct lab_disk *disk, size_t offset);

/* The bus that it hangs on, given or not. */
const char *disk_bus(const struct lab_disk *disk);

/* Whether it is a "disk", "cdrom" or "lun", given or not. */
bool disk_is_of_type(const struct lab_disk *disk, const char *type);
bool disk_is_ephemeral(const struct lab_disk *disk);
/* True when labsync makes a DataVolume for it. */
bool disk_is_made(const struct lab_disk *disk);

/* Its name for messages; "" when it has none. */
const char *disk_label(const struct lab_disk *disk);

/* True unless `rootDisk` says that there is none. */
bool vm_has_root_disk(const struct lab_vm *vm);
