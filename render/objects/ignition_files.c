#include "render/objects/ignition_files.h"

#include <string.h>

#include "base/digest.h"
#include "base/memory.h"

/* Files are data URLs (RFC 2397) in base64, so that no character needs escaping. */
void ignition_file_add(json_t *files, const char *path, int mode, const char *text)
{
	cleanup(free) char *encoded = base64_new(text, strlen(text));
	cleanup(free) char *url = string_format("data:;base64,%s", encoded);

	json_array_append_new(files, json_pack("{s:s, s:i, s:b, s:{s:s}}", "path", path, "mode", mode, "overwrite", 1,
					       "contents", "source", url));
}
