/* VirtualImage and ClusterVirtualImage: where their content is had from. Not what
 * is made of it: that is for disks and VMs to say. */
#pragma once

#include "render/dialects/deckhouse/deckhouse.h"

struct image_claim {
	struct settings settings;
	const char *storage_class;
};

struct image_spec {
	struct settings settings;
	const struct data_source *source;
	const char *storage; /* NULL of a ClusterVirtualImage */
	const struct image_claim *claim;
};

extern const struct value_type image_spec_type, cluster_image_spec_type;

/* What there is to be copied or attached: one of image, claim, snapshot, is_upload; or nothing at all: a blank disk. */
struct image_content {
	const char *image; /* docker://, http://, https:// */
	const char *checksum, *ca_bundle, *certificates, *pull_secret; /* of it; NULL: none */
	const char *claim, *snapshot, *namespace_name; /* that namespace's; NULL: the same */
	bool is_upload, is_disk; /* the claim is a VirtualDisk's */
	const char *size; /* of what is in it, as far as it is known; NULL: it is not */
	bool is_iso;
};

bool image_is_container(const struct image_content *content);

/* The size of a claim that an image is kept in whose own size no one knows. */
#define IMAGE_SIZE_DEFAULT "10Gi"

/* What a VirtualImage, ClusterVirtualImage, or name in a Mapping stands for. False after it told at `at` what is wrong. */
bool image_find(struct translation *translation, const char *kind, const struct yaml_node *at, const char *name,
		struct image_content *content);

/* The same of a dataSource; NULL: nothing is in it. */
struct data_source;
bool image_source_find(struct translation *translation, const struct data_source *source, const struct yaml_node *at,
		       struct image_content *content);

/* Where what fills it is said, in a document with a dataSource: the URL, the image, or what it is a copy of. The name of the
 * document when there is none. */
const struct yaml_node *image_source_place(const struct fact *document);

/* Whether a VirtualImage is itself kept in a claim, called image_claim_name(); else its content is had from where it comes. */
bool image_is_kept(const struct image_spec *spec);
const char *image_claim_name(struct arena *arena, const char *name);

/* How a disk (an entry of spec.disks) is filled. `owner` is what the ConfigMap is named after that a CA bundle becomes. */
void image_fill_disk(struct translation *translation, struct yaml_node *disk, const struct image_content *content,
		     const char *owner, const struct yaml_node *at);

void image_translate(struct translation *translation, const struct fact *document);
void cluster_image_check(struct reader *reader, const struct fact *document);
