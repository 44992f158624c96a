#include "render/lab/dependencies.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/cycles.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

enum {
	DEPENDENCIES_MAX = 64, /* of one lab, as they are written */
	REFERENCES_MAX = 1000000, /* of all labs, to instances and all */
	NEAREST_MAX = 1000, /* candidates */
	SUGGESTIONS_MAX = 50 /* looking for the nearest name takes time */
};

struct dependency_fields {
	const struct yaml_pair *name;
	const char *namespace_name;
};

static const void *name_seen(struct reader *reader, const struct yaml_pair *pair)
{
	return value_string_pair(reader, pair);
}

static const struct field dependency_fields[] = {
	{ "name", name_seen, offsetof(struct dependency_fields, name), &lab_name_type, "The lab's name.",
	  .presence = FIELD_REQUIRED },
	{ "namespace", namespace_read, offsetof(struct dependency_fields, namespace_name), &name_type,
	  "The lab's namespace. Without it, that of the lab that depends on it.", .fallback = NULL },
	{ .name = NULL },
};

/* A name or a mapping: read by hand, as values of two shapes are. */
static const struct value_type dependency_type = { .name = "name or {name, namespace}",
						   .shape = VALUE_ANY,
						   .fields = dependency_fields };
const struct value_type dependencies_type = {
	.shape = VALUE_LIST,
	.items = &dependency_type,
	.items_max = DEPENDENCIES_MAX,
};

/* False after it told what is wrong. */
static bool dependency_read(struct reader *reader, const struct yaml_node *item, struct lab_reference *reference)
{
	struct dependency_fields fields = { .name = NULL };
	const struct yaml_node *name = item;

	if (item->kind == YAML_MAPPING) {
		size_t before = reader->errors;

		fields_read(reader, item, "dependsOn", dependency_fields, &fields);
		if (reader->errors > before)
			return false;
		if (fields.name == NULL)
			return reader_refuse(reader, item, "dependsOn has no name; write the lab's");
		name = fields.name->value;
	}
	if (name->kind != YAML_STRING)
		return reader_refuse(reader, name, "dependsOn takes names of labs, or {name, namespace}, not %s",
				     yaml_kind_name(name->kind));
	if (!name_check(reader, "lab", name->text, name->line, name->column))
		return false;
	*reference = (struct lab_reference){ .name = name->text,
					     .namespace_name = fields.namespace_name,
					     .place = { reader->path, name->line, name->column } };
	return true;
}

const void *dependencies_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *value = pair->value;
	struct dependency_list *list = arena_new(reader->arena, sizeof(*list));
	struct lab_reference *items;

	if (value_sequence_pair(reader, pair) == NULL)
		return NULL;
	if (value->count > DEPENDENCIES_MAX)
		return reader_refuse(reader, value, "dependsOn has %zu entries; at most %d are taken", value->count,
				     DEPENDENCIES_MAX);
	items = arena_new(reader->arena, (value->count + 1) * sizeof(*items));
	for (size_t i = 0; i < value->count; i++)
		list->count += dependency_read(reader, value->items[i], &items[list->count]);
	list->items = items;
	return list;
}

static int identity_compare(const char *namespace_name, const char *name, const char *other_namespace,
			    const char *other_name)
{
	int order = strcmp(namespace_name, other_namespace);

	return order ? order : strcmp(name, other_name);
}

static int dependent_compare(const void *left, const void *right)
{
	const struct lab *a = ((const struct dependent *)left)->lab, *b = ((const struct dependent *)right)->lab;

	return identity_compare(a->namespace_name, a->name, b->namespace_name, b->name);
}

/* By what the file calls them. */
static int group_compare(const void *left, const void *right)
{
	const struct lab *a = *(struct lab *const *)left, *b = *(struct lab *const *)right;
	int order = identity_compare(a->namespace_name, a->group, b->namespace_name, b->group);

	return order ? order : strcmp(a->name, b->name);
}

struct resolver {
	struct arena *arena;
	struct diagnostics *diagnostics;
	struct dependent *dependents; /* by namespace and name */
	size_t count;
	struct lab **instances; /* by namespace and group */
	size_t instance_count;
	bool complete;
	size_t references, suggestions; /* so far */
};

static struct lab *lab_find(const struct resolver *resolver, const char *namespace_name, const char *name)
{
	struct lab wanted = { .namespace_name = namespace_name, .name = name };
	struct dependent key = { .lab = &wanted };
	const struct dependent *found =
		bsearch(&key, resolver->dependents, resolver->count, sizeof(key), dependent_compare);

	return found ? found->lab : NULL;
}

/* The first instance of a group; `instance_count` when there is none. `count` becomes how many there are. */
static size_t group_find(const struct resolver *resolver, const char *namespace_name, const char *group,
			 size_t *count)
{
	size_t low = 0, high = resolver->instance_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct lab *lab = resolver->instances[middle];

		if (identity_compare(lab->namespace_name, lab->group, namespace_name, group) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*count = 0;
	while (low + *count < resolver->instance_count &&
	       identity_compare(resolver->instances[low + *count]->namespace_name,
				resolver->instances[low + *count]->group, namespace_name, group) == 0)
		(*count)++;
	return low;
}

static void refuse(struct resolver *resolver, struct lab *lab, const struct place *place, const char *message)
{
	diagnostics_add(resolver->diagnostics, DIAGNOSTIC_ERROR, place->path, place->line, place->column, "%s",
			message);
	lab->valid = false;
}

/* Where a lab of that name is after all, or what is called nearly so; NULL: nowhere. The caller frees. */
static char *suggestion_new(struct resolver *resolver, const struct lab *own, const char *namespace_name,
			    const char *name)
{
	const char *names[NEAREST_MAX + 1] = { NULL };
	const char *nearest;
	size_t count = 0;

	if (resolver->suggestions++ >= SUGGESTIONS_MAX)
		return NULL;
	for (size_t i = 0; i < resolver->count; i++) {
		const struct lab *lab = resolver->dependents[i].lab;

		if (!text_equal(lab->namespace_name, namespace_name)) {
			if (text_equal(lab->name, name))
				return string_format(
					"there is one in namespace \"%s\": write {name: %s, namespace: %s}",
					lab->namespace_name, name, lab->namespace_name);
			continue;
		}
		if (count < NEAREST_MAX && lab != own)
			names[count++] = lab->name;
		if (lab->group && !text_equal(lab->group, own->group) && count < NEAREST_MAX &&
		    (count < 2 || !text_equal(names[count - 2], lab->group)))
			names[count++] = lab->group;
	}
	nearest = text_nearest(name, names);
	return nearest ? string_format("did you mean \"%s\"?", nearest) : NULL;
}

static void refuse_unknown(struct resolver *resolver, struct lab *lab, const struct lab_reference *wanted,
			   const char *namespace_name)
{
	cleanup(free) char *suggestion = suggestion_new(resolver, lab, namespace_name, wanted->name);
	cleanup(free) char *message = string_format(
		"lab \"%s\" depends on \"%s\", but there is no such lab in namespace \"%s\"%s%s", lab->name,
		wanted->name, namespace_name, suggestion ? "; " : "", suggestion ? suggestion : "");

	if (resolver->complete) {
		refuse(resolver, lab, &wanted->place, message);
		return;
	}
	diagnostics_add(
		resolver->diagnostics, DIAGNOSTIC_WARNING, wanted->place.path, wanted->place.line,
		wanted->place.column,
		"lab \"%s\" waits for \"%s\" of namespace \"%s\", which is not in the files that could be read",
		lab->name, wanted->name, namespace_name);
}

/* Adds a reference; told once when there are too many. */
static void reference_add(struct resolver *resolver, struct lab *lab, struct lab_reference *into,
			  const struct lab_reference *wanted, const struct lab *found)
{
	into[lab->dependency_count++] = (struct lab_reference){ .namespace_name = found->namespace_name,
								.name = found->name,
								.place = wanted->place };
	resolver->references++;
}

static bool references_fit(struct resolver *resolver, struct lab *lab, const struct lab_reference *wanted,
			   size_t more)
{
	if (resolver->references + more <= REFERENCES_MAX)
		return true;
	refuse(resolver, lab, &wanted->place,
	       "the labs of this source depend on each other in more than a million ways");
	return false;
}

/* How many labs one entry stands for. */
static size_t entry_size(const struct resolver *resolver, const char *namespace_name, const char *name)
{
	size_t count;

	group_find(resolver, namespace_name, name, &count);
	return count ? count : 1;
}

static void entry_resolve(struct resolver *resolver, struct lab *lab, const struct lab_reference *wanted,
			  struct lab_reference *into)
{
	const char *namespace_name = wanted->namespace_name ? wanted->namespace_name : lab->namespace_name;
	const struct lab *found = lab_find(resolver, namespace_name, wanted->name);
	size_t count = 0, first = group_find(resolver, namespace_name, wanted->name, &count);

	if (found == lab ||
	    (lab->group && text_equal(lab->group, wanted->name) && text_equal(lab->namespace_name, namespace_name))) {
		cleanup(free) char *message = string_format("lab \"%s\" depends on itself; remove this", lab->name);

		refuse(resolver, lab, &wanted->place, message);
	} else if (found) {
		reference_add(resolver, lab, into, wanted, found);
	} else if (count == 0) {
		refuse_unknown(resolver, lab, wanted, namespace_name);
		into[lab->dependency_count++] = (struct lab_reference){ .namespace_name = namespace_name,
									.name = wanted->name,
									.place = wanted->place };
	} else if (references_fit(resolver, lab, wanted, count)) {
		for (size_t i = 0; i < count; i++)
			reference_add(resolver, lab, into, wanted, resolver->instances[first + i]);
	}
}

static void dependent_resolve(struct resolver *resolver, const struct dependent *dependent)
{
	struct lab *lab = dependent->lab;
	struct lab_reference *into;
	size_t room = 0;

	for (size_t i = 0; i < dependent->wanted->count; i++) {
		const struct lab_reference *wanted = &dependent->wanted->items[i];

		room += entry_size(resolver, wanted->namespace_name ? wanted->namespace_name : lab->namespace_name,
				   wanted->name);
	}
	if (dependent->wanted->count == 0 || !references_fit(resolver, lab, &dependent->wanted->items[0], room))
		return;
	into = arena_new(resolver->arena, room * sizeof(*into));
	lab->dependencies = into;
	for (size_t i = 0; i < dependent->wanted->count; i++)
		entry_resolve(resolver, lab, &dependent->wanted->items[i], into);
}

static struct lab **instances_new(const struct dependent *dependents, size_t count, size_t *instance_count)
{
	struct lab **instances = memory_new_array(count + 1, sizeof(struct lab *));

	*instance_count = 0;
	for (size_t i = 0; i < count; i++)
		if (dependents[i].lab->group)
			instances[(*instance_count)++] = dependents[i].lab;
	if (*instance_count)
		qsort(instances, *instance_count, sizeof(*instances), group_compare);
	return instances;
}

void dependencies_resolve(struct arena *arena, struct dependent *dependents, size_t count, bool complete,
			  struct diagnostics *diagnostics)
{
	struct resolver resolver = { .arena = arena,
				     .diagnostics = diagnostics,
				     .dependents = dependents,
				     .count = count,
				     .complete = complete };
	cleanup(free) struct lab **instances = NULL;

	if (count)
		qsort(dependents, count, sizeof(*dependents), dependent_compare);
	instances = instances_new(dependents, count, &resolver.instance_count);
	resolver.instances = instances;
	for (size_t i = 0; i < count; i++)
		if (dependents[i].wanted)
			dependent_resolve(&resolver, &dependents[i]);
	if (resolver.references)
		cycles_refuse(dependents, count, diagnostics);
}
