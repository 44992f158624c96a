/* Go's way to write a duration, as Kubernetes' metav1.Duration takes it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* "1h30m", "1.5h", "300ms". False when `text` is none or is too large. */
bool go_duration_parse(const char *text, int64_t *nanoseconds);

/* True when both are durations of the same length: "1h" and "60m0s". */
bool duration_equal(const char *a, const char *b);
