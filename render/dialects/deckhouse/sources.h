/* dataSource: what disks and images are filled with. */
#pragma once

#include "render/lab/reader.h"

struct source_checksum {
	struct settings settings;
	const char *md5, *sha1, *sha256, *sha512;
};

struct source_http {
	struct settings settings;
	const char *url;
	const struct source_checksum *checksum;
	const char *ca_bundle; /* PEM, decoded */
};

struct source_pull_secret {
	struct settings settings;
	const char *name, *namespace_name;
};

struct source_container {
	struct settings settings;
	const char *image; /* without docker:// */
	const struct source_pull_secret *pull_secret;
	const char *ca_bundle; /* PEM, decoded */
};

struct source_object {
	struct settings settings;
	const char *kind, *name;
	const char *namespace_name; /* of a ClusterVirtualImage's alone */
};

struct source_upload {
	struct settings settings;
	const void *nothing; /* a checksum, which was warned of */
};

/* `type` says which of the others there is; it was checked. */
struct data_source {
	struct settings settings;
	const char *type;
	const struct source_http *http;
	const struct source_container *container;
	const struct source_object *object;
	const struct source_upload *upload;
};

/* As the three kinds take it. */
extern const struct value_type disk_source_type, image_source_type, cluster_image_source_type;

/* Each reads struct data_source. */
const void *disk_source_read(struct reader *reader, const struct yaml_pair *pair);
const void *image_source_read(struct reader *reader, const struct yaml_pair *pair);
const void *cluster_image_source_read(struct reader *reader, const struct yaml_pair *pair);
