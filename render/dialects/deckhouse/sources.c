#include "render/dialects/deckhouse/sources.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "render/dialects/deckhouse/deckhouse.h"
#include "render/dialects/tree.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/names.h"
#include "render/lab/values.h"
#include "render/lab/vm_disk_values.h"

enum { CA_BUNDLE_MAX = 512 * 1024, URL_MAX = 4096 };

/* --- checksums --- */

/* As the language writes it: "sha256:DIGITS". The field's name is the algorithm's. */
static const void *digits_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct yaml_node whole;
	struct yaml_pair named = *pair;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	whole = *pair->value;
	whole.text = arena_format(reader->arena, "%s:%s", pair->key, pair->value->text);
	whole.length = strlen(whole.text);
	named.value = &whole;
	return checksum_read(reader, &named);
}

static const void *streebog_read(struct reader *reader, const struct yaml_pair *pair)
{
	return reader_refuse(reader, pair->value, "%s is not known to CDI; give sha256 or sha512 of the same file",
			     pair->key);
}

#define CHECKSUM_FIELD(name, member, digits)                                                                         \
	{                                                                                                            \
		name, digits_read, offsetof(struct source_checksum, member), &text_type,                             \
			"The file's " name ": " digits " hexadecimal digits.", .fallback = NULL                      \
	}
static const struct value_type refused_type = {
	.name = "text",
	.shape = VALUE_TEXT,
	.standing = VALUE_REFUSED,
};

static const struct field checksum_fields[] = {
	CHECKSUM_FIELD("md5", md5, "32"),
	CHECKSUM_FIELD("sha1", sha1, "40"),
	CHECKSUM_FIELD("sha256", sha256, "64"),
	CHECKSUM_FIELD("sha512", sha512, "128"),
	{ "streebog256", streebog_read, offsetof(struct source_checksum, md5), &refused_type,
	  "Refused: CDI does not know it.", .fallback = NULL },
	{ "streebog512", streebog_read, offsetof(struct source_checksum, md5), &refused_type,
	  "Refused: CDI does not know it.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type source_checksum_type = {
	.name = "DeckhouseChecksum",
	.shape = VALUE_OBJECT,
	.fields = checksum_fields,
	.size = sizeof(struct source_checksum),
};

/* --- certificates --- */

static const void *ca_bundle_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *decoded;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->length > CA_BUNDLE_MAX)
		return reader_refuse(reader, pair->value, "%s has %zu characters; at most %d are taken", pair->key,
				     pair->value->length, CA_BUNDLE_MAX);
	decoded = tree_decode_text(reader->arena, pair->value->text);
	if (decoded == NULL || *decoded == '\0')
		return reader_refuse(reader, pair->value,
				     "%s is no base64 of a certificate; write what `base64 -w0 ca.pem` prints",
				     pair->key);
	return decoded;
}

#define CA_BUNDLE_TEXT                                                                                               \
	"The certificate authority of the server, PEM in base64. It is put into a ConfigMap, from which CDI reads "  \
	"it."

/* --- HTTP --- */

/* "user:password@" before the server's name. */
static bool has_credentials(const char *url)
{
	const char *server = strstr(url, "://");

	return server && memchr(server + 3, '@', strcspn(server + 3, "/?#"));
}

static const void *url_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (has_credentials(pair->value->text))
		return reader_refuse(
			reader, pair->value,
			"%s must not carry a user or password; say where the image is by images of a Mapping, "
			"with an imageSecret, in place of this document",
			pair->key);
	if ((!text_starts_with(pair->value->text, "http://") && !text_starts_with(pair->value->text, "https://")) ||
	    !value_is_one_word(pair->value->text) || pair->value->length > URL_MAX)
		return reader_refuse(reader, pair->value,
				     "%s %s is no address of a file; write it with http:// or "
				     "https://",
				     pair->key, reader_quote(reader, pair->value->text));
	return pair->value->text;
}

static const struct field http_fields[] = {
	{ "caBundle", ca_bundle_read, offsetof(struct source_http, ca_bundle), &text_type, CA_BUNDLE_TEXT,
	  .fallback = NULL },
	{ "checksum", NULL, offsetof(struct source_http, checksum), &source_checksum_type,
	  "The checksum that the file must have. Of several, the strongest is checked.", .fallback = NULL },
	{ "url", url_read, offsetof(struct source_http, url), &text_type,
	  "Where the file is: qcow2, raw, vmdk or ISO, maybe packed with gzip or xz.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type source_http_type = {
	.name = "DeckhouseHTTP",
	.shape = VALUE_OBJECT,
	.fields = http_fields,
	.size = sizeof(struct source_http),
};

/* --- container images --- */

static const void *container_image_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (text_starts_with(text, "docker://"))
		text += strlen("docker://");
	if (*text == '\0' || strstr(text, "://") || !value_is_one_word(text) || strlen(text) > URL_MAX)
		return reader_refuse(
			reader, pair->value,
			"%s %s is no container image; write it like registry.example.com/disks/debian:13", pair->key,
			reader_quote(reader, pair->value->text));
	return text;
}

static const struct field pull_secret_fields[] = {
	{ "name", object_name_read, offsetof(struct source_pull_secret, name), &object_name_type,
	  "The Secret's name.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct field cluster_pull_secret_fields[] = {
	{ "name", object_name_read, offsetof(struct source_pull_secret, name), &object_name_type,
	  "The Secret's name.", .presence = FIELD_REQUIRED },
	{ "namespace", namespace_read, offsetof(struct source_pull_secret, namespace_name), &name_type,
	  "The Secret's namespace. It must be that of the VM or disk which uses the image.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type pull_secret_type = {
	.name = "DeckhousePullSecret",
	.shape = VALUE_OBJECT,
	.fields = pull_secret_fields,
	.size = sizeof(struct source_pull_secret),
};
static const struct value_type cluster_pull_secret_type = {
	.name = "DeckhouseClusterPullSecret",
	.shape = VALUE_OBJECT,
	.fields = cluster_pull_secret_fields,
	.size = sizeof(struct source_pull_secret),
};

#define CONTAINER_FIELDS(secret_type)                                                                                \
	{ "caBundle", ca_bundle_read, offsetof(struct source_container, ca_bundle),                                  \
	  &text_type, CA_BUNDLE_TEXT, .fallback = NULL },                                                            \
		{ "image",                                                                                           \
		  container_image_read,                                                                              \
		  offsetof(struct source_container, image),                                                          \
		  &text_type,                                                                                        \
		  "The container image with the disk in it, like registry.example.com/disks/debian:13.",             \
		  .presence = FIELD_REQUIRED },                                                                      \
		{ "imagePullSecret",                                                                                 \
		  NULL,                                                                                              \
		  offsetof(struct source_container, pull_secret),                                                    \
		  &(secret_type),                                                                                    \
		  "The Secret for the registry. Where the image is copied into a disk, CDI wants it to have the "    \
		  "keys "                                                                                            \
		  "accessKeyId and secretKey.",                                                                      \
		  .fallback = NULL },                                                                                \
	{                                                                                                            \
		.name = NULL                                                                                         \
	}

static const struct field container_fields[] = { CONTAINER_FIELDS(pull_secret_type) };
static const struct field cluster_container_fields[] = { CONTAINER_FIELDS(cluster_pull_secret_type) };

static const struct value_type source_container_type = {
	.name = "DeckhouseContainerImage",
	.shape = VALUE_OBJECT,
	.fields = container_fields,
	.size = sizeof(struct source_container),
};
static const struct value_type cluster_container_type = {
	.name = "DeckhouseClusterContainerImage",
	.shape = VALUE_OBJECT,
	.fields = cluster_container_fields,
	.size = sizeof(struct source_container),
};

/* --- other documents --- */

static const char *const disk_origins[] = { DECKHOUSE_CLUSTER_IMAGE, DECKHOUSE_IMAGE, DECKHOUSE_SNAPSHOT, NULL };
static const char *const image_origins[] = { DECKHOUSE_CLUSTER_IMAGE, DECKHOUSE_IMAGE, DECKHOUSE_DISK,
					     DECKHOUSE_SNAPSHOT, NULL };
static const struct value_type disk_origin_type = { .name = "text", .shape = VALUE_TEXT, .allowed = disk_origins };
static const struct value_type image_origin_type = { .name = "text", .shape = VALUE_TEXT, .allowed = image_origins };

#define OBJECT_FIELDS(kind_type)                                                                                     \
	{ "kind",                                                                                                    \
	  NULL,                                                                                                      \
	  offsetof(struct source_object, kind),                                                                      \
	  &(kind_type),                                                                                              \
	  "What it is a copy of. A " DECKHOUSE_SNAPSHOT " stands for the VolumeSnapshot of its name.",               \
	  .presence = FIELD_REQUIRED },                                                                              \
	{                                                                                                            \
		"name", object_name_read, offsetof(struct source_object, name), &object_name_type, "Its name.",      \
			.presence = FIELD_REQUIRED                                                                   \
	}

static const struct field disk_object_fields[] = { OBJECT_FIELDS(disk_origin_type), { .name = NULL } };
static const struct field image_object_fields[] = { OBJECT_FIELDS(image_origin_type), { .name = NULL } };
static const struct field cluster_object_fields[] = {
	OBJECT_FIELDS(image_origin_type),
	{ "namespace", namespace_read, offsetof(struct source_object, namespace_name), &name_type,
	  "Its namespace, unless it is a " DECKHOUSE_CLUSTER_IMAGE ".", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type disk_object_type = {
	.name = "DeckhouseDiskObjectRef",
	.shape = VALUE_OBJECT,
	.fields = disk_object_fields,
	.size = sizeof(struct source_object),
};
static const struct value_type image_object_type = {
	.name = "DeckhouseImageObjectRef",
	.shape = VALUE_OBJECT,
	.fields = image_object_fields,
	.size = sizeof(struct source_object),
};
static const struct value_type cluster_object_type = {
	.name = "DeckhouseClusterImageObjectRef",
	.shape = VALUE_OBJECT,
	.fields = cluster_object_fields,
	.size = sizeof(struct source_object),
};

/* --- uploads --- */

static const struct field upload_fields[] = {
	{ "checksum", value_without_effect, offsetof(struct source_upload, nothing), &without_effect_type,
	  "Without effect: CDI does not check what is uploaded.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type source_upload_type = {
	.name = "DeckhouseUpload",
	.shape = VALUE_OBJECT,
	.fields = upload_fields,
	.size = sizeof(struct source_upload),
};

/* --- dataSource --- */

static const char *const source_types[] = { "HTTP", "ContainerImage", "ObjectRef", "Upload", NULL };
static const struct value_type source_kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = source_types };

#define SOURCE(member) offsetof(struct data_source, member)
#define SOURCE_FIELDS(container_type, object_type)                                                                    \
	{ "containerImage",                                                                                           \
	  NULL,                                                                                                       \
	  SOURCE(container),                                                                                          \
	  &(container_type),                                                                                          \
	  "A container image with the disk in it; of type ContainerImage.",                                           \
	  .fallback = NULL },                                                                                         \
		{ "http",          NULL, SOURCE(http), &source_http_type, "A file on a web server; of type HTTP.",    \
		  .fallback = NULL },                                                                                 \
		{ "objectRef",     NULL, SOURCE(object), &(object_type), "Another image or disk; of type ObjectRef.", \
		  .fallback = NULL },                                                                                 \
		{ "type",                                                                                             \
		  NULL,                                                                                               \
		  SOURCE(type),                                                                                       \
		  &source_kind_type,                                                                                  \
		  "Which of the others it is. Upload: it waits for `virtctl image-upload`.",                          \
		  .presence = FIELD_REQUIRED },                                                                       \
		{ "upload",                                                                                           \
		  NULL,                                                                                               \
		  SOURCE(upload),                                                                                     \
		  &source_upload_type,                                                                                \
		  "About an upload; of type Upload, which does not need it.",                                         \
		  .fallback = NULL },                                                                                 \
	{                                                                                                             \
		.name = NULL                                                                                          \
	}

static const struct field disk_source_fields[] = { SOURCE_FIELDS(source_container_type, disk_object_type) };
static const struct field image_source_fields[] = { SOURCE_FIELDS(source_container_type, image_object_type) };
static const struct field cluster_source_fields[] = { SOURCE_FIELDS(cluster_container_type, cluster_object_type) };

const struct value_type disk_source_type = {
	.name = "DeckhouseDiskSource",
	.shape = VALUE_OBJECT,
	.fields = disk_source_fields,
	.size = sizeof(struct data_source),
};
const struct value_type image_source_type = {
	.name = "DeckhouseImageSource",
	.shape = VALUE_OBJECT,
	.fields = image_source_fields,
	.size = sizeof(struct data_source),
};
const struct value_type cluster_image_source_type = {
	.name = "DeckhouseClusterImageSource",
	.shape = VALUE_OBJECT,
	.fields = cluster_source_fields,
	.size = sizeof(struct data_source),
};

static const struct deckhouse_member members[] = {
	{ "HTTP", "http", .is_optional = false },
	{ "ContainerImage", "containerImage", .is_optional = false },
	{ "ObjectRef", "objectRef", .is_optional = false },
	{ "Upload", "upload", .is_optional = true },
	{ .name = NULL },
};

static const void *source_read(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type)
{
	size_t before = reader->errors;
	const struct data_source *source = value_read(reader, pair, type);

	if (source)
		deckhouse_members_check(reader, pair->value, source->type, members);
	return reader->errors == before ? source : NULL;
}

const void *disk_source_read(struct reader *reader, const struct yaml_pair *pair)
{
	return source_read(reader, pair, &disk_source_type);
}

const void *image_source_read(struct reader *reader, const struct yaml_pair *pair)
{
	return source_read(reader, pair, &image_source_type);
}

/* All that has a namespace must say which. */
static void namespace_check(struct reader *reader, const struct source_object *object)
{
	bool of_cluster = text_equal(object->kind, DECKHOUSE_CLUSTER_IMAGE);

	if (!of_cluster && object->namespace_name == NULL)
		reader_error_at(reader, &object->settings.place, "objectRef to a %s has no namespace; add it",
				object->kind);
	if (of_cluster && object->namespace_name)
		reader_error_at(
			reader,
			object_place(&cluster_object_type, object, offsetof(struct source_object, namespace_name)),
			"a %s has no namespace; remove it", object->kind);
}

const void *cluster_image_source_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct data_source *source = source_read(reader, pair, &cluster_image_source_type);

	if (source && source->object)
		namespace_check(reader, source->object);
	return source;
}
