/* What labsync's own Labs have and KNL's have not. A file that KNL reads as well
 * would mean two things with it, so KNL's Labs are refused it. */
#pragma once

#include "render/lab/reader.h"

void extensions_refuse(struct reader *reader, const struct yaml_node *spec);
