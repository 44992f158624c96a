/* KNLConfig: what holds for all labs of a source. */
#pragma once

#include "render/lab/settings.h"

#define KNL_CONFIG_NAME "knlcfg"
#define CONFIG_KIND "KNLConfig"

extern const struct value_type config_type;

struct lab_config {
	const char *storage_class; /* NULL: the cluster's default */
	const struct lab_lan_config *lan; /* NULL: none of it is given */
	struct node_settings defaults;
	bool valid; /* false: any default may have been in what could not be read */
	const char *path; /* of the KNLConfig; NULL when there is none */
	size_t line, column;
};

/* Reads the document; `config` becomes invalid when it has errors. */
void config_read(struct reader *reader, const struct yaml_node *root, struct lab_config *config);
