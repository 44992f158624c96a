/* Files as Ignition takes them. */
#pragma once

#include <jansson.h>

void ignition_file_add(json_t *files, const char *path, int mode, const char *text);
