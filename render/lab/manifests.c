#include "render/lab/manifests.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/manifest_data.h"
#include "render/lab/manifest_metadata.h"
#include "render/lab/values.h"

static const struct value_type manifest_type = { .name = "Kubernetes object", .shape = VALUE_ANY };
const struct value_type manifests_type = {
	.shape = VALUE_LIST,
	.items = &manifest_type,
	.items_max = MANIFESTS_MAX,
};

/* What to write in place of kinds that are not taken. */
static const char *substitute(const char *api_version, const char *kind)
{
	if (text_starts_with(api_version, "kubevirt.io/") && text_equal(kind, "VirtualMachine"))
		return "make it a node with virtualMachine, and its spec under that";
	if (text_starts_with(api_version, "kubevirt.io/"))
		return "write the VirtualMachine instead, as a node with virtualMachine";
	return NULL;
}

/* The version that is taken of a kind; NULL when the kind is not taken at all. */
static const char *version_of(const char *kind)
{
	for (const struct manifest_kind *row = manifest_kinds(); row->kind; row++)
		if (text_equal(row->kind, kind))
			return row->api_version;
	return NULL;
}

static const void *kind_refuse(struct reader *reader, const struct yaml_node *root, const char *api_version,
			       const char *kind)
{
	const char *instead = substitute(api_version, kind), *version = version_of(kind);
	const char *names[64] = { NULL };
	const char *nearest;

	for (size_t i = 0; manifest_kinds()[i].kind && i + 1 < sizeof(names) / sizeof(names[0]); i++)
		names[i] = manifest_kinds()[i].kind;
	nearest = text_nearest(kind, names);
	if (instead)
		return reader_refuse(reader, yaml_get(root, "kind"), "objects takes no %s; %s",
				     reader_quote(reader, kind), instead);
	if (version)
		return reader_refuse(reader, yaml_get(root, "apiVersion"), "%s is taken as %s, not as %s; write that",
				     kind, version, reader_quote(reader, api_version));
	if (nearest)
		return reader_refuse(reader, yaml_get(root, "kind"), "objects takes no %s; did you mean \"%s\"?",
				     reader_quote(reader, kind), nearest);
	return reader_refuse(
		reader, yaml_get(root, "kind"),
		"objects takes no %s of %s; apply it by other means. `labsync explain lab.spec.objects` lists "
		"what is taken",
		reader_quote(reader, kind), reader_quote(reader, api_version));
}

/* NULL after it told that it is missing or no string. */
static const char *text_take(struct reader *reader, const struct yaml_node *root, const char *key)
{
	const struct yaml_node *value = yaml_get(root, key);

	if (value && value->kind == YAML_STRING)
		return value->text;
	if (value == NULL || value->kind == YAML_NULL)
		return reader_refuse(reader, root, "an entry of objects has no %s; add it", key);
	return reader_refuse(reader, value, "%s must be a string, not %s", key, yaml_kind_name(value->kind));
}

/* How much text there is in it, keys included. */
static size_t text_size(const struct yaml_node *value)
{
	size_t size = value->length;

	for (size_t i = 0; value->kind == YAML_MAPPING && i < value->count; i++)
		size += strlen(value->pairs[i].key) + text_size(value->pairs[i].value);
	for (size_t i = 0; value->kind == YAML_SEQUENCE && i < value->count; i++)
		size += text_size(value->items[i]);
	return size;
}

static void status_check(struct reader *reader, const struct yaml_node *root)
{
	const struct yaml_pair *status = yaml_get_pair(root, "status");

	if (status && status->value->kind != YAML_NULL && status->value->count > 0)
		reader_warn(reader, status->line, status->column, "status is set by the cluster; it is left out");
}

/* False when it is not known what the entry is. */
static bool manifest_read(struct reader *reader, const struct lab *lab, const struct yaml_node *root,
			  struct lab_manifest *manifest)
{
	const char *api_version, *kind;

	if (root->kind != YAML_MAPPING)
		return reader_refuse(reader, root, "an entry of objects must be a mapping, not %s",
				     yaml_kind_name(root->kind));
	api_version = text_take(reader, root, "apiVersion");
	kind = text_take(reader, root, "kind");
	if (api_version == NULL || kind == NULL)
		return false;
	*manifest = (struct lab_manifest){ .kind = manifest_kind_find(api_version, kind), .root = root };
	if (manifest->kind == NULL)
		return kind_refuse(reader, root, api_version, kind);
	if (text_size(root) > MANIFEST_SIZE_MAX)
		return reader_refuse(reader, root, "this %s has more than %d bytes, which no cluster takes; split it",
				     kind, MANIFEST_SIZE_MAX);
	status_check(reader, root);
	if (!manifest_metadata_read(reader, lab, manifest))
		return false;
	manifest_data_check(reader, manifest);
	return true;
}

/* False after it told that there is one of that kind and name already. */
static bool is_unique(struct reader *reader, const struct lab_manifest *manifests, size_t index)
{
	const struct lab_manifest *manifest = &manifests[index];

	for (size_t i = 0; i < index; i++) {
		const struct lab_manifest *other = &manifests[i];

		if (other->kind != manifest->kind || !text_equal(other->name, manifest->name))
			continue;
		reader_error_at(reader, &manifest->place, "%s \"%s\" is also at %s:%zu:%zu; keep one, or rename one",
				manifest->kind->kind, manifest->name, other->place.path, other->place.line,
				other->place.column);
		return false;
	}
	return true;
}

void manifests_settle(struct reader *reader, const struct yaml_pair *pair, struct lab *lab)
{
	struct lab_manifest *manifests;

	if (pair == NULL)
		return;
	if (pair->value->count > MANIFESTS_MAX) {
		reader_refuse(reader, pair->value, "lab \"%s\" has %zu objects; at most %d are taken", lab->name,
			      pair->value->count, MANIFESTS_MAX);
		return;
	}
	manifests = arena_new(reader->arena, (pair->value->count + 1) * sizeof(*manifests));
	for (size_t i = 0; i < pair->value->count; i++)
		if (manifest_read(reader, lab, pair->value->items[i], &manifests[lab->manifest_count]) &&
		    is_unique(reader, manifests, lab->manifest_count))
			lab->manifest_count++;
	lab->manifests = manifests;
}
