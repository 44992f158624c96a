/* spec.bootstrap and v1alpha1's vmMetadata: what the guest is told at first boot. */
#pragma once

#include <stdbool.h>

#include "render/lab/layers.h"
#include "render/lab/reader.h"

/* {name, key}: a value of a Secret. */
struct secret_key {
	struct settings settings;
	const char *name, *key; /* key: NULL when not given */
};

struct cloud_init_spec {
	struct settings settings;
	const struct yaml_node *cloud_config; /* a mapping */
	const struct secret_key *raw;
	const struct value_list *ssh_keys; /* text */
	const bool *global_nameservers, *global_search_domains;
	const void *nothing;
};

struct linux_prep_spec {
	struct settings settings;
	const bool *clock_is_utc;
	const char *time_zone;
};

struct sysprep_spec {
	struct settings settings;
	const struct secret_key *raw;
	const void *refused;
};

struct bootstrap_spec {
	struct settings settings;
	const struct cloud_init_spec *cloud_init;
	const struct linux_prep_spec *linux_prep;
	const struct sysprep_spec *sysprep;
	const void *refused;
};

/* v1alpha1's vmMetadata */
struct metadata_source {
	struct settings settings;
	const char *config_map, *secret, *transport;
};

extern const struct value_type bootstrap_spec_type, cloud_init_spec_type, linux_prep_spec_type, sysprep_spec_type,
	secret_key_type, metadata_source_type, cloud_config_type;
