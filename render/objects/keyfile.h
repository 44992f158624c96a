/* A NIC's connection as NetworkManager's keyfile has it. */
#pragma once

#include "base/buffer.h"
#include "render/lab/lab.h"

/* Of every link's NIC, with or without addresses: left to itself, NetworkManager
 * would ask the link for DHCP, and take it down when nobody answers. */
void keyfile_write(const struct lab_interface *interface, struct buffer *out);
