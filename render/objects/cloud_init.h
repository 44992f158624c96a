/* What cloud-init in a guest is told as user data: labsync's own cloud-config,
 * and what a person has of their own above it. */
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "render/lab/lab.h"

/* `password_hash` is as crypt(5) makes it; NULL locks the user's password. False
 * with an error when what the person gave cannot be merged. */
bool cloud_init_write_user_data(const struct lab *lab, const struct lab_node *node, const char *password_hash,
				struct buffer *out, struct error *err);
