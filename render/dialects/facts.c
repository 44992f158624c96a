#include "render/dialects/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "render/dialects/dialect.h"

static int text_order(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int name_order(const struct fact *a, const struct fact *b)
{
	int order = text_order(a->dialect->name, b->dialect->name);

	if (order == 0)
		order = text_order(a->kind->name, b->kind->name);
	if (order == 0)
		order = text_order(a->namespace_name, b->namespace_name);
	return order ? order : text_order(a->name, b->name);
}

static int fact_compare(const void *left, const void *right)
{
	const struct fact *a = left, *b = right;
	int order = name_order(a, b);

	return order ? order : place_order(&a->place, &b->place);
}

void facts_deinit(struct facts *facts)
{
	free(facts->items);
	facts->items = NULL;
	facts->count = facts->capacity = 0;
	free(facts->sayings);
	facts->sayings = NULL;
	facts->saying_count = facts->saying_capacity = 0;
}

void facts_add(struct facts *facts, const struct fact *fact)
{
	memory_grow(&facts->items, facts->count, &facts->capacity, sizeof(*facts->items));
	facts->items[facts->count++] = *fact;
}

void facts_remove(struct facts *facts, bool (*is_unwanted)(void *context, const struct fact *fact), void *context)
{
	size_t kept = 0;

	for (size_t i = 0; i < facts->count; i++)
		if (!is_unwanted(context, &facts->items[i]))
			facts->items[kept++] = facts->items[i];
	facts->count = kept;
}

void facts_note_saying(struct facts *facts, const struct fact *fact, const struct yaml_node *name)
{
	if (name == NULL || name->kind != YAML_STRING)
		return;
	memory_grow(&facts->sayings, facts->saying_count, &facts->saying_capacity, sizeof(*facts->sayings));
	facts->sayings[facts->saying_count++] =
		(struct fact_saying){ .fact = (size_t)(fact - facts->items), .name = name->text };
}

bool fact_says_names(const struct fact *fact)
{
	struct fact alone = *fact;
	struct facts facts = { .items = &alone, .count = 1 };
	bool any;

	if (fact->kind->say_names == NULL)
		return false;
	fact->kind->say_names(&alone, &facts);
	any = facts.saying_count > 0;
	free(facts.sayings);
	return any;
}

static int saying_order(const struct facts *facts, const struct fact_saying *saying, const char *dialect,
			const char *kind, const char *name)
{
	const struct fact *fact = &facts->items[saying->fact];
	int order = strcmp(fact->dialect->name, dialect);

	if (order == 0)
		order = strcmp(fact->kind->name, kind);
	return order ? order : strcmp(saying->name, name);
}

static int saying_compare(const void *left, const void *right, void *context)
{
	const struct facts *facts = context;
	const struct fact_saying *a = left, *b = right;
	const struct fact *said = &facts->items[b->fact];
	int order = saying_order(facts, a, said->dialect->name, said->kind->name, b->name);

	return order ? order : (a->fact > b->fact) - (a->fact < b->fact);
}

static void sayings_settle(struct facts *facts)
{
	size_t kept = 0;

	for (size_t i = 0; i < facts->count; i++)
		if (facts->items[i].kind->say_names)
			facts->items[i].kind->say_names(&facts->items[i], facts);
	if (facts->saying_count)
		qsort_r(facts->sayings, facts->saying_count, sizeof(*facts->sayings), saying_compare, facts);
	/* One that says a name twice is found once. */
	for (size_t i = 0; i < facts->saying_count; i++)
		if (i == 0 || saying_compare(&facts->sayings[kept - 1], &facts->sayings[i], facts) != 0)
			facts->sayings[kept++] = facts->sayings[i];
	facts->saying_count = kept;
}

void facts_settle(struct facts *facts, const char *(*namespace_of)(void *context, const struct fact *fact),
		  void *context)
{
	for (size_t i = 0; i < facts->count; i++) {
		struct fact *fact = &facts->items[i];

		if (fact->kind->of_cluster)
			fact->namespace_name = NULL;
		else if (fact->namespace_name == NULL)
			fact->namespace_name = namespace_of(context, fact);
	}
	if (facts->count)
		qsort(facts->items, facts->count, sizeof(*facts->items), fact_compare);
	sayings_settle(facts);
}

/* The first that is not before the names. */
static size_t facts_from(const struct facts *facts, const char *dialect, const char *kind, const char *namespace_name,
			 const char *name)
{
	const struct dialect wanted_dialect = { .name = dialect };
	const struct dialect_kind wanted_kind = { .name = kind };
	const struct fact wanted = {
		.dialect = &wanted_dialect, .kind = &wanted_kind, .namespace_name = namespace_name, .name = name
	};
	size_t low = 0, high = facts->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (name_order(&facts->items[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_of(const struct fact *fact, const char *dialect, const char *kind, const char *namespace_name)
{
	return text_equal(fact->dialect->name, dialect) && text_equal(fact->kind->name, kind) &&
	       text_order(fact->namespace_name, namespace_name) == 0;
}

const struct fact *facts_find(const struct facts *facts, const char *dialect, const char *kind,
			      const char *namespace_name, const char *name)
{
	size_t at = facts_from(facts, dialect, kind, namespace_name, name);

	if (at == facts->count || !is_of(&facts->items[at], dialect, kind, namespace_name) ||
	    !text_equal(facts->items[at].name, name))
		return NULL;
	return &facts->items[at];
}

/* The first that is not before the names. */
static size_t sayings_from(const struct facts *facts, const char *dialect, const char *kind, const char *name)
{
	size_t low = 0, high = facts->saying_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (saying_order(facts, &facts->sayings[middle], dialect, kind, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct fact *facts_next_saying(const struct facts *facts, const char *dialect, const char *kind,
				     const char *namespace_name, const char *name, size_t *at)
{
	size_t i = *at ? *at : sayings_from(facts, dialect, kind, name);

	for (; i < facts->saying_count && saying_order(facts, &facts->sayings[i], dialect, kind, name) == 0; i++) {
		const struct fact *fact = &facts->items[facts->sayings[i].fact];

		if (namespace_name && text_order(fact->namespace_name, namespace_name) != 0)
			continue;
		*at = i + 1;
		return fact;
	}
	return NULL;
}

const void *fact_read(const struct reader *reader, const struct fact *fact, const struct yaml_node *mapping,
		      const struct value_type *type)
{
	cleanup(diagnostics) struct diagnostics told = DIAGNOSTICS_INIT;
	struct reader own = { .arena = reader->arena,
			      .path = fact->place.path,
			      .file = fact->file,
			      .diagnostics = &told,
			      .lookup = reader->lookup,
			      .layer = LAYER_NODE };
	const void *read = object_read(&own, mapping, "spec", type);

	return own.errors == 0 ? read : NULL;
}
