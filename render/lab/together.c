#include "render/lab/together.h"

#include "render/lab/collisions.h"
#include "render/lab/join_resolve.h"
#include "render/lab/lan_numbers.h"

void lab_strip(struct lab *lab)
{
	*lab = (struct lab){ .name = lab->name,
			     .namespace_name = lab->namespace_name,
			     .group = lab->group,
			     .path = lab->path,
			     .line = lab->line,
			     .column = lab->column,
			     .name_line = lab->name_line,
			     .name_column = lab->name_column };
}

struct lab **labs_check_together(struct arena *arena, struct dependent *read, size_t count, bool complete,
				 struct diagnostics *diagnostics)
{
	struct lab **labs = arena_new(arena, (count + 1) * sizeof(*labs));

	for (size_t i = 0; i < count; i++)
		labs[i] = read[i].lab;
	collisions_check(labs, count, diagnostics);
	dependencies_resolve(arena, read, count, complete, diagnostics);
	lan_numbers_assign(labs, count, diagnostics);
	joins_resolve(arena, labs, count, complete, diagnostics);
	for (size_t i = 0; i < count; i++)
		if (!labs[i]->valid)
			lab_strip(labs[i]);
	return labs;
}
