#include "render/lab/join_parts.h"

#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "render/objects/drivers/driver.h"

/* Below are those of the link's own ends, unless there are more of them. */
enum { JOINED_FIRST = 1024 };

/* The joins of one LAN follow each other, in an order that depends on names alone. */
static int join_compare(const void *left, const void *right)
{
	const struct found_join *a = left, *b = right;
	int order = strcmp(a->other->namespace_name, b->other->namespace_name);

	if (order == 0)
		order = strcmp(a->other->name, b->other->name);
	if (order == 0)
		order = strcmp(a->target->name, b->target->name);
	if (order == 0)
		order = strcmp(a->lab->name, b->lab->name);
	return order ? order : strcmp(a->link->name, b->link->name);
}

static int number_compare(const void *left, const void *right)
{
	size_t a = *(const size_t *)left, b = *(const size_t *)right;

	return (a > b) - (a < b);
}

static uint64_t end_hash(const struct found_join *join, size_t position)
{
	cleanup(free) char *identity = string_format("%s/%s/%zu", join->lab->name, join->link->name, position);
	uint8_t digest[SHA256_SIZE];
	uint64_t hash = 0;

	sha256(identity, strlen(identity), digest);
	for (size_t i = 0; i < sizeof(hash); i++)
		hash = hash << 8 | digest[i];
	return hash;
}

/* From where its hash falls, the next number that is free; there is one. */
static size_t number_take(bool *taken, size_t first, uint64_t hash)
{
	size_t room = LAN_SPOKES_MAX - first, at = (size_t)(hash % room);

	while (taken[at])
		at = at + 1 == room ? 0 : at + 1;
	taken[at] = true;
	return first + at;
}

static size_t ends_count(const struct found_join *joins, size_t count)
{
	size_t ends = 0;

	for (size_t i = 0; i < count; i++)
		ends += joins[i].link->end_count;
	return ends;
}

static void refuse(const struct found_join *join, struct diagnostics *diagnostics, const char *message)
{
	const struct place *place = &join->link->join->place;

	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, place->path, place->line, place->column,
			"link \"%s\" joins \"%s/%s\" of driver k8slan, %s", join->link->name, join->other->name,
			join->target->name, message);
	join->lab->valid = false;
}

/* False after it told that what k8slan takes is too little. */
static bool lan_fits(const struct found_join *joins, size_t count, size_t ends, struct diagnostics *diagnostics)
{
	const struct lab_link *lan = joins->target;
	size_t first = lan->end_count > JOINED_FIRST ? lan->end_count : JOINED_FIRST;
	bool fits = first < LAN_SPOKES_MAX && ends <= LAN_SPOKES_MAX - first;
	const char *why =
		!fits ? "which has no more room for ends; use another driver"
		: !lan_spoke_fits(lan, LAN_SPOKES_MAX - 1)
			? "whose name is too long for ends of other labs; shorten that of the lab or of the link"
			: NULL;

	for (size_t i = 0; why && i < count; i++)
		refuse(&joins[i], diagnostics, why);
	return why == NULL;
}

/* The joins of one LAN. */
static void lan_assign(struct arena *arena, struct found_join *joins, size_t count, struct diagnostics *diagnostics)
{
	struct lab_link *lan = joins->target;
	size_t ends = ends_count(joins, count), filled = 0;
	size_t first = lan->end_count > JOINED_FIRST ? lan->end_count : JOINED_FIRST;
	size_t *all = arena_new(arena, (ends + 1) * sizeof(*all));
	struct lab_spokes *spokes = arena_new(arena, sizeof(*spokes));
	cleanup(free) bool *taken = NULL;

	if (!lan_fits(joins, count, ends, diagnostics))
		return;
	taken = memory_new_array(LAN_SPOKES_MAX, sizeof(*taken));
	for (size_t i = 0; i < count; i++) {
		struct lab_join *join = memcpy(arena_new(arena, sizeof(*join)), joins[i].link->join, sizeof(*join));
		size_t *own = arena_new(arena, (joins[i].link->end_count + 1) * sizeof(*own));

		for (size_t j = 0; j < joins[i].link->end_count; j++)
			all[filled++] = own[j] = number_take(taken, first, end_hash(&joins[i], j));
		join->spokes = own;
		joins[i].link->join = join;
		joins[i].link->spokes = spokes;
	}
	if (filled)
		qsort(all, filled, sizeof(*all), number_compare);
	*spokes = (struct lab_spokes){ .own = lan->end_count, .joined = all, .joined_count = filled };
	lan->spokes = spokes;
}

void join_spokes_assign(struct arena *arena, struct found_join *joins, size_t count, struct diagnostics *diagnostics)
{
	if (count)
		qsort(joins, count, sizeof(*joins), join_compare);
	for (size_t i = 0, end = 0; i < count; i = end) {
		while (end < count && joins[end].target == joins[i].target)
			end++;
		if (joins[i].target->driver == LINK_K8SLAN)
			lan_assign(arena, &joins[i], end - i, diagnostics);
	}
}
