/* A DataSource whose source is `http`, which no CDI has: the image is imported
 * once, into a DataVolume of its own, and the DataSource points to that one's
 * claim. So machines refer to it as their author wrote, and the image is fetched
 * once and not for each of them.
 *
 * How large that DataVolume must be stands nowhere in the DataSource. A copy may
 * not be smaller than what it is made of, and of one kind with it, so it is made
 * like the smallest disk that is made of it. */
#include "render/dialects/kubevirt/kubevirt.h"

#include <string.h>

#include "base/quantity.h"
#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/tree.h"
#include "render/lab/names.h"

#define PEM_BEGIN "-----BEGIN CERTIFICATE-----"

enum { OBJECT_NAME_MAX = 253 };

struct image {
	struct translation *translation;
	const struct fact *source; /* the DataSource */
	const struct yaml_pair *http;
	const char *name; /* of the DataVolume */
	struct image_user user; /* `claim` is NULL when there is none */
	const char *size;
};

/* --- the server's certificates --- */

/* The text under the base64, which people may have wrapped. NULL when it is none. */
static const char *pem_read(struct reader *reader, const char *bundle)
{
	cleanup(free) char *joined = memory_new(strlen(bundle) + 1);
	const char *decoded;
	size_t count = 0;

	for (const char *c = bundle; *c; c++)
		if (!strchr(" \t\r\n", *c))
			joined[count++] = *c;
	decoded = tree_decode_text(reader->arena, joined);
	return decoded && strstr(decoded, PEM_BEGIN) ? decoded : NULL;
}

static const char *certificates_add(const struct image *image, const struct http_source *http,
				    const struct yaml_node *at)
{
	struct reader *reader = image->translation->reader;
	const char *name = arena_format(reader->arena, "%s-ca", image->name);
	const char *pem = text_starts_with(http->certificates->bundle, PEM_BEGIN)
				  ? http->certificates->bundle
				  : pem_read(reader, http->certificates->bundle);
	struct yaml_node *object;

	if (pem == NULL)
		return reader_refuse(
			reader, at,
			"caBundle is not the base64 of a certificate in PEM; write what base64 -w0 ca.pem prints");
	object = kubevirt_object(reader->arena, at, "v1", "ConfigMap", name);
	tree_set(reader->arena, tree_mapping_at(reader->arena, object, "data", at), "ca.pem",
		 tree_text(reader->arena, at, pem));
	translation_add_object(image->translation, object);
	return name;
}

static void secret_tell(struct reader *reader, const struct http_certificates *certificates)
{
	const struct yaml_pair *secret = certificates->secret;

	if (certificates->bundle)
		reader_warn(reader, secret->line, secret->column,
			    "CDI takes no CA from a Secret; certConfig.secretRef is left out, since caBundle has it; "
			    "drop it");
	else
		reader_error(
			reader, secret->line, secret->column,
			"CDI takes no CA from a Secret; write the CA in base64 as certConfig.caBundle, or name a "
			"ConfigMap with it as http.certConfigMap. For a user and a password, write http.secretRef: "
			"NAME");
}

/* The ConfigMap with the CA; NULL when none is asked for. */
static const char *certificates_read(const struct image *image, const struct http_source *http)
{
	struct reader *reader = image->translation->reader;
	const struct yaml_pair *given = yaml_get_pair(image->http->value, "certConfig");

	if (http->certificates == NULL)
		return http->config_map;
	if (http->certificates->secret)
		secret_tell(reader, http->certificates);
	if (http->certificates->bundle == NULL)
		return http->config_map;
	if (http->config_map)
		return reader_refuse(reader, given->value,
				     "certConfig and certConfigMap both say the server's CA; keep one");
	return certificates_add(image, http, yaml_get(given->value, "caBundle"));
}

/* --- the image's disk --- */

/* As in a DataVolume: all but certConfig. */
static struct yaml_node *source_build(const struct image *image, const struct http_source *http)
{
	struct arena *arena = image->translation->reader->arena;
	const struct yaml_node *given = image->http->value;
	const char *config_map = certificates_read(image, http);
	struct yaml_node *content = tree_mapping(arena, given), *source = tree_mapping(arena, given);

	for (size_t i = 0; i < given->count; i++)
		if (!text_equal(given->pairs[i].key, "certConfig") && given->pairs[i].value->kind != YAML_NULL)
			tree_set(arena, content, given->pairs[i].key, given->pairs[i].value);
	if (config_map)
		tree_set(arena, content, "certConfigMap", tree_text(arena, given, config_map));
	tree_set(arena, source, "http", content);
	return source;
}

/* A copy whose places are in this file: the user may stand in another. */
static struct yaml_node *placed(struct arena *arena, const struct yaml_node *at, const struct yaml_node *value)
{
	struct yaml_node *copy = tree_mapping(arena, at);

	*copy = *value;
	copy->line = at->line;
	copy->column = at->column;
	return copy;
}

/* How disks are made of it, so that a copy is of one kind with it. */
static struct yaml_node *claim_build(const struct image *image)
{
	static const char *const texts[] = { "storageClassName", "volumeMode" };
	struct arena *arena = image->translation->reader->arena;
	const struct yaml_node *at = image->http->value, *user = image->user.claim;
	const struct yaml_node *modes = yaml_get(user, "accessModes");
	struct yaml_node *claim = tree_mapping(arena, at),
			 *resources = tree_mapping_at(arena, claim, "resources", at);

	tree_set(arena, tree_mapping_at(arena, resources, "requests", at), "storage",
		 tree_text(arena, at, image->size));
	for (size_t i = 0; modes && modes->kind == YAML_SEQUENCE && i < modes->count; i++)
		tree_append(arena, tree_list_at(arena, claim, "accessModes", at), placed(arena, at, modes->items[i]));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const struct yaml_node *text = yaml_get(user, texts[i]);

		if (text && text->kind == YAML_STRING)
			tree_set(arena, claim, texts[i], placed(arena, at, text));
	}
	return claim;
}

static void volume_add(const struct image *image, const struct http_source *http)
{
	struct arena *arena = image->translation->reader->arena;
	const struct yaml_node *at = image->http->value;
	struct yaml_node *volume = kubevirt_object(arena, at, CDI_VERSION, KIND_DATA_VOLUME, image->name);
	struct yaml_node *metadata = tree_mapping_at(arena, volume, "metadata", at);
	struct yaml_node *annotations = tree_mapping_at(arena, metadata, "annotations", at);
	struct yaml_node *spec = tree_mapping_at(arena, volume, "spec", at);

	/* No machine has it as a disk, so that a class which waits for the first one would wait for ever. */
	tree_set(arena, annotations, "cdi.kubevirt.io/storage.bind.immediate.requested",
		 tree_text(arena, at, "true"));
	/* It holds nothing that could not be fetched again. */
	tree_set(arena, annotations, "labsync.dev/disk-policy", tree_text(arena, at, "Delete"));
	tree_set(arena, spec, "source", source_build(image, http));
	tree_set(arena, spec, image->user.claim ? image->user.key : "storage", claim_build(image));
	translation_add_object(image->translation, volume);
}

/* --- its size --- */

static bool fits(const struct image *image, const struct yaml_node *at)
{
	int64_t own, user;

	if (image->user.claim == NULL || !quantity_parse(image->user.size, &user) ||
	    !quantity_parse(image->size, &own) || own <= user)
		return true;
	reader_refuse(image->translation->reader, at,
		      "the image is of %s, but disk %s that is made of it has %s; write " DIALECT_ANNOTATION_SIZE
		      " smaller, or the disk larger",
		      image->size, image->user.name, image->user.size);
	return false;
}

/* False after it told what is missing. */
static bool size_find(struct image *image)
{
	struct reader *reader = image->translation->reader;
	const struct yaml_node *given = annotation_get(image->source, DIALECT_ANNOTATION_SIZE);
	int64_t bytes;

	if (!image_user_find(image->translation, image->source->name, &image->user))
		image->user.claim = NULL;
	image->size = given ? given->text : image->user.size;
	if (image->size == NULL) {
		reader_error(
			reader, image->http->line, image->http->column,
			"the image's size is not known: no VirtualMachine, VirtualMachinePool or DataVolume of this "
			"repository has a disk of DataSource %s with a size; add one, or "
			"annotation " DIALECT_ANNOTATION_SIZE ": 10Gi",
			image->source->name);
		return false;
	}
	if (given && (!quantity_parse(given->text, &bytes) || bytes <= 0)) {
		reader_refuse(reader, given, DIALECT_ANNOTATION_SIZE " %s is no size; write it like 10Gi",
			      reader_quote(reader, given->text));
		return false;
	}
	return given == NULL || fits(image, given);
}

/* --- the DataSource --- */

static void warn_of_image(const struct image *image)
{
	struct reader *reader = image->translation->reader;
	const char *why = annotation_get(image->source, DIALECT_ANNOTATION_SIZE)
				  ? "as annotation " DIALECT_ANNOTATION_SIZE " says"
				  : arena_format(reader->arena, "as disk %s has", image->user.name);

	reader_warn(reader, image->http->line, image->http->column,
		    "a DataSource has no source http; the image is imported into DataVolume %s (%s, %s), and the "
		    "DataSource "
		    "points there; write a DataVolume and source.pvc to say it yourself",
		    image->name, image->size, why);
}

static struct yaml_node *spec_build(const struct image *image)
{
	struct arena *arena = image->translation->reader->arena;
	const struct yaml_node *at = image->http->value;
	struct yaml_node *spec = tree_mapping(arena, at);
	struct yaml_node *claim = tree_mapping_at(arena, tree_mapping_at(arena, spec, "source", at), "pvc", at);

	tree_set(arena, claim, "namespace", tree_text(arena, at, image->translation->namespace_name));
	tree_set(arena, claim, "name", tree_text(arena, at, image->name));
	return spec;
}

static void image_translate(struct image *image)
{
	struct translation *translation = image->translation;
	struct reader *reader = translation->reader;
	size_t before = reader->errors;
	const struct http_source *http = object_read(reader, image->http->value, "http", &kubevirt_http_type);

	image->name = arena_format(reader->arena, "%s-image", image->source->name);
	if (strlen(image->name) + strlen("-ca") > OBJECT_NAME_MAX)
		reader_refuse(reader, yaml_get(image->source->metadata, "name"),
			      "the name leaves no room for that of its DataVolume; shorten it by %zu characters",
			      strlen(image->name) + strlen("-ca") - OBJECT_NAME_MAX);
	if (reader->errors > before || !size_find(image))
		return;
	volume_add(image, http);
	kubevirt_add_object(translation, image->source, spec_build(image));
	if (reader->errors == before)
		warn_of_image(image);
}

static size_t count_given(const struct yaml_node *mapping)
{
	size_t count = 0;

	for (size_t i = 0; i < mapping->count; i++)
		count += mapping->pairs[i].value->kind != YAML_NULL;
	return count;
}

void kubevirt_data_source_translate(struct translation *translation, const struct fact *document)
{
	const struct yaml_node *source = yaml_get(document->spec, "source");
	struct image image = {
		.translation = translation,
		.source = document,
		.http = yaml_get_pair(source, "http"),
	};

	if (!kubevirt_has_spec(translation, document))
		return;
	if (image.http == NULL || image.http->value->kind == YAML_NULL)
		kubevirt_add_object(translation, document, NULL);
	else if (count_given(source) > 1)
		reader_refuse(translation->reader, source,
			      "a DataSource has exactly one source; keep http or the other");
	else
		image_translate(&image);
}
