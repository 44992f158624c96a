/* What of one disk's fields goes together. */
#pragma once

#include "render/lab/reader.h"
#include "render/lab/vm.h"

void disk_check(struct reader *reader, const struct lab_disk *disk);
