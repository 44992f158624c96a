/* libyaml's complaints in words that say what to do. */
#pragma once

#include <yaml.h>

#include "render/yaml/builder.h"

/* Notes what the failed parser says and stops. Returns false. */
bool yaml_syntax_stop(struct yaml_builder *builder, const yaml_parser_t *parser, const char *text, size_t length);
