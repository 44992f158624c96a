/* Walks a mapping of the configuration by a table of its keys. */
#pragma once

#include <stddef.h>

#include "base/diagnostic.h"
#include "render/yaml/yaml.h"

enum setting_type {
	SETTING_END,
	SETTING_TEXT, /* char * */
	SETTING_NAME, /* char *, a DNS-1123 label */
	SETTING_FILE, /* char *, made absolute against the configuration's folder; "~/" is the home folder */
	SETTING_BOOLEAN, /* bool */
	SETTING_DURATION, /* uint64_t, milliseconds */
	SETTING_PERCENT, /* uint64_t, 0 to 100 */
	SETTING_COUNT, /* uint64_t */
	SETTING_SECTION, /* a mapping of `fields` */
	SETTING_ELSEWHERE /* known, but read by someone else */
};

struct setting_field {
	const char *key; /* NULL ends a table */
	enum setting_type type;
	size_t offset; /* in the struct that is filled */
	const struct setting_field *fields;
};

struct settings_reader {
	const char *path; /* of the configuration */
	struct diagnostics *diagnostics;
};

void settings_refuse(struct settings_reader *reader, const struct yaml_node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void settings_read_section(struct settings_reader *reader, const struct yaml_node *node,
			   const struct setting_field *fields, void *target);
