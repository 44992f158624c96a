/* The data of Secrets and ConfigMaps among `objects`. No message repeats a value. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/reader.h"

void manifest_data_check(struct reader *reader, const struct lab_manifest *manifest);

/* Base64 as the server stores it; NULL when `text` is none. Line breaks are skipped, as Kubernetes does. The caller frees. */
char *manifest_base64_new(const char *text);
