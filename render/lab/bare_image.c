#include "render/lab/bare_image.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

static const char *const bare_systems[] = { "alma",       "almalinux", "alpine", "archlinux", "bash",
					    "busybox",    "centos",    "debian", "fedora",    "netshoot",
					    "rockylinux", "ubuntu",    "ubi8",   "ubi9",      NULL };

bool is_bare_image(const char *image)
{
	const char *slash = strrchr(image, '/'), *name = slash ? slash + 1 : image;
	cleanup(free) char *alone = string_copy_n(name, strcspn(name, ":@"));

	for (const char *const *system = bare_systems; *system; system++)
		if (text_equal(*system, alone))
			return true;
	return false;
}
