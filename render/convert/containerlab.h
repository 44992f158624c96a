/* A containerlab topology file as a Lab: text in, a value out, and what could
 * not come over as warnings with places.
 *
 * Containers of kind linux become pods (privileged, as containerlab runs them),
 * VMs with a disk image become vms, bridges and links become links. Addresses
 * come from the links and from `ip address add` and `ip route add` in exec. */
#pragma once

#include <jansson.h>

#include "base/diagnostic.h"
#include "render/lab/lab.h"

/* New reference; NULL, with errors, when the file is no topology or nothing of it can come over.
 * `namespace_name` is NULL for a lab that names none. */
json_t *containerlab_convert_new(const struct lab_file *file, const char *namespace_name,
				 struct diagnostics *diagnostics);
