/* User data that is no cloud-config - a script, a template, an archive, a MIME
 * message - joined with labsync's cloud-config, so that cloud-init runs both.
 * The person's part comes last: keys that it sets stand. */
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "render/lab/lab.h"

/* True for text that is one cloud-config: with its mark, or with no mark at all. */
bool user_data_is_cloud_config(const char *text);

/* Writes `config`, labsync's cloud-config with its mark, and what the person
 * gave. False with an error when that cannot be read. */
bool user_data_join(const struct lab *lab, const struct lab_own_init *own, const char *config, struct buffer *out,
		    struct error *err);
