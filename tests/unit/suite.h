/* What every unit test's main() does: run a list of Check tests in this
 * process (no fork, so that LeakSanitizer sees what they leave behind). */
#pragma once

#include <check.h>
#include <stddef.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Returns the exit code: 0 when all passed. */
int suite_run(const char *name, const TTest *const *tests, size_t count);
