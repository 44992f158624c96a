/* What stands in the wrong place, or is no field at all, but whose meaning is plain. */
#include "render/dialects/kubevirt/kubevirt.h"

#include "base/buffer.h"
#include "base/text.h"
#include "render/dialects/kubevirt/instance_fields.h"
#include "render/lab/document.h"

static bool is_given(const struct yaml_node *value)
{
	return value && value->kind != YAML_NULL;
}

/* A mapping that can be changed. */
static struct yaml_node *opened(struct arena *arena, struct yaml_node *parent, const char *key,
				const struct yaml_node *at)
{
	const struct yaml_node *value = yaml_get(parent, key);
	struct yaml_node *copy =
		value && value->kind == YAML_MAPPING ? tree_copy(arena, value) : tree_mapping(arena, at);

	tree_set(arena, parent, key, copy);
	return copy;
}

/* Whether it can be opened without losing what a person wrote: what is no mapping is for the admission rules to tell. */
static bool can_open(const struct yaml_node *parent, const char *key)
{
	const struct yaml_node *value = yaml_get(parent, key);

	return !is_given(value) || value->kind == YAML_MAPPING;
}

/* --- sourceRef.apiGroup, which CDI has not --- */

const struct yaml_node *mend_data_volume(struct translation *translation, const struct yaml_node *volume)
{
	static const char *const left_out[] = { "apiGroup", NULL };
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *reference = yaml_get(yaml_get(volume, "spec"), "sourceRef");
	const struct yaml_pair *group = yaml_get_pair(reference, left_out[0]);
	struct yaml_node *mended;

	if (group == NULL)
		return volume;
	reader_warn(translation->reader, group->line, group->column,
		    "a sourceRef has no apiGroup; it is left out; drop it");
	mended = tree_copy(arena, volume);
	tree_set(arena, opened(arena, mended, "spec", volume), "sourceRef",
		 document_without(arena, reference, left_out));
	return mended;
}

static void mend_templates(struct translation *translation, struct yaml_node *spec)
{
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *templates = yaml_get(spec, "dataVolumeTemplates");
	struct yaml_node *mended;

	if (templates == NULL || templates->kind != YAML_SEQUENCE)
		return;
	mended = tree_list(arena, templates);
	for (size_t i = 0; i < templates->count; i++)
		tree_append(arena, mended, mend_data_volume(translation, templates->items[i]));
	tree_set(arena, spec, "dataVolumeTemplates", mended);
}

/* --- an instance's fields beside its machine's --- */

static bool is_misplaced(const struct yaml_pair *pair)
{
	return instance_has_field(pair->key) && is_given(pair->value);
}

static void tell_misplaced(struct translation *translation, const struct yaml_node *spec, const char *place)
{
	cleanup(buffer) struct buffer names = BUFFER_INIT;
	const struct yaml_pair *first = NULL;

	for (size_t i = 0; i < spec->count; i++)
		if (is_misplaced(&spec->pairs[i])) {
			buffer_format(&names, "%s%s", first ? ", " : "", spec->pairs[i].key);
			first = first ? first : &spec->pairs[i];
		}
	reader_warn(translation->reader, first->line, first->column,
		    "KubeVirt has these under %s.template.spec: %s; they are read as if they stood there; move them",
		    place, buffer_text(&names));
}

/* `spec` without what belongs under template.spec, which goes there. */
static struct yaml_node *lifted(struct translation *translation, const struct yaml_node *spec, const char *place)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *mended = tree_mapping(arena, spec), *template, *instance;

	for (size_t i = 0; i < spec->count; i++)
		if (!is_misplaced(&spec->pairs[i]))
			tree_set(arena, mended, spec->pairs[i].key, spec->pairs[i].value);
	template = opened(arena, mended, "template", spec);
	instance = opened(arena, template, "spec", spec);
	for (size_t i = 0; i < spec->count; i++) {
		const struct yaml_pair *pair = &spec->pairs[i];

		if (!is_misplaced(pair))
			continue;
		if (is_given(yaml_get(instance, pair->key)))
			reader_error(translation->reader, pair->line, pair->column,
				     "%s is here and under %s.template.spec; keep the latter", pair->key, place);
		else
			tree_set(arena, instance, pair->key, pair->value);
	}
	tell_misplaced(translation, spec, place);
	return mended;
}

/* --- an annotation for what the machine has not --- */

#define BRIDGE_MIGRATION "kubevirt.io/allow-pod-bridge-network-live-migration"

const struct yaml_node *kubevirt_named(const struct yaml_node *list, const char *name)
{
	for (size_t i = 0; list && list->kind == YAML_SEQUENCE && i < list->count; i++) {
		const struct yaml_node *own = yaml_get(list->items[i], "name");

		if (own && text_equal(own->text, name))
			return list->items[i];
	}
	return NULL;
}

/* Without networks, KubeVirt adds the pod's, with the cluster's own binding: that may be bridge. */
static bool may_bridge_pod_network(const struct yaml_node *instance)
{
	const struct yaml_node *networks = yaml_get(instance, "networks");
	const struct yaml_node *interfaces =
		yaml_get(yaml_get(yaml_get(instance, "domain"), "devices"), "interfaces");

	if (networks == NULL || networks->kind != YAML_SEQUENCE || networks->count == 0)
		return true;
	for (size_t i = 0; i < networks->count; i++) {
		const struct yaml_node *name = yaml_get(networks->items[i], "name");

		if (name && yaml_get(networks->items[i], "pod") &&
		    yaml_get(kubevirt_named(interfaces, name->text ? name->text : ""), "bridge"))
			return true;
	}
	return false;
}

static void check_annotation(struct translation *translation, const struct yaml_node *spec)
{
	const struct yaml_node *template = yaml_get(spec, "template");
	const struct yaml_pair *annotation =
		yaml_get_pair(yaml_get(yaml_get(template, "metadata"), "annotations"), BRIDGE_MIGRATION);

	if (annotation && !may_bridge_pod_network(yaml_get(template, "spec")))
		reader_warn(translation->reader, annotation->line, annotation->column,
			    BRIDGE_MIGRATION
			    " is for a bridge on the pod network, which this machine has not; it does "
			    "nothing; drop it");
}

const struct yaml_node *mend_machine_spec(struct translation *translation, const struct yaml_node *spec,
					  const char *place)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *mended = NULL;

	for (size_t i = 0; i < spec->count && mended == NULL; i++)
		if (is_misplaced(&spec->pairs[i]) && can_open(spec, "template") &&
		    can_open(yaml_get(spec, "template"), "spec"))
			mended = lifted(translation, spec, place);
	if (mended == NULL)
		mended = tree_copy(arena, spec);
	mend_templates(translation, mended);
	check_annotation(translation, mended);
	return mended;
}

/* --- labels of VirtualMachines that are meant for their pods too --- */

static bool has_some(const struct yaml_node *metadata, const char *key)
{
	const struct yaml_node *map = yaml_get(metadata, key);

	return map && map->kind == YAML_MAPPING && map->count;
}

static void copy_metadata(struct translation *translation, const struct yaml_node *metadata, struct yaml_node *spec)
{
	static const char *const maps[] = { "labels", "annotations" };
	struct arena *arena = translation->reader->arena;
	struct yaml_node *template, *inner;

	if (!has_some(metadata, maps[0]) && !has_some(metadata, maps[1]))
		return;
	inner = yaml_get(yaml_get(spec, "template"), "metadata");
	if (!can_open(spec, "template") || !can_open(yaml_get(spec, "template"), "metadata") ||
	    has_some(inner, maps[0]) || has_some(inner, maps[1]))
		return;
	template = opened(arena, spec, "template", metadata);
	inner = opened(arena, template, "metadata", metadata);
	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
		if (has_some(metadata, maps[i]))
			tree_set(arena, inner, maps[i], yaml_get(metadata, maps[i]));
	reader_warn(
		translation->reader, metadata->line, metadata->column,
		"these labels and annotations are the VirtualMachines' alone; they are copied to "
		"virtualMachineTemplate.spec.template.metadata, from where pods have theirs; write them there too");
}

const struct yaml_node *mend_pool_template(struct translation *translation, const struct yaml_node *machine)
{
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *spec = yaml_get(machine, "spec");
	struct yaml_node *mended, *copy;

	if (spec == NULL || spec->kind != YAML_MAPPING)
		return machine;
	mended = tree_copy(arena, machine);
	copy = tree_copy(arena, spec);
	copy_metadata(translation, yaml_get(machine, "metadata"), copy);
	tree_set(arena, mended, "spec", mend_machine_spec(translation, copy, "spec.virtualMachineTemplate.spec"));
	return mended;
}
