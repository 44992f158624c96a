/* A Secret's `stringData` is a way to write `data` that the server never gives
 * back; compared as it stands it would differ for ever. */
#pragma once

#include <jansson.h>

/* `object` with its stringData folded into data, as the API server does it;
 * `object` itself when there is nothing to fold. New reference. */
json_t *secret_data_fold_new(const json_t *object);
