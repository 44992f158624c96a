#include "render/objects/machine_patch.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/reader.h"
#include "render/lab/vm_fields.h"
#include "render/objects/empty.h"
#include "render/objects/identity.h"
#include "render/objects/patch.h"

enum { STEPS_MAX = 5 };

/* Keys from the top of the object, ended by NULL. */
typedef const char *steps[STEPS_MAX + 1];

/* Mappings that the person may add to, but where some keys are labsync's. */
static const steps shared[] = {
	{ "metadata", "labels" },
	{ "metadata", "annotations" },
	{ "spec", "template", "metadata", "labels" },
	{ "spec", "template", "metadata", "annotations" },
};

const char *machine_patch_path(const struct lab *lab, const struct lab_node *node)
{
	const struct origin *origin = object_origin(&vm_type, node->vm, offsetof(struct lab_vm, patch));

	return origin && origin->place.path ? origin->place.path : lab->path;
}

static bool is_ours(const char *key)
{
	static const char *const keys[] = { LABEL_MANAGED_BY, LABEL_NAME, LABEL_PART_OF, LABEL_DOMAIN, NULL };

	for (size_t i = 0; keys[i]; i++) {
		if (text_equal(key, keys[i]))
			return true;
	}
	return text_starts_with(key, "labsync.dev/");
}

/* The server's, or what the object is known by: all of it. */
static bool is_fixed_top(const char *key)
{
	return !text_equal(key, "metadata") && !text_equal(key, "spec");
}

static bool is_fixed_metadata(const char *key)
{
	return !text_equal(key, "labels") && !text_equal(key, "annotations");
}

/* A key that `is_fixed` and that differs between two objects, either of which may be NULL. */
static const char *difference_find(const json_t *before, const json_t *after, bool (*is_fixed)(const char *key))
{
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)before, key, value) {
		if (is_fixed(key) && !json_equal(value, json_object_get(after, key)))
			return key;
	}
	json_object_foreach ((json_t *)after, key, value) {
		if (is_fixed(key) && json_object_get(before, key) == NULL)
			return key;
	}
	return NULL;
}

static json_t *walk(const json_t *value, const steps path)
{
	for (size_t i = 0; path[i]; i++)
		value = json_object_get(value, path[i]);
	return (json_t *)value;
}

/* Where the patch changed it: as deep as the patch goes on the way. */
static bool refuse(const struct yaml_node *patch, const char *path, const steps parents, const char *key,
		   struct error *err)
{
	cleanup(buffer) struct buffer name = BUFFER_INIT;
	size_t line = patch->line, column = patch->column;

	for (size_t i = 0; i <= STEPS_MAX; i++) {
		const char *step = parents[i] ? parents[i] : key;
		const struct yaml_pair *pair = yaml_get_pair(patch, step);

		buffer_format(&name, "%s%s", i == 0 ? "" : ".", step);
		if (pair) {
			line = pair->line;
			column = pair->column;
		}
		patch = pair ? pair->value : NULL;
		if (parents[i] == NULL)
			break;
	}
	return error_set_at(err, path, line, column,
			    "the patch must not change %s, by which labsync knows the machine; leave it out",
			    buffer_text(&name));
}

static bool outcome_check(const json_t *before, const json_t *after, const struct yaml_node *patch, const char *path,
			  struct error *err)
{
	static const steps top = { NULL }, metadata = { "metadata" };
	const char *key = difference_find(before, after, is_fixed_top);

	if (key)
		return refuse(patch, path, top, key, err);
	key = difference_find(json_object_get(before, "metadata"), json_object_get(after, "metadata"),
			      is_fixed_metadata);
	if (key)
		return refuse(patch, path, metadata, key, err);
	for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++) {
		key = difference_find(walk(before, shared[i]), walk(after, shared[i]), is_ours);
		if (key)
			return refuse(patch, path, shared[i], key, err);
	}
	return true;
}

bool machine_patch(const struct lab *lab, const struct lab_node *node, json_t *machine, struct error *err)
{
	const struct yaml_node *patch = node->vm->patch;
	const char *path = machine_patch_path(lab, node);
	cleanup(json) json_t *before = NULL;

	if (patch == NULL || patch->kind == YAML_NULL)
		return true;
	before = json_deep_copy(machine);
	if (!patch_apply(machine, patch, path, err) || !outcome_check(before, machine, patch, path, err))
		return false;
	empty_drop(json_object_get(machine, "spec"));
	return true;
}
