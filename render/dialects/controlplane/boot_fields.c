/* spec.vm.bootDisk: where the VM boots from, and what keeps it. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "render/dialects/controlplane/documents.h"
#include "render/dialects/controlplane/values.h"
#include "render/lab/values.h"
#include "render/lab/vm_disk_values.h"

#define HTTP_TEXT "a disk image on a web server"

static const struct value_type image_type = {
	.name = "image",
	.shape = VALUE_TEXT,
	.pattern = "^[^ ]+$",
};
static const struct value_type url_type = {
	.name = "URL",
	.shape = VALUE_TEXT,
	.pattern = "^https?://[^ ]+$",
};
static const struct value_type sha_type = {
	.name = "checksum",
	.shape = VALUE_TEXT,
	.pattern = "^(sha256:[0-9a-fA-F]{64}|sha512:[0-9a-fA-F]{128})$",
};
static const struct value_type volume_set_link_type = {
	.name = "volume set",
	.shape = VALUE_TEXT,
	.pattern = "^" VOLUME_SET_PREFIX "[a-z0-9][a-z0-9-]{0,63}$",
};

/* What begins with a slash is of Control Plane's registry, and else nothing. */
static bool is_container_disk(const char *text)
{
	if (strcasestr(text, "://") || *text == '\0' || !value_is_one_word(text))
		return false;
	return *text != '/' || text_starts_with(text, "//") || text_starts_with(text, "/org/");
}

/* It is not repeated: a URL in its place may have a password. */
static const void *image_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!is_container_disk(pair->value->text))
		return reader_refuse(
			reader, pair->value,
			"image is no container disk; write it like quay.io/containerdisks/ubuntu:22.04 or "
			"//image/NAME:TAG, or use source.http for a file");
	return pair->value->text;
}

/* What follows one of the schemes; NULL when it is another. */
static const char *after_scheme(const char *url, const char *const *schemes)
{
	for (size_t i = 0; schemes[i]; i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return url + strlen(schemes[i]);
	return NULL;
}

/* The URL is not repeated: what is signed, or has a password, is a secret. */
static const void *url_read(struct reader *reader, const struct yaml_pair *pair)
{
	static const char *const web[] = { "http://", "https://", NULL };
	static const char *const stores[] = { "s3://", "gs://", NULL };
	const char *rest;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (after_scheme(pair->value->text, stores))
		return reader_refuse(reader, pair->value,
				     "url is in an object store, which is not offered; use a signed https:// URL");
	rest = after_scheme(pair->value->text, web);
	if (rest == NULL || *rest == '\0' || *rest == '/' || !value_is_one_word(rest))
		return reader_refuse(reader, pair->value,
				     "url must be http://HOST/PATH or https://HOST/PATH, and have no blanks");
	if (memchr(rest, '@', strcspn(rest, "/?#")))
		return reader_refuse(reader, pair->value,
				     "url must not carry a user or password; use a signed URL, or a public one");
	return pair->value->text;
}

/* CDI wants the algorithm in lower case; Control Plane takes any. */
static const void *sha_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct yaml_node value;
	struct yaml_pair lower = *pair;
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (strncasecmp(pair->value->text, "sha256:", strlen("sha256:")) != 0 &&
	    strncasecmp(pair->value->text, "sha512:", strlen("sha512:")) != 0)
		return reader_refuse(reader, pair->value, "checksum %s must begin with sha256: or sha512:",
				     reader_quote(reader, pair->value->text));
	text = arena_format(reader->arena, "sha%s", pair->value->text + strlen("sha"));
	value = *pair->value;
	value.text = text;
	lower.value = &value;
	return checksum_read(reader, &lower);
}

static const struct field oci_fields[] = {
	{ "image", image_read, offsetof(struct guest_oci_source, image), &image_type,
	  "A container disk: a public reference, //image/NAME:TAG or /org/ORG/image/NAME:TAG of one's own "
	  "organization. For the latter two, a Mapping's registries: {//image/: REGISTRY/PATH/} says where they are, "
	  "and organization: ORG whose they are.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type guest_oci_source_type = {
	.name = "WorkloadVMImage",
	.shape = VALUE_OBJECT,
	.fields = oci_fields,
	.size = sizeof(struct guest_oci_source),
};

static const struct field http_fields[] = {
	{ "url", url_read, offsetof(struct guest_http_source, url), &url_type,
	  "The address of " HTTP_TEXT ": qcow2, raw, VMDK, VHD, VHDX, VDI or ISO, maybe packed by gzip or xz.",
	  .presence = FIELD_REQUIRED },
	{ "checksum", sha_read, offsetof(struct guest_http_source, checksum), &sha_type,
	  "What the file must have: sha256:DIGITS or sha512:DIGITS.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type guest_http_source_type = {
	.name = "WorkloadVMFile",
	.shape = VALUE_OBJECT,
	.fields = http_fields,
	.size = sizeof(struct guest_http_source),
};

#define SOURCE(member) offsetof(struct guest_boot_source, member)

static const struct field source_fields[] = {
	{ "oci", NULL, SOURCE(oci), &guest_oci_source_type, "A container disk. Exactly one of oci and http.",
	  .fallback = NULL },
	{ "http", NULL, SOURCE(http), &guest_http_source_type, "A file: " HTTP_TEXT ".", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type guest_boot_source_type = {
	.name = "WorkloadVMBootSource",
	.shape = VALUE_OBJECT,
	.fields = source_fields,
	.size = sizeof(struct guest_boot_source),
};

static const struct field persistence_fields[] = {
	{ "volumeSet", volume_set_link_read, offsetof(struct guest_persistence, volume_set), &volume_set_link_type,
	  "The volume set, cpln://volumeset/NAME, whose capacity and class the disk has. Its document, or a "
	  "Mapping's "
	  "volumeSets, is in the repository.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type guest_persistence_type = {
	.name = "WorkloadVMPersistence",
	.shape = VALUE_OBJECT,
	.fields = persistence_fields,
	.size = sizeof(struct guest_persistence),
};

#define BOOT(member) offsetof(struct guest_boot_disk, member)

static const struct field boot_disk_fields[] = {
	{ "source", NULL, BOOT(source), &guest_boot_source_type, "What is on it when it is made.",
	  .presence = FIELD_REQUIRED },
	{ "persist", NULL, BOOT(persist), &guest_persistence_type, "What keeps it.", .presence = FIELD_REQUIRED },
	{ "bus", NULL, BOOT(bus), &controlplane_bus_type, "The bus that the disk hangs on.", .fallback = "virtio" },
	{ "bootOrder", NULL, BOOT(boot_order), &controlplane_boot_order_type,
	  "Its place among the disks that the firmware tries to boot from.", .fallback = "1" },
	{ .name = NULL },
};

const struct value_type guest_boot_disk_type = {
	.name = "WorkloadVMBootDisk",
	.shape = VALUE_OBJECT,
	.fields = boot_disk_fields,
	.size = sizeof(struct guest_boot_disk),
};
