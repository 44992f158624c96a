/* Documents of dialects as Labs that a person could have written. */
#pragma once

#include <jansson.h>

#include "base/diagnostic.h"
#include "render/dialects/dialect.h"
#include "render/lab/lab.h"

/* Hands each Lab to `take`, which keeps no reference, in the order of the files; one that has errors, told in `diagnostics`,
 * is not among them. `files` are borrowed for the call; documents that are none of a dialect's count as what these may rely
 * on. False after it told that no document is of `dialect`; NULL: any will do. */
bool dialects_convert(const struct lab_file *files, size_t count, const struct lab_options *options,
		      const struct dialect *dialect, void (*take)(void *data, const json_t *lab), void *data,
		      struct diagnostics *diagnostics);
