#include "render/admission/rules.h"
#include "render/admission/words.h"

#include <string.h>

/* The size that KubeVirt lets data have that stands in the object itself. */
enum { CLOUD_INIT_MAX = 2048 };

/* What may be given in three ways. */
struct data_kind {
	const char *secret, *base64, *plain, *what;
};

static const struct data_kind kinds[] = {
	{ "secretRef", "userDataBase64", "userData", "user data" },
	{ "networkDataSecretRef", "networkDataBase64", "networkData", "network data" },
};

/* A57 */
static void is_small(const struct place *source, const char *key, size_t size, const struct data_kind *kind)
{
	if (size > CLOUD_INIT_MAX)
		refuse_at(source, key,
			  "%zu bytes of %s are too many here, %d are allowed; put it in a Secret and name "
			  "that under %s",
			  size, kind->what, CLOUD_INIT_MAX, kind->secret);
}

/* How many of the three are given. */
static size_t data(const struct place *source, const struct data_kind *kind)
{
	struct place secret = place_object(source, kind->secret);
	const char *plain = place_text(source, kind->plain);
	const char *base64 = place_text(source, kind->base64);
	size_t size = 0, count = 0;

	count += place_has(&secret, "name");
	count += plain != NULL;
	count += base64 != NULL;
	if (base64 && !word_base64_size(base64, &size))
		refuse_at(source, kind->base64, "this is no base64; encode the %s, or give it under %s", kind->what,
			  kind->plain); /* A56 */
	else if (base64)
		is_small(source, kind->base64, size, kind);
	if (plain)
		is_small(source, kind->plain, strlen(plain), kind);
	if (count > 1)
		refuse(source, "%s is given %zu times; keep one of %s, %s and %s", kind->what, count, kind->secret,
		       kind->base64, kind->plain); /* A55 */
	return count;
}

void rules_cloud_init(const struct place *volume)
{
	static const char *const sources[] = { "cloudInitNoCloud", "cloudInitConfigDrive" };

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		struct place source = place_object(volume, sources[i]);
		size_t count = data(&source, &kinds[0]);

		count += data(&source, &kinds[1]);
		if (place_is_given(&source) && count == 0)
			refuse(&source,
			       "cloud-init has nothing to read; give userData, networkData or a secretRef"); /* A55 */
	}
}
