#include "daemon/table.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { COLUMN_GAP = 2 };

struct table {
	size_t columns, count, capacity;
	char **cells; /* row by row */
	size_t *widths;
};

struct table *table_new(const char *const *header, size_t columns)
{
	struct table *table = memory_new(sizeof(*table));

	table->columns = columns;
	table->widths = memory_new_array(columns, sizeof(*table->widths));
	table_add(table, header);
	return table;
}

void table_free(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->cells[i]);
	free(table->cells);
	free(table->widths);
	free(table);
}

void table_add(struct table *table, const char *const *cells)
{
	for (size_t i = 0; i < table->columns; i++) {
		char *copy = text_printable(cells[i], TEXT_ONE_LINE);

		memory_grow(&table->cells, table->count, &table->capacity, sizeof(*table->cells));
		table->cells[table->count++] = copy;
		if (strlen(copy) > table->widths[i])
			table->widths[i] = strlen(copy);
	}
}

void table_print(const struct table *table, FILE *out)
{
	for (size_t i = 0; i < table->count; i++) {
		size_t column = i % table->columns;

		if (column + 1 == table->columns)
			fprintf(out, "%s\n", table->cells[i]);
		else
			fprintf(out, "%-*s", (int)(table->widths[column] + COLUMN_GAP), table->cells[i]);
	}
}
