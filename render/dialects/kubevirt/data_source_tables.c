/* A DataSource, and what its author meant by `http`, which CDI has only in DataVolumes. */
#include "render/dialects/kubevirt/kubevirt.h"

#include "render/lab/document.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

enum { HEADERS_MAX = 64 };

static const struct value_type refused_type = { .name = "-", .shape = VALUE_ANY, .standing = VALUE_REFUSED };
static const struct value_type secret_type = {
	.name = "name of a Secret",
	.shape = VALUE_ANY,
	.standing = VALUE_WITHOUT_EFFECT,
};

static const void *client_certificate_refuse(struct reader *reader, const struct yaml_pair *pair)
{
	return reader_refuse(
		reader, pair->value,
		"CDI shows no certificate of its own to a server of images; drop certConfig.%s, and let the "
		"server ask for a user and a password (http.secretRef) or a header (http.secretExtraHeaders)",
		pair->key);
}

static const struct field certificates_fields[] = {
	{ "caBundle", NULL, offsetof(struct http_certificates, bundle), &text_type,
	  "The server's CA: PEM in base64. It becomes a ConfigMap.", .fallback = NULL },
	{ "secretRef", value_mapping_pair, offsetof(struct http_certificates, secret), &secret_type,
	  "CDI takes no CA from a Secret: left out beside caBundle, with a warning, and refused without it.",
	  .fallback = NULL },
	{ "cert", client_certificate_refuse, offsetof(struct http_certificates, nothing), &refused_type,
	  "CDI has no certificates of clients.", .fallback = NULL },
	{ "key", client_certificate_refuse, offsetof(struct http_certificates, nothing), &refused_type,
	  "CDI has no certificates of clients.", .fallback = NULL },
	{ .name = NULL },
};
static const struct value_type certificates_type = {
	.name = "KubeVirtCertConfig",
	.shape = VALUE_OBJECT,
	.fields = certificates_fields,
	.size = sizeof(struct http_certificates),
};

static const struct value_type headers_type = {
	.shape = VALUE_LIST,
	.items = &text_type,
	.items_max = HEADERS_MAX,
};

static const struct field http_fields[] = {
	{ "url", NULL, offsetof(struct http_source, url), &text_type,
	  "The image: qcow2, raw, vmdk, vdi, vhd or vhdx, also packed by gz or xz.", .presence = FIELD_REQUIRED },
	{ "certConfig", NULL, offsetof(struct http_source, certificates), &certificates_type,
	  "How the server is known.", .fallback = NULL },
	{ "certConfigMap", object_name_read, offsetof(struct http_source, config_map), &object_name_type,
	  "A ConfigMap with the server's CA; instead of certConfig.", .fallback = NULL },
	{ "secretRef", object_name_read, offsetof(struct http_source, secret), &object_name_type,
	  "A Secret with the user (accessKeyId) and the password (secretKey).", .fallback = NULL },
	{ "checksum", NULL, offsetof(struct http_source, checksum), &text_type,
	  "The image's checksum, as sha256:HEX, which is checked once the image is there.", .fallback = NULL },
	{ "extraHeaders", NULL, offsetof(struct http_source, headers), &headers_type,
	  "Further headers of the request.", .fallback = NULL },
	{ "secretExtraHeaders", NULL, offsetof(struct http_source, secret_headers), &headers_type,
	  "Secrets with further headers of the request.", .fallback = NULL },
	{ .name = NULL },
};
const struct value_type kubevirt_http_type = {
	.name = "KubeVirtHTTPSource",
	.shape = VALUE_OBJECT,
	.fields = http_fields,
	.size = sizeof(struct http_source),
};

struct described {
	struct settings settings;
	const void *nothing;
};

#define ROW(name, type, text)                                                                                        \
	{                                                                                                            \
		(name), document_seen, offsetof(struct described, nothing), &(type), (text), .fallback = NULL        \
	}

static const struct field source_fields[] = {
	ROW("pvc", kubevirt_any_type, "The claim that disks are copied from: namespace and name."),
	ROW("snapshot", kubevirt_any_type, "The VolumeSnapshot that disks are made of: namespace and name."),
	ROW("dataSource", kubevirt_any_type, "Another DataSource: namespace and name."),
	ROW("http", kubevirt_http_type,
	    "Not CDI's: the image is imported once, into the DataVolume NAME-image, and disks are copied from that. "
	    "It "
	    "is as large as the smallest disk that is made of it, or as annotation labsync.dev/size says."),
	{ .name = NULL },
};
static const struct value_type source_type = {
	.name = "KubeVirtDataSourceSource",
	.shape = VALUE_OBJECT,
	.fields = source_fields,
	.size = sizeof(struct described),
};

static const struct field data_source_spec_fields[] = {
	ROW("source", source_type, "Exactly one of these."),
	{ .name = NULL },
};
const struct value_type kubevirt_data_source_spec_type = {
	.name = "KubeVirtDataSourceSpec",
	.shape = VALUE_OBJECT,
	.fields = data_source_spec_fields,
	.size = sizeof(struct described),
};
