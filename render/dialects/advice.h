/* What is said of fields that a format has and that cannot hold here. */
#pragma once

struct advice {
	const char *field; /* NULL ends a table */
	const char *text; /* what is the matter; what to do */
};

/* NULL when the table has none for the field. */
const char *advice_find(const struct advice *table, const char *field);
