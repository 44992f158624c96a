#include "render/admission/rules.h"
#include "render/admission/words.h"

#include <string.h>
#include <strings.h>

/* What stands before "://"; NULL when `url` has no scheme and host. The caller frees. */
static char *scheme_new(const char *url)
{
	size_t length = strcspn(url, ":");

	if (length == 0 || strncmp(url + length, "://", 3) != 0 || url[length + 3] == '\0' || strpbrk(url, " \t\r\n"))
		return NULL;
	return string_copy_n(url, length);
}

/* A111 */
static void address(const struct place *source, const char *const *schemes)
{
	const char *url = place_text(source, "url");
	cleanup(free) char *scheme = url ? scheme_new(url) : NULL;
	cleanup(free) char *all = words_join_new(schemes);

	if (url == NULL)
		refuse_at(source, "url", "%s needs its url; give it", source->key);
	else if (scheme == NULL)
		refuse_at(source, "url", "this is no URL; write it like %s://host/path", schemes[0]);
	else if (!word_is_among(scheme, schemes))
		refuse_at(source, "url", "%s cannot be fetched with %.20s; use %s", source->key, scheme, all);
}

/* A113 */
static void checksum(const struct place *http)
{
	static const struct {
		const char *algorithm;
		size_t digits;
	} rows[] = { { "md5", 32 }, { "sha1", 40 }, { "sha256", 64 }, { "sha512", 128 } };
	const char *text = place_text(http, "checksum");
	size_t length = text ? strcspn(text, ":") : 0;

	if (text == NULL)
		return;
	for (size_t i = 0; text[length] && i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *hash = text + length + 1;

		if (strlen(rows[i].algorithm) != length || strncasecmp(text, rows[i].algorithm, length) != 0)
			continue;
		if (strlen(hash) != rows[i].digits || strspn(hash, "0123456789abcdefABCDEF") != rows[i].digits)
			refuse_at(http, "checksum", "%s has %zu hexadecimal digits, this has not; copy it again",
				  rows[i].algorithm, rows[i].digits);
		return;
	}
	refuse_at(http, "checksum", "this is no checksum; write algorithm:digits with md5, sha1, sha256 or sha512");
}

static void needs(const struct place *source, const char *const *keys)
{
	for (; *keys; keys++) {
		if (!place_has(source, *keys))
			refuse_at(source, *keys, "%s needs %s; give it", source->key, *keys);
	}
}

static void http(const struct place *source)
{
	static const char *const schemes[] = { "https", "http", "gs", NULL };

	address(source, schemes);
	if (strcmp(source->key, "http") == 0)
		checksum(source);
}

/* A111 */
void rules_registry_source(const struct place *registry)
{
	static const char *const schemes[] = { "docker", "oci-archive", NULL };
	static const char *const methods[] = { "pod", "node", NULL };
	const char *method = place_text(registry, "pullMethod");
	bool has_url = place_has(registry, "url"), has_stream = place_has(registry, "imageStream");

	if (has_url == has_stream)
		refuse(registry, "a registry source is a url or an imageStream; give one");
	if (has_url)
		address(registry, schemes);
	refuse_other_words(registry, "pullMethod", methods, WORDS_EMPTY_IS_WRONG);
	if (has_stream && (method == NULL || strcmp(method, "node") != 0))
		refuse_at(registry, "imageStream", "an image stream is pulled by the node; set pullMethod: node");
}

/* A112 */
static void registry(const struct place *source, const char *content_type)
{
	if (content_type && strcmp(content_type, "kubevirt") != 0)
		refuse_at(source->parent->parent, "contentType", "a registry holds only disks; use kubevirt");
	rules_registry_source(source);
}

/* A114 */
static void clone(const struct place *source)
{
	static const char *const keys[] = { "namespace", "name", NULL };

	needs(source, keys);
}

static void imageio(const struct place *source)
{
	static const char *const keys[] = { "secretRef", "diskId", NULL };

	needs(source, keys);
	if (!place_has(source, "certConfigMap") && !place_is_true(source, "insecureSkipVerify"))
		refuse_at(source, "certConfigMap", "imageio needs the server's certificate; give certConfigMap");
	http(source);
}

static void vddk(const struct place *source)
{
	static const char *const keys[] = { "secretRef", "uuid", "backingFile", "thumbprint", NULL };

	needs(source, keys);
	http(source);
}

/* A111 */
void rules_data_volume_source(const struct place *source, const char *content_type)
{
	static const char *const kinds[] = { "http",  "s3",      "gcs",  "registry", "pvc", "upload",
					     "blank", "imageio", "vddk", "snapshot", NULL };
	static const struct {
		const char *key;
		void (*check)(const struct place *source);
	} checks[] = { { "http", http },      { "s3", http },         { "gcs", http }, { "pvc", clone },
		       { "snapshot", clone }, { "imageio", imageio }, { "vddk", vddk } };
	size_t count = place_count_given(source, kinds, NULL);
	struct place image = place_object(source, "registry");

	if (count == 0)
		refuse(source, "the source says nothing; give one, such as http, registry or blank");
	else if (count > 1)
		refuse(source, "a volume has one source, this has %zu; keep one", count);
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		struct place place = place_object(source, checks[i].key);

		if (place_is_given(&place))
			checks[i].check(&place);
	}
	if (place_is_given(&image))
		registry(&image, content_type);
}
