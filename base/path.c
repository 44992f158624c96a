#include "base/path.h"

#include <stddef.h>
#include <string.h>

bool path_is_below(const char *folder, const char *path)
{
	size_t length = strlen(folder);

	return length == 0 || (strncmp(path, folder, length) == 0 && path[length] == '/');
}

void path_narrow(char *folder, const char *other)
{
	size_t same = 0, whole = 0;

	for (; folder[same] && folder[same] == other[same]; same++)
		if (folder[same] == '/')
			whole = same == 0 ? 1 : same;
	if ((folder[same] == '\0' || folder[same] == '/') && (other[same] == '\0' || other[same] == '/'))
		whole = same;
	folder[whole] = '\0';
}
