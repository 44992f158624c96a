/* YAML by libyaml's events to nodes. */
#pragma once

#include "render/yaml/builder.h"

/* Reads every document of the text, which is UTF-8 without a byte order mark.
 * False, and stopped, when it is no YAML or passes a limit. */
bool yaml_read_events(struct yaml_builder *builder, const char *text, size_t length,
		      struct yaml_documents *documents);
