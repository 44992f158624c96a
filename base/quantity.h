/* Kubernetes quantities: "500m", "1.5Gi", "10G", "2e3".
 *
 * Source: the serialization format in the Kubernetes API's resource.Quantity.
 * Values are kept in thousandths, which holds 9 exabytes. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* False when `text` is no quantity or is too large. */
bool quantity_parse(const char *text, int64_t *thousandths);

/* True when both are quantities of the same value: "1Gi" and "1024Mi". */
bool quantity_equal(const char *a, const char *b);
