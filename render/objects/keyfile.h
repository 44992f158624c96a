/* A NIC's connection as NetworkManager's keyfile has it. */
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "render/lab/lab.h"

/* False when nothing is asked of the NIC, which NetworkManager then sets up by itself. */
bool keyfile_is_needed(const struct lab_interface *interface);

void keyfile_write(const struct lab_interface *interface, struct buffer *out);
