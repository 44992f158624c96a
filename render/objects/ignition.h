/* What Ignition in a guest (Fedora CoreOS, Flatcar) is told: a configuration
 * of version 3, labsync's and the person's above it. It is read at a disk's
 * first boot only. */
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "render/lab/lab.h"

/* `password_hash` is as crypt(5) makes it; NULL leaves the user without one.
 * False with an error when what the person gave cannot be merged. */
bool ignition_write(const struct lab *lab, const struct lab_node *node, const char *password_hash, struct buffer *out,
		    struct error *err);
