/* What Git says cannot change while an object is there, such as which machine a guest's licence is bound to: texts in
 * the annotation labsync.dev/immutable, as a JSON object. Pure. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"

/* False, with the error, when a key that both objects have says something else in `desired` than in `live`. */
bool immutable_check(const json_t *desired, const json_t *live, struct error *err);
