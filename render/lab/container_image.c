#include "render/lab/container_image.h"

#include <string.h>

#include "render/lab/values.h"

enum { REFERENCE_MAX = 2048, REPOSITORY_MAX = 255, TAG_MAX = 128, PORT_DIGITS_MAX = 5 };

#define LOWER "abcdefghijklmnopqrstuvwxyz0123456789"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

const struct value_type container_image_type = {
	.name = "image reference",
	.shape = VALUE_TEXT,
	.pattern = "^[^ :]+(:[^/ ][^ ]*)?$",
};

static bool consists_of(const char *text, size_t length, const char *characters)
{
	for (size_t i = 0; i < length; i++)
		if (strchr(characters, text[i]) == NULL)
			return false;
	return length > 0;
}

/* The first component is a registry when it has a dot or a port, or is localhost;
 * "library/alpine" has none. 0: there is no registry. */
static size_t registry_length(const char *reference)
{
	size_t length = strcspn(reference, "/");

	if (reference[length] == '\0')
		return 0;
	if (memchr(reference, '.', length) || memchr(reference, ':', length) ||
	    (length == strlen("localhost") && strncmp(reference, "localhost", length) == 0))
		return length;
	return 0;
}

static const char *registry_wrong(const char *registry, size_t length)
{
	const char *port;
	size_t host;

	if (registry[0] == '[') { /* an IPv6 address */
		const char *end = memchr(registry, ']', length);

		host = end ? (size_t)(end - registry) + 1 : 0;
		if (end == NULL || !consists_of(registry + 1, host - 2, "0123456789abcdefABCDEF:."))
			return "its registry is no host name or address";
	} else {
		host = strcspn(registry, ":/");
		if (!consists_of(registry, host, LOWER UPPER "-."))
			return "its registry is no host name or address";
	}
	port = registry + host + 1;
	if (host == length)
		return NULL;
	if (registry[host] != ':' || length - host - 1 > PORT_DIGITS_MAX ||
	    !consists_of(port, length - host - 1, "0123456789"))
		return "the port of its registry is no number";
	return NULL;
}

/* Lower-case words with ".", "_", "__" or dashes between them. */
static bool is_component(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length) {
		size_t word = strspn(text + i, LOWER), separator;

		if (word == 0)
			return false;
		i += word;
		if (i >= length)
			break;
		separator = strspn(text + i, "-");
		if (separator == 0)
			separator = strspn(text + i, "_");
		if (separator == 0 && text[i] == '.')
			separator = 1;
		if (separator == 0 || (text[i] == '_' && separator > 2))
			return false;
		i += separator;
		if (i >= length)
			return false;
	}
	return length > 0;
}

static const char *repository_wrong(const char *repository, size_t length)
{
	if (length == 0)
		return "it names no repository";
	if (length > REPOSITORY_MAX)
		return "its repository is longer than 255 characters";
	for (size_t i = 0; i < length; i++)
		if (repository[i] >= 'A' && repository[i] <= 'Z')
			return "its repository has capitals; write it in lower case";
	for (size_t start = 0; start <= length;) {
		size_t end = start + strcspn(repository + start, "/");

		if (end > length)
			end = length;
		if (!is_component(repository + start, end - start))
			return "its repository must be of lower-case letters, digits and single \".\", \"_\" or "
			       "\"-\" "
			       "inside, between \"/\"";
		start = end + 1;
	}
	return NULL;
}

static const char *digest_wrong(const char *digest)
{
	static const struct {
		const char *algorithm;
		size_t digits;
	} known[] = { { "sha256:", 64 }, { "sha384:", 96 }, { "sha512:", 128 } };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		size_t skipped = strlen(known[i].algorithm);

		if (strncmp(digest, known[i].algorithm, skipped) != 0)
			continue;
		if (strlen(digest + skipped) == known[i].digits &&
		    consists_of(digest + skipped, known[i].digits, "0123456789abcdef"))
			return NULL;
		return "its digest has not as many lower-case hex digits as the algorithm gives (sha256: 64)";
	}
	return "its digest is not sha256:, sha384: or sha512: and hex digits";
}

static const char *tag_wrong(const char *tag, size_t length)
{
	if (length == 0)
		return "its tag is empty; write one after \":\", or remove the \":\"";
	if (length > TAG_MAX || tag[0] == '.' || tag[0] == '-' || !consists_of(tag, length, LOWER UPPER "_.-"))
		return "its tag must be at most 128 letters, digits, \"_\", \".\" and \"-\", beginning with none of "
		       "the last two";
	return NULL;
}

const char *container_image_wrong(const char *reference)
{
	size_t length = strcspn(reference, "@"), registry = registry_length(reference), repository;
	const char *rest = registry ? reference + registry + 1 : reference, *wrong = NULL;

	if (strchr(reference + length, '/'))
		return "it carries a user or password; remove them";
	if (reference[length] == '@')
		wrong = digest_wrong(reference + length + 1);
	length -= (size_t)(rest - reference);
	repository = strcspn(rest, ":@");
	if (wrong == NULL && registry)
		wrong = registry_wrong(reference, registry);
	if (wrong == NULL)
		wrong = repository_wrong(rest, repository);
	if (wrong == NULL && repository < length)
		wrong = tag_wrong(rest + repository + 1, length - repository - 1);
	return wrong;
}

/* `owner` and the rest are for messages. */
static const void *image_read(struct reader *reader, const struct yaml_pair *pair, const char *owner,
			      const char *example)
{
	const char *wrong;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!value_is_one_word(pair->value->text))
		return reader_refuse(reader, pair->value, "image has a blank or control character; remove it");
	if (strlen(pair->value->text) > REFERENCE_MAX)
		return reader_refuse(reader, pair->value, "image is longer than %d characters", REFERENCE_MAX);
	if (*pair->value->text == '\0')
		return reader_refuse(reader, pair->value, "image is empty; write e.g. %s", example);
	if (strstr(pair->value->text, "://"))
		return reader_refuse(reader, pair->value,
				     "image of %s is a plain reference like %s; remove what stands up to ://", owner,
				     example);
	wrong = container_image_wrong(pair->value->text);
	/* The image is not repeated: a person may have put a password before its registry. */
	if (wrong)
		return reader_refuse(reader, pair->value, "image is no reference to a container image: %s", wrong);
	return pair->value->text;
}

const void *pod_image_read(struct reader *reader, const struct yaml_pair *pair)
{
	return image_read(reader, pair, "a pod", "docker.io/library/alpine:3.20");
}

const void *srl_image_read(struct reader *reader, const struct yaml_pair *pair)
{
	return image_read(reader, pair, "srl", "ghcr.io/nokia/srlinux:25.3.1");
}
