#include "sync/desired.h"

#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "sync/fields.h"
#include "sync/identity.h"

enum { DIGEST_LENGTH = 32 }; /* hex digits kept of the SHA-256 */

static void desired_object_deinit(struct desired_object *object)
{
	free(object->namespace_name);
	free(object->name);
	free(object->node);
	json_decref(object->value);
}

static void operation_deinit(struct rendered_operation *operation)
{
	free(operation->name);
	free(operation->machine);
	free(operation->snapshot);
	free(operation->target);
}

void desired_deinit(struct desired *desired)
{
	for (size_t i = 0; i < desired->count; i++) {
		struct desired_lab *lab = &desired->labs[i];

		for (size_t j = 0; j < lab->count; j++)
			desired_object_deinit(&lab->objects[j]);
		free(lab->objects);
		for (size_t j = 0; j < lab->dependency_count; j++) {
			free(lab->dependencies[j].namespace_name);
			free(lab->dependencies[j].name);
		}
		free(lab->dependencies);
		for (size_t j = 0; j < lab->operation_count; j++)
			operation_deinit(&lab->operations[j]);
		free(lab->operations);
		free(lab->name);
		free(lab->namespace_name);
		free(lab->path);
	}
	free(desired->labs);
	free(desired->commit);
	diagnostics_deinit(&desired->diagnostics);
	*desired = (struct desired)DESIRED_INIT;
}

static void annotate_digest(json_t *value, json_t *annotations)
{
	cleanup(free) char *text = json_text_new(value);
	char digest[SHA256_TEXT_SIZE];

	sha256_text(text, strlen(text), digest);
	digest[DIGEST_LENGTH] = '\0';
	json_set_text(annotations, ANNOTATION_DIGEST, digest);
}

static void annotate_applied(json_t *value, json_t *annotations)
{
	cleanup(json) json_t *fields = fields_new_from_object(value);
	cleanup(free) char *text = json_text_new(fields);

	json_set_text(annotations, ANNOTATION_APPLIED, text);
}

/* The digest is of what Git says, so it is taken before anything that moves with the commit goes in. */
static void stamp(struct desired_object *object, const struct identity *identity, const char *applyset,
		  const char *commit)
{
	json_t *metadata = json_object_member(object->value, "metadata");
	json_t *labels = json_object_member(metadata, "labels");
	json_t *annotations = json_object_member(metadata, "annotations");
	cleanup(free) char *owner = identity_owner_new(identity, object->kind, object->namespace_name, object->name);

	json_set_text(labels, LABEL_SOURCE, identity->source);
	json_set_text(labels, LABEL_APPLYSET_PART_OF, applyset);
	json_set_text(annotations, ANNOTATION_OWNER, owner);
	annotate_digest(object->value, annotations);
	annotate_applied(object->value, annotations);
	json_set_text(annotations, ANNOTATION_COMMIT, commit);
}

static int desired_object_compare(const void *left, const void *right)
{
	const struct desired_object *a = left, *b = right;
	int order = (int)a->kind->wave - (int)b->kind->wave;

	if (order == 0)
		order = (a->kind > b->kind) - (a->kind < b->kind);
	return order ? order : strcmp(a->name, b->name);
}

/* What is in no namespace is refused when it names one. */
static void take_namespace_off(struct desired_object *object)
{
	if (object->kind->is_cluster_wide)
		json_object_del(json_object_get(object->value, "metadata"), "namespace");
}

static void build_lab(struct desired_lab *lab, struct rendered_lab *rendered, const char *cluster, const char *source,
		      const char *commit)
{
	cleanup(free) char *applyset = identity_applyset_id_new(rendered->name, rendered->namespace_name);
	const struct identity identity = { .cluster = cluster,
					   .source = source,
					   .lab = rendered->name,
					   .namespace_name = rendered->namespace_name };

	*lab = (struct desired_lab){ .name = string_copy(rendered->name),
				     .namespace_name = string_copy(rendered->namespace_name),
				     .path = string_copy(rendered->path),
				     .line = rendered->line,
				     .valid = rendered->valid,
				     .plain_names = rendered->plain_names,
				     .suspended = rendered->suspended,
				     .expired = rendered->expired,
				     .powered_off = rendered->powered_off,
				     .dependencies = steal(&rendered->dependencies),
				     .dependency_count = rendered->dependency_count,
				     .operations = steal(&rendered->operations),
				     .operation_count = rendered->operation_count };
	rendered->dependency_count = 0;
	rendered->operation_count = 0;
	lab->objects = memory_new_array(rendered->count, sizeof(*lab->objects));
	for (size_t i = 0; i < rendered->count; i++) {
		struct rendered_object *from = &rendered->objects[i];
		struct desired_object *object = &lab->objects[lab->count++];

		*object = (struct desired_object){ .kind = kind_of_object(from->value),
						   .name = string_copy(object_name(from->value)),
						   .node = string_copy(from->node),
						   .value = steal(&from->value) };
		take_namespace_off(object);
		object->namespace_name = string_copy(object_namespace(object->value));
		stamp(object, &identity, applyset, commit);
	}
	if (lab->count)
		qsort(lab->objects, lab->count, sizeof(*lab->objects), desired_object_compare);
}

/* A lab that is left alone has no changes. */
static void take_next_change(struct desired *desired, const struct rendered_lab *lab)
{
	int64_t change = lab->next_change;

	if (lab->valid && !lab->suspended && change > 0 &&
	    (desired->next_change == 0 || change < desired->next_change))
		desired->next_change = change;
}

void desired_build(struct desired *desired, struct render_result *rendered, const char *cluster, const char *source,
		   const char *commit)
{
	desired->commit = string_copy(commit);
	desired->complete = rendered->complete;
	/* What is wrong with a lab may be its very name: then another lab only seems to have left Git. */
	for (size_t i = 0; i < rendered->count; i++)
		desired->complete = desired->complete && rendered->labs[i].valid;
	desired->path_exists = true;
	diagnostics_move(&desired->diagnostics, &rendered->diagnostics);
	desired->labs = memory_new_array(rendered->count, sizeof(*desired->labs));
	for (size_t i = 0; i < rendered->count; i++)
		take_next_change(desired, &rendered->labs[i]);
	for (size_t i = 0; i < rendered->count; i++)
		build_lab(&desired->labs[desired->count++], &rendered->labs[i], cluster, source, commit);
}

/* The machines of a pool are called <pool>-0, <pool>-1 and so on. */
static bool is_machine(const struct desired_object *object, const char *name)
{
	size_t length = strlen(object->name);

	if (object->kind->wave != WAVE_MACHINES || strncmp(object->name, name, length) != 0)
		return false;
	if (name[length] == '\0')
		return true;
	return strcmp(object->kind->name, "VirtualMachinePool") == 0 && name[length] == '-' &&
	       name[length + 1] != '\0' && name[length + 1 + strspn(name + length + 1, "0123456789")] == '\0';
}

bool desired_has_machine(const struct desired *desired, const char *namespace_name, const char *name)
{
	for (size_t i = 0; i < desired->count; i++) {
		const struct desired_lab *lab = &desired->labs[i];

		if (strcmp(lab->namespace_name, namespace_name) != 0)
			continue;
		for (size_t j = 0; j < lab->count; j++)
			if (is_machine(&lab->objects[j], name))
				return true;
	}
	return false;
}

struct kind_set desired_kinds(const struct desired *desired)
{
	struct kind_set kinds = { .has = { false } };

	for (size_t i = 0; i < desired->count; i++)
		for (size_t j = 0; j < desired->labs[i].count; j++)
			kinds.has[kind_index(desired->labs[i].objects[j].kind)] = true;
	return kinds;
}

static int compare_place(const char *namespace_name, const char *lab, const struct desired_lab *with)
{
	int order = strcmp(namespace_name, with->namespace_name);

	return order ? order : strcmp(lab, with->name);
}

struct desired_lab *desired_find(const struct desired *desired, const char *namespace_name, const char *lab)
{
	size_t low = 0, high = desired->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_place(namespace_name, lab, &desired->labs[middle]);

		if (order == 0)
			return &desired->labs[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
