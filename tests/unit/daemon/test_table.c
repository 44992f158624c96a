#include "daemon/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/unit/suite.h"

enum { ROWS_MAX = 4, COLUMNS_MAX = 3 };

static const struct table_case {
	const char *name;
	size_t columns;
	const char *rows[ROWS_MAX][COLUMNS_MAX]; /* the first is the header */
	const char *text;
} cases[] = {
	{ "header alone", 2, { { "NAME", "STATE" } }, "NAME  STATE\n" },
	{ "cells wider than the header",
	  3,
	  { { "NAME", "STATE", "MESSAGE" },
	    { "ospf-triangle", "Ready", "" },
	    { "bgp", "Progressing", "r1: Starting" } },
	  "NAME           STATE        MESSAGE\n"
	  "ospf-triangle  Ready        \n"
	  "bgp            Progressing  r1: Starting\n" },
	{ "header wider than the cells", 2, { { "NAMESPACE", "X" }, { "a", "b" } }, "NAMESPACE  X\na          b\n" },
	{ "one column", 1, { { "NAME" }, { "a" }, { "bcdefg" } }, "NAME\na\nbcdefg\n" },
	{ "empty cells", 2, { { "A", "B" }, { "", "b" }, { "", "" } }, "A  B\n   b\n   \n" },
	{ "what could steer a terminal",
	  2,
	  { { "A", "B" }, { "a\033[2J\n", "b\tc\x7f" } },
	  "A       B\na?[2J   b?c?\n" },
};

static char *printed_new(const struct table_case *row)
{
	struct table *table = table_new(row->rows[0], row->columns);
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	for (size_t i = 1; i < ROWS_MAX && row->rows[i][0]; i++)
		table_add(table, row->rows[i]);
	table_print(table, out);
	fclose(out);
	table_free(table);
	return text;
}

START_TEST(printed)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) char *text = printed_new(&cases[i]);

		ck_assert_msg(strcmp(text, cases[i].text) == 0, "%s: found\n%s\nexpected\n%s", cases[i].name, text,
			      cases[i].text);
	}
}
END_TEST

START_TEST(cells_are_copied)
{
	char cell[] = "before";
	const char *const header[] = { "NAME" }, *const cells[] = { cell };
	struct table *table = table_new(header, 1);
	cleanup(free) char *text = NULL;
	size_t length;
	FILE *out;

	table_add(table, cells);
	memcpy(cell, "after", sizeof("after"));
	out = open_memstream(&text, &length);
	table_print(table, out);
	fclose(out);
	table_free(table);
	ck_assert_str_eq(text, "NAME\nbefore\n");
}
END_TEST

int main(void)
{
	const TTest *tests[] = { printed, cells_are_copied };

	return suite_run("table", tests, ARRAY_SIZE(tests));
}
