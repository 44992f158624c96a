/* Where the disks of a `virtualMachine` come from, as far as its spec says. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "render/lab/machine.h"

struct machine_image {
	const char *image; /* a container's reference, or a URL */
	const char *checksum; /* NULL when none is given */
	size_t line, column;
};

/* The image of that number, from 0; false when there are fewer. */
bool machine_image_find(const struct lab_machine *machine, size_t index, struct machine_image *found);
