/* The conditions in an object's status, and whether that status is about the
 * object as it is now. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

/* The condition of this type; NULL when there is none. Borrowed. */
const json_t *condition_find(const json_t *object, const char *type);

/* Whether there is one with this status: "True", "False", "Unknown". */
bool condition_is(const json_t *object, const char *type, const char *status);

/* False when the field that names the generation last seen, say
 * "observedGeneration", is behind the object's generation. */
bool status_is_current(const json_t *object, const char *field);
