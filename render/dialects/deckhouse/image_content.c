/* Where the content of an image is had from, however many images stand in between. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/deckhouse/disks.h"
#include "render/dialects/deckhouse/images.h"
#include "render/dialects/deckhouse/sources.h"
#include "render/dialects/mapping.h"
#include "render/lab/vm_disk_values.h"

enum { DEPTH_MAX = 8, NAME_MAX_IMAGE = 52 };

/* A volume's name is part of the name of a container: "volumeNAME-init". */
const char *image_claim_name(struct arena *arena, const char *name)
{
	return deckhouse_name(arena, "vi-", name, NAME_MAX_IMAGE);
}

bool image_is_container(const struct image_content *content)
{
	return content->image && text_starts_with(content->image, "docker://");
}

bool image_is_kept(const struct image_spec *spec)
{
	const struct data_source *source = spec->source;

	if (spec->storage && !text_equal(spec->storage, "ContainerRegistry"))
		return true;
	return text_equal(source->type, "Upload") ||
	       (source->object && (text_equal(source->object->kind, DECKHOUSE_DISK) ||
				   text_equal(source->object->kind, DECKHOUSE_SNAPSHOT)));
}

/* The last name of a path ends with .iso, as files of installers do. */
static bool is_iso_file(const char *url)
{
	size_t length = strcspn(url, "?#");

	return length > strlen(".iso") && strncasecmp(url + length - strlen(".iso"), ".iso", strlen(".iso")) == 0;
}

static const char *strongest(const struct source_checksum *checksum)
{
	if (checksum == NULL)
		return NULL;
	if (checksum->sha512)
		return checksum->sha512;
	if (checksum->sha256)
		return checksum->sha256;
	return checksum->sha1 ? checksum->sha1 : checksum->md5;
}

static void http_take(const struct source_http *http, struct image_content *content)
{
	content->image = http->url;
	content->checksum = strongest(http->checksum);
	content->ca_bundle = http->ca_bundle;
	content->is_iso = is_iso_file(http->url);
}

static bool container_take(struct translation *translation, const struct source_container *container,
			   const struct yaml_node *at, struct image_content *content)
{
	const struct source_pull_secret *secret = container->pull_secret;

	content->image = arena_format(translation->reader->arena, "docker://%s", container->image);
	content->ca_bundle = container->ca_bundle;
	content->pull_secret = secret ? secret->name : NULL;
	if (secret && secret->namespace_name && !text_equal(secret->namespace_name, translation->namespace_name)) {
		reader_refuse(
			translation->reader, at,
			"the image's imagePullSecret is in namespace %s, but used in %s; copy the Secret there, and "
			"remove imagePullSecret.namespace",
			secret->namespace_name, translation->namespace_name);
		return false;
	}
	return true;
}

static bool disk_take(struct translation *translation, const struct source_object *object, const struct yaml_node *at,
		      struct image_content *content)
{
	struct translation there = *translation;

	if (object->namespace_name)
		there.namespace_name = object->namespace_name;
	content->claim = disk_find_claim(&there, at, object->name);
	content->size = disk_size(&there, object->name);
	content->is_disk = true;
	content->namespace_name = object->namespace_name;
	return content->claim != NULL;
}

static bool mapped_take(struct translation *translation, const char *name, struct image_content *content)
{
	const struct mapped_image *mapped = mapping_image(translation->facts, name);

	if (mapped == NULL || mapped->image == NULL)
		return false;
	*content = (struct image_content){ .image = mapped->image,
					   .checksum = mapped->checksum,
					   .certificates = mapped->certificates,
					   .pull_secret = mapped->image_secret,
					   .size = mapped->size,
					   .is_iso = is_iso_file(mapped->image) };
	return true;
}

/* One image on the way; the next one goes to *kind and *name, both NULL at the end of it. */
struct image_step {
	const char *kind, *name, *namespace_name;
};

static const struct fact *image_fact(struct translation *translation, const struct image_step *step,
				     const struct image_spec **spec)
{
	bool of_cluster = text_equal(step->kind, DECKHOUSE_CLUSTER_IMAGE);
	const struct fact *fact = facts_find(translation->facts, DECKHOUSE, step->kind,
					     of_cluster ? NULL : step->namespace_name, step->name);

	*spec = fact ? deckhouse_fact(translation->reader, fact,
				      of_cluster ? &cluster_image_spec_type : &image_spec_type)
		     : NULL;
	return fact;
}

/* A claim that an image is kept in is as large as what it is a copy of. */
static void copied_take(struct translation *translation, const struct image_step *step, const struct yaml_node *at,
			const struct source_object *object, struct image_content *content)
{
	struct translation there = *translation;
	struct image_content copied;

	there.namespace_name = step->namespace_name;
	content->is_disk = object && text_equal(object->kind, DECKHOUSE_DISK);
	if (object == NULL)
		content->size = IMAGE_SIZE_DEFAULT;
	else if (content->is_disk)
		content->size = disk_size(&there, object->name);
	else if (!text_equal(object->kind, DECKHOUSE_SNAPSHOT) &&
		 image_find(&there, object->kind, at, object->name, &copied)) {
		content->size = copied.size || copied.claim || copied.snapshot ? copied.size : IMAGE_SIZE_DEFAULT;
		content->is_disk = copied.is_disk;
		content->is_iso = copied.is_iso;
	}
}

/* An image in a claim is the claim, whatever it was filled with. */
static void kept_take(struct translation *translation, const struct image_step *step, const struct yaml_node *at,
		      const struct image_spec *spec, struct image_content *content)
{
	content->claim = image_claim_name(translation->reader->arena, step->name);
	content->namespace_name = step->namespace_name;
	content->is_iso = spec->source->http && is_iso_file(spec->source->http->url);
	copied_take(translation, step, at, spec->source->object, content);
}

static bool step_take(struct translation *translation, const struct data_source *source, const struct yaml_node *at,
		      struct image_step *step, struct image_content *content)
{
	const struct source_object *object = source->object;

	if (source->http)
		http_take(source->http, content);
	else if (source->container && !container_take(translation, source->container, at, content))
		return false;
	else if (text_equal(source->type, "Upload")) {
		reader_refuse(translation->reader, at,
			      "%s %s waits for an upload, which needs a namespace; make it a " DECKHOUSE_IMAGE,
			      step->kind, reader_quote(translation->reader, step->name));
		return false;
	} else if (object && text_equal(object->kind, DECKHOUSE_DISK)) {
		if (!disk_take(translation, object, at, content))
			return false;
	} else if (object && text_equal(object->kind, DECKHOUSE_SNAPSHOT)) {
		content->snapshot = object->name;
		content->namespace_name = object->namespace_name;
	}
	step->kind = object && !content->claim && !content->snapshot ? object->kind : NULL;
	step->name = object ? object->name : NULL;
	if (object && object->namespace_name)
		step->namespace_name = object->namespace_name;
	return true;
}

/* What documents say of their content. Nearer images know better what is in them than those that they are made of. */
struct image_notes {
	const struct yaml_node *size, *format;
};

static void notes_take(const struct fact *fact, struct image_notes *notes)
{
	if (notes->size == NULL)
		notes->size = annotation_get(fact, "labsync.dev/size");
	if (notes->format == NULL)
		notes->format = annotation_get(fact, "labsync.dev/format");
}

static void notes_apply(const struct image_notes *notes, struct image_content *content)
{
	if (notes->size) {
		content->size = notes->size->text;
		content->is_disk = false;
	}
	if (notes->format)
		content->is_iso = text_equal(notes->format->text, "iso");
}

static bool refuse_missing(struct translation *translation, const struct image_step *step, const struct fact *fact,
			   const struct yaml_node *at)
{
	const char *name = reader_quote(translation->reader, step->name);

	if (fact)
		reader_refuse(translation->reader, at, "%s %s has errors; see %s:%zu", step->kind, name,
			      fact->place.path, fact->place.line);
	else
		reader_refuse(
			translation->reader, at,
			"%s %s is not in the repository; add it, or say where it comes from by images of a Mapping",
			step->kind, name);
	return false;
}

/* True when there is a next one: then *step is it. False at the end, or after it told what is wrong. */
static bool step_go(struct translation *translation, const struct yaml_node *at, struct image_step *step,
		    struct image_notes *notes, struct image_content *content)
{
	const struct image_spec *spec;
	const struct fact *fact = image_fact(translation, step, &spec);

	if (fact == NULL && mapped_take(translation, step->name, content))
		return false;
	if (spec == NULL)
		return refuse_missing(translation, step, fact, at);
	notes_take(fact, notes);
	if (text_equal(step->kind, DECKHOUSE_IMAGE) && image_is_kept(spec)) {
		kept_take(translation, step, at, spec, content);
		return false;
	}
	return step_take(translation, spec->source, at, step, content) && step->kind;
}

/* What a document says that a disk or image is filled with; NULL: nothing, or there is no such document. */
static const struct data_source *source_of(struct translation *translation, const struct image_step *step)
{
	const struct image_spec *image;
	const struct disk_spec *disk = NULL;
	const struct fact *fact;

	if (!text_equal(step->kind, DECKHOUSE_DISK)) {
		image_fact(translation, step, &image);
		return image ? image->source : NULL;
	}
	fact = facts_find(translation->facts, DECKHOUSE, DECKHOUSE_DISK, step->namespace_name, step->name);
	if (fact)
		disk = deckhouse_fact(translation->reader, fact, &disk_spec_type);
	return disk ? disk->source : NULL;
}

/* Disks and images that are copies of each other would wait for each other for ever. */
static bool chain_ends(struct translation *translation, const struct yaml_node *at, struct image_step step)
{
	const struct image_step first = step;
	const struct data_source *source = source_of(translation, &step);

	for (size_t depth = 0; source && source->object; depth++) {
		if (depth == DEPTH_MAX) {
			reader_refuse(translation->reader, at, "%s %s is made of itself, or of more than %d others",
				      first.kind, reader_quote(translation->reader, first.name), DEPTH_MAX);
			return false;
		}
		step.kind = source->object->kind;
		step.name = source->object->name;
		if (source->object->namespace_name)
			step.namespace_name = source->object->namespace_name;
		source = source_of(translation, &step);
	}
	return true;
}

static bool steps_go(struct translation *translation, const struct yaml_node *at, struct image_step step,
		     struct image_notes *notes, struct image_content *content)
{
	size_t before = translation->reader->errors;

	while (step_go(translation, at, &step, notes, content))
		;
	notes_apply(notes, content);
	return translation->reader->errors == before;
}

bool image_find(struct translation *translation, const char *kind, const struct yaml_node *at, const char *name,
		struct image_content *content)
{
	const struct image_step step = { kind, name, translation->namespace_name };
	struct image_notes notes = { .size = NULL };

	*content = (struct image_content){ .image = NULL };
	return chain_ends(translation, at, step) && steps_go(translation, at, step, &notes, content);
}

bool image_source_find(struct translation *translation, const struct data_source *source, const struct yaml_node *at,
		       struct image_content *content)
{
	struct image_notes notes = { .size = NULL };
	struct image_step step = { .namespace_name = translation->namespace_name };

	*content = (struct image_content){ .is_upload = source && text_equal(source->type, "Upload") };
	if (source == NULL || content->is_upload)
		return true;
	if (source->object && !chain_ends(translation, at,
					  (struct image_step){ source->object->kind, source->object->name,
							       translation->namespace_name }))
		return false;
	if (!step_take(translation, source, at, &step, content))
		return false;
	return step.kind == NULL || steps_go(translation, at, step, &notes, content);
}

static void certificates_set(struct translation *translation, struct yaml_node *disk,
			     const struct image_content *content, const char *owner, const struct yaml_node *at)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *object, *metadata, *data;
	const char *name = arena_format(arena, "%s-ca", owner);

	if (content->certificates)
		tree_set(arena, disk, "imageCA", tree_text(arena, at, content->certificates));
	if (content->ca_bundle == NULL)
		return;
	object = tree_mapping(arena, at);
	tree_set(arena, object, "apiVersion", tree_text(arena, at, "v1"));
	tree_set(arena, object, "kind", tree_text(arena, at, "ConfigMap"));
	metadata = tree_mapping_at(arena, object, "metadata", at);
	tree_set(arena, metadata, "name", tree_text(arena, at, name));
	data = tree_mapping_at(arena, object, "data", at);
	tree_set(arena, data, "ca.pem", tree_text(arena, at, content->ca_bundle));
	translation_add_object(translation, object);
	tree_set(arena, disk, "imageCA", tree_text(arena, at, name));
}

static void image_set(struct translation *translation, struct yaml_node *disk, const struct image_content *content,
		      const char *owner, const struct yaml_node *at)
{
	struct arena *arena = translation->reader->arena;

	tree_set(arena, disk, "image", tree_text(arena, at, content->image));
	if (content->checksum && image_is_file(content->image))
		tree_set(arena, disk, "checksum", tree_text(arena, at, content->checksum));
	certificates_set(translation, disk, content, owner, at);
	if (content->pull_secret)
		tree_set(arena, disk, "imageSecret", tree_text(arena, at, content->pull_secret));
}

void image_fill_disk(struct translation *translation, struct yaml_node *disk, const struct image_content *content,
		     const char *owner, const struct yaml_node *at)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *from;

	if (content->is_upload)
		tree_set(arena, disk, "upload", tree_boolean(arena, at, true));
	else if (content->image)
		image_set(translation, disk, content, owner, at);
	if (content->claim == NULL && content->snapshot == NULL)
		return;
	from = tree_mapping_at(arena, disk, "from", at);
	tree_set(arena, from, content->claim ? "pvc" : "snapshot",
		 tree_text(arena, at, content->claim ? content->claim : content->snapshot));
	if (content->namespace_name && !text_equal(content->namespace_name, translation->namespace_name))
		tree_set(arena, from, "namespace", tree_text(arena, at, content->namespace_name));
}
