/* What Ignition in a guest (Fedora CoreOS, Flatcar) is told: a configuration
 * of version 3.2.0. It is read at a disk's first boot only. */
#pragma once

#include "base/buffer.h"
#include "render/lab/lab.h"

/* `password_hash` is as crypt(5) makes it. */
void ignition_write(const struct lab_node *node, const char *password_hash, struct buffer *out);
