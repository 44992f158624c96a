#include "render/dialects/controlplane/build.h"

#include "base/text.h"

const struct yaml_node *given_place(const struct workload_build *build, const struct given *given)
{
	const struct place *place = object_place(given->type, given->object, given->offset);

	return tree_at(build->arena, place);
}

static const void *value_of(const struct given *given)
{
	return *(const void *const *)(const void *)((const char *)given->object + given->offset);
}

void give_text(const struct workload_build *build, struct yaml_node *target, const char *key,
	       const struct given *given)
{
	const char *text = value_of(given);

	if (text)
		tree_set(build->arena, target, key, tree_text(build->arena, given_place(build, given), text));
}

void give_number(const struct workload_build *build, struct yaml_node *target, const char *key,
		 const struct given *given)
{
	const int64_t *number = value_of(given);

	if (number)
		tree_set(build->arena, target, key, tree_integer(build->arena, given_place(build, given), *number));
}

void give_boolean(const struct workload_build *build, struct yaml_node *target, const char *key,
		  const struct given *given)
{
	const bool *value = value_of(given);

	if (value)
		tree_set(build->arena, target, key, tree_boolean(build->arena, given_place(build, given), *value));
}

void give_label(const struct workload_build *build, const char *key, const char *value)
{
	const struct yaml_node *at = build->document->root;

	tree_set(build->arena, tree_mapping_at(build->arena, build->vm, "labels", at), key,
		 tree_text(build->arena, at, value));
}

void give_annotation(const struct workload_build *build, const char *key, const struct yaml_node *value)
{
	tree_set(build->arena, tree_mapping_at(build->arena, build->vm, "annotations", value), key, value);
}

struct yaml_node *object_new(struct arena *arena, const struct yaml_node *at, const char *version, const char *kind,
			     const char *name)
{
	struct yaml_node *object = tree_mapping(arena, at), *metadata = tree_mapping(arena, at);

	tree_set(arena, object, "apiVersion", tree_text(arena, at, version));
	tree_set(arena, object, "kind", tree_text(arena, at, kind));
	tree_set(arena, metadata, "name", tree_text(arena, at, name));
	tree_set(arena, object, "metadata", metadata);
	return object;
}

int64_t first_port(const struct workload_build *build)
{
	const struct value_list *ports = build->container->ports;
	const struct workload_port *port = ports && ports->count ? ports->items[0] : NULL;

	return port ? *port->number : 0;
}

const struct fact *workload_next(const struct workload_build *build, const char *shared, size_t *at)
{
	return facts_next_saying(build->translation->facts, build->document->dialect->name,
				 build->document->kind->name, build->translation->namespace_name, shared, at);
}
