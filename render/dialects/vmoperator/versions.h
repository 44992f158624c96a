/* Which fields a version of VM Operator's API has. The tables know those of all
 * versions; a field of another one is a mistake that the cluster would have
 * refused, too. */
#pragma once

#include "render/dialects/facts.h"

/* False after it told of each field of a VirtualMachine that is of another version. */
bool version_check(struct reader *reader, const struct fact *document);
