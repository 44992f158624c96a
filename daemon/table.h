/* Text in columns, for people. */
#pragma once

#include <stddef.h>
#include <stdio.h>

struct table;

struct table *table_new(const char *const *header, size_t columns);
void table_free(struct table *table);
/* Copies the cells; control characters are replaced. */
void table_add(struct table *table, const char *const *cells);
void table_print(const struct table *table, FILE *out);
