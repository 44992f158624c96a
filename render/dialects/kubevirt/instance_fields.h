/* What fields the spec of an instance has, as far as KubeVirt 1.9 knows them.
 * Apart from the rest, since the admission rules have a `struct place` of their own. */
#pragma once

#include <stdbool.h>

/* A field of template.spec, and of no VirtualMachine's spec itself. */
bool instance_has_field(const char *name);
