/* The kinds of objects that a lab may bring along as they are (`objects`). */
#pragma once

#include <stdbool.h>

enum manifest_name { MANIFEST_NAME_SUBDOMAIN, MANIFEST_NAME_LABEL };

struct manifest_kind {
	const char *api_version, *kind; /* NULL ends the table */
	bool is_cluster_scoped;
	bool is_disk; /* a claim, or what becomes one of the same name */
	enum manifest_name name; /* what names of its objects look like */
};

const struct manifest_kind *manifest_kinds(void);

/* NULL when there is none of that version and kind. */
const struct manifest_kind *manifest_kind_find(const char *api_version, const char *kind);
