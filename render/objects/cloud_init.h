/* What cloud-init in a guest is told: user data (a cloud-config) and network
 * data (version 2, as netplan has it). */
#pragma once

#include "base/buffer.h"
#include "render/lab/lab.h"

/* `password_hash` is as crypt(5) makes it. */
void cloud_init_write_user_data(const struct lab_node *node, const char *password_hash, struct buffer *out);
void cloud_init_write_network_data(const struct lab *lab, const struct lab_node *node, struct buffer *out);
