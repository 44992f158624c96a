#include "render/lab/join_parts.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "render/objects/drivers/driver.h"

/* A lab that joins, or is joined by, another on one worker. */
struct member {
	struct lab *lab;
	bool follows; /* it joins another */
	size_t parent; /* of a tree for each worker; a root is its own */
};

static int member_compare(const void *left, const void *right)
{
	const struct member *a = left, *b = right;
	int order = strcmp(a->lab->namespace_name, b->lab->namespace_name);

	return order ? order : strcmp(a->lab->name, b->lab->name);
}

static size_t root_of(struct member *members, size_t at)
{
	while (members[at].parent != at) {
		members[at].parent = members[members[at].parent].parent;
		at = members[at].parent;
	}
	return at;
}

/* A lab that follows no other gives the name, so that what it has on the cluster stays; of two such the first. */
static bool leads(const struct member *a, const struct member *b)
{
	return a->follows != b->follows ? b->follows : member_compare(a, b) < 0;
}

static struct member *member_find(struct member *members, size_t count, struct lab *lab)
{
	struct member key = { .lab = lab };

	return bsearch(&key, members, count, sizeof(*members), member_compare);
}

/* The labs of all joins on one worker, each once. */
static size_t members_collect(const struct found_join *joins, size_t count, struct member *members)
{
	size_t filled = 0, kept = 0;

	for (size_t i = 0; i < count; i++)
		if (driver_of(joins[i].target)->is_node_local) {
			members[filled++] = (struct member){ .lab = joins[i].lab };
			members[filled++] = (struct member){ .lab = joins[i].other };
		}
	if (filled)
		qsort(members, filled, sizeof(*members), member_compare);
	for (size_t i = 0; i < filled; i++)
		if (i == 0 || member_compare(&members[kept - 1], &members[i]) != 0)
			members[kept++] = members[i];
	for (size_t i = 0; i < kept; i++)
		members[i].parent = i;
	return kept;
}

void join_workers_assign(struct found_join *joins, size_t count)
{
	cleanup(free) struct member *members = memory_new_array(count * 2 + 1, sizeof(*members));
	size_t filled = members_collect(joins, count, members);

	for (size_t i = 0; filled && i < count; i++)
		if (driver_of(joins[i].target)->is_node_local)
			member_find(members, filled, joins[i].lab)->follows = true;
	for (size_t i = 0; filled && i < count; i++) {
		size_t a, b;

		if (!driver_of(joins[i].target)->is_node_local)
			continue;
		a = root_of(members, (size_t)(member_find(members, filled, joins[i].lab) - members));
		b = root_of(members, (size_t)(member_find(members, filled, joins[i].other) - members));
		if (leads(&members[a], &members[b]))
			members[b].parent = a;
		else
			members[a].parent = b;
	}
	for (size_t i = 0; i < filled; i++)
		members[i].lab->worker_group = members[root_of(members, i)].lab->name;
}
